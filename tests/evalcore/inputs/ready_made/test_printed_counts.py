"""Counts as tools print and keep them: R's crossed tables, Comet's and W&B's matrices, bands of a credit score."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from evalcore.describing.description import describe
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation, Roles

CROSSED = b"""Confusion Matrix and Statistics

          Reference
Prediction  no yes
       no   61  14
       yes   9  46

               Accuracy : 0.8231
"""


def matrix(opened: Evaluation) -> object:
    return next(iter(describe(opened)["models"].values()))["confusion"]


def test_a_table_that_r_prints_has_the_truth_where_it_says() -> None:
    assert matrix(open_predictions(("caret.txt", CROSSED))) == [[61, 9], [14, 46]]
    swapped = CROSSED.replace(b"Reference", b"Predicted").replace(b"Prediction ", b"Actual     ")
    assert matrix(open_predictions(("table.txt", swapped))) == [[61, 14], [9, 46]]


def test_a_matrix_beside_its_labels_in_a_document() -> None:
    cells = [[44, 1, 3], [0, 48, 0], [5, 0, 31]]
    document = {"version": 1, "labels": ["crop", "forest", "road"], "matrix": cells, "rowLabel": "Actual"}
    opened = open_predictions(("confusion-matrix.json", json.dumps(document).encode()))
    assert matrix(opened) == cells


def test_a_number_of_something_in_each_cell_is_its_count() -> None:
    pairs = [(a, b) for a in ("mild", "severe") for b in ("mild", "severe")]
    table = pd.DataFrame(pairs, columns=["Actual", "Predicted"]).assign(nPredictions=[40, 7, 6, 35])
    assert matrix(open_predictions(table)) == [[40, 7], [6, 35]]


def test_a_number_of_something_beside_cases_is_no_count() -> None:
    table = pd.DataFrame({"actual": ["a", "b", "a"], "predicted": ["a", "b", "a"], "n_visits": [3, 1, 2]})
    assert describe(open_predictions(table))["models"]["predicted"]["n"] == 3


def bands() -> pd.DataFrame:
    return pd.DataFrame(
        {"score_band": ["300-399", "400-499", "500-599", "600-699"], "goods": [12, 40, 90, 120]}
    ).assign(bads=[20, 15, 6, 2], total=lambda table: table["goods"] + table["bads"])


def test_low_bands_with_the_bad_ones_are_turned_and_asked_about() -> None:
    opened = open_predictions(bands())
    ranks = describe(opened)["models"]["score_band"]["roc_auc"]
    assert ranks > 0.5
    (question,) = opened.questions
    assert question.options == ("-score_band", "+score_band")
    for answer, auc in (("-score_band", ranks), ("+score_band", 1 - ranks)):
        answered = open_predictions(bands(), roles=Roles(scores=(answer,)))
        assert describe(answered)["models"]["score_band"]["roc_auc"] == pytest.approx(auc)
        assert not answered.questions


def test_rounds_of_boosting_on_two_sets_are_a_history() -> None:
    steps = np.arange(20)
    sets = {
        name: {"logloss": (0.7 - 0.02 * steps + bias).round(4).tolist(), "auc": (0.7 + 0.01 * steps).tolist()}
        for name, bias in (("validation_0", 0.0), ("validation_1", 0.1))
    }
    opened = open_predictions(("evals_result.json", json.dumps(sets).encode()))
    assert opened.task == "history"
    assert {each.name for each in opened.predictions.series} == {
        f"{name}.{figure}" for name in sets for figure in ("logloss", "auc")
    }


def test_few_models_with_a_log_loss_are_no_history() -> None:
    from evalcore.errors import InputError

    with pytest.raises(InputError, match="finished metrics"):
        open_predictions(pd.DataFrame({"logloss": [0.5, 0.4, 0.3], "auc": [0.7, 0.8, 0.9]}))
