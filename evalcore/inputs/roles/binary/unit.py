"""The unit of a column of scores: probability, percent, logit, decision score ..."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, is_percent
from evalcore.inputs.columns.words import PROBABILITY
from evalcore.predictions.evaluation import ScoreKind

__all__ = ["kind_of"]

_SLACK = 1e-6  # softmax in float32 can pass 1 by a hair


_PERCENT_WORDS = frozenset({"percent", "pct", "percentage"})


def _range(column: pd.Series) -> tuple[float, float]:
    """The lowest and the highest number; an infinity is an overflow, which says nothing of the unit of the others."""
    numbers = column if pd.api.types.is_numeric_dtype(column.dtype) else pd.Series(as_numbers(column))
    low, high = float(numbers.min()), float(numbers.max())
    if np.isinf(low) or np.isinf(high):
        finite = numbers[np.isfinite(numbers)]
        if len(finite):
            low, high = float(finite.min()), float(finite.max())
    return low, high


def kind_of(profile: ColumnProfile) -> ScoreKind:
    """Tell a score's unit from its name and its range over all rows.

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> kind_of(profile_table(pd.DataFrame({"logit": [-3.2, 0.1, 5.0]}))["logit"])
    'logit'
    >>> kind_of(profile_table(pd.DataFrame({"score": [0.1, 0.3, 0.1]}))["score"])
    'probability'
    """
    words = set(profile.reading.words)
    called = (
        profile.integral or profile.kind != "number"
    )  # 0.1 and 0.3 are the scores of a tree, no decisions
    if called and profile.distinct <= 2 and not words & PROBABILITY and profile.column.nunique() <= 2:
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
