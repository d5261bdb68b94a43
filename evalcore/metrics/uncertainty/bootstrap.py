"""The bootstrap of a whole sweep: counts at every threshold, drawn anew a thousand times.

Rows are not drawn one by one. How many rows of each class fall at each score when rows are drawn with replacement is
multinomial, so that the counts themselves are drawn: exact in law where each distinct score has a bin of its own, and
within bins of many rows up to what happens inside a bin. Weighted rows, and rows of clusters (patients), are drawn.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import Confusion, divide
from evalcore.metrics.rates.proportions import Interval, plain
from evalcore.metrics.sweep.case_arrays import (
    checked_clusters,
    checked_scores,
    checked_truth,
    checked_weights,
)
from evalcore.metrics.uncertainty.occupancy import rows_left_out

__all__ = ["BootstrapSweeps", "bootstrap", "most_resamples"]

Floats = npt.NDArray[np.float64]

# The first distinct scores each have a bin of their own: precision at a low recall hangs on single rows.
_SINGLE = 512
_MOST_DRAWS = 200_000_000  # rows drawn one by one: more take minutes


@dataclass(frozen=True, eq=False)
class BootstrapSweeps:
    """Counts at thresholds, in every resample.

    Parameters
    ----------
    thresholds : ndarray, shape (b,)
        In descending order: every distinct score, or the lowest score of each bin.
    true_positives, false_positives : ndarray of float64, shape (r, b)
        (Weighted) cases at and above each threshold, a row for each resample.
    inner : ndarray of float64, shape (b,)
        The chance that a positive scores above a negative of the same bin: 0.5 where a bin is one score.
    several : ndarray of bool, shape (b,)
        Whether a bin holds more than one score.
    left_out : tuple of ndarray of float64, each of shape (r, b), or None
        (Weighted) positives and negatives at and above each threshold that a resample did not draw, where they were
        asked for.
    """

    thresholds: npt.NDArray[Any]
    true_positives: Floats
    false_positives: Floats
    inner: Floats
    several: npt.NDArray[np.bool_]
    left_out: tuple[Floats, Floats] | None = None

    @property
    def resamples(self) -> int:
        """How often the rows were drawn."""
        return len(self.true_positives)

    @cached_property
    def confusion(self) -> Confusion:
        """Counts of all resamples at all thresholds, shape (r, b)."""
        tp, fp = self.true_positives, self.false_positives
        return Confusion(fp[:, -1:] - fp, fp, tp[:, -1:] - tp, tp)

    @cached_property
    def out_of_bag(self) -> Confusion:
        """Counts of the rows that each resample left out, at all thresholds, shape (r, b).

        They are weighted to as many cases as the resample has, so that numbers of cases can be held to its own; a
        resample that left nothing out has none.
        """
        if self.left_out is None:
            raise InputError("the rows left out were not asked for: draw with out_of_bag=True")
        tp, fp = self.left_out
        drawn, rest = self.true_positives[:, -1:] + self.false_positives[:, -1:], tp[:, -1:] + fp[:, -1:]
        times = np.where(rest > 0, divide(drawn, rest), 0.0)
        tp, fp = tp * times, fp * times
        return Confusion(fp[:, -1:] - fp, fp, tp[:, -1:] - tp, tp)

    @cached_property
    def roc_auc(self) -> Floats:
        """ROC AUC of every resample; nan where a class was not drawn."""
        positives, negatives = self._at()
        above = self.true_positives - positives
        area = (negatives * (above + positives * self.inner)).sum(axis=1)
        found: Floats = divide(area, self.true_positives[:, -1] * self.false_positives[:, -1])
        return found

    @cached_property
    def average_precision(self) -> Floats:
        """Average precision of every resample; nan where no positive was drawn.

        In a bin of several scores the precision half way stands for the bin.
        """
        positives, negatives = self._at()
        part = np.where(self.several, 0.5, 0.0)
        tp = self.true_positives - part * positives
        flagged = tp + self.false_positives - part * negatives
        precision = np.divide(tp, flagged, out=np.zeros_like(tp), where=flagged > 0)
        found: Floats = divide((precision * positives).sum(axis=1), self.true_positives[:, -1])
        return found

    def _at(self) -> tuple[Floats, Floats]:
        """(Weighted) cases of both classes in each bin."""
        return (
            np.diff(self.true_positives, axis=1, prepend=0.0),
            np.diff(self.false_positives, axis=1, prepend=0.0),
        )

    def interval(self, figures: npt.ArrayLike, *, confidence: float = 0.95) -> Interval:
        """Return the percentile interval of figures of the resamples, along the first axis.

        Parameters
        ----------
        figures : array_like, shape (r, ...)
            Such as `roc_auc`; nan where a resample has none.
        confidence : float, default 0.95

        Examples
        --------
        >>> found = bootstrap([0, 0, 1, 1] * 20, [0.1, 0.4, 0.35, 0.8] * 20, seed=1)
        >>> interval = found.interval(found.roc_auc)
        >>> interval.low < 0.75 < interval.high, interval.method
        (True, 'bootstrap percentiles')
        """
        if not 0 < confidence < 1:
            raise InputError(f"confidence must lie between 0 and 1, got {confidence}")
        tail = (1 - confidence) / 2
        low, high = _quantiles(np.asarray(figures, dtype=float), (tail, 1 - tail))
        return Interval(plain(low), plain(high), confidence, "bootstrap percentiles")

    def roc_band(self, false_positive_rates: npt.ArrayLike, *, confidence: float = 0.95) -> Interval:
        """Return the band of the true positive rate at given false positive rates (pointwise)."""
        at = np.asarray(false_positive_rates, dtype=float)
        fpr = divide(self.false_positives, self.false_positives[:, -1:])
        tpr = divide(self.true_positives, self.true_positives[:, -1:])
        rates = np.array(
            [
                np.interp(at, np.append(0.0, x), np.append(0.0, y))
                for x, y in zip(fpr, tpr, strict=True)
                if not (np.isnan(x[-1]) or np.isnan(y[-1]))
            ]
        )
        if not rates.size:
            rates = np.full((1, at.size), np.nan)
        return self.interval(rates, confidence=confidence)

    def precision_band(self, recalls: npt.ArrayLike, *, confidence: float = 0.95) -> Interval:
        """Return the band of the precision at the first threshold that reaches given recalls (pointwise)."""
        at = np.asarray(recalls, dtype=float)
        recall = divide(self.true_positives, self.true_positives[:, -1:])
        precision = divide(self.true_positives, self.true_positives + self.false_positives)
        last = recall.shape[1] - 1
        rows = [
            each[np.minimum(np.searchsorted(found, at - 1e-12), last)]
            for found, each in zip(recall, precision, strict=True)
        ]
        return self.interval(np.array(rows), confidence=confidence)


def bootstrap(
    truth: npt.ArrayLike,
    score: npt.ArrayLike,
    *,
    weight: npt.ArrayLike | None = None,
    cluster: npt.ArrayLike | None = None,
    resamples: int = 1000,
    stratified: bool = False,
    seed: int = 0,
    bins: int = 2000,
    out_of_bag: bool = False,
) -> BootstrapSweeps:
    """Draw the rows of one model anew, with replacement, and count at every threshold.

    Parameters
    ----------
    truth : array_like of 0 and 1, shape (n,)
    score : array_like, shape (n,)
    weight : array_like, shape (n,), optional
        Case weights: a row that is drawn counts its weight.
    cluster : array_like, shape (n,), optional
        What rows belong together, such as a patient: whole clusters are drawn.
    resamples : int, default 1000
    stratified : bool, default False
        Whether each resample has as many positives and negatives as the data (not with `cluster`).
    seed : int, default 0
        The same seed gives the same resamples.
    bins : int, default 2000
        More distinct scores than this are put into bins of about equally many rows.
    out_of_bag : bool, default False
        Whether the rows that each resample leaves out are counted too.

    Returns
    -------
    BootstrapSweeps

    Raises
    ------
    InputError
        As `ThresholdSweep.from_scores`; where a cluster is stratified; where there are too many rows to draw one by
        one.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap; Field & Welsh (2007), J. R. Stat. Soc. B 69, 369-390
    (clusters).

    Examples
    --------
    >>> found = bootstrap([0, 0, 1, 1] * 20, [0.1, 0.4, 0.35, 0.8] * 20, resamples=200)
    >>> found.true_positives.shape, found.thresholds.tolist()
    ((200, 4), [0.8, 0.4, 0.35, 0.1])
    """
    labels, scores = checked_truth(truth), checked_scores(score)
    if len(labels) != len(scores):
        raise InputError(f"truth and score must have the same length, got {len(labels)} and {len(scores)}")
    if resamples < 1 or bins < 2:
        raise InputError(f"resamples must be at least 1 and bins at least 2, got {resamples} and {bins}")
    if cluster is not None and stratified:
        raise InputError("stratified draws single rows: it cannot be had beside clusters")
    binned = _binned(labels, scores, bins)
    random = np.random.default_rng(seed)
    if weight is None and cluster is None:
        drawn = _draw_counts(binned.cells, resamples, random, stratified, out_of_bag)
    else:
        weights = np.ones(len(scores)) if weight is None else checked_weights(weight, len(scores))
        units = (
            np.arange(len(scores))
            if cluster is None
            else checked_clusters(cluster, len(scores), name="cluster")
        )
        drawn = _draw_units(labels, binned, weights, units, resamples, random, stratified, out_of_bag)
    tp, fp, *left = (np.cumsum(each, axis=1, dtype=float) for each in drawn)
    rest = (left[0], left[1]) if out_of_bag else None
    return BootstrapSweeps(binned.thresholds, tp, fp, _inner(binned), binned.several, rest)


def most_resamples(rows: int) -> int:
    """Return how often weighted rows, or rows of clusters, can be drawn: these are drawn one by one.

    Examples
    --------
    >>> most_resamples(10**6)
    200
    """
    return max(_MOST_DRAWS // max(rows, 1), 1)


def _quantiles(values: Floats, shares: tuple[float, ...]) -> list[Floats]:
    """Quantiles of what is known along the first axis, as numpy's `nanquantile` in a quarter of its time."""
    # Each figure's resamples side by side, those that have none at the end.
    ordered = np.sort(np.ascontiguousarray(values.reshape(len(values), -1).T), axis=1)
    known = np.count_nonzero(~np.isnan(ordered), axis=1)
    last, figure = np.maximum(known - 1, 0), np.arange(len(ordered))
    found = []
    for share in shares:
        at = share * last
        below = at.astype(np.intp)
        low, high = ordered[figure, below], ordered[figure, np.minimum(below + 1, last)]
        found.append((low + (at - below) * (high - low)).reshape(values.shape[1:]))
    return found


