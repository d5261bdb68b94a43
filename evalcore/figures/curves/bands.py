"""Curves with the band in which they would lie on other rows of the same kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from evalcore.figures.style import LIGHT, Palette, layout, style_line
from evalcore.metrics.rates.proportions import Interval

__all__ = ["band_figure", "chosen_figure"]


def band_figure(
    x: Sequence[float],
    y: Sequence[float],
    grid: Sequence[float],
    band: Interval,
    *,
    title: str,
    x_title: str,
    y_title: str,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw a curve of shares over its band.

    Parameters
    ----------
    x, y : sequence of float
        The curve.
    grid : sequence of float
        Where the band is known.
    band : Interval
        Arrays, one for each place of `grid`.
    title, x_title, y_title : str
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> band = Interval(np.array([0.1, 0.8]), np.array([0.4, 1.0]), 0.95, "bootstrap percentiles")
    >>> figure = band_figure([0, 1], [0.2, 1], [0, 1], band, title="ROC", x_title="FPR", y_title="TPR")
    >>> [trace.name for trace in figure.data]
    ['95 % band', 'curve']
    """
    figure = go.Figure()
    line = style_line(palette, 0)
    figure.add_scatter(
        x=np.concatenate((grid, grid[::-1])),
        y=np.concatenate((band.high, np.asarray(band.low)[::-1])),
        fill="toself",
        mode="none",
        fillcolor=line["color"],
        opacity=0.25,
        name=f"{100 * band.confidence:.3g} % band",
        hoverinfo="skip",
    )
    figure.add_scatter(x=x, y=y, mode="lines", line=line, name="curve", hovertemplate="%{x:.3f}, %{y:.3f}")
    layout(figure, palette, title=title, x=x_title, y=y_title)
    figure.update_xaxes(range=[-0.012, 1.012], tickformat=".0%")
    figure.update_yaxes(range=[-0.012, 1.012], tickformat=".0%")
    return figure


def chosen_figure(
    thresholds: Sequence[float],
    *,
    title: str = "Thresholds that resamples of these rows would have chosen",
    unit: str = "Resamples",
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw how often resamples chose which threshold.

    Parameters
    ----------
    thresholds : sequence of float
    title, unit : str
        What is drawn, and what is counted.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> len(chosen_figure([0.3, 0.3, 0.5]).data)
    1
    """
    figure = go.Figure()
    figure.add_histogram(
        x=list(thresholds),
        nbinsx=60,
        marker={"color": style_line(palette, 0)["color"]},
        hovertemplate="%{x}: %{y}<extra></extra>",
    )
    layout(
        figure,
        palette,
        title=title,
        x="Threshold",
        y=unit,
    )
    figure.update_layout(height=220)
    return figure
