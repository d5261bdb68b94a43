"""Several labels, any number of which apply to a row: rates label by label, averages, whole rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore import numbers
from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import Confusion, divide

__all__ = ["LABEL_AVERAGES", "LabelConfusion", "pairs_together", "share_together"]

Flags: TypeAlias = npt.NDArray[np.bool_]

#: The ways to average a rate over labels, in plain words.
LABEL_AVERAGES: Mapping[str, str] = MappingProxyType(
    {
        "macro": "mean over the labels, each label alike",
        "weighted": "mean over the labels, each by its number of cases",
        "micro": "from the totals over all labels: frequent labels count more",
        "samples": "mean over the rows, each from its own labels",
    }
)

_AVERAGED = ("precision", "recall", "f1", "threat_score")


def _flags(values: npt.ArrayLike, name: str) -> Flags:
    array = np.asarray(values)
    if array.ndim != 2 or not array.size:
        raise InputError(
            f"{name} must have a row for each case and a column for each label, got {array.shape}"
        )
    if array.dtype.kind != "b" and not np.isin(array, (0, 1)).all():
        raise InputError(f"{name} must hold 0 and 1 only")
    return array.astype(bool)


def _summed(flags: Flags, weights: npt.NDArray[np.float64] | None) -> npt.NDArray[Any]:
    if weights is None:
        return np.asarray(np.count_nonzero(flags, axis=0))
    return np.asarray(weights @ flags)


@dataclass(frozen=True, eq=False)
class LabelConfusion:
    """Truth and decision of every label in every row.

    Parameters
    ----------
    truth, called : ndarray of bool, shape (n, L)
    weights : ndarray of float64, shape (n,), or None
    known : ndarray of bool, shape (n, L), or None
        Where the truth of a label is known; cells where it is not count nowhere.

    Examples
    --------
    >>> confusion = LabelConfusion.from_flags([[1, 0], [1, 1]], [[1, 0], [0, 1]])
    >>> confusion.per_label.tp.tolist(), confusion.hamming_loss, confusion.subset_accuracy
    ([1, 1], 0.25, 0.5)
    """

    truth: Flags
    called: Flags
    weights: npt.NDArray[np.float64] | None = None
    known: Flags | None = None

    @classmethod
    def from_flags(
        cls,
        truth: npt.ArrayLike,
        called: npt.ArrayLike,
        *,
        weight: npt.ArrayLike | None = None,
        known: Flags | None = None,
    ) -> LabelConfusion:
        """Check and keep the flags.

        Parameters
        ----------
        truth, called : array_like of 0 and 1, shape (n, L)
        weight : array_like, shape (n,), optional
        known : ndarray of bool, shape (n, L), optional

        Raises
        ------
        InputError
            Values other than 0 and 1, or shapes that differ.
        """
        actual, decided = _flags(truth, "truth"), _flags(called, "called")
        if actual.shape != decided.shape:
            raise InputError(
                f"truth and called must have the same shape, got {actual.shape} and {decided.shape}"
            )
        weights = None if weight is None else np.asarray(weight, dtype=np.float64)
        if known is not None:
            return cls(actual & known, decided & known, weights, known)
        return cls(actual, decided, weights)

    @classmethod
    def from_scores(
        cls,
        truth: npt.ArrayLike,
        scores: npt.ArrayLike,
        thresholds: npt.ArrayLike,
        *,
        weight: npt.ArrayLike | None = None,
        known: Flags | None = None,
    ) -> LabelConfusion:
        """Decide that a label applies where its score is at least its threshold.

        Parameters
        ----------
        truth : array_like of 0 and 1, shape (n, L)
        scores : array_like, shape (n, L)
        thresholds : array_like, shape (L,)
            Compared in the scores' own type.
        weight : array_like, shape (n,), optional
        known : ndarray of bool, shape (n, L), optional
        """
        values = np.asarray(scores)
        limits = np.asarray(thresholds)
        if values.ndim != 2 or limits.shape != values.shape[1:]:
            raise InputError(f"thresholds must hold one number for each label, got shape {limits.shape}")
        return cls.from_flags(truth, values >= limits.astype(values.dtype), weight=weight, known=known)

    def _sum(self, flags: Flags) -> npt.NDArray[Any]:
        """(Weighted) rows with a flag, label by label."""
        return _summed(flags, self.weights)

    def _mean(self, values: npt.NDArray[Any]) -> float:
        return float(np.average(values, weights=self.weights))

    @property
    def effective_size(self) -> float:
        """Number of unweighted rows that the rows are worth (Kish)."""
        if self.weights is None:
            return float(len(self.truth))
        return float(divide(float(self.weights.sum()) ** 2, float(np.square(self.weights).sum())))

    @property
    def label_sizes(self) -> npt.NDArray[np.float64] | float:
        """As `effective_size`, label by label where the truth of some is not known in every row.

        1 for a label that is known in no row, which has no rates anyway.
        """
        if self.known is None:
            return self.effective_size
        weights = np.ones(len(self.truth)) if self.weights is None else self.weights
        sums = np.square(weights @ self.known)
        sizes: npt.NDArray[np.float64] = divide(sums, np.square(weights) @ self.known)
        return np.nan_to_num(sizes, nan=1.0)

    @cached_property
    def per_label(self) -> Confusion:
        """Each label on its own: `Confusion` of arrays of shape (L,)."""
        return self._cells(self.weights)

    @cached_property
    def squares_per_label(self) -> Confusion | None:
        """As `per_label`, of the squared weights: for `confusion_interval`. None without weights."""
        return None if self.weights is None else self._cells(np.square(self.weights))

    def _cells(self, weights: npt.NDArray[np.float64] | None) -> Confusion:
        right, called, actual = (
            _summed(flags, weights) for flags in (self.truth & self.called, self.called, self.truth)
        )
        total: Any = len(self.truth) if weights is None else float(weights.sum())
        if self.known is not None:
            total = _summed(self.known, weights)
        fp, fn = called - right, actual - right
        return Confusion(*(np.maximum(each, 0) for each in (total - right - fp - fn, fp, fn, right)))

    def average(self, metric: str, how: str) -> float:
        """Average a rate; where it is undefined for a label or a row it counts as 0, as in scikit-learn.

        A label whose truth is known in no row has no part in it.

        Parameters
        ----------
        metric : str
            precision, recall, f1 or threat_score (the Jaccard index).
        how : str
            One of `LABEL_AVERAGES`.

        Raises
        ------
        InputError
            For another metric or average.
        """
        if metric not in _AVERAGED:
            raise InputError(f"metric must be one of {', '.join(_AVERAGED)}, got {metric!r}")
        return self._average(lambda cells: cells.value(metric), how)

    def average_fbeta(self, beta: float, how: str) -> float:
        """Average F-beta, as `average` does.

        Parameters
        ----------
        beta : float
            As in `Confusion.fbeta`.
        how : str
            One of `LABEL_AVERAGES`.

        Examples
        --------
        >>> confusion = LabelConfusion.from_flags([[1, 0], [1, 1]], [[1, 0], [0, 1]])
        >>> round(confusion.average_fbeta(2, "macro"), 4)
        0.7778
        """
        return self._average(lambda cells: cells.fbeta(beta), how)

    def _average(self, of: Callable[[Confusion], Any], how: str) -> float:
        if how not in LABEL_AVERAGES:
            raise InputError(f"how must be one of {', '.join(LABEL_AVERAGES)}, got {how!r}")
        if how == "samples":
            right = (self.truth & self.called).sum(axis=1)
            fp, fn = self.called.sum(axis=1) - right, self.truth.sum(axis=1) - right
            rows = Confusion(np.zeros_like(right), fp, fn, right)
            return self._mean(np.nan_to_num(of(rows), nan=0.0))
        cells = self.per_label
        if how == "micro":
            totals = (float(getattr(cells, cell).sum()) for cell in ("tn", "fp", "fn", "tp"))
            return float(of(Confusion(*totals)))
        values = np.nan_to_num(of(cells), nan=0.0)
        if self.known is not None:  # what is known in no row has no rate that could count as 0
            values, cells = values[cells.total > 0], cells[cells.total > 0]
        if not values.size:
            return float("nan")
        if how == "macro":
            return float(values.mean())
        return float(divide(float(values @ cells.positives), float(cells.positives.sum())))

    @property
    def hamming_loss(self) -> float:
        """Share of all single label decisions that are wrong."""
        if self.known is not None:
            wrong = float(self._sum(self.truth != self.called).sum())
            return float(divide(wrong, float(self._sum(self.known).sum())))
        return self._mean((self.truth != self.called).mean(axis=1))

    @property
    def subset_accuracy(self) -> float:
        """Share of rows of which every label (that is known) is right."""
        return self._mean((self.truth == self.called).all(axis=1))

    @property
    def bare_rows(self) -> int:
        """Number of rows that neither have a label nor are called any: no rate of theirs is defined."""
        return int((~(self.truth | self.called).any(axis=1)).sum())

    def together(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Rows in which two labels apply together: in truth, and as called; each of shape (L, L).

        The diagonal holds the rows of each label.

        Examples
        --------
        >>> LabelConfusion.from_flags([[1, 0], [1, 1]], [[1, 0], [0, 1]]).together()[0].tolist()
        [[2.0, 1.0], [1.0, 1.0]]
        """
        both = []
        for flags in (self.truth, self.called):
            numbers = flags.astype(np.float64)
            mine = numbers if self.weights is None else numbers * self.weights[:, None]
            both.append(numbers.T @ mine)
        return both[0], both[1]


