"""Several classes, each row of exactly one, and groups of them.

A class against the rest is again `BinaryPredictions`, so everything that serves two classes serves it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.numbers import count
from evalcore.predictions import messages
from evalcore.predictions.binary import BinaryPredictions, ModelScores
from evalcore.predictions.evaluation import FloatArray, Omission, ScoreKind
from evalcore.wording import say

__all__ = ["ClassGroups", "ClassModel", "ClassPredictions"]

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

    @property
    def positive(self) -> None:
        """No class is the positive one."""

    @property
    def cases(self) -> float:
        """Number of cases, each counted once whatever its weight."""
        return len(self.truth)

    @property
    def subject(self) -> str:
        """How many cases, and of how many classes."""
        return f"{count(self.cases)} cases, {len(self.classes):,} classes"

    @property
    def parts(self) -> tuple[str, ...]:
        """The classes."""
        return self.classes

    @property
    def ranked(self) -> bool:
        """Whether any model has scores; else only its decisions are known."""
        return any(each.probabilities is not None for each in self.models)

    def model(self, name: str) -> ClassModel:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]

    def part(self, name: str) -> BinaryPredictions:
        """Return one class against all others; ValueError where there is none of the name."""
        return self.against_rest(name)

    def with_table(self, table: pd.DataFrame) -> Self:
        """Return the same predictions beside another table of the same rows."""
        return replace(self, table=table)

    @property
    def case_rows(self) -> Codes:
        """The position in the table of each case."""
        return self.rows

    def taking(self, places: Codes) -> Self:
        """Return some of the cases, by their places among all."""
        models = tuple(
            replace(
                each,
                labels=each.labels[places],
                probabilities=None if each.probabilities is None else each.probabilities[places],
                confidence=None if each.confidence is None else each.confidence[places],
            )
            for each in self.models
        )
        return replace(
            self,
            truth=self.truth[places],
            models=models,
            rows=self.rows[places],
            weights=None if self.weights is None else self.weights[places],
        )

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
            say(messages.NOT_CLASS, label=class_name),
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


@dataclass(frozen=True)
class ClassGroups:
    """The group of every class.

    Parameters
    ----------
    name : str
        As people choose it.
    of_class : tuple of str
        Each class's group, in the order of the classes.
    reason : str
        Where it is from, in plain words.

    Examples
    --------
    >>> animals = ClassGroups("2 groups", ("animal", "animal", "vehicle"))
    >>> animals.groups, animals.places.tolist()
    (('animal', 'vehicle'), [0, 0, 1])
    """

    name: str
    of_class: tuple[str, ...]
    reason: str = ""

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups, in the order in which the classes bring them."""
        return tuple(dict.fromkeys(self.of_class))

    @property
    def places(self) -> Codes:
        """Position of each class's group in `groups`; shape (K,)."""
        place = {name: i for i, name in enumerate(self.groups)}
        return np.array([place[name] for name in self.of_class], dtype=np.intp)

    @property
    def digest(self) -> str:
        """A short text, equal for equal groups."""
        return hashlib.blake2s("\0".join(self.of_class).encode(), digest_size=8).hexdigest()

    def members(self, group: str) -> tuple[int, ...]:
        """Positions of the classes in a group."""
        return tuple(i for i, name in enumerate(self.of_class) if name == group)
