"""Calibration of parts: of each class or label, of the class that is called, and of groups of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.metrics.probability.calibration import chance_error
from evalcore.metrics.probability.reliability import checked, prediction_bias, reliability
from evalcore.metrics.rates.proportions import Interval
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.classes import ClassPredictions
from evalcore.predictions.evaluation import FloatArray
from evalcore.predictions.labels import LabelPredictions
from evalcore.predictions.score_unit import as_probability

__all__ = [
    "MOST_PARTS",
    "PartCalibration",
    "called_class",
    "follows_from_the_truth",
    "group_calibrations",
    "part_calibrations",
]

#: Classes beyond so many, the rarest, and groups beyond so many, are not looked at one by one.
MOST_PARTS = 100


@dataclass(frozen=True, eq=False)
class PartCalibration:
    """How well calibrated one class, label or group is.

    Parameters
    ----------
    name : str
    cases, positives : int
        Cases that were looked at, and those of the class (or of the positive class).
    predicted, observed : float
        Mean probability and share.
    bias : float
        Their difference, with `interval`.
    interval : Interval
    error, chance : float
        Expected calibration error over ten buckets, and what perfect probabilities stay under in 95 % of samples.
    """

    name: str
    cases: int
    positives: int
    predicted: float
    observed: float
    bias: float
    interval: Interval
    error: float
    chance: float


def part_calibrations(
    predictions: ClassPredictions | LabelPredictions, model: str
) -> tuple[PartCalibration, ...]:
    """Judge every class against the rest, or every label: the worst first.

    Parameters
    ----------
    predictions : ClassPredictions or LabelPredictions
    model : str

    Returns
    -------
    tuple of PartCalibration
        Empty where the scores are no probabilities; at most `MOST_PARTS`, the most frequent.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"truth": ["a", "b", "c"] * 20, "a": 0.5, "b": 0.25, "c": 0.25})
    >>> found = part_calibrations(ec.open_predictions(table).predictions, "probabilities")
    >>> [(each.name, round(each.bias, 3)) for each in found]
    [('a', 0.167), ('b', -0.083), ('c', -0.083)]
    """
    names = _most_frequent(predictions)
    found = []
    for name in names:
        part = predictions.part(name)
        scores = part.model(model)
        probability = as_probability(scores.values, scores.kind)
        if probability is None:
            return ()
        if part.cases:
            found.append(_judged(name, part.truth, probability, part.weights))
    return tuple(sorted(found, key=lambda each: -each.error))


def called_class(predictions: ClassPredictions, model: str) -> tuple[FloatArray, FloatArray] | None:
    """Whether the called class was right, and the probability that it was given ("top label").

    C. Gupta and A. Ramdas, "Top-label calibration", ICLR 2022, judge it within each class; here it is pooled, as the
    confidence calibration of Guo et al. (ICML 2017).

    Returns
    -------
    right, probability : ndarray of float64, shape (n,)
        None where the model gives no probabilities.
    """
    found = predictions.model(model)
    if found.kind == "probability" and found.probabilities is not None:
        rows = np.arange(len(found.labels))
        said = as_probability(found.probabilities[rows, found.labels], "probability")
    else:
        said = None if found.confidence is None else np.asarray(found.confidence, dtype=np.float64)
    if said is None or not np.all((said >= 0) & (said <= 1)):
        return None
    return (found.labels == predictions.truth).astype(np.float64), said


def group_calibrations(
    predictions: BinaryPredictions, probability: FloatArray, column: str
) -> tuple[PartCalibration, ...]:
    """Judge every group of rows that a column makes: the worst first.

    Parameters
    ----------
    predictions : BinaryPredictions
    probability : ndarray, shape (n,)
    column : str
        Of the predictions' table.

    Returns
    -------
    tuple of PartCalibration
        At most `MOST_PARTS`, the largest.
    """
    distinct, place, counts = np.unique(predictions.texts(column), return_inverse=True, return_counts=True)
    found = []
    for group in np.argsort(-counts, kind="stable")[:MOST_PARTS].tolist():
        here = place == group
        weights = None if predictions.weights is None else predictions.weights[here]
        if weights is None or weights.any():
            found.append(_judged(str(distinct[group]), predictions.truth[here], probability[here], weights))
    return tuple(sorted(found, key=lambda each: -abs(each.bias)))


def follows_from_the_truth(predictions: BinaryPredictions, column: str) -> bool:
    """Whether every group that a column makes is of one class, such as the digit behind "is it a 5?".

    Within such a group a probability is right only as 0 or 1: its bias says nothing of calibration.
    """
    truth = pd.Series(predictions.truth, predictions.texts(column))
    return bool(truth.groupby(level=0).nunique().max() < 2)


def _most_frequent(predictions: ClassPredictions | LabelPredictions) -> Sequence[str]:
    names = predictions.parts
    if len(names) <= MOST_PARTS:
        return names
    if isinstance(predictions, ClassPredictions):
        counts: npt.NDArray[Any] = np.bincount(predictions.truth, minlength=len(names))
    else:
        counts = predictions.truth.sum(axis=0)
    return [names[place] for place in np.argsort(-counts, kind="stable")[:MOST_PARTS]]


def _judged(
    name: str, truth: npt.NDArray[Any], probability: npt.NDArray[Any], weights: FloatArray | None
) -> PartCalibration:
    actual, given, weight = checked(truth, probability, weights)
    buckets = reliability(actual, given, weights=weight)
    bias, interval = prediction_bias(actual, given, weights=weight)
    return PartCalibration(
        name,
        len(actual),
        int(actual.sum()),
        float(np.average(given, weights=weight)),
        float(np.average(actual, weights=weight)),
        bias,
        interval,
        buckets.expected_error,
        chance_error(given, buckets, weight),
    )
