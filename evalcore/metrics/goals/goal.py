"""What people want of a threshold, as a value: read from a small language, and written back."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.errors import InputError
from evalcore.metrics.goals.language import read_goal
from evalcore.metrics.goals.measures import MEASURES
from evalcore.metrics.goals.terms import Constraint, Costs, Term

__all__ = ["Goal"]


@dataclass(frozen=True)
class Goal:
    """What a threshold is to reach, and what it must keep to.

    Parameters
    ----------
    direction : str
        ``"max"``, ``"min"``, or empty where only constraints are stated.
    objective : Term or None
    constraints : tuple of Constraint
        All of them must hold.
    costs : Costs or None
        Stated with the goal, for ``cost``.

    Examples
    --------
    >>> goal = Goal.parse("Max precision where Sensitivity >= 90 % and alerts <= 200 per 10,000")
    >>> str(goal)
    'max precision where Sensitivity >= 90 % and alerts <= 200 per 10000'
    >>> goal.constraints[0].term.measure.name, goal.constraints[1].value
    ('recall', 0.02)
    """

    direction: str = ""
    objective: Term | None = None
    constraints: tuple[Constraint, ...] = ()
    costs: Costs | None = None

    @classmethod
    def parse(cls, text: str) -> Goal:
        """Read a goal from words; `str` of it gives them back.

        Parameters
        ----------
        text : str
            ``max|min MEASURE [where MEASURE >=|<=|>|<|= LIMIT [%|cases|per N] [with C % confidence] [and ...]]``,
            or the constraints alone. Case and commas in numbers do not matter. ``min cost (miss 50, false alarm 1)``
            states costs; ``fbeta(2)`` and ``net benefit (20 %)`` have a number of their own.

        Raises
        ------
        InputError
            With the place in the text and the nearest known word.
        """
        return cls(*read_goal(text))

    def wanted(self) -> tuple[str, Term]:
        """Return what is to be made greatest or least; of constraints alone the one that people mean by them.

        Where a constraint asks for catching much, the fewest are to be flagged; else the most are to be caught.
        """
        if self.objective is not None:
            return self.direction, self.objective
        catching = any(
            (each.term.measure.name in _CATCHING and each.direction > 0)
            or (each.term.measure.name in _MISSING and each.direction < 0)
            for each in self.constraints
        )
        name = "predicted_positives" if catching else "recall"
        return ("min" if catching else "max"), Term(MEASURES[name])

    def __post_init__(self) -> None:
        if self.objective is None and not self.constraints:
            raise InputError('a goal must say what to reach, for example "max precision where recall >= 0.9"')

    def __str__(self) -> str:
        parts = []
        if self.objective is not None:
            parts.append(f"{self.direction} {self.objective}")
            if self.costs is not None:
                parts.append(f"({_costs(self.costs)})")
        if self.constraints:
            said = " and ".join(map(str, self.constraints))
            parts.append(f"where {said}" if parts else said)
        return " ".join(parts)


_CATCHING = frozenset({"recall", "negative_predictive_value", "tp"})
_MISSING = frozenset({"false_negative_rate", "false_omission_rate", "fn"})


def _costs(costs: Costs) -> str:
    named = (("miss", costs.fn), ("false alarm", costs.fp), ("catch", costs.tp), ("left alone", costs.tn))
    return ", ".join(
        f"{name} {value:.12g}" for name, value in named if name in ("miss", "false alarm") or value
    )
