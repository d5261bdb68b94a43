"""Which cases fall in a cell, and in what order to look at them: two classes or many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.classes import ClassPredictions

__all__ = ["RANKINGS", "CaseRanking", "rank_classes", "rank_two_classes"]

#: How cases can be ordered, in words.
RANKINGS: Mapping[str, str] = MappingProxyType(
    {
        "most_wrong": "Most wrong first",
        "most_uncertain": "Most uncertain first",
        "most_right": "Most right first",
        "file": "As in the file",
    }
)


@dataclass(frozen=True, eq=False)
class CaseRanking:
    """How one model's call on every case stands to the truth.

    Parameters
    ----------
    actual, called : ndarray of int, shape (n,)
        The class that is true and the class that was called, as positions in `classes`.
    classes : tuple of str
        K names.
    score : ndarray of float, shape (n,)
        What the model said of the class that it called (two classes: of the positive class); nan where
        unknown.
    rightness : ndarray of float64, shape (n,)
        Above 0 where the call is right, below 0 where it is wrong; the further, the surer the model was. For
        two classes the score's distance from the threshold; for more, the probability of the true class less
        that of the best other one.
    true_names : ndarray of str, shape (n,), optional
        What is true of each case in finer words than `classes` have: of a class against the rest, which of the
        others it is.
    """

    actual: npt.NDArray[np.integer[Any]]
    called: npt.NDArray[np.integer[Any]]
    classes: tuple[str, ...]
    score: npt.NDArray[np.float64]
    rightness: npt.NDArray[np.float64]
    true_names: npt.NDArray[np.object_] | None = None

    @property
    def wrong(self) -> npt.NDArray[np.bool_]:
        """Whether each call is wrong."""
        return np.asarray(self.actual != self.called)

    def truth_of(self, case: int) -> str:
        """Return what is true of a case, in the finest words known."""
        if self.true_names is not None:
            return str(self.true_names[case])
        name: str = self.classes[self.actual[case]]
        return name

    def cell(self, *, actual: int | None, called: int | None) -> npt.NDArray[np.intp]:
        """Return the cases of one cell, in the file's order.

        Parameters
        ----------
        actual, called : int or None
            Positions in `classes`; None for any.

        Returns
        -------
        ndarray of intp
            Positions among the n cases.
        """
        inside = np.ones(len(self.actual), dtype=bool)
        if actual is not None:
            inside &= self.actual == actual
        if called is not None:
            inside &= self.called == called
        return np.flatnonzero(inside)

    def ordered(self, cases: npt.NDArray[np.intp], order: str) -> npt.NDArray[np.intp]:
        """Put cases in an order; equal ones stay as they are.

        Parameters
        ----------
        cases : ndarray of intp
        order : {"most_wrong", "most_uncertain", "most_right", "file"}

        Raises
        ------
        InputError
            `order` is none of these.
        """
        if order not in RANKINGS:
            raise InputError(f"order must be one of {', '.join(RANKINGS)}, got {order}")
        if order == "file":
            return cases
        rightness = self.rightness[cases]
        key = {"most_wrong": rightness, "most_right": -rightness, "most_uncertain": np.abs(rightness)}[order]
        return cases[np.argsort(key, kind="stable")]


def rank_two_classes(predictions: BinaryPredictions, model: str, *, threshold: float) -> CaseRanking:
    """Rank the cases of two classes at a threshold.

    Parameters
    ----------
    predictions : BinaryPredictions
    model : str
    threshold : float
        A case is called positive when its score is at least this, compared in the score's own type.

    Returns
    -------
    CaseRanking
        Class 0 is the negative one.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"truth": [0, 1, 0, 1], "score": [0.9, 0.8, 0.6, 0.2]})
    >>> predictions = ec.open_predictions(table, truth="truth", score="score", positive="1").predictions
    >>> ranking = rank_two_classes(predictions, "score", threshold=0.5)
    >>> ranking.ordered(ranking.cell(actual=None, called=None), "most_wrong").tolist()
    [0, 3, 2, 1]
    """
    scores = predictions.model(model)
    called = scores.called(threshold).astype(np.intp)
    actual = predictions.truth.astype(np.intp)
    values = scores.values.astype(np.float64)
    with np.errstate(invalid="ignore"):
        distance = np.nan_to_num(np.abs(values - threshold), nan=0.0, posinf=np.inf)
    # A case on the threshold itself is called, and wrong calls must stay apart from right ones.
    distance = np.maximum(distance, np.finfo(np.float64).tiny)
    classes = (predictions.negative, predictions.positive)
    return CaseRanking(actual, called, classes, values, np.where(called == actual, distance, -distance))


def rank_classes(predictions: ClassPredictions, model: str) -> CaseRanking:
    """Rank the cases of several classes by the model's own calls.

    Parameters
    ----------
    predictions : ClassPredictions
    model : str

    Returns
    -------
    CaseRanking
        Where the model gives no probabilities, its confidence ranks the cases; where it has none either, all
        right calls rank alike, and so do all wrong ones.

    Examples
    --------
    >>> from evalcore.predictions.classes import ClassModel
    >>> import pandas as pd
    >>> said = np.array([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]])
    >>> model = ClassModel("m", said.argmax(axis=1), said, "probability")
    >>> three = ClassPredictions(np.array([0, 2]), ("a", "b", "c"), (model,), pd.DataFrame(), np.arange(2))
    >>> rank_classes(three, "m").rightness.tolist()
    [0.25, -0.625]
    """
    found = predictions.model(model)
    actual = predictions.truth.astype(np.intp)
    called = found.labels.astype(np.intp)
    right = called == actual
    if found.probabilities is None:
        known = found.confidence
        score = np.full(len(actual), np.nan) if known is None else known.astype(np.float64)
        sure = np.ones(len(actual)) if known is None else np.nan_to_num(score)
        return CaseRanking(actual, called, predictions.classes, score, np.where(right, sure, -sure))
    said = found.probabilities.astype(np.float64)
    rows = np.arange(len(actual))
    score = said[rows, called]
    of_truth = said[rows, actual]
    others = said.copy()
    others[rows, actual] = -np.inf
    best = others.max(axis=1)
    # Equal infinities are no distance apart.
    margin = np.abs(np.subtract(of_truth, best, out=np.zeros_like(best), where=of_truth != best))
    # The file's own label need not be the arg max: right and wrong follow the label that was called.
    margin = np.maximum(margin, np.finfo(np.float64).tiny)
    return CaseRanking(actual, called, predictions.classes, score, np.where(right, margin, -margin))
