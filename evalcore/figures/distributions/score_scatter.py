"""Score against score of two models: each case a point, or cells whose size is the number of cases."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from evalcore.figures.style import LIGHT, Palette, axis_title, layout
from evalcore.figures.texts import figure_text
from evalcore.metrics.comparing.score_pairs import MOST_POINTS, finite_range, pair_cells
from evalcore.predictions.binary import BinaryPredictions

__all__ = ["score_scatter_figure"]

_LARGEST = 17.0
#: A browser draws so many points well without a graphics card.
_PLAIN = 4000


def score_scatter_figure(
    predictions: BinaryPredictions,
    names: tuple[str, str],
    *,
    thresholds: tuple[float, float],
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw what two models say of the same cases; a box drawn over it chooses some.

    Parameters
    ----------
    predictions : BinaryPredictions
    names : tuple of two str
        The models: along, and up.
    thresholds : tuple of two float
        Lines there divide what each calls.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"truth": [0, 1, 0, 1] * 3, "a": [0.1, 0.9, 0.4, 0.6] * 3, "b": [0.3, 0.8, 0.2, 0.2] * 3})
    >>> two = ec.open_predictions(table, truth="truth", score=["a", "b"], positive="1").predictions
    >>> [each.name for each in score_scatter_figure(two, ("a", "b"), thresholds=(0.5, 0.5)).data]
    ['actual 0', 'actual 1']
    """
    first, second = (predictions.model(name).values for name in names)
    figure = go.Figure()
    if len(first) > MOST_POINTS:
        _add_cells(figure, predictions, first, second, palette)
    else:
        _add_points(figure, predictions, first, second, palette)
    for values, threshold, add in (
        (first, thresholds[0], figure.add_vline),
        (second, thresholds[1], figure.add_hline),
    ):
        low, high = finite_range(values)
        add(
            min(max(threshold, low - 0.02 * (high - low)), high + 0.02 * (high - low)),
            line={"color": palette.muted, "width": 1.2, "dash": "dot"},
        )
    titles = [figure_text(name, most=40) for name in names]
    layout(
        figure,
        title="Score against score",
        x=axis_title(f"Score of {titles[0]}", "its threshold is dotted", palette),
        y=axis_title(f"Score of {titles[1]}", "", palette),
        height=460,
        palette=palette,
    )
    figure.update_layout(dragmode="select", selectdirection="any", showlegend=True)
    return figure


def _add_points(
    figure: go.Figure, predictions: BinaryPredictions, first: np.ndarray, second: np.ndarray, palette: Palette
) -> None:
    draw = go.Scatter if len(first) <= _PLAIN else go.Scattergl
    ends = finite_range(first), finite_range(second)
    for actual, label, colour, symbol in (
        (0, predictions.negative, palette.negative, "circle"),
        (1, predictions.positive, palette.positive, "diamond"),
    ):
        cases = np.flatnonzero(predictions.truth == actual)
        figure.add_trace(
            draw(
                x=np.clip(first[cases], *ends[0]),
                y=np.clip(second[cases], *ends[1]),
                mode="markers",
                marker={"color": colour, "size": 6, "opacity": 0.55, "symbol": symbol},
                unselected={"marker": {"opacity": 0.12}},
                name=f"actual {figure_text(label)}",
                customdata=predictions.rows[cases] + 1,
                hovertemplate="row %{customdata:,}<br>%{x:.4g} and %{y:.4g}",
            )
        )


def _add_cells(
    figure: go.Figure, predictions: BinaryPredictions, first: np.ndarray, second: np.ndarray, palette: Palette
) -> None:
    cells = pair_cells(predictions.truth, first, second)
    counts = cells.positives + cells.negatives
    share = cells.positives / counts
    label = figure_text(predictions.positive)
    figure.add_scatter(
        x=cells.first,
        y=cells.second,
        mode="markers",
        marker={
            # By the logarithm: else a hundred cases cannot be seen beside a hundred thousand.
            "size": 3 + (_LARGEST - 3) * np.log1p(counts) / np.log1p(counts.max()),
            "color": share,
            "cmin": 0,
            "cmax": 1,
            "colorscale": [[0, palette.negative], [0.5, palette.grid], [1, palette.positive]],
            "colorbar": {"title": {"text": f"actual<br>{label}"}, "tickformat": ".0%", "thickness": 12},
            "line": {"width": 0},
            "opacity": 0.9,
        },
        unselected={"marker": {"opacity": 0.15}},
        customdata=np.column_stack((counts, share)),
        hovertemplate="%{customdata[0]:,} cases, %{customdata[1]:.1%} of them positive<extra></extra>",
        name="the larger, the more cases",
    )
