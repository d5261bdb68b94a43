"""Scores without a truth."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from evalcore.predictions.binary import ModelScores
from evalcore.predictions.classes import Codes
from evalcore.predictions.evaluation import Omission

__all__ = ["ScorePredictions"]


@dataclass(frozen=True, eq=False)
class ScorePredictions:
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

    def model(self, name: str) -> ModelScores:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]
