"""The range of scores that a histogram and a slider show."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["LARGEST", "score_range"]

# Each class leaves at most this share of its cases beyond either end where far scores are cut off.
_TAIL = 0.01

#: Edges and their differences must stay finite: scores beyond this count as at it.
LARGEST = 8e307


def score_range(
    scores: npt.NDArray[Any], true_positives: npt.NDArray[Any], false_positives: npt.NDArray[Any]
) -> tuple[float, float]:
    """Lowest and highest score worth showing on an axis.

    All finite scores, unless the tails are so long that the middle would shrink to under a third;
    0 to 1 for scores that fill at least half of it.

    Parameters
    ----------
    scores : ndarray, shape (m,)
        Distinct scores in descending order.
    true_positives, false_positives : ndarray, shape (m,)
        Cumulative counts at those scores.

    Returns
    -------
    low, high : float
        Equal where there is one score.

    Examples
    --------
    >>> score_range(np.array([0.9, 0.4, 0.1]), np.array([1, 2, 2]), np.array([0, 1, 2]))
    (0.0, 1.0)
    """
    finite = scores[np.isfinite(scores)]
    if not len(finite):
        return 0.0, 1.0
    low, high = (min(max(float(end), -LARGEST), LARGEST) for end in (finite[-1], finite[0]))
    if low >= 0 and high <= 1:
        return (0.0, 1.0) if high - low >= 0.5 or low == high else (low, high)
    # The middle holds all but each class's tails: a rare class counts like a common one.
    lows, highs = [high], [low]
    for cumulative in (true_positives, false_positives):
        if cumulative[-1] > 0:
            inside = np.searchsorted(cumulative, np.array([_TAIL, 1 - _TAIL]) * cumulative[-1])
            upper, lower = scores[np.minimum(inside, len(scores) - 1)]
            highs.append(min(high, float(upper)))
            lows.append(max(low, float(lower)))
    middle_low, middle_high = min(lows), max(highs)
    reach = middle_high - middle_low
    if 0 < reach < high / 3 - low / 3:
        return max(low, middle_low - reach / 2), min(high, middle_high + reach / 2)
    return low, high
