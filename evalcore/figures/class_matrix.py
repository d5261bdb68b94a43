"""A square matrix of shares as a heat map, such as of labels that come together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from evalcore import numbers
from evalcore.figures.contrast import blend, legible
from evalcore.figures.style import LIGHT, Palette, layout
from evalcore.figures.texts import figure_text

__all__ = ["scale_ticks", "share_matrix_figure"]

# Up to so many names: a number in every cell; cells as exact as they come; every name at the axes.
_NUMBERS, _EXACT, _NAMES = 20, 150, 60
_LONGEST = 22


def _shortened(name: str) -> str:
    return figure_text(name, most=_LONGEST)


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
        In Plotly's template language; `%{customdata}` is the number as the product writes it.
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
    spell = numbers.share if percent else numbers.count
    told: dict[str, Any] = {"customdata": [[spell(value) for value in row] for row in values.tolist()]}
    if many > _EXACT:  # so many texts would be many times as long as the numbers
        told, hover = {}, hover.replace("%{customdata}", "%{z:.1%}" if percent else "%{z:,}")
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
            colorbar={"thickness": 12, "outlinewidth": 0, **scale_ticks(top, percent=percent)},
            **told,
        )
    )
    if many <= _NUMBERS:
        _add_numbers(figure, values, top, spell, colour, palette)
    height = int(np.clip(26 * many + 170, 380, 820))
    layout(figure, palette, title=title, x=x, y=y, subtitle=subtitle, height=height)
    _named(figure, names)
    if many > _NUMBERS:
        figure.update_layout(dragmode="zoom")
    return figure


def scale_ticks(top: float, *, percent: bool) -> dict[str, Any]:
    """Return four steps of a colour bar from 0 to the top, in the one format of numbers.

    Examples
    --------
    >>> scale_ticks(0.2, percent=True)["ticktext"]
    ['0 %', '5.0 %', '10.0 %', '15.0 %', '20.0 %']
    """
    values = np.linspace(0, top, 5).tolist()
    spell = numbers.share if percent else numbers.count
    return {"tickvals": values, "ticktext": [spell(value) for value in values]}


def _add_numbers(
    figure: go.Figure,
    values: npt.NDArray[np.float64],
    top: float,
    spell: Callable[[float], str],
    colour: str,
    palette: Palette,
) -> None:
    """Write every number that is not 0 into its cell, in an ink that can be read on the cell's shade."""
    rows, columns = np.nonzero(np.nan_to_num(values) > 0)
    shown = values[rows, columns].tolist()
    shades = [blend(palette.surface, colour, value / top) for value in shown]
    figure.add_scatter(
        x=columns,
        y=rows,
        text=[spell(value) for value in shown],
        mode="text",
        textfont={"size": 12, "color": [legible(shade, palette.ink, palette.surface) for shade in shades]},
        hoverinfo="skip",
        showlegend=False,
    )
