import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.intervals import (
    INTERVAL_METRICS,
    clopper_pearson,
    confusion_interval,
    wilson,
)
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.sweep import ThresholdSweep

COUNT = st.integers(0, 10**5)


# Newcombe (1998), Stat. Med. 17, 857-872, table I.
@pytest.mark.parametrize(
    ("successes", "total", "by_wilson", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_published_intervals_of_rates(successes, total, by_wilson, exact):
    for interval, expected in ((wilson, by_wilson), (clopper_pearson, exact)):
        found = interval(successes, total)
        assert (round(found.low, 4), round(found.high, 4)) == expected


@given(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.999)
)
@settings(max_examples=60)
def test_intervals_of_rates_are_those_of_scipy(counts, confidence):
    test = stats.binomtest(*counts)
    for interval, method in ((wilson, "wilson"), (clopper_pearson, "exact")):
        found = interval(*counts, confidence=confidence)
        expected = test.proportion_ci(confidence, method=method)
        assert found.low == pytest.approx(expected.low, abs=1e-10)
        assert found.high == pytest.approx(expected.high, abs=1e-10)
        assert found.low <= counts[0] / counts[1] <= found.high


def test_rates_of_no_cases_have_no_interval():
    for interval in (wilson, clopper_pearson):
        found = interval(np.array([0, 3]), np.array([0, 4]))
        assert math.isnan(found.low[0])
        assert math.isnan(found.high[0])
        assert found.low[1] < 0.75 < found.high[1]


# Newcombe (1998), Stat. Med. 17, 873-890, table II, method 10: 56/70 - 48/80.
def test_published_interval_of_a_difference_of_rates():
    found = confusion_interval(Confusion(tn=32, fp=48, fn=14, tp=56), "youden_j")
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
    half = confusion_interval(Confusion(tn=32, fp=48, fn=14, tp=56), "balanced_accuracy")
    assert half.low == pytest.approx((found.low + 1) / 2)
    assert half.high == pytest.approx((found.high + 1) / 2)


def test_interval_of_matthews_is_the_delta_method_by_numerical_gradient():
    cells, step = np.array([600.0, 100.0, 50.0, 250.0]), 1e-4
    shares = cells / cells.sum()
    gradient = np.array(
        [
            (
                Confusion(*(shares + step * unit)).matthews_corrcoef
                - Confusion(*(shares - step * unit)).matthews_corrcoef
            )
            / (2 * step)
            for unit in np.eye(4)
        ]
    )
    variance = (gradient**2 @ shares - (gradient @ shares) ** 2) / cells.sum()
    value = Confusion(*cells).matthews_corrcoef
    half = 1.959964 * math.sqrt(variance) / (1 - value**2)
    found = confusion_interval(Confusion(*cells), "matthews_corrcoef")
    assert found.low == pytest.approx(math.tanh(math.atanh(value) - half), abs=1e-6)
    assert found.high == pytest.approx(math.tanh(math.atanh(value) + half), abs=1e-6)


@given(COUNT, COUNT, COUNT, COUNT)
@settings(max_examples=60)
def test_interval_holds_its_metric_and_stays_within_bounds(tn, fp, fn, tp):
    point = Confusion(tn, fp, fn, tp)
    for metric in INTERVAL_METRICS:
        found, value = confusion_interval(point, metric), point.value(metric)
        assert math.isnan(found.low) == math.isnan(found.high) == math.isnan(value)
        if not math.isnan(value):
            lowest = -1 if metric in ("youden_j", "matthews_corrcoef") else 0
            assert lowest - 1e-12 <= found.low <= value + 1e-12
            assert value - 1e-12 <= found.high <= 1 + 1e-12


def test_arrays_give_the_intervals_of_their_entries():
    many = Confusion(*np.random.default_rng(0).integers(0, 5, size=(4, 100)))
    for metric in INTERVAL_METRICS:
        found = confusion_interval(many, metric)
        single = [confusion_interval(many[i], metric) for i in range(100)]
        assert all(type(each.low) is float for each in single)
        np.testing.assert_allclose(found.low, [each.low for each in single], atol=1e-13)
        np.testing.assert_allclose(found.high, [each.high for each in single], atol=1e-13)


@pytest.mark.parametrize("metric", sorted(INTERVAL_METRICS))
def test_effective_size_makes_weighted_counts_worth_that_many_cases(metric):
    plain, scaled = Confusion(60, 10, 5, 25), Confusion(600.0, 100.0, 50.0, 250.0)
    expected = confusion_interval(plain, metric)
    found = confusion_interval(scaled, metric, effective_size=100)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_coverage_is_near_what_is_said():
    shares = np.array([0.85, 0.04, 0.03, 0.08])
    true = Confusion(*shares)
    many = Confusion(*np.random.default_rng(3).multinomial(150, shares, size=4000).T)
    for metric in ("recall", "precision", "f1", "balanced_accuracy", "youden_j", "matthews_corrcoef"):
        found = confusion_interval(many, metric)
        covered = (found.low <= true.value(metric)) & (true.value(metric) <= found.high)
        assert 0.93 <= covered.mean() <= 0.98, metric


def test_wrong_input_to_intervals_gets_one_clear_sentence():
    point = Confusion(1, 1, 1, 1)
    for wrong, message in (
        (lambda: wilson(3, 2), "successes must lie between 0 and total"),
        (lambda: clopper_pearson(-1, 2), "successes must lie between 0 and total"),
        (lambda: wilson(1, 2, confidence=1), "confidence must lie between 0 and 1, got 1"),
        (lambda: confusion_interval(point, "g_mean"), "metric must be one of accuracy, .* got 'g_mean'"),
        (lambda: confusion_interval(point, "f1", effective_size=0), "effective_size must be a finite number"),
    ):
        with pytest.raises(InputError, match=message):
            wrong()


def slow_delong(truth, score, weight=None):
    """All pairs of a positive and a negative, as DeLong et al. write it."""
    weight = np.ones(len(truth)) if weight is None else weight
    positive, negative = score[truth == 1], score[truth == 0]
    wins = (positive[:, None] > negative) + 0.5 * (positive[:, None] == negative)
    wp, wn = weight[truth == 1], weight[truth == 0]
    of_positives, of_negatives = wins @ wn / wn.sum(), wp @ wins / wp.sum()
    auc = wp @ of_positives / wp.sum()
    worth = weight.sum() / (weight @ weight)  # effective cases per unit of weight
    variance = sum(
        (w @ (placements - auc) ** 2 / w.sum()) / (w.sum() * worth - 1)
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
        deviation = 1.959964 * math.sqrt(variance) / (auc * (1 - auc))
        assert math.log(found.high / (1 - found.high)) == pytest.approx(
            math.log(auc / (1 - auc)) + deviation, rel=1e-6, abs=1e-6
        )


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
    assert perfect.low == pytest.approx(clopper_pearson(10, 10).low)
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


def test_delong_of_one_score_for_all_is_one_half():
    found = delong(ThresholdSweep.from_scores([0, 1, 0, 1], [0.3] * 4))
    assert (found.auc, found.low, found.high) == (0.5, 0.5, 0.5)


def test_delong_covers_about_as_often_as_it_says():
    rng = np.random.default_rng(11)
    truth = np.repeat([0, 1], [80, 40])
    true = stats.norm.cdf(1.5 / math.sqrt(2))
    found = [delong(ThresholdSweep.from_scores(truth, rng.normal(1.5 * truth))) for _ in range(600)]
    covered = np.mean([each.low <= true <= each.high for each in found])
    assert 0.92 <= covered <= 0.985
