"""Marks and comments on rows: which labels somebody holds to be wrong, kept with the evaluation.

Everyone has notes of their own, on their own evaluations, on those of others and on the samples: a visitor is known
by the browser's token, of which only a digest is kept. Notes go when their evaluation goes; those on samples go
when they were not changed for the retention time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from evalcore.errors import InputError
from evalcore.sharing.samples import is_sample_id
from evalcore.sharing.store.database import (
    Database,
    binned,
    evaluations,
    given_answers,
    given_names,
    row_notes,
)

__all__ = ["Annotation", "Annotations", "forget_leftovers", "forget_notes_on"]

#: Letters of a comment, and rows that one visitor can note something on in one evaluation.
LONGEST_COMMENT, MOST_ROWS = 2000, 100_000
_STEP = 500  # rows named in one statement: databases limit its length


@dataclass(frozen=True)
class Annotation:
    """What somebody noted on one row.

    Parameters
    ----------
    wrong : bool
        Whether the label is held to be wrong.
    comment : str
        In the visitor's own words.

    Examples
    --------
    >>> Annotation(True, "a 7, not a 1").wrong
    True
    """

    wrong: bool = False
    comment: str = ""


class Annotations:
    """The notes of one database.

    Parameters
    ----------
    database : Database
    clock : callable
        Returns the time, with a time zone.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def of(self, evaluation_id: str, *, owner: str, about: str = "") -> dict[int, Annotation]:
        """Return a visitor's notes on an evaluation, by the row's position in the table.

        Parameters
        ----------
        evaluation_id : str
            Of a saved evaluation or a sample.
        owner : str
            The visitor's digest (see `owner_digest`).
        about : str
            Which of a row's labels, where it has several.
        """
        query = sa.select(row_notes.c.position, row_notes.c.wrong, row_notes.c.comment)
        with self._database.read() as connection:
            found = connection.execute(query.where(_notes(evaluation_id, owner, about)))
            return {int(row.position): Annotation(bool(row.wrong), row.comment) for row in found}

    def write(
        self, evaluation_id: str, notes: Mapping[int, Annotation], *, owner: str, about: str = ""
    ) -> None:
        """Keep notes in place of those that these rows had; an empty note removes it.

        Parameters
        ----------
        evaluation_id : str
        notes : mapping of int to Annotation
            By the row's position in the table.
        owner : str
            The visitor's digest.
        about : str

        Raises
        ------
        InputError
            If the evaluation is gone, a comment is too long, or there are too many notes; nothing has changed then.
        """
        for position, note in notes.items():
            if len(note.comment) > LONGEST_COMMENT:
                raise InputError(
                    f"the comment on row {position + 1:,} must have at most {LONGEST_COMMENT:,} letters, "
                    f"got {len(note.comment):,}"
                )
        mine = _notes(evaluation_id, owner, about)
        with self._database.change() as connection:
            if not is_sample_id(evaluation_id):
                _require_evaluation(connection, evaluation_id)
            for part in _parts(list(notes)):
                connection.execute(sa.delete(row_notes).where(mine, row_notes.c.position.in_(part)))
            values = self._values(evaluation_id, notes, owner=owner, about=about)
            if values:
                _require_room(connection, mine, len(values))
                connection.execute(sa.insert(row_notes), values)

    def _values(
        self, evaluation_id: str, notes: Mapping[int, Annotation], *, owner: str, about: str
    ) -> list[dict[str, Any]]:
        now = self._clock()
        return [
            {
                "evaluation": evaluation_id,
                "owner": owner,
                "about": _digest(about),
                "position": position,
                "wrong": note.wrong,
                "comment": note.comment,
                "changed": now,
            }
            for position, note in notes.items()
            if note.wrong or note.comment
        ]


def forget_notes_on(connection: sa.Connection, evaluation_ids: Sequence[str]) -> None:
    """Remove everyone's notes on some evaluations, and the names given there, in the caller's transaction."""
    for part in _parts(evaluation_ids):
        connection.execute(sa.delete(given_names).where(given_names.c.evaluation.in_(part)))
        connection.execute(sa.delete(row_notes).where(row_notes.c.evaluation.in_(part)))


def forget_leftovers(connection: sa.Connection, *, unchanged_since: datetime) -> None:
    """Remove old notes on what is no saved evaluation (samples) and old answers, in the caller's transaction."""
    connection.execute(sa.delete(given_answers).where(given_answers.c.changed <= unchanged_since))
    known = sa.union(sa.select(evaluations.c.id), sa.select(binned.c.id))
    old = row_notes.c.changed <= unchanged_since
    connection.execute(sa.delete(row_notes).where(old, row_notes.c.evaluation.not_in(known)))


def _notes(evaluation_id: str, owner: str, about: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        row_notes.c.evaluation == evaluation_id,
        row_notes.c.owner == owner,
        row_notes.c.about == _digest(about),
    )


def _digest(about: str) -> str:
    """Return what is kept of a label's name: names may be longer than a key can be."""
    return hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest() if about else ""


def _require_evaluation(connection: sa.Connection, evaluation_id: str) -> None:
    found = connection.scalar(sa.select(evaluations.c.id).where(evaluations.c.id == evaluation_id))
    if found is None:
        raise InputError("the notes could not be kept: this evaluation was deleted")


def _require_room(connection: sa.Connection, mine: sa.ColumnElement[bool], more: int) -> None:
    held = connection.scalar(sa.select(sa.func.count()).select_from(row_notes).where(mine)) or 0
    if held + more > MOST_ROWS:
        raise InputError(f"at most {MOST_ROWS:,} rows of an evaluation can be marked or commented on")


def _parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + _STEP] for start in range(0, len(values), _STEP))
