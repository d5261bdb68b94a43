"""An evaluation: its predictions, the roles of its columns, and what was found out about them.

Every module after this one (metrics, figures, sharing, pages) knows these types; none of them knows how a file
was read. Each task has a type of its own, in a file beside this one; what all of them can say is `Predictions`,
and what differs by task stands in the table of `tasks`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.predictions.tasks import DECIDED, TASKS, Task, TaskTraits

__all__ = [
    "Evaluation",
    "FloatArray",
    "Model",
    "Omission",
    "Predictions",
    "Question",
    "RoleDecision",
    "Roles",
    "Rowless",
    "ScoreKind",
    "Undivided",
    "UnmatchedRows",
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


class Model(Protocol):
    """What every model has; the rest is its task's."""

    @property
    def name(self) -> str:
        """The model's name as people will see it."""


class Predictions(Protocol):
    """What predictions of every task can say."""

    @property
    def models(self) -> tuple[Model, ...]:
        """The models, in the file's order; none in a training history."""

    @property
    def table(self) -> pd.DataFrame:
        """The table as it was read."""

    @property
    def omitted(self) -> tuple[Omission, ...]:
        """The rows left out, and why."""

    @property
    def positive(self) -> str | None:
        """The class that a threshold decides for; None where no class is the positive one."""

    @property
    def cases(self) -> float:
        """Number of cases; a fraction where they came as weighted counts."""

    @property
    def subject(self) -> str:
        """What is looked at, in words: how many cases, and of what."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Classes, labels or outputs that can be looked at on their own, in the file's order."""

    @property
    def ranked(self) -> bool:
        """Whether a score ranks the cases, so that a threshold can be moved; else only decisions are known."""

    def model(self, name: str) -> Model:
        """Return the model called `name`; KeyError where there is none."""

    def part(self, name: str) -> Predictions:
        """Return a part as predictions of its own; KeyError or ValueError where there is none."""

    def with_table(self, table: pd.DataFrame) -> Self:
        """Return the same predictions beside another table of the same rows."""

    @property
    def case_rows(self) -> npt.NDArray[np.intp] | None:
        """The position in the table of each case; None where no rows stand behind the cases."""

    def taking(self, places: npt.NDArray[np.intp]) -> Self:
        """Return some of the cases, by their places among all; ValueError where no rows stand behind them."""


class Rowless:
    """Predictions whose cases are no rows of the table: they were counted before they came, or there are none."""

    @property
    def case_rows(self) -> None:
        """None."""
        return None

    def taking(self, places: npt.NDArray[np.intp]) -> Self:
        """Raise ValueError: there are no rows to take."""
        raise ValueError(f"no rows stand behind these figures, so that {len(places)} of them cannot be taken")


class Undivided:
    """Predictions without parts, ranked by scores unless they say otherwise."""

    @property
    def ranked(self) -> bool:
        """Scores rank the cases."""
        return True

    @property
    def parts(self) -> tuple[str, ...]:
        """None."""
        return ()

    def part(self, name: str) -> Predictions:
        """Raise KeyError: there are no parts."""
        raise KeyError(name)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """One set of predictions with its roles.

    Parameters
    ----------
    task : Task
    predictions : Predictions
        `BinaryPredictions`, `CountPredictions`, or another task's type.
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
    within : str
        Which of the rows are looked at, in words such as "site = B"; empty for all of them.

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"label": [0, 1, 1, 0], "prob": [0.2, 0.9, 0.4, 0.1]})
    >>> evaluation = ec.open_predictions(table)
    >>> evaluation.task, evaluation.models, evaluation.roles.positive
    ('binary', ('prob',), '1')
    """

    task: Task
    predictions: Predictions
    roles: Roles
    decisions: tuple[RoleDecision, ...]
    fingerprint: str
    title: str = ""
    questions: tuple[Question, ...] = field(default=())
    warnings: tuple[str, ...] = field(default=())
    unmatched: tuple[UnmatchedRows, ...] = field(default=())
    within: str = ""

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the models, in the file's order."""
        return tuple(each.name for each in self.predictions.models)

    @property
    def table(self) -> pd.DataFrame:
        """The table as it was read."""
        return self.predictions.table

    @property
    def group_columns(self) -> list[str]:
        """The columns of groups that the table has."""
        return [name for name in self.roles.groups if name in self.table.columns]

    @property
    def traits(self) -> TaskTraits:
        """What holds for its task, and for what is known of its cases."""
        whole = TASKS[self.task]
        return whole if self.predictions.ranked else DECIDED.get(self.task, whole)


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
