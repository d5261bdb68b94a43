"""From the scores of all classes to one decision a case, or to none: the joint policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.rates.confusion import divide

__all__ = [
    "ABSTAINED",
    "CERTAINTIES",
    "Certainty",
    "Decisions",
    "PolicyResult",
    "decide_by_cost",
    "decide_by_score",
    "decide_by_thresholds",
    "judge",
]

Codes: TypeAlias = npt.NDArray[np.intp]
FloatArray: TypeAlias = npt.NDArray[np.floating[Any]]
Certainty: TypeAlias = Literal["confidence", "margin"]

#: The position that stands for no decision.
ABSTAINED = -1

#: What "sure" can mean, in words.
CERTAINTIES: Mapping[str, str] = MappingProxyType(
    {
        "confidence": "the score of the class that is decided for",
        "margin": "how far that score is above the best of the other classes",
    }
)


@dataclass(frozen=True, eq=False)
class Decisions:
    """What is decided for each case, and how sure that is.

    Parameters
    ----------
    labels : ndarray of intp, shape (n,)
        Positions of classes; `ABSTAINED` where nothing is decided.
    confidence : ndarray, shape (n,)
        Score of the class that is decided for; of the best class where nothing is.
    margin : ndarray, shape (n,)
        The same, less the best score of the other classes: below 0 where another class scores more.

    Examples
    --------
    >>> decided = decide_by_score(np.array([[0.7, 0.2, 0.1], [0.4, 0.35, 0.25]]))
    >>> decided.labels.tolist(), decided.at_least(0.5).labels.tolist()
    ([0, 0], [0, -1])
    """

    labels: Codes
    confidence: FloatArray
    margin: FloatArray

    def certainty(self, kind: Certainty) -> FloatArray:
        """Return how sure each decision is.

        Raises
        ------
        InputError
            Where `kind` is not one of `CERTAINTIES`.
        """
        if kind not in CERTAINTIES:
            raise InputError(f"certainty must be one of {', '.join(CERTAINTIES)}, got {kind!r}")
        return self.confidence if kind == "confidence" else self.margin

    def at_least(self, least: float, *, kind: Certainty = "confidence") -> Decisions:
        """Abstain where the certainty is below a limit.

        Parameters
        ----------
        least : float
            In the unit of the scores; a case is decided when its certainty is at least this.
        kind : str, default "confidence"
            One of `CERTAINTIES`.
        """
        if np.isnan(least):
            raise InputError("least must be a number, got nan")
        sure = self.certainty(kind)
        labels = np.where(sure >= sure.dtype.type(least), self.labels, ABSTAINED)
        return Decisions(labels, self.confidence, self.margin)


def _scores(scores: npt.ArrayLike) -> FloatArray:
    values = np.asarray(scores)
    if values.ndim != 2 or values.shape[1] < 2:
        raise InputError(
            f"scores must have a column for each of two or more classes, got shape {values.shape}"
        )
    return values if values.dtype.kind == "f" else values.astype(np.float64)


def _decisions(values: FloatArray, labels: Codes) -> Decisions:
    """Read how sure the labels are; for those that abstain, the arg max."""
    shown = np.where(labels == ABSTAINED, values.argmax(axis=1), labels)[:, None]
    confidence = np.take_along_axis(values, shown, axis=1)[:, 0]
    # The best two tell the best other class whichever was decided for.
    two = np.partition(values, values.shape[1] - 2, axis=1)[:, -2:]
    other = np.where(confidence >= two[:, 1], two[:, 0], two[:, 1])
    # Equal infinities are no distance apart; other infinite distances stay infinite.
    margin = np.subtract(confidence, other, out=np.zeros_like(confidence), where=confidence != other)
    return Decisions(labels, confidence, margin)


def decide_by_score(scores: npt.ArrayLike) -> Decisions:
    """Decide for the class with the highest score (arg max), the first of equal ones.

    Parameters
    ----------
    scores : array_like, shape (n, K)
    """
    values = _scores(scores)
    return _decisions(values, np.asarray(values.argmax(axis=1), dtype=np.intp))


def decide_by_thresholds(scores: npt.ArrayLike, thresholds: npt.ArrayLike) -> Decisions:
    """Decide for the highest score among the classes that reach their own threshold; abstain where none does.

    Parameters
    ----------
    scores : array_like, shape (n, K)
    thresholds : array_like, shape (K,)
        In the unit of the scores; minus infinity lets a class always stand.

    Raises
    ------
    InputError
        Where there is not one threshold for each class, or one is nan.

    Examples
    --------
    >>> decide_by_thresholds([[0.7, 0.3], [0.55, 0.45], [0.1, 0.9]], [0.6, 0.4]).labels.tolist()
    [0, 1, 1]
    """
    values = _scores(scores)
    limits = np.asarray(thresholds, dtype=values.dtype)
    if limits.shape != (values.shape[1],) or np.isnan(limits).any():
        raise InputError(f"thresholds must hold one number for each of {values.shape[1]} classes")
    passing = values >= limits
    # Minus infinity may itself pass: where all that pass score so, the first of them is the best.
    best = np.where(passing, values, -np.inf).argmax(axis=1)
    fallen = ~np.take_along_axis(passing, best[:, None], axis=1)[:, 0]
    best[fallen] = passing[fallen].argmax(axis=1)
    labels = np.where(passing.any(axis=1), best, ABSTAINED).astype(np.intp)
    return _decisions(values, labels)


def decide_by_cost(probabilities: npt.ArrayLike, costs: npt.ArrayLike) -> Decisions:
    """Decide for the class whose expected cost is least (Bayes' decision), the first of equal ones.

    Parameters
    ----------
    probabilities : array_like, shape (n, K)
        They must be probabilities for the expectation to mean anything.
    costs : array_like, shape (K, K)
        Cost of calling a case of class i (row) class j (column).

    Raises
    ------
    InputError
        Where the costs are not K x K finite numbers.

    References
    ----------
    C. Elkan, The foundations of cost-sensitive learning, IJCAI 2001, 973-978.

    Examples
    --------
    To miss class 1 costs ten times as much as a false alarm:

    >>> decide_by_cost([[0.8, 0.2], [0.95, 0.05]], [[0, 1], [10, 0]]).labels.tolist()
    [1, 0]
    """
    values = _scores(probabilities)
    matrix = checked_costs(costs, values.shape[1])
    expected = values @ matrix.astype(values.dtype)
    return _decisions(values, np.asarray(expected.argmin(axis=1), dtype=np.intp))


def checked_costs(costs: npt.ArrayLike, many: int) -> npt.NDArray[np.float64]:
    """Return a K x K matrix of finite costs; InputError for anything else."""
    matrix = np.asarray(costs, dtype=np.float64)
    if matrix.shape != (many, many) or not np.isfinite(matrix).all():
        raise InputError(f"costs must be {many} x {many} finite numbers, got shape {matrix.shape}")
    return matrix


@dataclass(frozen=True, eq=False)
class PolicyResult:
    """What a policy yields.

    Parameters
    ----------
    confusion : ClassConfusion
        Of the cases that are decided (covered).
    abstained : ndarray, shape (K,)
        (Weighted) cases of each class that are left undecided.
    cost : float
        Mean cost of a case, the undecided ones included; nan without costs.

    Examples
    --------
    >>> decided = decide_by_score([[0.7, 0.3], [0.6, 0.4], [0.1, 0.9]]).at_least(0.65)
    >>> result = judge([0, 1, 1], decided, classes=("a", "b"))
    >>> round(result.coverage, 3), result.accuracy
    (0.667, 1.0)
    """

    confusion: ClassConfusion
    abstained: npt.NDArray[Any]
    cost: float

    @property
    def total(self) -> float:
        """All (weighted) cases."""
        return self.confusion.total + float(self.abstained.sum())

    @property
    def coverage(self) -> float:
        """Share of cases that are decided."""
        return float(divide(self.confusion.total, self.total))

    @property
    def accuracy(self) -> float:
        """Share of the decided cases that are right; nan where none is decided."""
        return self.confusion.accuracy


def judge(
    truth: npt.ArrayLike,
    decisions: Decisions,
    *,
    classes: tuple[str, ...],
    weight: npt.ArrayLike | None = None,
    costs: npt.ArrayLike | None = None,
    abstention_cost: float = 0.0,
) -> PolicyResult:
    """Count what decisions are worth.

    Parameters
    ----------
    truth : array_like of int, shape (n,)
        Positions in `classes`.
    decisions : Decisions
    classes : tuple of str
    weight : array_like, shape (n,), optional
    costs : array_like, shape (K, K), optional
        Cost of calling a case of class i (row) class j (column).
    abstention_cost : float, default 0
        Cost of a case that is left undecided.

    Raises
    ------
    InputError
        Where shapes do not match.
    """
    actual = np.asarray(truth, dtype=np.intp)
    weights = None if weight is None else np.asarray(weight, dtype=np.float64)
    if actual.shape != decisions.labels.shape:
        raise InputError(
            f"truth and decisions must have the same length, got {actual.shape} and {decisions.labels.shape}"
        )
    covered = decisions.labels != ABSTAINED
    confusion = ClassConfusion.from_labels(
        actual[covered],
        decisions.labels[covered],
        classes=classes,
        weight=None if weights is None else weights[covered],
    )
    left = ~covered
    abstained = np.bincount(
        actual[left], weights=None if weights is None else weights[left], minlength=len(classes)
    )
    cost = float("nan")
    if costs is not None:
        spent = float((confusion.counts * checked_costs(costs, len(classes))).sum())
        undecided = float(abstained.sum())
        cost = float(divide(spent + abstention_cost * undecided, confusion.total + undecided))
    return PolicyResult(confusion, abstained, cost)
