"""The confusion matrix of several classes, and the figures that follow from its counts alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import Confusion, divide

__all__ = ["AVERAGES", "VIEWS", "Average", "ClassConfusion", "View"]

# Counts: int64, or float64 where cases are weighted.
CountArray: TypeAlias = npt.NDArray[Any]
FloatArray: TypeAlias = npt.NDArray[np.float64]
Average: TypeAlias = Literal["macro", "micro", "weighted"]
View: TypeAlias = Literal["error", "actual", "called", "all", "count"]

#: The ways to average a rate over classes, in plain words.
AVERAGES: Mapping[str, str] = MappingProxyType(
    {
        "macro": "mean over the classes, each class alike",
        "weighted": "mean over the classes, each by its number of cases",
        "micro": "from the totals over all classes: large classes count more",
    }
)

#: The ways to look at the matrix, in plain words.
VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "error": "Errors only: share of the actual class, the diagonal set to zero",
        "actual": "Share of the actual class (each row adds up to 1)",
        "called": "Share of what was called so (each column adds up to 1)",
        "all": "Share of all cases",
        "count": "Number of cases",
    }
)

_AVERAGED = ("precision", "recall", "f1", "specificity", "threat_score")


def _against_rest(cells: CountArray) -> Confusion:
    """Each class against all others."""
    right = np.diag(cells)
    fp, fn = cells.sum(axis=0) - right, cells.sum(axis=1) - right
    # Sums of weights: what is 0 may come out as -1e-16.
    return Confusion(*(np.maximum(each, 0) for each in (cells.sum() - right - fp - fn, fp, fn, right)))


def _apart(actual: FloatArray, called: FloatArray) -> float:
    """Pairs of a case and a call of different classes, from the totals of each, by adding only."""
    others = called.sum() - called
    largest = int(called.argmax())
    others[largest] = np.delete(called, largest).sum()
    return float(actual @ others)


@dataclass(frozen=True, eq=False)
class ClassConfusion:
    """Counts of every actual class against every called class.

    Parameters
    ----------
    counts : ndarray of int64 or float64, shape (K, K)
        Rows are actual, columns are called; floats where cases are weighted.
    classes : tuple of str
        K names.
    effective_size : float
        Number of unweighted cases that the counts are worth (Kish); their sum without weights.
    squares : ndarray of float64, shape (K, K), optional
        Sums of the squared weights of each cell, where cases are weighted.

    Raises
    ------
    InputError
        Where the shape is not K x K or a count is negative or nan.

    Examples
    --------
    >>> confusion = ClassConfusion.from_labels([0, 0, 1, 2], [0, 1, 1, 2], classes=("ant", "bee", "cow"))
    >>> confusion.counts.tolist()
    [[1, 1, 0], [0, 1, 0], [0, 0, 1]]
    >>> confusion.accuracy, round(confusion.average("f1", "macro"), 4)
    (0.75, 0.7778)
    """

    counts: CountArray
    classes: tuple[str, ...]
    effective_size: float
    squares: FloatArray | None = None

    def __post_init__(self) -> None:
        if self.counts.shape != (len(self.classes),) * 2:
            raise InputError(
                f"counts must be {len(self.classes)} x {len(self.classes)}, one row and column a class, "
                f"got {' x '.join(map(str, self.counts.shape))}"
            )
        if self.counts.size and not self.counts.min() >= 0:
            raise InputError(f"counts must be at least 0, got {self.counts.min()}")
        self.counts.setflags(write=False)

    @classmethod
    def from_labels(
        cls,
        truth: npt.ArrayLike,
        called: npt.ArrayLike,
        *,
        classes: Sequence[str],
        weight: npt.ArrayLike | None = None,
    ) -> ClassConfusion:
        """Count rows by actual and called class.

        Parameters
        ----------
        truth, called : array_like of int, shape (n,)
            Positions in `classes`.
        classes : sequence of str
        weight : array_like, shape (n,), optional
            Non-negative case weights.

        Raises
        ------
        InputError
            Lengths that differ, or positions that are none.
        """
        actual, decided = (np.asarray(each, dtype=np.intp) for each in (truth, called))
        many = len(classes)
        if actual.shape != decided.shape or actual.ndim != 1:
            raise InputError(
                f"truth and called must have the same length, got {actual.shape} and {decided.shape}"
            )
        for name, codes in (("truth", actual), ("called", decided)):
            if codes.size and not (codes.min() >= 0 and codes.max() < many):
                raise InputError(
                    f"{name} must hold positions from 0 to {many - 1}, got {codes.min()} to {codes.max()}"
                )
        weights = None if weight is None else np.asarray(weight, dtype=np.float64)
        cells = np.bincount(actual * many + decided, weights=weights, minlength=many * many)
        if weights is None or not weights.any():
            size = 0.0 if weights is not None else float(actual.size)
            return cls(cells.reshape(many, many), tuple(classes), size)
        # By powers of two: squares of huge and tiny weights would be out of range.
        exponent = math.frexp(float(weights.max()))[1]
        shares = np.ldexp(weights, -exponent)
        squares = np.bincount(actual * many + decided, weights=shares * shares, minlength=many * many)
        size = float(shares.sum()) ** 2 / float(squares.sum())
        whole = np.ldexp(squares, 2 * exponent).reshape(many, many)
        return cls(cells.reshape(many, many), tuple(classes), size, whole)

    def __len__(self) -> int:
        """Return the number of classes."""
        return len(self.classes)

    @cached_property
    def support(self) -> CountArray:
        """(Weighted) cases of each class; shape (K,)."""
        return np.asarray(self.counts.sum(axis=1))

    @cached_property
    def called(self) -> CountArray:
        """(Weighted) cases that were called each class; shape (K,)."""
        return np.asarray(self.counts.sum(axis=0))

    @cached_property
    def total(self) -> float:
        """All (weighted) cases."""
        return float(self.counts.sum())

    @property
    def largest(self) -> str:
        """The class with most (weighted) cases, the first of equal ones."""
        return self.classes[int(self.support.argmax())]

    @cached_property
    def occurring(self) -> npt.NDArray[np.bool_]:
        """Which classes occur, in truth or in what was called; the others have no part in averages."""
        return np.asarray((self.support > 0) | (self.called > 0))

    @cached_property
    def against_rest(self) -> Confusion:
        """Each class against all others: `Confusion` of arrays of shape (K,)."""
        return _against_rest(self.counts)

    @cached_property
    def squares_against_rest(self) -> Confusion | None:
        """As `against_rest`, of the squared weights: for `confusion_interval`. None without weights."""
        return None if self.squares is None else _against_rest(self.squares)

    @property
    def accuracy(self) -> float:
        """Share of cases that were called what they are; also micro F1."""
        return float(divide(float(np.trace(self.counts)), self.total))

    @property
    def balanced_accuracy(self) -> float:
        """Mean recall of the classes that have cases."""
        recall = self.against_rest.recall[self.support > 0]
        return float(recall.mean()) if recall.size else math.nan

    @property
    def matthews_corrcoef(self) -> float:
        """Correlation of call and truth (Gorodkin's R_K, doi:10.1016/j.compbiolchem.2004.09.006).

        nan where the truth, or what was called, is one class only.
        """
        cells = self._shares
        actual, called = cells.sum(axis=1), cells.sum(axis=0)
        spreads = [_apart(each, each) for each in (actual, called)]
        if not min(spreads) > 0:
            return math.nan
        # Where both are equal (perfect calls) this is exactly 1, as the root of a square is exact.
        root = math.sqrt(spreads[0] * spreads[1]) or math.sqrt(spreads[0]) * math.sqrt(spreads[1])
        return min(1.0, max(-1.0, self._covariance / root))

    @property
    def cohen_kappa(self) -> float:
        """Agreement of call and truth beyond chance; nan where chance alone would agree always."""
        cells = self._shares
        room = _apart(cells.sum(axis=1), cells.sum(axis=0))
        return self._covariance / room if room > 0 else math.nan

    def weighted_kappa(self, weights: Literal["linear", "quadratic"] = "linear") -> float:
        """Cohen's kappa for ordered classes: a call counts the worse the more places it is off.

        Parameters
        ----------
        weights : str, default "linear"
            "linear" counts a wrong call by its distance in the order of `classes`, "quadratic" by its square.

        Returns
        -------
        float
            nan where all cases and calls are of one class.

        Raises
        ------
        InputError
            For other weights.

        References
        ----------
        J. Cohen, Weighted kappa, Psychological Bulletin 70, 213-220 (1968), doi:10.1037/h0026256.

        Examples
        --------
        >>> grades = ClassConfusion(np.array([[5, 1, 0], [1, 4, 1], [0, 2, 6]]), ("low", "mid", "high"), 20)
        >>> round(grades.weighted_kappa("linear"), 4), round(grades.weighted_kappa("quadratic"), 4)
        (0.7191, 0.8134)
        """
        if weights not in ("linear", "quadratic"):
            raise InputError(f"weights must be linear or quadratic, got {weights!r}")
        places = np.arange(len(self), dtype=np.float64)
        distance = np.abs(np.subtract.outer(places, places)) ** (1 if weights == "linear" else 2)
        cells = self._shares
        total = float(cells.sum())
        by_chance = float(cells.sum(axis=1) @ distance @ cells.sum(axis=0))
        return 1 - total * float((cells * distance).sum()) / by_chance if by_chance > 0 else math.nan

    @cached_property
    def _shares(self) -> FloatArray:
        """The counts times a power of two, so that their products are in range; it rounds nothing."""
        exponent = math.frexp(self.total)[1]
        return np.asarray(np.ldexp(self.counts.astype(np.float64), -exponent))

    @cached_property
    def _covariance(self) -> float:
        """Right calls x all - sum over classes of cases x calls: as the sum of TP TN - FP FN of each class.

        Written so, a class that is nearly all does not swallow what the others tell.
        """
        cells = self._shares
        right, actual, called = np.diag(cells), cells.sum(axis=1), cells.sum(axis=0)
        beside = cells - np.diag(right)
        fn, fp = beside.sum(axis=1), beside.sum(axis=0)
        tn = cells.sum() - actual - fp
        for place in {int(actual.argmax()), int(called.argmax())}:  # only these can leave next to nothing
            tn[place] = np.delete(np.delete(cells, place, 0), place, 1).sum()
        return float((right * tn).sum() - (fp * fn).sum())

    def average(self, metric: str, how: Average) -> float:
        """Average a rate over the classes that occur.

        A class that is never called has no precision, and one without cases no recall: in an average they
        count as 0, as in scikit-learn.

        Parameters
        ----------
        metric : str
            precision, recall, f1, specificity or threat_score.
        how : str
            One of `AVERAGES`.

        Raises
        ------
        InputError
            For another metric or average.
        """
        if metric not in _AVERAGED:
            raise InputError(f"metric must be one of {', '.join(_AVERAGED)}, got {metric!r}")
        return self._average(lambda cells: cells.value(metric), how)

    def average_fbeta(self, beta: float, how: Average) -> float:
        """Average F-beta over the classes that occur, as `average` does.

        Parameters
        ----------
        beta : float
            As in `Confusion.fbeta`.
        how : str
            One of `AVERAGES`.

        Raises
        ------
        InputError
            For another average, or a `beta` that is no finite number above 0.

        Examples
        --------
        >>> confusion = ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "dog"), 14)
        >>> round(confusion.average_fbeta(2, "macro"), 4)
        0.7653
        """
        return self._average(lambda cells: cells.fbeta(beta), how)

    def _average(self, of: Callable[[Confusion], Any], how: str) -> float:
        if how not in AVERAGES:
            raise InputError(f"how must be one of {', '.join(AVERAGES)}, got {how!r}")
        rest = self.against_rest[self.occurring]
        if how == "micro":
            parts = (float(getattr(rest, cell).sum()) for cell in ("tn", "fp", "fn", "tp"))
            return float(of(Confusion(*parts)))
        values = np.nan_to_num(of(rest), nan=0.0)
        if not values.size:
            return math.nan
        if how == "macro":
            return float(values.mean())
        return float(divide(float(values @ rest.positives), float(rest.positives.sum())))

    def view(self, view: View) -> FloatArray:
        """Return the matrix as it is looked at; shape (K, K); nan where a row or column has no cases.

        Raises
        ------
        InputError
            Where `view` is not one of `VIEWS`.

        Examples
        --------
        >>> ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "dog"), 14).view("error").tolist()
        [[0.0, 0.2], [0.25, 0.0]]
        """
        if view not in VIEWS:
            raise InputError(f"view must be one of {', '.join(VIEWS)}, got {view!r}")
        cells = self.counts.astype(np.float64)
        if view == "count":
            return cells
        if view == "all":
            return np.asarray(divide(cells, np.float64(self.total)))
        along = self.called[None, :] if view == "called" else self.support[:, None]
        shares: FloatArray = divide(cells, along)
        if view == "error":
            np.fill_diagonal(shares, np.where(self.support > 0, 0.0, np.nan))
        return shares

    def frame(self) -> pd.DataFrame:
        """Return the counts as a table with the classes as row and column names.

        Examples
        --------
        >>> ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "dog"), 14).frame().loc["cat", "dog"].item()
        2
        """
        names = pd.Index(self.classes)
        return pd.DataFrame(self.counts, index=names.rename("actual \\ called"), columns=names)
