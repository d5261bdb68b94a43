"""A training history: figures by step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.predictions.evaluation import Model, Omission, Rowless, Undivided
from evalcore.wording import count_of

__all__ = ["HistorySeries", "TrainingHistory"]


@dataclass(frozen=True, eq=False)
class HistorySeries:
    """One figure over the course of a training.

    Parameters
    ----------
    name : str
        The column (and the run, where there are several).
    metric : str
        What is measured, without the word for the split: "loss", "accuracy".
    split : str
        "train", "validation" or "test".
    steps : ndarray of float64, shape (n,)
        The epoch or step of each value, increasing.
    values : ndarray of float64, shape (n,)
    goal : str
        "min" where less is better, "max" where more is, "" where neither is meant (a learning rate).
    run : str
        Empty where there is one run only.

    Examples
    --------
    >>> loss = HistorySeries("loss", "loss", "train", np.array([1.0, 2.0]), np.array([0.7, 0.4]), "min")
    >>> loss.best_step, loss.best_value
    (2.0, 0.4)
    """

    name: str
    metric: str
    split: str
    steps: npt.NDArray[np.float64]
    values: npt.NDArray[np.float64]
    goal: Literal["min", "max", ""]
    run: str = ""

    @property
    def _best(self) -> int | None:
        if not self.goal or not self.values.size or np.isnan(self.values).all():
            return None
        return int(np.nanargmin(self.values) if self.goal == "min" else np.nanargmax(self.values))

    @property
    def best_value(self) -> float:
        """Best value, the first where it comes again; nan where neither direction is meant."""
        return float("nan") if self._best is None else float(self.values[self._best])

    @property
    def best_step(self) -> float:
        """Step of the best value; nan where neither direction is meant."""
        return float("nan") if self._best is None else float(self.steps[self._best])


@dataclass(frozen=True, eq=False)
class TrainingHistory(Rowless, Undivided):
    """How the figures of a training went, epoch by epoch.

    Parameters
    ----------
    series : tuple of HistorySeries
        In the file's order.
    step : str
        What the steps count: the column's name, or "row" where there was none.
    table : DataFrame
    rows : int
        Rows of the table that hold any value.
    runs : tuple of str
        Names of the runs; one empty name where there is one run.
    """

    series: tuple[HistorySeries, ...]
    step: str
    table: pd.DataFrame
    rows: int
    runs: tuple[str, ...] = field(default=("",))

    @property
    def models(self) -> tuple[Model, ...]:
        """None: a history tells of figures, not of cases."""
        return ()

    @property
    def omitted(self) -> tuple[Omission, ...]:
        """None."""
        return ()

    @property
    def positive(self) -> None:
        """No class is the positive one."""

    @property
    def cases(self) -> float:
        """Number of rows that hold any value."""
        return self.rows

    @property
    def subject(self) -> str:
        """How many series, and of how many rows."""
        return f"{len(self.series):,} series of {count_of(self.rows, 'row')}"

    def model(self, name: str) -> Model:
        """Raise KeyError: there are no models."""
        raise KeyError(name)

    def find(self, metric: str, split: str = "train", run: str = "") -> HistorySeries | None:
        """Return the series of a metric, None where it was not recorded."""
        wanted: tuple[Any, ...] = (metric, split, run)
        return next((each for each in self.series if (each.metric, each.split, each.run) == wanted), None)

    def with_table(self, table: pd.DataFrame) -> Self:
        """Return the same predictions beside another table of the same rows."""
        return replace(self, table=table)
