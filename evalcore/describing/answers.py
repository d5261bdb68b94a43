"""What each answer to a question would give: figures and three rows, so that a person can answer without thinking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore import numbers
from evalcore.describing.description import DESCRIBERS
from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation, Question, Roles
from evalcore.predictions.tasks import Task
from evalcore.wording import NONE

__all__ = [
    "MOST_ROWS",
    "AnswerOutcome",
    "answer_outcome",
    "answer_words",
    "answered_before",
    "roles_answered",
]

#: Each answer is tried on at most so many rows, spread over the file.
MOST_ROWS = 20_000
_EXAMPLES = 3
_RAW_COLUMNS = 3
_LEFT_OUT = "left out"
#: With another answer to these, what else was found no longer holds: it is found anew.
_FOUNDATIONS = frozenset({"truth", "task"})


@dataclass(frozen=True, eq=False)
class AnswerOutcome:
    """What one answer gives.

    Parameters
    ----------
    option : str
        As the question has it.
    told : str
        Its figures in one sentence, or why it cannot be.
    rows : DataFrame of str, shape (up to 3, columns)
        The same rows for every answer: the columns concerned, and what is read from them. The index counts the
        file's rows from 1. None where it cannot be, or where no rows stand behind it.
    possible : bool
        Whether the file can be read so.
    """

    option: str
    told: str
    rows: pd.DataFrame
    possible: bool = True


def answer_words(question: Question, option: str, positive: str | None = None) -> str:
    """Say an answer as a person would; `positive` is the class that scores speak for, where it is known.

    Examples
    --------
    >>> answer_words(Question("scores", "?", ("-d", "+d"), "-d"), "-d")
    'Low values of “d” mean yes'
    >>> answer_words(Question("scores", "?", ("-d", "+d"), "-d"), "+d", "sick")
    'High values of “d” mean “sick”'
    >>> answer_words(Question("split", "?", ("part", "part=test"), "part"), "part=test")
    'Only the rows in which “part” is “test”'
    """
    sign, name = option[:1], option[1:]
    signed = sign in ("+", "-") and any(
        each == f"{other}{name}" for other in "+-" for each in question.options
    )
    column, _, value = option.partition("=")
    words = {
        "positive": f"The threshold decides for “{option}”",
        "truth": f"The truth is in “{option}”",
        "weight": f"Rows count by “{option}”",
        "predicted_label": f"“{option}” is what the model decided",
    }
    if option == NONE:
        return "Every row counts the same" if question.role == "weight" else "No column"
    if question.role == "task":
        return "Each value is a label of its own" if option == "multilabel" else "All rows are one task"
    if signed and question.role == "scores":
        return f"{'Low' if sign == '-' else 'High'} values of “{name}” mean {f'“{positive}”' if positive else 'yes'}"
    if signed and question.role == "predicted_label":
        return "Yes, these classes" if option == question.options[0] else "No, the other way round"
    if value and question.role in ("split", "model", "epoch", "fold"):
        return f"Only the rows in which “{column}” is “{value}”"
    if question.role == "split":
        return f"All rows of “{option}”"
    if question.role == "scores" and "=" not in option:
        return f"The score is “{option}”"
    return words.get(question.role, option)


def roles_answered(roles: Roles, role: str, answer: str, answers: Mapping[str, str] | None = None) -> Roles:
    """Take the answer to a question; a role of several columns takes it as its only one.

    Parameters
    ----------
    roles : Roles
        As they were settled.
    role, answer : str
    answers : mapping of str to str, optional
        What was answered before. With another truth or another task only these still hold.

    Examples
    --------
    >>> roles_answered(Roles(truth="y", scores=("p",)), "scores", "q").scores
    ('q',)
    >>> roles_answered(Roles(truth="y", scores=("p",)), "truth", "p", {"weight": "w"})
    Roles(truth='p', scores=(), positive=None, predicted_label=None, weight='w', fold=None, ...
    """
    said = {role: answer}
    if role in _FOUNDATIONS:
        roles, said = Roles(), {**(answers or {}), **said}
    several = {name: isinstance(getattr(roles, name), tuple) for name in said if hasattr(roles, name)}
    known: dict[str, Any] = {name: (said[name],) if many else said[name] for name, many in several.items()}
    return replace(roles, **known)


def answered_before(opened: Evaluation, answers: Mapping[str, str]) -> tuple[Evaluation, dict[str, str]]:
    """Read a file as questions about files of its columns were answered before.

    An answer is taken only where its question is asked of this file, too, and offers it.

    Parameters
    ----------
    opened : Evaluation
        As it was opened without help.
    answers : mapping of str to str
        By role.

    Returns
    -------
    tuple of (Evaluation, dict)
        The evaluation, and the answers that were taken.

    Examples
    --------
    >>> opened = open_predictions(pd.DataFrame({"class": ["M", "R", "R", "M"] * 9, "prob": [0.9, 0.2, 0.8, 0.7] * 9}))
    >>> again, taken = answered_before(opened, {"positive": "R", "weight": "prob"})
    >>> again.roles.positive, taken, again.questions
    ('R', {'positive': 'R'}, ())
    """
    taken: dict[str, str] = {}
    for _ in range(len(answers)):
        found = next(
            (
                each
                for each in opened.questions
                if each.role not in taken and answers.get(each.role) in each.options
            ),
            None,
        )
        if found is None:
            break
        answer = answers[found.role]
        try:
            roles = roles_answered(opened.roles, found.role, answer, taken)
            again = open_predictions(opened.table, roles=roles, title=opened.title)
        except InputError:
            break  # what is found without help stays
        taken[found.role] = answer
        asked = tuple(each for each in again.questions if each.role not in taken)
        opened = replace(again, questions=asked, unmatched=opened.unmatched)
    return opened, taken


def answer_outcome(
    opened: Evaluation, question: Question, option: str, answers: Mapping[str, str] | None = None
) -> AnswerOutcome:
    """Open the table with one answer, and tell what comes of it.

    Parameters
    ----------
    opened : Evaluation
    question : Question
        One of its questions.
    option : str
        One of the question's options.
    answers : mapping of str to str, optional
        What was answered before.

    Returns
    -------
    AnswerOutcome
        Of at most 20,000 rows.

    Examples
    --------
    >>> opened = open_predictions(pd.DataFrame({"class": ["M", "R", "R", "M"] * 9, "prob": [0.9, 0.2, 0.8, 0.7] * 9}))
    >>> found = answer_outcome(opened, opened.questions[0], "R")
    >>> found.told
    'ROC AUC 0.750; 50.0 % of 36 cases are “R”'
    """
    table, part = opened.table, ""
    if len(table) > MOST_ROWS:
        places = np.unique(np.linspace(0, len(table) - 1, MOST_ROWS).astype(np.intp))
        table, part = table.iloc[places], f", of {numbers.count(MOST_ROWS)} rows spread over the file"
    try:
        roles = roles_answered(opened.roles, question.role, option, answers)
        read = open_predictions(table.reset_index(drop=True), roles=roles, title=opened.title)
        told = f"{_figures(read)}{part}"
    except InputError as refused:
        return AnswerOutcome(option, f"The file cannot be read so: {refused}", pd.DataFrame(), possible=False)
    numbered = table.set_axis(np.arange(len(table)) if not part else places, axis="index")
    return AnswerOutcome(option, told, _examples(read, numbered, opened, question))


def _figures(read: Evaluation) -> str:
    predictions: Any = read.predictions
    if read.task in ("history", "scores", "image_outputs"):
        return f"{numbers.count(len(read.table))} rows, recognised as {read.traits.recognised}"
    if read.task != "multioutput":
        predictions = replace(predictions, models=predictions.models[:1])
    figures = next(iter(DESCRIBERS[read.task](predictions)["models"].values()))
    area = next((figures[name] for name in ("roc_auc", "roc_auc_macro") if name in figures), None)
    parts = []
    if area is not None:
        parts.append(f"ROC AUC {numbers.coefficient(float(area))}")
    elif "accuracy" in figures:
        parts.append(f"{numbers.share(float(figures['accuracy']))} right")
    if read.traits.decides == "two classes" and predictions.cases:
        share = numbers.share(predictions.positives / predictions.cases)
        parts.append(f"{share} of {numbers.count(predictions.cases)} cases are “{predictions.positive}”")
    else:
        if area is not None and "accuracy" in figures:
            parts.append(f"{numbers.share(float(figures['accuracy']))} right")
        parts.append(predictions.subject)
    return "; ".join(parts)


def _examples(read: Evaluation, table: pd.DataFrame, opened: Evaluation, question: Question) -> pd.DataFrame:
    """The same rows for every answer, so that they can be compared."""
    tell = _TOLD.get(read.task)
    if tell is None or read.predictions.table.shape[0] != len(table):
        return pd.DataFrame()
    places = _where_they_differ(table, question) or _example_places(opened, table)
    predictions: Any = read.predictions
    where = {int(row): place for place, row in enumerate(predictions.rows)}
    raw = _concerned(read)
    rows = {}
    for place in places:
        cells = {name: str(table.iloc[place][name]) for name in raw}
        known = where.get(place)
        cells["Truth"], cells["Model"] = (_LEFT_OUT, _LEFT_OUT) if known is None else tell(predictions, known)
        rows[int(table.index[place]) + 1] = cells
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("row")


def _concerned(read: Evaluation) -> list[str]:
    """The columns that a reading is made of, as far as they are in the table under their names."""
    models: Any = read.predictions.models
    named = [read.roles.truth, *(column for each in models for column in each.columns), read.roles.weight]
    known = [name for name in dict.fromkeys(named) if name in read.table.columns]
    return [name for name in known if name not in ("Truth", "Model")][:_RAW_COLUMNS]


def _where_they_differ(table: pd.DataFrame, question: Question) -> list[int]:
    """Positions of rows that tell the columns apart of which one is the truth."""
    columns = [name for name in question.options if name in table.columns]
    if question.role != "truth" or len(columns) < 2:
        return []
    cells = table[columns].astype(str)
    new = np.flatnonzero(~cells.duplicated().to_numpy())
    told = cells.iloc[new]
    telling = new[told.ne(told.iloc[:, 0], axis="index").any(axis="columns").to_numpy()]
    wanted = dict.fromkeys(
        [*telling[: _EXAMPLES - 1].tolist(), *new.tolist(), *range(len(table))[:_EXAMPLES]]
    )
    return sorted([*wanted][:_EXAMPLES])


def _example_places(opened: Evaluation, table: pd.DataFrame) -> list[int]:
    """Positions in `table` of rows that differ in the truth, as far as there are such."""
    predictions: Any = opened.predictions
    truth: npt.NDArray[Any] | None = getattr(predictions, "truth", None)
    rows: npt.NDArray[Any] | None = getattr(predictions, "rows", None)
    every = np.arange(len(table))
    if truth is None or rows is None or truth.ndim != 1:
        return [int(each) for each in every[:_EXAMPLES]]
    within = np.flatnonzero(np.isin(rows, table.index.to_numpy()))
    _, first = np.unique(truth[within], return_index=True)
    wanted = dict.fromkeys([*sorted(first.tolist())[:_EXAMPLES], *range(_EXAMPLES)])
    chosen = sorted(rows[within][[each for each in wanted if each < within.size][:_EXAMPLES]].tolist())
    return [int(np.searchsorted(table.index.to_numpy(), each)) for each in chosen]


def _two_classes(predictions: Any, place: int) -> tuple[str, str]:
    actual = predictions.positive if predictions.truth[place] else predictions.negative
    return actual, f"{predictions.models[0].values[place]:.4g} for “{predictions.positive}”"


def _several_classes(predictions: Any, place: int) -> tuple[str, str]:
    model = predictions.models[0]
    called = predictions.classes[model.labels[place]]
    sure = "" if model.probabilities is None else f", {model.probabilities[place, model.labels[place]]:.4g}"
    return predictions.classes[predictions.truth[place]], f"{called}{sure}"


def _several_labels(predictions: Any, place: int) -> tuple[str, str]:
    model = predictions.models[0]
    actual = np.flatnonzero(predictions.truth[place])
    called = np.flatnonzero(model.scores[place] >= model.thresholds)
    first, second = (", ".join(predictions.labels[i] for i in each[:3]) or NONE for each in (actual, called))
    return first, second


_TOLD: Mapping[Task, Callable[[Any, int], tuple[str, str]]] = {
    "binary": _two_classes,
    "multiclass": _several_classes,
    "multilabel": _several_labels,
}
