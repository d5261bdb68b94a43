"""How well scores rank the labels within each row: figures that need no threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError

__all__ = ["LabelRanking", "label_ranking"]

# Rows at once: memory stays at a few MB whatever the file.
_BLOCK = 1 << 20


@dataclass(frozen=True)
class LabelRanking:
    """Ranking of the labels within rows, averaged over rows.

    Parameters
    ----------
    average_precision : float
        For each true label, the share of true labels among those that score at least as high; 1 is best. Rows
        with no true label, or with all, count 1.
    coverage_error : float
        How far down the ranking one must go to cover all true labels; at best the mean number of true labels.
        Rows without a true label count 0.
    ranking_loss : float
        Share of pairs of a true and a false label in the wrong order, ties counted wrong; 0 is best. Rows
        with no true label, or with all, count 0.

    References
    ----------
    G. Tsoumakas, I. Katakis, I. Vlahavas, Mining multi-label data, in: Data Mining and Knowledge Discovery
    Handbook (2010), 667-685. The rules for rows without a pair are scikit-learn's.
    """

    average_precision: float
    coverage_error: float
    ranking_loss: float


def label_ranking(
    truth: npt.ArrayLike, scores: npt.ArrayLike, *, weight: npt.ArrayLike | None = None
) -> LabelRanking:
    """Rank the labels of each row by score.

    Parameters
    ----------
    truth : array_like of 0 and 1, shape (n, L)
    scores : array_like, shape (n, L)
    weight : array_like, shape (n,), optional

    Raises
    ------
    InputError
        Where shapes differ.

    Examples
    --------
    >>> found = label_ranking([[1, 0, 0], [0, 0, 1]], [[0.75, 0.5, 1.0], [1.0, 0.2, 0.1]])
    >>> round(found.average_precision, 4), found.coverage_error, found.ranking_loss
    (0.4167, 2.5, 0.75)
    """
    actual, values = np.asarray(truth).astype(bool), np.asarray(scores)
    if actual.shape != values.shape or actual.ndim != 2:
        raise InputError(f"truth and scores must have the same shape, got {actual.shape} and {values.shape}")
    rows, many = actual.shape
    figures = np.empty((3, rows))
    step = max(1, _BLOCK // max(1, many * many))
    for start in range(0, rows, step):
        part = slice(start, start + step)
        figures[:, part] = _rows(actual[part], values[part])
    weights = None if weight is None else np.asarray(weight, dtype=np.float64)
    return LabelRanking(*(float(np.average(each, weights=weights)) for each in figures))


def _rows(actual: npt.NDArray[np.bool_], values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Precision, coverage and loss of each row; shape (3, rows)."""
    at_least = values[:, None, :] >= values[:, :, None]  # [row, j, i]: label i scores at least as high as j
    rank = at_least.sum(axis=2)
    true_rank = (at_least & actual[:, None, :]).sum(axis=2)
    true = actual.sum(axis=1)
    false = actual.shape[1] - true
    mixed = (true > 0) & (false > 0)
    precision = np.where(actual, true_rank / rank, 0.0).sum(axis=1) / np.maximum(true, 1)
    coverage = np.where(actual, rank, 0).max(axis=1)
    wrong = np.where(actual, rank - true_rank, 0).sum(axis=1) / np.maximum(true * false, 1)
    return np.stack((np.where(mixed, precision, 1.0), coverage, np.where(mixed, wrong, 0.0)))
