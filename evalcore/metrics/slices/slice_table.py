"""Every figure of every group of cases at a threshold, each with its interval, beside all other cases."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.metrics.probability.reliability import prediction_bias
from evalcore.metrics.rates.confusion import METRICS, Confusion
from evalcore.metrics.rates.intervals import INTERVAL_METRICS, RATE_PARTS, Interval, confusion_interval
from evalcore.metrics.rates.proportions import difference_limits
from evalcore.metrics.slices.sorted_groups import SortedGroups, mean_weight, sort_groups
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import FloatArray
from evalcore.predictions.score_unit import as_probability
from evalcore.predictions.slices.groups import Grouping, grouping

__all__ = ["ORDERS", "Order", "SliceTable", "WithinSlice", "slice_table"]

Order = Literal["worst", "gap", "size"]

#: How groups can be ordered, in words.
ORDERS: dict[Order, str] = {"worst": "Worst first", "gap": "Furthest behind", "size": "Largest first"}


@dataclass(frozen=True)
class WithinSlice:
    """What holds of a group whatever the threshold.

    Parameters
    ----------
    roc_auc, auc_low, auc_high : float
        Area within the group with DeLong's interval; nan where it has one class only, or scores rank nothing.
    bias, bias_low, bias_high : float
        Mean probability minus the share of positives; nan where scores are no probabilities.
    """

    roc_auc: float = math.nan
    auc_low: float = math.nan
    auc_high: float = math.nan
    bias: float = math.nan
    bias_low: float = math.nan
    bias_high: float = math.nan


@dataclass(frozen=True, eq=False)
class SliceTable:
    """The groups of a grouping at one threshold.

    Parameters
    ----------
    grouping : Grouping
    model : str
    threshold : float
    cases : ndarray of intp, shape (G,)
        Cases of each group, each counted once whatever its weight.
    confusion : Confusion
        Of each group: arrays of shape (G,).
    elsewhere : Confusion
        Of all cases that are not of the group: arrays of shape (G,).
    within : tuple of WithinSlice
        Of each group: what does not hang on the threshold.
    confidence : float
    """

    grouping: Grouping
    model: str
    threshold: float
    cases: npt.NDArray[np.intp]
    confusion: Confusion
    elsewhere: Confusion
    within: tuple[WithinSlice, ...]
    confidence: float
    sorted_groups: SortedGroups

    def __len__(self) -> int:
        """Return the number of groups."""
        return len(self.grouping)

    def at(self, threshold: float) -> SliceTable:
        """Return the table at another threshold: one search a group, nothing is sorted or summed again."""
        confusion = self.sorted_groups.at(threshold)
        return replace(
            self, threshold=float(threshold), confusion=confusion, elsewhere=_all_but_each(confusion)
        )

    @property
    def whole(self) -> Confusion:
        """All cases together."""
        return Confusion(*(_total(getattr(self.confusion, cell)) for cell in ("tn", "fp", "fn", "tp")))

    def rate(self, metric: str) -> FloatArray:
        """Return a metric of `Confusion` within each group; nan where it is not defined."""
        found: FloatArray = self.confusion.value(metric)
        return found

    def interval(self, metric: str) -> Interval:
        """Return the interval of a metric within each group."""
        return self._interval(metric, self.confusion, self.sorted_groups.mean_weights)

    def behind(self, metric: str) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Return the cases that a metric is made of: those that count, of how many; nan and all cases if no share."""
        if metric not in RATE_PARTS:
            return np.full(len(self), np.nan), np.asarray(self.confusion.total)
        successes, cases = RATE_PARTS[metric]
        return np.asarray(getattr(self.confusion, successes)), np.asarray(getattr(self.confusion, cases))

    def gap(self, metric: str) -> tuple[FloatArray, Interval]:
        """Return each group's metric minus that of all other cases, with its interval."""
        squares = self.sorted_groups.squares
        totals = np.stack([self.elsewhere.positives, self.elsewhere.negatives])
        others = mean_weight(np.maximum(squares.sum(axis=1, keepdims=True) - squares, 0), totals)
        here, there = self.rate(metric), self.elsewhere.value(metric)
        own, other = self.interval(metric), self._interval(metric, self.elsewhere, others)
        low, high = difference_limits(here, (own.low, own.high), there, (other.low, other.high))
        return here - there, Interval(low, high, self.confidence, "MOVER of each one's")

    def order(self, by: Order, metric: str) -> npt.NDArray[np.intp]:
        """Return the places of the groups in an order; groups where the metric is not defined come last.

        Parameters
        ----------
        by : {"worst", "gap", "size"}
            The worst value first, the furthest behind all others first, or the most cases first. Of a metric of
            which neither more nor less is better, "gap" begins with the furthest on either side.
        metric : str
        """
        better = METRICS[metric].higher_is_better
        key: npt.NDArray[Any]
        if by == "size":
            key = -self.cases
        elif by == "worst":
            key = -self.rate(metric) if better is False else self.rate(metric)
        else:
            gap = self.gap(metric)[0]
            key = -np.abs(gap) if better is None else gap if better else -gap
        return np.lexsort((-self.cases, key))  # what is nan is last

    def frame(self) -> pd.DataFrame:
        """Return a row for each group at full precision: size, every rate with its interval, area and bias."""
        columns: dict[str, Any] = {name: [] for name in self.grouping.columns}
        for group in self.grouping.groups:
            for condition in group:
                columns[condition.column].append(condition.value)
        columns |= {"cases": self.cases, "positives": self.confusion.positives}
        for name in METRICS:
            columns[name] = self.rate(name)
            if name in INTERVAL_METRICS:
                interval = self.interval(name)
                columns |= {f"{name} low": interval.low, f"{name} high": interval.high}
        for label, name in _WITHIN_COLUMNS.items():
            columns[label] = [getattr(each, name) for each in self.within]
        return pd.DataFrame(columns)

    def _interval(self, metric: str, confusion: Confusion, mean_weights: FloatArray) -> Interval:
        squares = confusion.scaled(*mean_weights)
        return confusion_interval(confusion, metric, confidence=self.confidence, squares=squares)


