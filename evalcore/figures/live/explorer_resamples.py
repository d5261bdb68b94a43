"""What the explorer is told of resamples: bands of its curves and rates, and where they put a chosen threshold."""

from __future__ import annotations

from typing import Any

import numpy as np

from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.rates.proportions import Interval
from evalcore.metrics.uncertainty.bootstrap import BootstrapSweeps
from evalcore.metrics.uncertainty.chosen import choose_in_resamples

__all__ = ["resamples_told"]

#: Rates whose intervals are told, in order: those with a closed formula beside some that have none.
_RATES = ("recall", "precision", "f1", "accuracy", "matthews_corrcoef", "cohen_kappa", "g_mean")
#: Rates are told at so many thresholds; curves have bands at so many places.
_MOST_THRESHOLDS = 400
_GRID = np.linspace(0.0, 1.0, 101)


def resamples_told(found: BootstrapSweeps, goal: str) -> dict[str, Any]:
    """Return bands, rates and the places of a goal's threshold, JSON-ready.

    Parameters
    ----------
    found : BootstrapSweeps
    goal : str
        Whose threshold is chosen anew in every resample.

    Examples
    --------
    >>> from evalcore.metrics.uncertainty.bootstrap import bootstrap
    >>> told = resamples_told(bootstrap([0, 0, 1, 1] * 20, [0.1, 0.4, 0.35, 0.8] * 20, resamples=200), "max f1")
    >>> told["rates"]["exact"], len(told["rates"]["thresholds"]), told["chosen"]["feasible"]
    (True, 4, 1.0)
    """
    bins = len(found.thresholds)
    places = np.unique(np.linspace(0, bins - 1, min(bins, _MOST_THRESHOLDS)).astype(int))
    points = found.confusion[:, places]
    chosen = choose_in_resamples(found, goal)
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
        },
    }


def _ends(band: Interval) -> dict[str, list[float | None]]:
    """Both ends of an interval, rounded as no picture can tell; null where it is not defined."""
    return {
        name: [None if np.isnan(each) else round(float(each), 5) for each in np.atleast_1d(values)]
        for name, values in (("low", band.low), ("high", band.high))
    }
