"""Scores without a truth: whatever the column is called, if it can be nothing else."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions

CHANCES = np.random.default_rng(5).random(60).round(4)


@pytest.mark.parametrize("name", ["target", "label", "x", "prob"])
def test_the_only_column_of_chances_is_the_score(name: str) -> None:
    opened = open_predictions(pd.DataFrame({"id": np.arange(60), name: CHANCES}))
    assert (opened.task, opened.roles.scores) == ("scores", (name,))
    assert [each.columns for each in opened.decisions if each.role == "ignored"] == []
    np.testing.assert_array_equal(opened.predictions.models[0].values, CHANCES)


def test_a_file_of_one_column_without_a_header() -> None:
    opened = open_predictions(("scores.txt", "\n".join(map(str, CHANCES)).encode()))
    assert (opened.task, len(opened.predictions.models[0].values)) == ("scores", 60)


def test_numbers_for_numbers_are_a_regression() -> None:
    with pytest.raises(InputError, match="regression"):
        open_predictions(pd.DataFrame({"y_true": 100 * CHANCES, "y_pred": 100 * CHANCES[::-1]}))


def test_a_score_that_never_changes_is_said() -> None:
    table = pd.DataFrame({"truth": [0, 1] * 30, "score": 0.5})
    with pytest.raises(InputError, match=re.escape('the score "score" is 0.5 in every row')):
        open_predictions(table)


def test_an_empty_cell_among_lists_has_no_label() -> None:
    table = pd.DataFrame(
        {"image": [f"{i}.png" for i in range(36)], "labels": ["cat|dog", None, "cat", "dog"] * 9,
         "predicted": ["cat", "dog", None, "dog|cat"] * 9}
    )  # fmt: skip
    opened = open_predictions(table)
    assert opened.task == "multilabel"
    assert opened.predictions.truth[:3].tolist() == [[1, 1], [0, 0], [1, 0]]
    assert opened.predictions.models[0].scores[:3].tolist() == [[1, 0], [0, 1], [0, 0]]
    assert sum("taken for lists of no labels" in each for each in opened.warnings) == 2
