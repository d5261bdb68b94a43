"""Confidence interval of the area under the ROC curve, after DeLong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore.metrics.rates.proportions import normal_quantile
from evalcore.metrics.sweep.curves import in_range
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = ["AucInterval", "delong"]

CountArray: TypeAlias = npt.NDArray[Any]

# Chosen by simulation: see the notes of `delong`.
_PRIOR_CASES = 10.0
_PRIOR_RATIO = 1.4


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
    """Area under the ROC curve with DeLong's variance and a score interval that serves few cases too.

    DeLong's variance comes from the placements (for each positive, the share of negatives that score lower, ties
    one half; and the other way about) in one pass over the sweep, as in Sun & Xu's algorithm after its sort. Few
    cases, or an AUC near 1, tell little of it, and nothing where the classes do not overlap. So the limits are
    the AUCs t that are as far from the estimate as their own standard error allows (Mee's and Newcombe's way):
    (estimate - t)^2 = z^2 r V(t). V is Newcombe's closed variance (method 5), which depends on t and the cases
    of each class alone; r is DeLong's variance divided by V at the estimate, drawn towards 1.4 (or towards
    itself where it is more) as if ten cases had said so, against the informative ones, 4 AUC (1 - AUC) of
    the smaller class. With many cases r is DeLong's.

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
    Measured in 280 settings (classes of 5 to 200 cases, the smaller one of 5 to 40; AUC 0.6 to 0.98; normal
    scores of equal spread, twice and half of it, and five levels of score), 800 to 1,500 draws each: nominal 95 %
    covered 92.9 to 100 % of them, 97.6 % on average; so few cases are told a little too carefully. DeLong's
    variance with limits on the logit scale covered 74 to 99 %, Newcombe's method 5 alone 85 to 100 %.

    With weights, placements are weighted means and each class counts as Kish's effective number of its cases: an
    approximation, exact where all weights are equal.

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845, doi:10.2307/2531595;
    Sun & Xu (2014), IEEE Signal Process. Lett. 21, 1389-1393, doi:10.1109/LSP.2014.2337313;
    Mee (1990), J. Am. Stat. Assoc. 85, 793-800, doi:10.1080/01621459.1990.10474942;
    Newcombe (2006), Stat. Med. 25, 559-573, doi:10.1002/sim.2324.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> result = delong(ThresholdSweep.from_scores([0, 0, 1, 1, 0, 1], [0.1, 0.4, 0.35, 0.8, 0.2, 0.7]))
    >>> round(result.auc, 4), round(result.low, 4), round(result.high, 4)
    (0.8889, 0.3404, 0.991)
    """
    z = normal_quantile(confidence)
    positives, negatives = float(sweep.positives), float(sweep.negatives)
    if not (positives > 0 and negatives > 0):
        return AucInterval(
            math.nan, math.nan, math.nan, math.nan, confidence, "undefined: one class has no cases"
        )
    # Walk along the class with fewer rows: the other one's cases lie in the gaps between them.
    few_are_positive = positives <= negatives
    few, many = in_range(sweep.true_positives), in_range(sweep.false_positives)
    sizes = positives / sweep.mean_weights[0], negatives / sweep.mean_weights[1]
    if not few_are_positive:
        few, many, sizes = many, few, sizes[::-1]
    auc = float(sweep.roc_auc)
    few_square, many_square = _placement_squares(few, many, 1 - auc if few_are_positive else auc)
    if min(sizes) <= 1:
        return AucInterval(
            auc, math.nan, math.nan, math.nan, confidence, "undefined: fewer than two cases of a class"
        )
    variance = few_square / (sizes[0] - 1) + many_square / (sizes[1] - 1)
    inside = 1e-12 < auc < 1 - 1e-12  # else no overlap, up to the rounding of weights
    told = variance / _newcombe_variance(auc, *sizes) if inside else 1.0
    informative = 4 * auc * (1 - auc) * min(sizes)
    ratio = (_PRIOR_CASES * max(_PRIOR_RATIO, told) + informative * told) / (_PRIOR_CASES + informative)
    low, high = (_limit(auc, end, z * z * ratio, sizes) for end in (0.0, 1.0))
    return AucInterval(
        auc, low, high, variance if inside else 0.0, confidence, "DeLong, Newcombe's score limits"
    )


def _newcombe_variance(auc: float, first: float, second: float) -> float:
    """Variance of an AUC by its size and the cases of each class (Newcombe 2006, method 5)."""
    more = (first + second) / 2 - 1
    return auc * (1 - auc) * (1 + more * (1 - auc) / (2 - auc) + more * auc / (1 + auc)) / (first * second)


def _limit(auc: float, end: float, reach: float, sizes: tuple[float, float]) -> float:
    """The value between the estimate and 0 or 1 at which the distance is `reach` variances, by halving."""
    outer, inner = end, auc
    for _ in range(60):
        middle = (outer + inner) / 2
        if (auc - middle) ** 2 > reach * _newcombe_variance(middle, *sizes):
            outer = middle
        else:
            inner = middle
    return inner


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
