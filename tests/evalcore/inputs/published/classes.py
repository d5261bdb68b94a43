"""Several classes, as tools and competitions write them."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd

from tests.evalcore.inputs.published.simulated import (
    Array,
    Layout,
    csv,
    npz,
    parquet,
    published,
    rng_of,
    several,
    words,
)

IRIS = ("setosa", "versicolor", "virginica")
ANIMALS = ("bird", "cat", "dog")
ORDER = frozenset({"scores"})


def layout(sources: tuple, names: tuple[str, ...], y: Array, *values: Array, **more: object) -> Layout:  # type: ignore[type-arg]
    """Models whose decisions are the highest of their columns."""
    given = {
        "decided": tuple(words(each.argmax(axis=1), *names) for each in values),
        "matrices": values,
        **more,
    }
    return Layout(sources, "multiclass", classes=names, actual=words(y, *names), **given)  # type: ignore[arg-type]


@published
def yardstick_classes() -> Layout:
    y, v = several(201, 3)
    table = {
        "obs": words(y, *IRIS),
        **{f".pred_{name}": v[:, i] for i, name in enumerate(IRIS)},
        ".pred_class": words(v.argmax(1), *IRIS),
        "Resample": [f"Fold{1 + i % 5}" for i in range(y.size)],
    }
    return layout((csv("iris.csv", table),), IRIS, y, v, truth="obs")


@published
def h2o_classes() -> Layout:
    y, v = several(202, 3)
    table = {
        "predict": words(v.argmax(1), *IRIS),
        **{name: v[:, i] for i, name in enumerate(IRIS)},
        "species": words(y, *IRIS),
    }
    return layout((csv("h2o.csv", table),), IRIS, y, v, truth="species")


@published
def knime_classes() -> Layout:
    y, v = several(203, 3)
    table = {
        "class": words(y, *IRIS),
        **{f"P (class={name})": v[:, i] for i, name in enumerate(IRIS)},
        "Prediction (class)": words(v.argmax(1), *IRIS),
    }
    return layout((csv("knime.csv", table, sep="\t"),), IRIS, y, v, truth="class")


@published
def rapidminer_classes() -> Layout:
    y, v = several(204, 3)
    table = {
        "label": words(y, *IRIS),
        "prediction(label)": words(v.argmax(1), *IRIS),
        **{f"confidence({name})": v[:, i] for i, name in enumerate(IRIS)},
        "a1": rng_of(204).random(y.size),
    }
    return layout((csv("rm.csv", table, sep=";"),), IRIS, y, v, truth="label")


@published
def azure_classes() -> Layout:
    y, v = several(205, 3)
    table = {
        "species": words(y, *IRIS),
        **{f'Scored Probabilities for Class "{name}"': v[:, i] for i, name in enumerate(IRIS)},
        "Scored Labels": words(v.argmax(1), *IRIS),
    }
    return layout((csv("azure.csv", table),), IRIS, y, v, truth="species")


@published
def spark_vectors() -> Layout:
    y, v = several(206, 3)
    table = {
        "label": y.astype(float),
        "rawPrediction": ["[" + ",".join(f"{a:.9f}" for a in row) + "]" for row in 40 * v],
        "probability": ["[" + ",".join(f"{a:.9f}" for a in row) + "]" for row in v],
        "prediction": v.argmax(1).astype(float),
    }
    return layout((csv("part.csv", table),), ("0", "1", "2"), y, v, truth="label")


@published
def numbered_probabilities() -> Layout:
    y, v = several(207, 5)
    table = {"true": y, "pred": v.argmax(1), **{f"prob_{i}": v[:, i] for i in range(5)}}
    return layout((csv("out.csv", table),), tuple("01234"), y, v, truth="true")


@published
def keras_one_hot_npz() -> Layout:
    y, v = several(208, 4)
    return layout((npz("eval.npz", y_true=np.eye(4)[y], y_pred=v.astype(np.float32)),), tuple("0123"), y, v)


@published
def torch_logits_npz() -> Layout:
    y, v = several(209, 4)
    return layout((npz("logits.npz", labels=y, logits=np.log(v)),), tuple("0123"), y, v, truth="labels")


@published
def hundred_classes() -> Layout:
    y, v = several(210, 100, 800)
    table = {
        "path": [f"val/{i:05d}.JPEG" for i in range(y.size)],
        "label": y,
        **{f"p{i}": v[:, i] for i in range(100)},
    }
    return layout(
        (csv("imagenet100.csv", table, float_format="%.7g"),),
        tuple(map(str, range(100))),
        y,
        v,
        truth="label",
    )


@published
def scene_recordings() -> Layout:
    y, v = several(211, 3)
    names = ("airport", "bus", "metro_station")
    table = {
        "filename": [f"audio/{i}.wav" for i in range(y.size)],
        "scene_label": words(y, *names),
        **{name: v[:, i] for i, name in enumerate(names)},
    }
    return layout((csv("dcase.tsv", table, sep="\t"),), names, y, v, truth="scene_label")


@published
def two_models_of_three_classes() -> Layout:
    y, v = several(212, 3)
    _, w = several(213, 3)
    w = 0.5 * v + 0.5 * w
    table = {
        "id": range(y.size),
        "label": words(y, *ANIMALS),
        **{f"rf_{name}": v[:, i] for i, name in enumerate(ANIMALS)},
        **{f"cnn_{name}": w[:, i] for i, name in enumerate(ANIMALS)},
    }
    return layout((csv("models.csv", table),), ANIMALS, y, v, w, truth="label", models=("rf", "cnn"))


@published
def two_models_with_numbered_classes() -> Layout:
    y, v = several(214, 3)
    _, w = several(215, 3)
    w = 0.5 * v + 0.5 * w
    table = {
        "y_true": y,
        **{f"rf_prob_{i}": v[:, i] for i in range(3)},
        **{f"xgb_prob_{i}": w[:, i] for i in range(3)},
    }
    names = ("0", "1", "2")
    return layout((csv("models.csv", table),), names, y, v, w, truth="y_true", models=("rf", "xgb"))


@published
def one_hot_beside_decisions() -> Layout:
    y, v = several(216, 3)
    table = {
        "image": [f"{i}.jpg" for i in range(y.size)],
        **{name: (y == i).astype(int) for i, name in enumerate(ANIMALS)},
        "prediction": words(v.argmax(1), *ANIMALS),
    }
    return Layout(
        (csv("hot.csv", table),),
        "multiclass",
        classes=ANIMALS,
        actual=words(y, *ANIMALS),
        decided=(words(v.argmax(1), *ANIMALS),),
    )


@published
def one_hot_pairs() -> Layout:
    y, v = several(217, 3)
    table = {
        **{f"true_{name}": (y == i).astype(int) for i, name in enumerate(ANIMALS)},
        **{f"pred_{name}": v[:, i] for i, name in enumerate(ANIMALS)},
    }
    return layout((csv("pairs.csv", table),), ANIMALS, y, v)


@published
def lesions_truth_and_predictions() -> Layout:
    y, v = several(218, 4)
    names = ("MEL", "NV", "BCC", "AK")
    images = [f"ISIC_{i:07d}" for i in range(y.size)]
    truth = {"image": images, **{name: (y == i).astype(float) for i, name in enumerate(names)}}
    said = {"image": images, **{name: v[:, i] for i, name in enumerate(names)}}
    return layout((csv("ISIC_GroundTruth.csv", truth), csv("predictions.csv", said)), names, y, v)


@published
def retinopathy_grades() -> Layout:
    y, v = several(219, 5)
    table = {"image": [f"{i}_left.jpeg" for i in range(y.size)], "level": y, "prediction": v.argmax(1)}
    names = tuple("01234")
    return Layout(
        (csv("dr.csv", table),),
        "multiclass",
        truth="level",
        classes=names,
        actual=words(y, *names),
        decided=(words(v.argmax(1), *names),),
        may_ask=frozenset({"truth"}),
    )


@published
def predicted_index_and_confidence() -> Layout:
    y, v = several(220, 3)
    table = {"true_label": words(y, *ANIMALS), "predicted_class": v.argmax(1), "confidence": v.max(1)}
    return Layout(
        (csv("conf.csv", table),),
        "multiclass",
        truth="true_label",
        classes=ANIMALS,
        actual=words(y, *ANIMALS),
        decided=(words(v.argmax(1), *ANIMALS),),
        asked=frozenset({"predicted_label"}),
    )


@published
def folder_says_the_class() -> Layout:
    y, v = several(221, 3)
    paths = [f"/data/test/{name}/{i:04d}.jpg" for i, name in enumerate(words(y, *ANIMALS))]
    table = {"path": paths, "prediction": words(v.argmax(1), *ANIMALS), "confidence": v.max(1)}
    return Layout(
        (csv("infer.csv", table),),
        "multiclass",
        classes=ANIMALS,
        actual=words(y, *ANIMALS),
        decided=(words(v.argmax(1), *ANIMALS),),
    )


@published
def weka_classes() -> Layout:
    y, v = several(222, 3)
    lines = ["inst#,actual,predicted,error,distribution,,"]
    for i, row in enumerate(v.round(3)):
        top = int(row.argmax())
        spread = ",".join(("*" if j == top else "") + f"{a:.3f}" for j, a in enumerate(row))
        lines.append(
            f"{i + 1},{y[i] + 1}:{IRIS[y[i]]},{top + 1}:{IRIS[top]},{'' if top == y[i] else '+'},{spread}"
        )
    names = IRIS
    return layout((("weka.csv", "\n".join(lines).encode()),), names, y, v.round(3), truth="actual")


@published
def pipeline_scores_json() -> Layout:
    y, v = several(223, 3)
    rows = [
        {
            "text": f"tweet {i}",
            "label": ANIMALS[y[i]],
            "scores": [{"label": name, "score": float(v[i, j])} for j, name in enumerate(ANIMALS)],
        }
        for i in range(y.size)
    ]
    return layout((("preds.json", json.dumps(rows).encode()),), ANIMALS, y, v, truth="label")


@published
def embedding_and_probabilities_parquet() -> Layout:
    y, v = several(224, 3)
    rng = rng_of(224)
    table = pd.DataFrame(
        {"id": range(y.size), "embedding": list(rng.normal(size=(y.size, 8))), "label": y, "probs": list(v)}
    )
    return layout((parquet("emb.parquet", table),), ("0", "1", "2"), y, v, truth="label")


@published
def padded_and_cased_labels() -> Layout:
    y, v = several(225, 3)
    table = {
        "Actual": words(y, *(name.title() for name in ANIMALS)),
        "Predicted": words(v.argmax(1), *(f" {n} " for n in ANIMALS)),
    }
    names = tuple(name.title() for name in ANIMALS)
    return Layout(
        (csv("cased.csv", table),),
        "multiclass",
        truth="Actual",
        classes=names,
        actual=words(y, *names),
        decided=(words(v.argmax(1), *names),),
    )


@published
def catboost_multiclass() -> Layout:
    y, v = several(226, 3)
    table = {
        "SampleId": range(y.size),
        **{f"Probability:Class={i}": v[:, i] for i in range(3)},
        "Class": v.argmax(1),
        "Label": y,
    }
    return layout((csv("eval.tsv", table, sep="\t"),), ("0", "1", "2"), y, v, truth="Label")
