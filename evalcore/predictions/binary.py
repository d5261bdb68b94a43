"""Two classes: a truth and one or more models' scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.numbers import count
from evalcore.predictions.evaluation import FloatArray, Omission, ScoreKind, Undivided

__all__ = ["BinaryPredictions", "ModelScores"]


@dataclass(frozen=True, eq=False)
class ModelScores:
    """One model's scores for the positive class: more means more positive.

    Parameters
    ----------
    name : str
        The model's name as people will see it.
    values : ndarray, shape (n,), float32 or float64
        Scores without NaN, in their own unit; infinities are allowed.
    kind : ScoreKind
        The unit of `values`.
    default_threshold : float
        In the unit of `values`: 0.5 for probabilities, 0 for decision scores, or the file's own rule.
    default_reason : str
        Where the default threshold is from, in words.
    columns : tuple of str
        The columns that the scores were made from.
    note : str
        What was done to them (turned, divided by 100, ...); empty where nothing was.
    """

    name: str
    values: FloatArray
    kind: ScoreKind
    default_threshold: float
    default_reason: str
    columns: tuple[str, ...] = ()
    note: str = ""

    def called(self, threshold: float) -> npt.NDArray[np.bool_]:
        """Return which cases are called positive at a threshold: those that score at least as much.

        Parameters
        ----------
        threshold : float
            In the unit of `values`, compared in their own type.

        Returns
        -------
        ndarray of bool, shape (n,)

        Examples
        --------
        >>> ModelScores("m", np.array([0.2, 0.5, 0.9]), "probability", 0.5, "").called(0.5).tolist()
        [False, True, True]
        """
        found: npt.NDArray[np.bool_] = self.values >= self.values.dtype.type(threshold)
        return found


@dataclass(frozen=True, eq=False)
class BinaryPredictions(Undivided):
    """Two classes, one or more models, validated.

    Parameters
    ----------
    truth : ndarray of uint8, shape (n,)
        1 where the row is of the positive class.
    models : tuple of ModelScores
        At least one; each with n scores.
    positive, negative : str
        The classes' labels as people will see them.
    table : DataFrame, shape (rows, columns)
        The untouched table: all rows and columns as read.
    rows : ndarray of intp, shape (n,)
        The position in `table` of each row that is evaluated.
    weights : ndarray of float64, shape (n,), or None
        Non-negative case weights; None means that each row counts one.
    omitted : tuple of Omission
        The rows left out, and why.

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"label": [0, 1, None], "prob": [0.2, 0.9, 0.4]})
    >>> predictions = ec.open_predictions(table).predictions
    >>> predictions.truth.tolist(), predictions.rows.tolist(), predictions.omitted[0].count
    ([0, 1], [0, 1], 1)
    """

    truth: npt.NDArray[np.uint8]
    models: tuple[ModelScores, ...]
    positive: str
    negative: str
    table: pd.DataFrame
    rows: npt.NDArray[np.intp]
    weights: FloatArray | None = None
    omitted: tuple[Omission, ...] = ()

    @property
    def cases(self) -> float:
        """Number of cases, each counted once whatever its weight."""
        return len(self.truth)

    @property
    def positives(self) -> float:
        """Number of cases of the positive class, each counted once whatever its weight."""
        return int(self.truth.sum())

    @property
    def subject(self) -> str:
        """How many cases, and how many of them are positive."""
        return f"{count(self.cases)} cases, {count(self.positives)} of them “{self.positive}”"

    @property
    def ranked(self) -> bool:
        """Whether any model has scores; else only its decisions are known."""
        return any(each.kind != "hard_label" for each in self.models)

    def texts(self, column: str) -> npt.NDArray[np.object_]:
        """Return the cells of a column of the table as text, one for each case; KeyError where there is none.

        Examples
        --------
        >>> import evalcore as ec
        >>> table = pd.DataFrame({"label": [0, 1, None], "prob": [0.2, 0.9, 0.4], "site": ["a", "b", "b"]})
        >>> ec.open_predictions(table).predictions.texts("site").tolist()
        ['a', 'b']
        """
        found: npt.NDArray[np.object_] = self.table[column].iloc[self.rows].astype(str).to_numpy()
        return found

    def model(self, name: str) -> ModelScores:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]

    def with_table(self, table: pd.DataFrame) -> Self:
        """Return the same predictions beside another table of the same rows."""
        return replace(self, table=table)

    def with_models(self, more: Sequence[ModelScores]) -> Self:
        """Return the predictions with more models of the same cases, whose scores also stand in the table.

        Names that a model or a column has already are told apart by a number.

        Examples
        --------
        >>> import evalcore as ec
        >>> one = ec.open_predictions(pd.DataFrame({"label": [0, 1, None], "prob": [0.2, 0.9, 0.4]})).predictions
        >>> found = one.with_models([replace(one.models[0], values=np.array([0.5, 0.6]))])
        >>> [each.name for each in found.models], found.table["prob (2)"].tolist()
        (['prob', 'prob (2)'], [0.5, 0.6, nan])
        """
        table = self.table.copy(deep=False)
        taken = {each.name for each in self.models} | set(map(str, table.columns))
        added = []
        for each in more:
            name, number = each.name, 2
            while name in taken:
                name, number = f"{each.name} ({number})", number + 1
            taken.add(name)
            column = np.full(len(table), np.nan)
            column[self.rows] = each.values
            table[name] = column
            added.append(replace(each, name=name))
        return replace(self, models=(*self.models, *added), table=table)

    @property
    def case_rows(self) -> npt.NDArray[np.intp]:
        """The position in the table of each case."""
        return self.rows

    def taking(self, places: npt.NDArray[np.intp]) -> Self:
        """Return some of the cases, by their places among all."""
        return replace(
            self,
            truth=self.truth[places],
            models=tuple(replace(each, values=each.values[places]) for each in self.models),
            rows=self.rows[places],
            weights=None if self.weights is None else self.weights[places],
        )
