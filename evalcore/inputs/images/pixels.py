"""Images that a table spells out: one column for each pixel, or a cell of bare pixels."""

from __future__ import annotations

import math
import re
from collections.abc import Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["PixelColumns", "find_pixel_columns", "raw_pixels"]

#: `pixel17`, `image.17`, `pixel_0_17`, `1x28`, `17`.
_NUMBERED = re.compile(r"(.*?)(\d+)([_x., -]\d+)?", re.IGNORECASE)
_PIXEL_WORDS = frozenset({"pixel", "pixels", "px", "pix", "image", "img", "x", "im", ""})
#: Sides of square images that people spell out; 8 x 8 is scikit-learn's digits.
_SMALLEST, _LARGEST = 8, 256


@dataclass(frozen=True)
class PixelColumns:
    """Columns that are the pixels of one image for each row.

    Parameters
    ----------
    columns : tuple of str
        Row by row, from the top left; with colours, red, green and blue of a pixel stand together.
    side : int
        Width and height.
    channels : {1, 3}
    white : float
        The value of white: 1, 16 or 255.
    """

    columns: tuple[str, ...]
    side: int
    channels: int
    white: float

    @property
    def description(self) -> str:
        """What was found, in words."""
        colours = " in colour" if self.channels == 3 else ""
        return f"{len(self.columns)} pixel columns make images of {self.side} x {self.side}{colours}"

    def image(self, table: pd.DataFrame, position: int) -> npt.NDArray[np.uint8] | None:
        """Return one row's pixels, shape (side, side) or (side, side, 3); None where one is missing."""
        # A slice of one row keeps each column's type, and costs nothing for the other rows.
        row = table.iloc[position : position + 1].loc[:, list(self.columns)].to_numpy(dtype=np.float64)[0]
        if not np.isfinite(row).all():
            return None
        values: npt.NDArray[np.uint8] = np.clip(row * (255 / self.white), 0, 255).round().astype(np.uint8)
        shape = (self.side, self.side) if self.channels == 1 else (self.side, self.side, 3)
        return values.reshape(shape)


def find_pixel_columns(table: pd.DataFrame, *, taken: Set[str] = frozenset()) -> PixelColumns | None:
    """Find columns that are the pixels of a square image, by their names, number and values.

    Parameters
    ----------
    table : DataFrame
    taken : set of str
        Columns that are something else.

    Examples
    --------
    >>> names = [f"{row}x{column}" for row in range(28) for column in range(28)]
    >>> find_pixel_columns(pd.DataFrame(np.full((2, 784), 255), columns=names)).side
    28
    """
    families: dict[str, list[str]] = {}
    for name in map(str, table.columns):
        if name in taken or name not in table.columns:
            continue
        family = _family(name)
        if family is not None and table[name].dtype.kind in "biuf":
            families.setdefault(family, []).append(name)
    for names in sorted(families.values(), key=len, reverse=True):
        shape = _square(len(names))
        if shape is None or not _in_order(names):
            continue
        white = _white(table[names])
        if white:
            return PixelColumns(tuple(names), *shape, white)
    return None


def raw_pixels(raw: bytes) -> npt.NDArray[np.uint8] | None:
    """Return bytes that are bare grey pixels of a square image, such as MNIST's 784; None for others.

    Examples
    --------
    >>> raw_pixels(bytes(784)).shape, raw_pixels(b"no image")
    ((28, 28), None)
    """
    side = math.isqrt(len(raw))
    if side * side != len(raw) or not _SMALLEST <= side <= _LARGEST:
        return None
    # Text can have such a length too; it has no zero bytes and no high ones.
    values = np.frombuffer(raw, dtype=np.uint8)
    if ((values >= 9) & (values < 127)).all():
        return None
    return values.reshape(side, side)


def _family(name: str) -> str | None:
    found = _NUMBERED.fullmatch(name.strip())
    if found is None:
        return None
    words = re.split(r"[\s_.\-\[]+", found[1].strip().casefold())
    stem = next((word for word in reversed(words) if word), "")
    return f"{found[1].casefold()}/{found[3] is None}" if stem in _PIXEL_WORDS else None


def _square(count: int) -> tuple[int, int] | None:
    """Side and channels of a square image of so many values."""
    for channels in (1, 3):
        side = math.isqrt(count // channels)
        if side * side * channels == count and _SMALLEST <= side <= _LARGEST:
            return side, channels
    return None


def _in_order(names: list[str]) -> bool:
    """Whether the names count up, row by row."""
    places = [tuple(map(int, re.findall(r"\d+", name))) for name in names]
    if len(places[0]) == 1:
        first = places[0][0]
        return [place[0] for place in places] == list(range(first, first + len(places)))
    return places == sorted(places)


def _white(pixels: pd.DataFrame) -> float:
    """The value of white, or 0 where the values are no pixels."""
    chosen = np.linspace(0, len(pixels) - 1, min(200, len(pixels))).astype(int)
    values = pixels.iloc[chosen].to_numpy(dtype=np.float64)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if not (low >= 0 and 0 <= high <= 255):
        return 0.0
    if high <= 1:
        return 1.0
    return 16.0 if high <= 16 else 255.0
