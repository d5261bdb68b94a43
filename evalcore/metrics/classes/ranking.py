"""Figures of several classes that need scores, not decisions alone: areas, top k, log loss."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.probability.losses import SMALLEST
from evalcore.metrics.rates.confusion import divide
from evalcore.metrics.rates.intervals import Interval, wilson
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = [
    "ClassAreas",
    "areas_against_rest",
    "areas_of",
    "class_log_loss",
    "micro_areas",
    "pair_areas",
    "top_k_accuracies",
    "top_k_accuracy",
]

FloatArray: TypeAlias = npt.NDArray[np.floating[Any]]
Codes: TypeAlias = npt.NDArray[np.intp]

# Probabilities that were rounded in a file add up to 1 within this.
_ROUNDING = 0.02
# What scikit-learn takes for 1 (numpy.allclose): such rows stay as they are, for to divide would part equal scores.
_ADDS_UP = 1e-5
# Each sweep holds a few times its column: more at once would cost memory that a laptop may not have.
_THREADS = 2


def _checked(truth: npt.ArrayLike, scores: npt.ArrayLike) -> tuple[Codes, FloatArray]:
    codes, values = np.asarray(truth, dtype=np.intp), np.asarray(scores)
    if values.ndim != 2 or values.shape[0] != codes.shape[0] or codes.ndim != 1:
        raise InputError(
            f"scores must have a row for each case and a column for each class, got {values.shape} "
            f"for {codes.shape[0]} cases"
        )
    if not codes.size:
        raise InputError("truth must hold at least one case, got none")
    if codes.min() < 0 or codes.max() >= values.shape[1]:
        raise InputError(f"truth must hold positions from 0 to {values.shape[1] - 1}, got {codes.max()}")
    return codes, values


def _weights(weight: npt.ArrayLike | None) -> npt.NDArray[np.float64] | None:
    return None if weight is None else np.asarray(weight, dtype=np.float64)


def adding_up(scores: FloatArray) -> FloatArray:
    """Divide rows of probabilities by their sum where all rows add up to 1 but for rounding; other scores stay.

    A row whose sum differs from 1 by no more than scikit-learn lets pass stays as it is: the sum of doubles is
    off by an ulp or two, and to divide by it would make equal probabilities of two rows different.

    Examples
    --------
    >>> adding_up(np.array([[0.5, 0.49], [0.7, 0.3]])).round(3).tolist()
    [[0.505, 0.495], [0.7, 0.3]]
    """
    sums = scores.sum(axis=1, keepdims=True, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        off = np.abs(sums - 1)
        near = bool((off < _ROUNDING).all())
    if not near or (off <= _ADDS_UP).all():
        return scores
    return np.asarray(np.divide(scores, sums, out=scores.astype(np.float64), where=off > _ADDS_UP))


@dataclass(frozen=True, eq=False)
class ClassAreas:
    """Area under the ROC curve and average precision of each class against the rest.

    Parameters
    ----------
    roc_auc, average_precision : ndarray of float64, shape (K,)
        nan for a class without cases (and, for the area, without others).
    support : ndarray of float64, shape (K,)
        (Weighted) cases of each class.
    limits : mapping of str to Interval
        95 % intervals of either, of arrays of shape (K,); empty where they were not asked for.

    Examples
    --------
    >>> areas = areas_against_rest([0, 1, 1], np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]]))
    >>> areas.roc_auc.tolist(), areas.average("roc_auc", "macro")
    ([1.0, 1.0], 1.0)
    """

    roc_auc: npt.NDArray[np.float64]
    average_precision: npt.NDArray[np.float64]
    support: npt.NDArray[np.float64]
    limits: Mapping[str, Interval] = field(default_factory=dict)

    def average(self, metric: str, how: str) -> float:
        """Average over the classes that have a value: "macro" (each alike) or "weighted" (by cases)."""
        values: npt.NDArray[np.float64] = getattr(self, metric)
        known = np.isfinite(values)
        if how not in ("macro", "weighted"):
            raise InputError(f"how must be macro or weighted, got {how!r}")
        weights = np.ones_like(values) if how == "macro" else self.support
        return float(divide(float(values[known] @ weights[known]), float(weights[known].sum())))


def areas_of(sweeps: Iterable[ThresholdSweep | None]) -> ClassAreas:
    """Areas of several classes or labels, each with its interval.

    The interval of the ROC AUC is that of `delong`; that of the average precision takes it for a share of the positive
    cases (the binomial interval of Boyd, Eng and Page 2013, doi:10.1007/978-3-642-40994-3_29, in Wilson's form,
    which keeps within 0 and 1). In
    simulations of normal scores (5 to 40 positive cases, 20 to 200 others, AUC 0.7 to 0.98) it covered 91.7 to
    99.8 % of the precisions of the whole population, 97.6 % on average; least with five cases among a hundred.

    Parameters
    ----------
    sweeps : iterable of ThresholdSweep or None
        None for a class without cases: its areas are nan.

    Examples
    --------
    >>> found = areas_of([ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), None])
    >>> found.roc_auc.tolist(), found.support.tolist()
    ([0.75, nan], [2.0, 0.0])
    >>> limits = found.limits["average_precision"]
    >>> bool(limits.low[0] < found.average_precision[0] < limits.high[0])
    True
    """
    return _from_rows(map(_area_row, sweeps))


def _area_row(sweep: ThresholdSweep | None) -> tuple[float, ...]:
    """Area with its limits, average precision with its limits, and the positive cases."""
    if sweep is None:
        return (math.nan,) * 6 + (0.0,)
    area, precision = delong(sweep), sweep.average_precision
    cases = float(sweep.positives) / sweep.mean_weights[0]
    low = high = math.nan
    if cases and math.isfinite(precision):
        around = wilson(precision * cases, cases)
        low, high = float(around.low), float(around.high)
    return sweep.roc_auc, area.low, area.high, precision, low, high, float(sweep.positives)


def _from_rows(rows: Iterable[tuple[float, ...]]) -> ClassAreas:
    columns = np.array(list(rows), dtype=np.float64).reshape(-1, 7).T
    return ClassAreas(
        columns[0],
        columns[3],
        columns[6],
        {
            "roc_auc": Interval(columns[1], columns[2], 0.95, "DeLong, Newcombe's score limits"),
            "average_precision": Interval(columns[4], columns[5], 0.95, "Wilson, of the positive cases"),
        },
    )


def areas_against_rest(
    truth: npt.ArrayLike, scores: npt.ArrayLike, *, weight: npt.ArrayLike | None = None
) -> ClassAreas:
    """Sweep each class against the rest.

    Parameters
    ----------
    truth : array_like of int, shape (n,)
        Positions of the classes.
    scores : array_like, shape (n, K)
        Rows of probabilities that were rounded so far that scikit-learn would refuse them are divided by their
        sum first; all others are compared as they are.
    weight : array_like, shape (n,), optional

    Raises
    ------
    InputError
        Where shapes do not match, or for what `ThresholdSweep` does not take.
    """
    codes, values = _checked(truth, scores)
    values = adding_up(values)
    weights = _weights(weight)
    occurring = np.bincount(codes, weights=weights, minlength=values.shape[1]) > 0

    def row_of(place: int) -> tuple[float, ...]:
        if not occurring[place]:
            return _area_row(None)
        return _area_row(
            ThresholdSweep.from_scores(codes == place, np.ascontiguousarray(values[:, place]), weight=weights)
        )

    with ThreadPoolExecutor(_THREADS) as pool:  # numpy's sort lets go of the interpreter's lock
        return _from_rows(pool.map(row_of, range(values.shape[1])))


def micro_areas(
    truth: npt.ArrayLike,
    scores: npt.ArrayLike,
    *,
    weight: npt.ArrayLike | None = None,
    known: npt.NDArray[np.bool_] | None = None,
) -> Mapping[str, float]:
    """Areas over all decisions together: each case with each class (or label) is one decision.

    Parameters
    ----------
    truth : array_like, shape (n, K)
        1 where the class is the case's own, or the label applies.
    scores : array_like, shape (n, K)
    weight : array_like, shape (n,), optional
    known : ndarray of bool, shape (n, K), optional
        Where the truth is known; other decisions count nowhere.

    Returns
    -------
    mapping of str to float
        ``"roc_auc"`` and ``"average_precision"``.

    Examples
    --------
    >>> micro_areas([[1, 0], [0, 1], [0, 1]], [[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])["roc_auc"]
    0.8888888888888888
    """
    values = np.asarray(scores)
    each = None if weight is None else np.repeat(np.asarray(weight, dtype=np.float64), values.shape[1])
    own, scored = np.asarray(truth).ravel(), values.ravel()
    if known is not None:
        told = known.ravel()
        own, scored, each = own[told], scored[told], None if each is None else each[told]
    if not own.size or (each is not None and not each.any()):
        return {"roc_auc": math.nan, "average_precision": math.nan}
    sweep = ThresholdSweep.from_scores(own, scored, weight=each)
    return {"roc_auc": sweep.roc_auc, "average_precision": sweep.average_precision}


def pair_areas(truth: npt.ArrayLike, scores: npt.ArrayLike) -> Mapping[str, float]:
    """AUC of each pair of classes against each other, averaged over all pairs (Hand and Till).

    Parameters
    ----------
    truth : array_like of int, shape (n,)
    scores : array_like, shape (n, K)
        As in `areas_against_rest`.

    Returns
    -------
    mapping of str to float
        ``"macro"``: each pair alike; ``"weighted"``: each pair by its number of cases. nan for fewer than two
        classes with cases.

    References
    ----------
    D. J. Hand, R. J. Till, Machine Learning 45, 171-186 (2001), doi:10.1023/A:1010920819831.

    Examples
    --------
    >>> pair_areas([0, 1, 1], np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]]))["macro"]
    1.0
    """
    codes, values = _checked(truth, scores)
    values = adding_up(values)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(values.shape[1] + 1))
    rows = [order[a:b] for a, b in pairwise(starts)]
    pairs, sizes = [], []
    for one, two in combinations([place for place, mine in enumerate(rows) if mine.size], 2):
        mine = np.concatenate((rows[one], rows[two]))
        of_one = np.arange(mine.size) < rows[one].size
        both = (
            ThresholdSweep.from_scores(truth_of, values[mine, place]).roc_auc
            for truth_of, place in ((of_one, one), (~of_one, two))
        )
        pairs.append(sum(both) / 2)
        sizes.append(mine.size)
    if not pairs:
        return {"macro": math.nan, "weighted": math.nan}
    return {"macro": float(np.mean(pairs)), "weighted": float(np.average(pairs, weights=sizes))}


def top_k_accuracy(
    truth: npt.ArrayLike, scores: npt.ArrayLike, k: int, *, weight: npt.ArrayLike | None = None
) -> float:
    """Share of cases whose class is among the k with the highest scores.

    Of equal scores the class that comes first ranks higher, as in the arg max: top 1 is the accuracy.

    Parameters
    ----------
    truth : array_like of int, shape (n,)
    scores : array_like, shape (n, K)
    k : int
        At least 1.
    weight : array_like, shape (n,), optional

    Raises
    ------
    InputError
        Where k is below 1 or shapes do not match.

    Examples
    --------
    >>> top_k_accuracy([0, 1, 2], np.array([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2], [0.5, 0.3, 0.2]]), 2)
    0.6666666666666666
    """
    return top_k_accuracies(truth, scores, (k,), weight=weight)[k]


def top_k_accuracies(
    truth: npt.ArrayLike, scores: npt.ArrayLike, ks: Sequence[int], *, weight: npt.ArrayLike | None = None
) -> Mapping[int, float]:
    """Top-k accuracy for several k, ranking the classes of each case once.

    Examples
    --------
    >>> top_k_accuracies([0, 1], np.array([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2]]), (1, 2))
    {1: 0.5, 2: 1.0}
    """
    if min(ks) < 1:
        raise InputError(f"k must be at least 1, got {min(ks)}")
    codes, values = _checked(truth, scores)
    own = np.take_along_axis(values, codes[:, None], axis=1)
    ahead = (values > own).sum(axis=1)
    ahead += ((values == own) & (np.arange(values.shape[1]) < codes[:, None])).sum(axis=1)
    weights = _weights(weight)
    return {k: float(np.average(ahead < k, weights=weights)) for k in ks}


def class_log_loss(
    truth: npt.ArrayLike, probabilities: npt.ArrayLike, *, weight: npt.ArrayLike | None = None
) -> float:
    """Mean of minus the natural logarithm of the probability that was given to the actual class.

    Probabilities are held 2.2e-16 away from 0 and 1 (as in scikit-learn), so that one mistake of a model that
    is quite sure does not make it infinite.

    Parameters
    ----------
    truth : array_like of int, shape (n,)
    probabilities : array_like, shape (n, K)
    weight : array_like, shape (n,), optional

    Examples
    --------
    >>> round(class_log_loss([1], np.array([[0.23, 0.63, 0.14]])), 3)
    0.462
    """
    codes, values = _checked(truth, probabilities)
    own = np.take_along_axis(values, codes[:, None], axis=1)[:, 0].astype(np.float64)
    held = np.clip(own, SMALLEST, 1 - SMALLEST)
    return float(np.average(-np.log(held), weights=_weights(weight)))
