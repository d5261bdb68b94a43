"""Strips of images and the map of errors: what the pixels and the figure hold."""

from __future__ import annotations

import numpy as np
import pytest

from evalcore.figures.image_outputs import (
    difference_colours,
    difference_scale,
    error_map_figure,
    image_strip,
)
from evalcore.figures.style import DARK, LIGHT, Palette

rng = np.random.default_rng(6)


def hexadecimal(colour: np.ndarray) -> str:
    return "#" + "".join(f"{int(each):02X}" for each in colour)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_scale_goes_from_blue_over_the_page_to_orange(palette: Palette) -> None:
    ends = difference_colours(np.array([-300, -255, 0, 255, 300]), palette)
    expected = [palette.negative, palette.negative, palette.surface, palette.positive, palette.positive]
    assert [hexadecimal(each) for each in ends] == [each.upper() for each in expected]
    scale = difference_scale(palette)[0].astype(int)
    assert (np.abs(np.diff(scale, axis=0)) <= 2).all()


def test_a_strip_holds_every_image_in_blocks() -> None:
    given, target = rng.integers(0, 256, (2, 7, 7)).astype(np.uint8)
    colour = rng.integers(0, 256, (7, 7, 3)).astype(np.uint8)
    difference = colour.mean(axis=2) - target
    strip = image_strip([given, target, colour], difference, side=21)
    assert strip.shape == (21, 4 * 21 + 3 * 6, 4)
    parts = [strip[:, left : left + 21] for left in range(0, 102, 27)]
    assert all((part[..., 3] == 255).all() for part in parts)
    assert (strip[:, 21:27, 3] == 0).all()
    assert np.array_equal(parts[0][1::3, 1::3, 1], given)
    assert np.array_equal(parts[2][::3, ::3, :3], colour)
    assert np.array_equal(parts[3][2::3, 2::3, :3], difference_colours(difference))


def test_large_images_stay_as_they_are() -> None:
    large = rng.integers(0, 256, (200, 300)).astype(float)
    assert image_strip([large, large], large - large, side=160).shape == (200, 904, 4)


def test_the_map_stands_upright_and_square() -> None:
    values = rng.random((5, 6))
    figure = error_map_figure(values, title="Error of each pixel", percent=True)
    assert np.array_equal(figure.data[0].z, values)
    assert (figure.data[0].zmin, figure.data[0].zmax) == (0, values.max())
    assert figure.layout.yaxis.autorange == "reversed"
    assert figure.layout.yaxis.scaleanchor == "x"
    assert "Error of each pixel" in figure.layout.title.text
    assert error_map_figure(np.zeros((2, 2)), title="T").data[0].zmax == 1
