"""What unit a score has, and the threshold that people use for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.predictions import messages
from evalcore.predictions.evaluation import ScoreKind

__all__ = ["DefaultThreshold", "as_probability", "default_threshold", "opposite"]


@dataclass(frozen=True)
class DefaultThreshold:
    """The threshold that a score starts with, and where it is from."""

    value: float
    reason: str


def default_threshold(
    kind: ScoreKind, values: npt.NDArray[np.floating[Any]], truth: npt.NDArray[np.uint8] | None
) -> DefaultThreshold:
    """Return the usual threshold of a kind of score.

    Parameters
    ----------
    kind : ScoreKind
    values : ndarray, shape (n,)
        Without nan.
    truth : ndarray of 0 and 1, shape (n,), or None

    Returns
    -------
    DefaultThreshold

    Examples
    --------
    >>> default_threshold("percent", np.array([10.0, 90.0]), None).value
    50.0
    """
    if kind in ("probability", "confidence"):
        return DefaultThreshold(0.5, messages.HALF)
    if kind == "hard_label":
        return DefaultThreshold(0.5, messages.CALLED)
    if kind == "percent":
        return DefaultThreshold(50.0, messages.HALF_PERCENT)
    if kind == "log_probability":
        return DefaultThreshold(math.log(0.5), messages.LOG_HALF)
    if kind == "ordinal" and values.size:
        return DefaultThreshold(float(values.min() + values.max()) / 2, messages.MIDDLE)
    one_sign = values.size > 0 and (values.min() >= 0 or values.max() <= 0)
    if kind == "decision" and one_sign and truth is not None and 0 < truth.sum() < truth.size:
        place = values.size - int(truth.sum())
        return DefaultThreshold(float(np.partition(values, place)[place]), messages.AS_MANY)
    return DefaultThreshold(0.0, messages.ZERO)


def opposite(values: npt.NDArray[np.floating[Any]], kind: ScoreKind) -> npt.NDArray[np.floating[Any]]:
    """Return the score for the other of two classes, in the same unit where it has one.

    Examples
    --------
    >>> opposite(np.array([0.25, 1.0]), "probability").tolist()
    [0.75, 0.0]
    """
    if kind in ("probability", "hard_label"):
        return 1 - values
    if kind == "percent":
        return 100 - values
    return -values


def as_probability(values: npt.NDArray[np.floating[Any]], kind: ScoreKind) -> npt.NDArray[np.float64] | None:
    """Return scores as probabilities where their unit is one of a probability, else None.

    Parameters
    ----------
    values : ndarray, shape (n,)
    kind : ScoreKind

    Returns
    -------
    ndarray of float64, shape (n,), or None

    Examples
    --------
    >>> as_probability(np.array([0.0]), "logit").tolist(), as_probability(np.array([3.0]), "decision")
    ([0.5], None)
    """
    numbers = np.asarray(values, dtype=np.float64)
    if kind == "probability":
        return np.clip(numbers, 0.0, 1.0)
    if kind == "percent":
        return np.clip(numbers / 100.0, 0.0, 1.0)
    if kind == "logit":
        return 0.5 * (1.0 + np.tanh(0.5 * numbers))
    if kind == "log_probability":
        return np.exp(np.minimum(numbers, 0.0))
    return None
