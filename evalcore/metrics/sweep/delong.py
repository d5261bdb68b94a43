"""Confidence interval of the area under the ROC curve, after DeLong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore.metrics.rates.proportions import normal_quantile
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = ["AucInterval", "delong"]

CountArray: TypeAlias = npt.NDArray[Any]


@dataclass(frozen=True)
class AucInterval:
    """The area under a ROC curve with its confidence interval.

    Parameters
    ----------
    auc : float
        Chance that a random positive scores above a random negative, ties counting one half.
    low, high : float
        Limits, within [0, 1]; nan with fewer than two cases of a class.
    variance : float
        DeLong's estimate of the variance of `auc`.
    confidence : float
        For example 0.95.
    method : str
        How the limits were found.
    """

    auc: float
    low: float
    high: float
    variance: float
    confidence: float
    method: str


def delong(sweep: ThresholdSweep, *, confidence: float = 0.95) -> AucInterval:
    """Area under the ROC curve with DeLong's variance and an interval on the logit scale.

    The variance comes from the placements (for each positive, the share of negatives that score
    lower, ties one half; and the other way about) in one pass over the sweep, as in Sun & Xu's
    algorithm after its sort. Limits are normal on the logit of the AUC: near 1, where plain
    limits cover far too seldom (0.85 in place of 0.95 for AUC 0.98 and 50 + 50 cases), they keep
    close to what they say. Without any overlap of the classes DeLong's variance is 0: pairing
    the smaller class with cases of the other gives that many independent pairs, all in
    the right order, and so Clopper-Pearson's limit.

    Parameters
    ----------
    sweep : ThresholdSweep
    confidence : float, default 0.95

    Returns
    -------
    AucInterval
        All nan without cases of both classes.

    Notes
    -----
    With weights, placements are weighted means and each class counts as its share of the sweep's
    effective size: an approximation, exact where all weights are equal.

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845, doi:10.2307/2531595;
    Sun & Xu (2014), IEEE Signal Process. Lett. 21, 1389-1393, doi:10.1109/LSP.2014.2337313.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> result = delong(ThresholdSweep.from_scores([0, 0, 1, 1, 0, 1], [0.1, 0.4, 0.35, 0.8, 0.2, 0.7]))
    >>> round(result.auc, 4), round(result.low, 4), round(result.high, 4)
    (0.8889, 0.2614, 0.9945)
    """
    z = normal_quantile(confidence)
    positives, negatives = float(sweep.positives), float(sweep.negatives)
    if not (positives > 0 and negatives > 0):
        return AucInterval(
            math.nan, math.nan, math.nan, math.nan, confidence, "undefined: one class has no cases"
        )
    # Walk along the class with fewer rows: the other one's cases lie in the gaps between them.
    few_are_positive = positives <= negatives
    few, many = sweep.true_positives, sweep.false_positives
    if not few_are_positive:
        few, many = many, few
    auc = float(sweep.roc_auc)
    few_square, many_square = _placement_squares(few, many, 1 - auc if few_are_positive else auc)
    shrink = float(sweep.effective_size) / (positives + negatives)
    few_size, many_size = shrink * min(positives, negatives), shrink * max(positives, negatives)
    if few_size <= 1:
        return AucInterval(
            auc, math.nan, math.nan, math.nan, confidence, "undefined: fewer than two cases of a class"
        )
    variance = few_square / (few_size - 1) + many_square / (many_size - 1)
    if min(auc, 1 - auc) < 1e-12:  # no overlap, up to the rounding of weights
        reach = ((1 - confidence) / 2) ** (1 / few_size)
        low, high = (reach, 1.0) if auc > 0.5 else (0.0, 1 - reach)
        return AucInterval(auc, low, high, 0.0, confidence, "Clopper-Pearson on pairs (no overlap)")
    logit, half = math.log(auc / (1 - auc)), z * math.sqrt(variance) / (auc * (1 - auc))
    low, high = (0.5 + 0.5 * math.tanh(limit / 2) for limit in (logit - half, logit + half))
    return AucInterval(auc, low, high, variance, confidence, "DeLong, logit limits")


def _placement_squares(few: CountArray, many: CountArray, mean: float) -> tuple[float, float]:
    """Mean square deviation of the placements of the class `few`, and of those of the class `many`.

    Both are cumulative over the distinct scores, descending. A placement is the share of the other
    class that scores higher, ties one half; `mean` is that of `few`, and 1 - `mean` that of `many`.
    """
    few_total, many_total = float(few[-1]), float(many[-1])
    few_after, many_before, many_after = _steps(few, many)
    few_edges = np.concatenate(([0.0], few_after))
    # einsum, not `@`: for a dot product BLAS wakes threads, which costs ten times the work itself.
    placed = many_before + many_after
    placed -= 2 * mean * many_total
    few_square = np.einsum("i,i,i", np.diff(few_edges), placed, placed) / (4 * few_total * many_total**2)
    # The class `many` in the gaps between the steps: there all its cases share one placement.
    gaps = np.append(many_before, many_total)
    gaps[1:] -= many_after
    few_edges -= (1 - mean) * few_total
    many_square = np.einsum("i,i,i", gaps, few_edges, few_edges)
    if many_before is not many_after:
        tied, middles = many_after - many_before, (few_edges[:-1] + few_edges[1:]) / 2
        many_square += np.einsum("i,i,i", tied, middles, middles)
    return float(few_square), float(many_square / (many_total * few_total**2))


def _steps(few: CountArray, many: CountArray) -> tuple[CountArray, CountArray, CountArray]:
    """Where the class `few` has cases: its count from there on, and that of `many` before and from there on.

    The latter two are one array where no case of `many` has such a score.
    """
    found = np.flatnonzero(few[1:] != few[:-1]) + 1
    if few[0] > 0:
        found = np.concatenate(([0], found))
    if few.dtype.kind == "i" and len(few) == few[-1] + many[-1]:
        # One row, one case: the row's number says all, and nothing has to be gathered.
        few_after = np.arange(1.0, len(found) + 1)
        between = found - few_after
        between += 1
        return few_after, between, between
    many_before = np.where(found > 0, many[found - 1], 0)
    return few[found].astype(float), many_before.astype(float), many[found].astype(float)
