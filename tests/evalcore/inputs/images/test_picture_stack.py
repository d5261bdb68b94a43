"""Pictures of many rows as one array, from whatever the rows hold."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from evalcore.errors import InputError
from evalcore.inputs.images.sources import find_images
from evalcore.inputs.images.stack import stack_pictures
from evalcore.inputs.images.thumbnails import pixels_of_bytes

rng = np.random.default_rng(4)


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def test_pixels_come_back_as_they_were() -> None:
    grey = rng.integers(0, 256, (3, 28, 28)).astype(np.uint8)
    colour = rng.integers(0, 256, (90, 120, 3)).astype(np.uint8)
    source = find_images(pd.DataFrame({"photo": [*(png(each) for each in grey), png(colour), b"broken"]}))
    assert source is not None
    for place in range(3):
        assert np.array_equal(source.array(place, 64), grey[place])
    assert np.array_equal(source.array(3, 200), colour)  # type: ignore[arg-type]
    assert source.array(3, 60).shape == (45, 60, 3)  # type: ignore[union-attr]
    assert source.array(4) is None


def test_what_is_transparent_lies_on_white() -> None:
    clear = np.zeros((2, 2, 4), dtype=np.uint8)
    clear[0, 0] = (10, 20, 30, 255)
    found = pixels_of_bytes(png(clear), size=9)
    assert found is not None
    assert found.tolist() == [[[10, 20, 30], [255] * 3], [[255] * 3, [255] * 3]]


def test_links_and_bare_pixels() -> None:
    linked = find_images(pd.DataFrame({"photo": ["https://example.org/a.png", "https://example.org/b.png"]}))
    assert linked is not None
    assert linked.array(0) is None
    raw = find_images(pd.DataFrame({"photo": [bytes(range(250)) + bytes(6), bytes(256)]}))
    assert raw is not None
    assert raw.array(0).shape == (16, 16)  # type: ignore[union-attr]


def test_unlike_sizes_become_the_usual_one() -> None:
    usual, wide = np.full((4, 4), 9, np.uint8), np.full((8, 16), 90, np.uint8)
    stack = stack_pictures([wide, usual, None, usual, np.full((4, 4, 3), 3, np.uint8)])
    assert (stack.pixels.shape, stack.size, stack.scaled, stack.without) == ((4, 4, 4, 3), (4, 4), 1, 1)
    assert stack.places.tolist() == [0, 1, 3, 4]
    assert [int(each.mean()) for each in stack.pixels] == [90, 9, 9, 3]


def test_nothing_to_stack() -> None:
    with pytest.raises(InputError, match="none of these rows has an image"):
        stack_pictures([None, None])
