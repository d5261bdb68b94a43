"""Scores without a truth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import pandas as pd

from evalcore.numbers import count
from evalcore.predictions.binary import ModelScores
from evalcore.predictions.classes import Codes
from evalcore.predictions.evaluation import Omission, Undivided

__all__ = ["ScorePredictions"]


@dataclass(frozen=True, eq=False)
class ScorePredictions(Undivided):
    """Scores without a truth: their distribution and the share flagged can be shown, no rate can.

    Parameters
    ----------
    models : tuple of ModelScores
    positive, negative : str
        What high and low scores mean, as far as the names say.
    table, rows, omitted
        As in `BinaryPredictions`.
    """

    models: tuple[ModelScores, ...]
    positive: str
    negative: str
    table: pd.DataFrame
    rows: Codes
    omitted: tuple[Omission, ...] = ()

    @property
    def cases(self) -> float:
        """Number of cases, each counted once whatever its weight."""
        return len(self.rows)

    @property
    def subject(self) -> str:
        """How many scores a model has."""
        return f"{count(self.cases)} scores"

    def model(self, name: str) -> ModelScores:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]

    def with_table(self, table: pd.DataFrame) -> Self:
        """Return the same predictions beside another table of the same rows."""
        return replace(self, table=table)

    @property
    def case_rows(self) -> Codes:
        """The position in the table of each case."""
        return self.rows

    def taking(self, places: Codes) -> Self:
        """Return some of the cases, by their places among all."""
        models = tuple(replace(each, values=each.values[places]) for each in self.models)
        return replace(self, models=models, rows=self.rows[places])
