"""Parquet, Feather and Arrow files, with the index that pandas keeps in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.limits import Limits
from evalcore.inputs.reading.read_table import ReadTable
from evalcore.inputs.reading.values.frames import flat_columns, to_frame
from evalcore.inputs.reading.values.headers import column_names

__all__ = ["read_arrow", "read_parquet"]

_UNNAMED_INDEX = "__index_level_"
_FAILURES = (pa.ArrowException, OSError, ValueError, KeyError, TypeError, OverflowError)
_BATCH = 1 << 16  # rows


def read_parquet(raw: bytes, *, name: str, limits: Limits) -> ReadTable:
    """Read a Parquet file.

    Raises
    ------
    InputError
        Where it is damaged, empty, or larger than the limits.
    """
    try:
        about = pq.read_metadata(pa.BufferReader(raw))
        schema = about.schema.to_arrow_schema()
        _check_size(name, about.num_rows, len(schema), limits)
        unpacked = sum(about.row_group(place).total_byte_size for place in range(about.num_row_groups))
        if unpacked > limits.size:
            raise InputError(say.too_large(name, limits.size))
        # a dictionary keeps a text that is repeated a million times small until its true size is known
        texts = [field.name for field in schema if _is_text(field.type)]
        file = pq.ParquetFile(pa.BufferReader(raw), read_dictionary=texts)
        table = _within(file.iter_batches(_BATCH), file.schema_arrow, name=name, limits=limits)
        _validate_texts(table)
    except (InputError, MemoryError):
        raise
    except _FAILURES:
        raise InputError(say.broken(name, "a Parquet file")) from None
    return _read_table(table, name=name, what="Parquet", limits=limits)


def read_arrow(raw: bytes, *, stream: bool, name: str, limits: Limits) -> ReadTable:
    """Read a Feather or Arrow file, or an Arrow stream.

    Raises
    ------
    InputError
        As `read_parquet`.
    """
    try:
        source = pa.BufferReader(raw)
        if stream:
            reader = pa.ipc.open_stream(source)
            table = _within(reader, reader.schema, name=name, limits=limits)
        else:
            file = pa.ipc.open_file(source)
            batches = (file.get_batch(place) for place in range(file.num_record_batches))
            table = _within(batches, file.schema, name=name, limits=limits)
        table.validate(full=True)
    except (InputError, MemoryError):
        raise
    except _FAILURES:
        raise InputError(say.broken(name, "an Arrow file")) from None
    return _read_table(table, name=name, what="Arrow stream" if stream else "Feather (Arrow)", limits=limits)


def _read_table(table: Any, *, name: str, what: str, limits: Limits) -> ReadTable:
    _check_size(name, table.num_rows, table.num_columns, limits)
    if not table.num_columns:
        raise InputError(say.empty_file(name))
    if not table.num_rows:
        raise InputError(say.header_alone(name, table.column_names))
    try:
        _check_texts(table, name=name, limits=limits)
        table, notes = _with_index(table)
        pairs = flat_columns(zip(table.column_names, table.columns, strict=True), width=limits.columns)
        if len(pairs) > limits.columns:
            raise InputError(say.too_many_columns(name, len(pairs), limits.columns))
        cleaned = column_names([column for column, _ in pairs])
        frame = to_frame(dict(zip(cleaned.names, (values for _, values in pairs), strict=True)))
    except (InputError, MemoryError):
        raise
    except _FAILURES:
        raise InputError(say.broken(name, what)) from None
    return ReadTable(frame, name, what, (*notes, *cleaned.notes))


def _within(batches: Iterable[Any], schema: Any, *, name: str, limits: Limits) -> Any:
    """Put batches together as long as they are within the limits, whatever the file said of itself."""
    kept = []
    rows = size = 0
    for batch in batches:
        kept.append(batch)
        rows += batch.num_rows
        size += batch.get_total_buffer_size()
        _check_size(name, rows, batch.num_columns, limits)
        if size > limits.size:
            raise InputError(say.too_large(name, limits.size))
    return pa.Table.from_batches(kept, kept[0].schema if kept else schema)


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_binary(kind))


def _check_size(name: str, rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise InputError(say.too_many_rows(name, rows, limits.rows))
    if columns > limits.columns:
        raise InputError(say.too_many_columns(name, columns, limits.columns))
    if rows * columns > limits.cells:
        raise InputError(say.too_many_cells(name, rows, columns, limits.cells))


def _validate_texts(table: Any) -> None:
    """Raise where a text is no UTF-8, which Parquet does not see to; distinct texts alone are looked at."""
    for column in table.columns:
        for chunk in column.chunks:
            if pa.types.is_dictionary(chunk.type):
                chunk.dictionary.validate(full=True)
            elif not pa.types.is_primitive(chunk.type):
                chunk.validate(full=True)


def _check_texts(table: Any, *, name: str, limits: Limits) -> None:
    """Measure texts before they are written out in full."""
    total = 0
    for column in table.columns:
        if pa.types.is_dictionary(column.type) and _is_text(column.type.value_type):
            for chunk in column.chunks:
                lengths = pc.binary_length(chunk.dictionary).take(chunk.indices)
                total += pc.sum(lengths).as_py() or 0
    if total > limits.size:
        raise InputError(say.too_large(name, limits.size))


def _with_index(table: Any) -> tuple[Any, tuple[str, ...]]:
    """Put the columns of the pandas index first; a plain count from 0 is dropped."""
    try:
        stated = json.loads((table.schema.metadata or {}).get(b"pandas", b"{}")).get("index_columns", [])
        stored = [each for each in stated if isinstance(each, str) and each in table.column_names]
        counts = [each for each in stated if isinstance(each, dict) and each.get("kind") == "range"]
    except (ValueError, AttributeError, TypeError):
        return table, ()
    names = []
    positions = _positions(counts[0], table.num_rows) if counts else None
    if positions is not None:
        names.append(_free_name("index", table.column_names))
        table = table.add_column(0, names[0], [pa.array(positions, pa.int64())])
    for place, column in enumerate(stored):
        values = table.column(column)
        table = table.remove_column(table.column_names.index(column))
        name = _free_name("index", table.column_names) if column.startswith(_UNNAMED_INDEX) else column
        table = table.add_column(place, name, values)
        names.append(name)
    return table, (say.index_kept(names),) if names else ()


def _positions(count: dict[str, Any], rows: int) -> range | None:
    """The positions that pandas counted, where they do not simply count from 0."""
    start, stop, step = (count.get(end) for end in ("start", "stop", "step"))
    if not (isinstance(start, int) and isinstance(stop, int) and isinstance(step, int)) or (start, step) == (
        0,
        1,
    ):
        return None
    ends = (start, start + rows * step)
    return range(*ends, step) if step and stop == ends[1] and max(map(abs, ends)) < 1 << 62 else None


def _free_name(name: str, taken: list[str]) -> str:
    return name if name not in taken else _free_name(f"{name}_", taken)
