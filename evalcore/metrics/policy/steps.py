"""The matrix of several classes at every least certainty, or at every threshold of one class, as small steps.

It is what the browser moves along.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.policy.decisions import ABSTAINED, Certainty, Decisions, decide_by_thresholds

__all__ = ["MOST_STEPS", "PolicySteps", "policy_steps", "threshold_steps", "whole_step"]

#: So many least certainties are kept at most: more than a slider has places.
MOST_STEPS = 2048

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class PolicySteps:
    """Which cells grow or shrink, by how much, as a limit falls from step to step.

    Parameters
    ----------
    certainty : ndarray of float, shape (m,)
        Descending. At step i the cases are decided that are at least this sure (the calls of a class stand
        that score at least this).
    below : ndarray of float, shape (m,)
        The next lower certainty of all cases, minus infinity for the last: each least certainty t with
        `below < t <= certainty` decides the same cases.
    ends : ndarray of intp, shape (m,)
        The changes up to this one (exclusive) make the matrix of the step.
    actual, called : ndarray of intp, shape (d,)
        The cell of each change, as positions of classes.
    mass : ndarray of int64 or float64, shape (d,)
        (Weighted) cases that the cell gains.
    support : ndarray of int64 or float64, shape (K,)
        (Weighted) cases of each class, decided or not.
    base : int, default 0
        So many changes come before the first step.
    reach : ndarray of float64, shape (m,), optional
        How far a step is along the way, from 0 to 1, where this is not the share of cases that are decided.

    Examples
    --------
    >>> from evalcore.metrics.policy.decisions import decide_by_score
    >>> decided = decide_by_score(np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]]))
    >>> steps = policy_steps([0, 1, 1], decided, classes=2)
    >>> steps.certainty.tolist(), steps.counts(1).tolist()
    ([0.9, 0.8, 0.6], [[1, 0], [0, 1]])
    """

    certainty: npt.NDArray[np.floating[Any]]
    below: npt.NDArray[np.floating[Any]]
    ends: Places
    actual: Places
    called: Places
    mass: npt.NDArray[Any]
    support: npt.NDArray[Any]
    base: int = 0
    reach: npt.NDArray[np.float64] | None = None

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self.certainty)

    def counts(self, step: int) -> npt.NDArray[Any]:
        """Return the matrix of the cases that are decided at a step; shape (K, K).

        Parameters
        ----------
        step : int
            From -1 (the limit is above all) to the last one.
        """
        many, end = len(self.support), int(self.ends[step]) if step >= 0 else self.base
        cells = np.zeros((many, many), dtype=self.mass.dtype)
        np.add.at(cells, (self.actual[:end], self.called[:end]), self.mass[:end])
        return cells


def whole_step(confusion: ClassConfusion) -> PolicySteps:
    """Return a matrix that does not move, as its one step.

    Examples
    --------
    >>> whole_step(ClassConfusion(np.array([[8, 2], [0, 3]]), ("cat", "dog"), 13)).mass.tolist()
    [8, 2, 3]
    """
    actual, called = np.nonzero(confusion.counts)
    return PolicySteps(
        np.array([math.inf]),
        np.array([-math.inf]),
        np.array([len(actual)]),
        actual,
        called,
        confusion.counts[actual, called],
        confusion.support,
    )


def policy_steps(
    truth: npt.ArrayLike,
    decisions: Decisions,
    *,
    classes: int,
    kind: Certainty = "confidence",
    weight: npt.ArrayLike | None = None,
    include: Sequence[float] = (),
    most: int = MOST_STEPS,
) -> PolicySteps:
    """Walk from the surest decision to the least sure and note which cells grow.

    Of more certainties than asked for, those are kept that stand at even shares of the decided cases; each
    that is kept is exact.

    Parameters
    ----------
    truth : array_like of int, shape (n,)
        Positions of classes.
    decisions : Decisions
        Cases that it leaves undecided stay so at every step.
    classes : int
        K.
    kind : str, default "confidence"
        What "sure" means.
    weight : array_like, shape (n,), optional
    include : sequence of float
        Least certainties that must have their step.
    most : int, default `MOST_STEPS`
        Keep so many steps at most, beside those to include.

    Raises
    ------
    InputError
        Where nothing is decided, or fewer than two steps may be kept.
    """
    if most < 2:
        raise InputError(f"most must be at least 2, got {most}")
    actual, sure = np.asarray(truth, dtype=np.intp), decisions.certainty(kind)
    covered = np.flatnonzero(decisions.labels != ABSTAINED)
    if not covered.size:
        raise InputError("decisions must decide at least one case, got none")
    weights = None if weight is None else np.asarray(weight, dtype=np.float64)
    order = covered[np.argsort(-sure[covered], kind="stable")]
    # Neighbours that differ, compared: the difference of two infinities is nan.
    ends = np.append(np.flatnonzero(sure[order][1:] != sure[order][:-1]), order.size - 1)
    certainty = sure[order][ends]
    kept = _kept(ends, certainty, include, most)
    below = np.append(certainty, certainty.dtype.type(-math.inf))[kept + 1]
    step = np.searchsorted(ends[kept], np.arange(order.size))
    cell = actual[order] * classes + decisions.labels[order]
    mass = np.ones(order.size, dtype=np.int64) if weights is None else weights[order]
    key, mass = _summed(step * classes**2 + cell, mass)
    step, cell = np.divmod(key, classes**2)
    return PolicySteps(
        certainty[kept],
        below,
        np.searchsorted(step, np.arange(len(kept)), side="right"),
        *np.divmod(cell, classes),
        mass,
        np.bincount(actual, weights=weights, minlength=classes),
    )


def _kept(
    ends: Places, certainty: npt.NDArray[np.floating[Any]], include: Sequence[float], most: int
) -> Places:
    """Choose steps at even shares of the cases: the first, the last and those asked for are among them."""
    if len(ends) <= most:
        return np.arange(len(ends))
    even = np.searchsorted(ends, np.linspace(ends[0], ends[-1], most).astype(int))
    asked = np.array(include, dtype=certainty.dtype)
    # The last certainty that is at least the one asked for; none is where nothing would be decided.
    rows = len(certainty) - 1 - np.searchsorted(certainty[::-1], asked, side="left")
    return np.unique(np.concatenate((even, rows[rows >= 0]))).astype(np.intp)


def _summed(
    key: npt.NDArray[np.int64], mass: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any]]:
    """Add up what has the same key; the keys come out ascending."""
    if not key.size:
        return key, mass
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    return key[starts], np.add.reduceat(mass[order], starts)


def threshold_steps(
    truth: npt.ArrayLike,
    scores: npt.ArrayLike,
    thresholds: npt.ArrayLike,
    place: int,
    *,
    least: float = -math.inf,
    kind: Certainty = "confidence",
    weight: npt.ArrayLike | None = None,
    include: Sequence[float] = (),
    most: int = MOST_STEPS,
) -> PolicySteps:
    """Walk down the threshold of one class, the thresholds of the others staying as they are.

    As it falls, cases go over to the class from the next best one that reaches its own threshold, or from no
    decision at all.

    Parameters
    ----------
    truth : array_like of int, shape (n,)
        Positions of classes.
    scores : array_like, shape (n, K)
    thresholds : array_like, shape (K,)
        As for `decide_by_thresholds`; that of the class itself does not matter.
    place : int
        Position of the class.
    least, kind
        How sure a decision must be besides, as in `Decisions.at_least`.
    weight : array_like, shape (n,), optional
    include : sequence of float
        Thresholds that must have their step.
    most : int, default `MOST_STEPS`

    Returns
    -------
    PolicySteps
        The last step is a threshold that lets the class always stand.

    Raises
    ------
    InputError
        Where the class is in no case the best of those that reach their thresholds, or fewer than two steps
        may be kept.

    Examples
    --------
    >>> steps = threshold_steps([0, 1], [[0.6, 0.4], [0.7, 0.3]], [0.0, 0.0], 0)
    >>> steps.counts(-1).tolist(), steps.certainty.tolist(), steps.counts(0).tolist()
    ([[0, 1], [0, 1]], [0.7, 0.6], [[0, 1], [1, 0]])
    """
    if most < 2:
        raise InputError(f"most must be at least 2, got {most}")
    values, actual = np.asarray(scores), np.asarray(truth, dtype=np.intp)
    classes = values.shape[1]
    always, never = (np.array(thresholds, dtype=np.float64) for _ in range(2))
    always[place], never[place] = -math.inf, math.inf
    stands, falls = (decide_by_thresholds(values, each) for each in (always, never))
    own = np.flatnonzero(stands.labels == place)
    if not own.size:
        raise InputError("the class is in no case the best of those that reach their thresholds")
    weights = None if weight is None else np.asarray(weight, dtype=np.float64)
    mass = np.ones(actual.size, dtype=np.int64) if weights is None else weights
    order = own[np.argsort(-values[own, place], kind="stable")]
    sorted_scores = values[order, place]
    ends = np.append(np.flatnonzero(sorted_scores[1:] != sorted_scores[:-1]), order.size - 1)
    certainty = sorted_scores[ends]
    kept = _kept(ends, certainty, include, most)
    step = np.searchsorted(ends[kept], np.arange(order.size)) + 1
    with_class, without = (each.at_least(least, kind=kind).labels for each in (stands, falls))
    changes = [
        (np.zeros(actual.size, dtype=np.intp), np.arange(actual.size), without, mass),
        (step, order, without[order], -mass[order]),
        (step, order, with_class[order], mass[order]),
    ]
    at, case, called, gained = (np.concatenate(each) for each in zip(*changes, strict=True))
    decided = called != ABSTAINED
    key, gained = _summed(
        at[decided] * classes**2 + actual[case[decided]] * classes + called[decided], gained[decided]
    )
    step, cell = np.divmod(key, classes**2)
    bounds = np.searchsorted(step, np.arange(len(kept) + 1), side="right")
    reached = np.cumsum(mass[order])[ends[kept]]
    return PolicySteps(
        certainty[kept],
        np.append(certainty, certainty.dtype.type(-math.inf))[kept + 1],
        bounds[1:],
        *np.divmod(cell, classes),
        gained,
        np.bincount(actual, weights=weights, minlength=classes),
        int(bounds[0]),
        reached / reached[-1],
    )
