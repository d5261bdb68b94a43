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

__all__ = [
    "Evaluation",
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


@dataclass(frozen=True, eq=False)
class UnmatchedRows:
    """Rows of one file that were not joined to the other, for one reason.

    Parameters
    ----------
    source, other : str
        The file that the rows are from, and the file that holds no partner for them.
    key : tuple of str
        The columns of `source` that name the row.
    reason : str
        Why they did not match, in words.
    count : int
        How many there are.
    rows : DataFrame of str, shape (min(count, N), columns)
        The first of them, as text; the index counts the file's rows from 1 below the header. N is 1,000, or
        less where the file is very wide. Cells over 200 characters are cut.
    """

    source: str
    other: str
    key: tuple[str, ...]
    reason: str
    count: int
    rows: pd.DataFrame
