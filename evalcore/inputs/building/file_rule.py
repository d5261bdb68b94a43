"""The file's own rule: the threshold on a score that gives the predictions beside it."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["FileRule", "find_rule"]


@dataclass(frozen=True)
class FileRule:
    """The threshold nearest to what the file did.

    Parameters
    ----------
    threshold : float
        A short number; a row is called positive when its score is at least this.
    differing : int
        Rows whose prediction it does not give; 0 where the rule is the file's own.
    """

    threshold: float
    differing: int

    @property
    def exact(self) -> bool:
        """Whether it gives every prediction in the file."""
        return self.differing == 0


def _short_number(low: float, high: float, preferred: float) -> float:
    """Shortest decimal in (low, high], or the preferred one where it lies there."""
    for usual in (preferred, 0.5, 0.0, math.log(0.5)):
        if low < usual <= high:
            return usual
    size = max(abs(low) if math.isfinite(low) else 0.0, abs(high), 1e-300)
    first = -math.floor(math.log10(size)) - 1
    for digits in range(first, min(first + 19, sys.float_info.max_10_exp + 1)):
        short = round(math.floor(high * 10.0**digits) / 10.0**digits, max(digits, 0))
        if low < short <= high:
            return float(short)
    return high


def find_rule(
    score: npt.NDArray[np.floating[Any]], called: npt.NDArray[np.bool_], *, usual: float
) -> FileRule | None:
    """Find the threshold that gives the predictions.

    Parameters
    ----------
    score : ndarray, shape (n,)
        Without nan.
    called : ndarray of bool, shape (n,)
        Whether the file calls the row positive.
    usual : float
        The threshold to prefer where several give the same.

    Returns
    -------
    FileRule or None
        None where the file calls all rows the same, so that there is nothing to find.

    Examples
    --------
    >>> find_rule(np.array([0.79, 0.8, 0.95, 0.1]), np.array([False, True, True, False]), usual=0.5)
    FileRule(threshold=0.8, differing=0)
    """
    if called.all() or not called.any():
        return None
    top_of_rest, lowest_called = float(score[~called].max()), float(score[called].min())
    if top_of_rest < lowest_called:
        return FileRule(_short_number(top_of_rest, lowest_called, usual), 0)
    order = np.argsort(score, kind="stable")[::-1]
    ranked, calls = score[order], called[order]
    last_of_tie = np.append(ranked[1:] != ranked[:-1], True)
    differing = np.cumsum(~calls) + (called.sum() - np.cumsum(calls))
    best = int(np.argmin(np.where(last_of_tie, differing, score.size + 1)))
    below = float(ranked[best + 1]) if best + 1 < score.size else -math.inf
    return FileRule(_short_number(below, float(ranked[best]), usual), int(differing[best]))
