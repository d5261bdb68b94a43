"""A square matrix of shares as a heat map, such as of labels that come together."""

from __future__ import annotations

import html
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from evalcore.figures.style import LIGHT, Palette, layout

__all__ = ["share_matrix_figure"]

# Up to so many names: a number in every cell; cells as exact as they come; every name at the axes.
_NUMBERS, _EXACT, _NAMES = 20, 150, 60
_LONGEST = 22


def _shortened(name: str) -> str:
    return html.escape(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…", quote=False)


def _named(figure: go.Figure, names: tuple[str, ...]) -> None:
    """Put names to both axes: all where they fit, else every so many."""
    step = -(-len(names) // _NAMES)
    places = list(range(0, len(names), step))
    ticks: dict[str, Any] = {"tickvals": places, "ticktext": [_shortened(names[i]) for i in places]}
    edges = [-0.5, len(names) - 0.5]
    figure.update_xaxes(**ticks, range=edges, showgrid=False, side="bottom")
    figure.update_yaxes(**ticks, range=edges[::-1], showgrid=False)


def share_matrix_figure(
    values: npt.NDArray[np.float64],
    names: tuple[str, ...],
    *,
    title: str,
    subtitle: str,
    x: str,
    y: str,
    hover: str,
    colour: str,
    percent: bool = True,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw a square matrix of non-negative numbers with named rows and columns.

    Parameters
    ----------
    values : ndarray, shape (K, K)
        nan cells stay empty.
    names : tuple of str
        K names, as they come from a file: what Plotly would take for markup is escaped.
    title, subtitle, x, y : str
        Titles of figure and axes.
    hover : str
        In Plotly's template language.
    colour : str
        Of the largest number; 0 has the colour of the page.
    percent : bool, default True
        Whether to spell numbers as percentages.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> figure = share_matrix_figure(np.eye(2), ("a", "b"), title="T", subtitle="", x="X", y="Y",
    ...     hover="%{z}", colour="#0B62A8")
    >>> figure.data[0].zmax
    1.0
    """
    many = len(names)
    known = values[np.isfinite(values)]
    top = float(known.max()) if known.size and known.max() > 0 else 1.0
    text: dict[str, Any] = {}
    if many <= _NUMBERS:
        text = {"text": _spelt(values, percent=percent), "texttemplate": "%{text}"}
    figure = go.Figure(
        go.Heatmap(
            z=values.astype(np.float32) if many > _EXACT else values,
            zmin=0,
            zmax=top,
            colorscale=[[0, palette.surface], [1, colour]],
            hovertemplate=f"{hover}<extra></extra>",
            hoverongaps=False,
            xgap=1 if many <= _NAMES else 0,
            ygap=1 if many <= _NAMES else 0,
            colorbar={
                "tickformat": ".0%" if percent and top >= 0.05 else ".1%" if percent else "",
                "thickness": 12,
                "outlinewidth": 0,
            },
            **text,
        )
    )
    height = int(np.clip(26 * many + 170, 380, 820))
    layout(figure, palette, title=title, x=x, y=y, subtitle=subtitle, height=height)
    _named(figure, names)
    if many > _NUMBERS:
        figure.update_layout(dragmode="zoom")
    return figure


def _spelt(values: npt.NDArray[np.float64], *, percent: bool) -> list[list[str]]:
    def spell(value: float) -> str:
        if not np.isfinite(value) or value == 0:
            return ""
        if percent:
            return f"{value:.0%}" if value >= 0.0995 else f"{value:.1%}"
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"

    return [[spell(value) for value in row] for row in values.tolist()]
