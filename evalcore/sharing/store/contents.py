"""The folder that holds the tables of saved evaluations: one Parquet file each, written whole or not at all.

A file is named after its evaluation's id. Ids come from links, which anyone can write, so an
id is held against a pattern before it becomes part of a path.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from evalcore.errors import InputError
from evalcore.sharing.parquet.tables import read_origin, read_saved_table, write_table

__all__ = [
    "DataFolder",
    "StoredTable",
    "is_evaluation_id",
    "make_private_file",
    "make_private_folder",
    "new_evaluation_id",
]

_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_TABLE = re.compile(rf"({_ID.pattern})\.parquet")
_UNFINISHED = re.compile(rf"{_ID.pattern}\.[0-9a-f]{{8}}\.part")


def new_evaluation_id() -> str:
    """Return an id that nobody can guess: 128 random bits, as 22 characters that fit into a link.

    Examples
    --------
    >>> is_evaluation_id(new_evaluation_id())
    True
    """
    return secrets.token_urlsafe(16)


def is_evaluation_id(text: object) -> bool:
    """Whether a text has the form of an evaluation's id; says nothing of whether there is one.

    Examples
    --------
    >>> is_evaluation_id("../../etc/passwd"), is_evaluation_id("sample-mnist-5")
    (False, False)
    """
    return isinstance(text, str) and _ID.fullmatch(text) is not None


@dataclass(frozen=True)
class StoredTable:
    """What was written: enough to tell later whether it is still whole.

    Parameters
    ----------
    size : int
        In bytes.
    digest : str
        SHA-256 of the file, in hex.
    """

    size: int
    digest: str


class DataFolder:
    """The tables of one store.

    Parameters
    ----------
    path : Path
        As `make_private_folder` returns it.
    origin : str
        The mark of the store: files with another mark are never removed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as path:
    ...     folder, key = DataFolder(Path(path), origin="a store"), new_evaluation_id()
    ...     stored = folder.write(key, pd.DataFrame({"score": [0.5]}))
    ...     print(folder.read(key, stored)["score"].tolist())
    [0.5]
    """

    def __init__(self, path: Path, *, origin: str) -> None:
        self.path = path
        self.origin = origin

    def write(self, evaluation_id: str, table: pd.DataFrame) -> StoredTable:
        """Write a table under an id; what was there under that id stays until the new file is whole.

        Raises
        ------
        InputError
            If a column cannot be saved.
        OSError
            If the disk is full or refuses; nothing has changed then.
        """
        target = self._path(evaluation_id)
        unfinished = self.path / f"{evaluation_id}.{secrets.token_hex(4)}.part"
        try:
            descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            with os.fdopen(descriptor, "w+b") as file:
                write_table(table, file, origin=self.origin)
                file.flush()
                os.fsync(file.fileno())
                stored = StoredTable(size=file.tell(), digest=_digest(unfinished))
            os.replace(unfinished, target)
            _sync_folder(self.path)
        except BaseException:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise
        return stored

    def read(self, evaluation_id: str, stored: StoredTable) -> pd.DataFrame:
        """Read the table of an id.

        Raises
        ------
        InputError
            If it is not there, or not as it was written.
        """
        try:
            if not self._is_whole(evaluation_id, stored):
                raise InputError("the data of this evaluation are damaged: upload the file again")
            with self._path(evaluation_id).open("rb") as file:
                return read_saved_table(file)
        except FileNotFoundError as error:
            raise InputError(
                "the data of this evaluation are no longer there: upload the file again"
            ) from error
        except OSError as error:
            raise InputError(f"the data of this evaluation cannot be read: {error.strerror}") from error

    def is_whole(self, evaluation_id: str, stored: StoredTable) -> bool:
        """Whether the table of an id is there just as it was written."""
        try:
            return self._is_whole(evaluation_id, stored)
        except OSError:
            return False

    def remove(self, evaluation_id: str) -> None:
        """Remove the table of an id, where there is one."""
        self._path(evaluation_id).unlink(missing_ok=True)

    def leftovers(self, *, before: datetime) -> Iterator[tuple[str | None, Path]]:
        """Find what a crash may have left, and only that.

        Parameters
        ----------
        before : datetime
            Files that were touched since then are left out: they may be half-way through being saved.

        Yields
        ------
        evaluation_id : str or None
            For a whole table: it is a leftover only if no evaluation has this id. None for a file
            that was never finished.
        path : Path
        """
        for path in self.path.iterdir():
            table = _TABLE.fullmatch(path.name)
            if not table and not _UNFINISHED.fullmatch(path.name):
                continue
            with contextlib.suppress(OSError):  # another process may be removing it too
                if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                    yield (table.group(1) if table else None), path

    def is_own(self, path: Path) -> bool:
        """Whether a table was written by this store: another database may use the same folder."""
        with path.open("rb") as file:
            return read_origin(file) == self.origin

    def _path(self, evaluation_id: str) -> Path:
        if not is_evaluation_id(evaluation_id):
            raise InputError(f"an evaluation's id must be 22 letters, digits, - or _, got {evaluation_id!r}")
        return self.path / f"{evaluation_id}.parquet"

    def _is_whole(self, evaluation_id: str, stored: StoredTable) -> bool:
        path = self._path(evaluation_id)
        return path.stat().st_size == stored.size and _digest(path) == stored.digest


def make_private_folder(path: Path) -> Path:
    """Make a folder that only this user may enter; one that is there already keeps its rights."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_dir():
            path.mkdir(mode=0o700, exist_ok=True)
        if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(0, "Permission denied")
    except OSError as error:
        raise InputError(
            f"the data folder must be a folder that can be written to, got {str(path)!r}: {error.strerror}"
        ) from error
    return path.absolute()


def make_private_file(path: Path) -> None:
    """Make an empty file that only this user may read, where there is none."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(path: Path) -> None:
    """Make a new name in a folder last through a power cut; not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
