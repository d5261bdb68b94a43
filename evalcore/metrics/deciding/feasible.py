"""Where a goal is kept: the ranges of thresholds that keep all of its constraints."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.solving import rows_that_keep
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = ["ThresholdRange", "feasible_ranges"]


@dataclass(frozen=True)
class ThresholdRange:
    """Neighbouring operating points: every threshold above `low` up to `high`.

    Parameters
    ----------
    low, high : float
        Scores of the sweep, or infinities where the range goes on for ever.
    """

    low: float
    high: float


def feasible_ranges(
    sweep: ThresholdSweep, goal: Goal | str, *, costs: Costs | None = None
) -> tuple[ThresholdRange, ...]:
    """Return where a goal's constraints are kept, from the highest thresholds down; none where it is infeasible.

    Parameters
    ----------
    sweep : ThresholdSweep
    goal : Goal or str
        Without constraints, every threshold keeps it.
    costs : Costs, optional
        For ``cost``, where the goal states none.

    Examples
    --------
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> feasible_ranges(sweep, "max precision where recall >= 0.9")
    (ThresholdRange(low=-inf, high=0.35),)
    >>> feasible_ranges(sweep, "precision >= 0.6")
    (ThresholdRange(low=0.4, high=0.8), ThresholdRange(low=0.1, high=0.35))
    """
    kept = rows_that_keep(sweep, goal, costs=costs)
    scores = sweep.thresholds.astype(float)
    # Row 0 is "nothing flagged"; row i reaches from the i-th score down to above the next one.
    high, low = np.append(math.inf, scores), np.append(scores, -math.inf)
    turns = np.flatnonzero(np.diff(np.concatenate(([False], kept, [False])).astype(np.int8)))
    runs = zip(turns[::2], turns[1::2] - 1, strict=True)
    found = (ThresholdRange(float(low[last]), float(high[first])) for first, last in runs)
    return tuple(each for each in found if each.low < each.high)
