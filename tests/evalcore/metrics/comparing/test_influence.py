"""Influences: against derivatives taken by hand, DeLong's covariance the slow way, and re-weighting."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sklearn import metrics

from evalcore.metrics.comparing.influence import Influence, deviation, mean_influence
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.sweep import ThresholdSweep
from tests.evalcore.metrics.comparing import case_by_case

ROWS = some.lists(
    some.tuples(some.integers(0, 1), some.integers(0, 6), some.integers(0, 6), some.integers(1, 4)),
    min_size=6,
    max_size=40,
).filter(lambda rows: 1 < sum(row[0] for row in rows) < len(rows) - 1)

SCORED = {
    "area": (case_by_case.area, metrics.roc_auc_score),
    "precision": (case_by_case.average_precision, metrics.average_precision_score),
}


def columns(rows: list[tuple[int, ...]]) -> list[Any]:
    return [np.array(each) for each in zip(*rows, strict=True)]


@settings(max_examples=60)
@given(rows=ROWS)
@pytest.mark.parametrize("kind", SCORED)
def test_influences_are_scikit_learns_derivatives(kind: str, rows: list[tuple[int, ...]]) -> None:
    truth, score, _, weight = columns(rows)
    weight = weight.astype(float)
    ours, theirs = SCORED[kind]
    found = ours(truth, score, weight)
    assert found.value == pytest.approx(theirs(truth, score, sample_weight=weight), abs=1e-12)
    slopes = found.cases / weight
    place = len(rows) // 2
    ends = []
    for sign in (1, -1):
        moved = weight.copy()
        moved[place] += sign * 1e-5
        ends.append(theirs(truth, score, sample_weight=moved))
    side = weight if kind == "precision" else weight[truth == truth[place]]
    few = np.sqrt(kish(side) / (kish(side) - 1))
    assert slopes[place] == pytest.approx(few * (ends[0] - ends[1]) / 2e-5, abs=1e-6)


def kish(weight: Any) -> float:
    return float(weight.sum() ** 2 / (weight**2).sum())


@settings(max_examples=60)
@given(rows=ROWS)
def test_the_variance_of_a_difference_is_delongs(rows: list[tuple[int, ...]]) -> None:
    truth, first, second, _ = columns(rows)
    ones = np.ones(len(truth))
    apart = case_by_case.area(truth, first, ones).cases - case_by_case.area(truth, second, ones).cases
    assert deviation(apart) ** 2 == pytest.approx(delong_slowly(truth, first, second), abs=1e-12)


def delong_slowly(truth: Any, first: Any, second: Any) -> float:
    """DeLong, DeLong and Clarke-Pearson's equations 4 to 7, pair by pair."""
    placed = []
    for score in (first, second):
        positives, negatives = score[truth == 1], score[truth == 0]
        pairs = np.array([[(x > y) + 0.5 * (x == y) for y in negatives] for x in positives], float)
        placed.append((pairs.mean(axis=1), pairs.mean(axis=0)))
    ten = np.cov([placed[0][0], placed[1][0]])
    one = np.cov([placed[0][1], placed[1][1]])
    total = ten / (truth == 1).sum() + one / (truth == 0).sum()
    return float(total[0, 0] + total[1, 1] - 2 * total[0, 1])


def test_the_variance_of_one_area_is_the_sweeps() -> None:
    random = np.random.default_rng(3)
    truth = random.integers(0, 2, 500)
    score = np.round(random.normal(size=500) + truth, 1)
    found = case_by_case.area(truth, score, np.ones(500))
    sweep = ThresholdSweep.from_scores(truth, score)
    assert deviation(found.cases) ** 2 == pytest.approx(delong(sweep).variance, rel=1e-12)


RATES = {
    "recall": metrics.recall_score,
    "precision": metrics.precision_score,
    "accuracy": metrics.accuracy_score,
    "f1": metrics.f1_score,
    "balanced_accuracy": metrics.balanced_accuracy_score,
    "matthews_corrcoef": metrics.matthews_corrcoef,
}


@pytest.mark.parametrize("metric", RATES)
def test_influences_of_rates_add_up_to_a_reweighting(metric: str) -> None:
    random = np.random.default_rng(5)
    truth = random.integers(0, 2, 400)
    called = (random.normal(size=400) + truth) > 0.6
    weight = random.integers(1, 5, 400).astype(float)
    found = case_by_case.rate(metric, truth, called, weight)
    assert found.value == pytest.approx(RATES[metric](truth, called, sample_weight=weight))
    assert found.cases.sum() == pytest.approx(0, abs=1e-7)  # slopes are taken by small steps
    # A small change of all weights changes the metric by the influences, to first order.
    change = 1e-5 * random.normal(size=400)
    moved = RATES[metric](truth, called, sample_weight=weight * (1 + change))
    few = np.sqrt(kish(weight) / (kish(weight) - 1))
    assert (moved - found.value) * few == pytest.approx(float(found.cases @ change), abs=1e-9)


def test_a_mean_has_the_usual_error() -> None:
    values = np.random.default_rng(1).normal(size=50)
    found = mean_influence(values, np.ones(50))
    assert deviation(found.cases) == pytest.approx(values.std(ddof=1) / np.sqrt(50))


def test_twice_the_same_patient_is_one_patient() -> None:
    random = np.random.default_rng(2)
    truth = np.r_[np.zeros(60, int), np.ones(60, int)]
    score = random.normal(size=120) + truth
    doubled = case_by_case.area(np.tile(truth, 2), np.tile(score, 2), np.ones(240))
    patients = np.tile(np.arange(120), 2)
    alone = case_by_case.area(truth, score, np.ones(120))
    assert deviation(doubled.cases, patients) == pytest.approx(deviation(alone.cases), rel=0.02)
    assert deviation(doubled.cases) == pytest.approx(deviation(alone.cases) / np.sqrt(2), rel=0.02)


def test_the_influence_of_nothing_is_nothing() -> None:
    same = Influence(0.5, np.zeros(4))
    assert deviation(same.cases) == 0
