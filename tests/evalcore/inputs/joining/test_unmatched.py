"""Rows that found no partner in another file: which, why, and how many of them are kept."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.inputs.joining.unmatched import MOST_CELLS, MOST_ROWS, rows_as_text, unmatched_table
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation

N = 120
RNG = np.random.default_rng(9)
TABLE = pd.DataFrame(
    {"id": np.arange(1000, 1000 + N), "label": RNG.integers(0, 2, N), "prob": RNG.random(N).round(3)}
)
PREDICTIONS = TABLE[["id", "prob"]]
TRUTH = TABLE[["id", "label"]]


def named(name: str, table: pd.DataFrame) -> tuple[str, bytes]:
    return name, table.to_csv(index=False).encode()


def lost_ids(opened: Evaluation, file: str) -> list[str]:
    return [key for each in opened.unmatched if each.source == file for key in each.rows["id"]]


def test_all_that_match_leave_nothing() -> None:
    assert open_predictions(named("p.csv", PREDICTIONS), named("t.csv", TRUTH)).unmatched == ()


@pytest.mark.parametrize("turned", [False, True])
def test_rows_of_both_files_are_kept_with_their_numbers(turned: bool) -> None:
    files = [named("p.csv", PREDICTIONS.iloc[3:]), named("t.csv", TRUTH.iloc[:-2])]
    opened = open_predictions(*(files[::-1] if turned else files))
    told = {each.source: each for each in opened.unmatched}
    assert (told["p"].count, told["p"].rows.index.tolist()) == (2, [N - 4, N - 3])
    assert lost_ids(opened, "p") == [str(each) for each in PREDICTIONS["id"].tail(2)]
    assert told["p"].rows["prob"].astype(float).tolist() == PREDICTIONS["prob"].tail(2).tolist()
    assert told["p"].reason == 'no row of "t" has the same "id"'
    assert lost_ids(opened, "t") == [str(each) for each in TRUTH["id"].head(3)]
    assert told["t"].rows.index.tolist() == [1, 2, 3]


def test_rows_without_a_key_match_nothing_and_say_so() -> None:
    truth, predictions = TRUTH.astype({"id": float}), PREDICTIONS.astype({"id": float})
    truth.loc[4, "id"] = predictions.loc[7, "id"] = np.nan
    opened = open_predictions(named("p.csv", predictions), named("t.csv", truth))
    reasons = {(each.source, each.reason): each.rows.index.tolist() for each in opened.unmatched}
    assert reasons == {
        ("p", 'there is no value in "id"'): [8],
        ("p", 'no row of "t" has the same "id"'): [5],
        ("t", 'there is no value in "id"'): [5],
        ("t", 'no row of "p" has the same "id"'): [8],
    }
    assert opened.predictions.truth.size == N - 2


def test_only_the_first_of_equal_keys_is_used_where_both_files_repeat_them() -> None:
    scores = PREDICTIONS.rename(columns={"prob": "target"})
    truth = TRUTH.rename(columns={"label": "target"})
    opened = open_predictions(
        named("m1.csv", scores),
        named("truth.csv", pd.concat([truth, truth.head(2)])),
        named("m2.csv", pd.concat([scores, scores.head(2)])),
    )
    (lost,) = opened.unmatched
    assert (lost.source, lost.count, lost.rows.index.tolist()) == ("m2", 2, [N + 1, N + 2])
    assert lost.reason == 'an earlier row of "m2" has the same "id", and only the first is used'


def test_at_most_so_many_rows_are_kept() -> None:
    rows = MOST_ROWS + 500
    table = pd.DataFrame({"id": range(2 * rows), "label": [0, 1] * rows})
    scores = pd.DataFrame({"id": range(rows, 4 * rows), "prob": np.linspace(0, 1, 3 * rows)})
    opened = open_predictions(named("p.csv", scores), named("t.csv", table))
    assert {each.source: (each.count, len(each.rows)) for each in opened.unmatched} == {
        "p": (2 * rows, MOST_ROWS),
        "t": (rows, MOST_ROWS),
    }
    wide = scores.head(3000).assign(**{f"feature_{place}": 0.5 for place in range(98)})
    opened = open_predictions(named("p.csv", wide), named("t.csv", table))
    assert len(opened.unmatched[0].rows) == MOST_CELLS // 100


def test_cells_are_text_that_can_be_saved() -> None:
    rows = rows_as_text(
        pd.DataFrame({"a": [b"12345", None], "b": ["x" * 5000, float("nan")], "c": [[1, 2], "y"]})
    )
    assert rows["a"].tolist() == ["(5 bytes)", None]
    assert len(rows["b"][0]) == 200
    assert rows["b"][1] is None
    assert rows["c"].tolist() == ["[1, 2]", "y"]


def test_one_table_for_download_is_in_the_file_s_order() -> None:
    truth = TRUTH.astype({"id": float})
    truth.loc[9, "id"] = np.nan
    truth.loc[[2, 30], "id"] = [9e6, 9e7]
    opened = open_predictions(named("p.csv", PREDICTIONS), named("t.csv", truth))
    table = unmatched_table([each for each in opened.unmatched if each.source == "t"])
    assert table.index.tolist() == [3, 10, 31]
    assert table["why"].tolist()[1] == 'there is no value in "id"'


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 60), min_size=20), st.sets(st.integers(0, 60), min_size=20))
def test_every_row_is_joined_or_kept(left: set[int], right: set[int]) -> None:
    """Set arithmetic is the second opinion: no key may vanish."""
    if len(left & right) < 0.6 * min(len(left), len(right)):
        return
    scores = pd.DataFrame({"id": sorted(left), "prob": np.linspace(0, 1, len(left))})
    truth = pd.DataFrame({"id": sorted(right), "label": np.arange(len(right)) % 2})
    opened = open_predictions(named("p.csv", scores), named("t.csv", truth))
    assert set(map(int, lost_ids(opened, "p"))) == left - right
    assert set(map(int, lost_ids(opened, "t"))) == right - left
