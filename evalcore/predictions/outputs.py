"""Several outputs a row, each a task of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import pandas as pd

from evalcore.numbers import count
from evalcore.predictions.classes import ClassModel, ClassPredictions, Codes
from evalcore.predictions.evaluation import FloatArray, Omission

__all__ = ["OutputPredictions"]


@dataclass(frozen=True, eq=False)
class OutputPredictions:
    """Several outputs a row, each of them one of its own classes, validated.

    Parameters
    ----------
    names : tuple of str
        The outputs.
    outputs : tuple of ClassPredictions
        One for each name; all of the same rows, with models of the same names.

    Examples
    --------
    >>> import numpy as np
    >>> model = ClassModel("m", np.array([0, 1]), None, "hard_label")
    >>> one = ClassPredictions(np.array([0, 1]), ("a", "b"), (model,), pd.DataFrame(), np.arange(2))
    >>> OutputPredictions(("shape", "colour"), (one, one)).output("colour").classes
    ('a', 'b')
    """

    names: tuple[str, ...]
    outputs: tuple[ClassPredictions, ...]

    def output(self, name: str) -> ClassPredictions:
        """Return one output as predictions of several classes; KeyError where there is none."""
        return dict(zip(self.names, self.outputs, strict=True))[name]

    @property
    def models(self) -> tuple[ClassModel, ...]:
        """The models, as they speak of the first output."""
        return self.outputs[0].models

    @property
    def table(self) -> pd.DataFrame:
        """The table as it was read."""
        return self.outputs[0].table

    @property
    def rows(self) -> Codes:
        """The position in `table` of each row that is evaluated."""
        return self.outputs[0].rows

    @property
    def weights(self) -> FloatArray | None:
        """Weight of each row; None where each counts one."""
        return self.outputs[0].weights

    @property
    def omitted(self) -> tuple[Omission, ...]:
        """Rows that were left out, and why."""
        return self.outputs[0].omitted

    @property
    def positive(self) -> None:
        """No class is the positive one."""

    @property
    def cases(self) -> float:
        """Number of cases, each counted once whatever its weight."""
        return len(self.rows)

    @property
    def subject(self) -> str:
        """How many cases, and how many outputs."""
        return f"{count(self.cases)} cases, {len(self.names):,} outputs"

    @property
    def parts(self) -> tuple[str, ...]:
        """The outputs."""
        return self.names

    @property
    def ranked(self) -> bool:
        """Whether any output has scores; else only decisions are known."""
        return any(each.ranked for each in self.outputs)

    def model(self, name: str) -> ClassModel:
        """Return the model called `name`, as it speaks of the first output; KeyError where there is none."""
        return self.outputs[0].model(name)

    def part(self, name: str) -> ClassPredictions:
        """Return one output; KeyError where there is none of the name."""
        return self.output(name)

    def with_table(self, table: pd.DataFrame) -> Self:
        """Return the same predictions beside another table of the same rows."""
        return replace(self, outputs=tuple(each.with_table(table) for each in self.outputs))

    @property
    def case_rows(self) -> Codes:
        """The position in the table of each case."""
        return self.rows

    def taking(self, places: Codes) -> Self:
        """Return some of the cases, by their places among all."""
        return replace(self, outputs=tuple(each.taking(places) for each in self.outputs))
