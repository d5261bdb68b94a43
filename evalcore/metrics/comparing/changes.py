"""What one model mends and what it breaks, case by case, in comparison with another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr, ndtr

from evalcore.predictions.evaluation import FloatArray

__all__ = ["CHANGES", "Changes", "changes_between"]

#: The ways in which two models' calls of a case may stand to each other, in words.
CHANGES = {
    "fixed": "Fixed",
    "broken": "Broken",
    "both_wrong": "Both wrong",
    "both_right": "Both right",
}


@dataclass(frozen=True, eq=False)
class Changes:
    """Cases by who calls them rightly.

    Parameters
    ----------
    fixed_cases, broken_cases, both_wrong_cases, both_right_cases : ndarray of intp
        Positions among the evaluated cases: only the second model is right, only the first, neither, both.
    p : float
        McNemar's test: how often chance alone gives so uneven a split of the cases on which one errs. Exact where
        every case counts one; with clusters Obuchowski's; nan with weights.

    References
    ----------
    McNemar (1947), Psychometrika 12, 153-157, doi:10.1007/BF02295996;
    Obuchowski (1998), Stat. Med. 17, 1495-1507 (clusters).
    """

    fixed_cases: npt.NDArray[np.intp]
    broken_cases: npt.NDArray[np.intp]
    both_wrong_cases: npt.NDArray[np.intp]
    both_right_cases: npt.NDArray[np.intp]
    p: float

    @property
    def fixed(self) -> int:
        """Cases that only the second model calls rightly."""
        return len(self.fixed_cases)

    @property
    def broken(self) -> int:
        """Cases that only the first model calls rightly."""
        return len(self.broken_cases)

    @property
    def both_wrong(self) -> int:
        """Cases that neither calls rightly."""
        return len(self.both_wrong_cases)

    @property
    def both_right(self) -> int:
        """Cases that both call rightly."""
        return len(self.both_right_cases)


def changes_between(
    truth: npt.NDArray[Any],
    first: npt.NDArray[np.bool_],
    second: npt.NDArray[np.bool_],
    *,
    weights: FloatArray | None = None,
    clusters: npt.NDArray[np.intp] | None = None,
) -> Changes:
    """Return what changes from the first model's calls to the second's.

    Parameters
    ----------
    truth : ndarray of 0 and 1, shape (n,)
    first, second : ndarray of bool, shape (n,)
        What each model calls positive.
    weights : ndarray, shape (n,), optional
    clusters : ndarray of intp, shape (n,), optional

    Returns
    -------
    Changes

    Examples
    --------
    >>> truth, first, second = np.array([1, 1, 0, 0]), np.array([0, 1, 1, 0]) == 1, np.array([1, 1, 0, 1]) == 1
    >>> found = changes_between(truth, first, second)
    >>> found.fixed, found.broken, found.both_wrong, found.both_right, found.p
    (2, 1, 0, 1, 1.0)
    """
    right = (first == (truth == 1)), (second == (truth == 1))
    fixed, broken = right[1] & ~right[0], right[0] & ~right[1]
    return Changes(
        np.flatnonzero(fixed),
        np.flatnonzero(broken),
        np.flatnonzero(~right[0] & ~right[1]),
        np.flatnonzero(right[0] & right[1]),
        math.nan if weights is not None else _uneven(fixed, broken, clusters),
    )


def _uneven(
    fixed: npt.NDArray[np.bool_], broken: npt.NDArray[np.bool_], clusters: npt.NDArray[np.intp] | None
) -> float:
    more, less = int(fixed.sum()), int(broken.sum())
    if not more + less:
        return 1.0
    if clusters is None:
        # Both tails of a fair coin; scipy.stats would take longer to import than all that is compared.
        return min(1.0, 2 * float(bdtr(min(more, less), more + less, 0.5)))
    net = np.bincount(clusters, weights=fixed.astype(float) - broken)
    spread = float(net @ net)
    return float(2 * ndtr(-abs(net.sum()) / math.sqrt(spread))) if spread else 1.0
