"""Calibration in few numbers: slope and intercept of a logistic line, and Spiegelhalter's test."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.metrics.probability.losses import SMALLEST
from evalcore.metrics.probability.reliability import checked
from evalcore.metrics.rates.proportions import Interval, normal_quantile
from evalcore.predictions.evaluation import FloatArray

__all__ = ["CalibrationLine", "calibration_line", "log_odds", "logistic_line", "spiegelhalter"]

_STEPS = 60
_SMALL = 1e-10


@dataclass(frozen=True, eq=False)
class CalibrationLine:
    """Log odds of the truth as a straight line of the log odds that were predicted.

    Parameters
    ----------
    slope : float
        1 where the spread of the predictions is right; below 1 they are too extreme (over-confident).
    intercept : float
        With the slope held at 1 ("calibration in the large"): above 0 where positives are more frequent than said.
    slope_interval, intercept_interval : Interval
        Wald's, from the observed information (sandwich where cases are weighted); nan where a line cannot be fitted,
        as where the scores part the classes.

    Examples
    --------
    >>> line = calibration_line([0, 1, 0, 1, 1, 0], [0.2, 0.8, 0.4, 0.6, 0.3, 0.5])
    >>> round(line.slope, 2), round(line.intercept, 2)
    (1.47, 0.16)
    """

    slope: float
    intercept: float
    slope_interval: Interval
    intercept_interval: Interval


def calibration_line(
    truth: npt.ArrayLike,
    probability: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> CalibrationLine:
    """Fit Cox's calibration line.

    Parameters
    ----------
    truth : array_like of 0 and 1, shape (n,)
    probability : array_like, shape (n,)
    weights : array_like, shape (n,), optional
    confidence : float, default 0.95

    Returns
    -------
    CalibrationLine

    Raises
    ------
    InputError
        As `reliability`.

    References
    ----------
    D. R. Cox, "Two further applications of a model for binary regression", Biometrika 45 (1958);
    E. W. Steyerberg, "Clinical Prediction Models" (2019), chapter 15.
    """
    actual, given, weight = checked(truth, probability, weights)
    odds = log_odds(given)
    both, spread = logistic_line(actual, np.column_stack([np.ones(len(odds)), odds]), weight)
    alone, wide = logistic_line(actual, np.ones((len(odds), 1)), weight, offset=odds)
    reach = normal_quantile(confidence)

    def interval(value: float, variance: float) -> Interval:
        half = reach * math.sqrt(variance) if variance >= 0 else math.nan
        return Interval(value - half, value + half, confidence, "Wald")

    return CalibrationLine(
        float(both[1]),
        float(alone[0]),
        interval(float(both[1]), float(spread[1, 1])),
        interval(float(alone[0]), float(wide[0, 0])),
    )


def spiegelhalter(
    truth: npt.ArrayLike, probability: npt.ArrayLike, *, weights: npt.ArrayLike | None = None
) -> tuple[float, float]:
    """Spiegelhalter's z of the Brier score, and its two-sided p: whether chance explains the errors.

    D. J. Spiegelhalter, "Probabilistic prediction in patient management", Statistics in Medicine 5 (1986).

    Parameters
    ----------
    truth, probability, weights
        As in `calibration_line`.

    Returns
    -------
    z, p : float
        A small p says that chance alone does not explain the difference. nan where every probability is 0, 1/2 or 1,
        for then the score has no spread to hold it against.

    Examples
    --------
    >>> z, p = spiegelhalter([0, 1, 1, 1], [0.1, 0.2, 0.3, 0.9])
    >>> round(z, 2), round(p, 3)
    (1.32, 0.187)
    """
    actual, given, weight = checked(truth, probability, weights)
    lean = 1 - 2 * given
    spread = float(np.sum((weight * lean) ** 2 * given * (1 - given)))
    if spread <= 0:
        return math.nan, math.nan
    z = float(np.sum(weight * (actual - given) * lean)) / math.sqrt(spread)
    return z, math.erfc(abs(z) / math.sqrt(2))


def log_odds(probability: FloatArray) -> FloatArray:
    """Log odds, of probabilities held as far from 0 and 1 as the log loss holds them."""
    held = np.clip(probability, SMALLEST, 1 - SMALLEST)
    odds: FloatArray = np.log(held) - np.log1p(-held)
    return odds


def logistic_line(
    truth: FloatArray, columns: FloatArray, weight: FloatArray, *, offset: FloatArray | float = 0.0
) -> tuple[FloatArray, FloatArray]:
    """Logistic regression without a penalty: coefficients and their covariance (nan where there is no finite fit).

    scikit-learn's has neither an offset nor a covariance. Newton's steps, halved while they do not help.

    Parameters
    ----------
    truth : ndarray, shape (n,)
        0 and 1, or shares between.
    columns : ndarray, shape (n, k)
    weight : ndarray, shape (n,)
    offset : ndarray, shape (n,), optional
        Added to the log odds.

    Returns
    -------
    coefficients : ndarray, shape (k,)
    covariance : ndarray, shape (k, k)
        The sandwich, which equals the inverse information in the long run where cases are not weighted.
    """
    many = columns.shape[1]
    nothing = np.full(many, np.nan), np.full((many, many), np.nan)

    def loss(at: FloatArray) -> float:
        odds = columns @ at + offset
        return float(np.sum(weight * (np.logaddexp(0, odds) - truth * odds)))

    found = np.zeros(many)
    value = loss(found)
    for _ in range(_STEPS):
        share = 0.5 * (1 + np.tanh(0.5 * (columns @ found + offset)))
        residual = truth - share
        information = (columns * (weight * share * (1 - share))[:, None]).T @ columns
        try:
            step = np.linalg.solve(information, columns.T @ (weight * residual))
        except np.linalg.LinAlgError:
            return nothing
        length = 1.0
        while (after := loss(found + length * step)) > value + _SMALL and length > 1e-6:
            length /= 2
        found = found + length * step
        if abs(value - after) <= _SMALL * (1 + abs(after)):
            break
        value = after
    else:
        return nothing
    if value <= 1e-6 * weight.sum():  # the classes are parted: the coefficients run off to infinity
        return nothing
    outer = (columns * ((weight * residual) ** 2)[:, None]).T @ columns
    inverse = np.linalg.inv(information)
    return found, inverse @ outer @ inverse
