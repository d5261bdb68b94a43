"""What two models say of the same cases: score against score, case by case or counted in cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.predictions.evaluation import FloatArray

__all__ = ["MOST_POINTS", "PairCells", "cases_in_box", "pair_cells"]

#: More cases than these are counted in cells: as points they would hide each other.
MOST_POINTS = 20_000


@dataclass(frozen=True, eq=False)
class PairCells:
    """Cases counted by two scores, cells without any left out.

    Parameters
    ----------
    first, second : ndarray of float64, shape (c,)
        Middle of each cell.
    positives, negatives : ndarray of intp, shape (c,)
    """

    first: FloatArray
    second: FloatArray
    positives: npt.NDArray[np.intp]
    negatives: npt.NDArray[np.intp]


def pair_cells(
    truth: npt.NDArray[Any], first: FloatArray, second: FloatArray, *, cells: int = 50
) -> PairCells:
    """Count cases in a grid over the two ranges of scores; infinite scores count at the ends.

    Parameters
    ----------
    truth : ndarray of 0 and 1, shape (n,)
    first, second : ndarray, shape (n,)
    cells : int, default 50
        In each direction.

    Examples
    --------
    >>> found = pair_cells(np.array([0, 1, 1]), np.array([0.0, 1.0, 1.0]), np.array([0.0, 1.0, 1.0]), cells=2)
    >>> found.first.tolist(), found.positives.tolist(), found.negatives.tolist()
    ([0.25, 0.75], [0, 2], [1, 0])
    """
    places, middles = [], []
    for values in (first, second):
        ends = finite_range(values)
        wide = (ends[1] - ends[0]) / cells or 1.0
        place = np.clip((np.clip(values, *ends) - ends[0]) / wide, 0, cells - 1).astype(np.intp)
        places.append(place)
        middles.append(ends[0] + wide * (np.arange(cells) + 0.5))
    cell = 2 * (places[0] * cells + places[1]) + (truth == 1)
    counts = np.bincount(cell, minlength=2 * cells * cells).reshape(-1, 2)
    there = np.flatnonzero(counts.sum(axis=1))
    return PairCells(
        middles[0][there // cells], middles[1][there % cells], counts[there, 1], counts[there, 0]
    )


def finite_range(values: FloatArray) -> tuple[float, float]:
    """Return the least and the largest finite score; 0 and 1 where there is none."""
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)


def cases_in_box(
    first: FloatArray, second: FloatArray, x: tuple[float, float], y: tuple[float, float]
) -> npt.NDArray[np.intp]:
    """Return the cases whose two scores lie in a box, in the file's order; infinite scores lie at the ends.

    Examples
    --------
    >>> cases_in_box(np.array([0.1, 0.5, 0.9]), np.array([0.2, 0.6, 0.7]), (0.4, 1.0), (0.0, 0.65)).tolist()
    [1]
    """
    inside = np.ones(len(first), dtype=bool)
    for values, (low, high) in ((first, x), (second, y)):
        shown = np.clip(values, *finite_range(values))
        inside &= (shown >= min(low, high)) & (shown <= max(low, high))
    return np.flatnonzero(inside)
