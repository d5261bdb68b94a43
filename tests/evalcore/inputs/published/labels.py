"""Several labels, any of which may apply: competitions, chest radiographs, long tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.evalcore.inputs.published.simulated import Array, Layout, csv, npz, published, rng_of, two

TOXIC = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")
CHEST = ("Atelectasis", "Cardiomegaly", "Effusion")


def many(seed: int, count: int) -> tuple[Array, Array]:
    pairs = [two(seed + i) for i in range(count)]
    return np.column_stack([y for y, _ in pairs]), np.column_stack([p for _, p in pairs])


def named(names: tuple[str, ...], y: Array, p: Array) -> dict[str, tuple[Array, Array]]:
    return {name: (y[:, i].astype(float), p[:, i]) for i, name in enumerate(names)}


@published
def toxic_comments() -> Layout:
    y, p = many(301, 6)
    ids = [f"{i:016x}" for i in range(len(y))]
    y = y.astype(float)
    y[5::7] = -1  # not used for scoring
    truth = {"id": ids, **{name: y[:, i].astype(int) for i, name in enumerate(TOXIC)}}
    said = {"id": ids, **{name: p[:, i] for i, name in enumerate(TOXIC)}}
    return Layout(
        (csv("test_labels.csv", truth), csv("submission.csv", said)),
        "multilabel",
        labels=named(TOXIC, np.where(y < 0, np.nan, y), p),
    )


@published
def plant_pathology() -> Layout:
    names = ("healthy", "multiple_diseases", "rust", "scab")
    y, p = many(311, 4)
    ids = [f"Test_{i}" for i in range(len(y))]
    truth, said = (
        pd.DataFrame({"image_id": ids, **{n: v[:, i] for i, n in enumerate(names)}}) for v in (y, p)
    )
    return Layout(
        (csv("solution.csv", truth), csv("submission.csv", said)), "multilabel", labels=named(names, y, p)
    )


@published
def chest_findings_list() -> Layout:
    y, p = many(321, 3)
    cells = ["|".join(name for name, on in zip(CHEST, row, strict=True) if on) or "No Finding" for row in y]
    table = {
        "Image Index": [f"{i:08d}_000.png" for i in range(len(y))],
        "Finding Labels": cells,
        **{name: p[:, i] for i, name in enumerate(CHEST)},
    }
    return Layout((csv("nih.csv", table),), "multilabel", truth="Finding Labels", labels=named(CHEST, y, p))


@published
def chexpert_blanks() -> Layout:
    y, p = many(331, 3)
    holes = rng_of(331).random(y.shape) < 0.3
    truth = np.where(holes, np.nan, y)
    table = {
        "Path": [f"patient{i}/view1.jpg" for i in range(len(y))],
        **{name: truth[:, i] for i, name in enumerate(CHEST)},
        **{f"{name}_prob": p[:, i] for i, name in enumerate(CHEST)},
    }
    return Layout((csv("chexpert.csv", table),), "multilabel", labels=named(CHEST, truth, p))


@published
def suffixes_of_truth_and_score() -> Layout:
    y, p = many(341, 3)
    table = {
        "study": range(len(y)),
        **{f"{name}_true": y[:, i] for i, name in enumerate(CHEST)},
        **{f"{name}_pred": p[:, i] for i, name in enumerate(CHEST)},
    }
    return Layout((csv("study.csv", table),), "multilabel", labels=named(CHEST, y, p))


@published
def label_matrix_npz() -> Layout:
    y, p = many(351, 4)
    return Layout((npz("val.npz", targets=y, preds=p),), "multilabel", labels=named(tuple("0123"), y, p))


@published
def long_table_of_labels() -> Layout:
    y, p = many(361, 3)
    n = len(y)
    table = {
        "image_id": np.repeat(np.arange(n), 3),
        "finding": list(CHEST) * n,
        "truth": y.ravel(),
        "score": p.ravel(),
    }
    return Layout(
        (csv("long.csv", table),),
        "multilabel",
        truth="truth",
        labels=named(CHEST, y, p),
        asked=frozenset({"task"}),
    )


@published
def haemorrhage_long_ids() -> Layout:
    names = ("epidural", "subdural", "any")
    y, p = many(371, 3)
    ids = [f"ID_{i:06x}_{name}" for i in range(len(y)) for name in names]
    return Layout(
        (
            csv("stage_2_solution.csv", {"ID": ids, "Label": y.ravel()}),
            csv("submission.csv", {"ID": ids, "Label": p.ravel()}),
        ),
        "multilabel",
        labels=named(names, y, p),
        asked=frozenset({"task"}),
    )


@published
def two_models_per_label() -> Layout:
    y, p = many(381, 3)
    _, q = many(391, 3)
    table = {
        "id": range(len(y)),
        **{f"{name}_true": y[:, i] for i, name in enumerate(CHEST)},
        **{f"densenet_{name}_prob": p[:, i] for i, name in enumerate(CHEST)},
        **{f"resnet_{name}_prob": q[:, i] for i, name in enumerate(CHEST)},
    }
    return Layout((csv("two.csv", table),), "multilabel", labels=named(CHEST, y, p))
