"""From delimited text to a table: a fast typed parse, and a careful one for what it refuses."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.limits import Limits
from evalcore.inputs.reading.read_table import ReadTable
from evalcore.inputs.reading.text.delimiters import ONE_COLUMN, Splitter
from evalcore.inputs.reading.text.encoding import to_utf8
from evalcore.inputs.reading.text.layout import TextLayout, find_layout
from evalcore.inputs.reading.text.mending import mend
from evalcore.inputs.reading.text.parsing import ParsedRows, parse_rows, unquoted_gaps
from evalcore.inputs.reading.text.printed import as_delimited
from evalcore.inputs.reading.values.frames import settled_text, to_frame
from evalcore.inputs.reading.values.headers import numbered_names
from evalcore.inputs.reading.values.settling import TypedColumn, settle_text, settle_type, summary_rows
from evalcore.inputs.reading.values.wrapped import unwrapped

__all__ = ["read_delimited"]

_WORDS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", " ": "space"}
_blank_lines = re.compile(rb"\n(?=[ \t]*\r?\n)")


def read_delimited(raw: bytes, *, name: str, limits: Limits) -> ReadTable:
    """Read text of columns: any delimiter, header or none, any common encoding.

    Parameters
    ----------
    raw : bytes
        The file's content, decompressed.
    name : str
    limits : Limits

    Raises
    ------
    InputError
        Where there are no rows, more columns or longer cells than allowed, or no text.
    """
    decoded = to_utf8(raw, name=name)
    text, lone_returns = _with_line_feeds(decoded.text)
    if not text or text.isspace():
        raise InputError(say.empty_file(name))
    text = as_delimited(text) or text
    _check_rows(text, name, limits)
    layout = find_layout(text, name=name, columns=limits.columns)
    notes = [*decoded.notes, *layout.notes]
    parsed, plain_notes = (None, ()) if lone_returns else _parse_plain(text, layout)
    notes += plain_notes
    if parsed is None:
        mended = mend(text, layout, limit=limits.broken_lines, name=name)
        if mended.left_out > mended.kept:
            layout = _one_column(text)
            mended = mend(text, layout, limit=limits.broken_lines, name=name)
            notes = [*decoded.notes, *layout.notes]
        notes += mended.notes
        parsed = parse_rows(pa.py_buffer(mended.text), layout, quoted=True, spans=mended.spans)
    if layout.splitter.delimiter == ONE_COLUMN and (blank := _count_blank(text, layout)):
        notes.append(say.blank_rows(blank))
    if parsed is None or parsed.table.num_rows == 0:
        raise InputError(say.header_alone(name, layout.names))

    columns, settled_notes = _settle(parsed, layout, name=name, limits=limits)
    del parsed
    frame = to_frame(columns)
    words = _WORDS.get(layout.splitter.delimiter, f'"{layout.splitter.delimiter}"')
    kind = "text of one column" if layout.splitter.delimiter == ONE_COLUMN else f"{words}-separated text"
    encoding = "" if decoded.encoding == "UTF-8" else f", {decoded.encoding}"
    return ReadTable(frame, name, kind + encoding, (*notes, *settled_notes))


def _check_rows(text: bytes, name: str, limits: Limits) -> None:
    """A line is at least a cell: what would not be read is not parsed."""
    lines = text.count(b"\n")
    if lines > limits.rows:
        raise InputError(say.too_many_rows(name, lines, limits.rows))


def _with_line_feeds(text: bytes) -> tuple[bytes, bool]:
    """Make CR alone a line feed, and cut blank lines at the end; True where CR may stand within quotes."""
    returns = b"\r" in text and text.count(b"\r") - text.count(b"\r\n")
    if returns and (b'"' not in text or returns > text.count(b"\n")):
        text, returns = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), False
    blank = text[-4:].count(b"\n") > 1
    return text.rstrip(b"\r\n") if blank else text, bool(returns)


def _parse_plain(text: bytes, layout: TextLayout) -> tuple[ParsedRows | None, tuple[str, ...]]:
    """Parse the text as it stands, with notes; None where lines would be lost or are broken."""
    quoted = text.find(b'"', layout.start) >= 0
    if layout.splitter.runs or (layout.padded and quoted):
        return None, ()
    rows = pa.py_buffer(text).slice(layout.start)
    parsed = parse_rows(rows, layout, quoted=quoted)
    if not quoted or (parsed is not None and parsed.table.num_rows == _count_lines(text, layout)):
        return parsed, ()
    parsed = parse_rows(rows, layout, quoted=True, spans=True)
    spanning = _spanning_rows(parsed.table, layout) if parsed is not None else None
    if spanning is None:
        return None, ()
    count, row, first = spanning
    line = text.count(b"\n", 0, layout.start) + row + 1
    return parsed, (say.mended("spans", count, line, first),)


def _spanning_rows(table: Any, layout: TextLayout) -> tuple[int, int, str] | None:
    """How many rows have line ends in their values, the first of them and its text up to there.

    None where there are none, or where a line within a value may be a row itself.
    """
    spanning = None
    first = (table.num_rows, "")
    for column in table.columns:
        if column.type != pa.string():
            continue
        here = pc.match_substring(column, "\n")
        values = column.filter(here)
        if not len(values):
            continue
        lines = pc.list_flatten(pc.split_pattern(values, "\n"))
        marks = pc.count_substring(lines, layout.splitter.delimiter)
        if pc.any(pc.equal(marks, len(layout.names) - 1)).as_py():
            return None
        first = min(first, (pc.index(here, True).as_py(), lines[0].as_py()))
        spanning = here if spanning is None else pc.or_(spanning, here)
    return None if spanning is None else (pc.sum(spanning).as_py(), *first)


def _count_lines(text: bytes, layout: TextLayout) -> int:
    lines = text.count(b"\n", layout.start) + (not text.endswith(b"\n"))
    return lines if layout.splitter.delimiter == ONE_COLUMN else lines - _count_blank(text, layout)


def _count_blank(text: bytes, layout: TextLayout) -> int:
    return sum(1 for _ in _blank_lines.finditer(text, max(layout.start - 1, 0)))


def _one_column(text: bytes) -> TextLayout:
    """Lines that no delimiter splits alike: each is one cell."""
    start = len(text) - len(text.lstrip())
    return TextLayout(
        Splitter(ONE_COLUMN, 1), numbered_names(1), ("text",), start, header=False, notes=(say.no_columns(),)
    )


def _settle(
    parsed: ParsedRows, layout: TextLayout, *, name: str, limits: Limits
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give each column its final type; leave out a summary below the data and blank columns."""
    table, notes = parsed.table, []
    unsettled = [table.column(place) for place, kind in enumerate(parsed.kinds) if kind == "unsettled"]
    _check_lengths(table, name=name, limits=limits)
    if summary := summary_rows(unsettled):
        first = [str(cell) for cell in table.slice(table.num_rows - summary, 1).to_pylist()[0].values()]
        notes.append(say.summary_below(summary, layout.splitter.delimiter.join(first)))
        table = table.slice(0, table.num_rows - summary)
    blank = 0
    columns: dict[str, Any] = {}
    for place, (column, kind) in enumerate(zip(layout.names, parsed.kinds, strict=True)):
        values = table.column(place)
        plain = unwrapped(values) if kind in ("text", "unsettled") else None
        if plain is not None:
            typed = settled_text(column, plain[0])
            notes.append(say.taken_out(column, plain[1]))
        elif kind == "text":
            gaps = unquoted_gaps(parsed, layout, column)
            if gaps is not None:
                gaps = gaps.slice(0, len(values))
                found = tuple(sorted(pc.unique(values.filter(gaps)).to_pylist()))
                notes.append(say.read_as_missing(column, found, pc.sum(gaps).as_py()))
                values = pc.if_else(gaps, pa.scalar(None, pa.string()), values)
            typed = settle_text(column, values, trim=layout.padded)
        elif kind == "unsettled":
            comma_splits = layout.splitter.delimiter == ","
            typed = settle_type(column, values, trim=layout.padded, comma_splits=comma_splits)
        else:
            typed = TypedColumn(values)
        if layout.header and column == f"Unnamed: {place}" and typed.values.null_count == len(typed.values):
            blank += 1
            continue
        columns[column] = typed.values
        notes += typed.notes
    if not columns:
        raise InputError(say.empty_file(name))
    if blank:
        notes.append(say.blank_columns(blank))
    return columns, tuple(notes)


def _check_lengths(table: Any, *, name: str, limits: Limits) -> None:
    for column in table.column_names:
        values = table.column(column)
        if values.type == pa.string():
            longest = pc.max(pc.binary_length(values)).as_py() or 0
            if longest > limits.cell_length:
                row = pc.index(pc.binary_length(values), longest).as_py() + 1
                raise InputError(say.cell_too_long(name, column, row, limits.cell_length))
