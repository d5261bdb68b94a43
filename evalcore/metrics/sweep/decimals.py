"""The shortest decimal between two neighbouring scores: a threshold that a person can read."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np

from evalcore.errors import InputError

__all__ = ["shortest_between"]


def shortest_between(low: float, high: float, *, float32: bool = False) -> float:
    """Return the shortest decimal t with `low < t <= high`: the nicest threshold for a row's counts.

    Scores are compared with `score >= t`, so every t between the next lower score (`low`) and the row's own
    (`high`) gives that row's counts. `pages/ui/live/explorer/base/shortest.js` takes the same steps to the same number:

    1. Equal infinite ends give that infinity; -inf and inf give 0.
    2. The end to stay near is `high`, or `low` where `high` is infinite. Write its magnitude as the shortest
       decimal that reads back as it (`repr`): digits and an exponent. Where it is 0 itself the answer
       is 0, or 1 above it.
    3. Near `high`: keep the first 0, 1, 2, ... digits (from 1 where `high` is negative, from 3 where
       `low` is infinite, so that the answer stays close). For a negative number cutting digits off goes up:
       add one to the last digit kept. The first that lies inside is the answer, at the latest `high`.
    4. Near `low`: keep 3 digits, and go up by one in the last place: add one, or for a negative number
       cut off, and subtract one where that cuts nothing. While that is not inside, keep one digit less.
    5. A decimal is read from its text, never calculated, so that it is rounded once.

    Parameters
    ----------
    low, high : float
        A row's next lower score (-inf where there is none) and its own (inf for "nothing is flagged").
    float32 : bool, default False
        Whether the scores are float32: then t also lies inside when it is rounded to float32.

    Raises
    ------
    InputError
        Where `low` is not below `high` (equal infinite ends aside), or either is nan.

    Examples
    --------
    >>> shortest_between(0.36871, 0.37124), shortest_between(-2412.53, -1893.2), shortest_between(-0.5, 3.0)
    (0.37, -2000.0, 0.0)
    >>> shortest_between(0.98765, float("inf")), shortest_between(float("-inf"), 0.0123456)
    (0.988, 0.0123)
    """
    low, high = float(low), float(high)
    if low == high and math.isinf(high):
        return high
    if not low < high:
        raise InputError(f"low must be below high, got {low} and {high}")
    upwards = math.isinf(high)
    near = low if upwards else high
    if math.isinf(near) or near == 0:
        return 1.0 if upwards and near == 0 else 0.0
    _, parts, exponent = Decimal(repr(abs(near))).normalize().as_tuple()
    digits, sign = "".join(map(str, parts)), "-" if near < 0 else ""
    start = 3 if math.isinf(low) else int(near < 0)
    for count in range(3, -1, -1) if upwards else range(start, len(digits)):
        head = int(digits[:count].ljust(count, "0") or "0")
        if (near > 0) == upwards:
            head += 1
        elif upwards and count >= len(digits):
            head -= 1
        shortest = float(f"{sign}{head}e{int(exponent) + len(digits) - count}") + 0.0  # never -0.0
        if low < shortest and (not float32 or _as_float32(low) < _as_float32(shortest)):
            return shortest
    return high


def _as_float32(value: float) -> float:
    with np.errstate(over="ignore"):
        return float(np.float32(value))
