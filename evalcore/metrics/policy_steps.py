"""The matrix of several classes at every least certainty, as small steps: what the browser moves along."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.multiclass import ClassConfusion
from evalcore.metrics.policy import ABSTAINED, Certainty, Decisions

__all__ = ["MOST_STEPS", "PolicySteps", "policy_steps", "whole_step"]

#: So many least certainties are kept at most: more than a slider has places.
MOST_STEPS = 2048

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class PolicySteps:
    """Which cells grow, by how much, as the least certainty falls from step to step.

    Parameters
    ----------
    certainty : ndarray of float, shape (m,)
        Descending. At step i the cases are decided that are at least this sure.
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

    Examples
    --------
    >>> from evalcore.metrics.policy import decide_by_score
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

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self.certainty)

    def counts(self, step: int) -> npt.NDArray[Any]:
        """Return the matrix of the cases that are decided at a step; shape (K, K).

        Parameters
        ----------
        step : int
            From -1 (nothing is decided) to the last one.
        """
        many, end = len(self.support), int(self.ends[step]) if step >= 0 else 0
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
    key, mass = _summed(step * classes**2 + cell, None if weights is None else weights[order])
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
    key: npt.NDArray[np.int64], weights: npt.NDArray[np.float64] | None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any]]:
    """Add up what has the same key; the keys come out ascending."""
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    if weights is None:
        return key[starts], np.diff(np.append(starts, key.size))
    return key[starts], np.add.reduceat(weights[order], starts)
