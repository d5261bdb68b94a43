"""Scores sorted once within groups, so that a move of the threshold costs one search a group."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.metrics.rates.confusion import Confusion
from evalcore.predictions.evaluation import FloatArray

__all__ = ["SortedGroups", "sort_groups"]

Positions = npt.NDArray[np.intp]
Counts = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class _Side:
    """The cases of one class: by group, and within it by score."""

    scores: FloatArray
    starts: Positions
    # Weights added up, from 0; None where each case counts one.
    sums: FloatArray | None
    squares: Counts

    def at_least(self, thresholds: FloatArray) -> Counts:
        """How many cases of each group score at least each threshold; shape (groups, thresholds)."""
        ends = self.starts.tolist()
        found = np.empty((len(ends) - 1, len(thresholds)), dtype=np.intp)
        for group, (start, end) in enumerate(pairwise(ends)):
            found[group] = start + self.scores[start:end].searchsorted(thresholds)
        last = self.starts[1:, None]
        if self.sums is None:
            return last - found
        return np.maximum(self.sums[last] - self.sums[found], 0.0)

    @property
    def totals(self) -> Counts:
        """All cases of each group."""
        if self.sums is None:
            return np.diff(self.starts)
        return np.diff(self.sums[self.starts])


@dataclass(frozen=True, eq=False)
class SortedGroups:
    """The cases of G groups, ready for any threshold; made by `sort_groups`.

    Parameters
    ----------
    cases : ndarray of intp, shape (G,)
        Cases of each group, each counted once whatever its weight.
    """

    cases: Positions
    _positive: _Side
    _negative: _Side

    def at(self, threshold: float) -> Confusion:
        """Return the confusion matrix of every group at a threshold: arrays of shape (G,)."""
        return self.at_each(np.array([threshold]))[:, 0]

    def at_each(self, thresholds: npt.ArrayLike) -> Confusion:
        """Return the confusion matrices of every group at many thresholds: arrays of shape (G, thresholds)."""
        # A case is called where its score is at least the threshold, compared in the scores' own type.
        asked = np.asarray(thresholds).astype(self._positive.scores.dtype)
        tp, fp = self._positive.at_least(asked), self._negative.at_least(asked)
        positives, negatives = self._positive.totals[:, None], self._negative.totals[:, None]
        return Confusion(np.maximum(negatives - fp, 0), fp, np.maximum(positives - tp, 0), tp)

    @property
    def mean_weights(self) -> FloatArray:
        """Sum of squared weights by sum of weights, of each group's positives and negatives; shape (2, G)."""
        return mean_weight(self.squares, np.stack([self._positive.totals, self._negative.totals]))

    @property
    def squares(self) -> FloatArray:
        """Sums of squared weights, of each group's positives and negatives; shape (2, G)."""
        return np.stack([self._positive.squares, self._negative.squares])


def mean_weight(squares: Counts, totals: Counts) -> FloatArray:
    """Sum of squared weights by sum of weights; 1 of none."""
    return np.divide(squares, totals, out=np.ones(np.shape(totals)), where=totals > 0)


def sort_groups(
    truth: npt.NDArray[Any],
    score: FloatArray,
    places: Positions,
    groups: int,
    *,
    weights: FloatArray | None = None,
) -> SortedGroups:
    """Sort the cases within their groups.

    Parameters
    ----------
    truth : ndarray of 0 and 1, shape (n,)
    score : ndarray, shape (n,)
    places : ndarray of intp, shape (n,)
        The group of each case, from 0.
    groups : int
        How many groups there are.
    weights : ndarray, shape (n,), optional

    Returns
    -------
    SortedGroups

    Examples
    --------
    >>> found = sort_groups(np.array([0, 1, 1, 0]), np.array([0.2, 0.9, 0.4, 0.5]), np.array([0, 0, 1, 1]), 2)
    >>> point = found.at(0.45)
    >>> point.tp.tolist(), point.fp.tolist(), point.fn.tolist(), point.tn.tolist()
    ([1, 0], [0, 1], [0, 1], [1, 0])
    """
    # One sort of single keys is faster than one of pairs: first by score, then, stably, by group.
    order = np.argsort(score)
    order = order[np.argsort(places[order].astype(np.uint16 if groups < 2**16 else np.intp), kind="stable")]
    sides = []
    for label in (1, 0):
        rows = order[truth[order] == label]
        starts = np.concatenate(([0], np.cumsum(np.bincount(places[rows], minlength=groups))))
        squares: Counts
        sums: FloatArray | None
        if weights is None:
            sums, squares = None, np.diff(starts).astype(np.float64)
        else:
            mine = weights[rows].astype(np.float64)
            sums = np.concatenate(([0.0], np.cumsum(mine)))
            squares = np.bincount(places[rows], weights=mine * mine, minlength=groups)
        sides.append(_Side(score[rows], starts.astype(np.intp), sums, squares))
    return SortedGroups(np.bincount(places, minlength=groups).astype(np.intp), *sides)
