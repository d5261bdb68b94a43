"""Curves and areas against scikit-learn, with weights, ties and both label orders."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn import metrics as sk

from evalcore.metrics.sweep import curves
from evalcore.metrics.sweep.sweep import ThresholdSweep


def cases(kind, *, weighted, dtype=np.float64, size=400):
    random = np.random.default_rng(len(kind) + 7 * weighted)
    truth = random.random(size) < (0.02 if kind == "rare" else 0.4)
    truth[:2] = [True, False]
    score = random.normal(size=size) + truth
    if kind == "ties":
        score = np.round(score, 1)
    if kind == "few":
        score = random.integers(0, 4, size).astype(float)
    if kind == "perfect":
        score = truth + random.random(size) / 2
    if kind == "infinite":
        score[::9], score[1::11] = np.inf, -np.inf
    weight = random.gamma(1.0, size=size) * (random.random(size) > 0.1) if weighted else None
    return truth.astype(int), score.astype(dtype), weight


KINDS = pytest.mark.parametrize("kind", ["continuous", "ties", "few", "rare", "perfect"])
WEIGHTED = pytest.mark.parametrize("weighted", [False, True])
REVERSED = pytest.mark.parametrize("turned", [False, True])
DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-15)


def prepared(kind, weighted, turned, dtype):
    """Rows in which either label may be the positive class."""
    truth, score, weight = cases(kind, weighted=weighted, dtype=dtype)
    if turned:
        truth, score = 1 - truth, -score
    return truth, score, weight, ThresholdSweep.from_scores(truth, score, weight=weight)


@KINDS
@WEIGHTED
@REVERSED
@DTYPES
def test_roc_is_that_of_scikit_learn(kind, weighted, turned, dtype):
    truth, score, weight, sweep = prepared(kind, weighted, turned, dtype)
    curve = sweep.roc()
    fpr, tpr, thresholds = sk.roc_curve(truth, score, sample_weight=weight, drop_intermediate=False)
    close(curve.false_positive_rate, fpr)
    close(curve.true_positive_rate, tpr)
    np.testing.assert_array_equal(curve.thresholds, thresholds)
    assert sweep.roc_auc == pytest.approx(sk.roc_auc_score(truth, score, sample_weight=weight), abs=1e-13)


@KINDS
@WEIGHTED
@REVERSED
@DTYPES
def test_precision_recall_is_that_of_scikit_learn(kind, weighted, turned, dtype):
    truth, score, weight, sweep = prepared(kind, weighted, turned, dtype)
    curve = sweep.precision_recall()
    precision, recall, thresholds = sk.precision_recall_curve(truth, score, sample_weight=weight)
    close(curve.precision[::-1], precision)
    close(curve.recall[::-1], recall)
    np.testing.assert_array_equal(curve.thresholds[:0:-1], thresholds)
    expected = sk.average_precision_score(truth, score, sample_weight=weight)
    assert sweep.average_precision == pytest.approx(expected, abs=1e-13)


@KINDS
@WEIGHTED
@REVERSED
@DTYPES
def test_det_is_that_of_scikit_learn(kind, weighted, turned, dtype):
    truth, score, weight, sweep = prepared(kind, weighted, turned, dtype)
    curve = sweep.det()
    fpr, fnr, thresholds = sk.det_curve(truth, score, sample_weight=weight)
    # scikit-learn leaves out what lies before the first false alarm and after the last miss.
    rows = np.searchsorted(-curve.thresholds, -thresholds.astype(curve.thresholds.dtype))
    assert (np.diff(rows) == -1).all()
    close(curve.false_positive_rate[rows], fpr)
    np.testing.assert_allclose(curve.false_negative_rate[rows], fnr, rtol=1e-12, atol=1e-14)
    close(curve.false_negative_rate, 1 - sweep.roc().true_positive_rate)


@KINDS
@WEIGHTED
def test_gain_and_lift_by_their_definitions(kind, weighted):
    truth, score, weight = cases(kind, weighted=weighted)
    curve = ThresholdSweep.from_scores(truth, score, weight=weight).gains()
    weights = np.ones(len(score)) if weight is None else weight
    prevalence = weights[truth == 1].sum() / weights.sum()
    for i in range(1, len(curve.thresholds), 17):
        flagged = score >= curve.thresholds[i]
        precision = weights[flagged & (truth == 1)].sum() / weights[flagged].sum()
        assert curve.predicted_positive_rate[i] == pytest.approx(weights[flagged].sum() / weights.sum())
        assert curve.gain[i] == pytest.approx(
            weights[flagged & (truth == 1)].sum() / weights[truth == 1].sum()
        )
        assert curve.lift[i] == pytest.approx(precision / prevalence)
    assert curve.gain[0] == curve.predicted_positive_rate[0] == 0
    assert np.isnan(curve.lift[0])
    assert curve.lift[-1] == pytest.approx(1)


def test_areas_with_infinite_scores_rank_them_at_the_ends():
    truth, score, _ = cases("infinite", weighted=False)
    sweep = ThresholdSweep.from_scores(truth, score)
    ranks = np.clip(score, -100, 100)
    assert sweep.roc_auc == pytest.approx(sk.roc_auc_score(truth, ranks), abs=1e-14)
    assert sweep.average_precision == pytest.approx(sk.average_precision_score(truth, ranks), abs=1e-14)


def test_integer_area_is_exact_also_where_64_bits_wrap_around():
    truth = np.array([1, 0, 1, 0])
    big = 2_000_000_011
    counts = ThresholdSweep.from_counts([3, 2, 1], [big, 5, big], [7, big, 1])
    pairs = 2 * (big * (big + 1) + 5 * 1) + big * 7 + 5 * big + big * 1
    assert counts.roc_auc == pairs / (2 * (2 * big + 5) * (big + 8))
    assert ThresholdSweep.from_scores(truth, [0.1, 0.1, 0.1, 0.1]).roc_auc == 0.5


@pytest.mark.parametrize(("truth", "roc_auc", "ap"), [([1, 1], math.nan, 1.0), ([0, 0], math.nan, math.nan)])
def test_one_class_alone_has_undefined_rates(truth, roc_auc, ap):
    sweep = ThresholdSweep.from_scores(truth, [0.3, 0.7])
    assert sweep.roc_auc is math.nan or math.isnan(sweep.roc_auc)
    np.testing.assert_equal(sweep.average_precision, ap)
    absent = sweep.roc().true_positive_rate if not any(truth) else sweep.roc().false_positive_rate
    assert np.isnan(absent).all()
    assert np.isnan(sweep.det().false_negative_rate).all() == (not any(truth))
    assert np.isnan(sweep.gains().lift).all() == (not any(truth))


def test_arrays_are_read_only():
    sweep = ThresholdSweep.from_scores([0, 1], [0.2, 0.4])
    for curve in (sweep.roc(), sweep.precision_recall(), sweep.det(), sweep.gains()):
        for array in vars(curve).values():
            assert not array.flags.writeable
    assert curves.RocCurve.__dataclass_params__.frozen
