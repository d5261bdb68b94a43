"""How many rows a draw with replacement leaves out, without drawing them one by one.

Of m rows from which k draws were made, the number never drawn is that of the empty boxes when k balls fall into m
boxes: its law is exact for few rows, and for many it is normal.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

__all__ = ["rows_left_out"]

Floats = npt.NDArray[np.float64]

# The exact law is kept for so many rows, and so many draws from them: more draws do not happen (1 in 10^17).
_FEW = 16
_MOST_DRAWS = 64
#: Rounding to whole rows adds this to a variance.
_OF_ROUNDING = 1 / 12


def rows_left_out(
    rows: npt.NDArray[np.integer], drawn: npt.NDArray[np.integer], random: np.random.Generator
) -> npt.NDArray[np.float64]:
    """Draw how many rows of each bin were never drawn.

    Parameters
    ----------
    rows : ndarray of int, shape (b,)
        Rows in each bin.
    drawn : ndarray of int, shape (r, b)
        Draws from each bin, in every resample.
    random : Generator

    Returns
    -------
    ndarray of float64, shape (r, b)

    References
    ----------
    Johnson & Kotz (1977), Urn Models and Their Application, Wiley: the occupancy law and its moments.

    Examples
    --------
    >>> rows_left_out(np.array([1, 1, 4]), np.array([[0, 3, 0]]), np.random.default_rng(0)).tolist()
    [[1.0, 0.0, 4.0]]
    """
    found = np.where(drawn == 0, rows, 0).astype(float)
    few = (rows > 1) & (rows <= _FEW)
    if few.any():
        found[:, few] = _few(rows[few], drawn[:, few], random)
    many = rows > _FEW
    if many.any():
        found[:, many] = _many(rows[many], drawn[:, many], random)
    return found


def _few(
    rows: npt.NDArray[np.integer], drawn: npt.NDArray[np.integer], random: np.random.Generator
) -> Floats:
    laws = _laws()
    law = rows * (_MOST_DRAWS + 1) + np.minimum(drawn, _MOST_DRAWS)
    # One search for all: law number i goes from i to i + 1.
    place = np.searchsorted(laws, (law + random.random(drawn.shape)).ravel(), side="right")
    found: Floats = (place.reshape(drawn.shape) - law * (_FEW + 1)).astype(float)
    return np.clip(found, 0, rows - 1.0 * (drawn > 0))


@cache
def _laws() -> Floats:
    """Chances of at most 0, 1, ... empty boxes for each number of boxes and balls, one after the other."""
    chance = np.zeros((_FEW + 1, _MOST_DRAWS + 1, _FEW + 1))
    for boxes in range(1, _FEW + 1):
        chance[boxes, 0, boxes] = 1.0
        empty = np.arange(_FEW + 1) / boxes
        for balls in range(_MOST_DRAWS):
            before = chance[boxes, balls]
            # A ball falls into an empty box, or into one that has some.
            hit = before * empty
            chance[boxes, balls + 1] = before - hit + np.append(hit[1:], 0.0)
    through = np.minimum(np.cumsum(chance, axis=2), 1.0)
    through[..., -1] = 1.0
    number = np.arange((_FEW + 1) * (_MOST_DRAWS + 1)).reshape(_FEW + 1, -1, 1)
    laws: Floats = np.ravel(through + number)
    return laws


def _many(
    rows: npt.NDArray[np.integer], drawn: npt.NDArray[np.integer], random: np.random.Generator
) -> Floats:
    # In single precision: the moments are of numbers of rows that one could count. With q the chance that a row is
    # never drawn, the variance is m q (1 + m q (c - 1)), where c = (1 - 1/m) (1 - 1/(m - 1)^2)^k is nearly 1.
    single = np.float32
    times = drawn.astype(single)
    mean = np.exp(times * np.log1p(-1 / rows).astype(single))
    mean *= rows.astype(single)
    away = times * np.log1p(-1 / (rows - 1.0) ** 2).astype(single) + np.log1p(-1 / rows).astype(single)
    away *= 1 + away / 2 + away * away / 6
    spread = np.sqrt(np.maximum(mean * (1 + mean * away) - single(_OF_ROUNDING), 0))
    spread *= random.standard_normal(drawn.shape, dtype=single)
    found: Floats = np.rint(mean + spread).astype(float)
    return np.clip(found, np.maximum(rows - drawn, 0), rows - 1.0 * (drawn > 0))
