"""Does a threshold hold on rows that did not choose it? Parts, folds and honest splits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.solving import InfeasibleGoalError, kept_constraints, solve_goal
from evalcore.metrics.goals.terms import Costs, Term
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.proportions import Interval, difference_limits

if TYPE_CHECKING:
    from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = [
    "Confirmation",
    "HeldOut",
    "HonestSplits",
    "across_folds",
    "confirm",
    "honest_splits",
    "objective_of",
]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Confirmation:
    """A threshold chosen on one part of the data, and what it does on another.

    Parameters
    ----------
    goal : Goal
    threshold : float
    promised, kept : Confusion
        At the threshold, on the part that chose it and on the other.
    squares : Confusion, optional
        Sums of the squared weights behind `kept`, for constraints "with confidence" on weighted cases.
    """

    goal: Goal
    threshold: float
    promised: Confusion
    kept: Confusion
    squares: Confusion | None = None

    def optimism(self, metric: str) -> float:
        """By how much a metric was better where the threshold was chosen; nan where one is undefined.

        Examples
        --------
        >>> here, there = Confusion(90, 10, 10, 90), Confusion(85, 15, 20, 80)
        >>> round(Confirmation(Goal.parse("max f1"), 0.5, here, there).optimism("recall"), 2)
        0.1
        """
        return float(self.promised.value(metric) - self.kept.value(metric))

    def optimism_interval(self, metric: str, choose: ThresholdSweep, other: ThresholdSweep) -> Interval:
        """Confidence interval (95 %) of `optimism`, as of two independent samples.

        The limits of both intervals are put together by their squared distances (Newcombe 1998, Stat. Med. 17,
        873-890, method 10). It does not know that the first part chose.

        Parameters
        ----------
        metric : str
            One of `evalcore.metrics.rates.intervals.INTERVAL_METRICS`.
        choose, other : ThresholdSweep
            Of the part that chose, and of the other.

        Examples
        --------
        >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
        >>> here, there = Confusion(32, 48, 14, 56), Confusion(32, 48, 32, 48)
        >>> counted = [ThresholdSweep.from_counts([1, 0], [c.tp, c.fn], [c.fp, c.tn]) for c in (here, there)]
        >>> found = Confirmation(Goal.parse("max f1"), 1.0, here, there).optimism_interval("recall", *counted)
        >>> round(found.low, 4), round(found.high, 4)
        (0.0524, 0.3339)
        """
        mine, theirs = choose.interval(self.promised, metric), other.interval(self.kept, metric)
        first, second = float(self.promised.value(metric)), float(self.kept.value(metric))
        low, high = difference_limits(first, (mine.low, mine.high), second, (theirs.low, theirs.high))
        return Interval(low, high, mine.confidence, "MOVER of Wilson")

    @property
    def broken(self) -> tuple[str, ...]:
        """The constraints of the goal that the other part does not keep."""
        kept = kept_constraints(self.kept, self.goal, squares=self.squares)
        return tuple(str(each) for each, holds in kept if not holds)


def confirm(choose: ThresholdSweep, other: ThresholdSweep, goal: Goal | str) -> Confirmation:
    """Choose a threshold on one part of the data and judge it on another.

    Parameters
    ----------
    choose, other : ThresholdSweep
        Of the same model, from rows that are not shared.
    goal : Goal or str

    Raises
    ------
    InfeasibleGoalError, InputError
        As `solve_goal` on the first part.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> first = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> second = ThresholdSweep.from_scores([0, 1, 0, 1], [0.2, 0.3, 0.9, 0.6])
    >>> found = confirm(first, second, "max accuracy")
    >>> found.threshold, found.promised.accuracy, found.kept.accuracy
    (0.8, 0.75, 0.25)
    """
    wanted = Goal.parse(goal) if isinstance(goal, str) else goal
    point = solve_goal(choose, wanted)
    kept = other.at(point.threshold)
    return Confirmation(wanted, point.threshold, point.confusion, kept, other.squares(kept))


@dataclass(frozen=True)
class HeldOut:
    """One fold: the figures of its rows, at a fixed threshold and at the one that the other folds chose.

    Parameters
    ----------
    fold : str
    fixed : Confusion
        At the threshold that was asked about.
    roc_auc, average_precision : float
        Within the fold.
    chosen_threshold : float
        The goal's on the other folds; nan where they cannot meet it or there is no goal.
    chosen : Confusion or None
        At that threshold, on this fold.
    """

    fold: str
    fixed: Confusion
    roc_auc: float
    average_precision: float
    chosen_threshold: float
    chosen: Confusion | None

    @property
    def lazy_accuracy(self) -> float:
        """Accuracy of always saying the class that is commoner in this fold."""
        prevalence = float(self.fixed.prevalence)
        return max(prevalence, 1 - prevalence)


def across_folds(
    folds: Mapping[str, ThresholdSweep], threshold: float, goal: Goal | str | None = None
) -> tuple[HeldOut, ...]:
    """Judge every fold at a threshold, and at the one that a goal chooses on all other folds.

    Sweeps of parts add up, so that "all other folds" costs no further sort.

    Parameters
    ----------
    folds : mapping of str to ThresholdSweep
    threshold : float
        In the score's unit.
    goal : Goal or str, optional

    Raises
    ------
    InputError
        Where a goal is given and there are not two folds.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> parts = {
    ...     "1": ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]),
    ...     "2": ThresholdSweep.from_scores([0, 1, 0, 1], [0.2, 0.3, 0.9, 0.6]),
    ... }
    >>> [(each.fold, each.fixed.accuracy, each.chosen_threshold) for each in across_folds(parts, 0.5, "max f1")]
    [('1', 0.75, 0.3), ('2', 0.5, 0.3)]
    """
    wanted = Goal.parse(goal) if isinstance(goal, str) else goal
    if wanted is not None and len(folds) < 2:
        raise InputError(f"a goal needs at least 2 folds to choose and to judge, got {len(folds)}")
    found = []
    for name, sweep in folds.items():
        at, judged = math.nan, None
        if wanted is not None:
            others = reduce(add, (each for other, each in folds.items() if other != name))
            try:
                at = solve_goal(others, wanted).threshold
                judged = sweep.at(at)
            except InfeasibleGoalError:
                at = math.nan
        found.append(HeldOut(name, sweep.at(threshold), sweep.roc_auc, sweep.average_precision, at, judged))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class HonestSplits:
    """A goal chosen on one random half and judged on the other, many times.

    Parameters
    ----------
    thresholds : ndarray, shape (k,)
        Of the splits in which the goal could be met.
    promised, kept : ndarray, shape (k,)
        The goal's own measure on the half that chose and on the other.
    feasible : float
        The share of splits in which the goal could be met.
    holds : float
        The share of those in which the other half kept every constraint; 1 where there is none.
    """

    thresholds: Floats
    promised: Floats
    kept: Floats
    feasible: float
    holds: float


def honest_splits(
    truth: npt.ArrayLike,
    score: npt.ArrayLike,
    goal: Goal | str,
    *,
    weight: npt.ArrayLike | None = None,
    splits: int = 100,
    seed: int = 0,
) -> HonestSplits:
    """Choose a goal's threshold on a random half of the rows and judge it on the other, many times.

    Halves keep the classes' shares. Unlike the interval at a threshold that the same rows chose, what the other half
    keeps is an honest figure (of a choice from half the rows).

    Parameters
    ----------
    truth, score : array_like, shape (n,)
    goal : Goal or str
    weight : array_like, shape (n,), optional
        Case weights; rows of weight 0 are as if they were not there.
    splits : int, default 100
    seed : int, default 0

    Raises
    ------
    InputError
        Where a class has fewer than two rows.

    Examples
    --------
    >>> found = honest_splits([0, 0, 1, 1] * 30, [0.1, 0.4, 0.35, 0.8] * 30, "max accuracy", splits=20)
    >>> found.feasible, found.holds, len(found.thresholds)
    (1.0, 1.0, 20)
    """
    from evalcore.metrics.sweep.sweep import ThresholdSweep

    wanted = Goal.parse(goal) if isinstance(goal, str) else goal
    labels, scores = np.asarray(truth), np.asarray(score)
    weights = np.ones(len(labels)) if weight is None else np.asarray(weight, dtype=float)
    if weight is not None:
        labels, scores, weights = (each[weights > 0] for each in (labels, scores, weights))
    classes = [np.flatnonzero(labels == each) for each in (0, 1)]
    if min(map(len, classes)) < 2:
        raise InputError("honest splits need at least two rows of each class")
    random = np.random.default_rng(seed)
    objective = objective_of(wanted)
    costs = wanted.costs or Costs()
    found: list[tuple[float, float, float, bool]] = []
    for _ in range(splits):
        half = np.concatenate([random.permutation(rows)[: len(rows) // 2] for rows in classes])
        here = np.zeros(len(labels), bool)
        here[half] = True
        first, second = (
            ThresholdSweep.from_scores(
                labels[rows], scores[rows], weight=None if weight is None else weights[rows]
            )
            for rows in (here, ~here)
        )
        try:
            each = confirm(first, second, wanted)
        except InfeasibleGoalError:
            continue
        promised, kept = (float(objective.of(part, costs)) for part in (each.promised, each.kept))
        found.append((each.threshold, promised, kept, not each.broken))
    columns: Sequence[Sequence[float]] = list(zip(*found, strict=True)) or [[], [], [], []]
    return HonestSplits(
        np.array(columns[0], dtype=float),
        np.array(columns[1], dtype=float),
        np.array(columns[2], dtype=float),
        len(found) / splits,
        float(np.mean(columns[3])) if found else math.nan,
    )


def objective_of(goal: Goal) -> Term:
    """Return what a goal makes best, stated or meant.

    Examples
    --------
    >>> objective_of(Goal.parse("recall >= 0.9")).measure.name
    'predicted_positives'
    """
    return goal.wanted()[1]
