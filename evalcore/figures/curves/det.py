"""The detection error trade-off: both kinds of error against each other, where good models part."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from evalcore.figures.curves.picture import Axis, CurvePicture, curve_figure
from evalcore.figures.curves.reference import ReferenceLine
from evalcore.figures.style import LIGHT, Palette
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.sweep.thinning import ThinSweep

__all__ = ["DET", "det_figure"]

Floats: TypeAlias = npt.NDArray[np.float64]

_NORMAL = NormalDist()
_TICKS = (1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999)


def _rates(points: Confusion) -> tuple[Floats, Floats]:
    return points.false_positive_rate, points.false_negative_rate


def _deviates(points: Confusion) -> tuple[Floats, Floats]:
    """Return the normal deviates of both rates; nan where a rate is 0, 1 or undefined."""
    x, y = (np.array([_quantile(share) for share in rate.tolist()]) for rate in _rates(points))
    return x, y


def _quantile(share: float) -> float:
    return _NORMAL.inv_cdf(share) if 0 < share < 1 else math.nan


def _range(values: Sequence[Floats]) -> tuple[float, float]:
    """Give the points some room; 1 % to 50 % where there are none."""
    present = np.concatenate([np.asarray(each, dtype=float) for each in values] or [np.array([])])
    if not len(present):
        return _quantile(0.01), _quantile(0.5)
    return float(present.min()) - 0.15, float(present.max()) + 0.15


_AXIS = {
    "tickvals": [_quantile(share) for share in _TICKS],
    "ticktext": [f"{100 * share:g}%" for share in _TICKS],
}

DET = CurvePicture(
    title="Error trade-off",
    x=Axis("False positive rate", "share of actual negatives that are flagged", _AXIS, _range),
    y=Axis("False negative rate", "share of actual positives that are missed", _AXIS, _range),
    coordinates=_deviates,
    hover="%{customdata[2]:.3~%} of positives missed<br>%{customdata[1]:.3~%} of negatives flagged",
    shown=_rates,
    # Equal rates of error: the diagonal in any stretch that treats both axes alike.
    lines=lambda _: [ReferenceLine([-6, 6], [-6, 6])],
)


def det_figure(
    sweeps: Mapping[str, ThinSweep],
    *,
    thresholds: Mapping[str, float] | None = None,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw the share of missed positives against the share of flagged negatives, on normal-deviate axes.

    Both axes are stretched by the quantile function of the normal distribution, so that normally
    distributed scores give straight lines and small error rates have room. Points without any
    error of one kind lie infinitely far out and are left out.

    Parameters
    ----------
    sweeps : mapping of str to ThinSweep
        Models by name, in the order of their colours.
    thresholds : mapping of str to float, optional
        Where each model's marker stands.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    References
    ----------
    Martin, Doddington, Kamm, Ordowski & Przybocki (1997), Eurospeech, 1895-1898.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> det_figure({"forest": sweep.thin()}).layout.title.text
    'Error trade-off'
    """
    return curve_figure(DET, sweeps, thresholds=thresholds, palette=palette)
