"""Cumulative gain and lift: what flagging the highest scores first brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import plotly.graph_objects as go

from evalcore.figures.curves.picture import FLAGGED_SHARE, RECALL, Axis, CurvePicture, curve_figure
from evalcore.figures.curves.reference import DIAGONAL, ReferenceLabel, ReferenceLine, prevalences
from evalcore.figures.style import LIGHT, Palette
from evalcore.metrics.rates.confusion import divide
from evalcore.metrics.sweep.thinning import ThinSweep

__all__ = ["GAIN", "LIFT", "gain_figure", "lift_figure"]


def _perfect_gain(sweeps: Mapping[str, ThinSweep]) -> Iterator[ReferenceLine]:
    yield DIAGONAL
    for share in filter(None, prevalences(sweeps)):
        yield ReferenceLine([0, share, 1], [0, 1, 1])


def _perfect_lift(sweeps: Mapping[str, ThinSweep]) -> Iterator[ReferenceLine]:
    """A perfect model: as high as the prevalence allows until all positives are flagged."""
    yield ReferenceLine([0, 1], [1, 1])
    for share in filter(None, prevalences(sweeps)):
        flagged = np.linspace(share, 1, 80)
        yield ReferenceLine(np.append(0, flagged), 1 / np.append(share, flagged))


GAIN = CurvePicture(
    title="Cumulative gain",
    x=FLAGGED_SHARE,
    y=RECALL,
    coordinates=lambda points: (points.predicted_positive_rate, points.recall),
    hover="Flagging %{x:.1%} of all cases<br>catches %{y:.1%} of the positives",
    lines=_perfect_gain,
    labels=lambda _: [ReferenceLabel(0.6, 0.58, "flagging at random")],
)

LIFT = CurvePicture(
    title="Lift",
    x=FLAGGED_SHARE,
    y=Axis("Lift", "times as many positives as at random", {"rangemode": "tozero", "ticksuffix": "×"}),
    coordinates=lambda points: (
        points.predicted_positive_rate,
        divide(points.precision, points.prevalence),
    ),
    hover="Flagging %{x:.1%} of all cases<br>finds %{y:.2f} times as many positives as at random",
    lines=_perfect_lift,
    labels=lambda _: [ReferenceLabel(0.02, 1, "flagging at random")],
)


def gain_figure(
    sweeps: Mapping[str, ThinSweep],
    *,
    thresholds: Mapping[str, float] | None = None,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw the share of positives that is caught against the share of all cases that is flagged.

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

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> gain_figure({"forest": sweep.thin()}).layout.title.text
    'Cumulative gain'
    """
    return curve_figure(GAIN, sweeps, thresholds=thresholds, palette=palette)


def lift_figure(
    sweeps: Mapping[str, ThinSweep],
    *,
    thresholds: Mapping[str, float] | None = None,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw how many times more positives are among the flagged cases than among all.

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

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> lift_figure({"forest": sweep.thin()}).layout.title.text
    'Lift'
    """
    return curve_figure(LIFT, sweeps, thresholds=thresholds, palette=palette)
