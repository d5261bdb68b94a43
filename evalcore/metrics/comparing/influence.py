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
    "Ranked",
    "area_influence",
    "deviation",
    "few_cases",
    "mean_influence",
    "precision_influence",
    "rate_slopes",
    "weighted_sum",
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
    parts = (
        influence
        if clusters is None
        else np.bincount(clusters, weights=influence).astype(np.float64, copy=False)
    )
    count = len(parts)
    if clusters is not None:
        # One for each case is in the influences themselves; of clusters there are fewer.
        return math.sqrt(weighted_sum(parts, parts) * count / (count - 1)) if count > 1 else math.nan
    return math.sqrt(weighted_sum(parts, parts))


def mean_influence(values: FloatArray, weight: FloatArray) -> Influence:
    """Of a weighted mean, such as a Brier score."""
    total = float(weight.sum())
    mean = weighted_sum(weight, values) / total
    return Influence(mean, weight * (values - mean) / total * few_cases(weight))


@dataclass(frozen=True, eq=False)
class Ranked:
    """Cases in descending order of score, which both areas are counted from: one sort serves both.

    Parameters
    ----------
    order : ndarray of intp, shape (n,)
        The cases, the highest score first; of equal scores in any order.
    ends : ndarray of intp, shape (m,)
        Where the last case of each distinct score stands among them.
    hit : ndarray of bool, shape (n,)
        Whether each is of the positive class.
    weight : ndarray of float64, shape (n,)
    """

    order: npt.NDArray[np.intp]
    ends: npt.NDArray[np.intp]
    hit: npt.NDArray[np.bool_]
    weight: FloatArray

    @classmethod
    def of(cls, truth: Truth, score: npt.NDArray[Any], weight: FloatArray) -> Ranked:
        """Sort the cases of one model."""
        order = np.argsort(-score)
        ordered = score[order]
        ends = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), len(order) - 1)
        return cls(order, ends, truth[order] == 1, weight[order])

    def through(self, weight: FloatArray) -> FloatArray:
        """Sum of weights from the highest score through each distinct one."""
        summed: FloatArray = np.cumsum(weight)[self.ends]
        return summed

    def for_cases(self, values: FloatArray) -> FloatArray:
        """Give every case what its distinct score has, in the order of the sort."""
        if len(self.ends) == len(self.order):
            return values
        found: FloatArray = np.repeat(values, np.diff(self.ends, prepend=-1))
        return found

    def back(self, sorted_values: FloatArray) -> FloatArray:
        """Put values back into the order in which the cases came."""
        found = np.empty(len(self.order))
        found[self.order] = sorted_values
        return found


def area_influence(ranked: Ranked) -> Influence:
    """Of the area under the ROC curve: the placements of DeLong, so that its variance is DeLong's.

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845, doi:10.2307/2531595.
    """
    mine = np.where(ranked.hit, ranked.weight, 0.0), np.where(ranked.hit, 0.0, ranked.weight)
    middles = []
    for heavy in mine:
        # Of the other class half of those that tie lie above.
        through = ranked.through(heavy)
        middles.append(ranked.for_cases((through + np.append(0.0, through[:-1])) / 2 / through[-1]))
    totals = [float(heavy.sum()) for heavy in mine]
    placed = np.where(ranked.hit, 1 - middles[1], middles[0])
    area = weighted_sum(mine[0], placed) / totals[0]
    few = [few_cases(heavy) for heavy in mine]
    factor = np.where(ranked.hit, few[0] / totals[0], few[1] / totals[1])
    return Influence(area, ranked.back(ranked.weight * (placed - area) * factor))


def precision_influence(ranked: Ranked) -> Influence:
    """Of average precision, scikit-learn's sum over the steps of recall."""
    tp = ranked.through(ranked.weight * ranked.hit)
    called = ranked.through(ranked.weight)
    gained = np.diff(tp, prepend=0.0)
    # Nothing is called as long as all weights are 0, and nothing gained.
    share = 1 / np.where(called > 0, called, 1.0)
    precision = tp * share
    pulled = gained * share * share
    total = float(tp[-1])
    value = weighted_sum(gained, precision) / total
    # A case of a step counts in the precision of its own step and of all that follow.
    raised = np.cumsum((pulled * (called - tp))[::-1])[::-1]
    lowered = np.cumsum((pulled * tp)[::-1])[::-1]
    hits, others = ranked.for_cases(precision - value + raised), ranked.for_cases(-lowered)
    influence = ranked.back(ranked.weight * np.where(ranked.hit, hits, others) / total)
    return Influence(value, influence * few_cases(ranked.weight))


def rate_slopes(metric: str, counts: Confusion) -> FloatArray:
    """Return a metric's derivative by each count: tn, fp, fn, tp."""
    held: FloatArray = np.array([counts.tn, counts.fp, counts.fn, counts.tp], dtype=np.float64)
    return np.array([_slope(metric, held, each) for each in range(4)])


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


def few_cases(weight: FloatArray) -> float:
    """Return what makes up for few cases: the root of n / (n - 1), with Kish's number of cases."""
    squares = weighted_sum(weight, weight)
    cases = float(weight.sum()) ** 2 / squares if squares else 0.0
    return math.sqrt(cases / (cases - 1)) if cases > 1 else math.nan


def weighted_sum(weight: FloatArray, values: npt.NDArray[Any]) -> float:
    """Return the sum of values, or of the cases that are chosen, each times its weight.

    Examples
    --------
    >>> weighted_sum(np.array([1.0, 2.0]), np.array([False, True]))
    2.0
    """
    # Not `@`: BLAS wakes threads for it, which costs ten times the work itself.
    return float(np.einsum("i,i", weight, values))
