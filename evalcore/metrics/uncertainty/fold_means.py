"""One ROC curve of many folds: averaged at equal false positive rates, or at equal thresholds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = ["MeanRoc", "recall_dispersion", "threshold_mean", "vertical_mean"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class MeanRoc:
    """A mean ROC curve, and how far the folds lie apart.

    Parameters
    ----------
    false_positive_rate, recall : ndarray, shape (n,)
        Means over the folds.
    recall_spread, false_positive_spread : ndarray, shape (n,)
        Standard deviations over the folds (with n - 1); nan of one fold alone.
    """

    false_positive_rate: Floats
    recall: Floats
    recall_spread: Floats
    false_positive_spread: Floats

    @property
    def area(self) -> float:
        """Area under the mean curve, by trapezia."""
        return float(np.trapezoid(self.recall, self.false_positive_rate))


def recall_dispersion(sweeps: Sequence[ThresholdSweep], threshold: float) -> float:
    """Return how many times as much the recall at a threshold varies over folds as chance alone would make it.

    Pearson's chi-square of homogeneity over its degrees of freedom: about 1 where the folds are alike, far above it
    where one threshold does not mean the same in each. Weighted cases count what they are worth (Kish).

    Parameters
    ----------
    sweeps : sequence of ThresholdSweep
    threshold : float

    Returns
    -------
    float
        nan where fewer than two folds have positives, or where all or none of them are caught.

    Examples
    --------
    >>> folds = [ThresholdSweep.from_counts([1, 0], [caught, 100 - caught], [0, 9]) for caught in (90, 40, 85)]
    >>> round(recall_dispersion(folds, 0.5), 1), round(recall_dispersion(folds[::2], 0.5), 2)
    (37.3, 1.14)
    """
    usable = [each for each in sweeps if each.positives]
    caught = np.array([each.at(threshold).tp / each.mean_weights[0] for each in usable], dtype=float)
    cases = np.array([each.positives / each.mean_weights[0] for each in usable], dtype=float)
    rate = caught.sum() / cases.sum() if len(usable) else 0.0
    if len(usable) < 2 or not 0 < rate < 1:
        return math.nan
    return float(((caught - cases * rate) ** 2 / (cases * rate * (1 - rate))).sum() / (len(usable) - 1))


def _usable(sweeps: Sequence[ThresholdSweep]) -> list[ThresholdSweep]:
    found = [each for each in sweeps if each.positives and each.negatives]
    if not found:
        raise InputError("a mean ROC curve needs a fold with cases of both classes")
    return found


def _spread(values: Floats) -> Floats:
    many = len(values) > 1
    found: Floats = values.std(axis=0, ddof=1) if many else np.full(values.shape[1], np.nan)
    return found


def vertical_mean(sweeps: Sequence[ThresholdSweep], rates: npt.ArrayLike) -> MeanRoc:
    """Average the recall of folds at equal false positive rates.

    It says how well a model of this kind ranks, wherever its threshold stands.

    Parameters
    ----------
    sweeps : sequence of ThresholdSweep
        One of each fold; those without cases of both classes are left out.
    rates : array_like
        False positive rates from 0 to 1.

    Raises
    ------
    InputError
        Where no fold has cases of both classes.

    References
    ----------
    Fawcett (2006), An introduction to ROC analysis, Pattern Recognit. Lett. 27, 861-874, section 8.

    Examples
    --------
    >>> folds = [
    ...     ThresholdSweep.from_scores([0, 1], [0.1, 0.9]), ThresholdSweep.from_scores([0, 1], [0.9, 0.1])
    ... ]
    >>> vertical_mean(folds, [0, 0.5, 1]).recall.tolist()
    [0.5, 0.5, 1.0]
    """
    at = np.asarray(rates, dtype=float)
    rows = []
    for each in _usable(sweeps):
        curve = each.roc()
        x, y = curve.false_positive_rate, curve.true_positive_rate
        found = np.interp(at, x, y)
        # Where the curve rises straight up, its top is meant.
        rows.append(np.maximum(found, y[np.maximum(np.searchsorted(x, at + 1e-12, side="right") - 1, 0)]))
    values = np.array(rows, dtype=float)
    return MeanRoc(at, values.mean(axis=0), _spread(values), np.zeros(len(at)))


def threshold_mean(sweeps: Sequence[ThresholdSweep], thresholds: npt.ArrayLike) -> MeanRoc:
    """Average recall and false positive rate of folds at equal thresholds.

    It says what one threshold, fixed in advance, would do: folds whose scores are on other scales lie apart.

    Parameters
    ----------
    sweeps : sequence of ThresholdSweep
        One of each fold; those without cases of both classes are left out.
    thresholds : array_like
        In descending order, in the scores' unit.

    Raises
    ------
    InputError
        Where no fold has cases of both classes.

    References
    ----------
    Fawcett (2006), as for `vertical_mean`.

    Examples
    --------
    >>> folds = [
    ...     ThresholdSweep.from_scores([0, 1], [0.1, 0.9]), ThresholdSweep.from_scores([0, 1], [0.6, 0.7])
    ... ]
    >>> found = threshold_mean(folds, [0.8, 0.5])
    >>> found.false_positive_rate.tolist(), found.recall.tolist()
    ([0.0, 0.5], [0.5, 1.0])
    """
    at = np.asarray(thresholds, dtype=float)
    points = [each.at(at) for each in _usable(sweeps)]
    recall = np.array([each.recall for each in points], dtype=float)
    rate = np.array([each.false_positive_rate for each in points], dtype=float)
    return MeanRoc(rate.mean(axis=0), recall.mean(axis=0), _spread(recall), _spread(rate))
