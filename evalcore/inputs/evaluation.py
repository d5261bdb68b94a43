"""The frozen types that an opened predictions file becomes.

Every module after this one (metrics, figures, sharing, pages) knows these types; none of
them knows how a file was read. Tasks other than binary are further classes beside
`BinaryPredictions`, told apart by `Evaluation.task`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.unmatched import UnmatchedRows

__all__ = [
    "BinaryPredictions",
    "CountPredictions",
    "Evaluation",
    "ModelCounts",
    "ModelScores",
    "Omission",
    "Question",
    "RoleDecision",
    "Roles",
    "ScoreKind",
    "Task",
    "UnmatchedRows",
]

Task = Literal[
    "binary", "multiclass", "multilabel", "multioutput", "image_outputs", "counts", "history", "scores"
]
ScoreKind = Literal[
    "probability", "percent", "logit", "log_probability", "decision", "ordinal", "hard_label", "confidence"
]
FloatArray = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class RoleDecision:
    """What one role was found to be, and why.

    Parameters
    ----------
    role : str
        One of the words of the design: truth, score, predicted label, weight, group, fold,
        split, id, image, model, epoch, ignored.
    columns : tuple of str
        The columns that carry the role, in the file's order.
    reason : str
        Why, in plain words.
    confidence : float
        From 0 (a guess) to 1 (certain, or said by the caller).
    """

    role: str
    columns: tuple[str, ...]
    reason: str
    confidence: float = 1.0


@dataclass(frozen=True)
class Roles:
    """Which column is what: the input of building an evaluation, and what is saved with it.

    A caller may state any part; what is `None` or empty is inferred. `positive` is the label of
    the positive class as it is written in the file.

    Examples
    --------
    >>> Roles(truth="label", scores=("prob",), positive="1").truth
    'label'
    """

    truth: str | None = None
    scores: tuple[str, ...] = ()
    positive: str | None = None
    predicted_label: str | None = None
    weight: str | None = None
    fold: str | None = None
    split: str | None = None
    id: str | None = None
    image: str | None = None
    model: str | None = None
    epoch: str | None = None
    groups: tuple[str, ...] = ()
    task: Task | None = None


@dataclass(frozen=True)
class Question:
    """One doubt about the file: the likeliest answer is taken, the others are offered.

    `role` names the field of `Roles` that an answer sets; `options` are its possible values,
    the chosen one first.

    Examples
    --------
    >>> Question("positive", "Which class does the score speak for?", ("yes", "no"), "yes").chosen
    'yes'
    """

    role: str
    text: str
    options: tuple[str, ...]
    chosen: str


@dataclass(frozen=True)
class Omission:
    """Rows that were left out, and why.

    Parameters
    ----------
    reason : str
        In words.
    count : int
    rows : tuple of int
        Up to five of them, counted from 1 below the header.
    """

    reason: str
    count: int
    rows: tuple[int, ...] = ()


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


@dataclass(frozen=True, eq=False)
class BinaryPredictions:
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

    def model(self, name: str) -> ModelScores:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]


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
class CountPredictions:
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

    def model(self, name: str) -> ModelCounts:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]


@dataclass(frozen=True, eq=False)
class Evaluation:
    """One set of predictions with its roles.

    Parameters
    ----------
    task : Task
    predictions : BinaryPredictions, CountPredictions, or another task's class
    roles : Roles
        All roles as they were settled, enough to build the same evaluation again from the table.
    decisions : tuple of RoleDecision
        The same with reasons, for people.
    questions : tuple of Question
        What a person should confirm.
    warnings : tuple of str
        What a person should know.
    fingerprint : str
        Hex digest of the table's content and the roles: equal for equal figures.
    title : str
        A name for people, made from the file's name.
    unmatched : tuple of UnmatchedRows
        The rows of each joined file that found no partner in the other.

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"label": [0, 1, 1, 0], "prob": [0.2, 0.9, 0.4, 0.1]})
    >>> evaluation = ec.open_predictions(table)
    >>> evaluation.task, evaluation.models, evaluation.roles.positive
    ('binary', ('prob',), '1')
    """

    task: Task
    predictions: Any
    roles: Roles
    decisions: tuple[RoleDecision, ...]
    fingerprint: str
    title: str = ""
    questions: tuple[Question, ...] = field(default=())
    warnings: tuple[str, ...] = field(default=())
    unmatched: tuple[UnmatchedRows, ...] = field(default=())

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the models, in the file's order."""
        return tuple(each.name for each in getattr(self.predictions, "models", ()))

    @property
    def table(self) -> pd.DataFrame:
        """The table as it was read."""
        table: pd.DataFrame = self.predictions.table
        return table
