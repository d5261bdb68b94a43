"""Several labels a row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.numbers import count
from evalcore.predictions import messages
from evalcore.predictions.binary import BinaryPredictions, ModelScores
from evalcore.predictions.classes import Codes
from evalcore.predictions.evaluation import FloatArray, Omission, ScoreKind
from evalcore.wording import say

__all__ = ["LabelModel", "LabelPredictions"]


@dataclass(frozen=True, eq=False)
class LabelModel:
    """One model of several labels.

    Parameters
    ----------
    name : str
    scores : ndarray, shape (n, L)
        More means that the label applies; 1 and 0 where only decisions are known.
    kind : ScoreKind
    thresholds : ndarray of float64, shape (L,)
        Where each label starts: usual for the kind, or the file's own rule.
    columns : tuple of str
    note : str
    """

    name: str
    scores: FloatArray
    kind: ScoreKind
    thresholds: npt.NDArray[np.float64]
    columns: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, eq=False)
class LabelPredictions:
    """Several labels, any number of which apply to a row, validated.

    Parameters
    ----------
    truth : ndarray of uint8, shape (n, L)
        1 where the label applies.
    labels : tuple of str
    models : tuple of LabelModel
    table, rows, weights, omitted
        As in `ClassPredictions`.
    known : ndarray of bool, shape (n, L), or None
        False where the truth of a label is missing: the row is left out for that label only, and `truth` is 0
        there. None where nothing is missing.

    Examples
    --------
    >>> two = LabelPredictions(np.array([[1, 0], [0, 1]], dtype=np.uint8), ("large", "odd"),
    ...     (LabelModel("m", np.array([[0.9, 0.2], [0.4, 0.6]]), "probability", np.array([0.5, 0.5])),),
    ...     pd.DataFrame(), np.arange(2))
    >>> two.label("odd").models[0].values.tolist()
    [0.2, 0.6]
    """

    truth: npt.NDArray[np.uint8]
    labels: tuple[str, ...]
    models: tuple[LabelModel, ...]
    table: pd.DataFrame
    rows: Codes
    weights: FloatArray | None = None
    omitted: tuple[Omission, ...] = ()
    known: npt.NDArray[np.bool_] | None = None

    @property
    def positive(self) -> None:
        """No class is the positive one."""

    @property
    def cases(self) -> float:
        """Number of cases, each counted once whatever its weight."""
        return len(self.truth)

    @property
    def subject(self) -> str:
        """How many cases, and how many labels."""
        return f"{count(self.cases)} cases, {len(self.labels):,} labels"

    @property
    def parts(self) -> tuple[str, ...]:
        """The labels."""
        return self.labels

    def of_label(self, place: int, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Of values with a row for each case, those whose truth is known for the label at `place`."""
        return np.ascontiguousarray(values if self.known is None else values[self.known[:, place]])

    @property
    def ranked(self) -> bool:
        """Whether any model has scores; else only its decisions are known."""
        return any(each.kind != "hard_label" for each in self.models)

    def model(self, name: str) -> LabelModel:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]

    def part(self, name: str) -> BinaryPredictions:
        """Return one label on its own; ValueError where there is none of the name."""
        return self.label(name)

    def with_table(self, table: pd.DataFrame) -> Self:
        """Return the same predictions beside another table of the same rows."""
        return replace(self, table=table)

    @property
    def case_rows(self) -> Codes:
        """The position in the table of each case."""
        return self.rows

    def taking(self, places: Codes) -> Self:
        """Return some of the cases, by their places among all."""
        return replace(
            self,
            truth=self.truth[places],
            models=tuple(replace(each, scores=each.scores[places]) for each in self.models),
            rows=self.rows[places],
            weights=None if self.weights is None else self.weights[places],
            known=None if self.known is None else self.known[places],
        )

    def label(self, name: str) -> BinaryPredictions:
        """Return one label on its own, for whatever serves two classes; ValueError where there is none."""
        place = self.labels.index(name)
        models = tuple(
            ModelScores(
                each.name,
                self.of_label(place, each.scores[:, place]),
                each.kind,
                float(each.thresholds[place]),
                messages.CALLED if each.kind == "hard_label" else messages.LABEL_THRESHOLD,
                each.columns,
                each.note,
            )
            for each in self.models
        )
        negative = say(messages.NOT_CLASS, label=name)
        omitted = self.omitted
        if self.known is not None and not self.known[:, place].all():
            unknown = self.rows[~self.known[:, place]]
            gap = say(messages.MISSING_OF_LABEL, label=name)
            omitted = (*omitted, Omission(gap, unknown.size, tuple(int(row) + 1 for row in unknown[:5])))
        return BinaryPredictions(
            self.of_label(place, self.truth[:, place]), models, name, negative, self.table,
            self.of_label(place, self.rows),
            None if self.weights is None else self.of_label(place, self.weights), omitted,
        )  # fmt: skip
