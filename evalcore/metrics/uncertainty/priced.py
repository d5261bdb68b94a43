"""What thresholds cost in every resample: the band of the cost curve, and where the least is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.metrics.goals.solving import first_least
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.rates.confusion import divide
from evalcore.metrics.rates.proportions import Interval
from evalcore.metrics.uncertainty.bootstrap import BootstrapSweeps
from evalcore.metrics.uncertainty.chosen import middle_of

__all__ = ["ResampledCosts", "cost_in_resamples"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ResampledCosts:
    """The cost of a case at every threshold, in every resample.

    Parameters
    ----------
    found : BootstrapSweeps
    per_case : ndarray of float64, shape (r, b)
    """

    found: BootstrapSweeps
    per_case: Floats

    def band(self, places: npt.NDArray[np.intp] | None = None, *, confidence: float = 0.95) -> Interval:
        """Return the percentile interval of the cost of a case, at all thresholds or at some (pointwise)."""
        return self.found.interval(
            self.per_case if places is None else self.per_case[:, places], confidence=confidence
        )

    @property
    def cheapest(self) -> tuple[float, float]:
        """The ends of the middle 95 % of the thresholds that resamples find the cheapest."""
        return middle_of(self.found.thresholds[first_least(self.per_case)].astype(float))


def cost_in_resamples(
    found: BootstrapSweeps,
    costs: Costs,
    *,
    per_flagged: float = 0.0,
    amounts: BootstrapSweeps | None = None,
) -> ResampledCosts:
    """Return what every threshold costs in every resample.

    Parameters
    ----------
    found : BootstrapSweeps
    costs : Costs
    per_flagged : float, default 0
        A fixed cost of each flagged case beside.
    amounts : BootstrapSweeps, optional
        The same resamples of the same rows (the same seed), weighted by the amounts of the cases; then `costs` are
        factors of a case's amount. `found` must be drawn by its rows' weights too, as counts alone are drawn otherwise.

    Examples
    --------
    >>> from evalcore.metrics.uncertainty.bootstrap import bootstrap
    >>> drawn = bootstrap([0, 0, 1, 1] * 20, [0.1, 0.4, 0.35, 0.8] * 20, resamples=200)
    >>> priced = cost_in_resamples(drawn, Costs(fp=1, fn=5))
    >>> band = priced.band()
    >>> bool(band.low[2] < 0.25 < band.high[2]), priced.cheapest[1]
    (True, 0.35)
    """
    flagged = found.true_positives + found.false_positives
    total = np.asarray(costs.of((found if amounts is None else amounts).confusion), dtype=float)
    if per_flagged:
        total = total + per_flagged * flagged
    return ResampledCosts(found, divide(total, flagged[:, -1:]))
