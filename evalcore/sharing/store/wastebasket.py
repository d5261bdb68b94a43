"""What was deleted and can still be brought back: rows that nobody finds, until their time is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from evalcore.errors import InputError
from evalcore.sharing.store.annotations import forget_notes_on
from evalcore.sharing.store.database import Database, binned, evaluations

__all__ = ["Binned", "Wastebasket"]

_COLUMNS = [each.name for each in evaluations.columns]
_GONE = "this evaluation can no longer be brought back: the time for it is over, or it was deleted for good"


@dataclass(frozen=True)
class Binned:
    """An evaluation that was deleted and can still be brought back.

    Parameters
    ----------
    id, title : str
    rows : int
    deleted, until : datetime
        When it was deleted, and until when it can be brought back; in UTC.
    """

    id: str
    title: str
    rows: int
    deleted: datetime
    until: datetime


class Wastebasket:
    """The bin of one database.

    Parameters
    ----------
    database : Database
    keep : timedelta
        So long what was deleted can be brought back.
    clock : callable
        Returns the time, with a time zone.
    """

    def __init__(self, database: Database, *, keep: timedelta, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._keep = keep
        self._clock = clock

    def put(self, evaluation_id: str) -> Binned:
        """Move an evaluation's row to the bin; what was noted on it stays with it."""
        now = self._clock()
        row = sa.select(*(evaluations.c[name] for name in _COLUMNS), sa.literal(now, binned.c.deleted.type))
        with self._database.change() as connection:
            mine = evaluations.c.id == evaluation_id
            connection.execute(sa.insert(binned).from_select([*_COLUMNS, "deleted"], row.where(mine)))
            connection.execute(sa.delete(evaluations).where(mine))
            found = connection.execute(sa.select(binned).where(binned.c.id == evaluation_id)).one_or_none()
        if found is None:
            raise InputError("there is no such evaluation: it may have been deleted already")
        return self._told(found)

    def of_owner(self, owner: str) -> tuple[Binned, ...]:
        """Return what an owner can still bring back, the last that was deleted first."""
        query = sa.select(binned).where(
            binned.c.owner == owner, binned.c.deleted > self._clock() - self._keep
        )
        with self._database.read() as connection:
            return tuple(map(self._told, connection.execute(query.order_by(binned.c.deleted.desc()))))

    def take_back(self, evaluation_id: str, *, owner: str) -> None:
        """Move a row back; InputError where it is another owner's, or its time is over.

        Where the same content was saved anew meanwhile, both stay.
        """
        now = self._clock()
        mine = sa.and_(
            binned.c.id == evaluation_id, binned.c.owner == owner, binned.c.deleted > now - self._keep
        )
        with self._database.change() as connection:
            found = connection.execute(sa.select(binned).where(mine)).one_or_none()
            if found is None:
                raise InputError(_GONE)
            values = {name: getattr(found, name) for name in _COLUMNS} | {"used": now}
            taken = sa.select(evaluations.c.id).where(evaluations.c.claim == found.claim)
            if connection.scalar(taken) is not None:
                values["claim"] = None
            connection.execute(sa.insert(evaluations).values(values))
            connection.execute(sa.delete(binned).where(mine))

    def empty(self, *, before: datetime | None = None, only: str | None = None) -> tuple[str, ...]:
        """Remove rows for good, with what was noted on them: all, those of before a time, or one; return their ids."""
        which = sa.true() if before is None else binned.c.deleted <= before
        if only is not None:
            which = binned.c.id == only
        with self._database.read() as connection:
            if connection.scalar(sa.select(sa.func.count()).select_from(binned).where(which)) == 0:
                return ()  # most often: no lock for nothing
        with self._database.change() as connection:
            found = tuple(connection.scalars(sa.select(binned.c.id).where(which)))
            forget_notes_on(connection, found)
            connection.execute(sa.delete(binned).where(which))
        return found

    def _told(self, row: sa.Row[tuple[object, ...]]) -> Binned:
        return Binned(row.id, row.title, row.rows, row.deleted, row.deleted + self._keep)
