"""What each case contributes to a figure: from it follow its variance, that of a difference, and that of clusters.

The influence of a case is the figure's derivative by the case's weight, times the weight: together they sum to 0, and
the sum of their squares is the figure's variance (the infinitesimal jackknife). Two models judged on the same rows
are compared by the difference of their influences, case by case: what both share cancels.

References
----------
Jaeckel (1972), The infinitesimal jackknife, Bell Laboratories memorandum MM 72-1215-11;
Efron (1982), The Jackknife, the Bootstrap and Other Resampling Plans, SIAM, chapter 6.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore.metrics.rates.confusion import Confusion
from evalcore.predictions.evaluation import FloatArray

__all__ = [
    "Influence",
    "area_influence",
    "deviation",
    "mean_influence",
    "precision_influence",
    "rate_influence",
]

Truth: TypeAlias = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Influence:
    """A figure, and what each case contributes to it.

    Parameters
    ----------
    value : float
    cases : ndarray of float64, shape (n,)
    """

    value: float
    cases: FloatArray


def deviation(influence: FloatArray, clusters: npt.NDArray[np.intp] | None = None) -> float:
    """The standard error that influences amount to; cases of one cluster (a patient) stand together.

    Parameters
    ----------
    influence : ndarray, shape (n,)
        Of a figure, or the difference of two figures' influences.
    clusters : ndarray of intp, shape (n,), optional
        The cluster of each case, numbered from 0.

    Examples
    --------
    >>> cases = mean_influence(np.array([0.0, 1.0, 1.0, 0.0]), np.ones(4)).cases
    >>> round(deviation(cases), 4), round(deviation(cases, np.array([0, 0, 1, 1])), 4)
    (0.2887, 0.0)
    """
    parts = influence if clusters is None else np.bincount(clusters, weights=influence)
    count = len(parts)
    if clusters is not None:
        # One for each case is in the influences themselves; of clusters there are fewer.
        return math.sqrt(float(parts @ parts) * count / (count - 1)) if count > 1 else math.nan
    return math.sqrt(float(parts @ parts))


def mean_influence(values: FloatArray, weight: FloatArray) -> Influence:
    """Of a weighted mean, such as a Brier score."""
    total = float(weight.sum())
    mean = float(weight @ values) / total
    return Influence(mean, weight * (values - mean) / total * _few(weight))


def area_influence(truth: Truth, score: npt.NDArray[Any], weight: FloatArray) -> Influence:
    """Of the area under the ROC curve: the placements of DeLong, so that its variance is DeLong's.

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845, doi:10.2307/2531595.
    """
    positive = truth == 1
    influence = np.zeros(len(truth))
    areas = []
    for side, other, sign in ((positive, ~positive, 1.0), (~positive, positive, -1.0)):
        order = np.argsort(score[other], kind="stable")
        ordered, below = score[other][order], np.r_[0.0, np.cumsum(weight[other][order])]
        places = [np.searchsorted(ordered, score[side], side=end) for end in ("left", "right")]
        lower = (below[places[0]] + below[places[1]]) / 2 / below[-1]
        placed = lower if sign > 0 else 1 - lower
        mine = weight[side]
        area = float(mine @ placed) / float(mine.sum())
        influence[side] = mine * (placed - area) / float(mine.sum()) * _few(mine)
        areas.append(area)
    return Influence(areas[0], influence)


def precision_influence(truth: Truth, score: npt.NDArray[Any], weight: FloatArray) -> Influence:
    """Of average precision, scikit-learn's sum over the steps of recall."""
    order = np.argsort(-score, kind="stable")
    last = np.r_[np.flatnonzero(np.diff(score[order])), len(order) - 1]
    step = np.searchsorted(last, np.arange(len(order)))
    hit = (truth == 1)[order]
    heavy = np.where(hit, weight[order], 0.0)
    tp = np.cumsum(heavy)[last]
    called = np.cumsum(weight[order])[last]
    gained = np.diff(np.r_[0.0, tp])
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.nan_to_num(tp / called)
        pulled = np.nan_to_num(gained / called**2)
    total = float(tp[-1])
    value = float(gained @ precision) / total
    # A case of a step counts in the precision of its own step and of all that follow.
    raised = np.cumsum((pulled * (called - tp))[::-1])[::-1]
    lowered = np.cumsum((pulled * tp)[::-1])[::-1]
    each = np.where(hit, precision[step] - value + raised[step], -lowered[step]) / total
    influence = np.empty(len(order))
    influence[order] = weight[order] * each
    return Influence(value, influence * _few(weight))


def rate_influence(metric: str, truth: Truth, called: npt.NDArray[np.bool_], weight: FloatArray) -> Influence:
    """Of a metric of the confusion matrix at a threshold that is held.

    Parameters
    ----------
    metric : str
        One that `Confusion` has.
    truth, called : ndarray, shape (n,)
    weight : ndarray of float64, shape (n,)

    Examples
    --------
    >>> truth, called = np.array([0, 0, 1, 1, 1]), np.array([False, True, True, True, False])
    >>> found = rate_influence("recall", truth, called, np.ones(5))
    >>> round(found.value, 3), found.cases.round(3).tolist()
    (0.667, [0.0, 0.0, 0.124, 0.124, -0.248])
    """
    cell = 2 * (truth == 1) + called
    counts: FloatArray = np.bincount(cell, weights=weight, minlength=4).astype(np.float64)
    value = _of_counts(metric, counts)
    slopes = np.array([_slope(metric, counts, each) for each in range(4)])
    return Influence(value, weight * slopes[cell] * _few(weight))


def _of_counts(metric: str, counts: FloatArray) -> float:
    return float(Confusion(*counts.tolist()).value(metric))


def _slope(metric: str, counts: FloatArray, cell: int) -> float:
    """The metric's derivative by one count: a metric does not change with the scale, so that a small step serves."""
    if not counts[cell]:
        return 0.0  # no case is there that could have an influence
    step = 1e-4 * float(counts[cell])
    ends: list[float] = []
    for sign in (1, -1):
        moved = counts.copy()
        moved[cell] += sign * step
        ends.append(_of_counts(metric, moved))
    return (ends[0] - ends[1]) / (2 * step)


def _few(weight: FloatArray) -> float:
    """What makes up for few cases: the root of n / (n - 1), with Kish's number of cases."""
    squares = float(weight @ weight)
    cases = float(weight.sum()) ** 2 / squares if squares else 0.0
    return math.sqrt(cases / (cases - 1)) if cases > 1 else math.nan
