"""From a file, its bytes or a stream to tables, whatever the file's name says.

The content decides: compression and archives are unpacked, the format is recognised by its first bytes, and
one reader per format makes plain pandas tables. No pickle is ever opened.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from evalcore.errors import InputError
from evalcore.inputs.progress import Progress, stage, watched
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.archives import archive_kind, members, unpacked_size
from evalcore.inputs.reading.compression import COMPRESSIONS, Budget, decompress
from evalcore.inputs.reading.kinds import recognise
from evalcore.inputs.reading.limits import Limits
from evalcore.inputs.reading.read_table import ReadTable
from evalcore.inputs.reading.text.delimited import read_delimited

__all__ = ["Limits", "ReadTable", "read_table", "read_tables"]

Source = bytes | str | Path | BinaryIO
_DEFAULT_LIMITS = Limits()
_NOTES = 20
_WORTH_RETURNING = 8 << 20
_UNPACKING = 0.6  # share of the time that goes into unpacking what is compressed
_SUFFIXES = (".gz", ".bz2", ".xz", ".zst", ".zstd")


def read_table(
    source: Source, *, name: str = "", limits: Limits = _DEFAULT_LIMITS, progress: Progress | None = None
) -> ReadTable:
    r"""Read one table from a file of any format that is known.

    Parameters
    ----------
    source : bytes, str, Path or binary stream
        The content; or the path of a file, as `str` or `Path`.
    name : str, optional
        What to call it; by default the file's name.
    limits : Limits, optional
        Bounds on size, columns and cells.
    progress : callable, optional
        Is told the share that is done and what is being done, for large sources; perhaps from another thread.

    Returns
    -------
    ReadTable
        Where the source holds several tables (a zip archive, a workbook), the one with the most rows; the
        others are named in a note.

    Raises
    ------
    InputError
        Where the source is no table: one sentence that says what it is and what to do.

    Examples
    --------
    >>> read = read_table(b"truth;score\n1;0,75\n0;0,5\n")
    >>> read.format, read.table["score"].tolist()
    ('semicolon-separated text', [0.75, 0.5])
    """
    tables = read_tables(source, name=name, limits=limits, progress=progress)
    largest = max(tables, key=lambda each: len(each.table))
    if len(tables) == 1:
        return largest
    others = [each.name for each in tables if each is not largest]
    return replace(largest, notes=(*largest.notes, say.one_of_several(largest.name, others)))


def read_tables(
    source: Source, *, name: str = "", limits: Limits = _DEFAULT_LIMITS, progress: Progress | None = None
) -> tuple[ReadTable, ...]:
    """Read every table from a file: a zip archive, a workbook, npz or JSON may hold several.

    Parameters
    ----------
    source, name, limits, progress
        As for `read_table`.

    Returns
    -------
    tuple of ReadTable
        At least one; in the order of the archive or workbook.

    Raises
    ------
    InputError
        Where nothing in the source is a table.

    Examples
    --------
    >>> [read.format for read in read_tables(b'{"truth": [1, 0], "score": [0.75, 0.5]}')]
    ['JSON']
    """
    raw, name = _content(source, name, limits)
    with watched(progress), stage(0.0, 1.0, say.step_reading(name)):
        try:
            tables = tuple(map(_with_few_notes, _Opening(limits).tables(raw, name)))
        except MemoryError:  # Arrow's as well
            raise InputError(say.too_much_memory(name)) from None
    if len(raw) > _WORTH_RETURNING:
        # Arrow keeps what parsing took, more than the table itself; whoever evaluates the table needs it.
        pa.default_memory_pool().release_unused()
    return tables


def _content(source: Source, name: str, limits: Limits) -> tuple[bytes, str]:
    """The source's bytes and its name."""
    if isinstance(source, bytes | bytearray | memoryview):
        if len(source) > limits.size:
            raise InputError(say.too_large(name, limits.size))
        return bytes(source), name
    if isinstance(source, str | Path):
        path = Path(source)
        name = name or path.name
        try:
            if path.stat().st_size > limits.size:
                raise InputError(say.too_large(name, limits.size))
            return path.read_bytes(), name
        except InputError:
            raise
        except (OSError, ValueError):
            if isinstance(source, str) and "\n" in source:
                raise InputError(say.not_a_source("text; encode it to bytes")) from None
            raise InputError(say.missing_file(str(path))) from None
    stated = getattr(source, "name", "")
    name = name or (Path(stated).name if isinstance(stated, str) else "")
    if not hasattr(source, "read"):
        raise InputError(say.not_a_source(type(source).__name__))
    try:
        return Budget(limits.size).read(source, name=name), name
    except TypeError:
        raise InputError(say.not_a_source("a text stream; open it in binary mode")) from None


