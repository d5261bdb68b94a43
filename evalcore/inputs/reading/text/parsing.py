"""Arrow's CSV parser: each column with its type, and whether a word stood in quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from evalcore.inputs.progress import counted
from evalcore.inputs.reading.text.delimiters import ONE_COLUMN
from evalcore.inputs.reading.text.layout import TextLayout
from evalcore.inputs.reading.values.cells import DOUBTFUL, MISSING, ColumnKind

__all__ = ["ParsedRows", "parse_rows", "unquoted_gaps"]

_BLOCK = 8 << 20
_LONGEST_ROW = 256 << 20
_RETRIES = 4
_MANY_WORDS = 1000
_TYPES = {"whole": pa.int64(), "float": pa.float64(), "boolean": pa.bool_()}
_failed_column = re.compile(r"column #(\d+)").search


@dataclass(frozen=True, eq=False)
class ParsedRows:
    """Rows as parsed.

    Parameters
    ----------
    table : pyarrow.Table
    kinds : tuple of ColumnKind
        What each column was parsed as; texts have no nulls yet.
    rows : pyarrow.Buffer
        What was parsed.
    quoted, spans : bool
        Whether quotes have a meaning, and whether they hold line ends.
    """

    table: Any
    kinds: tuple[ColumnKind, ...]
    rows: Any
    quoted: bool
    spans: bool


def parse_rows(rows: Any, layout: TextLayout, *, quoted: bool, spans: bool = False) -> ParsedRows | None:
    """Parse rows with each column's type; a column that turns out otherwise is parsed as text.

    Parameters
    ----------
    rows : pyarrow.Buffer
        UTF-8 without the header.
    layout : TextLayout
    quoted : bool
        Quotes hold cells together.
    spans : bool
        They also hold lines together, which is slower.

    Returns
    -------
    ParsedRows, or None
        None where a row has more or fewer cells than the layout, or there is no row.
    """
    if rows.size == 0:
        return None
    kinds = list(layout.kinds)
    block = _BLOCK
    for attempt in range(_RETRIES * 2):
        types = {name: _TYPES.get(kind, pa.string()) for name, kind in zip(layout.names, kinds, strict=True)}
        try:
            table = _read(rows, layout, types, quoted=quoted, spans=spans, block=block)
        except pa.ArrowInvalid as error:
            if column := _failed_column(str(error)):
                kinds[int(column[1])] = "unsettled"
                if attempt >= _RETRIES:
                    kinds = ["text" if kind == "text" else "unsettled" for kind in kinds]
            elif "straddling" in str(error) and block < min(rows.size, _LONGEST_ROW):
                block *= 8
            else:
                return None
        else:
            return ParsedRows(table, tuple(kinds), rows, quoted, spans)
    return None


def unquoted_gaps(parsed: ParsedRows, layout: TextLayout, name: str) -> Any | None:
    """Find the cells that say NA without quotes in a column whose other cells are in quotes: how R writes a gap.

    Parameters
    ----------
    parsed : ParsedRows
    layout : TextLayout
    name : str
        A column of text.

    Returns
    -------
    pyarrow.ChunkedArray of bool, or None
        True where there is a gap; None where the column has none, or is not written in this way.
    """
    column = parsed.table.column(name)
    if not parsed.quoted or not pc.any(pc.is_in(column, value_set=pa.array(DOUBTFUL))).as_py():
        return None
    words = pc.unique(column).to_pylist()[:_MANY_WORDS]
    again = _read(
        parsed.rows,
        layout,
        {name: pa.string()},
        quoted=True,
        spans=parsed.spans,
        words=[*words, *DOUBTFUL],
        columns=[name],
    )
    bare = pc.is_null(again.column(name))
    found = set(pc.unique(column.filter(bare)).to_pylist())
    if found <= {"", *DOUBTFUL} and found != {""} and found and not pc.all(bare).as_py():
        return pc.and_(bare, pc.not_equal(column, ""))
    return None


def _read(
    rows: Any,
    layout: TextLayout,
    types: Mapping[str, Any],
    *,
    quoted: bool,
    spans: bool,
    block: int = _LONGEST_ROW,
    words: Sequence[str] | None = None,
    columns: Sequence[str] = (),
) -> Any:
    """Read all columns; or some, where the `words` that are not in quotes become null."""
    return pcsv.read_csv(
        counted(rows),
        read_options=pcsv.ReadOptions(column_names=list(layout.names), block_size=block),
        parse_options=pcsv.ParseOptions(
            delimiter=layout.splitter.delimiter,
            quote_char='"' if quoted else False,
            newlines_in_values=spans,
            ignore_empty_lines=layout.splitter.delimiter != ONE_COLUMN,
        ),
        convert_options=pcsv.ConvertOptions(
            column_types=dict(types),
            include_columns=list(columns),
            null_values=list(MISSING["numbers"] if words is None else words),
            true_values=["True", "TRUE", "true"],
            false_values=["False", "FALSE", "false"],
            strings_can_be_null=words is not None,
            quoted_strings_can_be_null=words is None,
        ),
    )
