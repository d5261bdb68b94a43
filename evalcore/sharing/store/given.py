"""What people said beside the file: the names they gave, and their answers to questions about files of a kind.

Names belong to one evaluation, are given by its owner and seen by whoever has the link; they go when it goes. Answers
belong to one visitor, who is known by the browser's token alone: nobody else's files are read by them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from evalcore.describing.naming import NO_NAMES, Names, names_from_json, names_to_json
from evalcore.errors import InputError
from evalcore.sharing.store.database import Database, evaluations, given_answers, given_names

__all__ = ["AnsweredQuestions", "GivenNames", "columns_digest"]


class GivenNames:
    """The names of one database.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, evaluation_id: str) -> Names:
        """Return the names given in an evaluation; none for what is not there."""
        query = sa.select(given_names.c.names).where(given_names.c.evaluation == evaluation_id)
        with self._database.read() as connection:
            found = connection.scalar(query)
        return NO_NAMES if found is None else names_from_json(found)

    def write(self, evaluation_id: str, names: Names) -> None:
        """Keep names in place of those that were there; InputError where the evaluation has gone meanwhile."""
        with self._database.change() as connection:
            known = sa.select(evaluations.c.id).where(evaluations.c.id == evaluation_id)
            if connection.scalar(known) is None:
                raise InputError("the names could not be kept: this evaluation was deleted")
            connection.execute(sa.delete(given_names).where(given_names.c.evaluation == evaluation_id))
            if names:
                values = {"evaluation": evaluation_id, "names": names_to_json(names)}
                connection.execute(sa.insert(given_names).values(values))


class AnsweredQuestions:
    """The answers of one database.

    Parameters
    ----------
    database : Database
    clock : callable
        Returns the time, with a time zone: answers that were not given anew for the retention time go.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def of(self, columns: Iterable[str], *, owner: str) -> dict[str, str]:
        """Return an owner's answers about files of these columns, by role."""
        query = sa.select(given_answers.c.answers).where(_place(columns, owner))
        with self._database.read() as connection:
            found = connection.scalar(query)
        return {} if found is None else dict(json.loads(found))

    def write(self, columns: Iterable[str], answers: Mapping[str, str], *, owner: str) -> None:
        """Keep answers in place of those that were there."""
        known = list(columns)
        with self._database.change() as connection:
            connection.execute(sa.delete(given_answers).where(_place(known, owner)))
            if answers:
                values = {
                    "owner": owner,
                    "columns": columns_digest(known),
                    "answers": json.dumps(dict(answers)),
                    "changed": self._clock(),
                }
                connection.execute(sa.insert(given_answers).values(values))


def _place(columns: Iterable[str], owner: str) -> sa.ColumnElement[bool]:
    return sa.and_(given_answers.c.owner == owner, given_answers.c.columns == columns_digest(columns))


def columns_digest(columns: Iterable[str]) -> str:
    """Return what is kept of the names of a file's columns, whatever their order.

    Examples
    --------
    >>> columns_digest(["label", "score"]) == columns_digest(["score", "label"])
    True
    """
    text = json.dumps(sorted(columns))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
