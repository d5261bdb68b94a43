"""What the explorer is told of a person's goal, costs and prevalence: JSON-ready, every figure exact.

The explorer evaluates a goal at the rows that it has while the hand moves; what hangs on all thresholds (where the
goal is kept, what it finds) is told here.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from evalcore.errors import InputError
from evalcore.metrics.deciding.deployed import sweep_at_prevalence
from evalcore.metrics.deciding.feasible import ThresholdRange, feasible_ranges
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.solving import InfeasibleGoalError, solve_goal
from evalcore.metrics.goals.terms import Constraint, Costs, Term
from evalcore.metrics.rates.proportions import normal_quantile
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = ["NOTHING_TOLD", "goal_told", "spelt_end", "told_of_desk"]

_NO_GOAL: Mapping[str, Any] = MappingProxyType(
    {
        "text": "",
        "state": "none",
        "message": "",
        "threshold": None,
        "ranges": [],
        "constraints": [],
        "objective": None,
        "costs": {"fp": 1.0, "fn": 1.0, "tp": 0.0, "tn": 0.0},
        "prevalence": None,
    }
)


def goal_told(
    sweep: ThresholdSweep, text: str, *, costs: Costs | None = None, prevalence: float | None = None
) -> dict[str, Any]:
    """Return what a goal comes to.

    Parameters
    ----------
    sweep : ThresholdSweep
    text : str
        The goal in words; empty for none.
    costs : Costs, optional
        For ``cost``, where the goal states none.
    prevalence : float, optional
        Where the model is used. A goal "with confidence" is judged at the data's own.

    Returns
    -------
    dict
        `state` is ``"none"``, ``"wrong"`` (not understood), ``"infeasible"`` or ``"found"``; `message` says why.
        `threshold` is the one found, or the one that comes nearest.

    Examples
    --------
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> told = goal_told(sweep, "max precision where recall >= 90 %")
    >>> told["state"], told["threshold"], told["ranges"]
    ('found', 0.3, [['-Infinity', 0.35]])
    >>> goal_told(sweep, "max beauty")["state"]
    'wrong'
    """
    told: dict[str, Any] = {**_NO_GOAL, "text": text, "prevalence": prevalence}
    if not text:
        return told
    try:
        goal = Goal.parse(text)
    except InputError as error:
        return {**told, "state": "wrong", "message": str(error)}
    money = goal.costs or costs or Costs()
    sure = any(each.confidence is not None for each in goal.constraints)
    if prevalence is not None and not sure:
        sweep = sweep_at_prevalence(sweep, prevalence)
    told |= {
        "text": str(goal),
        "constraints": [_constraint(each, sweep) for each in goal.constraints],
        "objective": None
        if goal.objective is None
        else {**_term(goal.objective), "direction": goal.direction},
        "costs": {"fp": money.fp, "fn": money.fn, "tp": money.tp, "tn": money.tn},
    }
    try:
        point = solve_goal(sweep, goal, costs=costs)
    except InfeasibleGoalError as error:
        return {
            **told,
            "state": "infeasible",
            "message": str(error),
            "threshold": spelt_end(error.nearest.threshold),
        }
    except InputError as error:
        return {**told, "state": "wrong", "message": str(error)}
    ranges = feasible_ranges(sweep, goal, costs=costs)
    return {**told, "state": "found", "threshold": spelt_end(point.threshold), "ranges": _spelt(ranges)}


def spelt_end(value: float) -> float | str:
    """Spell a threshold for JSON: infinities as text that JavaScript's `Number` reads."""
    return value if math.isfinite(value) else ("Infinity" if value > 0 else "-Infinity")


def _spelt(ranges: Sequence[ThresholdRange]) -> list[list[float | str]]:
    return [[spelt_end(each.low), spelt_end(each.high)] for each in ranges]


def _term(term: Term) -> dict[str, Any]:
    measure = term.measure
    return {
        "name": measure.name,
        "label": measure.label,
        "kind": measure.kind,
        "share": measure.kind == "rate" and measure.bounds == (0.0, 1.0),
        "parameter": term.parameter,
    }


def _constraint(each: Constraint, sweep: ThresholdSweep) -> dict[str, Any]:
    return {
        **_term(each.term),
        "sign": each.sign,
        "value": each.value,
        "of_all": each.is_share,
        "per": float(each.unit[4:]) if each.unit.startswith("per ") else None,
        "said": str(each),
        "z": None if each.confidence is None else normal_quantile(each.confidence),
        "weights": list(sweep.mean_weights),
    }


def told_of_desk(desk: Mapping[str, Any], goal: Mapping[str, Any], **parts: Any) -> dict[str, Any]:
    """Put together what the explorer is told beside its table.

    Parameters
    ----------
    desk : mapping
        What a person has laid there, as it is to be given back.
    goal : mapping
        From `goal_told`.
    **parts
        What the open tool needs beside, JSON-ready.

    Returns
    -------
    dict
        `id` is a digest of all the rest: equal data have equal ids.
    """
    told = {"desk": dict(desk), "goal": dict(goal), **parts}
    return {"id": hashlib.blake2b(json.dumps(told).encode(), digest_size=12).hexdigest(), **told}


#: What the explorer is told where nothing was asked.
NOTHING_TOLD: Mapping[str, Any] = MappingProxyType(
    told_of_desk(
        {
            "tool": "",
            "goal": "",
            "prevalence": "",
            "costs": {},
            "amounts": "",
            "band": "",
            "bands": False,
            "together": "",
            "stratified": False,
            "seed": 0,
            "serial": 0,
        },
        _NO_GOAL,
        average_precision=None,
    )
)
