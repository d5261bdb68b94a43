"""Where a goal is kept, the cheapest corners and a sweep at another prevalence, against brute force over all rows."""

from __future__ import annotations

import math

import numpy as np
import pytest

import evalcore as ec
from evalcore.figures.live.explorer_desk import goal_told
from evalcore.metrics.deciding.deployed import sweep_at_prevalence
from evalcore.metrics.deciding.feasible import feasible_ranges
from evalcore.metrics.deciding.hull import hull_rows
from evalcore.metrics.goals.costs import cost_curve
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.operating_point import points_at
from evalcore.metrics.goals.prevalence import at_prevalence
from evalcore.metrics.goals.solving import kept_constraints
from evalcore.metrics.goals.terms import Costs

random = np.random.default_rng(41)


def sweeps() -> list[ec.ThresholdSweep]:
    found = []
    for size in (1, 2, 5, 40, 300):
        truth = random.integers(0, 2, size)
        score = np.round(random.normal(size=size) + truth, 1)
        found.append(ec.ThresholdSweep.from_scores(truth, score))
        found.append(ec.ThresholdSweep.from_scores(truth, score, weight=random.integers(1, 5, size)))
    truth = np.array([1, 0, 1, 0])
    found.append(ec.ThresholdSweep.from_scores(truth, np.array([math.inf, 0.5, 0.2, -math.inf])))
    return found


@pytest.mark.parametrize(
    "goal",
    [
        "recall >= 0.6",
        "precision >= 0.55 and recall >= 0.3",
        "flagged <= 20 %",
        "max f1",
        "missed < 1",
        "fpr <= 0.1",
    ],
)
def test_a_goal_is_kept_within_its_ranges_and_nowhere_else(goal: str) -> None:
    for sweep in sweeps():
        ranges = feasible_ranges(sweep, goal)
        scores = sweep.thresholds.astype(float)
        middles = (scores[1:] + scores[:-1]) / 2
        wanted = [each for each in (*scores, *middles, scores[0] + 1, scores[-1] - 1) if not math.isnan(each)]
        for threshold in wanted:
            kept = all(held for _, held in kept_constraints(sweep.at(threshold), Goal.parse(goal)))
            inside = any(each.low < threshold <= each.high for each in ranges)
            assert inside == kept or threshold == -math.inf, (goal, threshold, ranges)


def test_the_cheapest_point_is_a_corner_whatever_outcomes_cost() -> None:
    for sweep in sweeps():
        corners = points_at(sweep, hull_rows(sweep))
        for _ in range(30):
            costs = Costs(*np.round(random.normal(size=4), 2).tolist())
            least = cost_curve(sweep, costs).total.min()
            assert np.min(costs.of(corners)) == pytest.approx(least, abs=1e-9)


def test_a_sweep_at_another_prevalence_gives_every_point_there() -> None:
    for sweep in sweeps():
        if not (sweep.positives and sweep.negatives):
            with pytest.raises(ec.InputError, match="one class only"):
                sweep_at_prevalence(sweep, 0.1)
            continue
        moved = sweep_at_prevalence(sweep, 0.02)
        for threshold in sweep.thresholds.tolist():
            there, wanted = moved.at(threshold), at_prevalence(sweep.at(threshold), 0.02)
            assert there.matrix == pytest.approx(wanted.matrix, abs=1e-9)
        assert moved.roc_auc == pytest.approx(sweep.roc_auc)


def test_a_goal_with_confidence_is_judged_at_the_datas_own_prevalence() -> None:
    truth = random.integers(0, 2, 400)
    sweep = ec.ThresholdSweep.from_scores(truth, np.round(random.normal(size=400) + 2 * truth, 2))
    sure = "max precision where recall >= 0.6 with 95 % confidence"
    assert goal_told(sweep, sure, prevalence=0.01)["threshold"] == goal_told(sweep, sure)["threshold"]
    plain = "max recall where precision >= 0.5"
    assert goal_told(sweep, plain, prevalence=0.01)["threshold"] > goal_told(sweep, plain)["threshold"]


def test_an_infeasible_goal_says_why_and_what_comes_nearest() -> None:
    sweep = ec.ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    told = goal_told(sweep, "recall >= 0.9 and precision >= 0.9")
    assert told["state"] == "infeasible"
    assert told["ranges"] == []
    assert "no threshold meets" in told["message"]
    assert told["threshold"] is not None
