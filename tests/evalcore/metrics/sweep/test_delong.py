"""The interval of the area under the ROC curve."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.sweep import ThresholdSweep


def slow_delong(truth, score, weight=None):
    """All pairs of a positive and a negative, as DeLong et al. write it."""
    weight = np.ones(len(truth)) if weight is None else weight
    positive, negative = score[truth == 1], score[truth == 0]
    wins = (positive[:, None] > negative) + 0.5 * (positive[:, None] == negative)
    wp, wn = weight[truth == 1], weight[truth == 0]
    of_positives, of_negatives = wins @ wn / wn.sum(), wp @ wins / wp.sum()
    auc = wp @ of_positives / wp.sum()
    variance = sum(
        (w @ (placements - auc) ** 2 / w.sum()) / (w.sum() ** 2 / (w @ w) - 1)
        for w, placements in ((wp, of_positives), (wn, of_negatives))
    )
    return auc, variance


@given(st.integers(0, 10**6), st.sampled_from([0.1, 0.4, 0.5, 0.8]), st.integers(0, 4), st.booleans())
@settings(max_examples=60)
def test_delong_is_the_slow_sum_over_all_pairs(seed, prevalence, decimals, weighted):
    rng = np.random.default_rng(seed)
    truth = (rng.random(60) < prevalence).astype(int)
    truth[:4] = [0, 0, 1, 1]
    score = np.round(rng.normal(truth), decimals)
    weight = rng.gamma(3, size=60) if weighted else None
    found = delong(ThresholdSweep.from_scores(truth, score, weight=weight))
    auc, variance = slow_delong(truth, score, weight)
    assert found.auc == pytest.approx(auc, abs=1e-12)
    if 0 < auc < 1:
        assert found.variance == pytest.approx(variance, abs=1e-12)
        assert 0 <= found.low <= found.auc <= found.high <= 1


def test_delong_does_not_depend_on_rising_transformations_or_on_which_class_is_positive():
    rng = np.random.default_rng(5)
    truth = (rng.random(300) < 0.3).astype(int)
    score = rng.normal(truth)
    found = delong(ThresholdSweep.from_scores(truth, score))
    stretched = delong(ThresholdSweep.from_scores(truth, np.exp(score)))
    assert stretched == found
    other = delong(ThresholdSweep.from_scores(1 - truth, -score))
    assert (other.auc, other.variance) == pytest.approx((found.auc, found.variance))
    turned = delong(ThresholdSweep.from_scores(truth, -score))
    assert (turned.auc, turned.low) == pytest.approx((1 - found.auc, 1 - found.high))


def test_delong_of_classes_without_overlap_has_an_interval_all_the_same():
    perfect = delong(ThresholdSweep.from_scores([0] * 30 + [1] * 10, np.arange(40.0)))
    assert (perfect.auc, perfect.high) == (1, 1)
    # Newcombe's method 5 where DeLong's variance says nothing, a little wider.
    assert 0.75 < perfect.low < 0.9
    opposite = delong(ThresholdSweep.from_scores([1] * 10 + [0] * 30, np.arange(40.0)))
    assert (opposite.auc, opposite.low, opposite.high) == (0, 0, pytest.approx(1 - perfect.low))


@pytest.mark.parametrize(
    ("truth", "method"),
    [([1, 1, 1], "undefined: one class has no cases"), ([0, 0, 1], "undefined: fewer than two cases")],
)
def test_delong_without_enough_cases_says_so(truth, method):
    found = delong(ThresholdSweep.from_scores(truth, [0.1, 0.6, 0.5]))
    assert math.isnan(found.low)
    assert math.isnan(found.high)
    assert found.method.startswith(method)


def test_one_score_for_all_does_not_make_one_half_certain():
    found = delong(ThresholdSweep.from_scores([0, 1, 0, 1], [0.3] * 4))
    assert found.auc == 0.5
    assert found.low < 0.2
    assert found.high == pytest.approx(1 - found.low)


def test_with_many_cases_the_limits_are_delongs():
    rng = np.random.default_rng(2)
    truth = rng.random(40_000) < 0.3
    found = delong(ThresholdSweep.from_scores(truth, rng.normal(1.5 * truth)))
    half = 1.959964 * math.sqrt(found.variance)
    assert (found.low, found.high) == pytest.approx((found.auc - half, found.auc + half), abs=half / 20)


@pytest.mark.parametrize(
    ("positives", "negatives", "auc", "spread"),
    [(5, 5, 0.8, 1.0), (5, 100, 0.6, 2.0), (5, 40, 0.95, 1.0), (10, 200, 0.95, 2.0), (40, 40, 0.98, 1.0)],
)
def test_few_cases_are_covered_as_often_as_is_said(positives, negatives, auc, spread):
    """Where DeLong's logit limits covered 75 to 90 % of the true areas; `spread` is that of the positives."""
    rng = np.random.default_rng(17)
    middle = stats.norm.ppf(auc) * math.hypot(1, spread)
    truth = np.repeat([1, 0], [positives, negatives])
    covered = 0
    for _ in range(400):
        score = np.append(rng.normal(middle, spread, positives), rng.normal(size=negatives))
        found = delong(ThresholdSweep.from_scores(truth, score))
        covered += found.low <= auc <= found.high
    assert covered / 400 >= 0.905  # 92 % less what 400 draws leave to chance


@pytest.mark.parametrize("size", [1e150, 1e-150])
def test_huge_and_tiny_weights_change_nothing(size):
    rng = np.random.default_rng(4)
    truth, weight = rng.integers(0, 2, 50), rng.random(50)
    score = rng.normal(truth).round(1)
    found, scaled = (
        delong(ThresholdSweep.from_scores(truth, score, weight=w)) for w in (weight, weight * size)
    )
    assert (scaled.auc, scaled.low, scaled.high) == pytest.approx((found.auc, found.low, found.high))


def test_delong_covers_about_as_often_as_it_says():
    rng = np.random.default_rng(11)
    truth = np.repeat([0, 1], [80, 40])
    true = stats.norm.cdf(1.5 / math.sqrt(2))
    found = [delong(ThresholdSweep.from_scores(truth, rng.normal(1.5 * truth))) for _ in range(600)]
    covered = np.mean([each.low <= true <= each.high for each in found])
    assert 0.92 <= covered <= 0.99
