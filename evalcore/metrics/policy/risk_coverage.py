"""What abstaining buys: error and macro F1 of the decided cases at every minimum certainty."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.policy.decisions import ABSTAINED, Certainty, Decisions, checked_costs
from evalcore.metrics.sweep.decimals import shortest_between

__all__ = ["AbstentionPoint", "RiskCoverageCurve", "find_minimum_certainty", "risk_coverage"]

Array: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RiskCoverageCurve:
    """The decided cases at every minimum certainty, from the surest on.

    Parameters
    ----------
    certainty : ndarray, shape (m,)
        The distinct certainties in descending order, in their own dtype; a case is decided when its own is at
        least this.
    coverage : ndarray of float64, shape (m,)
        Share of cases that are decided then.
    risk : ndarray of float64, shape (m,)
        Share of wrong calls among these.
    f1_macro : ndarray of float64, shape (m,)
        Macro F1 of these, over the classes that have cases or calls when all are decided.
    cost : ndarray of float64, shape (m,)
        Mean cost of a case, the undecided ones included.

    References
    ----------
    R. El-Yaniv, Y. Wiener, JMLR 11, 1605-1641 (2010); Y. Geifman, R. El-Yaniv, NeurIPS 2017,
    arXiv:1705.08500.

    Examples
    --------
    >>> from evalcore.metrics.policy.decisions import decide_by_score
    >>> decided = decide_by_score(np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]]))
    >>> curve = risk_coverage([0, 1, 1], decided)
    >>> curve.risk.round(3).tolist(), round(curve.area, 4)
    ([0.0, 0.0, 0.333], 0.0556)
    """

    certainty: npt.NDArray[np.floating[Any]]
    coverage: Array
    risk: Array
    f1_macro: Array
    cost: Array

    @property
    def area(self) -> float:
        """Area under the risk-coverage curve (trapezia, level before the surest case): less is better."""
        x, y = np.concatenate(([0.0], self.coverage)), np.concatenate((self.risk[:1], self.risk))
        return float(np.trapezoid(y, x))


def risk_coverage(
    truth: npt.ArrayLike,
    decisions: Decisions,
    *,
    kind: Certainty = "confidence",
    weight: npt.ArrayLike | None = None,
    costs: npt.ArrayLike | None = None,
    abstention_cost: float = 0.0,
) -> RiskCoverageCurve:
    """Walk from the surest decision to the least sure, exactly, in one sort.

    Parameters
    ----------
    truth : array_like of int, shape (n,)
        Positions of classes.
    decisions : Decisions
        Cases that it leaves undecided stay so at every certainty.
    kind : str, default "confidence"
        What "sure" means.
    weight : array_like, shape (n,), optional
    costs : array_like, shape (K, K), optional
        Every wrong call costs 1 by default.
    abstention_cost : float, default 0

    Raises
    ------
    InputError
        Where nothing is decided.
    """
    actual = np.asarray(truth, dtype=np.intp)
    sure = decisions.certainty(kind)
    weights = np.ones(actual.size) if weight is None else np.asarray(weight, dtype=np.float64)
    covered = np.flatnonzero((decisions.labels != ABSTAINED) & (weights > 0))
    if not covered.size:
        raise InputError("decisions must decide at least one case, got none")
    order = covered[np.argsort(-sure[covered], kind="stable")]
    actual, called, mass, total = actual[order], decisions.labels[order], weights[order], float(weights.sum())
    ordered = sure[order]
    # Not their difference: infinity less infinity is nan, and so not 0.
    ends = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), order.size - 1)
    decided = np.cumsum(mass)[ends]
    wrong = np.cumsum(mass * (actual != called))[ends]
    spent = wrong
    if costs is not None:
        many = len(np.asarray(costs))
        spent = np.cumsum(mass * checked_costs(costs, many)[actual, called])[ends]
    return RiskCoverageCurve(
        ordered[ends],
        np.minimum(decided / total, 1.0),
        wrong / decided,
        _macro_f1(actual, called, mass)[ends],
        (spent + abstention_cost * np.maximum(total - decided, 0)) / total,
    )


def _macro_f1(actual: npt.NDArray[Any], called: npt.NDArray[Any], mass: Array) -> Array:
    """Macro F1 of the first 1, 2, ... cases.

    A case changes the F1 of two classes at most: each class's F1 is followed along its own cases alone, and
    the changes of all classes are added up where they happen.
    """
    place = np.arange(actual.size)
    right = actual == called
    # One entry for each case and class that it touches: F1 = 2 TP / (cases of the class + calls of it).
    classes = np.concatenate((actual, called[~right]))
    at = np.concatenate((place, place[~right]))
    twice_hit = np.concatenate((np.where(right, 2 * mass, 0.0), np.zeros(int((~right).sum()))))
    touched = np.concatenate((np.where(right, 2 * mass, mass), mass[~right]))
    order = np.lexsort((at, classes))
    classes, at, twice_hit, touched = classes[order], at[order], twice_hit[order], touched[order]
    starts = np.flatnonzero(np.concatenate(([True], classes[1:] != classes[:-1])))
    lengths = np.diff(np.append(starts, classes.size))

    def within(values: Array) -> Array:
        sums = np.cumsum(values)
        return np.asarray(sums - np.repeat(sums[starts] - values[starts], lengths))

    f1 = within(twice_hit) / within(touched)
    change = np.diff(f1, prepend=0.0)
    change[starts] = f1[starts]
    return np.asarray(np.cumsum(np.bincount(at, weights=change, minlength=actual.size)) / starts.size)


@dataclass(frozen=True)
class AbstentionPoint:
    """A minimum certainty with what it yields.

    Parameters
    ----------
    certainty : float
        Cases at least this sure are decided: the shortest decimal that decides the same cases.
    coverage, risk, f1_macro, cost : float
        As in `RiskCoverageCurve`.
    """

    certainty: float
    coverage: float
    risk: float
    f1_macro: float
    cost: float


def find_minimum_certainty(
    curve: RiskCoverageCurve,
    goal: Literal["f1_macro", "cost", "risk"],
    *,
    coverage: float = 0.0,
    risk: float = math.inf,
) -> AbstentionPoint | None:
    """Find the minimum certainty that is best, exactly: every distinct one is tried.

    Parameters
    ----------
    curve : RiskCoverageCurve
    goal : str
        "f1_macro": as high as can be; "cost" and "risk": as low as can be. Of equals, the one that decides
        most.
    coverage : float, default 0
        Decide at least this share of cases.
    risk : float, default infinity
        Be wrong in at most this share of the decided cases.

    Returns
    -------
    AbstentionPoint or None
        None where no certainty keeps to the limits.

    Raises
    ------
    InputError
        For another goal.

    Examples
    --------
    >>> from evalcore.metrics.policy.decisions import decide_by_score
    >>> decided = decide_by_score(np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]]))
    >>> find_minimum_certainty(risk_coverage([0, 1, 1], decided), "f1_macro", coverage=0.5).certainty
    0.8
    """
    if goal not in ("f1_macro", "cost", "risk"):
        raise InputError(f"goal must be f1_macro, cost or risk, got {goal!r}")
    allowed = (curve.coverage >= coverage - 1e-12) & (curve.risk <= risk + 1e-12)
    if not allowed.any():
        return None
    values = -curve.f1_macro if goal == "f1_macro" else getattr(curve, goal)
    best = values[allowed].min()
    # The last of those that are equal but for rounding decides most cases.
    at = int(np.flatnonzero(allowed & (values <= best + 1e-12))[-1])
    low = float(curve.certainty[at + 1]) if at + 1 < len(curve.certainty) else -math.inf
    short = shortest_between(low, float(curve.certainty[at]), float32=curve.certainty.dtype == np.float32)
    figures = (curve.coverage, curve.risk, curve.f1_macro, curve.cost)
    return AbstentionPoint(short, *(float(each[at]) for each in figures))