class _Opening:
    """One call of `read_tables`: its limits, and what all layers together have unpacked."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.budget = Budget(limits.size)

    def tables(self, raw: bytes, name: str, *, depth: int = 0) -> tuple[ReadTable, ...]:
        if depth > self.limits.depth:
            raise InputError(say.too_deep(name, self.limits.depth))
        if not raw:
            raise InputError(say.empty_file(name))
        kind = recognise(raw)
        if kind == "zip":
            kind = archive_kind(raw, name=name)
        if kind in COMPRESSIONS:
            with stage(0.0, _UNPACKING, say.step_unpacking(name)):
                content = decompress(raw, kind, budget=self.budget, name=name)
            with stage(_UNPACKING, 1.0):
                inner = self.tables(content, _without_suffix(name), depth=depth + 1)
            return tuple(replace(each, format=f"{each.format}, {COMPRESSIONS[kind]}") for each in inner)
        if kind == "archive":
            return self._archive(raw, name, depth)
        if kind in say.REFUSALS:
            raise InputError(say.refused(name, kind))
        return self._of_kind(raw, kind, name)

    def _of_kind(self, raw: bytes, kind: str, name: str) -> tuple[ReadTable, ...]:
        """Hand over to the format's reader; each is imported when it is first needed."""
        limits = self.limits
        if kind == "text":
            return (read_delimited(raw, name=name, limits=limits),)
        if kind == "json":
            from evalcore.inputs.reading.formats.json_documents import read_json

            return read_json(raw, name=name, limits=limits)
        if kind == "event log":
            from evalcore.inputs.reading.formats.event_logs import read_event_log

            return (read_event_log(raw, name=name, limits=limits),)
        if kind in ("parquet", "arrow", "arrow stream"):
            from evalcore.inputs.reading.formats.arrow import read_arrow, read_parquet

            if kind == "parquet":
                return (read_parquet(raw, name=name, limits=limits),)
            return (read_arrow(raw, stream=kind == "arrow stream", name=name, limits=limits),)
        if kind == "workbook":
            from evalcore.inputs.reading.formats.workbooks import read_workbook

            if unpacked_size(raw, name=name) > self.budget.left:
                raise InputError(say.too_large(name, limits.size))
            return read_workbook(raw, name=name, limits=limits)
        from evalcore.inputs.reading.formats.numpy_arrays import read_npy, read_npz

        if kind == "npz":
            parts = list(members(raw, limits=limits, budget=self.budget, name=name))
            return read_npz(parts, name=name, limits=limits)
        return (read_npy(raw, name=name, limits=limits),)

    def _archive(self, raw: bytes, name: str, depth: int) -> tuple[ReadTable, ...]:
        """Read every member that is a table; the others are named in a note, or refused where none is."""
        tables: list[ReadTable] = []
        skipped: dict[str, str] = {}
        total = max(unpacked_size(raw, name=name), 1)
        done = 0.0
        for member in members(raw, limits=self.limits, budget=self.budget, name=name):
            before, done = done, min(1.0, done + len(member.content) / total)
            try:
                with stage(before, done):
                    tables += self.tables(member.content, member.name, depth=depth + 1)
            except InputError as error:
                if self.budget.left < 0:
                    raise
                skipped[member.name] = str(error)
        first_reason = next(iter(skipped.values()), "")
        if not tables:
            alone = len(skipped) == 1
            raise InputError(first_reason if alone else say.archive_without_tables(name, first_reason))
        notes = (say.members_skipped(list(skipped), first_reason),) if skipped else ()
        return tuple(
            replace(each, format=f"{each.format}, zip", notes=(*each.notes, *notes)) for each in tables
        )


def _with_few_notes(read: ReadTable) -> ReadTable:
    """A table of thousands of columns may have a note on each."""
    more = len(read.notes) - _NOTES
    return replace(read, notes=(*read.notes[:_NOTES], say.more_notes(more))) if more > 0 else read


def _without_suffix(name: str) -> str:
    return name[: name.rfind(".")] if name.lower().endswith(_SUFFIXES) else name
