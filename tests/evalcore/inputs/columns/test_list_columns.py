"""Cells that hold a score for each class."""

from __future__ import annotations

import pandas as pd
import pytest

from evalcore.inputs.columns.list_scores import expand_lists
from evalcore.inputs.columns.lists import single_items


@pytest.mark.parametrize(("label", "score"), [("label", "score"), ("Name", "Score"), ("class", "prob")])
def test_records_of_a_name_and_a_number(label: str, score: str) -> None:
    cells = [
        [{label: "no", score: 0.25}, {label: "yes", score: 0.75}],
        [{label: "yes", score: 0.5}, {label: "no", score: 0.5}],
        None,
    ]
    expanded = expand_lists(pd.DataFrame({"out": pd.Series(cells, dtype=object)}), ["out"])
    assert expanded["out.yes"].tolist()[:2] == [0.75, 0.5]
    assert expanded["out.yes"].isna().tolist() == [False, False, True]


def test_names_beside_numbered_columns() -> None:
    table = pd.DataFrame(
        {"o.classes": ['["b", "a"]', '["a", "b"]'], "o.scores.0": [0.9, 0.2], "o.scores.1": [0.1, 0.8]}
    )
    expanded = expand_lists(table, ["o.classes"])
    assert expanded["o.scores.a"].tolist() == [0.1, 0.2]
    assert "o.scores.0" not in expanded


def test_what_is_no_scores_stays() -> None:
    table = pd.DataFrame({"tags": ['["x", "y"]', '["z"]'], "mixed": ['[{"a": 1}]', "[1, 2]"]})
    pd.testing.assert_frame_equal(expand_lists(table, ["tags", "mixed"]), table)


def test_lists_of_one_label_are_labels_in_any_spelling() -> None:
    table = pd.DataFrame({"true": ["['1']", "['0']"], "called": [[["2"]], [["2"]]], "sure": ["[0.75]", None]})
    found = single_items(table, list(table))
    assert found["true"].tolist() == [1, 0]
    assert found["called"].tolist() == [2, 2]
    assert found["sure"].tolist()[0] == 0.75


@pytest.mark.parametrize("longer", ["['a', 'b']", "[]", "[{'label': 'a'}]"])
def test_lists_stay_where_one_of_them_is_no_list_of_one(longer: str) -> None:
    assert (
        single_items(pd.DataFrame({"true": ["['a']", "['b']"], "pred": [longer, "['b']"]}), ["true", "pred"])
        == {}
    )
