"""Where a goal's threshold would have come to lie on other rows of the same kind."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.solving import choose_rows
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.uncertainty.bootstrap import BootstrapSweeps

__all__ = ["ChosenThresholds", "choose_in_resamples", "middle_of"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ChosenThresholds:
    """The thresholds that a goal chooses in resamples.

    Parameters
    ----------
    thresholds : ndarray of float64, shape (k,)
        Of the resamples in which the goal can be met.
    feasible : float
        The share of resamples in which it can.
    places : ndarray of int, shape (r,)
        Of every resample the place of its threshold among all; -1 where the goal cannot be met.
    """

    thresholds: Floats
    feasible: float
    places: npt.NDArray[np.intp]

    @property
    def middle(self) -> tuple[float, float] | None:
        """The ends of the middle 95 % of the thresholds; None where the goal is met in no resample."""
        return middle_of(self.thresholds) if len(self.thresholds) else None


def middle_of(values: Floats) -> tuple[float, float]:
    """Return the ends of the middle 95 % of what is known; nan where nothing is.

    Examples
    --------
    >>> middle_of(np.append(np.arange(41.0), np.nan))
    (1.0, 39.0)
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return math.nan, math.nan
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)


def choose_in_resamples(
    found: BootstrapSweeps, goal: Goal | str, *, costs: Costs | None = None
) -> ChosenThresholds:
    """Return where a goal's threshold lies in every resample.

    Constraints "with confidence" are taken at the estimate: the spread over resamples says the rest.

    Parameters
    ----------
    found : BootstrapSweeps
    goal : Goal or str
    costs : Costs, optional
        For ``cost``, where the goal states none.

    References
    ----------
    Thiele & Hirschfeld (2021), cutpointr, J. Stat. Softw. 98 (11), doi:10.18637/jss.v098.i11.

    Examples
    --------
    >>> from evalcore.metrics.uncertainty.bootstrap import bootstrap
    >>> resamples = bootstrap([0, 0, 1, 1] * 20, [0.1, 0.4, 0.35, 0.8] * 20, resamples=200)
    >>> chosen = choose_in_resamples(resamples, "max youden_j")
    >>> set(chosen.thresholds.tolist()) <= {0.8, 0.35}, chosen.feasible
    (True, 1.0)
    """
    wanted = Goal.parse(goal) if isinstance(goal, str) else goal
    places = choose_rows(found.confusion, wanted, wanted.costs or costs or Costs())
    met = places >= 0
    return ChosenThresholds(found.thresholds[places[met]].astype(float), float(met.mean()), places)
