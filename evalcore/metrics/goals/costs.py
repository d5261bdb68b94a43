"""What a threshold costs: money per outcome, amounts of single cases, and net benefit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.goals.operating_point import points_at, threshold_of_row
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.rates.confusion import Confusion, divide

if TYPE_CHECKING:
    from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = [
    "CostCurve",
    "DecisionCurve",
    "cost_curve",
    "decision_curve",
    "ratios_where_best",
    "theoretical_threshold",
]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CostCurve:
    """The total cost at every threshold.

    Parameters
    ----------
    thresholds : ndarray of float64, shape (m + 1,)
        From above the highest score (nothing is flagged) down to the lowest score (everything is).
    total : ndarray of float64, shape (m + 1,)
        In the currency of the costs.
    cases : float
        Cases that the total is of.
    best_threshold, best_total : float
        Where the total is least; of several such thresholds the highest.
    none_total, all_total : float
        Of the two lazy rules: flag nothing, flag everything.
    """

    thresholds: Floats
    total: Floats
    cases: float
    best_threshold: float
    best_total: float
    none_total: float
    all_total: float

    @property
    def per_case(self) -> Floats:
        """Expected cost of one case."""
        return self.total / self.cases


def cost_curve(
    sweep: ThresholdSweep,
    costs: Costs,
    *,
    per_flagged: float = 0.0,
    amounts: ThresholdSweep | None = None,
) -> CostCurve:
    """Return what every threshold costs.

    Parameters
    ----------
    sweep : ThresholdSweep
    costs : Costs
        Per case of each outcome.
    per_flagged : float, default 0
        A fixed cost of each flagged case beside, such as its review.
    amounts : ThresholdSweep, optional
        A sweep of the same scores whose weights are the amounts of the cases (each row's own value). Then `costs`
        are factors of the case's amount: with ``Costs(fp=0, fn=1)`` a miss costs what the case was worth.

    Returns
    -------
    CostCurve

    Raises
    ------
    InputError
        Where a cost is not finite.

    References
    ----------
    Elkan (2001), The foundations of cost-sensitive learning, IJCAI; Drummond & Holte (2006), Mach. Learn. 65,
    95-130, doi:10.1007/s10994-006-8199-5.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> curve = cost_curve(sweep, Costs(fp=1, fn=5))
    >>> curve.total.tolist(), curve.best_total
    ([10.0, 5.0, 6.0, 1.0, 2.0], 1.0)
    """
    if not all(map(math.isfinite, (costs.fp, costs.fn, costs.tp, costs.tn, per_flagged))):
        raise InputError("costs must be finite numbers")
    rows = np.arange(len(sweep) + 1)
    points = points_at(sweep, rows)
    flagged_cost = per_flagged * np.asarray(points.predicted_positives, dtype=float)
    if amounts is None:
        total = np.asarray(costs.of(points), dtype=float) + flagged_cost
    else:
        high = np.append(math.inf, sweep.thresholds.astype(float))
        total = np.asarray(costs.of(amounts.at(high)), dtype=float) + flagged_cost
    place = int(np.argmin(total))
    first = int(np.argmax(total <= total[place] + 1e-12 * max(1.0, abs(float(total[place])))))
    thresholds = np.append(math.inf, sweep.thresholds.astype(float))
    return CostCurve(
        thresholds,
        total,
        float(sweep.positives + sweep.negatives),
        threshold_of_row(sweep, first),
        float(total[first]),
        float(total[0]),
        float(total[-1]),
    )


def ratios_where_best(sweep: ThresholdSweep, threshold: float) -> tuple[float, float] | None:
    """Return the range of cost ratios (a miss over a false alarm) for which a threshold is the cheapest.

    It is the range of the slopes of the ROC curve's convex hull at the threshold's point, times the ratio of the
    classes (Provost & Fawcett 2001, Mach. Learn. 42, 203-231, doi:10.1023/A:1007601015854).

    Returns
    -------
    tuple of float or None
        The least and greatest ratio; None where another threshold is cheaper whatever the ratio.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> ratios_where_best(sweep, 0.3), ratios_where_best(sweep, 0.38)
    ((1.0, inf), None)
    """
    points = points_at(sweep, np.arange(len(sweep) + 1))
    here = sweep.at(threshold)
    gained = np.asarray(points.tp, dtype=float) - here.tp
    alarms = np.asarray(points.fp, dtype=float) - here.fp
    # Cheapest for ratio r where r * gained - alarms is above 0 nowhere.
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = alarms / gained
    low = float(np.max(slopes[gained < 0], initial=0.0)) + 0.0  # never −0
    high = float(np.min(slopes[gained > 0], initial=math.inf))
    same = (gained == 0) & (alarms < 0)
    return None if same.any() or low > high * (1 + 1e-12) else (low, high)


def theoretical_threshold(costs: Costs) -> float:
    """Return the probability from which flagging is cheaper than leaving alone, if probabilities are calibrated.

    (c_fp - c_tn) / (c_fp - c_tn + c_fn - c_tp), Elkan (2001), equation 2; nan where flagging never pays or always.

    Examples
    --------
    >>> theoretical_threshold(Costs(fp=1, fn=49))
    0.02
    """
    alarm, miss = costs.fp - costs.tn, costs.fn - costs.tp
    return alarm / (alarm + miss) if alarm > 0 and miss > 0 else math.nan


@dataclass(frozen=True, eq=False)
class DecisionCurve:
    """Net benefit over threshold probabilities.

    Parameters
    ----------
    probabilities : ndarray, shape (n,)
        Threshold probabilities, between 0 and 1.
    model, treat_all : ndarray, shape (n,)
        Net benefit of the model and of flagging everything, in true positives per case; of flagging nothing it is 0.
    """

    probabilities: Floats
    model: Floats
    treat_all: Floats


def decision_curve(sweep: ThresholdSweep, probabilities: npt.ArrayLike) -> DecisionCurve:
    """Return the decision curve of scores that are probabilities.

    Parameters
    ----------
    sweep : ThresholdSweep
        Of probabilities.
    probabilities : array_like, shape (n,)
        Above 0 and below 1.

    Raises
    ------
    InputError
        Where a threshold probability is not between 0 and 1.

    References
    ----------
    Vickers & Elkin (2006), Med. Decis. Making 26, 565-574, doi:10.1177/0272989X06295361.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> curve = decision_curve(sweep, [0.2, 0.5])
    >>> curve.model.tolist(), curve.treat_all.tolist()
    ([0.4375, 0.25], [0.375, 0.0])
    """
    at = np.asarray(probabilities, dtype=float)
    if not ((at > 0) & (at < 1)).all():
        raise InputError("threshold probabilities must lie between 0 and 1")
    points = sweep.at(at)
    return DecisionCurve(at, _net_benefit(points, at), _net_benefit(_all_flagged(sweep, at), at))


def _all_flagged(sweep: ThresholdSweep, at: Floats) -> Confusion:
    zero = np.zeros(at.shape)
    return Confusion(zero, zero + sweep.negatives, zero, zero + sweep.positives)


def _net_benefit(points: Confusion, chance: Floats) -> Floats:
    found: Floats = divide(points.tp - points.fp * (chance / (1 - chance)), points.total)
    return found
