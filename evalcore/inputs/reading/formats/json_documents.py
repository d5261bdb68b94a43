"""JSON in the shapes that predictions come in: documents, and JSON Lines."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.formats.json_lines import flat_lines
from evalcore.inputs.reading.formats.json_shapes import JsonTable, json_tables
from evalcore.inputs.reading.limits import Limits
from evalcore.inputs.reading.read_table import ReadTable
from evalcore.inputs.reading.text.delimited import read_delimited
from evalcore.inputs.reading.text.encoding import to_utf8
from evalcore.inputs.reading.values.frames import to_frame, typed_column
from evalcore.inputs.reading.values.headers import column_names
from evalcore.inputs.reading.values.settling import TypedColumn

__all__ = ["read_json"]

_FAILURES = (ValueError, RecursionError)


class _NoLinesError(ValueError):
    """The text is not one JSON value per line."""


def read_json(raw: bytes, *, name: str, limits: Limits) -> tuple[ReadTable, ...]:
    """Read the tables of a JSON document or of JSON Lines, the longest first.

    Parameters
    ----------
    raw : bytes
    name : str
    limits : Limits

    Raises
    ------
    InputError
        Where the text is not JSON, has no table in it, or is larger than the limits.
    """
    text = to_utf8(raw, name=name).text
    if _values(text) > limits.values:
        raise InputError(say.too_many_values(name, limits.values))
    if (flat := flat_lines(text, limits=limits)) is not None:
        return (_finished(flat, name, "JSON Lines", ()),)
    notes: tuple[str, ...] = ()
    try:
        document, what = json.loads(text), "JSON"
    except _FAILURES:
        try:
            document, notes = _lines(text)
            what = "JSON Lines"
        except (_NoLinesError, *_FAILURES):
            if text.lstrip()[:1] == b"[":  # a log, or lists in a column of text
                return (read_delimited(raw, name=name, limits=limits),)
            raise InputError(say.broken(name, "JSON")) from None
    try:
        found = json_tables(document, name=name, limits=limits)
    except RecursionError:
        raise InputError(say.broken(name, "JSON")) from None
    if len(found) == 1 and _is_loss_curve(document, name):
        found = [JsonTable("", {"loss": document})]
    if not found:
        raise InputError(say.no_records(name))
    tables = []
    for each in found:
        beside = [say.records_from(each.path)] if each.path else []
        beside += [say.parts_ignored(each.beside)] if each.beside else []
        columns = {column: typed_column(column, values) for column, values in each.columns.items()}
        title = name if len(found) == 1 else f"{name}: {each.path}" if name else each.path
        tables.append(_finished(columns, title, what, (*notes, *beside)))
    return tuple(tables)


def _values(text: bytes) -> int:
    """At least how many values the text holds: each but the first in a list or record stands behind a comma."""
    return text.count(b",") + text.count(b"[") + text.count(b"{")


def _is_loss_curve(document: object, name: str) -> bool:
    """Whether a bare list of numbers is a loss by the file's name: what scikit-learn keeps as `loss_curve_`."""
    return (
        isinstance(document, list)
        and "loss" in name.lower()
        and all(isinstance(each, float) for each in document)
    )


def _finished(columns: Mapping[str, TypedColumn], name: str, what: str, notes: Sequence[str]) -> ReadTable:
    cleaned = column_names(list(columns))
    told = [*notes, *cleaned.notes, *(note for typed in columns.values() for note in typed.notes)]
    values = {column: typed.values for column, typed in zip(cleaned.names, columns.values(), strict=True)}
    return ReadTable(to_frame(values), name, what, tuple(told))


def _lines(text: bytes) -> tuple[list[Any], tuple[str, ...]]:
    """One value per line; lines that are broken are left out and told, where they are few."""
    values: list[Any] = []
    bad = 0
    first = (0, "")
    for number, line in enumerate(io.BytesIO(text), start=1):
        if not line.strip():
            continue
        try:
            values.append(json.loads(line))
        except _FAILURES:
            bad += 1
            first = first if bad > 1 else (number, line[:80].decode("utf-8", errors="replace").strip())
            if bad > len(values):
                raise _NoLinesError from None
    return values, (say.broken_lines(bad, *first),) if bad else ()
