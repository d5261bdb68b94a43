"""Losses of probabilities: Brier score and log loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.predictions.evaluation import FloatArray

Weights = FloatArray | None

#: How far probabilities are held from 0 and 1 within a logarithm: one bound for two and for several classes.
SMALLEST = float(np.finfo(np.float64).eps)


def brier_score(truth: npt.NDArray[Any], probability: npt.NDArray[np.float64], weights: Weights) -> float:
    """Mean squared difference of probability and truth.

    Examples
    --------
    >>> brier_score(np.array([1, 0]), np.array([0.5, 0.5]), None)
    0.25
    """
    return float(np.average((probability - truth) ** 2, weights=weights))


def log_loss(
    truth: npt.NDArray[Any], probability: npt.NDArray[np.float64], weights: Weights, *, eps: float = SMALLEST
) -> float:
    """Mean of minus the logarithm of the probability that was given to what came true.

    Probabilities are held `eps` away from 0 and 1, so that one mistake of a model that is quite sure does
    not make it infinite. By default it is scikit-learn's bound (since 1.5), the spacing of float64 at 1.

    Examples
    --------
    >>> round(log_loss(np.array([1, 0]), np.array([0.5, 0.5]), None), 6)
    0.693147
    """
    return float(np.average(held_log_losses(truth, probability, eps=eps), weights=weights))


def held_log_losses(
    truth: npt.NDArray[Any], probability: FloatArray, *, eps: float = SMALLEST
) -> npt.NDArray[np.float64]:
    """Log loss of every case.

    Examples
    --------
    >>> held_log_losses(np.array([1, 0]), np.array([0.5, 0.5])).round(4).tolist()
    [0.6931, 0.6931]
    """
    given = np.where(truth == 1, probability, 1 - probability)
    found: npt.NDArray[np.float64] = -np.log(np.clip(given, eps, 1 - eps))
    return found


def class_brier_score(truth: npt.ArrayLike, probabilities: npt.ArrayLike, weights: Weights = None) -> float:
    """Brier score of several classes: mean over cases of the sum of squared differences over the classes.

    From 0 to 2, as Brier (1950) has it and scikit-learn's `brier_score_loss` for several classes. (For two
    classes it is twice `brier_score`, which looks at the positive one only.)

    Parameters
    ----------
    truth : array_like of int, shape (n,)
        Positions of the classes.
    probabilities : array_like, shape (n, K)
    weights : ndarray, shape (n,), optional

    References
    ----------
    G. W. Brier, Monthly Weather Review 78, 1-3 (1950).

    Examples
    --------
    >>> round(class_brier_score([1], np.array([[0.2, 0.7, 0.1]])), 3)
    0.14
    """
    given = np.asarray(probabilities, dtype=np.float64)
    rows = np.arange(len(given))
    own = given[rows, np.asarray(truth, dtype=np.intp)]
    # The actual class counts (1 - p)^2 in place of p^2.
    missed = np.square(given).sum(axis=1) - np.square(own) + np.square(1 - own)
    return float(np.average(missed, weights=weights))


def label_losses(
    truth: npt.ArrayLike,
    probabilities: npt.ArrayLike,
    *,
    weight: npt.ArrayLike | None = None,
    known: npt.NDArray[np.bool_] | None = None,
) -> tuple[float, float]:
    """Brier score and log loss of several labels: means over every label of every row whose truth is known.

    Parameters
    ----------
    truth : array_like of 0 and 1, shape (n, L)
    probabilities : array_like, shape (n, L)
    weight : array_like, shape (n,), optional
    known : ndarray of bool, shape (n, L), optional

    Returns
    -------
    tuple of float
        nan where nothing is known.

    Examples
    --------
    >>> brier, log = label_losses([[1, 0]], [[0.5, 0.5]])
    >>> brier, round(log, 4)
    (0.25, 0.6931)
    """
    actual, given = np.asarray(truth), np.asarray(probabilities, dtype=np.float64)
    each = (
        np.ones(actual.shape)
        if weight is None
        else np.repeat(np.c_[np.asarray(weight, float)], actual.shape[1], 1)
    )
    told = each > 0 if known is None else known & (each > 0)
    if not told.any():
        return float("nan"), float("nan")
    parts = actual[told], given[told], each[told]
    return brier_score(*parts), log_loss(*parts)
