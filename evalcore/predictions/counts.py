"""Predictions that were counted before they came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy.typing as npt
import pandas as pd

from evalcore.numbers import count
from evalcore.predictions.evaluation import FloatArray, Omission, Rowless, ScoreKind, Undivided

__all__ = ["CountPredictions", "ModelCounts"]


@dataclass(frozen=True, eq=False)
class ModelCounts:
    """One model known by counts only: how many positives and negatives have each score.

    A confusion matrix is the case of two scores, 1 (called positive) and 0, with threshold 0.5.

    Parameters
    ----------
    name : str
    scores : ndarray, shape (m,)
        Distinct scores in descending order.
    positives, negatives : ndarray, shape (m,)
        Cases of each class *at* that score (not cumulative); may be weighted.
    kind, default_threshold, default_reason
        As in `ModelScores`.
    """

    name: str
    scores: FloatArray
    positives: npt.NDArray[Any]
    negatives: npt.NDArray[Any]
    kind: ScoreKind
    default_threshold: float
    default_reason: str


@dataclass(frozen=True, eq=False)
class CountPredictions(Rowless, Undivided):
    """Predictions that were counted before they came: no rows stand behind the cells.

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"score": [0.9, 0.1], "positives": [8, 2], "negatives": [1, 9]})
    >>> ec.open_predictions(table).predictions.cases
    20.0
    """

    models: tuple[ModelCounts, ...]
    positive: str
    negative: str
    table: pd.DataFrame

    @property
    def cases(self) -> float:
        """Number of cases behind the first model's counts; a fraction where they are weighted."""
        first = self.models[0]
        return float(first.positives.sum() + first.negatives.sum())

    @property
    def positives(self) -> float:
        """Number of cases of the positive class behind the first model's counts."""
        return float(self.models[0].positives.sum())

    @property
    def subject(self) -> str:
        """How many cases, and how many of them are positive."""
        return f"{count(self.cases)} cases, {count(self.positives)} of them “{self.positive}”"

    @property
    def omitted(self) -> tuple[Omission, ...]:
        """None: there are no rows."""
        return ()

    @property
    def ranked(self) -> bool:
        """Whether any model has scores; else only its decisions are known."""
        return any(each.kind != "hard_label" for each in self.models)

    def model(self, name: str) -> ModelCounts:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]

    def with_table(self, table: pd.DataFrame) -> Self:
        """Return the same predictions beside another table of the same rows."""
        return replace(self, table=table)
