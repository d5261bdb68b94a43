"""Losses of probabilities: Brier score and log loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.predictions.evaluation import FloatArray

Weights = FloatArray | None


def brier_score(truth: npt.NDArray[Any], probability: npt.NDArray[np.float64], weights: Weights) -> float:
    """Mean squared difference of probability and truth.

    Examples
    --------
    >>> brier_score(np.array([1, 0]), np.array([0.5, 0.5]), None)
    0.25
    """
    return float(np.average((probability - truth) ** 2, weights=weights))


def log_loss(
    truth: npt.NDArray[Any], probability: npt.NDArray[np.float64], weights: Weights, *, eps: float = 1e-15
) -> float:
    """Mean of minus the logarithm of the probability that was given to what came true.

    Probabilities are held `eps` away from 0 and 1, so that one mistake of a model that is quite sure does
    not make it infinite. (This was scikit-learn's own bound for long; it is 2.2e-16 now.)

    Examples
    --------
    >>> round(log_loss(np.array([1, 0]), np.array([0.5, 0.5]), None), 6)
    0.693147
    """
    given = np.where(truth == 1, probability, 1 - probability)
    return float(np.average(-np.log(np.clip(given, eps, 1 - eps)), weights=weights))
