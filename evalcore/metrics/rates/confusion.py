"""The four counts of a binary confusion matrix, and every rate that follows from them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from evalcore.errors import InputError
from evalcore.metrics.rates.definitions import METRICS, NEEDS, REASONS, Metric

__all__ = ["METRICS", "Confusion", "Metric", "divide"]

# A Python number where the counts are scalars, an array of their shape where they are arrays.
Value: TypeAlias = Any

_NUMBERS = frozenset({int, float})

# The fourth power of sums up to this size, and of their inverses, is well in range.
_LARGE = 1e60


def divide(numerator: Value, denominator: Value) -> Value:
    """Divide, with nan wherever the denominator is 0: the one policy for undefined rates.

    Parameters
    ----------
    numerator, denominator : float or ndarray
        Of equal shape where both are arrays.

    Returns
    -------
    float or ndarray of float64
        A Python float for scalars, an array otherwise.

    Examples
    --------
    >>> divide(1, 4), divide(1, 0)
    (0.25, nan)
    >>> divide(np.array([1, 0]), np.array([4, 0]))
    array([0.25,  nan])
    """
    if isinstance(numerator, np.ndarray) or isinstance(denominator, np.ndarray):
        undefined = np.full(np.broadcast_shapes(np.shape(numerator), np.shape(denominator)), np.nan)
        return np.divide(numerator, denominator, out=undefined, where=np.not_equal(denominator, 0))
    return float(numerator / denominator) if denominator else math.nan


def _root(value: Value) -> Value:
    """Square root of a float or an array; nan stays nan."""
    return np.sqrt(value) if isinstance(value, np.ndarray) else math.sqrt(value)


def _checked(value: Value, name: str) -> Value:
    """Check one count or array of counts; NumPy scalars become Python numbers."""
    if isinstance(value, np.ndarray) and value.ndim:
        # min() is nan where any is nan, and nan fails the comparison too: one pass finds both faults.
        if value.size and not value.min() >= 0:
            raise InputError(f"{name} must hold counts of at least 0, got {value.min()}")
        return value
    number = value.item() if isinstance(value, (np.generic, np.ndarray)) else value
    if not number >= 0:
        raise InputError(f"{name} must be a count of at least 0, got {number}")
    return number


@dataclass(frozen=True, eq=False)
class Confusion:
    """A binary confusion matrix, or many of equal shape: one per threshold, slice or resample.

    Rates are Python floats where the counts are numbers and float64 arrays where they are arrays.
    An undefined rate is nan, never 0; `undefined` says why.

    Parameters
    ----------
    tn, fp, fn, tp : int, float or ndarray
        True negatives, false positives, false negatives and true positives: at least 0, in the
        order of ``sklearn.metrics.confusion_matrix(...).ravel()``. Floats where cases are weighted;
        arrays must have one shape.

    Raises
    ------
    InputError
        Where a count is negative or nan, or where shapes differ.

    Examples
    --------
    >>> point = Confusion(tn=53057, fp=1522, fn=1325, tp=4096)
    >>> round(point.precision, 4), round(point.recall, 4), round(point.f1, 4)
    (0.7291, 0.7556, 0.7421)
    >>> Confusion(9, 0, 1, 0).undefined("precision")
    'nothing is called positive'
    """

    tn: Value
    fp: Value
    fn: Value
    tp: Value

    def __post_init__(self) -> None:
        for name in ("tn", "fp", "fn", "tp"):
            value = getattr(self, name)
            # Python numbers first: a threshold is looked up in microseconds, so its check must not take more.
            if type(value) not in _NUMBERS or not value >= 0:
                object.__setattr__(self, name, _checked(value, name))
        shapes = {np.shape(count) for count in self._counts if type(count) not in _NUMBERS}
        if shapes and (len(shapes) > 1 or any(type(count) in _NUMBERS for count in self._counts)):
            raise InputError(
                f"tn, fp, fn and tp must have one shape, got {[np.shape(count) for count in self._counts]}"
            )

    @property
    def _counts(self) -> tuple[Value, Value, Value, Value]:
        return self.tn, self.fp, self.fn, self.tp

    def __eq__(self, other: object) -> bool:
        """Equal counts of equal shape."""
        return isinstance(other, Confusion) and np.array_equal(self.matrix, other.matrix)

    __hash__ = None  # type: ignore[assignment]  # arrays inside

    def __getitem__(self, index: Any) -> Confusion:
        """Pick one matrix (or some) out of arrays of them."""
        return Confusion(self.tn[index], self.fp[index], self.fn[index], self.tp[index])

    @property
    def matrix(self) -> np.ndarray[Any, np.dtype[Any]]:
        """``[[tn, fp], [fn, tp]]``: rows are actual, columns are called; shape (2, 2, ...)."""
        return np.array([[self.tn, self.fp], [self.fn, self.tp]])

    @property
    def swapped(self) -> Confusion:
        """The same calls with the other class as the positive one."""
        return Confusion(tn=self.tp, fp=self.fn, fn=self.fp, tp=self.tn)

    def scaled(self, positive: Value, negative: Value) -> Confusion:
        """The counts of each actual class times a factor of its own, as when sums become sums of squares.

        Examples
        --------
        >>> Confusion(tn=3, fp=3, fn=1, tp=1).scaled(1.0, 3.0)
        Confusion(tn=9.0, fp=9.0, fn=1.0, tp=1.0)
        """
        return Confusion(self.tn * negative, self.fp * negative, self.fn * positive, self.tp * positive)

    @property
    def total(self) -> Value:
        """All cases."""
        return self.tn + self.fp + self.fn + self.tp

    @property
    def positives(self) -> Value:
        """Actual positives, TP + FN."""
        return self.tp + self.fn

    @property
    def negatives(self) -> Value:
        """Actual negatives, TN + FP."""
        return self.tn + self.fp

    @property
    def predicted_positives(self) -> Value:
        """Cases that are flagged, TP + FP."""
        return self.tp + self.fp

    @property
    def predicted_negatives(self) -> Value:
        """Cases that are not flagged, TN + FN."""
        return self.tn + self.fn

    @property
    def correct(self) -> Value:
        """Right calls, TP + TN."""
        return self.tp + self.tn

    @property
    def flagged_or_missed(self) -> Value:
        """Cases that are flagged or should be, TP + FP + FN."""
        return self.tp + self.fp + self.fn

    @property
    def accuracy(self) -> Value:
        """Share of all calls that are right."""
        return divide(self.correct, self.total)

    @property
    def balanced_accuracy(self) -> Value:
        """Mean of recall and specificity."""
        return (self.recall + self.specificity) / 2

    @property
    def precision(self) -> Value:
        """Share of flagged cases that are actual positives."""
        return divide(self.tp, self.predicted_positives)

    @property
    def recall(self) -> Value:
        """Share of actual positives that are flagged; also sensitivity, true positive rate."""
        return divide(self.tp, self.positives)

    @property
    def specificity(self) -> Value:
        """Share of actual negatives that are not flagged."""
        return divide(self.tn, self.negatives)

    @property
    def false_positive_rate(self) -> Value:
        """Share of actual negatives that are flagged."""
        return divide(self.fp, self.negatives)

    @property
    def false_negative_rate(self) -> Value:
        """Share of actual positives that are missed."""
        return divide(self.fn, self.positives)

    @property
    def negative_predictive_value(self) -> Value:
        """Share of unflagged cases that are actual negatives."""
        return divide(self.tn, self.predicted_negatives)

    @property
    def false_discovery_rate(self) -> Value:
        """Share of flagged cases that are false alarms."""
        return divide(self.fp, self.predicted_positives)

    @property
    def false_omission_rate(self) -> Value:
        """Share of unflagged cases that are actual positives."""
        return divide(self.fn, self.predicted_negatives)

    @property
    def f1(self) -> Value:
        """Harmonic mean of precision and recall."""
        return divide(2 * self.tp, self.tp + self.flagged_or_missed)

    def fbeta(self, beta: float) -> Value:
        """Weighted harmonic mean of precision and recall; recall counts beta times as much.

        Parameters
        ----------
        beta : float
            Above 0; 1 gives F1, 2 favours recall, 0.5 favours precision.

        Raises
        ------
        InputError
            Where `beta` is not a finite number above 0.

        Examples
        --------
        >>> round(Confusion(90, 4, 2, 4).fbeta(2), 4)
        0.625
        """
        if not 0 < beta < math.inf:
            raise InputError(f"beta must be a finite number above 0, got {beta}")
        square = beta * beta
        gain = (1 + square) * self.tp
        return divide(gain, gain + square * self.fn + self.fp)

    @property
    def matthews_corrcoef(self) -> Value:
        """Correlation of call and truth (phi); from -1 to 1, 0 is no better than chance."""
        # Paired like this, perfect and opposite calls give exactly 1 and -1: products are equal or squares.
        cells = self._in_range
        flagged = 1.0 * cells.predicted_positives * cells.negatives
        passed = 1.0 * cells.predicted_negatives * cells.positives
        spread = _root(flagged * passed)
        if not np.all(spread):  # vanished, or 0 indeed: then this is 0 as well
            spread = np.where(spread == 0, _root(flagged) * _root(passed), spread)[()]
        return divide(cells._excess, spread)

    @property
    def cohen_kappa(self) -> Value:
        """Agreement of call and truth beyond chance; 1 is perfect, 0 is chance."""
        cells = self._in_range
        by_chance = (
            1.0 * cells.predicted_positives * cells.negatives
            + 1.0 * cells.predicted_negatives * cells.positives
        )
        return divide(2 * cells._excess, by_chance)

    @property
    def youden_j(self) -> Value:
        """Recall + specificity - 1; also informedness. Height above the diagonal of the ROC curve."""
        return self.recall + self.specificity - 1

    @property
    def g_mean(self) -> Value:
        """Geometric mean of recall and specificity."""
        return _root(self.recall * self.specificity)

    @property
    def threat_score(self) -> Value:
        """Share of right ones among all cases flagged or missed; also the Jaccard index."""
        return divide(self.tp, self.flagged_or_missed)

    @property
    def prevalence(self) -> Value:
        """Share of actual positives among all cases."""
        return divide(self.positives, self.total)

    @property
    def predicted_positive_rate(self) -> Value:
        """Share of all cases that is flagged."""
        return divide(self.predicted_positives, self.total)

    @property
    def positive_likelihood_ratio(self) -> Value:
        """How many times likelier a flag is for a positive than for a negative."""
        return divide(self.recall, self.false_positive_rate)

    @property
    def negative_likelihood_ratio(self) -> Value:
        """How many times likelier no flag is for a positive than for a negative."""
        return divide(self.false_negative_rate, self.specificity)

    @property
    def diagnostic_odds_ratio(self) -> Value:
        """Odds of a flag for positives over the odds of a flag for negatives."""
        cells = self._in_range
        return divide(1.0 * cells.tp * cells.tn, 1.0 * cells.fp * cells.fn)

    @property
    def _in_range(self) -> Confusion:
        """The same matrix times a power of two where products of its counts would overflow or vanish.

        Such counts are sums of huge or tiny weights. A power of two rounds nothing, and no rate depends on it.
        """
        total = self.total
        if isinstance(total, np.ndarray):
            if not total.size or (total.max() < _LARGE and total.min() > 1 / _LARGE):
                return self
        elif total < _LARGE and (total > 1 / _LARGE or not total):
            return self
        exponent = -np.frexp(np.asarray(total, dtype=np.float64))[1]
        cells = (np.ldexp(np.asarray(count, dtype=np.float64), exponent) for count in self._counts)
        return Confusion(*(cell if cell.ndim else float(cell) for cell in cells))

    @property
    def _excess(self) -> Value:
        """TP x TN - FP x FN, in floating point: integers of large arrays would overflow."""
        return 1.0 * self.tp * self.tn - 1.0 * self.fp * self.fn

    def value(self, metric: str) -> Value:
        """Return a metric of `METRICS` by name.

        Raises
        ------
        InputError
            Where there is no such metric.

        Examples
        --------
        >>> Confusion(90, 4, 2, 4).value("precision")
        0.5
        """
        if metric not in METRICS:
            raise InputError(f"metric must be one of {', '.join(METRICS)}, got {metric!r}")
        return getattr(self, metric)

    def undefined(self, metric: str) -> str | None:
        """Say in words why a metric is undefined here, or None where it is defined.

        Parameters
        ----------
        metric : str
            A name of `METRICS`.

        Raises
        ------
        InputError
            Where there is no such metric, or where the counts are arrays (pick one first: ``many[3]``).

        Examples
        --------
        >>> Confusion(9, 0, 1, 0).undefined("recall") is None
        True
        >>> Confusion(9, 0, 0, 1).undefined("positive_likelihood_ratio")
        'there are no false alarms to divide by'
        """
        if np.ndim(self.total):
            raise InputError(f"undefined() explains one matrix, got {np.shape(self.total)} of them")
        if not np.isnan(self.value(metric)):
            return None
        return next(
            (why for part, why in REASONS.items() if part in NEEDS[metric] and getattr(self, part) == 0),
            "the counts are too far apart in size to be multiplied",
        )
