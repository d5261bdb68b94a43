"""Find the operating point that a goal asks for, exactly: every distinct score and both ends are tried."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.operating_point import OperatingPoint, points_at, threshold_of_row
from evalcore.metrics.goals.terms import Constraint, Costs, Term
from evalcore.metrics.rates.confusion import Confusion, divide
from evalcore.metrics.rates.intervals import INTERVAL_METRICS, confusion_interval
from evalcore.metrics.rates.proportions import normal_quantile

if TYPE_CHECKING:
    from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = [
    "InfeasibleGoalError",
    "Trade",
    "choose_rows",
    "first_least",
    "keeps_limit",
    "kept_constraints",
    "rows_that_keep",
    "solve_goal",
]

# Values that differ by less than this are equal: only rounding tells them apart.
_ROUNDING = 1e-12
# More cases than this are not promised: the estimate is then too near the limit to say.
_MOST_CASES = 10**9

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Trade:
    """How far one constraint can be met while all others are kept.

    Parameters
    ----------
    constraint : Constraint
    best : float
        Its best value among the thresholds that keep the others; nan where none keeps them.
    """

    constraint: Constraint
    best: float


class InfeasibleGoalError(InputError):
    """No threshold meets a goal; says what binds and what would have to give.

    Attributes
    ----------
    goal : Goal
    binding : Constraint
        The constraint that cannot be met: by itself, or beside the others.
    nearest : OperatingPoint
        The operating point that misses the constraints by least, each as a share of its limit.
    trades : tuple of Trade
        For each constraint, how far it is had while the others are kept.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> try:
    ...     solve_goal(sweep, "recall >= 0.9 and precision >= 0.9")
    ... except InfeasibleGoalError as error:
    ...     [round(trade.best, 2) for trade in error.trades]
    [0.5, 0.67]
    """

    def __init__(
        self,
        message: str,
        goal: Goal,
        binding: Constraint,
        nearest: OperatingPoint,
        trades: tuple[Trade, ...],
    ) -> None:
        super().__init__(message)
        self.goal = goal
        self.binding = binding
        self.nearest = nearest
        self.trades = trades


@dataclass(frozen=True, eq=False)
class _Checked:
    """One constraint at every row: what is compared, and whether it holds."""

    constraint: Constraint
    values: Floats
    holds: Flags

    @property
    def shortfall(self) -> Floats:
        """By how much it is missed, as a share of the limit (of 1 where the limit is 0); inf where undefined."""
        limit = self.constraint.value
        direction = self.constraint.direction
        missed = direction * (limit - self.values) if direction else np.abs(self.values - limit)
        scaled = np.maximum(missed, 0.0) / (abs(limit) or 1.0)
        return np.where(np.isnan(scaled), np.inf, scaled)

    def best(self, among: Flags) -> float:
        """The value nearest to the limit among some rows; nan where there is none."""
        usable = among & np.isfinite(self.shortfall)
        if not usable.any():
            return math.nan
        return float(self.values[usable][np.argmin(self.shortfall[usable])])


def solve_goal(sweep: ThresholdSweep, goal: Goal | str, *, costs: Costs | None = None) -> OperatingPoint:
    """Return the operating point that a goal asks for.

    Among the thresholds that keep every constraint the best by the objective is taken; where several do equally
    well, the highest threshold, which flags the fewest cases. An ``=`` asks for the nearest value, which is one
    of the whole steps that the data have: `flagged = 5 %` is the threshold whose flagged share is nearest to 5 %.

    Parameters
    ----------
    sweep : ThresholdSweep
    goal : Goal or str
        See `Goal.parse`.
    costs : Costs, optional
        For ``cost``; what the goal itself states comes first.

    Returns
    -------
    OperatingPoint
        Its `rule` is the goal's text.

    Raises
    ------
    InfeasibleGoalError
        Where no threshold keeps all constraints.
    InputError
        Where the goal's text is not understood, or where what is to be best is undefined at every threshold.

    Notes
    -----
    "with 95 % confidence" compares the limit of the two-sided 95 % interval of `confusion_interval`. The interval
    at a threshold that the same rows chose is optimistic.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> solve_goal(sweep, "max precision where recall >= 0.9").threshold
    0.3
    >>> solve_goal(sweep, "flagged = 25 %").threshold
    0.8
    """
    wanted = Goal.parse(goal) if isinstance(goal, str) else goal
    money = wanted.costs or costs or Costs()
    rows = np.arange(len(sweep) + 1)
    points = points_at(sweep, rows)
    checked = [_check(each, points, money, sweep) for each in wanted.constraints]
    kept = np.logical_and.reduce([each.holds for each in checked]) if checked else np.ones(len(rows), bool)
    if not kept.any():
        raise _infeasible(sweep, wanted, checked, points, rows)
    objective = wanted.wanted()[1]
    place = int(first_least(_loss(points, wanted, money, kept)))
    if place < 0:
        raise InputError(
            f"{objective} is undefined at every threshold that keeps the rest of the goal: state another measure"
        )
    return _point(sweep, wanted, points, place, rows, objective, money)


def rows_that_keep(sweep: ThresholdSweep, goal: Goal | str, *, costs: Costs | None = None) -> Flags:
    """Tell for every row of `points_at` whether it keeps all constraints of a goal.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> rows_that_keep(sweep, "recall >= 0.9").tolist()
    [False, False, False, True, True]
    """
    wanted = Goal.parse(goal) if isinstance(goal, str) else goal
    points = points_at(sweep, np.arange(len(sweep) + 1))
    money = wanted.costs or costs or Costs()
    kept = np.ones(len(sweep) + 1, bool)
    for each in wanted.constraints:
        kept &= _check(each, points, money, sweep).holds
    return kept


def _check(constraint: Constraint, points: Confusion, costs: Costs, sweep: ThresholdSweep) -> _Checked:
    if constraint.confidence is None:
        values = np.asarray(constraint.of(points, costs), dtype=float)
    else:
        values = _bound(constraint, points, sweep.squares(points))
    return _Checked(constraint, values, _holds(constraint, values))


def _holds(constraint: Constraint, values: Floats) -> Flags:
    """Where a constraint holds, along the last axis; an ``=`` holds at the nearest value."""
    # What only rounding parts from the limit is at it: a strict sign then refuses, the others accept.
    slack = _ROUNDING * max(1.0, abs(constraint.value))
    slack = -slack if constraint.sign in (">", "<") else slack
    with np.errstate(invalid="ignore"):
        if constraint.direction:
            return np.asarray(constraint.direction * (values - constraint.value) >= -slack)
        away = np.nan_to_num(np.abs(values - constraint.value), nan=np.inf)
        nearest = away.min(axis=-1, keepdims=True)
        return np.asarray((away <= nearest + slack) & np.isfinite(away))


def keeps_limit(constraint: Constraint, values: npt.ArrayLike) -> Flags:
    """Tell of each value whether it keeps a limit; an ``=`` holds at the nearest of many, so that one says nothing.

    Examples
    --------
    >>> keeps_limit(Goal.parse("recall >= 0.9").constraints[0], [0.95, 0.9, 0.8]).tolist()
    [True, True, False]
    """
    return _holds(constraint, np.asarray(values, dtype=float)[..., np.newaxis])[..., 0]


def first_least(loss: Floats) -> npt.NDArray[np.intp]:
    """Return the first place along the last axis whose loss is the least, but for rounding; -1 where all are nan.

    Examples
    --------
    >>> first_least(np.array([[3.0, 1.0, 1.0], [np.nan, np.nan, np.nan]])).tolist()
    [1, -1]
    """
    known = np.nan_to_num(loss, nan=np.inf)
    best = known.min(axis=-1, keepdims=True)
    places = np.argmax(known <= best + _ROUNDING * np.maximum(1.0, np.abs(best)), axis=-1)
    return np.where(np.isfinite(best[..., 0]), places, -1)


def choose_rows(points: Confusion, goal: Goal, costs: Costs) -> npt.NDArray[np.intp]:
    """Return the place along the last axis that a goal chooses among many operating points; -1 where none.

    Parameters
    ----------
    points : Confusion
        Arrays of counts, shape (..., b), thresholds in descending order along the last axis.
    goal : Goal
        Constraints are taken at the estimate, whatever confidence they ask for.
    costs : Costs

    Examples
    --------
    >>> points = Confusion(*(np.array([row]) for row in ([4, 3, 0], [0, 1, 4], [3, 1, 0], [1, 3, 4])))
    >>> choose_rows(points, Goal.parse("max f1"), Costs()).tolist()
    [1]
    """
    kept = np.ones(np.shape(points.tp), bool)
    for each in goal.constraints:
        kept &= _holds(each, np.asarray(each.of(points, costs), dtype=float))
    return first_least(_loss(points, goal, costs, kept))


def kept_constraints(
    point: Confusion, goal: Goal, costs: Costs | None = None, *, squares: Confusion | None = None
) -> tuple[tuple[Constraint, bool], ...]:
    """Return each constraint of a goal that one operating point can be held to, and whether it keeps it.

    An ``=`` holds at the nearest of many points, so that one point alone says nothing of it.

    Parameters
    ----------
    point : Confusion
    goal : Goal
    costs : Costs, optional
        For ``cost``, where the goal states none.
    squares : Confusion, optional
        Sums of the squared weights (`ThresholdSweep.squares`), for constraints "with confidence" on weighted cases.

    Examples
    --------
    >>> goal = Goal.parse("recall >= 0.5 and precision >= 0.9")
    >>> [kept for _, kept in kept_constraints(Confusion(90, 4, 2, 4), goal)]
    [True, False]
    """
    money = goal.costs or costs or Costs()
    found = []
    for each in goal.constraints:
        if each.direction:
            value = (
                np.asarray(each.of(point, money), dtype=float)
                if each.confidence is None
                else _bound(each, point, squares)
            )
            found.append((each, bool(keeps_limit(each, value))))
    return tuple(found)


def _loss(points: Confusion, goal: Goal, costs: Costs, kept: Flags) -> Floats:
    direction, objective = goal.wanted()
    values = np.asarray(objective.of(points, costs), dtype=float)
    return np.where(kept, -values if direction == "max" else values, np.nan)


def _bound(constraint: Constraint, points: Confusion, squares: Confusion | None) -> Floats:
    """The limit of the interval that must keep to the constraint."""
    name = constraint.term.measure.name
    if constraint.is_share and name == "predicted_positives":
        name = "predicted_positive_rate"
    if name not in INTERVAL_METRICS or not constraint.direction:
        raise InputError(
            f"goal: “{constraint}” asks for confidence, which needs >= or <= and one of "
            f"{', '.join(sorted(INTERVAL_METRICS))}"
        )
    interval = confusion_interval(points, name, confidence=constraint.confidence or 0.95, squares=squares)
    return np.asarray(interval.low if constraint.direction > 0 else interval.high, dtype=float)


def _point(
    sweep: ThresholdSweep,
    goal: Goal,
    points: Confusion,
    place: int,
    rows: npt.NDArray[np.intp],
    objective: Term,
    costs: Costs,
) -> OperatingPoint:
    confusion = points[place]
    parts = [f"{objective} is {float(objective.of(confusion, costs)):.4g}"]
    parts += [
        f"{each.term} {each.spell(float(each.of(confusion, costs)))}"
        for each in goal.constraints
        if each.term != objective
    ]
    return OperatingPoint(
        threshold_of_row(sweep, int(rows[place])), confusion, str(goal), str(goal), f"{', '.join(parts)}."
    )


def _infeasible(
    sweep: ThresholdSweep,
    goal: Goal,
    checked: list[_Checked],
    points: Confusion,
    rows: npt.NDArray[np.intp],
) -> InfeasibleGoalError:
    every = np.ones(len(rows), bool)
    trades = []
    for each in checked:
        others = [other.holds for other in checked if other is not each]
        kept = np.logical_and.reduce(others) if others else every
        trades.append(Trade(each.constraint, each.best(kept)))
    alone = [each for each in checked if not each.holds.any()]
    total = np.add.reduce([each.shortfall for each in checked])
    place = int(np.argmin(total))
    binding = (alone or [max(checked, key=lambda each: float(each.shortfall[place]))])[0]
    nearest = _point(sweep, goal, points, place, rows, goal.wanted()[1], goal.costs or Costs())
    if alone:
        message = _never(binding, every)
        if binding.constraint.confidence is not None:
            message += _more_cases(binding, points, sweep, every)
    else:
        message = "; ".join(_given(trade, goal) for trade in trades)
        if binding.constraint.confidence is not None:
            others = [other.holds for other in checked if other is not binding]
            message += _more_cases(binding, points, sweep, np.logical_and.reduce(others))
    return InfeasibleGoalError(
        f"no threshold meets “{goal}”: {message}", goal, binding.constraint, nearest, tuple(trades)
    )


def _never(each: _Checked, every: Flags) -> str:
    constraint, best = each.constraint, each.best(every)
    if math.isnan(best):
        return f"{constraint.term} is undefined at every threshold"
    what = "its interval's limit" if constraint.confidence is not None else "it"
    reach = "reaches" if constraint.direction >= 0 else "falls to"
    return f"{constraint} is met by none, {what} {reach} {constraint.spell(best)} at best"


def _given(trade: Trade, goal: Goal) -> str:
    others = " and ".join(str(each) for each in goal.constraints if each is not trade.constraint)
    if math.isnan(trade.best):
        return f"with {others} kept, {trade.constraint.term} is undefined"
    reach = {1: "at most", -1: "at least", 0: "as near as"}[trade.constraint.direction]
    what = f"{trade.constraint.term} is"
    if trade.constraint.confidence is not None:
        what = f"the limit of {trade.constraint.term}'s interval is"
    return f"with {others} kept, {what} {reach} {trade.constraint.spell(trade.best)}"


#: Whose cases a rate is a share of: more of these make its interval narrower.
_DENOMINATORS = {
    "recall": "positives",
    "false_negative_rate": "positives",
    "specificity": "negatives",
    "false_positive_rate": "negatives",
    "precision": "flagged cases",
    "false_discovery_rate": "flagged cases",
    "negative_predictive_value": "cases left alone",
    "false_omission_rate": "cases left alone",
    "accuracy": "cases",
    "predicted_positive_rate": "cases",
    "predicted_positives": "cases",
}
_COUNTS = {
    "positives": "positives",
    "negatives": "negatives",
    "flagged cases": "predicted_positives",
    "cases left alone": "predicted_negatives",
    "cases": "total",
}


def _more_cases(each: _Checked, points: Confusion, sweep: ThresholdSweep, among: Flags) -> str:
    """How few more cases, of which kind, would make an estimate sure enough; empty where that is not known.

    Wilson's limit reaches L from n cases on with n = z^2 L (1 - L) / (rate - L)^2: it inverts the score test.
    """
    constraint = each.constraint
    kind = _DENOMINATORS.get(constraint.term.measure.name)
    if kind is None:
        return ""
    rates = np.asarray(constraint.of(points, Costs()), dtype=float)
    sign, limit = constraint.direction, constraint.value
    ahead = np.where(among, sign * (rates - limit), np.nan)
    if not (ahead > 0).any():
        best = rates[int(np.nanargmax(ahead))] if np.isfinite(ahead).any() else math.nan
        reach = (
            "" if math.isnan(best) else f": the estimate itself is {constraint.spell(float(best))} at best"
        )
        return f"; more cases alone do not help{reach}"
    cases = np.asarray(getattr(points, _COUNTS[kind]), dtype=float)
    mine = np.asarray(getattr(sweep.squares(points), _COUNTS[kind]), dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = normal_quantile(constraint.confidence or 0.95) ** 2 * limit * (1 - limit) / ahead**2
        more = np.where(ahead > 0, np.ceil(needed - divide(cases * cases, mine) - 1e-9), np.inf)
    place = int(np.nanargmin(more))
    if not 0 < more[place] <= _MOST_CASES:
        return ""
    at = constraint.spell(float(rates[place]))
    return f"; at an estimate of {at}, about {int(more[place]):,} more {kind} like these would make it sure"
