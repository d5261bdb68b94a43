"""Curves with the band in which they would lie on other rows of the same kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from evalcore.figures.curves.overlay import points_of
from evalcore.figures.curves.reference import SHARE_AXIS, add_reference_line
from evalcore.figures.style import LIGHT, Palette, layout, style_line
from evalcore.figures.texts import figure_text
from evalcore.metrics.rates.proportions import Interval
from evalcore.metrics.sweep.thinning import ThinSweep
from evalcore.metrics.uncertainty.fold_means import MeanRoc

__all__ = ["add_hull", "add_model_bands", "band_figure", "chosen_figure", "mean_roc_figure"]

_MOST_BARS = 12


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
    figure.update_xaxes(**SHARE_AXIS)
    figure.update_yaxes(**SHARE_AXIS)
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


def mean_roc_figure(
    folds: Mapping[str, ThinSweep], mean: MeanRoc, *, title: str, palette: Palette = LIGHT
) -> go.Figure:
    """Draw the folds' ROC curves thin, and their mean over them with one standard deviation on each side.

    Parameters
    ----------
    folds : mapping of str to ThinSweep
    mean : MeanRoc
    title : str
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> from evalcore.metrics.uncertainty.fold_means import vertical_mean
    >>> sweeps = [ThresholdSweep.from_scores([0, 1, 0, 1], row) for row in ([0.1, 0.9, 0.4, 0.3], [0.6, 0.7, 0.1, 0.2])]
    >>> mean = vertical_mean(sweeps, [0, 0.5, 1])
    >>> figure = mean_roc_figure({"1": sweeps[0].thin(), "2": sweeps[1].thin()}, mean, title="Mean")
    >>> [trace.name for trace in figure.data if trace.showlegend is not False]
    ['folds', 'mean of the folds']
    """
    figure = go.Figure()
    add_reference_line(figure, [0, 1], [0, 1], palette)
    figure.data[-1].showlegend = False
    for place, (name, sweep) in enumerate(folds.items()):
        points = points_of(sweep)
        figure.add_scatter(
            x=points.false_positive_rate,
            y=points.recall,
            mode="lines",
            line={"color": palette.muted, "width": 1},
            opacity=0.55,
            name="folds",
            legendgroup="folds",
            showlegend=place == 0,
            hovertemplate=f"{figure_text(name)}<br>Recall %{{y:.1%}}<br>False positive rate %{{x:.2%}}<extra></extra>",
        )
    line = style_line(palette, 0)
    x, y, up = mean.false_positive_rate, mean.recall, np.nan_to_num(mean.recall_spread)
    if not mean.false_positive_spread.any():
        figure.add_scatter(
            x=np.concatenate((x, x[::-1])),
            y=np.concatenate((np.minimum(y + up, 1), np.maximum(y - up, 0)[::-1])),
            fill="toself",
            mode="none",
            fillcolor=line["color"],
            opacity=0.25,
            showlegend=False,
            hoverinfo="skip",
        )
    else:
        # Both rates move: bars at places that lie apart along the curve.
        way = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
        at = np.unique(np.searchsorted(way, np.linspace(0, way[-1], _MOST_BARS + 2)[1:-1]))
        bars = {"thickness": 1.2, "width": 3, "color": line["color"]}
        figure.add_scatter(
            x=x[at],
            y=y[at],
            mode="markers",
            marker={"size": 5, "color": line["color"]},
            error_x={"array": mean.false_positive_spread[at], **bars},
            error_y={"array": up[at], **bars},
            showlegend=False,
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        line={**line, "width": 3},
        name="mean of the folds",
        hovertemplate="Mean recall %{y:.1%}<br>False positive rate %{x:.2%}<extra></extra>",
    )
    layout(figure, palette, title=title, x="False positive rate", y="Recall")
    figure.update_xaxes(**SHARE_AXIS)
    figure.update_yaxes(**SHARE_AXIS)
    return figure


def add_model_bands(
    figure: go.Figure, grid: Sequence[float], bands: Mapping[str, Interval], palette: Palette
) -> None:
    """Lay each model's band behind its curve, in place; models in the order of their colours.

    Examples
    --------
    >>> figure = go.Figure()
    >>> band = Interval(np.array([0.1, 0.8]), np.array([0.4, 1.0]), 0.95, "bootstrap percentiles")
    >>> add_model_bands(figure, [0, 1], {"forest": band}, LIGHT)
    >>> len(figure.data)
    1
    """
    before = len(figure.data)
    for position, (model, band) in enumerate(bands.items()):
        figure.add_scatter(
            x=np.concatenate((grid, grid[::-1])),
            y=np.concatenate((band.high, np.asarray(band.low)[::-1])),
            fill="toself",
            mode="none",
            fillcolor=style_line(palette, position)["color"],
            opacity=0.16,
            legendgroup=model,
            showlegend=False,
            hoverinfo="skip",
        )
    figure.data = figure.data[before:] + figure.data[:before]


def add_hull(figure: go.Figure, x: Sequence[float], y: Sequence[float], palette: Palette) -> None:
    """Draw what deciding by lot between operating points can reach, in place.

    Examples
    --------
    >>> figure = go.Figure()
    >>> add_hull(figure, [0, 0, 1], [0, 0.5, 1], LIGHT)
    >>> figure.data[0].name
    'hull: what mixing can reach'
    """
    figure.add_scatter(
        x=list(x),
        y=list(y),
        mode="lines",
        line={"color": palette.muted, "width": 1.4, "dash": "dot"},
        name="hull: what mixing can reach",
        hoverinfo="skip",
    )
