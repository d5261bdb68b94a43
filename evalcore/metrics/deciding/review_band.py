"""Two thresholds: a case below both is left alone, one from the upper on is called, between them a person decides."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from evalcore.errors import InputError
from evalcore.metrics.goals.operating_point import points_at, threshold_of_row
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = ["ReviewBand", "least_review", "parse_most_wrong", "review_between"]

#: Values that differ by less, as a share of all cases, are equal: only rounding tells them apart.
_ROUNDING = 1e-12
_MOST_WRONG = re.compile(r"\s*error\s*<=\s*(\d*\.?\d+(?:e-?\d+)?)\s*(%?)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class ReviewBand:
    """What two thresholds come to.

    Parameters
    ----------
    low, high : float
        A case scored at least `high` is called, one below `low` is left alone, one between them is reviewed.
    decided : Confusion
        The cases that nobody reviews.
    positives, negatives : float
        The (weighted) cases that are reviewed.
    """

    low: float
    high: float
    decided: Confusion
    positives: float
    negatives: float

    @property
    def review(self) -> float:
        """The (weighted) cases that are reviewed."""
        return self.positives + self.negatives

    @property
    def coverage(self) -> float:
        """The share of cases that is decided without review; nan without any case."""
        decided = float(self.decided.total)
        return decided / (decided + self.review) if decided + self.review else math.nan

    @property
    def error(self) -> float:
        """The share of wrong calls among the decided cases; nan where none is decided."""
        decided = float(self.decided.total)
        return float(self.decided.fp + self.decided.fn) / decided if decided else math.nan


def review_between(sweep: ThresholdSweep, low: float, high: float) -> ReviewBand:
    """Return what two thresholds come to.

    Raises
    ------
    InputError
        Where the lower threshold is above the upper one.

    Examples
    --------
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> band = review_between(sweep, 0.3, 0.5)
    >>> band.review, band.coverage, band.error
    (2.0, 0.5, 0.0)
    """
    if not low <= high:
        raise InputError(f"the lower threshold must not be above the upper one, got {low:g} and {high:g}")
    lower, upper = sweep.at(low), sweep.at(high)
    decided = Confusion(lower.tn, upper.fp, lower.fn, upper.tp)
    return ReviewBand(low, high, decided, float(lower.tp - upper.tp), float(lower.fp - upper.fp))


def least_review(sweep: ThresholdSweep, most_wrong: float) -> ReviewBand:
    """Return the two thresholds with the fewest cases to review whose decided cases are wrong at most so often.

    Exact over all pairs of thresholds. Of equally few reviews the fewest wrong calls win, then the higher thresholds.
    It is always had: where nothing else helps, everything is reviewed.

    Parameters
    ----------
    sweep : ThresholdSweep
    most_wrong : float
        The share of wrong calls among the decided cases, from 0 to 0.5.

    Examples
    --------
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> band = least_review(sweep, 0.0)
    >>> band.low, band.high, band.review
    (0.3, 0.8, 2.0)
    """
    if not 0 <= most_wrong <= 0.5:
        raise InputError(f"the most wrong calls must be a share from 0 to 0.5, got {most_wrong:g}")
    rows = np.arange(len(sweep) + 1)
    at = points_at(sweep, rows)
    tn, fp, fn, tp = (np.asarray(each, dtype=float) for each in (at.tn, at.fp, at.fn, at.tp))
    slack = _ROUNDING * float(sweep.positives + sweep.negatives)
    # Wrong calls beyond what the decided cases allow fall apart into a part of each threshold.
    above, below = fp - most_wrong * (tp + fp), fn - most_wrong * (tn + fn)
    single = np.flatnonzero(above + below <= slack)
    if len(single):
        best = int(single[np.argmin((fp + fn)[single])])
        return _band(sweep, best, best)
    # Now every pair that keeps the limit has its thresholds in order: did one cross, then, for limits up to one half,
    # one of its two thresholds alone would keep the limit. So the nearest lower threshold is sought freely.
    reached = np.minimum.accumulate(below)
    nearest = np.searchsorted(-reached, above - slack, side="left")
    upper = np.flatnonzero(nearest < len(rows))
    lower = nearest[upper]
    reviewed = (tp + fp)[lower] - (tp + fp)[upper]
    few = np.flatnonzero(reviewed <= reviewed.min() + slack)
    best = int(few[np.argmin(fp[upper[few]] + fn[lower[few]])])
    return _band(sweep, int(lower[best]), int(upper[best]))


def _band(sweep: ThresholdSweep, lower: int, upper: int) -> ReviewBand:
    return review_between(sweep, threshold_of_row(sweep, lower), threshold_of_row(sweep, upper))


def parse_most_wrong(text: str) -> float | None:
    """Read a limit such as ``"error <= 1 %"``; None where the text says something else.

    Examples
    --------
    >>> parse_most_wrong("error <= 1 %"), parse_most_wrong("0.2~0.7")
    (0.01, None)
    """
    found = _MOST_WRONG.fullmatch(text)
    if not found:
        return None
    value = float(found[1]) / (100 if found[2] else 1)
    return value if value <= 0.5 else None
