"""Cumulative gain and lift: what flagging the highest scores first brings."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from evalcore.figures.curves.overlay import add_models, model_names
from evalcore.figures.curves.reference import SHARE_AXIS, add_reference_label, add_reference_line
from evalcore.figures.style import LIGHT, Palette, axis_title, layout
from evalcore.metrics.rates.confusion import divide
from evalcore.metrics.sweep.thinning import ThinSweep

__all__ = ["gain_figure", "lift_figure"]


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
    figure = go.Figure()
    names = model_names(sweeps)
    add_reference_line(figure, [0, 1], [0, 1], palette)
    for prevalence in _prevalences(sweeps):
        add_reference_line(figure, [0, prevalence, 1], [0, 1, 1], palette)
    add_models(
        figure,
        sweeps,
        palette,
        coordinates=lambda points: (points.predicted_positive_rate, points.recall),
        hover="Flagging %{x:.1%} of all cases<br>catches %{y:.1%} of the positives",
        names=names,
        thresholds=thresholds,
    )
    layout(
        figure,
        palette,
        title="Cumulative gain",
        subtitle="".join(names.values()) if len(names) == 1 else "",
        x=axis_title("Flagged share", "share of all cases that is flagged", palette),
        y=axis_title("Recall", "share of actual positives that are caught", palette),
    )
    figure.update_xaxes(SHARE_AXIS)
    figure.update_yaxes(SHARE_AXIS)
    add_reference_label(figure, 0.6, 0.58, "flagging at random", palette)
    return figure


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
    figure = go.Figure()
    names = model_names(sweeps)
    add_reference_line(figure, [0, 1], [1, 1], palette)
    for prevalence in _prevalences(sweeps):
        # A perfect model: as high as the prevalence allows until all positives are flagged.
        flagged = np.linspace(prevalence, 1, 80)
        add_reference_line(figure, np.append(0, flagged), 1 / np.append(prevalence, flagged), palette)
    add_models(
        figure,
        sweeps,
        palette,
        coordinates=lambda points: (
            points.predicted_positive_rate,
            divide(points.precision, points.prevalence),
        ),
        hover="Flagging %{x:.1%} of all cases<br>finds %{y:.2f} times as many positives as at random",
        names=names,
        thresholds=thresholds,
    )
    layout(
        figure,
        palette,
        title="Lift",
        subtitle="".join(names.values()) if len(names) == 1 else "",
        x=axis_title("Flagged share", "share of all cases that is flagged", palette),
        y=axis_title("Lift", "times as many positives as at random", palette),
    )
    figure.update_xaxes(SHARE_AXIS)
    figure.update_yaxes(rangemode="tozero", ticksuffix="×")
    add_reference_label(figure, 0.02, 1, "flagging at random", palette)
    return figure


def _prevalences(sweeps: Mapping[str, ThinSweep]) -> set[float]:
    """Models of one table share one prevalence; pooled ones may differ."""
    return {
        sweep.positives / (sweep.positives + sweep.negatives) for sweep in sweeps.values() if sweep.positives
    }
