"""What unit a score has, and the threshold that people use for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs import messages
from evalcore.inputs.column_profile import ColumnProfile, as_numbers, is_percent
from evalcore.inputs.evaluation import ScoreKind
from evalcore.inputs.vocabulary import PROBABILITY

__all__ = ["DefaultThreshold", "as_probability", "default_threshold", "kind_of", "opposite"]

_SLACK = 1e-6  # softmax in float32 can pass 1 by a hair
_PERCENT_WORDS = frozenset({"percent", "pct", "percentage"})


@dataclass(frozen=True)
class DefaultThreshold:
    """The threshold that a score starts with, and where it is from."""

    value: float
    reason: str


def _range(column: pd.Series) -> tuple[float, float]:
    if pd.api.types.is_numeric_dtype(column.dtype):
        return float(column.min()), float(column.max())
    numbers = as_numbers(column)
    return float(np.nanmin(numbers)), float(np.nanmax(numbers))


def kind_of(profile: ColumnProfile) -> ScoreKind:
    """Tell a score's unit from its name and its range over all rows.

    Examples
    --------
    >>> from evalcore.inputs.column_profile import profile_table
    >>> kind_of(profile_table(pd.DataFrame({"logit": [-3.2, 0.1, 5.0]}))["logit"])
    'logit'
    """
    words = set(profile.reading.words)
    if profile.distinct <= 2 and not words & PROBABILITY and profile.column.nunique() <= 2:
        return "hard_label"
    if is_percent(profile.column):
        return "percent"
    low, high = _range(profile.column)
    if words & {"logit", "logits"}:
        return "logit"
    if (
        {"log", "prob"} <= words or words & {"logprob", "lp", "loglik"} or {"log", "proba"} <= words
    ) and high <= _SLACK:
        return "log_probability"
    if low >= -_SLACK and high <= 1 + _SLACK:
        return "probability"
    if low >= 0 and high <= 100 + _SLACK and (words & _PERCENT_WORDS or (words & PROBABILITY and high > 2)):
        return "percent"
    if profile.integral and profile.distinct <= 20:
        return "ordinal"
    return "decision"


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
