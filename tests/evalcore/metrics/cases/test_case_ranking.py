"""Which cases are shown and in what order; what flips between two thresholds; the search."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.metrics.cases.cell import cases_behind
from evalcore.metrics.cases.flips import FLIPS, flips_between
from evalcore.metrics.cases.ranking import RANKINGS, CaseRanking, rank_classes, rank_two_classes
from evalcore.metrics.cases.search import search_cases
from evalcore.predictions.binary import BinaryPredictions, ModelScores
from evalcore.predictions.classes import ClassModel, ClassPredictions


def two_classes(seed: int, rows: int = 60, dtype: type = np.float64) -> BinaryPredictions:
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 2, rows).astype(np.uint8)
    scores = (rng.integers(0, 20, rows) / 20).astype(dtype)
    table = pd.DataFrame({"truth": truth, "score": scores})
    model = ModelScores("m", scores, "probability", 0.5, "")
    return BinaryPredictions(truth, (model,), "yes", "no", table, np.arange(rows))


thresholds = st.sampled_from([0.0, 0.05, 0.3, 0.5, 0.55, 0.9, 1.1])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), thresholds, st.sampled_from([np.float32, np.float64]))
def test_cells_are_those_of_the_table_of_cases(seed: int, threshold: float, dtype: type) -> None:
    predictions = two_classes(seed, dtype=dtype)
    ranking = rank_two_classes(predictions, "m", threshold=threshold)
    for cell in ("tn", "fp", "fn", "tp"):
        cases = ranking.cell(actual=int(cell in ("tp", "fn")), called=int(cell[1] == "p"))
        order = "most_right" if cell[0] == "t" else "most_wrong"
        expected = cases_behind(predictions, "m", threshold=threshold, cell=cell, order="furthest")
        assert (ranking.ordered(cases, order) + 1).tolist() == expected.table.index.tolist()
        assert (ranking.wrong[cases] == (cell[0] == "f")).all()
    assert ((ranking.rightness < 0) == ranking.wrong).all()


def test_orders_of_several_classes() -> None:
    said = np.array([[0.8, 0.1, 0.1], [0.4, 0.35, 0.25], [0.05, 0.05, 0.9], [0.3, 0.4, 0.3]])
    model = ClassModel("m", said.argmax(axis=1), said, "probability")
    three = ClassPredictions(np.array([0, 0, 1, 2]), ("a", "b", "c"), (model,), pd.DataFrame(), np.arange(4))
    ranking = rank_classes(three, "m")
    every = ranking.cell(actual=None, called=None)
    assert ranking.ordered(every, "most_wrong").tolist() == [2, 3, 1, 0]
    assert ranking.ordered(every, "most_right").tolist() == [0, 1, 3, 2]
    assert ranking.ordered(every, "most_uncertain").tolist() == [1, 3, 0, 2]
    assert ranking.ordered(every, "file").tolist() == [0, 1, 2, 3]
    assert ranking.cell(actual=1, called=2).tolist() == [2]
    assert ranking.score.tolist() == [0.8, 0.4, 0.9, 0.4]


def test_a_label_that_is_not_the_arg_max_counts_as_it_stands() -> None:
    said = np.array([[0.8, 0.2], [0.8, 0.2]])
    model = ClassModel("m", np.array([1, 0]), said, "probability")
    two = ClassPredictions(np.array([0, 0]), ("a", "b"), (model,), pd.DataFrame(), np.arange(2))
    assert (rank_classes(two, "m").rightness < 0).tolist() == [True, False]


def test_hard_labels_rank_by_right_and_wrong() -> None:
    model = ClassModel("m", np.array([0, 1, 1]), None, "hard_label")
    three = ClassPredictions(np.array([0, 0, 1]), ("a", "b"), (model,), pd.DataFrame(), np.arange(3))
    ranking = rank_classes(three, "m")
    assert ranking.ordered(np.arange(3), "most_wrong").tolist() == [1, 0, 2]
    assert np.isnan(ranking.score).all()


def test_orders_have_names() -> None:
    ranking = CaseRanking(np.zeros(1, int), np.zeros(1, int), ("a",), np.zeros(1), np.ones(1))
    assert all(ranking.ordered(np.arange(1), order).tolist() == [0] for order in RANKINGS)
    with pytest.raises(InputError, match=r"order must be one of most_wrong, .* got size"):
        ranking.ordered(np.arange(1), "size")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), thresholds, thresholds, st.sampled_from([np.float32, np.float64]))
def test_flips_are_the_differences_of_cells(seed: int, before: float, after: float, dtype: type) -> None:
    predictions = two_classes(seed, dtype=dtype)
    flips = flips_between(predictions, "m", before=before, after=after)
    first = rank_two_classes(predictions, "m", threshold=before)
    second = rank_two_classes(predictions, "m", threshold=after)
    assert len(flips) == (first.called != second.called).sum()
    for name, actual, called in (
        ("newly_caught", 1, 1),
        ("newly_missed", 1, 0),
        ("newly_false_alarms", 0, 1),
        ("newly_left_alone", 0, 0),
    ):
        expected = set(second.cell(actual=actual, called=called)) - set(
            first.cell(actual=actual, called=called)
        )
        assert set(getattr(flips, name)) == expected
    assert set(FLIPS) == set(vars(flips))
    back = flips_between(predictions, "m", before=after, after=before)
    assert back.newly_missed.tolist() == flips.newly_caught.tolist()


def test_search_looks_into_every_column() -> None:
    table = pd.DataFrame(
        {
            "name": ["Ant", None, "cow"],
            "size": [1.5, np.nan, 120],
            "kind": pd.Categorical(["x", "y", "x"]),
            "o": [{"a": 1}, "b", 3],
        }
    )
    columns = list(table.columns)

    def found(text: str) -> list[int]:
        return np.flatnonzero(search_cases(table, np.arange(3), text, columns=columns)).tolist()

    assert found("ANT") == [0]
    assert found("120") == [2]
    assert found("y") == [1]
    assert found("'a'") == [0]
    assert found("(") == []
    assert found(" ") == [0, 1, 2]
    assert search_cases(table, np.array([2]), "cow", columns=["name"]).tolist() == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", ["number", "figure 12.", "Number 12"]),
        ("12.0", ["number", "text"]),
        ("0.8", ["score"]),
        ("812", []),
        ("80", []),
        ("site b", ["site"]),
        ("site", ["site"]),
        ("sit", []),
        ("1,200", ["thousands", "written"]),
        ("a.c", ["dot"]),
        ("true", ["flag"]),
    ],
)
def test_search_looks_at_whole_values(text: str, expected: list[str]) -> None:
    cells = {
        "number": 12.0, "score": 0.8, "other score": 0.8125, "other": 120, "thousands": 1200, "text": "12.0",
        "digits inside": "0.12", "figure 12.": "in figure 12.", "Number 12": "case_12_left", "written": "1,200",
        "site": "At Site B", "dot": "a.c", "pattern": "abc", "flag": True,
    }  # fmt: skip
    found = []
    for name, cell in cells.items():
        table = pd.DataFrame({name: [cell]})
        if search_cases(table, np.arange(1), text, columns=[name])[0]:
            found.append(name)
    assert sorted(found) == sorted(expected)


def test_search_finds_a_figure_of_single_precision_as_it_is_written() -> None:
    table = pd.DataFrame({"score": np.array([0.1, 0.8, np.nan], dtype=np.float32)})
    assert search_cases(table, np.arange(3), "0.8", columns=["score"]).tolist() == [False, True, False]


def test_equal_infinities_leave_a_case_next_to_no_margin() -> None:
    said = np.array([[np.inf, np.inf], [np.inf, 0.0]])
    model = ClassModel("m", np.array([0, 0]), said, "decision")
    two = ClassPredictions(np.array([0, 1]), ("a", "b"), (model,), pd.DataFrame(), np.arange(2))
    first, second = rank_classes(two, "m").rightness
    assert 0 < first < 1e-300
    assert second == -np.inf
