"""Whether a database is one that this program can work with, and a copy of it before it is changed.

Looked at when it is opened, before anything is written: a file that is not sound stays as it is.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from evalcore.errors import StoreError

__all__ = ["BACKUP", "back_up", "check_columns", "check_file", "check_version", "remove_backups"]

BACKUP = ".backup-"
"""Stands between the name of a database and the moment of its copy."""
_BYTES = 16  # how a SQLite file begins: "SQLite format 3" and a zero


def check_file(path: Path) -> None:
    """Refuse a SQLite file that is damaged or is none; one that is not there, or is empty, is fine.

    Raises
    ------
    StoreError
        In one sentence that says what to do; the file stays as it is.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "evaluations.sqlite")
    ...     _ = file.write_text("what is no database at all")
    ...     check_file(file)
    Traceback (most recent call last):
        ...
    evalcore.errors.StoreError: the database "evaluations.sqlite" of saved evaluations is damaged (it is no \
SQLite file): stop the program, put a backup in its place or move it away, and start again
    """
    if not path.exists() or not path.stat().st_size:
        return
    with path.open("rb") as file:
        begins = file.read(_BYTES)
    if begins != b"SQLite format 3\0":
        raise StoreError(_damaged(path, "it is no SQLite file"))
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        # Busy, or not to be read now: that is said by whoever then works with it.
        if "malformed" not in str(error):
            return
        raise StoreError(_damaged(path, str(error))) from None
    except sqlite3.DatabaseError as error:
        raise StoreError(_damaged(path, str(error))) from None
    if said != "ok":
        raise StoreError(_damaged(path, "its pages contradict each other"))


def _damaged(path: Path, why: str) -> str:
    backups = _backups(path)
    there = f'the backup "{backups[-1].name}"' if backups else "a backup"
    return (
        f'the database "{path.name}" of saved evaluations is damaged ({why}): stop the program, '
        f"put {there} in its place or move it away, and start again"
    )


def check_version(found: int, wanted: int) -> None:
    """Refuse a database that another version of the program made.

    Examples
    --------
    >>> check_version(1, 1)
    """
    if found != wanted:
        raise StoreError(
            f"the database of saved evaluations must be of version {wanted}, got version {found}: it was made by "
            "another version of the program; start that one, or move the database away"
        )


def check_columns(found: Mapping[str, Sequence[str]], wanted: sa.MetaData) -> tuple[str, ...]:
    """Refuse tables that lack a column; return the names of the tables that are not there at all.

    Parameters
    ----------
    found : mapping of str to sequence of str
        The columns of each table of the database.
    wanted : MetaData

    Examples
    --------
    >>> wanted = sa.MetaData()
    >>> _ = sa.Table("notes", wanted, sa.Column("id"), sa.Column("text")), sa.Table("names", wanted)
    >>> check_columns({"notes": ["id", "text"]}, wanted)
    ('names',)
    """
    for name, table in wanted.tables.items():
        lacking = [each.name for each in table.columns if name in found and each.name not in found[name]]
        if lacking:
            raise StoreError(
                f'the database of saved evaluations lacks the column "{lacking[0]}" of its table "{name}": put a '
                "backup in its place or move it away, and start the program again"
            )
    return tuple(name for name in wanted.tables if name not in found)


def back_up(path: Path) -> Path:
    """Copy a SQLite file as it is at this moment, with what others are writing left out; return the copy.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "evaluations.sqlite")
    ...     with contextlib.closing(sqlite3.connect(file)) as connection:
    ...         _ = connection.execute("CREATE TABLE notes (id)")
    ...     back_up(file).name.startswith("evaluations.sqlite.backup-")
    True
    """
    copy = path.with_name(f"{path.name}{BACKUP}{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with (
            contextlib.closing(sqlite3.connect(path)) as source,
            contextlib.closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as error:
        copy.unlink(missing_ok=True)
        raise StoreError(f"the database of saved evaluations cannot be backed up: {error}") from error
    return copy


def remove_backups(path: Path, *, before: datetime) -> None:
    """Remove copies that are older: what was deleted since must not stay in them for ever."""
    for each in _backups(path):
        with contextlib.suppress(OSError):
            if each.stat().st_mtime < before.timestamp():
                each.unlink()


def _backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}{BACKUP}*"))
