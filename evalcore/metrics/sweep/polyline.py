"""Which vertices of a curve are needed so that straight lines between them stay close to all the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Polyline", "largest_distance", "vertices_within"]

Mask: TypeAlias = npt.NDArray[np.bool_]
Indices: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Polyline:
    """Vertices of a curve, in order.

    Parameters
    ----------
    x, y : ndarray of float64, shape (v,)
        In units of the chart's width and height.
    """

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]


def vertices_within(curves: Sequence[Polyline], start: Mask, *, tolerance: float) -> Mask:
    """Add vertices to `start` until every other one lies within `tolerance` of the chord over it.

    Douglas and Peucker (1973), doi:10.3138/FM57-6770-U75U-7727, for several curves whose vertices
    belong to the same rows, all chords of a level at once: where a chord is too far from a vertex on
    any curve, the farthest one is added.

    Parameters
    ----------
    curves : sequence of Polyline
        Each of v vertices.
    start : ndarray of bool, shape (v,)
        Vertices that are kept in any case, the first and the last among them.
    tolerance : float
        Largest distance that is allowed, in the unit of the curves.

    Returns
    -------
    ndarray of bool, shape (v,)

    Examples
    --------
    >>> corner = Polyline(np.array([0.0, 0.0, 0.0, 0.5, 1.0]), np.array([0.0, 0.5, 1.0, 1.0, 1.0]))
    >>> ends = np.array([True, False, False, False, True])
    >>> vertices_within([corner], ends, tolerance=0.01)
    array([ True, False,  True, False,  True])
    """
    kept = start.copy()
    free, low, high = _under_chords(kept)
    while len(free) and curves:
        distance = _distance(curves, free, low, high)
        first = np.flatnonzero(np.append(True, low[1:] != low[:-1]))
        sizes = np.diff(np.append(first, len(free)))
        farthest = np.maximum.reduceat(distance, first)
        chord = np.repeat(np.arange(len(first)), sizes)
        hits = np.flatnonzero(distance == farthest[chord])
        split = np.empty(len(first), np.intp)
        split[chord[hits[::-1]]] = free[hits[::-1]]  # the first of equals is written last, and stays
        split[farthest <= tolerance] = -1
        kept[split[split >= 0]] = True
        at = split[chord]
        open_ = (at >= 0) & (free != at)
        free, low, high, at = free[open_], low[open_], high[open_], at[open_]
        low, high = np.where(free > at, at, low), np.where(free < at, at, high)
    return kept


def largest_distance(curve: Polyline, kept: Mask) -> float:
    """Return the largest distance of any vertex from the chord over it between kept ones.

    Examples
    --------
    >>> peak = Polyline(np.array([0.0, 0.5, 1.0]), np.array([0.0, 0.2, 0.0]))
    >>> largest_distance(peak, np.array([True, False, True]))
    0.2
    """
    free, low, high = _under_chords(kept)
    return float(_distance([curve], free, low, high).max()) if len(free) else 0.0


def _under_chords(kept: Mask) -> tuple[Indices, Indices, Indices]:
    """Return the vertices that are not kept, and the kept ones before and after each."""
    ends, free = np.flatnonzero(kept), np.flatnonzero(~kept)
    after = np.cumsum(kept)[free]
    return free, ends[after - 1], ends[after]


def _distance(curves: Sequence[Polyline], free: Indices, low: Indices, high: Indices) -> npt.NDArray[Any]:
    """Distance of vertices from the line segment between two others, the largest over the curves."""
    largest = np.zeros(len(free))
    for curve in curves:
        left, bottom = curve.x[low], curve.y[low]
        wide, tall = curve.x[high] - left, curve.y[high] - bottom
        across, up = curve.x[free] - left, curve.y[free] - bottom
        square = wide * wide + tall * tall
        square[square == 0] = 1.0  # both ends in one place: any foot will do
        foot = np.clip((across * wide + up * tall) / square, 0.0, 1.0)
        across -= foot * wide
        up -= foot * tall
        np.maximum(largest, across * across + up * up, out=largest)
    return np.sqrt(largest)
