"""From cells of text to typed columns, whole columns at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.values.cells import BOOLEANS, CODE, DOUBTFUL, MISSING, NUMBER, SHORT_WHOLE, WHOLE

__all__ = ["TypedColumn", "settle_text", "settle_type", "summary_rows"]

_SUMMARY_ROWS = 5
"""At most so many rows below the data are taken for a summary (mean, total)."""
_SUMMARY_WORDS = frozenset(
    word
    for line in (
        "accuracy all auc auroc average avg count f1 grand macro max mean median micro min n note",
        "overall precision recall sd std sum summary total totals weighted",
    )
    for word in line.split()
)
_HEAD = 1000
_MANY = 0.9
"""A column with at least this share of numbers is told about its words."""
_DECIMAL_COMMA = r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?|[+-]?\d+"
_GROUPS = r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"
_GROUPS_WITH_COMMA = r"[+-]?\d{1,3}(?:[.' \x{00A0}\x{202F}]\d{3})+(?:,\d+)?"
_PERCENT = r"(?:[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+))\s?%"


@dataclass(frozen=True, eq=False)
class TypedColumn:
    """A column as int64, float64, boolean or text, and what was done to it."""

    values: Any
    notes: tuple[str, ...] = ()


def settle_text(name: str, column: Any, *, trim: bool = False) -> TypedColumn:
    """Mark what is missing in a column of words, and leave every other cell as it is.

    Parameters
    ----------
    name : str
        The column's name, for the notes.
    column : pyarrow.ChunkedArray of string
    trim : bool
        Take the padding off each cell: for files that pad every delimiter with spaces.
    """
    if trim:
        column = pc.utf8_trim_whitespace(column)
    tokens = pa.array([*MISSING["text"], *DOUBTFUL])
    found = pc.index_in(column, value_set=tokens, skip_nulls=True)
    if found.null_count == len(found):
        return TypedColumn(column)
    missing = pc.less(found, len(MISSING["text"]))
    blank = pc.equal(found, 0)
    column = pc.if_else(pc.fill_null(missing, False), pa.scalar(None, pa.string()), column)
    notes = []
    written = _distinct(tokens.take(found.filter(pc.and_(missing, pc.invert(blank)))))
    if written:
        count = pc.sum(missing).as_py() - pc.sum(blank).as_py()
        notes.append(say.read_as_missing(name, written, count))
    kept = found.filter(pc.greater_equal(found, len(MISSING["text"])))
    if len(kept):
        notes.append(say.kept_as_text(name, _distinct(tokens.take(kept)), len(kept)))
    return TypedColumn(column, tuple(notes))


def settle_type(name: str, column: Any, *, trim: bool = False, comma_splits: bool = True) -> TypedColumn:
    """Find the type that all cells of a column agree on; text where there is none.

    Parameters
    ----------
    name : str
        The column's name, for the notes.
    column : pyarrow.ChunkedArray of string
    trim : bool
        As in `settle_text`.
    comma_splits : bool
        The comma separates the file's columns, so that "1,234" in one cell groups thousands; elsewhere it is
        a decimal comma.
    """
    trimmed = pc.utf8_trim_whitespace(column)
    missing = pc.is_in(trimmed, value_set=pa.array(MISSING["numbers"]), skip_nulls=True)
    missing = pc.or_(missing, pc.is_null(column))
    values = trimmed.filter(pc.invert(missing))
    if not len(values):
        words = trimmed.filter(pc.is_in(trimmed, value_set=pa.array(DOUBTFUL)))
        notes = (say.read_as_missing(name, _distinct(words), len(words)),) if len(words) else ()
        return TypedColumn(pa.chunked_array([pa.nulls(len(column), pa.float64())]), notes)
    cells = pc.if_else(missing, pa.scalar(None, pa.string()), trimmed)

    numbers = _numbers(cells)
    if numbers is not None:
        codes = not _keeps_spelling(numbers, values)
        return settle_text(name, column, trim=trim) if codes else TypedColumn(numbers)
    if _all(values, "|".join(BOOLEANS)):
        incomplete = pc.any(missing).as_py()
        truths = pc.is_in(cells, value_set=pa.array(["True", "TRUE", "true"]))
        return TypedColumn(pc.utf8_capitalize(cells) if incomplete else truths)
    if _all(values, _PERCENT):
        numbers = _numbers(pc.replace_substring(pc.ascii_rtrim(cells, " %"), ",", "."))
        return TypedColumn(pc.divide(pc.cast(numbers, pa.float64()), 100.0), (say.percent_signs(name),))
    if (comma_splits or not _all(values, _DECIMAL_COMMA)) and _all(values, f"{_GROUPS}|{NUMBER}"):
        numbers = _numbers(pc.replace_substring(cells, ",", ""))
        note = say.thousands(name)
    elif _all(values, f"{_DECIMAL_COMMA}|{_GROUPS_WITH_COMMA}"):
        bare = pc.replace_substring_regex(cells, r"[.' \x{00A0}\x{202F}]", "")
        numbers = _numbers(pc.replace_substring(bare, ",", "."))
        note = say.decimal_comma(name)
    if numbers is not None:
        return TypedColumn(numbers, (note,))
    return _mostly_numbers(name, column, cells, values, trim=trim)


def summary_rows(columns: Sequence[Any]) -> int:
    """Count the rows at the bottom that sum up: "mean" or "total" in a column that else holds numbers.

    Parameters
    ----------
    columns : sequence of pyarrow.ChunkedArray of string
        The columns whose type is not settled, before any of them is converted.

    Returns
    -------
    int
        From 0 to 5; 0 for a table of fewer than 20 rows.
    """
    rows = len(columns[0]) if columns else 0
    if rows < 4 * _SUMMARY_ROWS:
        return 0
    longest = 0
    for column in columns:
        bottom = pc.utf8_trim_whitespace(column.slice(rows - _SUMMARY_ROWS)).to_pylist()
        words = next((place for place, cell in enumerate(bottom) if _sums_up(cell)), _SUMMARY_ROWS)
        if words == _SUMMARY_ROWS:
            continue
        above = pc.utf8_trim_whitespace(column.slice(0, rows - _SUMMARY_ROWS + words))
        values = above.filter(pc.invert(pc.is_in(above, value_set=pa.array(MISSING["numbers"]))))
        if len(values) and _all(values, NUMBER):
            longest = max(longest, _SUMMARY_ROWS - words)
    return longest


def _sums_up(cell: str) -> bool:
    return re.split(r"[^a-z0-9]", cell.lower(), maxsplit=1)[0] in _SUMMARY_WORDS


def _mostly_numbers(name: str, column: Any, cells: Any, values: Any, *, trim: bool) -> TypedColumn:
    settled = settle_text(name, column, trim=trim)
    numbers = _matches(values, NUMBER)
    if pc.mean(numbers).as_py() < _MANY:
        return settled
    words = pc.indices_nonzero(pc.invert(pc.fill_null(_matches(cells, NUMBER), True)))
    first = words[0].as_py()
    note = say.words_among_numbers(name, len(words), first + 1, cells[first].as_py())
    return TypedColumn(settled.values, (note, *settled.notes))


def _numbers(cells: Any) -> Any | None:
    """Whole numbers where all are and 64 bits hold them, else floats; None where some are not numbers."""
    cells = pc.ascii_ltrim(cells, "+")
    for kind in (pa.int64(), pa.float64()):
        try:
            return pc.cast(cells, kind)
        except pa.ArrowInvalid:
            continue
    return None


def _keeps_spelling(numbers: Any, values: Any) -> bool:
    """Whether numbers hold all that the cells hold: not so for leading zeros, hexadecimals, more than 64 bits."""
    if pa.types.is_floating(numbers.type):
        return not _all(values, f"{WHOLE}|{CODE}")
    plain = pc.equal(pc.cast(numbers.drop_null(), pa.string()), values)
    return bool(pc.all(plain).as_py()) or _all(values, SHORT_WHOLE)


def _matches(cells: Any, pattern: str) -> Any:
    return pc.match_substring_regex(cells, f"^(?:{pattern})$")


def _all(cells: Any, pattern: str) -> bool:
    """Whether all cells match; the first ones mostly tell."""
    return all(pc.all(_matches(part, pattern)).as_py() for part in (cells.slice(0, _HEAD), cells))


def _distinct(cells: Any) -> tuple[str, ...]:
    return tuple(sorted(pc.unique(cells).to_pylist()))
