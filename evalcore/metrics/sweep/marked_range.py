"""A range of scores: which cases lie in it, and how many the sweep counts there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions

__all__ = ["RangeCounts", "ScoreRange", "cases_in_range", "count_in_range"]


@dataclass(frozen=True)
class ScoreRange:
    """Scores of at least `low` and below `high`: the cases whose call flips between these two thresholds.

    Parameters
    ----------
    low, high : float or None
        Thresholds in the score's unit; None: no end on this side.
    actual : {"positive", "negative"} or None
        Only the cases of this actual class; None for both.

    Raises
    ------
    InputError
        An end is nan, `low` is above `high`, or `actual` is none of these.

    Examples
    --------
    >>> ScoreRange(0.25, 0.75).high
    0.75
    """

    low: float | None
    high: float | None
    actual: Literal["positive", "negative"] | None = None

    def __post_init__(self) -> None:
        """Check what is given."""
        for name, end in (("low", self.low), ("high", self.high)):
            if end is not None and math.isnan(end):
                raise InputError(f"{name} must be a number or None, got nan")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise InputError(f"low must be at most high, got {self.low:g} and {self.high:g}")
        if self.actual not in (None, "positive", "negative"):
            raise InputError(f"actual must be positive, negative or None, got {self.actual}")


@dataclass(frozen=True)
class RangeCounts:
    """How many cases lie in a range; sums of weights where cases are weighted.

    Parameters
    ----------
    positives, negatives : float
        0 for a class that is not asked for.
    """

    positives: float
    negatives: float


def cases_in_range(predictions: BinaryPredictions, model: str, chosen: ScoreRange) -> npt.NDArray[np.intp]:
    """Return the cases whose score lies in a range.

    Parameters
    ----------
    predictions : BinaryPredictions
    model : str
        Whose scores; the ends are compared in the score's own type, as thresholds are.
    chosen : ScoreRange

    Returns
    -------
    ndarray of intp
        Positions among the evaluated cases, in the file's order.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"truth": [0, 1, 0, 1], "score": [0.9, 0.8, 0.6, 0.2]})
    >>> predictions = ec.open_predictions(table, truth="truth", score="score", positive="1").predictions
    >>> cases_in_range(predictions, "score", ScoreRange(0.6, 0.9)).tolist()
    [1, 2]
    >>> cases_in_range(predictions, "score", ScoreRange(0.6, None, "negative")).tolist()
    [0, 2]
    """
    scores = predictions.model(model)
    inside = np.ones(len(scores.values), dtype=bool)
    if chosen.low is not None:
        inside &= scores.called(chosen.low)
    if chosen.high is not None:
        inside &= ~scores.called(chosen.high)
    if chosen.actual is not None:
        inside &= predictions.truth == (chosen.actual == "positive")
    return np.flatnonzero(inside)


def count_in_range(sweep: ThresholdSweep, chosen: ScoreRange) -> RangeCounts:
    """Count the cases of a range from the sweep alone, exactly.

    Parameters
    ----------
    sweep : ThresholdSweep
    chosen : ScoreRange

    Returns
    -------
    RangeCounts

    Examples
    --------
    >>> sweep = ThresholdSweep.from_scores([0, 1, 0, 1], [0.9, 0.8, 0.6, 0.2])
    >>> count_in_range(sweep, ScoreRange(0.6, 0.9))
    RangeCounts(positives=1.0, negatives=1.0)
    """
    positives, negatives = float(sweep.positives), float(sweep.negatives)
    if chosen.low is not None:
        lower = sweep.at(chosen.low)
        positives, negatives = float(lower.tp), float(lower.fp)
    if chosen.high is not None:
        upper = sweep.at(chosen.high)
        positives, negatives = positives - float(upper.tp), negatives - float(upper.fp)
    return RangeCounts(
        0.0 if chosen.actual == "negative" else positives,
        0.0 if chosen.actual == "positive" else negatives,
    )