@dataclass(frozen=True, eq=False)
class _Binned:
    """Rows in descending order of score, and where the bins begin among them."""

    order: npt.NDArray[np.intp]
    labels: npt.NDArray[np.bool_]
    starts: npt.NDArray[np.intp]
    thresholds: npt.NDArray[Any]
    several: npt.NDArray[np.bool_]
    run_starts: npt.NDArray[np.intp]

    @property
    def cells(self) -> npt.NDArray[np.int64]:
        """Positives and negatives of each bin, shape (2, b)."""
        sizes = np.diff(np.append(self.starts, len(self.labels)))
        positives = np.add.reduceat(self.labels, self.starts, dtype=np.int64)
        return np.array([positives, sizes - positives])

    @property
    def bin_of_row(self) -> npt.NDArray[np.intp]:
        """The bin of each row, in the order in which the rows came."""
        found = np.empty(len(self.order), dtype=np.intp)
        found[self.order] = np.repeat(
            np.arange(len(self.starts)), np.diff(np.append(self.starts, len(self.order)))
        )
        return found


def _binned(labels: npt.NDArray[Any], scores: npt.NDArray[Any], most: int) -> _Binned:
    """Put rows into bins that never part equal scores: the highest scores singly, the rest by equal numbers."""
    order = np.argsort(-scores)
    ordered = scores[order]
    run_starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    starts = run_starts
    if len(run_starts) > most:
        single = min(_SINGLE, most // 2)
        first = int(run_starts[single])
        wanted = first + np.arange(most - single) * (len(scores) - first) // (most - single)
        at = run_starts[np.searchsorted(run_starts, wanted, side="right") - 1]
        starts = np.append(run_starts[:single], np.unique(np.maximum(at, first)))
    ends = np.append(starts[1:], len(scores)) - 1
    several = ordered[starts] != ordered[ends]
    return _Binned(order, labels[order] == 1, starts, ordered[ends], several, run_starts)


def _inner(binned: _Binned) -> Floats:
    """The chance that a positive scores above a negative of its own bin; 0.5 where a bin lacks a class."""
    cells = binned.cells.astype(float)
    if not binned.several.any():
        return np.full(len(binned.starts), 0.5)
    # Pairs won within a bin: at each distinct score its positives times the negatives that come after it in the
    # bin, and half of those that tie.
    rows = len(binned.labels)
    positives = np.add.reduceat(binned.labels, binned.run_starts, dtype=np.int64).astype(float)
    negatives = np.diff(np.append(binned.run_starts, rows)) - positives
    runs = np.searchsorted(binned.run_starts, binned.starts)
    through = np.cumsum(negatives)
    end = np.repeat(np.append(through[runs[1:] - 1], through[-1]), np.diff(np.append(runs, len(through))))
    won = np.add.reduceat(positives * (end - through + negatives / 2), runs)
    pairs = cells[0] * cells[1]
    return np.where(pairs > 0, won / np.maximum(pairs, 1), 0.5)


def _draw_counts(
    cells: npt.NDArray[np.int64],
    resamples: int,
    random: np.random.Generator,
    stratified: bool,
    out_of_bag: bool,
) -> list[npt.NDArray[Any]]:
    """Draw how many positives and negatives of each bin come, and on demand how many stay out."""
    totals = cells.sum(axis=1)
    if stratified:
        sizes = [np.full(resamples, size) for size in totals]
    else:
        positives = random.binomial(totals.sum(), totals[0] / totals.sum(), resamples)
        sizes = [positives, totals.sum() - positives]

    def draw(place: int) -> list[npt.NDArray[Any]]:
        if not totals[place]:
            return [np.zeros((resamples, cells.shape[1]))] * (2 if out_of_bag else 1)
        drawn = of_class[place].multinomial(sizes[place], cells[place] / totals[place])
        return [drawn, rows_left_out(cells[place], drawn, of_class[place])] if out_of_bag else [drawn]

    # A generator for each class, so that both cores draw and the figures are the same on one.
    of_class = random.spawn(2)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(draw, (0, 1))
    return [each for pair in zip(first, second, strict=True) for each in pair]


def _draw_units(
    labels: npt.NDArray[Any],
    binned: _Binned,
    weights: Floats,
    units: npt.NDArray[np.intp],
    resamples: int,
    random: np.random.Generator,
    stratified: bool,
    out_of_bag: bool,
) -> list[Floats]:
    """Draw rows, or whole clusters of them, one by one; on demand count also those that stay out."""
    if len(labels) * resamples > _MOST_DRAWS:
        raise InputError(
            f"{len(labels):,} weighted or clustered rows are too many for {resamples:,} resamples: "
            f"ask for at most {most_resamples(len(labels)):,}"
        )
    bins = len(binned.starts)
    cell = binned.bin_of_row + bins * (labels == 0)
    number = int(units.max()) + 1
    groups = [np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)] if stratified else [np.arange(number)]
    found = np.empty((resamples, 2 * bins))
    left = np.empty((resamples if out_of_bag else 0, 2 * bins))
    for place in range(resamples):
        times = np.zeros(number, dtype=np.intp)
        for group in groups:
            if len(group):
                times += np.bincount(group[random.integers(0, len(group), len(group))], minlength=number)
        found[place] = np.bincount(cell, weights * times[units], 2 * bins)
        if out_of_bag:
            left[place] = np.bincount(cell, weights * (times[units] == 0), 2 * bins)
    both = [found, left] if out_of_bag else [found]
    return [half for each in both for half in (each[:, :bins], each[:, bins:])]