_WITHIN_COLUMNS = {
    "roc_auc": "roc_auc",
    "roc_auc low": "auc_low",
    "roc_auc high": "auc_high",
    "prediction bias": "bias",
    "prediction bias low": "bias_low",
    "prediction bias high": "bias_high",
}


def slice_table(
    predictions: BinaryPredictions,
    columns: str | Sequence[str] | Grouping,
    *,
    model: str = "",
    threshold: float | None = None,
    confidence: float = 0.95,
) -> SliceTable:
    """Look at a model within every group of cases that a column, or two, make.

    Parameters
    ----------
    predictions : BinaryPredictions
    columns : str, sequence of str or Grouping
        One column of the table or two; numbers of many values are put into ranges.
    model : str, optional
        The first one by default.
    threshold : float, optional
        The model's default by default. `SliceTable.at` moves it.
    confidence : float, default 0.95

    Returns
    -------
    SliceTable
        Small groups are in it as all others are: their intervals say how little is known of them.

    Raises
    ------
    InputError
        Where the table has no such column.

    Notes
    -----
    Shares have Wilson's interval, areas DeLong's; the interval of a difference to all other cases is put together
    from both by their squared distances (Newcombe 1998, Stat. Med. 17, 873-890, method 10).

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"y": [0, 1, 0, 1] * 9, "prob": [0.1, 0.9, 0.4, 0.3] * 9, "site": list("aabb") * 9})
    >>> found = ec.slice_table(ec.open_predictions(table).predictions, "site", threshold=0.35)
    >>> found.grouping.words, found.rate("recall").tolist(), found.gap("recall")[0].tolist()
    (('site = a', 'site = b'), [1.0, 0.0], [1.0, -1.0])
    >>> found.at(0.2).rate("recall").tolist()
    [1.0, 1.0]
    """
    names = {each.name: each for each in predictions.models}
    if model and model not in names:
        raise InputError(f"model must be one of {', '.join(names)}, got {model!r}")
    chosen = names[model] if model else predictions.models[0]
    if not isinstance(columns, Grouping):
        asked = (columns,) if isinstance(columns, str) else tuple(columns)
        missing = [name for name in asked if name not in predictions.table.columns]
        if missing or not 1 <= len(asked) <= 2:
            raise InputError(
                f"columns must be one or two columns of the table, got {', '.join(map(repr, asked)) or 'none'}"
            )
        columns = grouping(predictions, asked)
    ready = sort_groups(
        predictions.truth, chosen.values, columns.places, len(columns), weights=predictions.weights
    )
    at = chosen.default_threshold if threshold is None else float(threshold)
    confusion = ready.at(at)
    return SliceTable(
        columns,
        chosen.name,
        at,
        ready.cases,
        confusion,
        _all_but_each(confusion),
        _each_within(predictions, chosen.name, columns, confidence),
        confidence,
        ready,
    )


def _total(counts: npt.NDArray[Any]) -> int | float:
    total: int | float = counts.sum().item()
    return total


def _all_but_each(confusion: Confusion) -> Confusion:
    cells = (getattr(confusion, cell) for cell in ("tn", "fp", "fn", "tp"))
    return Confusion(*(np.maximum(cell.sum() - cell, 0) for cell in cells))


def _each_within(
    predictions: BinaryPredictions, model: str, groups: Grouping, confidence: float
) -> tuple[WithinSlice, ...]:
    scores = predictions.model(model)
    probability = None if scores.kind == "hard_label" else as_probability(scores.values, scores.kind)
    order = np.argsort(groups.places, kind="stable")
    ends = np.cumsum(np.bincount(groups.places, minlength=len(groups)))[:-1]
    found = []
    for rows in np.split(order, ends):
        truth = predictions.truth[rows]
        weights = None if predictions.weights is None else predictions.weights[rows]
        told = WithinSlice()
        counts = weights is None or weights.any()
        if counts and scores.kind != "hard_label":
            area = delong(
                ThresholdSweep.from_scores(truth, scores.values[rows], weight=weights), confidence=confidence
            )
            told = WithinSlice(area.auc, area.low, area.high)
        if counts and probability is not None:
            bias, interval = prediction_bias(truth, probability[rows], weights=weights, confidence=confidence)
            told = replace(told, bias=bias, bias_low=float(interval.low), bias_high=float(interval.high))
        found.append(told)
    return tuple(found)
