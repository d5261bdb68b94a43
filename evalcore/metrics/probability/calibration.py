"""All that is said of one model's calibration, each figure with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.metrics.probability.calibration_line import CalibrationLine, calibration_line, spiegelhalter
from evalcore.metrics.probability.corp import CorpCurve, corp_curve
from evalcore.metrics.probability.losses import held_log_losses
from evalcore.metrics.probability.reliability import (
    Reliability,
    Strategy,
    checked,
    mean_interval,
    prediction_bias,
    reliability,
)
from evalcore.metrics.rates.proportions import Interval
from evalcore.predictions.evaluation import FloatArray

__all__ = ["Calibration", "calibration", "chance_error"]

_RESAMPLES = 1000


@dataclass(frozen=True, eq=False)
class Calibration:
    """Whether one model's probabilities mean what they say.

    Parameters
    ----------
    buckets : Reliability
    curve : CorpCurve
    bias, brier, log_loss : float
        Prediction bias, Brier score and log loss; with the interval of a mean of cases beside each.
    bias_interval, brier_interval, log_loss_interval : Interval
    chance : float
        The expected calibration error of these buckets that perfect probabilities stay under in 95 % of samples:
        what is below it may be chance.
    line : CalibrationLine
    z, p : float
        Spiegelhalter's test.

    Examples
    --------
    >>> generator = np.random.default_rng(0)
    >>> said = generator.random(2000)
    >>> found = calibration(generator.random(2000) < said, said)
    >>> bool(found.buckets.expected_error < found.chance), round(found.line.slope, 1)
    (True, 1.0)
    """

    buckets: Reliability
    curve: CorpCurve
    bias: float
    bias_interval: Interval
    brier: float
    brier_interval: Interval
    log_loss: float
    log_loss_interval: Interval
    chance: float
    line: CalibrationLine
    z: float
    p: float


def calibration(
    truth: npt.ArrayLike,
    probability: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    buckets: int = 10,
    strategy: Strategy = "quantile",
    confidence: float = 0.95,
) -> Calibration:
    """Judge probabilities of two classes.

    Parameters
    ----------
    truth : array_like of 0 and 1, shape (n,)
    probability : array_like, shape (n,)
    weights : array_like, shape (n,), optional
    buckets, strategy
        As in `reliability`.
    confidence : float, default 0.95

    Returns
    -------
    Calibration

    Raises
    ------
    InputError
        As `reliability`.

    Examples
    --------
    >>> found = calibration([0, 0, 1, 1], [0.2, 0.4, 0.6, 0.8], buckets=2)
    >>> round(found.brier, 3), round(abs(found.bias), 3)
    (0.1, 0.0)
    """
    actual, given, weight = checked(truth, probability, weights)
    parts = {"weights": weight, "confidence": confidence}
    bias, bias_interval = prediction_bias(actual, given, **parts)  # type: ignore[arg-type]
    brier, brier_interval = mean_interval((given - actual) ** 2, weight, confidence=confidence)
    loss, loss_interval = mean_interval(held_log_losses(actual, given), weight, confidence=confidence)
    found = reliability(
        actual, given, weights=weight, buckets=buckets, strategy=strategy, confidence=confidence
    )
    z, p = spiegelhalter(actual, given, weights=weight)
    return Calibration(
        found,
        corp_curve(actual, given, weights=weight, confidence=confidence),
        bias,
        bias_interval,
        brier,
        brier_interval,
        loss,
        loss_interval,
        chance_error(given, found, weight),
        calibration_line(actual, given, weights=weight, confidence=confidence),
        z,
        p,
    )


def chance_error(
    probability: FloatArray, buckets: Reliability, weight: FloatArray, *, level: float = 0.95, seed: int = 0
) -> float:
    """The expected calibration error that chance alone gives perfect probabilities, at most, with this confidence.

    Each bucket's share is drawn anew as if every probability were right: near enough normal, with the variance of
    its cases' own probabilities.

    Parameters
    ----------
    probability, weight : ndarray, shape (n,)
    buckets : Reliability
        Of these probabilities.
    level : float, default 0.95
    seed : int, default 0
    """
    order = np.argsort(probability, kind="stable")
    ends = np.cumsum(buckets.cases)
    starts = ends - buckets.cases
    spread = (weight**2 * probability * (1 - probability))[order]
    variance = np.add.reduceat(spread, starts) / buckets.weight**2
    draws = np.random.default_rng(seed).standard_normal((_RESAMPLES, len(starts))) * np.sqrt(variance)
    errors = np.average(np.abs(draws), axis=1, weights=buckets.weight)
    return float(np.quantile(errors, level))
