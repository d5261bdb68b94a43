"""Goals, prevalence and parts where cases are weighted: intervals are those of what the weights are worth."""

import numpy as np
import pytest

from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.prevalence import at_prevalence, prevalence_interval
from evalcore.metrics.goals.solving import InfeasibleGoalError, kept_constraints, solve_goal
from evalcore.metrics.goals.validation import confirm, honest_splits
from evalcore.metrics.rates.intervals import confusion_interval
from evalcore.metrics.sweep.sweep import ThresholdSweep


def drawn(size=1200, seed=4, gap=1.5):
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, size)
    return truth, np.round(random.normal(size=size) + gap * truth, 2)


def sweeps(factor):
    truth, score = drawn()
    return (
        ThresholdSweep.from_scores(truth, score),
        ThresholdSweep.from_scores(truth, score, weight=np.full(len(truth), float(factor))),
    )


@pytest.mark.parametrize("factor", [0.01, 100])
@pytest.mark.parametrize("metric", ["recall", "precision", "f1", "balanced_accuracy", "matthews_corrcoef"])
def test_equal_weights_make_no_interval_narrower_or_wider(factor, metric):
    plain, weighted = sweeps(factor)
    expected, found = (each.interval(each.at(0.7), metric) for each in (plain, weighted))
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    same = confusion_interval(plain.at(0.7), metric)
    assert (expected.low, expected.high) == (same.low, same.high)


def test_weights_that_hang_on_the_class_do_not_move_the_other_class():
    truth, score = drawn()
    weighted = ThresholdSweep.from_scores(truth, score, weight=np.where(truth == 1, 1.0, 50.0))
    plain = ThresholdSweep.from_scores(truth, score)
    found, expected = (each.interval(each.at(0.7), "recall") for each in (weighted, plain))
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize("factor", [0.01, 100])
@pytest.mark.parametrize(
    "goal", ["min flagged where recall >= 90 % with 95 % confidence", "max f1 where fpr <= 5 %"]
)
def test_a_goal_with_confidence_does_not_hang_on_the_weights_unit(factor, goal):
    plain, weighted = sweeps(factor)
    assert solve_goal(weighted, goal).threshold == solve_goal(plain, goal).threshold


def test_how_many_more_cases_does_not_hang_on_the_weights_unit():
    told = []
    for each in sweeps(100):
        with pytest.raises(InfeasibleGoalError, match="about") as caught:
            solve_goal(each, "precision >= 99.9 % with 95 % confidence")
        told.append(str(caught.value).split("about")[1])
    assert told[0] == told[1]


def test_what_is_kept_is_judged_by_what_the_weights_are_worth():
    plain, weighted = sweeps(100)
    goal = Goal.parse("recall >= 90 % with 95 % confidence")
    at = solve_goal(plain, "min flagged where recall >= 90.5 %").threshold
    here = weighted.at(at)
    assert [kept for _, kept in kept_constraints(here, goal)] == [True]
    assert [kept for _, kept in kept_constraints(here, goal, squares=weighted.squares(here))] == [False]
    assert confirm(plain, weighted, "recall >= 90 % with 95 % confidence").broken == ()


@pytest.mark.parametrize("metric", ["precision", "negative_predictive_value", "accuracy", "recall"])
def test_intervals_at_another_prevalence_do_not_hang_on_the_weights_unit(metric):
    plain, weighted = sweeps(100)
    here = weighted.at(0.7)
    found = prevalence_interval(here, metric, 0.02, squares=weighted.squares(here))
    expected = prevalence_interval(plain.at(0.7), metric, 0.02)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.low < at_prevalence(here, 0.02).value(metric) < found.high


def test_honest_splits_weigh_their_rows():
    truth, score = drawn(400)
    weight = np.where(score > 1, 9.0, 1.0)
    plain, found = (
        honest_splits(truth, score, "max accuracy", weight=each, splits=20) for each in (None, weight)
    )
    assert not np.array_equal(found.kept, plain.kept)
    without = np.where(score > 1, 1.0, 0.0)
    some = honest_splits(truth, score, "max accuracy", weight=without, splits=20)
    kept = score > 1
    same = honest_splits(truth[kept], score[kept], "max accuracy", splits=20)
    assert np.array_equal(some.kept, same.kept)


def test_intervals_under_weights_cover_what_they_say():
    """1,000 samples of 400 rows whose weights vary by a factor of 8: the interval of recall and precision."""
    random, covered, many = np.random.default_rng(8), {"recall": 0, "precision": 0}, 1000
    for _ in range(many):
        truth = random.integers(0, 2, 400)
        called = np.where(random.random(400) < np.where(truth == 1, 0.8, 0.2), 1.0, 0.0)
        sweep = ThresholdSweep.from_scores(truth, called, weight=random.choice([0.5, 1, 4], 400))
        for metric in covered:
            found = sweep.interval(sweep.at(0.5), metric)
            covered[metric] += found.low <= 0.8 <= found.high
    assert all(0.93 * many <= hits <= 0.975 * many for hits in covered.values()), covered
