"""How predictions are to be built from a table: what settling the roles yields, and building uses.

A layout is private to `evalcore.inputs`: what others see are `Roles` (which columns) and the
predictions themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evalcore.predictions.evaluation import ScoreKind

__all__ = [
    "BinaryLayout",
    "ClassLayout",
    "ClassPlan",
    "Keep",
    "LabelLayout",
    "LabelScores",
    "Layout",
    "LongLabels",
    "LongLayout",
    "OutputLayout",
    "Rows",
    "ScorePlan",
    "ScoresLayout",
]

Operation = Literal["as_is", "opposite", "label", "confidence", "softmax"]


@dataclass(frozen=True)
class ScorePlan:
    """How one model's scores come from the table.

    Parameters
    ----------
    name : str
        The model's name.
    column : str
        The column that is read.
    kind : ScoreKind
        The unit of the scores that come out.
    operation : str
        "as_is"; "opposite" (the column speaks for the other class); "label" (1 where the column's label is in
        `labels`); "confidence" (confidence in the class that `partner` predicts, in `labels` where it is
        positive); "softmax" (with `partner`, the logit of the other class).
    partner : str or None
    labels : tuple of str
    note : str
        What was done, in words.
    """

    name: str
    column: str
    kind: ScoreKind
    operation: Operation = "as_is"
    partner: str | None = None
    labels: tuple[str, ...] = ()
    note: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read."""
        return (self.column, self.partner) if self.partner else (self.column,)


@dataclass(frozen=True)
class Keep:
    """Only the rows whose `column` holds `value` are evaluated."""

    column: str
    value: str


@dataclass(frozen=True)
class LongLayout:
    """Models stand below each other.

    Parameters
    ----------
    model : str
        The column that says whose row it is.
    unit : tuple of str
        The columns that name the case; empty where the order of the rows says it.
    prefix : str
        Put before the model's label to make its name.
    """

    model: str
    unit: tuple[str, ...] = ()
    prefix: str = ""


@dataclass(frozen=True)
class Rows:
    """Which rows are taken, and with what weight: the part that layouts of all tasks share."""

    weight: str | None = None
    keep: tuple[Keep, ...] = ()
    long: LongLayout | None = None


@dataclass(frozen=True)
class BinaryLayout:
    """Two classes, one truth column.

    Parameters
    ----------
    truth : str
    positive, negative : str
        Labels in the spelling of `columns.spelling.spell`.
    scores : tuple of ScorePlan
        One for each model.
    predicted : tuple of ScorePlan
        The predictions beside the scores, to find the file's own rule.
    rows : Rows
    """

    truth: str
    positive: str
    negative: str
    scores: tuple[ScorePlan, ...]
    predicted: tuple[ScorePlan, ...] = ()
    rows: Rows = Rows()


@dataclass(frozen=True)
class ClassPlan:
    """How one model of several classes comes from the table.

    Parameters
    ----------
    name : str
    columns : tuple of str
        One for each class, in the order of the classes; empty where only decisions are known.
    kind : ScoreKind
        The unit of what comes out.
    operation : str
        "as_is", "softmax", "exp" (log-probabilities) or "hundredth" (percentages).
    predicted : str or None
        The column of decisions.
    mapping : tuple of (str, str)
        From the labels of the decisions to the classes.
    confidence : str or None
        The column that says how sure the model is of its decision.
    note : str
    """

    name: str
    columns: tuple[str, ...] = ()
    kind: ScoreKind = "hard_label"
    operation: Literal["as_is", "softmax", "exp", "hundredth"] = "as_is"
    predicted: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    confidence: str | None = None
    note: str = ""


@dataclass(frozen=True)
class ClassLayout:
    """Several classes.

    Parameters
    ----------
    truths : tuple of str
        One column of classes, or a one-hot column for each class.
    classes : tuple of str
    models : tuple of ClassPlan
    rows : Rows
    """

    truths: tuple[str, ...]
    classes: tuple[str, ...]
    models: tuple[ClassPlan, ...]
    rows: Rows = Rows()


@dataclass(frozen=True)
class LabelScores:
    """One model's columns of scores, one for each label."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class LabelLayout:
    """Several labels, any of which may apply.

    Parameters
    ----------
    labels : tuple of str
    truths : tuple of str
        A column for each label, or one column of lists.
    scores : tuple of str
        A column for each label, or one column of lists; empty where only decisions are known. With `long`,
        a column for each model.
    predicted : tuple of str
        The same for decisions.
    kind : ScoreKind
    name : str
        The first model's name.
    rows : Rows
    others : tuple of LabelScores
        Further models' scores.
    long : LongLabels or None
        Where labels stand below each other.
    """

    labels: tuple[str, ...]
    truths: tuple[str, ...]
    scores: tuple[str, ...]
    predicted: tuple[str, ...]
    kind: ScoreKind
    name: str
    rows: Rows = Rows()
    others: tuple[LabelScores, ...] = ()
    long: LongLabels | None = None


@dataclass(frozen=True)
class OutputLayout:
    """Several outputs, each of them a class.

    Parameters
    ----------
    names : tuple of str
    outputs : tuple of ClassLayout
        One for each name.
    rows : Rows
    """

    names: tuple[str, ...]
    outputs: tuple[ClassLayout, ...]
    rows: Rows = Rows()

    @property
    def truths(self) -> tuple[str, ...]:
        """The truth columns."""
        return tuple(name for each in self.outputs for name in each.truths)


@dataclass(frozen=True)
class ScoresLayout:
    """Scores without a truth."""

    scores: tuple[ScorePlan, ...]
    positive: str
    negative: str


Layout = BinaryLayout | ClassLayout | LabelLayout | OutputLayout | ScoresLayout


@dataclass(frozen=True)
class LongLabels:
    """The columns that say which case and which label a row is about."""

    case: str
    label: str
