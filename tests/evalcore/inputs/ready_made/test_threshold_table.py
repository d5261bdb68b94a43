"""Tables of counts at thresholds: every row's confusion comes back, and the area is scikit-learn's."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import confusion_matrix, roc_auc_score

from evalcore.inputs.opening import open_predictions
from evalcore.metrics.sweep.sweep import ThresholdSweep

RANDOM = np.random.default_rng(8)
TRUTH = RANDOM.random(300) < 0.3
SCORE = np.round(np.clip(RANDOM.normal(0.4 + 0.2 * TRUTH, 0.2), 0, 1), 1)


def counts_at(thresholds: list[float]) -> pd.DataFrame:
    rows = []
    for each in thresholds:
        tn, fp, fn, tp = confusion_matrix(TRUTH, each <= SCORE, labels=[False, True]).ravel()
        rows.append({"Threshold": each, "TP": tp, "FP": fp, "TN": tn, "FN": fn, "recall": tp / (tp + fn)})
    return pd.DataFrame(rows)


@pytest.mark.parametrize("order", [1, -1])
def test_every_row_comes_back_exactly(order: int) -> None:
    table = counts_at(np.unique(SCORE)[::order].tolist())
    opened = open_predictions(table)
    model = opened.predictions.models[0]
    sweep = ThresholdSweep.from_counts(model.scores, model.positives, model.negatives)
    assert (opened.task, opened.roles.scores, opened.warnings) == ("counts", ("Threshold",), ())
    assert sweep.roc_auc == pytest.approx(roc_auc_score(TRUTH, SCORE), abs=1e-12)
    at = sweep.at(table["Threshold"].to_numpy())
    np.testing.assert_array_equal([at.tp, at.fp, at.tn, at.fn], table[["TP", "FP", "TN", "FN"]].to_numpy().T)


def test_cases_below_the_lowest_threshold_are_kept_and_said() -> None:
    opened = open_predictions(counts_at([0.9, 0.6, 0.4, 0.2]))
    assert opened.predictions.cases == 300
    assert opened.predictions.models[0].scores[-1] == 0.0
    assert ["below the lowest threshold" in each for each in opened.warnings] == [True]


def test_rows_of_several_models_are_matrices() -> None:
    table = counts_at([0.4, 0.5, 0.6]).drop(columns="Threshold").assign(model=["a", "b", "c"])
    assert open_predictions(table).models == ("a", "b", "c")


@pytest.mark.parametrize("written", ["{0}-{1}", "[{0}, {1})", "({0};{1}]", "{0} to {1}"])
def test_bins_of_scores(written: str) -> None:
    ends = np.linspace(0, 1, 6).round(1)
    table = pd.DataFrame(
        {
            "score_bin": [written.format(low, high) for low, high in pairwise(ends)],
            "n": [40, 30, 20, 10, 5],
            "n_pos": [1, 3, 6, 7, 4],
        }
    )
    opened = open_predictions(table)
    model = opened.predictions.models[0]
    assert (opened.task, model.kind) == ("counts", "probability")
    assert model.scores.tolist() == [0.8, 0.6, 0.4, 0.2, 0.0]
    assert model.positives.tolist() == [4, 7, 6, 3, 1]
    assert model.negatives.tolist() == [1, 3, 14, 27, 39]
