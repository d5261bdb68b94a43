"""The operating points that can be the cheapest for some costs: the corners of the sweep's convex hull."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evalcore.metrics.goals.operating_point import points_at
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = ["hull_rows", "upper_chain"]

Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]


def hull_rows(sweep: ThresholdSweep) -> Rows:
    """Return the corners of the convex hull of all points (false alarms, caught), as rows of `points_at`.

    Whatever the four outcomes cost, gains included, and at whatever prevalence: the least cost over all thresholds
    is that of one of these rows (a linear function is least at a corner).

    References
    ----------
    Provost & Fawcett (2001), Mach. Learn. 42, 203-231, doi:10.1023/A:1007601015854.

    Examples
    --------
    >>> hull_rows(ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).tolist()
    [0, 1, 3, 4]
    """
    rows = np.arange(len(sweep) + 1)
    points = points_at(sweep, rows)
    x, y = np.asarray(points.fp, dtype=float), np.asarray(points.tp, dtype=float)
    return np.union1d(upper_chain(x, y), upper_chain(x, -y))


def upper_chain(x: Floats, y: Floats) -> Rows:
    """Return the corners of the upper chain of points that go from the lower left to the upper right."""
    kept = np.arange(len(x))
    while True:
        # What lies under the line between its neighbours is no corner, whether they are corners or not.
        before, here, after = kept[:-2], kept[1:-1], kept[2:]
        turns = (x[here] - x[before]) * (y[after] - y[here]) - (y[here] - y[before]) * (x[after] - x[here])
        corner = np.concatenate(([True], turns < 0, [True])) if len(kept) > 2 else np.ones(len(kept), bool)
        if corner.all():
            return kept
        kept = kept[corner]
