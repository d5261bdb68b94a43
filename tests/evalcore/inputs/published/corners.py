"""Layouts that mislead: decoys, several truths, odd codings, names that say something else."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.evalcore.inputs.published.simulated import (
    Layout,
    again,
    csv,
    published,
    rng_of,
    several,
    two,
    words,
)

POSITIVE = frozenset({"positive"})


@published
def path_prediction_top_probability() -> Layout:
    y, v = several(501, 3)
    names = ("bird", "cat", "dog")
    table = {
        "path": [f"data/{i:05d}.png" for i in range(y.size)],
        "label": y,
        "prediction": v.argmax(1),
        "probability": v.max(1),
    }
    assert len(names) == 3
    said = words(v.argmax(1), "0", "1", "2")
    return Layout(
        (csv("out.csv", table),),
        "multiclass",
        "label",
        classes=("0", "1", "2"),
        actual=words(y, "0", "1", "2"),
        decided=(said,),
    )


@published
def jsonl_logit_prob_pred() -> Layout:
    y, p = two(502)
    table = pd.DataFrame(
        {
            "schema_version": 1,
            "index": range(y.size),
            "y_true": y,
            "logit": np.log(p / (1 - p)),
            "prob": p,
            "y_pred": (p > 0.5).astype(int),
            "y_pred_post": (p > 0.6).astype(int),
        }
    )
    content = table.to_json(orient="records", lines=True).encode()
    return Layout((("predictions.jsonl", content),), truth="y_true", positive="1", actual=y, scores=(p,))


@published
def patient_predictions() -> Layout:
    y, p = two(503)
    table = {
        "patient_id": [f"P{i // 3:03d}" for i in range(y.size)],
        "label": y,
        "prob_pos": p,
        "pred": (p > 0.5).astype(int),
    }
    return Layout((csv("patients.csv", table),), truth="label", positive="1", actual=y, scores=(p,))


@published
def headerless_patient_file() -> Layout:
    y, p = two(504)
    table = pd.DataFrame({0: [f"P{i:03d}" for i in range(y.size)], 1: y, 2: p})
    return Layout(
        (csv("output.csv", table, header=False),),
        truth="column_2",
        positive="1",
        actual=y,
        scores=(p,),
        may_ask=frozenset({"scores", "truth"}),
    )


@published
def tied_tasks_of_toxicology() -> Layout:
    y, p = two(505)
    z, q = two(506)
    table = {"mol_id": range(y.size), "NR-AR": y, "SR-p53": z, "NR-AR_pred": p, "SR-p53_pred": q}
    return Layout(
        (csv("tox21.csv", table),),
        "multilabel",
        labels={"NR-AR": (y.astype(float), p), "SR-p53": (z.astype(float), q)},
    )


@published
def score_in_percent_without_sign() -> Layout:
    y, p = two(507)
    table = {
        "Patient": range(y.size),
        "Biopsy": words(y, "benign", "malignant"),
        "AI score (%)": (100 * p).round(1),
    }
    return Layout(
        (csv("ai.csv", table),), truth="Biopsy", positive="malignant", actual=y, scores=((100 * p).round(1),)
    )


@published
def model_and_human_readers() -> Layout:
    y, p = two(508)
    reads = {f"reader_{i}": (again(i, y) > 0.5).astype(int) for i in (1, 2, 3)}
    table = {"case": range(y.size), "ground_truth": y, "ai_probability": p, **reads}
    return Layout((csv("mrmc.csv", table),), truth="ground_truth", positive="1", actual=y, scores=(p,))


@published
def inlier_minus_one() -> Layout:
    y, p = two(509, prevalence=0.1)
    table = {
        "label": np.where(y, -1, 1),
        "if_score": (0.5 - p).round(5),
        "lof_score": (0.4 - again(9, y)).round(5),
    }
    return Layout(
        (csv("pyod.csv", table),),
        truth="label",
        positive="1",
        actual=1 - y,
        scores=(0.5 - p, 0.4 - again(9, y)),
        may_ask=POSITIVE | {"scores"},
        models=("if_score", "lof_score"),
    )


@published
def probability_of_the_negative() -> Layout:
    y, p = two(510)
    table = {"id": range(y.size), "outcome": words(y, "alive", "dead"), "p_alive": 1 - p}
    return Layout((csv("mortality.csv", table),), truth="outcome", positive="dead", actual=y, scores=(p,))


@published
def target_repeated_in_words() -> Layout:
    y, p = two(511)
    table = {
        "label": y,
        "label_name": words(y, "real", "fake"),
        "text": [f"story {i} of the day" for i in range(y.size)],
        "fake_prob": p,
    }
    return Layout(
        (csv("fakenews.csv", table),), actual=y, positive="1", scores=(p,), may_ask=frozenset({"truth"})
    )


@published
def time_series_with_dates() -> Layout:
    y, p = two(512)
    table = {
        "date": pd.date_range("2024-01-01", periods=y.size).strftime("%d/%m/%Y"),
        "ticker": "ABC",
        "close": rng_of(512).normal(100, 5, y.size).round(2),
        "direction": words(y, "down", "up"),
        "prob_up": p,
        "signal": words(p > 0.55, "down", "up"),
    }
    return Layout(
        (csv("market.csv", table),), truth="direction", positive="up", actual=y, scores=(p,), may_ask=POSITIVE
    )


@published
def thresholded_at_prevalence() -> Layout:
    y, p = two(513, prevalence=0.1)
    cut = float(np.quantile(p, 0.9))
    table = {
        "claim_no": range(y.size),
        "fraud_reported": words(y, "N", "Y"),
        "fraud_prob": p,
        "fraud_flag": words(p >= cut, "N", "Y"),
    }
    return Layout((csv("claims.csv", table),), truth="fraud_reported", positive="Y", actual=y, scores=(p,))


@published
def survey_of_many_groups() -> Layout:
    y, p = two(514, 400)
    rng = rng_of(514)
    table = {
        "respondent": range(y.size),
        "region": words(rng.integers(0, 4, y.size), "N", "E", "S", "W"),
        "smoker": rng.integers(0, 2, y.size),
        "diabetic": np.where(rng.random(y.size) < 0.25, 1 - y, y),
        "hypertension": y,
        "hypertension_score": p,
    }
    return Layout((csv("nhanes.csv", table),), truth="hypertension", positive="1", actual=y, scores=(p,))


@published
def churn_and_risk_band() -> Layout:
    y, p = two(515)
    band = np.select([p < 0.2, p < 0.5], ["Low", "Medium"], "High")
    table = {"CustomerId": range(y.size), "Exited": y, "ChurnProbability": p, "RiskBand": band}
    return Layout((csv("bank.csv", table),), truth="Exited", positive="1", actual=y, scores=(p,))


@published
def wide_models_with_prefix_and_calls() -> Layout:
    y, p = two(516)
    q = again(16, y)
    table = {
        "sample": range(y.size),
        "true_class": y,
        "RF_prob": p,
        "RF_pred": (p > 0.5).astype(int),
        "SVM_prob": q,
        "SVM_pred": (q > 0.5).astype(int),
    }
    return Layout(
        (csv("wide.csv", table),),
        truth="true_class",
        positive="1",
        actual=y,
        scores=(p, q),
        models=("RF_prob", "SVM_prob"),
    )


@published
def calibrated_beside_raw() -> Layout:
    y, p = two(517)
    calibrated = (p**1.4).round(6)
    table = {"y": y, "prob_raw": p, "prob_calibrated": calibrated}
    return Layout(
        (csv("calibration.csv", table),),
        truth="y",
        positive="1",
        actual=y,
        scores=(p, calibrated),
        models=("prob_raw", "prob_calibrated"),
    )


@published
def mean_and_std_of_an_ensemble() -> Layout:
    y, p = two(518)
    table = {
        "id": range(y.size),
        "target": y,
        "pred_mean": p,
        "pred_std": rng_of(518).random(y.size).round(4) * 0.2,
    }
    return Layout((csv("mc_dropout.csv", table),), truth="target", positive="1", actual=y, scores=(p,))


@published
def prediction_intervals() -> Layout:
    y, p = two(519)
    table = {
        "y_true": y,
        "prob": p,
        "prob_lower": (p * 0.8).round(6),
        "prob_upper": (1 - 0.8 * (1 - p)).round(6),
    }
    return Layout((csv("intervals.csv", table),), truth="y_true", positive="1", actual=y, scores=(p,))


@published
def losses_beside_predictions() -> Layout:
    y, p = two(520)
    loss = -np.log(np.where(y == 1, p, 1 - p)).round(6)
    table = {"idx": range(y.size), "label": y, "pred_prob": p, "loss": loss}
    return Layout((csv("losses.csv", table),), truth="label", positive="1", actual=y, scores=(p,))


@published
def string_classes_and_logits_columns() -> Layout:
    y, v = several(521, 3)
    names = ("negative", "neutral", "positive")
    table = {
        "tweet": [f"so it goes {i}" for i in range(y.size)],
        "sentiment": words(y, *names),
        **{f"logit_{name}": np.log(v[:, i]) + 3 for i, name in enumerate(names)},
    }
    return Layout(
        (csv("tweets.csv", table),),
        "multiclass",
        "sentiment",
        classes=names,
        actual=words(y, *names),
        decided=(words(v.argmax(1), *names),),
        matrices=(v,),
    )


@published
def topk_columns() -> Layout:
    y, v = several(522, 4)
    names = ("ant", "bee", "cow", "doe")
    order = np.argsort(-v, axis=1)
    table = {
        "file": [f"{i}.jpg" for i in range(y.size)],
        "truth": words(y, *names),
        "top1": words(order[:, 0], *names),
        "top1_prob": np.sort(v, axis=1)[:, -1],
        "top2": words(order[:, 1], *names),
        "top2_prob": np.sort(v, axis=1)[:, -2],
    }
    return Layout(
        (csv("top2.csv", table),),
        "multiclass",
        "truth",
        classes=names,
        actual=words(y, *names),
        decided=(words(order[:, 0], *names),),
    )


@published
def duplicate_truth_columns() -> Layout:
    y, v = several(523, 3)
    names = ("CN", "AD", "LMCI")
    table = {
        "diagnosis": words(y, *names),
        "true_label": words(y, *names),
        "predicted_label": words(v.argmax(1), *names),
    }
    return Layout(
        (csv("adni.csv", table),),
        "multiclass",
        "true_label",
        classes=names,
        actual=words(y, *names),
        decided=(words(v.argmax(1), *names),),
    )


@published
def numbers_for_names_of_classes() -> Layout:
    y, v = several(524, 3)
    table = {
        "y_true": y + 1,
        "y_pred": v.argmax(1) + 1,
        "proba_1": v[:, 0],
        "proba_2": v[:, 1],
        "proba_3": v[:, 2],
    }
    return Layout(
        (csv("one_based.csv", table),),
        "multiclass",
        "y_true",
        classes=("1", "2", "3"),
        actual=words(y, "1", "2", "3"),
        decided=(words(v.argmax(1), "1", "2", "3"),),
        matrices=(v,),
    )


@published
def stars_of_reviews() -> Layout:
    y, v = several(525, 5)
    table = {
        "review_id": range(y.size),
        "stars": y + 1,
        "predicted_stars": v.argmax(1) + 1,
        "useful": rng_of(525).integers(0, 9, y.size),
    }
    names = tuple("12345")
    return Layout(
        (csv("yelp.csv", table),),
        "multiclass",
        "stars",
        classes=names,
        actual=words(y, *names),
        decided=(words(v.argmax(1), *names),),
    )


@published
def nli_with_gold_label_and_gaps() -> Layout:
    y, v = several(526, 3)
    names = ("contradiction", "entailment", "neutral")
    gold = words(y, *names)
    table = {
        "pairID": [f"{i}e" for i in range(y.size)],
        "gold_label": gold,
        "prediction": words(v.argmax(1), *names),
        "genre": words(np.arange(y.size) % 2, "fiction", "travel"),
    }
    return Layout(
        (csv("mnli.tsv", table, sep="\t"),),
        "multiclass",
        "gold_label",
        classes=names,
        actual=gold,
        decided=(words(v.argmax(1), *names),),
    )
