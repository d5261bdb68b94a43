"""What the cases of a cell look like together: their mean image, the most typical and the most atypical ones.

An image's distance is the mean squared difference of its pixels from the mean image. The image nearest to the
mean is also the one with the smallest sum of squared distances to all others (the sums differ from the distance
to the mean by a factor and a constant only): the medoid of the cell, in the sense of L. Kaufman and
P. J. Rousseeuw, *Finding Groups in Data* (1990), chapter 2, doi:10.1002/9780470316801, under squared Euclidean
distance. That is nearness in brightness, pixel by pixel: an image that is moved by a few pixels is far, however
alike it looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError

__all__ = ["TypicalImages", "evenly_drawn", "typical_images"]

_BLOCK = 256


@dataclass(frozen=True, eq=False)
class TypicalImages:
    """The mean of some images, and how far each is from it.

    Parameters
    ----------
    mean : ndarray of float64, shape (height, width) or (height, width, 3)
        In the unit of the pixels.
    distance : ndarray of float64, shape (n,)
        Mean squared difference of each image from the mean, over all its pixels.
    typical : ndarray of intp, shape (k,)
        The images nearest to the mean, the nearest first.
    atypical : ndarray of intp, shape (k,)
        Those farthest from it, the farthest first; none of them is among the typical ones.
    """

    mean: npt.NDArray[np.float64]
    distance: npt.NDArray[np.float64]
    typical: npt.NDArray[np.intp]
    atypical: npt.NDArray[np.intp]


def typical_images(pixels: npt.NDArray[Any], *, count: int = 8) -> TypicalImages:
    """Find the mean image, and the images nearest to it and farthest from it.

    Parameters
    ----------
    pixels : ndarray, shape (n, height, width) or (n, height, width, 3)
        At least one image.
    count : int, default 8
        How many to name on each side; of fewer than twice as many images each side names half.

    Returns
    -------
    TypicalImages

    Raises
    ------
    InputError
        No image, or a count below 1.

    Examples
    --------
    >>> dots = np.array([[[0, 0]], [[0, 10]], [[0, 20]], [[90, 10]]])
    >>> found = typical_images(dots, count=1)
    >>> found.mean.tolist(), found.typical.tolist(), found.atypical.tolist()
    ([[22.5, 10.0]], [1], [3])
    """
    if pixels.ndim not in (3, 4) or not pixels.size:
        raise InputError(f"pixels must be at least one image of height and width, got shape {pixels.shape}")
    if count < 1:
        raise InputError(f"count must be at least 1, got {count}")
    images = len(pixels)
    mean = pixels.mean(axis=0, dtype=np.float64)
    distance = np.empty(images)
    for start in range(0, images, _BLOCK):  # the differences of all images at once would not fit in memory
        part = pixels[start : start + _BLOCK] - mean
        distance[start : start + _BLOCK] = np.square(part).reshape(len(part), -1).mean(axis=1)
    order = np.argsort(distance, kind="stable")
    each_side = max(1, min(count, images // 2))
    return TypicalImages(mean, distance, order[:each_side], order[each_side:][::-1][:each_side])


def evenly_drawn(total: int, cap: int) -> npt.NDArray[np.intp]:
    """Return positions of at most `cap` of `total` cases, evenly over all of them.

    Examples
    --------
    >>> evenly_drawn(3, 5).tolist(), evenly_drawn(9, 3).tolist()
    ([0, 1, 2], [0, 4, 8])
    """
    if total <= cap:
        return np.arange(total, dtype=np.intp)
    return np.linspace(0, total - 1, cap).astype(np.intp)
