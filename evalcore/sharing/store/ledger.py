"""What was decided about an evaluation, by whom and when: locks on a choice, people's own words.

Entries are added and never changed, so that nobody can look at a test part, choose anew and hide it. Everyone who
opens a saved evaluation sees its entries; those on a sample are each visitor's own. They go when the evaluation goes.
Knows the database; not what the entries say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from evalcore.errors import InputError
from evalcore.sharing.samples import is_sample_id
from evalcore.sharing.store.database import Database, entries, evaluations

__all__ = ["Entry", "Ledger", "forget_entries_on", "forget_old_entries"]

#: Letters of an entry, and entries on one evaluation.
LONGEST_ENTRY, MOST_ENTRIES = 4000, 2000


@dataclass(frozen=True)
class Entry:
    """One entry.

    Parameters
    ----------
    kind : str
        What it is about, such as ``"locked"``.
    text : str
    when : datetime
        In UTC.
    own : bool
        Whether the visitor who asks made it.
    keeper : bool
        Whether the one who saved the evaluation made it.
    mark : str
        Tells visitors apart within one evaluation; says nothing else of them.
    """

    kind: str
    text: str
    when: datetime
    own: bool = True
    keeper: bool = True
    mark: str = ""


class Ledger:
    """The entries of one database.

    Parameters
    ----------
    database : Database
    clock : callable
        Returns the time, with a time zone.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def of(self, evaluation_id: str, *, owner: str) -> tuple[Entry, ...]:
        """Return the entries on an evaluation, oldest first.

        Parameters
        ----------
        evaluation_id : str
            Of a saved evaluation or a sample.
        owner : str
            The digest of the visitor who asks (see `owner_digest`).
        """
        mine = entries.c.evaluation == evaluation_id
        if is_sample_id(evaluation_id):
            mine &= entries.c.owner == owner
        with self._database.read() as connection:
            rows = connection.execute(sa.select(entries).where(mine).order_by(entries.c.number)).all()
            keeper = connection.scalar(
                sa.select(evaluations.c.owner).where(evaluations.c.id == evaluation_id)
            )
        return tuple(
            Entry(
                row.kind,
                row.text,
                row.made,
                own=row.owner == owner,
                keeper=row.owner == (keeper or owner),
                mark=_mark(evaluation_id, row.owner),
            )
            for row in rows
        )

    def add(self, evaluation_id: str, kind: str, text: str, *, owner: str) -> None:
        """Add an entry.

        Raises
        ------
        InputError
            If the evaluation is gone, the text is too long, or there are too many entries.
        """
        if len(text) > LONGEST_ENTRY:
            raise InputError(f"an entry must have at most {LONGEST_ENTRY:,} letters, got {len(text):,}")
        with self._database.change() as connection:
            if not is_sample_id(evaluation_id):
                there = sa.select(evaluations.c.id).where(evaluations.c.id == evaluation_id)
                if connection.scalar(there) is None:
                    raise InputError("this could not be kept: the evaluation was deleted")
            last = connection.execute(
                sa.select(sa.func.max(entries.c.number), sa.func.count()).where(
                    entries.c.evaluation == evaluation_id
                )
            ).one()
            if last[1] >= MOST_ENTRIES:
                raise InputError(f"at most {MOST_ENTRIES:,} entries can be kept of an evaluation")
            values = {
                "evaluation": evaluation_id,
                "number": (last[0] or 0) + 1,
                "owner": owner,
                "kind": kind,
                "text": text,
                "made": self._clock(),
            }
            connection.execute(sa.insert(entries).values(values))


def forget_entries_on(connection: sa.Connection, evaluation_ids: Sequence[str]) -> None:
    """Remove all entries on some evaluations, in the caller's transaction."""
    for evaluation_id in evaluation_ids:
        connection.execute(sa.delete(entries).where(entries.c.evaluation == evaluation_id))


def forget_old_entries(connection: sa.Connection, *, made_before: datetime) -> None:
    """Remove old entries on what is no saved evaluation (samples), in the caller's transaction."""
    known = sa.select(evaluations.c.id)
    connection.execute(
        sa.delete(entries).where(entries.c.made <= made_before, entries.c.evaluation.not_in(known))
    )


def _mark(evaluation_id: str, owner: str) -> str:
    return hashlib.sha256(f"{evaluation_id}:{owner}".encode()).hexdigest()[:4]
