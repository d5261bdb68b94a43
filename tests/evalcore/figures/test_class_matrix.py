"""The heat map of a square matrix of shares: what it draws and says."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from evalcore.figures.class_matrix import share_matrix_figure
from evalcore.figures.contrast import LEAST, blend, contrast
from evalcore.figures.style import DARK, LIGHT, Palette


def drawn(values: Any, names: tuple[str, ...], **changed: Any) -> go.Figure:
    given = {"title": "T", "subtitle": "S", "x": "X", "y": "Y", "hover": "%{z}", "colour": LIGHT.accent}
    return share_matrix_figure(np.asarray(values, dtype=float), names, **{**given, **changed})


def test_numbers_stand_in_the_cells_and_the_first_name_on_top() -> None:
    figure = drawn([[8, 0], [1.5, 3]], ("cat", "dog"), percent=False)
    assert list(figure.data[1].text) == ["8", "1.5", "3"]
    assert list(zip(figure.data[1].y, figure.data[1].x, strict=True)) == [(0, 0), (1, 0), (1, 1)]
    assert figure.layout.yaxis.range == (1.5, -0.5)
    assert figure.data[0].colorscale[1][1] == LIGHT.accent
    shares = drawn([[0.5, 0.012], [0, np.nan]], ("cat", "dog"))
    assert list(shares.data[1].text) == ["50.0 %", "1.2 %"]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("hue", ["positive", "negative", "accent"])
def test_every_number_can_be_read_on_its_shade(palette: Palette, hue: str) -> None:
    shades = [[place / 255 for place in range(start, start + 16)] for start in range(0, 256, 16)]
    figure = drawn(shades, tuple(map(str, range(16))), colour=getattr(palette, hue), palette=palette)
    inks = figure.data[1].textfont.color
    assert len(inks) == 255
    grounds = [blend(palette.surface, getattr(palette, hue), place / 255) for place in range(1, 256)]
    assert min(contrast(*pair) for pair in zip(inks, grounds, strict=True)) >= LEAST


def test_names_from_a_file_are_no_markup() -> None:
    assert "<b>dog" not in str(drawn(np.eye(2), ("cat", "<b>dog</b>")).layout.xaxis.ticktext)


def test_a_thousand_names_stay_small() -> None:
    many = np.random.default_rng(0).random((1000, 1000))
    figure = drawn(many, tuple(f"label {i}" for i in range(1000)))
    assert figure.data[0].z.dtype == np.float32
    assert len(figure.layout.xaxis.ticktext) <= 60
    assert len(figure.to_json()) < 8e6


def test_nothing_to_draw_is_no_fault() -> None:
    assert drawn(np.full((2, 2), np.nan), ("a", "b")).data[0].zmax == 1
