"""Tables of counts are checked when they are opened, and counts are cases, not weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import evalcore as ec
from evalcore.inputs.ready_made.checking import share_kind
from evalcore.predictions.classes import ClassPredictions

LONG = pd.DataFrame(
    {
        "actual": ["a", "a", "b", "b", "c", "c"],
        "predicted": ["a", "b", "b", "c", "c", "a"],
        "count": [50, 3, 60, 4, 70, 5],
    }
)


def _wide(cells: list[list[float]], **more: list[float]) -> pd.DataFrame:
    names = ["cat", "dog", "cow"]
    return pd.DataFrame(
        {"": names, **dict(zip(names, map(list, zip(*cells, strict=True)), strict=True)), **more}
    )


@pytest.mark.parametrize(
    "table", [LONG, _wide([[50, 3, 0], [0, 60, 4], [5, 0, 70]])], ids=["a line a cell", "a square"]
)
def test_counts_of_several_classes_are_cases(table: pd.DataFrame) -> None:
    built = ec.open_predictions(table).predictions
    assert isinstance(built, ClassPredictions)
    assert len(built.truth) == 192
    assert built.weights is None
    assert int((built.truth == built.models[0].labels).sum()) == 180


def test_each_case_is_in_the_line_that_counts_it() -> None:
    built = ec.open_predictions(LONG).predictions
    lines = LONG.iloc[built.rows]
    assert lines["actual"].tolist() == [built.classes[place] for place in built.truth]
    assert lines["predicted"].tolist() == [built.classes[place] for place in built.models[0].labels]


def test_a_blank_count_is_none_and_told() -> None:
    opened = ec.open_predictions(LONG.assign(count=[50, None, 60, 4, 70, 5]))
    assert len(opened.predictions.truth) == 189
    assert any("blank count was taken for 0" in each and "row 2" in each for each in opened.warnings)


@pytest.mark.parametrize(
    "table",
    [
        LONG.assign(count=[50, -3, 60, 4, 70, 5]),
        _wide([[50, 3, 0], [-1, 60, 4], [5, 0, 70]]),
        pd.DataFrame({"model": ["m", "n"], "tn": [5, 4], "fp": [1, -2], "fn": [2, 2], "tp": [9, 9]}),
        pd.DataFrame({"score": [0.9, 0.1], "positives": [3, 4], "negatives": [-1, 5]}),
    ],
)
def test_a_negative_count_is_refused_with_its_row(table: pd.DataFrame) -> None:
    with pytest.raises(ec.InputError, match=r"holds -\d in row [12], and a count is 0 or more"):
        ec.open_predictions(table)


def test_more_hits_than_cases() -> None:
    table = pd.DataFrame({"score": [0.9, 0.5, 0.1], "positives": [3, 9, 1], "total": [5, 6, 7]})
    with pytest.raises(ec.InputError, match='"positives" is more than "total" in row 2'):
        ec.open_predictions(table)


def test_a_model_without_cases_leaves_the_others() -> None:
    table = pd.DataFrame({"model": ["m", "n"], "tn": [0, 5], "fp": [0, 1], "fn": [0, 2], "tp": [0, 9]})
    opened = ec.open_predictions(table)
    assert opened.models == ("n",)
    assert any('all counts of "m" are 0' in each for each in opened.warnings)


@pytest.mark.parametrize(
    "table",
    [
        LONG.assign(count=0),
        _wide([[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
        pd.DataFrame({"model": ["m"], "tn": [0], "fp": [0], "fn": [0], "tp": [0]}),
        pd.DataFrame({"score": [0.9, 0.1], "positives": [0, 0], "negatives": [0, 0]}),
    ],
)
def test_nothing_counted_is_refused(table: pd.DataFrame) -> None:
    with pytest.raises(ec.InputError, match="every count is 0"):
        ec.open_predictions(table)


SHARES = [[0.83, 0.17, 0], [0, 1, 0], [0.1, 0.2, 0.7]]


def test_shares_are_no_counts() -> None:
    with pytest.raises(ec.InputError, match="shares, not counts"):
        ec.open_predictions(_wide(SHARES))


def test_shares_of_known_sizes() -> None:
    opened = ec.open_predictions(_wide(SHARES, n=[100, 50, 10]))
    assert len(opened.predictions.truth) == 160
    assert int((opened.predictions.truth == opened.predictions.models[0].labels).sum()) == 83 + 50 + 7
    assert any("multiplied by the number of cases" in each for each in opened.warnings)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (SHARES, "rows"),
        (np.array(SHARES).T, "columns"),
        (np.array(SHARES) / 3, "all"),
        (np.array(SHARES) * 100 + 0.001, "rows"),
        ([[12.5, 1], [0, 7.25]], ""),
        ([[1, 0], [0, 1]], ""),
    ],
)
def test_kinds_of_shares(cells: list[list[float]], kind: str) -> None:
    assert share_kind(np.array(cells, dtype=float)) == kind
