"""Do probabilities mean what they say? Mean prediction against observed share, bucket by bucket.

Prediction bias is mean prediction minus mean truth, of all cases or of a bucket. A bias near zero does not make a
model good: always predicting the mean has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.rates.proportions import Interval, normal_quantile, wilson
from evalcore.metrics.sweep.case_arrays import checked_truth, checked_weights
from evalcore.predictions.evaluation import FloatArray

__all__ = ["ENOUGH", "Reliability", "Strategy", "prediction_bias", "reliability"]

Strategy = Literal["quantile", "uniform"]
#: Cases below which a bucket's share says little.
ENOUGH = 20


@dataclass(frozen=True, eq=False)
class Reliability:
    """Buckets of probabilities, from low to high; those without a case are left out.

    Parameters
    ----------
    low, high : ndarray of float64, shape (B,)
        Where each bucket begins and ends: the ends of its width, or its smallest and largest probability where the
        buckets hold equal numbers of cases.
    cases : ndarray of int64, shape (B,)
    weight : ndarray of float64, shape (B,)
        Sum of case weights; `cases` where there are none.
    predicted, observed : ndarray of float64, shape (B,)
        Mean probability, and share of positives.
    interval : Interval
        Of `observed`, Wilson's; weighted cases are worth what Kish's formula says within their bucket.
    strategy : {"quantile", "uniform"}

    Examples
    --------
    >>> found = reliability([0, 1, 1, 1], [0.1, 0.2, 0.8, 0.9], buckets=2, strategy="uniform")
    >>> found.predicted.round(2).tolist(), found.observed.tolist(), round(found.expected_error, 3)
    ([0.15, 0.85], [0.5, 1.0], 0.25)
    """

    low: FloatArray
    high: FloatArray
    cases: npt.NDArray[np.int64]
    weight: FloatArray
    predicted: FloatArray
    observed: FloatArray
    interval: Interval
    strategy: Strategy

    @property
    def bias(self) -> FloatArray:
        """Prediction bias of each bucket: mean probability minus observed share."""
        return self.predicted - self.observed

    @property
    def expected_error(self) -> float:
        """Expected calibration error (ECE): mean of the buckets' absolute bias, by their weight.

        Naeini, Cooper and Hauskrecht, AAAI 2015, for buckets of equal width; with buckets of equal numbers it is
        the adaptive ECE (Nguyen and O'Connor, EMNLP 2015). The plug-in estimate is never below the true value on
        average: chance alone moves shares.
        """
        return float(np.average(np.abs(self.bias), weights=self.weight))

    @property
    def largest_error(self) -> float:
        """Maximum calibration error (MCE): the largest absolute bias of a bucket, however few its cases."""
        return float(np.abs(self.bias).max())

    @property
    def murphy(self) -> tuple[float, float, float]:
        """Reliability, resolution and uncertainty of the Brier score by these buckets (Murphy, 1973).

        Brier is near reliability - resolution + uncertainty; it is exactly that where all cases of a bucket have
        the same probability.
        """
        base = float(np.average(self.observed, weights=self.weight))
        resolution = float(np.average((self.observed - base) ** 2, weights=self.weight))
        return float(np.average(self.bias**2, weights=self.weight)), resolution, base * (1 - base)


def reliability(
    truth: npt.ArrayLike,
    probability: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    buckets: int = 10,
    strategy: Strategy = "quantile",
    confidence: float = 0.95,
) -> Reliability:
    """Put cases into buckets by their probability, and compare prediction with truth in each.

    Parameters
    ----------
    truth : array_like of 0 and 1, shape (n,)
    probability : array_like, shape (n,)
        Within [0, 1].
    weights : array_like, shape (n,), optional
    buckets : int, default 10
        At most so many: cases of one probability are never parted, and empty buckets are left out.
    strategy : {"quantile", "uniform"}
        Equal numbers of cases (by weight), or equal widths. A bucket must hold enough cases to say something.
    confidence : float, default 0.95

    Returns
    -------
    Reliability

    Raises
    ------
    InputError
        Where there is no case of any weight, or a probability is not one.

    Examples
    --------
    >>> reliability([0, 0, 1, 1], [0.1, 0.3, 0.6, 0.9], buckets=2).cases.tolist()
    [2, 2]
    """
    actual, given, weight = checked(truth, probability, weights)
    if buckets < 1:
        raise InputError(f"buckets must be at least 1, got {buckets}")
    place = _equal_width(given, buckets) if strategy == "uniform" else _equal_number(given, weight, buckets)
    used, place = np.unique(place, return_inverse=True)
    many = len(used)

    def summed(values: FloatArray | None) -> FloatArray:
        return np.bincount(place, values, many).astype(np.float64)

    total = summed(weight)
    # The mean of equal numbers may leave their range by a rounding.
    low, high = np.full(many, np.inf), np.full(many, -np.inf)
    np.minimum.at(low, place, given)
    np.maximum.at(high, place, given)
    predicted = np.clip(summed(weight * given) / total, low, high)
    observed = np.clip(summed(weight * actual) / total, 0.0, 1.0)
    worth = total**2 / summed(weight**2)
    if strategy == "uniform":
        low, high = used / buckets, (used + 1) / buckets
    return Reliability(
        low,
        high,
        np.bincount(place, minlength=many).astype(np.int64),
        total,
        predicted,
        observed,
        wilson(observed * worth, worth, confidence=confidence),
        strategy,
    )


def prediction_bias(
    truth: npt.ArrayLike,
    probability: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> tuple[float, Interval]:
    """Mean prediction minus mean truth, with the normal interval of a mean of differences.

    Parameters
    ----------
    truth, probability, weights, confidence
        As in `reliability`.

    Returns
    -------
    bias : float
        Above 0 where the model promises too much.
    interval : Interval

    Examples
    --------
    >>> bias, interval = prediction_bias([0, 1, 0, 1], [0.5, 0.9, 0.3, 0.9])
    >>> round(bias, 3), bool(interval.low < bias < interval.high)
    (0.15, True)
    """
    actual, given, weight = checked(truth, probability, weights)
    return mean_interval(
        given - actual, weight, confidence=confidence, method="normal, of paired differences"
    )


def mean_interval(
    values: FloatArray, weight: FloatArray, *, confidence: float = 0.95, method: str = "normal"
) -> tuple[float, Interval]:
    """A weighted mean and its interval by the delta method (the linearised ratio of two sums)."""
    total = float(weight.sum())
    mean = float(weight @ values) / total
    spread = float(np.sum((weight * (values - mean)) ** 2))
    count = int(np.count_nonzero(weight))
    error = np.sqrt(spread * count / (count - 1)) / total if count > 1 else np.nan
    reach = normal_quantile(confidence) * error
    return mean, Interval(mean - reach, mean + reach, confidence, method)


def checked(
    truth: npt.ArrayLike, probability: npt.ArrayLike, weights: npt.ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The cases that have a weight, as float64; InputError where there are none, or they have no probabilities."""
    actual, given = checked_truth(truth).astype(np.float64), np.asarray(probability, dtype=np.float64)
    weight = np.ones(len(actual)) if weights is None else np.asarray(weights, dtype=np.float64)
    if not actual.shape == given.shape == weight.shape:
        raise InputError("truth, probability and weights must be of one length")
    weight = checked_weights(weight, len(given))
    if not np.all((given >= 0) & (given <= 1)):
        raise InputError(
            "probability must lie between 0 and 1; a decision score has to be mapped to one first"
        )
    counts = weight > 0
    if not counts.all():
        actual, given, weight = actual[counts], given[counts], weight[counts]
    if not len(given):
        raise InputError("there is no case to look at: every weight is 0")
    return actual, given, weight


def _equal_width(given: FloatArray, buckets: int) -> npt.NDArray[np.intp]:
    return np.minimum((given * buckets).astype(np.intp), buckets - 1)


def _equal_number(given: FloatArray, weight: FloatArray, buckets: int) -> npt.NDArray[np.intp]:
    """The bucket of each case by its middle rank among the distinct probabilities: ties stay together."""
    distinct, place = np.unique(given, return_inverse=True)
    held = np.bincount(place, weight, len(distinct))
    middle = (np.cumsum(held) - held / 2) / held.sum()
    bucket: npt.NDArray[np.intp] = np.minimum((middle * buckets).astype(np.intp), buckets - 1)
    return bucket[place]
