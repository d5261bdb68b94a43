"""Files whose columns have no names, or the same ones: which is the truth, and what is a row."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

import evalcore as ec

CLASSES = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2, 2])
ONE_HOT = np.eye(3, dtype=int)[CLASSES]
CHANCES = np.array([[0.625, 0.25, 0.125], [0.125, 0.75, 0.125], [0.25, 0.125, 0.625], [0.5, 0.375, 0.125],
                    [0.625, 0.25, 0.125], [0.125, 0.25, 0.625], [0.75, 0.125, 0.125], [0.25, 0.5, 0.25],
                    [0.125, 0.125, 0.75], [0.5, 0.25, 0.25]])  # fmt: skip

Array = npt.NDArray[np.generic]


def _npy(array: Array) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


WAYS: dict[str, Callable[[Array], bytes]] = {
    "npy": _npy,
    "frame": lambda array: pd.DataFrame(array).to_csv().encode(),
    "frame without index": lambda array: pd.DataFrame(array).to_csv(index=False).encode(),
    "bare": lambda array: pd.DataFrame(array).to_csv(index=False, header=False).encode(),
}


@pytest.mark.parametrize("write", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("truth", [ONE_HOT, CLASSES], ids=["one-hot", "classes"])
def test_unnamed_tables_of_several_columns(write: Callable[[Array], bytes], truth: Array) -> None:
    opened = ec.open_predictions(("y_true", write(truth)), ("y_prob", write(CHANCES)))
    assert opened.task == "multiclass"
    assert opened.predictions.truth.tolist() == CLASSES.tolist()
    assert opened.predictions.models[0].labels.tolist() == CHANCES.argmax(axis=1).tolist()


def test_a_header_that_counts_is_no_row_where_the_other_file_is_shorter() -> None:
    scores = "".join(f"{value}\n" for value in (0.25, 0.75, 0.5, 0.875))
    opened = ec.open_predictions(("y_true.csv", b"0\n0\n1\n0\n1\n"), ("scores.txt", scores.encode()))
    assert opened.predictions.truth.tolist() == [0, 1, 0, 1]
    assert any("was read as its header" in each for each in opened.warnings)


def test_a_first_row_that_may_be_a_header_is_told() -> None:
    opened = ec.open_predictions(("y_true.csv", b"0\n0\n1\n0\n1\n"), ("y_pred.csv", b"0\n0\n1\n1\n1\n"))
    assert any("counts the columns" in each for each in opened.warnings)


def test_labels_of_the_same_names_in_truth_and_scores() -> None:
    scores = pd.DataFrame({"path": ["a.png", "b.png", "c.png", "d.png"], "edema": [0.75, 0.25, 0.5, 0.125],
                           "mass": [0.125, 0.5, 0.75, 0.25]})  # fmt: skip
    truth = pd.DataFrame({"path": ["d.png", "c.png", "b.png", "a.png"], "sex": ["F", "M", "M", "F"],
                          "edema": [0, 1, 0, 1], "mass": [0, 1, 0, 0], "cyst": [0, 0, 0, 1]})  # fmt: skip
    opened = ec.open_predictions(
        ("one.csv", scores.to_csv(index=False).encode()), ("two.csv", truth.to_csv(index=False).encode())
    )
    assert opened.task == "multilabel"
    assert opened.predictions.labels == ("edema", "mass")
    assert opened.predictions.truth.tolist() == [[1, 0], [0, 0], [1, 1], [0, 0]]


def test_two_files_of_predictions_hold_no_truth() -> None:
    called = pd.DataFrame({"id": range(8), "winner": [0, 1, 1, 0, 1, 0, 1, 0]})
    chances = called.assign(winner=[0.25, 0.75, 0.625, 0.125, 0.875, 0.375, 0.5625, 0.0625])
    opened = ec.open_predictions(
        ("predictions.csv", called.to_csv(index=False).encode()),
        ("predictions_proba.csv", chances.to_csv(index=False).encode()),
    )
    assert not hasattr(opened.predictions, "truth")
    assert any("none of them was taken for the truth" in each for each in opened.warnings)


def test_protocol_of_words_beside_scores() -> None:
    names = [f"clip/{i}.wav" for i in range(12)]
    kinds = ["spoof", "bonafide", "bonafide"] * 4
    protocol = "".join(
        f"{name} eval {kind}\n" for name, kind in reversed(list(zip(names, kinds, strict=True)))
    )
    scores = "".join(f"{name} {0.25 * (kind != 'spoof') + i / 32:.4f}\n"
                     for i, (name, kind) in enumerate(zip(names, kinds, strict=True)))  # fmt: skip
    opened = ec.open_predictions(("x.protocol.txt", protocol.encode()), ("x.scores.txt", scores.encode()))
    assert opened.task == "binary"
    assert len(opened.predictions.truth) == 12
    wanted = dict(zip(names, kinds, strict=True))
    spelt = opened.table[opened.roles.truth].tolist()
    assert spelt == [wanted[name] for name in opened.table["column_1"]]


def test_words_of_a_sentence_are_no_columns() -> None:
    from evalcore.inputs.reading.reader import read_table

    read = read_table(b"a fine film\nno good film\na fine story\nno good story\na bad story\n")
    assert read.table.shape == (5, 1)
