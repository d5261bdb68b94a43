"""The one sufficient statistic: counts of both classes at and above every distinct score."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.definitions import REASONS
from evalcore.metrics.rates.intervals import Interval, confusion_interval
from evalcore.metrics.sweep.case_arrays import checked_counts, checked_scores, checked_truth, checked_weights
from evalcore.metrics.sweep.curves import (
    DetCurve,
    GainCurve,
    PrecisionRecallCurve,
    RocCurve,
    area_under_roc,
    average_precision,
    build_det,
    build_gains,
    build_precision_recall,
    build_roc,
    partial_area,
)
from evalcore.metrics.sweep.packing import (
    CountedRows,
    count_rows,
    count_weighted_rows,
    cumulate,
    distinct_rows,
)
from evalcore.metrics.sweep.thinning import ThinSweep, thin

__all__ = ["ThresholdSweep"]

FloatArray: TypeAlias = npt.NDArray[np.floating[Any]]
# Counts: int64, or float64 where cases are weighted.
CountArray: TypeAlias = npt.NDArray[Any]

# From here on numbers round to infinity in float32 (NumPy would warn, and silencing it takes 4 microseconds).
_FLOAT32_END = 2.0**128 - 2.0**103


def _mean_weight(weights: npt.NDArray[np.float64]) -> float:
    """Sum of squares divided by sum; 1 of none."""
    return float((weights * weights).sum() / weights.sum()) if weights.any() else 1.0


def _joint_mean(totals: tuple[float, float], means: tuple[float, float]) -> float:
    """Mean weight of two parts together."""
    total = totals[0] + totals[1]
    return means[0] * (totals[0] / total) + means[1] * (totals[1] / total) if total else 1.0


@dataclass(frozen=True, eq=False, repr=False)
class ThresholdSweep:
    """Everything about a model at every threshold: a row is called positive when `score >= threshold`.

    Make one with `from_scores` or `from_counts`. It never changes: its arrays are read-only. Sweeps of
    partitions of the data (files, folds, groups) add up with `+`.

    Parameters
    ----------
    thresholds : ndarray of float32 or float64, shape (m,)
        The distinct scores in descending order, in the scores' own unit and dtype.
    true_positives, false_positives : ndarray of int64 or float64, shape (m,)
        (Weighted) positives and negatives whose score is at least the threshold. Floats where cases are
        weighted. The last entries are the class totals.
    effective_size : float
        Number of unweighted cases that the sweep is worth: Kish's (sum of weights)^2 / (sum of squared
        weights), in Kish (1965), Survey Sampling, section 8.2. Without weights, the number of cases.
    mean_weights : tuple of float
        Sum of squared weights divided by sum of weights, of the positives and of the negatives: what a case of
        the class weighs. A class is worth its total divided by this (Kish within the class). 1 without weights.

    Examples
    --------
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> sweep
    ThresholdSweep(4 thresholds, 2 positives, 2 negatives)
    >>> sweep.at(0.37)
    Confusion(tn=1, fp=1, fn=1, tp=1)
    >>> sweep.roc_auc, round(sweep.average_precision, 3)
    (0.75, 0.833)
    """

    thresholds: FloatArray
    true_positives: CountArray
    false_positives: CountArray
    effective_size: float
    mean_weights: tuple[float, float] = (1.0, 1.0)

    def __post_init__(self) -> None:
        for array in (self.thresholds, self.true_positives, self.false_positives):
            array.setflags(write=False)

    @classmethod
    def from_scores(
        cls, truth: npt.ArrayLike, score: npt.ArrayLike, *, weight: npt.ArrayLike | None = None
    ) -> ThresholdSweep:
        """Sweep the rows of one model.

        Parameters
        ----------
        truth : array_like of bool or int, shape (n,)
            1 where the row is of the positive class. One class alone is allowed.
        score : array_like, shape (n,)
            More means more positive; any unit, infinities allowed. float32 and float16 are compared as
            float32, everything else as float64.
        weight : array_like, shape (n,), optional
            Non-negative case weights; rows of weight 0 are as if they were not there.

        Raises
        ------
        InputError
            NaN scores or weights, negative or infinite weights, truth other than 0 and 1, lengths that
            differ, no rows (or none with weight).

        Examples
        --------
        >>> sweep = ThresholdSweep.from_scores([1, 0, 1], [0.9, 0.9, 0.2], weight=[1, 3, 2])
        >>> sweep.thresholds, sweep.true_positives, sweep.false_positives
        (array([0.9, 0.2]), array([1., 3.]), array([3., 3.]))
        """
        labels, scores = checked_truth(truth), checked_scores(score)
        if len(labels) != len(scores):
            raise InputError(
                f"truth and score must have the same length, got {len(labels)} and {len(scores)}"
            )
        if weight is None:
            return cls._of_rows(count_rows(labels, scores), effective_size=float(len(scores)))
        weights = checked_weights(weight, len(scores))
        counted = weights > 0
        if not counted.all():
            if not counted.any():
                raise InputError("weight must be above 0 in at least one row, got 0 in all")
            labels, scores, weights = labels[counted], scores[counted], weights[counted]
        rows = count_weighted_rows(labels, scores, weights)
        top = float(weights.max())
        shares = weights / top
        mean_weights = tuple(_mean_weight(shares[labels == label]) * top for label in (1, 0))
        size = float(shares.sum() ** 2 / (shares * shares).sum())
        return cls._of_rows(rows, effective_size=size, mean_weights=mean_weights)

    @classmethod
    def from_counts(
        cls,
        scores: npt.ArrayLike,
        positives: npt.ArrayLike,
        negatives: npt.ArrayLike,
        *,
        effective_size: float | None = None,
    ) -> ThresholdSweep:
        """Sweep a table of counts per score.

        Parameters
        ----------
        scores : array_like, shape (k,)
            In any order; a score that comes more than once is merged.
        positives, negatives : array_like, shape (k,)
            Cases of each class *at* that score, not cumulative. Whole numbers stay exact integers.
        effective_size : float, optional
            The number of unweighted cases that the counts are worth, where they are sums of weights;
            their total by default.

        Raises
        ------
        InputError
            NaN scores, counts that are negative or not finite, lengths that differ, no cases.

        Examples
        --------
        A confusion matrix is the case of two scores:

        >>> ThresholdSweep.from_counts([1, 0], [4096, 1325], [1522, 53057]).at(0.5)
        Confusion(tn=53057, fp=1522, fn=1325, tp=4096)
        """
        values = checked_scores(scores)
        columns = checked_counts(positives, negatives, len(values))
        any_case = (columns[0] > 0) | (columns[1] > 0)
        if not any_case.any():
            raise InputError("positives and negatives must hold at least one case, got 0 in all rows")
        order = np.argsort(-values[any_case], kind="stable")
        rows = distinct_rows(
            [values[any_case][order], *(cumulate(each[any_case][order]) for each in columns)]
        )
        total = float(rows.true_positives[-1] + rows.false_positives[-1])
        if effective_size is not None and not 0 < effective_size < math.inf:
            raise InputError(f"effective_size must be above 0 and finite, got {effective_size}")
        size = float(effective_size or total)
        return cls._of_rows(rows, effective_size=size, mean_weights=(total / size, total / size))

    @classmethod
    def _of_rows(
        cls, rows: CountedRows, *, effective_size: float, mean_weights: tuple[float, ...] = (1.0, 1.0)
    ) -> ThresholdSweep:
        of_positives, of_negatives = mean_weights
        return cls(
            rows.score,
            rows.true_positives,
            rows.false_positives,
            effective_size,
            (of_positives, of_negatives),
        )

    def __len__(self) -> int:
        """Return the number of distinct scores."""
        return len(self.thresholds)

    def __repr__(self) -> str:
        return (
            f"ThresholdSweep({len(self)} thresholds, "
            f"{self.positives:.16g} positives, {self.negatives:.16g} negatives)"
        )

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.__post_init__()  # pickling forgets that the arrays are read-only

    @cached_property
    def positives(self) -> int | float:
        """(Weighted) cases of the positive class."""
        total: int | float = self.true_positives[-1].item()
        return total

    @cached_property
    def negatives(self) -> int | float:
        """(Weighted) cases of the negative class."""
        total: int | float = self.false_positives[-1].item()
        return total

    @cached_property
    def corners(self) -> npt.NDArray[np.intp]:
        """Rows where the ROC curve turns from up to right, the only ones that can be best.

        At any other row the next threshold catches more positives for the same false alarms, or the one before
        gives fewer false alarms for the same positives.
        """
        gains = np.diff(self.true_positives, prepend=0) > 0
        then_loses = np.append(self.false_positives[1:] > self.false_positives[:-1], True)
        return np.flatnonzero(gains & then_loses)

    def at(self, threshold: npt.ArrayLike) -> Confusion:
        """Count the four outcomes at one threshold, or at many.

        Parameters
        ----------
        threshold : float or array_like
            In the scores' unit. It is rounded to the scores' dtype first: 0.1 flags a float32 score of 0.1.

        Returns
        -------
        Confusion
            Python numbers for a scalar, arrays of its shape for an array.

        Raises
        ------
        InputError
            Where a threshold is nan.

        Examples
        --------
        >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        >>> sweep.at([0.0, 0.4]).tp
        array([2, 1])
        """
        if not isinstance(threshold, (float, int)):
            thresholds = np.asarray(threshold)
            if thresholds.ndim:
                tp, fp = self._counts(thresholds)
                return Confusion(self.negatives - fp, fp, self.positives - tp, tp)
            threshold = float(thresholds)
        value: Any = threshold
        if self.thresholds.dtype == np.float32:
            beyond = abs(threshold) >= _FLOAT32_END
            value = np.float32(math.copysign(math.inf, threshold) if beyond else threshold)
        if value != value:
            raise InputError("threshold must be a number, got nan")
        flagged_scores = len(self) - int(self.thresholds[::-1].searchsorted(value))
        if not flagged_scores:
            none = type(self.positives)(0)
            return Confusion(self.negatives, none, self.positives, none)
        tp = self.true_positives.item(flagged_scores - 1)
        fp = self.false_positives.item(flagged_scores - 1)
        return Confusion(self.negatives - fp, fp, self.positives - tp, tp)

    def _counts(self, thresholds: npt.NDArray[Any]) -> tuple[CountArray, CountArray]:
        """Return true and false positives at many thresholds."""
        with np.errstate(over="ignore"):
            values = thresholds.astype(self.thresholds.dtype, copy=False)
        if np.isnan(values).any():
            raise InputError("threshold must hold numbers, got nan")
        last = len(self) - 1 - self.thresholds[::-1].searchsorted(values)
        true_positives, false_positives = self.true_positives[last], self.false_positives[last]
        true_positives[last < 0] = 0
        false_positives[last < 0] = 0
        return true_positives, false_positives

    def __add__(self, other: ThresholdSweep) -> ThresholdSweep:
        """Sweep of both parts' rows together; float32 scores beside float64 ones become float64."""
        if not isinstance(other, ThresholdSweep):
            return NotImplemented
        dtype = np.result_type(self.thresholds, other.thresholds)
        mine, others = (
            replace(each, thresholds=each.thresholds.astype(dtype, copy=False)) for each in (self, other)
        )
        thresholds = np.unique(np.concatenate((mine.thresholds, others.thresholds)))[::-1].copy()
        my_counts, other_counts = mine._counts(thresholds), others._counts(thresholds)
        true_positives, false_positives = (a + b for a, b in zip(my_counts, other_counts, strict=True))
        # Kish's size is (sum of weights)^2 / (sum of squares), and both sums add up. A power of two keeps
        # the squares of huge and tiny weights in range, and rounds nothing.
        sizes = [float(each.positives + each.negatives) for each in (self, other)]
        exponent = math.frexp(max(sizes))[1]
        mine_scaled, others_scaled = (math.ldexp(size, -exponent) for size in sizes)
        squares = mine_scaled * (mine_scaled / self.effective_size)
        squares += others_scaled * (others_scaled / other.effective_size)
        total = mine_scaled + others_scaled
        effective_size = total * (total / squares)
        return ThresholdSweep(
            thresholds,
            true_positives,
            false_positives,
            effective_size,
            (
                _joint_mean((self.positives, other.positives), (self.mean_weights[0], other.mean_weights[0])),
                _joint_mean((self.negatives, other.negatives), (self.mean_weights[1], other.mean_weights[1])),
            ),
        )

    def squares(self, confusion: Confusion) -> Confusion:
        """Sums of the squared weights in the cells of a matrix of this sweep, for `confusion_interval`.

        Exact for a whole class; within a class the squares are taken to be spread as the weights are.

        Parameters
        ----------
        confusion : Confusion
            What `at` returned.

        Examples
        --------
        >>> sweep = ThresholdSweep.from_scores([1, 1, 0, 0], [0.9, 0.2, 0.8, 0.1], weight=[1, 1, 3, 3])
        >>> sweep.squares(sweep.at(0.5))
        Confusion(tn=9.0, fp=9.0, fn=1.0, tp=1.0)
        """
        return confusion.scaled(*self.mean_weights)

    def interval(self, confusion: Confusion, metric: str, *, confidence: float = 0.95) -> Interval:
        """Confidence interval of a rate of this sweep: weighted cases are worth what Kish's formula says they are.

        Parameters
        ----------
        confusion : Confusion
            What `at` returned: counts, or arrays of counts.
        metric : str
            One of `evalcore.metrics.rates.intervals.INTERVAL_METRICS`.
        confidence : float, default 0.95

        Raises
        ------
        InputError
            As `confusion_interval`.

        Examples
        --------
        >>> truth, score = [1] * 8 + [0] * 8, [0.9] * 6 + [0.1] * 10
        >>> plain = ThresholdSweep.from_scores(truth, score)
        >>> tripled = ThresholdSweep.from_scores(truth, score, weight=[3] * 16)
        >>> [round(each.interval(each.at(0.5), "recall").low, 3) for each in (plain, tripled)]
        [0.409, 0.409]
        """
        return confusion_interval(confusion, metric, confidence=confidence, squares=self.squares(confusion))

    def series(self, metric: str) -> npt.NDArray[np.float64]:
        """Return any metric of a confusion matrix at every distinct score; shape (m,), nan where undefined.

        Parameters
        ----------
        metric : str
            A name of `evalcore.metrics.rates.definitions.METRICS`. For any function of a matrix use
            ``function(sweep.at(sweep.thresholds))``.

        Raises
        ------
        InputError
            Where there is no such metric.

        Examples
        --------
        >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        >>> sweep.thresholds.tolist(), sweep.series("precision").round(3).tolist()
        ([0.8, 0.4, 0.35, 0.1], [1.0, 0.5, 0.667, 0.5])
        """
        fn, tn = self.positives - self.true_positives, self.negatives - self.false_positives
        found = Confusion(tn, self.false_positives, fn, self.true_positives).value(metric)
        return np.asarray(found, dtype=np.float64)

    def partial_roc_auc(self, max_fpr: float) -> float:
        """Area under the ROC curve up to a false positive rate, standardised by McClish.

        The area is stretched such that 0.5 is chance and 1 is perfect, as scikit-learn's `max_fpr` does.

        Parameters
        ----------
        max_fpr : float
            Above 0, at most 1; 1 gives `roc_auc`.

        Returns
        -------
        float
            nan where a class has no cases.

        Raises
        ------
        InputError
            Where `max_fpr` is out of range.

        References
        ----------
        D. K. McClish, Medical Decision Making 9, 190-195 (1989), doi:10.1177/0272989X8900900307.

        Examples
        --------
        >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        >>> round(sweep.partial_roc_auc(0.5), 4)
        0.6667
        """
        if not 0 < max_fpr <= 1:
            raise InputError(f"max_fpr must be above 0 and at most 1, got {max_fpr}")
        if max_fpr == 1 or not (self.positives and self.negatives):
            return self.roc_auc
        return partial_area(self.true_positives, self.false_positives, max_fpr)

    def roc(self) -> RocCurve:
        """Return the ROC curve with a vertex for every distinct score."""
        return build_roc(self.thresholds, self.true_positives, self.false_positives)

    def precision_recall(self) -> PrecisionRecallCurve:
        """Return the precision-recall curve with a vertex for every distinct score."""
        return build_precision_recall(self.thresholds, self.true_positives, self.false_positives)

    def det(self) -> DetCurve:
        """Return the detection error trade-off curve with a vertex for every distinct score."""
        return build_det(self.thresholds, self.true_positives, self.false_positives)

    def gains(self) -> GainCurve:
        """Return cumulative gain and lift with a vertex for every distinct score."""
        return build_gains(self.thresholds, self.true_positives, self.false_positives)

    def thin(self, max_rows: int = 2048) -> ThinSweep:
        """Return at most `max_rows` exact rows that draw the same curves; see `evalcore.metrics.sweep.thinning`."""
        return thin(self, max_rows=max_rows)

    @cached_property
    def roc_auc(self) -> float:
        """Area under the ROC curve: the chance that a random positive scores above a random negative.

        Ties count one half. nan where a class has no cases; `undefined` says so.
        """
        return area_under_roc(self.true_positives, self.false_positives)

    @cached_property
    def average_precision(self) -> float:
        """Mean of the precision over the recall that each threshold adds (no interpolation).

        nan without positives; `undefined` says so.
        """
        return average_precision(self.true_positives, self.false_positives)

    def undefined(self, metric: str) -> str | None:
        """Say why `roc_auc` or `average_precision` is nan, or None where it is a number.

        Examples
        --------
        >>> ThresholdSweep.from_scores([1, 1], [0.2, 0.3]).undefined("roc_auc")
        'there are no actual negatives'
        """
        if metric not in ("roc_auc", "average_precision"):
            raise InputError(f"metric must be 'roc_auc' or 'average_precision', got {metric!r}")
        if not self.positives:
            return REASONS["positives"]
        return REASONS["negatives"] if metric == "roc_auc" and not self.negatives else None
