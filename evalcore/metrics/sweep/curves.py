"""The curves that a sweep draws: one vertex per threshold, from "nothing is flagged" on.

Each builder is a pure function of the cumulative counts. All curves start with a vertex at the
threshold infinity, where nothing is flagged, and then have one vertex per distinct score, highest first.
A rate whose denominator is 0 (a class that does not occur) is nan.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import mul
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = [
    "DetCurve",
    "GainCurve",
    "PrecisionRecallCurve",
    "RocCurve",
    "area_under_roc",
    "average_precision",
    "build_det",
    "build_gains",
    "build_precision_recall",
    "build_roc",
    "in_range",
    "partial_area",
]

FloatArray: TypeAlias = npt.NDArray[np.floating[Any]]
# Cumulative counts: integers, or floats where cases are weighted.
CountArray: TypeAlias = npt.NDArray[Any]

# Rows that areas are summed over at a time: the temporary arrays then stay in the cache.
_BLOCK = 16384


@dataclass(frozen=True, eq=False)
class RocCurve:
    """Receiver operating characteristic: true positive rate against false positive rate.

    Parameters
    ----------
    false_positive_rate, true_positive_rate : ndarray of float64, shape (m + 1,)
        Rising from 0 to 1, in the order of `thresholds`.
    thresholds : ndarray, shape (m + 1,)
        Descending, the first one infinity, in the unit and dtype of the scores.
    """

    false_positive_rate: FloatArray
    true_positive_rate: FloatArray
    thresholds: FloatArray


@dataclass(frozen=True, eq=False)
class PrecisionRecallCurve:
    """Precision against recall.

    Parameters
    ----------
    recall : ndarray of float64, shape (m + 1,)
        Rising from 0 to 1.
    precision : ndarray of float64, shape (m + 1,)
        The first value is 1 by convention (as in scikit-learn): where nothing is flagged there is
        no precision, and the curve has to start somewhere.
    thresholds : ndarray, shape (m + 1,)
        Descending, the first one infinity, in the unit and dtype of the scores.
    """

    recall: FloatArray
    precision: FloatArray
    thresholds: FloatArray


@dataclass(frozen=True, eq=False)
class DetCurve:
    """Detection error trade-off: false negative rate against false positive rate.

    Martin et al. (1997), "The DET curve in assessment of detection task performance", Eurospeech.

    Parameters
    ----------
    false_positive_rate : ndarray of float64, shape (m + 1,)
        Rising from 0 to 1.
    false_negative_rate : ndarray of float64, shape (m + 1,)
        Falling from 1 to 0.
    thresholds : ndarray, shape (m + 1,)
        Descending, the first one infinity, in the unit and dtype of the scores.
    """

    false_positive_rate: FloatArray
    false_negative_rate: FloatArray
    thresholds: FloatArray


@dataclass(frozen=True, eq=False)
class GainCurve:
    """Cumulative gain and lift: what a campaign reaches when it starts with the highest scores.

    Parameters
    ----------
    predicted_positive_rate : ndarray of float64, shape (m + 1,)
        Share of all cases that are flagged, rising from 0 to 1.
    gain : ndarray of float64, shape (m + 1,)
        Share of the positives among the flagged (the recall).
    lift : ndarray of float64, shape (m + 1,)
        `gain / predicted_positive_rate`, which is precision / prevalence; nan where nothing is flagged.
    thresholds : ndarray, shape (m + 1,)
        Descending, the first one infinity, in the unit and dtype of the scores.
    """

    predicted_positive_rate: FloatArray
    gain: FloatArray
    lift: FloatArray
    thresholds: FloatArray


def build_roc(thresholds: FloatArray, true_positives: CountArray, false_positives: CountArray) -> RocCurve:
    """Build the ROC curve from cumulative counts at descending thresholds.

    Parameters
    ----------
    thresholds, true_positives, false_positives : ndarray, shape (m,)
        As in `ThresholdSweep`; the last counts are the class totals.

    Examples
    --------
    >>> curve = build_roc(np.array([0.8, 0.4]), np.array([1, 2]), np.array([0, 2]))
    >>> curve.false_positive_rate, curve.true_positive_rate
    (array([0., 0., 1.]), array([0. , 0.5, 1. ]))
    """
    return RocCurve(
        _frozen(_share(false_positives)), _frozen(_share(true_positives)), _with_infinity(thresholds)
    )


def build_precision_recall(
    thresholds: FloatArray, true_positives: CountArray, false_positives: CountArray
) -> PrecisionRecallCurve:
    """Build the precision-recall curve from cumulative counts at descending thresholds.

    Parameters
    ----------
    thresholds, true_positives, false_positives : ndarray, shape (m,)
        As in `ThresholdSweep`; the last counts are the class totals.

    Examples
    --------
    >>> curve = build_precision_recall(np.array([0.8, 0.4]), np.array([1, 2]), np.array([0, 2]))
    >>> curve.recall, curve.precision
    (array([0. , 0.5, 1. ]), array([1. , 1. , 0.5]))
    """
    precision = np.empty(len(thresholds) + 1)
    precision[0] = 1.0
    np.add(true_positives, false_positives, out=precision[1:])
    np.divide(true_positives, precision[1:], out=precision[1:])
    return PrecisionRecallCurve(
        _frozen(_share(true_positives)), _frozen(precision), _with_infinity(thresholds)
    )


def build_det(thresholds: FloatArray, true_positives: CountArray, false_positives: CountArray) -> DetCurve:
    """Build the detection error trade-off curve from cumulative counts at descending thresholds.

    Parameters
    ----------
    thresholds, true_positives, false_positives : ndarray, shape (m,)
        As in `ThresholdSweep`; the last counts are the class totals.

    Examples
    --------
    >>> build_det(np.array([0.8, 0.4]), np.array([1, 2]), np.array([0, 2])).false_negative_rate
    array([1. , 0.5, 0. ])
    """
    missed = np.empty(len(thresholds) + 1)
    missed[0] = true_positives[-1]
    np.subtract(true_positives[-1], true_positives, out=missed[1:])
    false_negative_rate = _divide(missed, float(true_positives[-1]))
    return DetCurve(
        _frozen(_share(false_positives)), _frozen(false_negative_rate), _with_infinity(thresholds)
    )


def build_gains(thresholds: FloatArray, true_positives: CountArray, false_positives: CountArray) -> GainCurve:
    """Build cumulative gain and lift from cumulative counts at descending thresholds.

    Parameters
    ----------
    thresholds, true_positives, false_positives : ndarray, shape (m,)
        As in `ThresholdSweep`; the last counts are the class totals.

    Examples
    --------
    >>> build_gains(np.array([0.8, 0.4]), np.array([1, 2]), np.array([0, 2])).lift
    array([nan,  2.,  1.])
    """
    flagged = true_positives + false_positives
    lift = np.full(len(thresholds) + 1, np.nan)
    if true_positives[-1]:
        np.divide(true_positives, flagged, out=lift[1:])
        lift[1:] /= true_positives[-1] / flagged[-1]
    return GainCurve(
        _frozen(_share(flagged)),
        _frozen(_share(true_positives)),
        _frozen(lift),
        _with_infinity(thresholds),
    )


def area_under_roc(true_positives: CountArray, false_positives: CountArray) -> float:
    """Chance that a random positive scores above a random negative, ties counting one half.

    Parameters
    ----------
    true_positives, false_positives : ndarray, shape (m,)
        Cumulative counts as in `ThresholdSweep`, the totals at the end.

    Returns
    -------
    float
        nan where a class has no cases. Exact up to one rounding where the counts are integers.

    Examples
    --------
    >>> area_under_roc(np.array([1, 2]), np.array([0, 2]))
    0.75
    """
    positives: int = true_positives[-1].item()
    negatives: int = false_positives[-1].item()
    if not (positives and negatives):
        return math.nan
    if true_positives.dtype.kind == "f":
        # Powers of two keep the product of huge or tiny weights in range, and round nothing.
        up, across = in_range(true_positives), in_range(false_positives)
        middle = up - _added(up) / 2
        return min(1.0, float((_added(across) * middle).sum()) / (float(up[-1]) * float(across[-1])))
    if len(true_positives) == positives + negatives:
        # Without ties each negative adds the positives above it: all entries but the positives' own.
        pairs = int(true_positives.sum()) - positives * (positives + 1) // 2
        return pairs / (positives * negatives)
    if 2 * positives * negatives >= 2**64:
        twice_middle = (2 * true_positives - _added(true_positives)).tolist()
        twice_area: int = sum(map(mul, _added(false_positives).tolist(), twice_middle))
        return twice_area / (2 * positives * negatives)
    # Twice the area under the steps, summed by parts. uint64 may wrap around on the way: the result is
    # below 2**64, and so comes out exactly.
    tp, fp = true_positives.view(np.uint64), false_positives.view(np.uint64)
    twice = int(np.dot(fp[1:], tp[:-1])) - int(np.dot(fp[:-1], tp[1:])) + positives * negatives
    return (twice % 2**64) / (2 * positives * negatives)


def partial_area(true_positives: CountArray, false_positives: CountArray, max_fpr: float) -> float:
    """Area under the ROC curve up to a false positive rate below 1, on McClish's scale (0.5 is chance).

    Parameters
    ----------
    true_positives, false_positives : ndarray, shape (m,)
        Cumulative counts as in `ThresholdSweep`, of both classes.
    max_fpr : float

    Examples
    --------
    >>> partial_area(np.array([1, 2]), np.array([0, 2]), 0.5)
    0.75
    """
    fpr, tpr = _share(false_positives), _share(true_positives)
    stop = int(np.searchsorted(fpr, max_fpr, side="right"))
    x = np.append(fpr[:stop], max_fpr)
    y = np.append(tpr[:stop], np.interp(max_fpr, fpr[stop - 1 : stop + 1], tpr[stop - 1 : stop + 1]))
    chance = max_fpr * max_fpr / 2
    return float(0.5 * (1 + (np.trapezoid(y, x) - chance) / (max_fpr - chance)))


def in_range(cumulative: CountArray) -> CountArray:
    """Scale sums of weights by a power of two, such that products of their totals neither overflow nor vanish.

    Examples
    --------
    >>> float(in_range(np.array([1e200, 3e200])).max()) < 1
    True
    """
    exponent = math.frexp(float(cumulative[-1]))[1]
    return cumulative if abs(exponent) < 100 else np.ldexp(cumulative, -exponent)


def average_precision(true_positives: CountArray, false_positives: CountArray) -> float:
    """Mean of the precision over the recall that each threshold adds, without interpolation.

    Parameters
    ----------
    true_positives, false_positives : ndarray, shape (m,)
        Cumulative counts as in `ThresholdSweep`, the totals at the end.

    Returns
    -------
    float
        nan where there are no positives.

    Examples
    --------
    >>> average_precision(np.array([1, 2]), np.array([0, 2]))
    0.75
    """
    positives: int = true_positives[-1].item()
    if not positives:
        return math.nan
    area = []
    for start in range(0, len(true_positives), _BLOCK):
        block = slice(start, start + _BLOCK)
        # As floats from the start: NumPy converts integers within a division, which takes longer.
        found = true_positives[block].astype(np.float64)
        flagged = false_positives[block].astype(np.float64)
        flagged += found
        np.divide(found, flagged, out=flagged)
        flagged *= _added(found, before=float(true_positives[start - 1]) if start else 0.0)
        area.append(float(flagged.sum()))
    return min(1.0, math.fsum(area) / positives)


def _added(cumulative: CountArray, *, before: float = 0.0) -> CountArray:
    """Return what each entry adds to the one before it."""
    added = np.empty_like(cumulative)
    added[0] = cumulative[0] - before
    np.subtract(cumulative[1:], cumulative[:-1], out=added[1:])
    return added


def _share(counts: CountArray) -> FloatArray:
    """Return cumulative counts as shares of their total, with a leading 0; nan where the total is 0."""
    shares = np.empty(len(counts) + 1)
    shares[0] = 0.0
    shares[1:] = counts
    return _divide(shares, float(counts[-1]))


def _divide(counts: FloatArray, total: float) -> FloatArray:
    if not total:
        counts.fill(np.nan)
        return counts
    counts /= total
    return counts


def _with_infinity(thresholds: FloatArray) -> FloatArray:
    whole = np.empty(len(thresholds) + 1, thresholds.dtype)
    whole[0] = np.inf
    whole[1:] = thresholds
    return _frozen(whole)


def _frozen(array: FloatArray) -> FloatArray:
    array.setflags(write=False)
    return array
