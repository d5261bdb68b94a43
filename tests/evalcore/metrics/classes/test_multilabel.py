"""Figures of several labels against scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from evalcore.errors import InputError
from evalcore.metrics.classes.label_confusion import LABEL_AVERAGES, LabelConfusion, share_together
from evalcore.metrics.classes.label_ranking import label_ranking
from evalcore.metrics.rates.intervals import wilson
from evalcore.metrics.summaries.label_summary import (
    label_areas,
    label_confusion,
    label_summary,
    label_sweeps,
    label_table,
    label_thresholds,
)
from evalcore.predictions.labels import LabelModel, LabelPredictions

LABELS = ("cat", "dog", "grass", "night")


@pytest.fixture(params=[False, True], ids=["plain", "weighted"])
def made(request: pytest.FixtureRequest) -> LabelPredictions:
    """500 rows; some have no label, some all; scores have ties."""
    random = np.random.default_rng(8)
    truth = (random.random((500, 4)) < [0.6, 0.3, 0.4, 0.1]).astype(np.uint8)
    truth[:20], truth[20:40] = 0, 1
    scores = np.clip(0.5 * truth + random.random((500, 4)) * 0.7, 0, 1).round(2)
    weights = random.uniform(0.2, 3, size=500) if request.param else None
    thresholds = np.array([0.5, 0.6, 0.4, 0.5])
    models = (
        LabelModel("net", scores, "probability", thresholds),
        LabelModel("said", (scores >= 0.5).astype(float), "hard_label", np.full(4, 0.5)),
    )
    return LabelPredictions(truth, LABELS, models, pd.DataFrame(index=range(500)), np.arange(500), weights)


@pytest.mark.parametrize("how", LABEL_AVERAGES)
def test_averages(made: LabelPredictions, how: str) -> None:
    model = made.models[0]
    found = label_confusion(made, "net", model.thresholds)
    called = model.scores >= model.thresholds
    for name, theirs in (
        ("precision", metrics.precision_score),
        ("recall", metrics.recall_score),
        ("f1", metrics.f1_score),
        ("threat_score", metrics.jaccard_score),
    ):
        expected = theirs(made.truth, called, average=how, sample_weight=made.weights, zero_division=0)
        assert found.average(name, how) == pytest.approx(expected)


def test_whole_rows(made: LabelPredictions) -> None:
    model = made.models[0]
    found = label_confusion(made, "net", model.thresholds)
    asked: Any = (made.truth, model.scores >= model.thresholds)
    weight = {"sample_weight": made.weights}
    assert found.hamming_loss == pytest.approx(metrics.hamming_loss(*asked, **weight))
    assert found.subset_accuracy == pytest.approx(metrics.accuracy_score(*asked, **weight))
    cells = metrics.multilabel_confusion_matrix(*asked, **weight)
    np.testing.assert_allclose(np.moveaxis(found.per_label.matrix, 2, 0), cells, atol=1e-9)


@pytest.mark.parametrize("weighted", [False, True])
def test_truths_that_are_missing_count_nowhere(weighted: bool) -> None:
    random = np.random.default_rng(3)
    truth, called = random.integers(0, 2, (2, 80, 3))
    known = random.random((80, 3)) < 0.7
    known[:, 2] |= ~known.any(axis=1)
    weights = random.uniform(0.2, 3, 80) if weighted else None
    model = LabelModel("said", called.astype(float), "hard_label", np.full(3, 0.5))
    made = LabelPredictions(truth.astype(np.uint8), ("a", "b", "c"), (model,), pd.DataFrame(), np.arange(80), weights,
                            known=known)  # fmt: skip
    found = label_confusion(made, "said", model.thresholds)
    table = label_table(found, made.labels, model.thresholds)
    wrong = total = 0.0
    for i, name in enumerate(made.labels):
        rows = known[:, i]
        weight = None if weights is None else weights[rows]
        cells = metrics.confusion_matrix(truth[rows, i], called[rows, i], sample_weight=weight)
        np.testing.assert_allclose(
            [[table["tn"][i], table["fp"][i]], [table["fn"][i], table["tp"][i]]], cells
        )
        assert label_sweeps(made, "said").sweeps[i].positives == pytest.approx(cells[1].sum())
        one = made.label(name)
        mine = one.truth == 1  # a recall is worth its own cases, whatever the others weigh
        size = float(mine.sum()) if weights is None else _kish(one.weights[mine])
        recall = cells[1, 1] / cells[1].sum()
        assert wilson(recall * size, size).low == pytest.approx(table["recall_low"][i])
        wrong, total = wrong + cells[0, 1] + cells[1, 0], total + cells.sum()
    assert found.hamming_loss == pytest.approx(wrong / total)
    right = ((truth == called) | ~known).all(axis=1)
    assert found.subset_accuracy == pytest.approx(np.average(right, weights=weights))


def _kish(weights: Any) -> float:
    return float(weights.sum() ** 2 / np.square(weights).sum())


def test_ranking_within_rows(made: LabelPredictions) -> None:
    scores = made.models[0].scores
    found = label_ranking(made.truth, scores, weight=made.weights)
    asked: Any = {"y_true": made.truth, "y_score": scores, "sample_weight": made.weights}
    assert found.average_precision == pytest.approx(metrics.label_ranking_average_precision_score(**asked))
    assert found.coverage_error == pytest.approx(metrics.coverage_error(**asked))
    assert found.ranking_loss == pytest.approx(metrics.label_ranking_loss(**asked))


def test_areas_and_table(made: LabelPredictions) -> None:
    swept = label_sweeps(made, "net")
    areas = label_areas(swept)
    assert areas is not None
    scores, thresholds = made.models[0].scores, made.models[0].thresholds
    for how in ("macro", "weighted"):
        asked: Any = {"average": how, "sample_weight": made.weights}
        assert areas.average("roc_auc", how) == pytest.approx(
            metrics.roc_auc_score(made.truth, scores, **asked)
        )
        precision = metrics.average_precision_score(made.truth, scores, **asked)
        assert areas.average("average_precision", how) == pytest.approx(precision)
    confusion = label_confusion(made, "net", thresholds)
    table = label_table(confusion, LABELS, thresholds, areas)
    recall = metrics.recall_score(made.truth, scores >= thresholds, average=None, sample_weight=made.weights)
    np.testing.assert_allclose(table["recall"], recall)
    assert (table["recall_low"] <= table["recall"]).all()
    assert (table["recall"] <= table["recall_high"]).all()
    names = [each.name for each in label_summary(made, "net", confusion, areas)]
    assert "label_ranking_loss" in names
    assert len(set(names)) == len(names)


def test_decisions_alone_have_no_areas(made: LabelPredictions) -> None:
    assert label_areas(label_sweeps(made, "said")) is None


def test_thresholds_by_rule(made: LabelPredictions) -> None:
    swept, default = label_sweeps(made, "net"), made.models[0].thresholds
    assert label_thresholds(swept, "default", default=default) is default
    assert label_thresholds(swept, "one", default=default, one=0.3).tolist() == [0.3] * 4
    scores = made.models[0].scores
    for place, threshold in enumerate(label_thresholds(swept, "max_f1", default=default)):
        every = [
            metrics.f1_score(made.truth[:, place], scores[:, place] >= each, sample_weight=made.weights)
            for each in np.unique(scores[:, place])
        ]
        mine = metrics.f1_score(
            made.truth[:, place], scores[:, place] >= threshold, sample_weight=made.weights
        )
        assert mine == pytest.approx(max(every))
    floors = label_thresholds(swept, "recall", default=default, recall=0.8)
    for sweep, threshold in zip(swept.sweeps, floors, strict=True):
        point, every_point = sweep.at(threshold), sweep.at(sweep.thresholds)
        assert point.recall >= 0.8
        assert point.precision == pytest.approx(every_point.precision[every_point.recall >= 0.8].max())


def test_labels_that_come_together(made: LabelPredictions) -> None:
    found = label_confusion(made, "net", made.models[0].thresholds)
    truth, called = found.together()
    weights = np.ones(500) if made.weights is None else made.weights
    assert truth[0, 2] == pytest.approx(weights[(made.truth[:, 0] == 1) & (made.truth[:, 2] == 1)].sum())
    np.testing.assert_allclose(np.diag(called), found.per_label.predicted_positives)
    shares = share_together(truth)
    assert np.diag(shares).tolist() == [1] * 4


def test_a_label_that_never_applies() -> None:
    truth, scores = np.array([[1, 0], [0, 0]]), np.array([[0.9, 0.2], [0.1, 0.7]])
    models = (LabelModel("m", scores, "probability", np.array([0.5, 0.5])),)
    never = LabelPredictions(truth.astype(np.uint8), ("a", "b"), models, pd.DataFrame(), np.arange(2))
    swept = label_sweeps(never, "m")
    assert label_thresholds(swept, "max_f1", default=np.array([0.5, 0.5]))[1] == 0.5
    confusion = label_confusion(never, "m", np.array([0.5, 0.5]))
    assert np.isnan(confusion.per_label.recall[1])
    assert np.isnan(share_together(confusion.together()[0])[1]).all()


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda: LabelConfusion.from_flags([[1, 2]], [[1, 0]]), "truth must hold 0 and 1 only"),
        (lambda: LabelConfusion.from_flags([[1, 0]], [[1]]), "same shape"),
        (lambda: LabelConfusion.from_flags([1], [1]), "a row for each case"),
        (lambda: LabelConfusion.from_scores([[1, 0]], [[0.2, 0.3]], [0.5]), "one number for each label"),
        (lambda: LabelConfusion.from_flags([[1]], [[1]]).average("auc", "macro"), "metric must be one of"),
        (lambda: LabelConfusion.from_flags([[1]], [[1]]).average("f1", "mean"), "how must be one of"),
        (lambda: label_ranking([[1, 0]], [[0.1]]), "same shape"),
    ],
)
def test_refusals(act: Any, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        act()
