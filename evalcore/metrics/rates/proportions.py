"""Confidence intervals for a rate: so many successes among so many cases."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import Value, divide

__all__ = ["Interval", "clopper_pearson", "difference_limits", "normal_quantile", "plain", "wilson"]


@dataclass(frozen=True, eq=False)
class Interval:
    """A confidence interval, or an array of them.

    Parameters
    ----------
    low, high : float or ndarray
        Limits in the unit of the metric; nan where the metric is undefined.
    confidence : float
        For example 0.95.
    method : str
        Its name in the literature.

    Examples
    --------
    >>> interval = wilson(15, 148)
    >>> interval.method, interval.confidence, interval.low < 15 / 148 < interval.high
    ('Wilson', 0.95, True)
    """

    low: Value
    high: Value
    confidence: float
    method: str


def normal_quantile(confidence: float) -> float:
    """Return z such that a standard normal lies within -z..z with probability `confidence`."""
    if not 0 < confidence < 1:
        raise InputError(f"confidence must lie between 0 and 1, got {confidence}")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def plain(value: Any) -> Value:
    """Return a Python float for a 0-d result, the array otherwise."""
    return value if np.ndim(value) else float(value)


def difference_limits(
    first: Any, of_first: tuple[Any, Any], second: Any, of_second: tuple[Any, Any]
) -> tuple[Any, Any]:
    """Limits of a difference of two figures of different cases, from the limits of each, by squared distances (MOVER).

    References
    ----------
    Newcombe (1998), Stat. Med. 17, 873-890 (method 10); Zou & Donner (2008), Stat. Med. 27, 1693-1702.

    Examples
    --------
    >>> one, other = wilson(56, 70), wilson(48, 80)
    >>> low, high = difference_limits(56 / 70, (one.low, one.high), 48 / 80, (other.low, other.high))
    >>> round(low, 4), round(high, 4)  # Newcombe's table II, case (a)
    (0.0524, 0.3339)
    """
    change = first - second
    below = np.hypot(first - of_first[0], of_second[1] - second)
    above = np.hypot(of_first[1] - first, second - of_second[0])
    return plain(change - below), plain(change + above)


def _checked_rate(successes: Value, total: Value) -> tuple[Value, Value]:
    """Return both as float arrays after checking 0 <= successes <= total."""
    successes, total = np.asarray(successes, dtype=float), np.asarray(total, dtype=float)
    # Weighted counts are differences of sums: allow for their rounding.
    if not np.all((successes >= 0) & (successes <= total * (1 + 1e-9))):
        raise InputError("successes must lie between 0 and total")
    return np.minimum(successes, total), total


def wilson(successes: Value, total: Value, *, confidence: float = 0.95) -> Interval:
    """Wilson's score interval for a rate.

    Parameters
    ----------
    successes, total : float or ndarray
        Cases that count and all cases; they need not be whole numbers.
    confidence : float, default 0.95

    Returns
    -------
    Interval
        Within [0, 1] and around the rate; nan where `total` is 0.

    Raises
    ------
    InputError
        Where successes are negative or more than the total.

    References
    ----------
    Wilson (1927), J. Am. Stat. Assoc. 22, 209-212, doi:10.1080/01621459.1927.10502953;
    Brown, Cai & DasGupta (2001), Stat. Sci. 16, 101-133, doi:10.1214/ss/1009213286.

    Examples
    --------
    >>> interval = wilson(15, 148)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.0624, 0.1605)
    """
    z = normal_quantile(confidence)
    successes, total = _checked_rate(successes, total)
    rate = np.asarray(divide(successes, total))
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = z * z / total
        centre = rate + shift / 2
        half = np.sqrt(shift * (rate * (1 - rate) + shift / 4))
        low, high = (centre - half) / (1 + shift), (centre + half) / (1 + shift)
    # Rounding would leave 1e-18 where the limit is 0 or 1, and a hair between limit and rate.
    low, high = np.where(successes == 0, 0.0, low), np.where(successes == total, 1.0, high)
    low, high = np.where(total > 0, low, np.nan), np.where(total > 0, high, np.nan)
    return Interval(plain(np.fmin(low, rate)), plain(np.fmax(high, rate)), confidence, "Wilson")


def clopper_pearson(successes: Value, total: Value, *, confidence: float = 0.95) -> Interval:
    """Clopper-Pearson's exact interval for a rate: never covers less than it says, often more.

    Parameters
    ----------
    successes, total : float or ndarray
        Cases that count and all cases.
    confidence : float, default 0.95

    Returns
    -------
    Interval
        nan where `total` is 0.

    Raises
    ------
    InputError
        Where successes are negative or more than the total.

    References
    ----------
    Clopper & Pearson (1934), Biometrika 26, 404-413, doi:10.1093/biomet/26.4.404.

    Examples
    --------
    >>> interval = clopper_pearson(15, 148)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.0578, 0.1617)
    """
    from scipy.special import betaincinv  # late: a rate seldom needs it, and it takes 0.1 s to import

    tail = 1 - NormalDist().cdf(normal_quantile(confidence))
    successes, total = _checked_rate(successes, total)
    failures = total - successes
    low = np.where(successes > 0, betaincinv(np.maximum(successes, 1e-300), failures + 1, tail), 0.0)
    high = np.where(failures > 0, betaincinv(successes + 1, np.maximum(failures, 1e-300), 1 - tail), 1.0)
    low, high = np.where(total > 0, low, np.nan), np.where(total > 0, high, np.nan)
    return Interval(plain(low), plain(high), confidence, "Clopper-Pearson")
