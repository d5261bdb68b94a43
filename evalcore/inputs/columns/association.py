"""How strongly two columns belong together: small figures for finding roles, not for reporting.

The exact metrics are in `evalcore.metrics`, which knows this package; these rank statistics on a
sample of rows only decide which column is what, and which way a score points.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["label_association", "rank_auc"]


def rank_auc(positive: npt.NDArray[Any], score: npt.NDArray[Any]) -> float:
    """Probability that a positive row scores above a negative one, ties counted one half.

    Parameters
    ----------
    positive : ndarray of bool, shape (n,)
    score : ndarray of float, shape (n,)
        Rows with nan are left out.

    Returns
    -------
    float
        nan where either class is missing.

    Examples
    --------
    >>> rank_auc(np.array([True, False, True]), np.array([0.9, 0.5, 0.5]))
    0.75
    """
    known = ~np.isnan(score)
    hits = np.sort(score[known & positive])
    misses = np.sort(score[known & ~positive])
    if not hits.size or not misses.size:
        return float("nan")
    below = np.searchsorted(misses, hits, side="left") + np.searchsorted(misses, hits, side="right")
    return float(below.sum() / (2.0 * hits.size * misses.size))


def label_association(first: npt.NDArray[np.intp], second: npt.NDArray[np.intp]) -> float:
    """Cramer's V of two columns of label codes, -1 for missing: 0 unrelated, 1 the same up to names.

    Examples
    --------
    >>> label_association(np.array([0, 1, 0, 1]), np.array([1, 0, 1, 0]))
    1.0
    """
    known = (first >= 0) & (second >= 0)
    a, b = first[known], second[known]
    if not a.size:
        return 0.0
    _, a = np.unique(a, return_inverse=True)
    _, b = np.unique(b, return_inverse=True)
    rows, columns = int(a.max()) + 1, int(b.max()) + 1
    if min(rows, columns) < 2:
        return 0.0
    table = np.bincount(a * columns + b, minlength=rows * columns).reshape(rows, columns).astype(float)
    expected = table.sum(1, keepdims=True) * table.sum(0, keepdims=True) / table.sum()
    chi_squared = ((table - expected) ** 2 / expected).sum()
    return float(np.sqrt(chi_squared / (table.sum() * (min(rows, columns) - 1))))
