"""The list of figures of several labels, and thresholds by hand: against scikit-learn."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from evalcore.errors import InputError
from evalcore.metrics.summaries.label_summary import (
    label_areas,
    label_confusion,
    label_summary,
    label_sweeps,
    label_thresholds,
)
from evalcore.predictions.labels import LabelModel, LabelPredictions

rng = np.random.default_rng(9)
TRUTH = (rng.random((400, 4)) < [0.5, 0.3, 0.2, 0.1]).astype(np.uint8)
P = 1 / (1 + np.exp(-(rng.normal(size=(400, 4)) + 2 * TRUTH - 1)))
HALF = np.full(4, 0.5)
LABELS = ("red", "round", "soft", "new")
PREDICTIONS = LabelPredictions(
    TRUTH, LABELS, (LabelModel("m", P, "probability", HALF),), pd.DataFrame(), np.arange(400)
)


def test_every_figure_of_the_summary_is_scikit_learns() -> None:
    swept = label_sweeps(PREDICTIONS, "m")
    confusion = label_confusion(PREDICTIONS, "m", HALF)
    found = {each.name: each.value for each in label_summary(PREDICTIONS, "m", confusion, label_areas(swept))}
    called = P >= 0.5
    expected = {
        "subset_accuracy": metrics.accuracy_score(TRUTH, called),
        "hamming_loss": metrics.hamming_loss(TRUTH, called),
        "label_ranking_average_precision": metrics.label_ranking_average_precision_score(TRUTH, P),
        "coverage_error": metrics.coverage_error(TRUTH, P),
        "label_ranking_loss": metrics.label_ranking_loss(TRUTH, P),
        "brier_score": metrics.brier_score_loss(TRUTH.ravel(), P.ravel()),
        "log_loss": metrics.log_loss(TRUTH.ravel(), P.ravel()),
    }
    for how in ("macro", "weighted", "micro", "samples"):
        for name, score in (
            ("f1", metrics.f1_score),
            ("threat_score", metrics.jaccard_score),
            ("precision", metrics.precision_score),
            ("recall", metrics.recall_score),
        ):
            expected[f"{name}_{how}"] = score(TRUTH, called, average=how, zero_division=0)
    for how in ("macro", "weighted", "micro"):
        expected[f"roc_auc_{how}"] = metrics.roc_auc_score(TRUTH, P, average=how)
        expected[f"average_precision_{how}"] = metrics.average_precision_score(TRUTH, P, average=how)
    assert found == pytest.approx(expected)


def test_thresholds_by_hand() -> None:
    swept = label_sweeps(PREDICTIONS, "m")
    found = label_thresholds(swept, "each", default=HALF, each=[0.1, np.nan, 0.9, 0.4])
    assert found.tolist() == [0.1, 0.5, 0.9, 0.4]
    called = np.column_stack([P[:, i] >= threshold for i, threshold in enumerate(found)])
    cells = metrics.multilabel_confusion_matrix(TRUTH, called)
    assert label_confusion(PREDICTIONS, "m", found).per_label.tp.tolist() == cells[:, 1, 1].tolist()
    assert label_thresholds(swept, "each", default=HALF).tolist() == HALF.tolist()


def test_thresholds_by_hand_must_be_one_a_label() -> None:
    with pytest.raises(InputError, match="one threshold for each label"):
        label_thresholds(label_sweeps(PREDICTIONS, "m"), "each", default=HALF, each=[0.1])
