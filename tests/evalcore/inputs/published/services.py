"""Two classes, as clouds, hubs and frameworks write them."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd

from tests.evalcore.inputs.published.simulated import (
    Layout,
    csv,
    npz,
    parquet,
    published,
    rng_of,
    two,
    words,
)

POSITIVE = frozenset({"positive"})


@published
def spark_transform() -> Layout:
    y, p = two(12)
    z = np.log(p / (1 - p))
    table = {
        "label": y.astype(float),
        "rawPrediction": [f"[{-a:.6f},{a:.6f}]" for a in z],
        "probability": [f"[{1 - a:.6f},{a:.6f}]" for a in p],
        "prediction": (p > 0.5).astype(float),
    }
    return Layout((csv("part-00000.csv", table),), truth="label", positive="1", actual=y, scores=(p,))


@published
def azure_scored() -> Layout:
    y, p = two(16)
    rng = rng_of(16)
    table = {
        "age": rng.integers(17, 90, y.size),
        "sex": words(rng.random(y.size) < 0.5, "Male", "Female"),
        "hours-per-week": rng.integers(1, 99, y.size),
        "income": words(y, "<=50K", ">50K"),
        "Scored Labels": words(p > 0.5, "<=50K", ">50K"),
        "Scored Probabilities": p,
    }
    return Layout(
        (csv("scored.csv", table),), truth="income", positive=">50K", actual=y, scores=(p,), may_ask=POSITIVE
    )


@published
def bigquery_predictions() -> Layout:
    y, p = two(17)
    rows = [
        {
            "predicted_will_buy": str(int(b > 0.5)),
            "predicted_will_buy_probs": [
                {"label": "1", "prob": float(b)},
                {"label": "0", "prob": float(round(1 - b, 6))},
            ],
            "country": "NL",
            "will_buy": str(a),
        }
        for a, b in zip(y, p, strict=True)
    ]
    return Layout(
        (("bq-results.json", "\n".join(map(json.dumps, rows)).encode()),),
        truth="will_buy",
        positive="1",
        actual=y,
        scores=(p,),
    )


@published
def vertex_batch() -> Layout:
    y, p = two(18)
    rows = [
        {
            "instance": {"age": str(30 + i % 40), "Adopted": words(np.array([a]), "No", "Yes")[0]},
            "prediction": {"classes": ["Yes", "No"], "scores": [float(b), float(round(1 - b, 6))]},
        }
        for i, (a, b) in enumerate(zip(y, p, strict=True))
    ]
    return Layout(
        (("prediction.results-00000-of-00001.jsonl", "\n".join(map(json.dumps, rows)).encode()),),
        truth="instance.Adopted",
        positive="Yes",
        actual=y,
        scores=(p,),
    )


@published
def sagemaker_joined() -> Layout:
    y, p = two(19)
    rng = rng_of(19)
    table = pd.DataFrame(
        {
            0: y,
            1: rng.integers(20, 60, y.size),
            2: rng.normal(50, 9, y.size).round(2),
            3: rng.integers(1, 15, y.size),
            4: p,
        }
    )
    return Layout(
        (csv("validation.csv.out", table, header=False),),
        truth="column_1",
        positive="1",
        actual=y,
        scores=(p,),
        may_ask=frozenset({"scores", "truth"}),
    )


@published
def datarobot_deployment() -> Layout:
    y, p = two(20)
    table = {
        "row_id": range(y.size),
        "readmitted": y,
        "readmitted_1_PREDICTION": p,
        "readmitted_0_PREDICTION": 1 - p,
        "readmitted_PREDICTION": (p > 0.42).astype(int),
        "THRESHOLD": 0.42,
        "POSITIVE_CLASS": 1,
        "DEPLOYMENT_APPROVAL_STATUS": "APPROVED",
    }
    return Layout((csv("datarobot.csv", table),), truth="readmitted", positive="1", actual=y, scores=(p,))


@published
def datarobot_predicted_class() -> Layout:
    y, p = two(21)
    table = {
        "row_id": range(y.size),
        "is_bad": words(y, "No", "Yes"),
        "Prediction": words(p > 0.5, "No", "Yes"),
        "Class Yes": p,
        "Class No": 1 - p,
    }
    return Layout((csv("scored.csv", table),), truth="is_bad", positive="Yes", actual=y, scores=(p,))


@published
def autogluon_proba() -> Layout:
    y, p = two(22)
    table = pd.DataFrame(
        {
            " <=50K": 1 - p,
            " >50K": p,
            "class": words(y, " <=50K", " >50K"),
            "class_pred": words(p > 0.5, " <=50K", " >50K"),
        }
    )
    return Layout(
        (csv("ag.csv", table, index=True),),
        truth="class",
        positive=">50K",
        actual=y,
        scores=(p,),
        may_ask=POSITIVE,
    )


@published
def keras_npz() -> Layout:
    y, p = two(23)
    return Layout(
        (npz("results.npz", y_true=y, y_pred=p.astype(np.float32).reshape(-1, 1)),),
        truth="y_true",
        positive="1",
        actual=y,
        scores=(p.astype(np.float32),),
    )


@published
def huggingface_logits_parquet() -> Layout:
    y, p = two(25)
    z = np.log(p / (1 - p))
    table = pd.DataFrame(
        {
            "idx": range(y.size),
            "label": y,
            "logits": [[-a / 2, a / 2] for a in z],
            "prediction": (p > 0.5).astype(int),
        }
    )
    return Layout((parquet("validation.parquet", table),), truth="label", positive="1", actual=y, scores=(z,))


@published
def huggingface_pipeline_dicts() -> Layout:
    y, p = two(26)
    table = pd.DataFrame(
        {
            "text": [f"review number {i} of a film" for i in range(y.size)],
            "label": y,
            "prediction": [
                [{"label": "NEGATIVE", "score": 1 - b}, {"label": "POSITIVE", "score": b}] for b in p
            ],
        }
    )
    return Layout(
        (parquet("predictions.parquet", table),), truth="label", positive="1", actual=y, scores=(p,)
    )


@published
def huggingface_pipeline_flat() -> Layout:
    y, p = two(27)
    called = p > 0.5
    table = {
        "text": [f"review number {i} of a film" for i in range(y.size)],
        "true_label": y,
        "predicted_label": words(called, "NEGATIVE", "POSITIVE"),
        "score": np.where(called, p, 1 - p),
    }
    return Layout((csv("sentiment.csv", table),), truth="true_label", positive="1", actual=y, scores=(p,))
