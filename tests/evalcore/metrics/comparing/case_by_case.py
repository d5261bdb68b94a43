"""Influences the obvious way, for one case after the other: what the counts of the comparison must come to."""

from __future__ import annotations

from typing import Any

import numpy as np

from evalcore.metrics.comparing.influence import (
    Influence,
    Ranked,
    area_influence,
    few_cases,
    precision_influence,
    rate_slopes,
)
from evalcore.metrics.rates.confusion import Confusion


def area(truth: Any, score: Any, weight: Any) -> Influence:
    """Of the area under the ROC curve."""
    return area_influence(Ranked.of(truth, score, weight))


def average_precision(truth: Any, score: Any, weight: Any) -> Influence:
    """Of average precision."""
    return precision_influence(Ranked.of(truth, score, weight))


def rate(metric: str, truth: Any, called: Any, weight: Any) -> Influence:
    """Of a metric of the confusion matrix at a threshold that is held."""
    cell = 2 * (truth == 1) + called
    counts = Confusion(*np.bincount(cell, weights=weight, minlength=4).tolist())
    return Influence(
        float(counts.value(metric)), weight * rate_slopes(metric, counts)[cell] * few_cases(weight)
    )
