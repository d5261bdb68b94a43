"""Few rows of a sweep that still draw its curves: what the browser gets.

Every row that is kept is exact. Rows are chosen for three ends: even steps in score (people drag the
threshold along a histogram), even steps along the ROC curve and in rank, and the bends of the ROC and
precision-recall curves, which lines through the kept rows follow within half a pixel of a 500 pixel
chart. Where noise bends a curve more often than there are rows to spare, the curve's own vertices travel
beside the rows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.sweep.polyline import Polyline, largest_distance, vertices_within
from evalcore.metrics.sweep.shown_range import score_range

__all__ = ["CurvePath", "ThinSweep", "thin"]

FloatArray: TypeAlias = npt.NDArray[np.floating[Any]]

Rows: TypeAlias = npt.NDArray[np.intp]

Mask: TypeAlias = npt.NDArray[np.bool_]

CountArray: TypeAlias = npt.NDArray[Any]

# Half a pixel of 500, as a share of the axis, is 0.001. It is spent in two steps: on the rows that are
# looked at (the ends of cells, at most 0.0005 off) and on the chords between those that are kept.
_CHORD_TOLERANCE = 0.0005

_ROC_CELL = 1 / 1500  # Rows within a square of this side are at most 0.00047 from its diagonal.

_RANK_CELL = 1 / 3000  # While the number flagged grows by this share, precision changes by at most as much.

_RECALL_CELL = 1 / 6000  # Within so little recall, the first, last, highest and lowest row draw all others.


class Swept(Protocol):
    """What is thinned: a `ThresholdSweep`, of which only these are needed here."""

    def __len__(self) -> int:
        """Return the number of distinct scores."""

    @property
    def thresholds(self) -> FloatArray:
        """Distinct scores, descending."""

    @property
    def true_positives(self) -> CountArray:
        """Positives with at least each score."""

    @property
    def false_positives(self) -> CountArray:
        """Negatives with at least each score."""

    @property
    def positives(self) -> Any:
        """All positives."""

    @property
    def negatives(self) -> Any:
        """All negatives."""


@dataclass(frozen=True, eq=False)
class CurvePath:
    """Vertices of a curve that too few rows would draw wrongly.

    Parameters
    ----------
    x, y : ndarray of float64, shape (v,)
        Points of the full curve, from its highest score to its lowest one: false and true positive
        rate of a ROC curve, recall and precision of a precision-recall curve.
    """

    x: FloatArray
    y: FloatArray


@dataclass(frozen=True, eq=False)
class ThinSweep:
    """At most so many rows of a `ThresholdSweep`, each exact.

    Parameters
    ----------
    score : ndarray of float32 or float64, shape (k,)
        The distinct scores that are kept, descending; the highest and the lowest always are.
    below : ndarray of the same dtype, shape (k,)
        The next lower distinct score of the full sweep, nan for the last: every threshold t with
        `below < t <= score` gives this row's counts.
    true_positives, false_positives : ndarray, shape (k,)
        Counts at `score`, as in the full sweep.
    positives, negatives : int or float
        Class totals.
    roc_path, precision_recall_path : CurvePath or None
        None where lines through the rows' points are within half a pixel of the full curve on a chart of
        500 pixels; else the vertices to draw in their place.
    """

    score: FloatArray
    below: FloatArray
    true_positives: CountArray
    false_positives: CountArray
    positives: int | float
    negatives: int | float
    roc_path: CurvePath | None
    precision_recall_path: CurvePath | None

    def __len__(self) -> int:
        """Return the number of rows that are kept."""
        return len(self.score)


def thin(sweep: Swept, *, max_rows: int = 2048) -> ThinSweep:
    """Keep at most `max_rows` rows of a sweep; all of them where there are no more.

    Parameters
    ----------
    sweep : ThresholdSweep
    max_rows : int, default 2048
        At least 2.

    Raises
    ------
    InputError
        Where `max_rows` is below 2.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> few = thin(ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), max_rows=2)
    >>> few.score, few.below, few.true_positives
    (array([0.8, 0.1]), array([0.4, nan]), array([1, 2]))
    """
    if max_rows < 2:
        raise InputError(f"max_rows must be at least 2, got {max_rows}")
    if len(sweep) <= max_rows:
        return _thinned(sweep, np.arange(len(sweep)), None, None)
    roc_rows, recall_rows = _roc_cells(sweep), _precision_recall_cells(sweep)
    cells = _union(roc_rows, recall_rows)
    spread = _spread(sweep, roc_rows, max_rows)
    rows = _union(cells, spread)
    curves = _curves(sweep, rows)
    kept, tolerance = _kept(curves, np.isin(rows, spread, assume_unique=True), max_rows)
    # A curve that the rows do not draw is drawn by its own cells: the other rows are there for other ends.
    paths = [
        None
        if curve is None or tolerance <= _CHORD_TOLERANCE or largest_distance(curve, kept) <= _CHORD_TOLERANCE
        else _path(sweep, own_rows, which)
        for which, (curve, own_rows) in enumerate(zip(curves, (roc_rows, recall_rows), strict=True))
    ]
    return _thinned(sweep, rows[kept], *paths)


def _thinned(
    sweep: Swept, rows: Rows, roc: CurvePath | None, precision_recall: CurvePath | None
) -> ThinSweep:
    below = np.full(len(rows), math.nan, sweep.thresholds.dtype)
    below[:-1] = sweep.thresholds[rows[:-1] + 1]
    arrays = (sweep.thresholds[rows], below, sweep.true_positives[rows], sweep.false_positives[rows])
    for array in arrays:
        array.setflags(write=False)
    return ThinSweep(*arrays, sweep.positives, sweep.negatives, roc, precision_recall)


def _kept(curves: Sequence[Polyline | None], spread: Mask, max_rows: int) -> tuple[Mask, float]:
    """Add the bends of the curves to the rows that are spread out, as closely as there is room for."""
    known = [curve for curve in curves if curve is not None]
    tolerance = _CHORD_TOLERANCE / 2  # twice as close as it has to be, for this is where people look
    kept = vertices_within(known, spread, tolerance=tolerance)
    while kept.sum() > max_rows:
        tolerance *= 2  # ends at the latest when nothing is added to `spread`
        kept = vertices_within(known, spread, tolerance=tolerance)
    return kept, tolerance


def _path(sweep: Swept, rows: Rows, which: int) -> CurvePath | None:
    """Return the vertices that draw one of the curves by itself."""
    curve = _curves(sweep, rows)[which]
    if curve is None:
        return None
    kept = vertices_within([curve], np.isin(rows, rows[[0, -1]]), tolerance=_CHORD_TOLERANCE)
    x, y = curve.x[kept], curve.y[kept]
    x.setflags(write=False)
    y.setflags(write=False)
    return CurvePath(x, y)


def _curves(sweep: Swept, rows: Rows) -> tuple[Polyline | None, Polyline | None]:
    """Points of the ROC and precision-recall curves at some rows; None where a class is missing for it."""
    true_positives, false_positives = sweep.true_positives[rows], sweep.false_positives[rows]
    if not sweep.positives:
        return None, None
    recall = true_positives / sweep.positives
    precision_recall = Polyline(recall, true_positives / (true_positives + false_positives))
    if not sweep.negatives:
        return None, precision_recall
    return Polyline(false_positives / sweep.negatives, recall), precision_recall


def _roc_cells(sweep: Swept) -> Rows:
    """Rows at which either rate enters another cell of the grid, each with the row before it."""
    found = [np.array([0, len(sweep) - 1])]
    for counts in (sweep.true_positives, sweep.false_positives):
        edges = np.arange(_ROC_CELL, 1, _ROC_CELL) * counts[-1]
        if counts.dtype.kind == "i":
            edges = np.ceil(edges).astype(np.int64)  # in the counts' own type they need no copy
        entered = counts.searchsorted(edges)
        found += [entered, np.maximum(entered - 1, 0)]
    return _union(*found)


def _precision_recall_cells(sweep: Swept) -> Rows:
    """Rows that draw the precision-recall curve: the outermost of each narrow strip of recall."""
    size, total = len(sweep), float(sweep.positives + sweep.negatives)
    top = min(size, math.ceil(1 / _RANK_CELL))
    # Where few are flagged each row moves the precision: take all. Then take steps that grow in proportion.
    first = float(sweep.true_positives[top - 1] + sweep.false_positives[top - 1])
    steps = math.ceil(math.log(total / first) / _RANK_CELL) + 1
    edges: CountArray = np.geomspace(first, total, steps + 1)[1:-1]
    found = [np.arange(top), np.array([size - 1])]
    counted = sweep.true_positives.dtype.kind == "i"
    if counted:
        edges = np.ceil(edges).astype(np.int64)  # in the counts' own type they need no copy
    if counted and size == total:
        # One row, one case: the number flagged is the row's number, and no step is larger than a cell.
        found.append(np.minimum(edges, size) - 1)
    else:
        entered = np.minimum((sweep.true_positives + sweep.false_positives).searchsorted(edges), size - 1)
        found += [entered, np.maximum(entered - 1, 0)]
    rows = _union(*found)
    curve = _curves(sweep, rows)[1]
    if curve is None:
        return rows[[0, -1]]
    strip = np.floor(curve.x / _RECALL_CELL)
    starts = np.flatnonzero(np.append(True, strip[1:] != strip[:-1]))
    ends = np.append(starts[1:], len(rows))
    outermost = np.zeros(len(rows), bool)
    outermost[starts] = outermost[ends - 1] = True
    for extreme in (np.minimum, np.maximum):
        outermost |= curve.y == np.repeat(extreme.reduceat(curve.y, starts), ends - starts)
    return rows[outermost]


def _union(*rows: Rows) -> Rows:
    """Rows that occur in any of the arrays, ascending (np.unique takes many times as long)."""
    together = np.concatenate(rows)
    together.sort()
    distinct: Rows = together[np.append(True, together[1:] != together[:-1])]
    return distinct


def _spread(sweep: Swept, roc_rows: Rows, max_rows: int) -> Rows:
    """Rows at even steps: of score, of both rates together, and of rank; and both ends."""
    last = len(sweep) - 1
    found = [np.array([0, last]), np.linspace(0, last, max_rows // 12, dtype=np.intp)]
    found.append(_even_in_score(sweep, roc_rows, max_rows // 3))
    roc = _curves(sweep, roc_rows)[0]
    if roc is not None:
        way = roc.x + roc.y
        steps = np.linspace(way[0], way[-1], max_rows // 4)
        found.append(roc_rows[np.minimum(np.searchsorted(way, steps), len(roc_rows) - 1)])
    return _union(*found)


def _even_in_score(sweep: Swept, roc_rows: Rows, count: int) -> Rows:
    """Rows whose scores are nearest to even steps over the scores that a histogram shows, and over all."""
    ascending = sweep.thresholds[::-1]
    begin, end = int(ascending[0] == -math.inf), len(ascending) - int(ascending[-1] == math.inf)
    whole = float(ascending[begin]), float(ascending[end - 1])
    shown = score_range(
        sweep.thresholds[roc_rows], sweep.true_positives[roc_rows], sweep.false_positives[roc_rows]
    )
    shown = max(shown[0], whole[0]), min(shown[1], whole[1])
    parts = [(whole, count)] if shown == whole else [(shown, count - count // 4), (whole, count // 4)]
    steps = np.concatenate(
        # Not low + share * (high - low): the difference may overflow.
        [low * (1 - share) + high * share for (low, high), n in parts for share in [np.linspace(0, 1, n)]]
    ).astype(ascending.dtype)
    upper = np.clip(ascending.searchsorted(steps), begin, end - 1)
    lower = np.maximum(upper - 1, begin)
    # Halves, so that not even this difference overflows.
    nearer = steps / 2 - ascending[lower] / 2 < ascending[upper] / 2 - steps / 2
    nearest: Rows = len(ascending) - 1 - np.where(nearer, lower, upper)
    return nearest
