"""Costs, net benefit and prevalence: against sums row by row, a table worked by hand, and simulation."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.metrics.goals.costs import cost_curve, decision_curve, ratios_where_best, theoretical_threshold
from evalcore.metrics.goals.prevalence import at_prevalence, prevalence_interval
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.sweep.sweep import ThresholdSweep

small = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from([0.1, 0.3, 0.5, 0.8, 0.9]), st.integers(1, 9)),
    min_size=1,
    max_size=20,
)


@given(small, st.tuples(*[st.integers(-5, 9)] * 5))
@settings(max_examples=200)
def test_total_costs_are_the_sum_over_the_rows(rows, money):
    fp, fn, tp, tn, review = money
    truth, score, amount = (np.array(each) for each in zip(*rows, strict=True))
    sweep = ThresholdSweep.from_scores(truth, score)
    curve = cost_curve(sweep, Costs(fp, fn, tp, tn), per_flagged=review)
    own = cost_curve(
        sweep,
        Costs(fp, fn, tp, tn),
        per_flagged=review,
        amounts=ThresholdSweep.from_scores(truth, score, weight=amount),
    )
    for place, threshold in enumerate(curve.thresholds):
        called = score >= threshold
        each = np.where(called, np.where(truth == 1, tp, fp), np.where(truth == 1, fn, tn))
        assert curve.total[place] == pytest.approx(each.sum() + review * called.sum())
        assert own.total[place] == pytest.approx((each * amount).sum() + review * called.sum())
    assert curve.best_total == pytest.approx(curve.total.min())
    found = sweep.at(curve.best_threshold)
    assert Costs(fp, fn, tp, tn).of(found) + review * found.predicted_positives == pytest.approx(
        curve.best_total
    )
    assert (curve.none_total, curve.all_total) == (curve.total[0], curve.total[-1])


@given(small)
@settings(max_examples=100)
def test_a_threshold_is_cheapest_for_just_the_ratios_that_are_told(rows):
    truth, score, _ = (np.array(each) for each in zip(*rows, strict=True))
    sweep = ThresholdSweep.from_scores(truth, score)
    for threshold in [*np.unique(score), 2.0]:
        told = ratios_where_best(sweep, float(threshold))
        here = sweep.at(float(threshold))
        for ratio in (0.05, 0.31, 0.77, 1.3, 2.7, 11.3):
            best = cost_curve(sweep, Costs(fp=1, fn=ratio)).best_total
            cheapest = here.fp + ratio * here.fn <= best + 1e-9
            assert cheapest == (told is not None and told[0] <= ratio <= told[1])


def test_net_benefit_of_a_table_worked_by_hand():
    # 10 of 40 have it. At 20 %: 9 of 10 caught, 12 false alarms: (9 - 12 * 0.25) / 40 = 0.15.
    truth = np.array([1] * 10 + [0] * 30)
    score = np.array([0.6] * 9 + [0.1] + [0.4] * 12 + [0.05] * 18)
    curve = decision_curve(ThresholdSweep.from_scores(truth, score), [0.2, 0.5])
    assert curve.model.tolist() == pytest.approx([0.15, 9 / 40])
    assert curve.treat_all.tolist() == pytest.approx([0.0625, (10 - 30) / 40])


def test_the_theoretical_threshold_and_where_there_is_none():
    assert theoretical_threshold(Costs(fp=1, fn=9)) == pytest.approx(0.1)
    assert theoretical_threshold(Costs(fp=10, fn=80, tp=-20, tn=0)) == pytest.approx(10 / 110)
    assert math.isnan(theoretical_threshold(Costs(fp=-1, fn=2)))


@pytest.mark.parametrize("bad", [0, 1, -0.1, math.nan])
def test_impossible_chances_are_refused(bad):
    with pytest.raises(InputError, match="between 0 and 1"):
        at_prevalence(Confusion(1, 1, 1, 1), bad)
    with pytest.raises(InputError, match="between 0 and 1"):
        decision_curve(ThresholdSweep.from_scores([0, 1], [0.1, 0.2]), [bad])


@given(
    st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.floats(0.001, 0.999)
)
def test_rates_within_a_class_stay_and_precision_follows_bayes(tn, fp, fn, tp, prevalence):
    counted = Confusion(tn + 1, fp, fn, tp + 1)
    moved = at_prevalence(counted, prevalence)
    assert moved.recall == pytest.approx(counted.recall)
    assert moved.specificity == pytest.approx(counted.specificity)
    assert moved.prevalence == pytest.approx(prevalence)
    assert moved.total == pytest.approx(counted.total)
    bayes = counted.recall * prevalence
    bayes /= bayes + counted.false_positive_rate * (1 - prevalence)
    assert moved.precision == pytest.approx(bayes)


@pytest.mark.parametrize(
    "metric", ["precision", "negative_predictive_value", "accuracy", "predicted_positive_rate"]
)
def test_intervals_cover_what_they_say(metric):
    """2,000 samples of 150 and 250 cases with recall 0.8 and false positive rate 0.1, shown for 2 %."""
    random = np.random.default_rng(11)
    tp, fp = random.binomial(150, 0.8, 2000), random.binomial(250, 0.1, 2000)
    drawn = Confusion(250 - fp, fp, 150 - tp, tp)
    truth = at_prevalence(Confusion(tn=225, fp=25, fn=30, tp=120), 0.02).value(metric)
    found = prevalence_interval(drawn, metric, 0.02)
    covered = np.mean((found.low <= truth) & (truth <= found.high))
    assert 0.935 <= covered <= 0.97


def test_the_cheapest_ratios_begin_at_nought_without_a_sign():
    sweep = ThresholdSweep.from_scores([0, 1], [0.2, 0.8])
    low, high = ratios_where_best(sweep, 0.5)
    assert str(low) == "0.0"
    assert high == math.inf
