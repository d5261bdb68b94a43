"""The pictures of many rows as one array: all of one size, for what is measured pixel by pixel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from evalcore.errors import InputError

__all__ = ["PictureStack", "stack_pictures"]

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class PictureStack:
    """Pictures of one size.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, height, width) or (n, height, width, 3)
    places : ndarray of intp, shape (n,)
        Which of the pictures that were given each one is.
    without : int
        How many of those that were given are no picture.
    scaled : int
        How many were brought to the size of the others.
    """

    pixels: Pixels
    places: npt.NDArray[np.intp]
    without: int
    scaled: int

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.pixels.shape[1], self.pixels.shape[2]


def stack_pictures(pictures: Sequence[Pixels | None]) -> PictureStack:
    """Bring pictures to one size and put them into one array.

    The size is that which most of them have (of equally frequent ones the smallest); the others are scaled
    to it, whatever their proportions. All become colour where any is.

    Parameters
    ----------
    pictures : sequence of (ndarray of uint8, shape (height, width) or (height, width, 3), or None)
        None where a row has no picture.

    Returns
    -------
    PictureStack

    Raises
    ------
    InputError
        Where none is a picture.

    Examples
    --------
    >>> stack = stack_pictures([np.zeros((4, 4), np.uint8), None, np.zeros((8, 6), np.uint8)])
    >>> stack.pixels.shape, stack.places.tolist(), stack.without, stack.scaled
    ((2, 4, 4), [0, 2], 1, 1)
    """
    there = [(place, each) for place, each in enumerate(pictures) if each is not None]
    if not there:
        raise InputError("none of these rows has an image to average")
    sizes = Counter(each.shape[:2] for _, each in there)
    most = max(sizes.values())
    height, width = min(
        (size for size, count in sizes.items() if count == most), key=lambda size: (size[0] * size[1], size)
    )
    colour = any(each.ndim == 3 for _, each in there)
    made = np.empty((len(there), height, width, *((3,) if colour else ())), dtype=np.uint8)
    for row, (_, each) in enumerate(there):
        made[row] = _brought_to(each, height, width, colour=colour)
    return PictureStack(
        made,
        np.array([place for place, _ in there], dtype=np.intp),
        len(pictures) - len(there),
        len(there) - sizes[(height, width)],
    )


def _brought_to(picture: Pixels, height: int, width: int, *, colour: bool) -> Pixels:
    if picture.shape[:2] != (height, width):
        scaled = Image.fromarray(picture).resize((width, height), Image.Resampling.BOX)
        picture = np.asarray(scaled)
    if colour and picture.ndim == 2:
        return np.repeat(picture[..., None], 3, axis=2)
    return picture
