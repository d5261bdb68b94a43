"""Find a threshold: by a rule's name, or by a goal in words."""

from __future__ import annotations

from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.operating_point import RULES, OperatingPoint, find_by_rule
from evalcore.metrics.goals.solving import solve_goal
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = ["find_operating_point"]


def find_operating_point(
    sweep: ThresholdSweep,
    goal: Goal | str,
    *,
    default: float = 0.5,
    beta: float = 1.0,
    costs: Costs | None = None,
) -> OperatingPoint:
    """Return the operating point that a rule or a goal chooses, exactly over all distinct scores and both ends.

    Where several thresholds do equally well, the highest of them is taken: it flags the fewest cases.

    Parameters
    ----------
    sweep : ThresholdSweep
    goal : Goal or str
        A rule's name (a key of `evalcore.metrics.goals.operating_point.RULES`, such as ``"max_f1"``), or a goal in
        words, such as ``"max precision where recall >= 0.9"``; see `Goal.parse`.
    default : float, default 0.5
        The threshold of the rule ``"default"``, in the score's unit.
    beta : float, default 1
        For the rule ``"max_fbeta"``.
    costs : Costs, optional
        For a goal of ``cost`` that states none.

    Returns
    -------
    OperatingPoint

    Raises
    ------
    InfeasibleGoalError
        Where no threshold keeps all that a goal asks for; it says what binds and what would have to give.
    InputError
        Where the goal is not understood, or where a rule has no answer for these cases.

    Examples
    --------
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> find_operating_point(sweep, "max_f1").threshold
    0.3
    >>> find_operating_point(sweep, "max precision where recall >= 0.9").confusion.precision
    0.6666666666666666
    """
    if isinstance(goal, str) and goal in RULES:
        return find_by_rule(sweep, goal, default=default, beta=beta)
    return solve_goal(sweep, goal, costs=costs)
