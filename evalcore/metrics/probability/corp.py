"""The calibration curve without buckets: isotonic regression of the truth on the probability (CORP).

T. Dimitriadis, T. Gneiting and A. I. Jordan, "Stable reliability diagrams for probabilistic classifiers",
PNAS 118(8), 2021: consistent, optimally binned, reproducible, by pool-adjacent-violators.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.metrics.probability.reliability import checked
from evalcore.predictions.evaluation import FloatArray

__all__ = ["CorpCurve", "corp_curve"]

_POINTS = 500
_RESAMPLES = 400


@dataclass(frozen=True, eq=False)
class CorpCurve:
    """A calibration curve, its band, and what it says of the Brier score.

    Parameters
    ----------
    probability, share : ndarray of float64, shape (m,)
        The curve: at each distinct probability (of at most some hundred pooled ones where there are more to draw)
        the share of positives that it stands for.
    low, high : ndarray of float64, shape (m,)
        Within these the curve would lie, point by point, in `confidence` of samples of this size if every
        probability were right (a consistency band).
    miscalibration, discrimination, uncertainty : float
        Brier = miscalibration - discrimination + uncertainty, exactly.
    confidence : float

    Examples
    --------
    >>> curve = corp_curve([0, 1, 0, 1], [0.1, 0.2, 0.6, 0.9])
    >>> curve.share.tolist()
    [0.0, 0.5, 0.5, 1.0]
    >>> brier = np.mean((np.array([0.1, 0.2, 0.6, 0.9]) - [0, 1, 0, 1]) ** 2)
    >>> bool(abs(curve.miscalibration - curve.discrimination + curve.uncertainty - brier) < 1e-12)
    True
    """

    probability: FloatArray
    share: FloatArray
    low: FloatArray
    high: FloatArray
    miscalibration: float
    discrimination: float
    uncertainty: float
    confidence: float


def corp_curve(
    truth: npt.ArrayLike,
    probability: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> CorpCurve:
    """Fit the calibration curve by isotonic regression.

    Parameters
    ----------
    truth : array_like of 0 and 1, shape (n,)
    probability : array_like, shape (n,)
    weights : array_like, shape (n,), optional
        Cases of unequal weight widen the band by Kish's formula.
    confidence : float, default 0.95
    seed : int, default 0
        Of the resamples behind the band.

    Returns
    -------
    CorpCurve

    Raises
    ------
    InputError
        As `reliability`.
    """
    actual, given, weight = checked(truth, probability, weights)
    distinct, place = np.unique(given, return_inverse=True)
    held = np.bincount(place, weight, len(distinct)).astype(np.float64)
    share = np.bincount(place, weight * actual, len(distinct)) / held
    fitted = _isotonic(share, held)
    base = float(weight @ actual / weight.sum())

    def brier(forecast: FloatArray) -> float:
        # (f - y)^2 summed over cases of one probability: y is 0 or 1, so that only the share counts.
        return float(np.average(forecast**2 - 2 * forecast * share + share, weights=held))

    given_score, fitted_score, base_score = (
        brier(distinct),
        brier(fitted),
        brier(np.full(len(distinct), base)),
    )
    points, many = _pooled(distinct, held)
    worth = float(weight.sum() ** 2 / np.sum(weight**2) / weight.sum())
    low, high = _band(points, many * worth, confidence, np.random.default_rng(seed))
    return CorpCurve(
        points,
        np.interp(points, distinct, fitted),
        low,
        high,
        given_score - fitted_score,
        base_score - fitted_score,
        base_score,
        confidence,
    )


def _isotonic(share: FloatArray, held: FloatArray) -> FloatArray:
    from scipy.optimize import isotonic_regression  # late: 0.3 s to import

    return np.asarray(isotonic_regression(share, weights=held).x, dtype=np.float64)


def _pooled(distinct: FloatArray, held: FloatArray) -> tuple[FloatArray, FloatArray]:
    """At most some hundred points, of nearly equal weight, each at the mean of what it pools."""
    if len(distinct) <= _POINTS:
        return distinct, held
    middle = (np.cumsum(held) - held / 2) / held.sum()
    _, place = np.unique((middle * _POINTS).astype(np.intp), return_inverse=True)
    many = np.bincount(place, held).astype(np.float64)
    return np.bincount(place, held * distinct) / many, many


def _band(
    points: FloatArray, many: FloatArray, confidence: float, generator: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Where the curve would lie if each point's probability were right."""
    trials = np.maximum(np.rint(many), 1).astype(np.int64)
    shares = generator.binomial(trials, points, size=(_RESAMPLES, len(points))) / trials
    curves = np.array([_isotonic(each, many) for each in shares])
    low, high = np.quantile(curves, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return low, high
