"""The rows of saved evaluations: who owns them, how long they live, what changes them."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from evalcore.errors import InputError
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.store.annotations import forget_leftovers, forget_notes_on
from evalcore.sharing.store.contents import StoredTable, is_evaluation_id
from evalcore.sharing.store.database import Database, binned, evaluations
from evalcore.sharing.store.ledger import forget_entries_on, forget_old_entries
from evalcore.sharing.store.opened import FirstFindings, findings_from_json, findings_of, findings_to_json
from evalcore.sharing.store.saved import SavedEvaluation, clean_title, roles_from_json, roles_to_json

__all__ = ["Record", "Records", "owner_digest"]

_USED_STEP = timedelta(hours=1)
_UNTITLED = "Untitled evaluation"
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Record:
    """All that a row tells."""

    saved: SavedEvaluation
    owner: str
    stored: StoredTable
    findings: FirstFindings

    @property
    def id(self) -> str:
        """The evaluation's id."""
        return self.saved.id


class Records:
    """The rows of one database.

    Parameters
    ----------
    database : Database
    retention : timedelta or None
        How long an evaluation lives after its last use; a row that outlived it is as good as gone.
    clock : callable
        Returns the time, with a time zone.
    """

    def __init__(
        self, database: Database, *, retention: timedelta | None, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._retention = retention
        self._clock = clock

    def get(self, evaluation_id: str) -> Record | None:
        """Return the row of an id, or None where there is none that lives."""
        if not is_evaluation_id(evaluation_id):
            return None
        return next(self._select(evaluations.c.id == evaluation_id), None)

    def find(self, evaluation_id: str) -> Record:
        """Return the row of an id; InputError where there is none that lives."""
        record = self.get(evaluation_id)
        if record is None:
            days = "" if self._retention is None else f", or not used for {_in_days(self._retention)}"
            raise InputError(f"there is no saved evaluation under this link: it may have been deleted{days}")
        return record

    def find_own(self, evaluation_id: str, *, owner: str, action: str) -> Record:
        """Return the row of an id; InputError where it is another owner's."""
        record = self.find(evaluation_id)
        if record.owner != owner:
            raise InputError(
                f"only the browser that saved an evaluation can {action} it: save a copy of your own instead"
            )
        return record

    def of_owner(self, owner: str, *, limit: int) -> tuple[Record, ...]:
        """Return an owner's rows, the one that was used last first."""
        order = (evaluations.c.used.desc(), evaluations.c.created.desc())
        return tuple(self._select(evaluations.c.owner == owner, order=order, limit=limit))

    def same_as(self, evaluation: Evaluation, *, owner: str) -> Record | None:
        """Return the owner's row of the same content and roles, if there is one."""
        claim = _claim(owner, evaluation.fingerprint)
        return next(self._select(evaluations.c.claim == claim), None)

    def total_size(self) -> int:
        """Return how many bytes the tables of all rows take, with those in the bin."""
        with self._database.read() as connection:
            return _total_size(connection)

    def add(
        self,
        evaluation_id: str,
        evaluation: Evaluation,
        stored: StoredTable,
        *,
        owner: str,
        size_limit: int | None,
    ) -> Record:
        """Insert a row, unless the owner has one of the same content and roles.

        Returns
        -------
        Record
            The new row, or the one that was there.

        Raises
        ------
        InputError
            If all tables together would be larger than the limit.
        """
        claim = _claim(owner, evaluation.fingerprint)
        now = self._clock()
        with self._database.change() as connection:
            # Only one row can have the claim: one that has outlived its time makes way.
            expired = evaluations.c.used <= self._deadline(now)
            connection.execute(sa.delete(evaluations).where(evaluations.c.claim == claim, expired))
            twin = connection.scalar(sa.select(evaluations.c.id).where(evaluations.c.claim == claim))
            if twin is None:
                _require_room(connection, stored.size, size_limit)
                values = {
                    "id": evaluation_id,
                    "owner": owner,
                    "title": _title(evaluation),
                    "rows": len(evaluation.table),
                    "created": now,
                    **_content(evaluation, findings_of(evaluation), claim=claim),
                    **_file(stored, now),
                }
                connection.execute(sa.insert(evaluations).values(values))
        return self.find(twin or evaluation_id)

    def replace_file(self, record: Record, stored: StoredTable) -> None:
        """Note that a damaged table was written again; InputError where its row has gone meanwhile."""
        with self._database.change() as connection:
            done = connection.execute(_update(record.id).values(_file(stored, self._clock())))
            if done.rowcount == 0:
                raise InputError("this evaluation was deleted while it was being saved: save it again")

    def note_use(self, record: Record) -> None:
        """Write down that a row is used now, unless that was done within the hour."""
        now = self._clock()
        step = _USED_STEP if self._retention is None else min(_USED_STEP, self._retention / 24)
        if now - record.saved.used < step:
            return
        # A database that cannot be written to at the moment must not stop anyone from looking.
        with contextlib.suppress(InputError), self._database.change() as connection:
            connection.execute(_update(record.id).values(used=now))

    def rename(self, record: Record, title: str) -> None:
        """Write another title."""
        with self._database.change() as connection:
            connection.execute(_update(record.id).values(title=clean_title(title)))

    def replace_content(self, record: Record, evaluation: Evaluation, findings: FirstFindings) -> None:
        """Write other roles and what follows from them; the table stays."""
        claim = _claim(record.owner, evaluation.fingerprint)
        with self._database.change() as connection:
            others = sa.select(evaluations.c.id).where(
                evaluations.c.claim == claim, evaluations.c.id != record.id
            )
            free = connection.scalar(others) is None
            values = _content(evaluation, findings, claim=claim if free else None)
            connection.execute(_update(record.id).values(values))

    def remove(self, record: Record) -> None:
        """Remove a row, and what anyone noted on its evaluation."""
        with self._database.change() as connection:
            forget_notes_on(connection, [record.id])
            forget_entries_on(connection, [record.id])
            connection.execute(sa.delete(evaluations).where(evaluations.c.id == record.id))

    def expired_ids(self, now: datetime) -> tuple[str, ...]:
        """Return the ids of the rows that have outlived their time."""
        query = sa.select(evaluations.c.id).where(evaluations.c.used <= self._deadline(now))
        with self._database.read() as connection:
            return tuple(connection.scalars(query))

    def remove_expired(self, now: datetime) -> tuple[str, ...]:
        """Remove the rows that have outlived their time; return their ids."""
        expired = evaluations.c.used <= self._deadline(now)
        with self._database.change() as connection:
            found = tuple(connection.scalars(sa.select(evaluations.c.id).where(expired)))
            forget_notes_on(connection, found)
            forget_entries_on(connection, found)
            connection.execute(sa.delete(evaluations).where(expired))
            forget_leftovers(connection, unchanged_since=self._deadline(now))
            forget_old_entries(connection, made_before=self._deadline(now))
        return found

    def all_ids(self) -> frozenset[str]:
        """Return the ids of all rows, of what lies in the bin too: their files are somebody's."""
        every = sa.union(sa.select(evaluations.c.id), sa.select(binned.c.id))
        with self._database.read() as connection:
            return frozenset(connection.scalars(every))

    def _select(
        self, condition: sa.ColumnElement[bool], *, order: tuple[Any, ...] = (), limit: int | None = None
    ) -> Iterator[Record]:
        living = evaluations.c.used > self._deadline(self._clock())
        query = sa.select(evaluations).where(condition, living).order_by(*order).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return map(self._record, rows)

    def _deadline(self, now: datetime) -> datetime:
        """What was used last at this time or before has expired."""
        return _BEGINNING if self._retention is None else max(_BEGINNING, now - self._retention)

    def _record(self, row: sa.Row[Any]) -> Record:
        saved = SavedEvaluation(
            id=row.id,
            title=row.title,
            roles=roles_from_json(row.roles),
            task=row.task,
            fingerprint=row.fingerprint,
            size=row.size,
            rows=row.rows,
            created=row.created,
            used=row.used,
            expires=None if self._retention is None else row.used + self._retention,
        )
        return Record(saved, row.owner, StoredTable(row.size, row.digest), findings_from_json(row.findings))


def owner_digest(owner: str) -> str:
    """Return what is kept of an owner's token: a digest that does not tell the token.

    Raises
    ------
    InputError
        If the token is empty.

    Examples
    --------
    >>> len(owner_digest("a token that the browser keeps"))
    64
    """
    if not owner:
        raise InputError("owner must be the browser's own token, got an empty text")
    return hashlib.sha256(f"owner:{owner}".encode("utf-8", "surrogatepass")).hexdigest()


def _claim(owner: str, fingerprint: str) -> str:
    return hashlib.sha256(f"{owner}:{fingerprint}".encode()).hexdigest()


def _title(evaluation: Evaluation) -> str:
    try:
        return clean_title(evaluation.title)
    except InputError:  # a file's name may hold nothing that can be shown
        return _UNTITLED


def _update(evaluation_id: str) -> sa.Update:
    return sa.update(evaluations).where(evaluations.c.id == evaluation_id)


def _content(evaluation: Evaluation, findings: FirstFindings, *, claim: str | None) -> Mapping[str, Any]:
    return {
        "roles": roles_to_json(evaluation.roles),
        "findings": findings_to_json(findings),
        "task": evaluation.task,
        "fingerprint": evaluation.fingerprint,
        "claim": claim,
    }


def _file(stored: StoredTable, now: datetime) -> Mapping[str, Any]:
    return {"size": stored.size, "digest": stored.digest, "used": now}


def _total_size(connection: sa.Connection) -> int:
    sizes = (sa.select(sa.func.coalesce(sa.func.sum(each.c.size), 0)) for each in (evaluations, binned))
    return sum(int(connection.scalar(size) or 0) for size in sizes)


def _require_room(connection: sa.Connection, size: int, limit: int | None) -> None:
    if limit is None:
        return
    left = limit - _total_size(connection)
    if size > left:
        raise InputError(
            f"there is no room to save this evaluation: it takes {size / 1e6:.1f} MB, "
            f"and {max(0, left) / 1e6:.1f} MB of {limit / 1e6:g} MB are free; "
            "delete an evaluation that is no longer needed"
        )


def _in_days(time: timedelta) -> str:
    days = time / timedelta(days=1)
    return "a day" if days == 1 else f"{days:g} days"
