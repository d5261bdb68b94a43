"""What deciding by lot between models would give: the convex hull of all their ROC points."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evalcore.metrics.comparing.roc_regions import best_recall
from evalcore.metrics.deciding.hull import upper_chain
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = ["HullCorner", "Mixing", "mixing"]


@dataclass(frozen=True)
class HullCorner:
    """An operating point that no mixture of others beats.

    Parameters
    ----------
    model : str
        Empty at the two ends, where nothing or everything is called.
    threshold : float
    false_positive_rate, recall : float
    """

    model: str
    threshold: float
    false_positive_rate: float
    recall: float


@dataclass(frozen=True)
class Mixing:
    """The hull of several models, and where mixing gains the most.

    Parameters
    ----------
    corners : tuple of HullCorner
        From calling nothing to calling everything.
    roc_auc : float
        Area under the hull.
    before, after : HullCorner
        Of which two to decide by lot.
    share : float
        The share of cases that `after` decides.
    false_positive_rate, recall, alone : float
        What that comes to on average, and what the best single threshold catches for as many false alarms.
    """

    corners: tuple[HullCorner, ...]
    roc_auc: float
    before: HullCorner
    after: HullCorner
    share: float
    false_positive_rate: float
    recall: float
    alone: float


def mixing(sweeps: Mapping[str, ThresholdSweep]) -> Mixing:
    """Find the convex hull of all models' operating points, and the mixture that gains the most over one alone.

    Deciding each case by lot between two operating points gives every point of the line between them. These rows
    chose the corners, so that on other rows the hull is a little lower.

    Parameters
    ----------
    sweeps : mapping of str to ThresholdSweep
        Judged on the same rows, with cases of both classes.

    References
    ----------
    Provost & Fawcett (2001), Mach. Learn. 42, 203-231, doi:10.1023/A:1007601015854.

    Examples
    --------
    >>> truth = [0, 0, 0, 0, 1, 1, 1, 1]
    >>> early = ThresholdSweep.from_scores(truth, [1, 2, 6, 5, 8, 7, 4, 3])
    >>> late = ThresholdSweep.from_scores(truth, [1, 2, 3, 8, 7, 6, 5, 4])
    >>> found = mixing({"early": early, "late": late})
    >>> [each.model for each in found.corners], found.roc_auc, round(found.recall - found.alone, 3)
    (['', 'early', 'late', ''], 0.9375, 0.498)
    """
    names = list(sweeps)
    owner, score, x, y = [np.array([-1])], [np.array([math.inf])], [np.array([0.0])], [np.array([0.0])]
    for place, sweep in enumerate(sweeps.values()):
        rows = sweep.corners
        owner.append(np.full(len(rows), place))
        score.append(sweep.thresholds[rows].astype(float))
        x.append(sweep.false_positives[rows] / float(sweep.negatives))
        y.append(sweep.true_positives[rows] / float(sweep.positives))
    for parts, last in ((owner, -1), (score, -math.inf), (x, 1.0), (y, 1.0)):
        parts.append(np.array([last]))
    owners, scores, fpr, tpr = (np.concatenate(each) for each in (owner, score, x, y))
    # To the right, and of one place the highest; the end comes last, for it decides nothing.
    order = np.lexsort((owners < 0, -tpr, fpr))
    order = order[np.append(True, tpr[order][1:] > np.maximum.accumulate(tpr[order])[:-1])]
    if fpr[order[-1]] < 1:
        order = np.append(order, len(owners) - 1)
    if fpr[order[0]] == 0 and owners[order[0]] >= 0:
        order = np.insert(order, 0, 0)
    kept = order[upper_chain(fpr[order], tpr[order])]
    corners = tuple(
        HullCorner(names[owners[each]] if owners[each] >= 0 else "", *map(float, (scores[each], fpr[each], tpr[each])))
        for each in kept
    )  # fmt: skip
    at = np.arange(1, 1000) / 1000
    hull = np.interp(at, fpr[kept], tpr[kept])
    alone = np.max([best_recall(each, at) for each in sweeps.values()], axis=0)
    best = int(np.argmax(hull - alone))
    right = int(np.searchsorted(fpr[kept], at[best], side="right"))
    right = min(max(right, 1), len(kept) - 1)
    before, after = corners[right - 1], corners[right]
    wide = after.false_positive_rate - before.false_positive_rate
    return Mixing(
        corners,
        float(np.trapezoid(tpr[kept], fpr[kept])),
        before,
        after,
        (float(at[best]) - before.false_positive_rate) / wide if wide else 1.0,
        float(at[best]),
        float(hull[best]),
        float(alone[best]),
    )
