"""What a goal promises on the rows that chose its threshold, against what the rows that were left out keep of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.solving import keeps_limit
from evalcore.metrics.goals.terms import Constraint, Costs, Term
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.uncertainty.bootstrap import BootstrapSweeps
from evalcore.metrics.uncertainty.chosen import ChosenThresholds, choose_in_resamples, middle_of

__all__ = ["Outcome", "promised_and_kept"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Outcome:
    """One thing that a goal speaks of, in every resample that can meet it.

    Parameters
    ----------
    wanted : Term or Constraint
        What is to be best, or a limit.
    promised, kept : ndarray of float64, shape (k,)
        Its value at the chosen threshold, on the rows that chose it and on those left out; nan where undefined.
    holds : float
        The share of resamples whose rows left out keep the limit; nan of what has none.
    """

    wanted: Term | Constraint
    promised: Floats
    kept: Floats
    holds: float

    @property
    def means(self) -> tuple[float, float]:
        """Means of what is promised and of what is kept, over the resamples in which both are defined."""
        both = ~(np.isnan(self.promised) | np.isnan(self.kept))
        if not both.any():
            return math.nan, math.nan
        return float(self.promised[both].mean()), float(self.kept[both].mean())

    @property
    def middle(self) -> tuple[float, float]:
        """The ends of the middle 95 % of what is kept."""
        return middle_of(self.kept)


def promised_and_kept(
    found: BootstrapSweeps,
    goal: Goal | str,
    *,
    costs: Costs | None = None,
    chosen: ChosenThresholds | None = None,
) -> tuple[Outcome, ...]:
    """Choose a goal's threshold in every resample, and judge it on the rows that the resample left out.

    About 37 % of the rows are left out of each, so that what is kept is an honest figure of a choice like this one.

    Parameters
    ----------
    found : BootstrapSweeps
        Drawn with ``out_of_bag=True``.
    goal : Goal or str
        Limits "with confidence" are taken at the estimate.
    costs : Costs, optional
        For ``cost``, where the goal states none.
    chosen : ChosenThresholds, optional
        Of the same resamples, goal and costs, where they are known already.

    Returns
    -------
    tuple of Outcome
        What is made best (stated or meant), then every limit of something else. Resamples that leave no row out
        are passed over.

    Raises
    ------
    InputError
        Where the rows left out were not counted.

    References
    ----------
    Thiele & Hirschfeld (2021), cutpointr, J. Stat. Softw. 98 (11), doi:10.18637/jss.v098.i11; Efron & Tibshirani
    (1997), J. Am. Stat. Assoc. 92, 548-560 (the rows left out).

    Examples
    --------
    >>> from evalcore.metrics.uncertainty.bootstrap import bootstrap
    >>> drawn = bootstrap([0, 0, 1, 1] * 20, [0.1, 0.4, 0.35, 0.8] * 20, resamples=200, out_of_bag=True)
    >>> best, limit = promised_and_kept(drawn, "max precision where recall >= 0.9")
    >>> best.means[0] > best.means[1] - 0.01, limit.holds
    (True, 1.0)
    """
    wanted = Goal.parse(goal) if isinstance(goal, str) else goal
    money = wanted.costs or costs or Costs()
    own = choose_in_resamples(found, wanted, costs=costs) if chosen is None else chosen
    # Of few clusters a resample may hold all of them: nobody is left to judge it.
    judged = found.out_of_bag.total[:, -1] > 0
    met = np.flatnonzero((own.places >= 0) & judged)
    here, there = (each[met, own.places[met]] for each in (found.confusion, found.out_of_bag))
    objective = wanted.wanted()[1]
    outcomes = []
    if all(limit.term != objective for limit in wanted.constraints):
        outcomes.append(
            Outcome(objective, _of(objective, here, money), _of(objective, there, money), math.nan)
        )
    for limit in wanted.constraints:
        kept = _of(limit, there, money)
        holds = float(keeps_limit(limit, kept).mean()) if limit.direction and len(met) else math.nan
        outcomes.append(Outcome(limit, _of(limit, here, money), kept, holds))
    return tuple(outcomes)


def _of(wanted: Term | Constraint, points: Confusion, costs: Costs) -> Floats:
    return np.asarray(wanted.of(points, costs), dtype=float)