def share_together(together: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Of the rows with label i (row), the share that has label j (column) too; nan where no row has i.

    Examples
    --------
    >>> share_together(np.array([[2.0, 1.0], [1.0, 1.0]])).tolist()
    [[1.0, 0.5], [1.0, 1.0]]
    """
    shares: npt.NDArray[np.float64] = divide(together, np.diag(together)[:, None])
    return shares


def pairs_together(confusion: LabelConfusion, labels: Sequence[str], *, limit: int = 5) -> tuple[str, ...]:
    """Say in sentences which two labels are called together most wrongly often, or seldom.

    Parameters
    ----------
    confusion : LabelConfusion
    labels : sequence of str
    limit : int, default 5

    Returns
    -------
    tuple of str
        The largest difference first; pairs that are called together as often as they come are left out.

    Examples
    --------
    >>> confusion = LabelConfusion.from_flags([[1, 1], [1, 1], [0, 1]], [[1, 0], [1, 1], [0, 1]])
    >>> pairs_together(confusion, ("large", "odd"))
    ('large and odd come together in 2 rows, and are called together in 1',)
    """
    truth, called = confusion.together()
    first, second = np.triu_indices(len(labels), 1)
    difference = np.abs(called - truth)[first, second]
    order = np.argsort(-difference, kind="stable")[:limit]

    return tuple(
        f"{labels[i]} and {labels[j]} come together in {numbers.count(truth[i, j])} rows, "
        f"and are called together in {numbers.count(called[i, j])}"
        for i, j in zip(first[order].tolist(), second[order].tolist(), strict=True)
        if truth[i, j] != called[i, j]
    )
