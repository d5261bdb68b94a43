"""Images as outputs: what was given, what should come, what came and the difference, side by side; and the error map.

The difference has a scale of its own, from blue (darker than the target) over the page's colour (the same) to orange
(brighter): the two hues are told apart with every common kind of colour blindness.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from evalcore import numbers
from evalcore.figures.class_matrix import scale_ticks
from evalcore.figures.style import LIGHT, Palette, layout

__all__ = ["difference_colours", "difference_scale", "error_map_figure", "image_strip"]

Pixels = npt.NDArray[np.uint8]
_GAP = 2


def _rgb(colour: str) -> npt.NDArray[np.float64]:
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)], dtype=np.float64)


def difference_colours(difference: npt.NDArray[Any], palette: Palette = LIGHT) -> Pixels:
    """Colour differences of pixels, from -255 (blue) over 0 (the page) to 255 (orange).

    Parameters
    ----------
    difference : ndarray, shape (...)
        Output less target.
    palette : Palette, default LIGHT

    Returns
    -------
    ndarray of uint8, shape (..., 3)

    Examples
    --------
    >>> difference_colours(np.array([-255, 0, 255])).tolist()
    [[11, 98, 168], [255, 255, 255], [194, 78, 0]]
    """
    share = np.clip(np.asarray(difference, dtype=np.float64) / 255, -1, 1)[..., None]
    middle = _rgb(palette.surface)
    end = np.where(share < 0, _rgb(palette.negative), _rgb(palette.positive))
    return np.asarray((middle + np.abs(share) * (end - middle)).round().astype(np.uint8))


def image_strip(
    images: Sequence[npt.NDArray[Any]],
    difference: npt.NDArray[Any],
    *,
    palette: Palette = LIGHT,
    side: int = 160,
) -> Pixels:
    """Put images of one size and a difference into one picture, side by side, each pixel a block.

    Parameters
    ----------
    images : sequence of ndarray, shape (height, width) or (height, width, 3)
        Pixels from 0 to 255.
    difference : ndarray, shape (height, width) or (height, width, 3)
        Output less target; of colours the mean is shown.
    palette : Palette, default LIGHT
    side : int, default 160
        Each image is enlarged by a whole factor to about so many pixels; large ones stay as they are.

    Returns
    -------
    ndarray of uint8, shape (height, width, 4)
        Red, green, blue and opacity: the gaps are clear.

    Examples
    --------
    >>> black, white = np.zeros((2, 2)), np.full((2, 2), 255)
    >>> image_strip([black, white], black - white, side=2).shape
    (2, 10, 4)
    """
    factor = max(1, side // max(difference.shape[:2]))
    grey = difference.mean(axis=2) if difference.ndim == 3 else difference
    parts = [*(_as_colour(each) for each in images), difference_colours(grey, palette)]
    large = [np.repeat(np.repeat(each, factor, axis=0), factor, axis=1) for each in parts]
    height, width = large[0].shape[:2]
    gap = _GAP * factor
    made = np.zeros((height, len(large) * width + (len(large) - 1) * gap, 4), dtype=np.uint8)
    for place, each in enumerate(large):
        left = place * (width + gap)
        made[:, left : left + width, :3] = each
        made[:, left : left + width, 3] = 255
    return made


def _as_colour(image: npt.NDArray[Any]) -> Pixels:
    values = np.clip(image, 0, 255).round().astype(np.uint8)
    return values if values.ndim == 3 else np.repeat(values[..., None], 3, axis=2)


def difference_scale(palette: Palette = LIGHT, *, height: int = 24) -> Pixels:
    """Draw the scale of differences, from -255 at the left to 255 at the right.

    Examples
    --------
    >>> difference_scale(height=2).shape
    (2, 511, 3)
    """
    return np.repeat(difference_colours(np.arange(-255, 256), palette)[None], height, axis=0)


def error_map_figure(
    values: npt.NDArray[np.float64],
    *,
    title: str,
    subtitle: str = "",
    percent: bool = False,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw a figure of each pixel over all images, 0 in the colour of the page.

    Parameters
    ----------
    values : ndarray, shape (height, width)
        Not negative.
    title, subtitle : str
    percent : bool, default False
        Whether to spell the values as percentages.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> error_map_figure(np.array([[0.0, 12.5]]), title="T").data[0].zmax
    12.5
    """
    top = float(values.max()) or 1.0
    spell = numbers.share if percent else numbers.level
    figure = go.Figure(
        go.Heatmap(
            z=values,
            zmin=0,
            zmax=top,
            colorscale=[[0, palette.surface], [1, palette.positive]],
            customdata=[[spell(value) for value in row] for row in values.tolist()],
            hovertemplate="Row %{y}, column %{x}: %{customdata}<extra></extra>",
            colorbar={"thickness": 12, "outlinewidth": 0, **scale_ticks(top, percent=percent)},
        )
    )
    layout(figure, palette, title=title, x="", y="", subtitle=subtitle, height=400)
    frame = {"showgrid": False, "ticks": "", "showticklabels": False, "mirror": True}
    figure.update_xaxes(**frame, constrain="domain")
    figure.update_yaxes(**frame, autorange="reversed", scaleanchor="x", constrain="domain")
    return figure
