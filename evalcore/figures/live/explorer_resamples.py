"""What the explorer is told of resamples: bands of its curves and rates, and where they put a chosen threshold."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.terms import Constraint, Costs
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.rates.proportions import Interval
from evalcore.metrics.uncertainty.bootstrap import BootstrapSweeps
from evalcore.metrics.uncertainty.chosen import choose_in_resamples
from evalcore.metrics.uncertainty.priced import cost_in_resamples
from evalcore.metrics.uncertainty.promised import Outcome, promised_and_kept
from evalcore.numbers import UNDEFINED

__all__ = ["costs_told", "drawing_told", "resamples_told"]

#: Rates whose intervals are told, in order: those with a closed formula beside some that have none.
_RATES = ("recall", "precision", "f1", "accuracy", "matthews_corrcoef", "cohen_kappa", "g_mean")
#: Rates are told at so many thresholds; curves have bands at so many places.
_MOST_THRESHOLDS = 400
_GRID = np.linspace(0.0, 1.0, 101)
#: The curve of costs is as wide as the histogram.
_MOST_PRICED = 240
#: Of fewer groups a draw of groups says little (Cameron, Gelbach & Miller 2008, Rev. Econ. Stat. 90, 414-427).
_FEW_GROUPS = 30


def resamples_told(found: BootstrapSweeps, goal: str, *, costs: Costs | None = None) -> dict[str, Any]:
    """Return bands, rates, the places of a goal's threshold, and what it keeps on rows left out, JSON-ready.

    Parameters
    ----------
    found : BootstrapSweeps
    goal : str
        Whose threshold is chosen anew in every resample.
    costs : Costs, optional
        For ``cost``, where the goal states none.

    Examples
    --------
    >>> from evalcore.metrics.uncertainty.bootstrap import bootstrap
    >>> told = resamples_told(bootstrap([0, 0, 1, 1] * 20, [0.1, 0.4, 0.35, 0.8] * 20, resamples=200), "max f1")
    >>> told["rates"]["exact"], len(told["rates"]["thresholds"]), told["chosen"]["feasible"]
    (True, 4, 1.0)
    """
    bins = len(found.thresholds)
    places = _some_places(bins, _MOST_THRESHOLDS)
    points = found.confusion[:, places]
    wanted = Goal.parse(goal)
    chosen = choose_in_resamples(found, wanted, costs=costs)
    outcomes: tuple[Outcome, ...] = ()
    if found.left_out is not None and chosen.feasible > 0:
        outcomes = promised_and_kept(found, wanted, costs=costs, chosen=chosen)
    low, high = chosen.middle or (0.0, 0.0)
    area, precision = found.interval(found.roc_auc), found.interval(found.average_precision)
    return {
        "problem": "",
        "resamples": found.resamples,
        "roc": {"x": _GRID.tolist(), **_ends(found.roc_band(_GRID))},
        "pr": {"x": _GRID[1:].tolist(), **_ends(found.precision_band(_GRID[1:]))},
        "roc_auc": [float(area.low), float(area.high)],
        "average_precision": [float(precision.low), float(precision.high)],
        "rates": {
            "thresholds": found.thresholds[places].astype(float).tolist(),
            "exact": len(places) == bins,
            "bands": {
                name: {
                    "label": METRICS[name].label,
                    "coefficient": METRICS[name].bounds[0] < 0,
                    **_ends(found.interval(points.value(name))),
                }
                for name in _RATES
            },
        },
        "chosen": {
            "what": goal,
            "thresholds": chosen.thresholds.tolist(),
            "low": low,
            "high": high,
            "feasible": chosen.feasible,
            "kept": [_kept(each) for each in outcomes],
            "sure": any(each.confidence is not None for each in wanted.constraints),
        },
    }


def _kept(outcome: Outcome) -> dict[str, Any]:
    """What a goal promises of one thing and what it keeps, spelt as the goal spells it."""
    wanted = outcome.wanted
    promised, kept = outcome.means
    low, high = outcome.middle
    return {
        "label": str(wanted)
        if isinstance(wanted, Constraint) or wanted.parameter is not None
        else wanted.measure.label,
        "promised": _spelt(outcome, promised),
        "kept": _spelt(outcome, kept),
        "low": _spelt(outcome, low),
        "high": _spelt(outcome, high),
        "holds": None if np.isnan(outcome.holds) else outcome.holds,
    }


def _spelt(outcome: Outcome, value: float) -> str:
    return UNDEFINED if np.isnan(value) else outcome.wanted.spell(value)


def costs_told(
    found: BootstrapSweeps,
    costs: Costs,
    *,
    per_flagged: float = 0.0,
    amounts: BootstrapSweeps | None = None,
) -> dict[str, Any]:
    """Return the band of the cost of a case, and the middle 95 % of the cheapest thresholds, JSON-ready.

    Parameters
    ----------
    found, costs, per_flagged, amounts
        As `cost_in_resamples`.

    Examples
    --------
    >>> from evalcore.metrics.uncertainty.bootstrap import bootstrap
    >>> drawn = bootstrap([0, 0, 1, 1] * 20, [0.1, 0.4, 0.35, 0.8] * 20, resamples=200)
    >>> told = costs_told(drawn, Costs(fp=1, fn=5))
    >>> told["thresholds"], told["interval"]
    ([0.8, 0.4, 0.35, 0.1], {'low': 0.35, 'high': 0.35})
    """
    places = _some_places(len(found.thresholds), _MOST_PRICED)
    priced = cost_in_resamples(found, costs, per_flagged=per_flagged, amounts=amounts)
    low, high = priced.cheapest
    return {
        "resamples": found.resamples,
        "thresholds": found.thresholds[places].astype(float).tolist(),
        "band": _ends(priced.band(places), digits=9),
        "interval": {"low": low, "high": high},
    }


def drawing_told(together: str, groups: int) -> dict[str, Any]:
    """Return what was drawn: groups of a column, or rows where it names none.

    Examples
    --------
    >>> drawing_told("patient", 12)["few"], drawing_told("", 0)["few"]
    (True, False)
    """
    return {"together": together, "groups": groups, "few": bool(together) and groups < _FEW_GROUPS}


def _some_places(bins: int, most: int) -> npt.NDArray[np.intp]:
    """Places among the bins, evenly over all of them, both ends included."""
    return np.unique(np.linspace(0, bins - 1, min(bins, most)).astype(np.intp))


def _ends(band: Interval, *, digits: int = 5) -> dict[str, list[float | None]]:
    """Both ends of an interval, rounded as no picture can tell; null where it is not defined."""
    return {
        name: [None if np.isnan(each) else round(float(each), digits) for each in np.atleast_1d(values)]
        for name, values in (("low", band.low), ("high", band.high))
    }
