"""The frozen types of the tasks other than binary: classes, labels, scores alone, training histories.

They stand beside `BinaryPredictions`, told apart by `Evaluation.task`. A class against the rest and a
label on its own are again `BinaryPredictions`, so everything that serves two classes serves them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs import messages
from evalcore.inputs.evaluation import BinaryPredictions, FloatArray, ModelScores, Omission, ScoreKind

__all__ = [
    "ClassModel",
    "ClassPredictions",
    "HistorySeries",
    "LabelModel",
    "LabelPredictions",
    "OutputPredictions",
    "ScorePredictions",
    "TrainingHistory",
]

Codes = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class ClassModel:
    """One model of several classes.

    Parameters
    ----------
    name : str
    labels : ndarray of intp, shape (n,)
        The class that the model decided for: the file's own where it has them, else the arg max.
    probabilities : ndarray, shape (n, K), or None
        One column for each class, in the order of the classes; None where only decisions are known. The name
        holds for `kind` "probability"; scores of another kind are here too, and only their order counts.
    kind : ScoreKind
        Unit of `probabilities`; "hard_label" where there are none.
    columns : tuple of str
        The columns that it was made from.
    confidence : ndarray, shape (n,), or None
        How sure the model is of `labels`, where the file has only this.
    note : str
        What was done to the columns.
    """

    name: str
    labels: Codes
    probabilities: FloatArray | None
    kind: ScoreKind
    columns: tuple[str, ...] = ()
    confidence: FloatArray | None = None
    note: str = ""


@dataclass(frozen=True, eq=False)
class ClassPredictions:
    """Several classes, each row of exactly one, validated.

    Parameters
    ----------
    truth : ndarray of intp, shape (n,)
        Position in `classes`.
    classes : tuple of str
        K names, in the file's order where it has one. A class that only the predictions have is among them.
    models : tuple of ClassModel
    table : DataFrame
        The table as it was read.
    rows : ndarray of intp, shape (n,)
        The position in `table` of each row that is evaluated.
    weights : ndarray of float64, shape (n,), or None
    omitted : tuple of Omission

    Examples
    --------
    >>> three = ClassPredictions(np.array([0, 1]), ("ant", "bee", "cow"),
    ...     (ClassModel("m", np.array([0, 2]), None, "hard_label"),), pd.DataFrame(), np.arange(2))
    >>> three.against_rest("bee").truth.tolist()
    [0, 1]
    """

    truth: Codes
    classes: tuple[str, ...]
    models: tuple[ClassModel, ...]
    table: pd.DataFrame
    rows: Codes
    weights: FloatArray | None = None
    omitted: tuple[Omission, ...] = ()

    def model(self, name: str) -> ClassModel:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]

    def against_rest(self, class_name: str) -> BinaryPredictions:
        """Return one class against all others, for whatever serves two classes.

        Parameters
        ----------
        class_name : str
            One of `classes`; ValueError for another.

        Returns
        -------
        BinaryPredictions
            A model's score is its probability of the class; 1 and 0 where only decisions are known.
        """
        place = self.classes.index(class_name)
        return BinaryPredictions(
            (self.truth == place).astype(np.uint8),
            tuple(_one_class(each, place) for each in self.models),
            class_name,
            messages.say(messages.NOT_CLASS, label=class_name),
            self.table,
            self.rows,
            self.weights,
            self.omitted,
        )


def _one_class(model: ClassModel, place: int) -> ModelScores:
    if model.probabilities is None:
        called = (model.labels == place).astype(np.float64)
        return ModelScores(model.name, called, "hard_label", 0.5, messages.CALLED, model.columns, model.note)
    values = np.ascontiguousarray(model.probabilities[:, place])
    half = model.kind == "probability"
    reason = messages.HALF if half else messages.ZERO
    return ModelScores(
        model.name, values, model.kind, 0.5 if half else 0.0, reason, model.columns, model.note
    )


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

    def of_label(self, place: int, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Of values with a row for each case, those whose truth is known for the label at `place`."""
        return np.ascontiguousarray(values if self.known is None else values[self.known[:, place]])

    def model(self, name: str) -> LabelModel:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]

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
        negative = messages.say(messages.NOT_CLASS, label=name)
        omitted = self.omitted
        if self.known is not None and not self.known[:, place].all():
            unknown = self.rows[~self.known[:, place]]
            gap = messages.say(messages.MISSING_OF_LABEL, label=name)
            omitted = (*omitted, Omission(gap, unknown.size, tuple(int(row) + 1 for row in unknown[:5])))
        return BinaryPredictions(
            self.of_label(place, self.truth[:, place]), models, name, negative, self.table,
            self.of_label(place, self.rows),
            None if self.weights is None else self.of_label(place, self.weights), omitted,
        )  # fmt: skip


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
class TrainingHistory:
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

    def find(self, metric: str, split: str = "train", run: str = "") -> HistorySeries | None:
        """Return the series of a metric, None where it was not recorded."""
        wanted: tuple[Any, ...] = (metric, split, run)
        return next((each for each in self.series if (each.metric, each.split, each.run) == wanted), None)
