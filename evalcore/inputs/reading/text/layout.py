"""How a delimited text is laid out: where its data begin, what its columns are called and hold."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.text.delimiters import ONE_COLUMN, Line, Splitter, find_splitter, first_lines
from evalcore.inputs.reading.text.orange import bare_names, is_orange
from evalcore.inputs.reading.values.cells import ColumnKind, column_kind, is_number
from evalcore.inputs.reading.values.headers import column_names, is_header, numbered_names

__all__ = ["TextLayout", "find_layout"]

_TITLE_LINES = 30
_BODY_ROWS = 1000
_FEW_LINES = 5
_short_whole = re.compile(r"[+-]?\d{1,3}").fullmatch
_stated_delimiter = re.compile(r"sep=(.)").fullmatch


@dataclass(frozen=True)
class TextLayout:
    """The layout of a delimited text.

    Parameters
    ----------
    splitter : Splitter
    names : tuple of str
        Distinct column names.
    kinds : tuple of ColumnKind
        How each column is to be parsed, as the first rows have it.
    start : int
        The byte at which the data rows begin.
    header : bool
        Whether the names are the file's own.
    padded : bool
        Spaces stand around the delimiters.
    notes : tuple of str
    """

    splitter: Splitter
    names: tuple[str, ...]
    kinds: tuple[ColumnKind, ...]
    start: int
    header: bool
    padded: bool = False
    notes: tuple[str, ...] = ()


def find_layout(text: bytes, *, name: str = "", columns: int = 20_000) -> TextLayout:
    r"""Find the layout of a delimited text from its first lines.

    Parameters
    ----------
    text : bytes
        UTF-8 without a byte-order mark, lines ending with LF or CRLF, at least one of them not blank.
    name : str
        The file's name, for the message.
    columns : int
        At most so many.

    Raises
    ------
    InputError
        Where there are more columns, or the decimal comma is also what separates the cells.

    Examples
    --------
    >>> layout = find_layout(b"truth;score\n1;0.5\n0;0.25\n")
    >>> layout.names, layout.kinds, layout.start
    (('truth', 'score'), ('whole', 'float'), 12)
    """
    lines = first_lines(text)
    stated = _stated_delimiter(lines[0].text) if len(lines) > 1 else None
    lines = lines[1:] if stated else lines
    comments, body = _split_comments(lines)
    splitter = find_splitter(body, stated[1] if stated else None)
    if splitter.width > columns:
        raise InputError(say.too_many_columns(name, splitter.width, columns))
    titles, body = _split_titles(body, splitter)
    records = splitter.records(body)
    rows = [row for row, _ in records[: _BODY_ROWS + 1]]
    start = body[0].start
    notes = [say.skipped_titles(len(titles), titles[0].text)] if titles else []

    if splitter.delimiter == "," and _has_decimal_commas(rows[0], rows[1:], splitter.width):
        raise InputError(say.ambiguous_commas(name, len(rows[0]), splitter.width, body[1].text))
    first = _fitted(rows[0], rows[1:], splitter.width)
    header: Sequence[str] | None = None
    orange = is_orange(rows[1:])
    if orange or is_header(first, rows[1:]):
        header, start, rows = first, records[0][1], rows[1:]
        lines_taken = sum(line.end <= start for line in body)
        if lines_taken > 1:
            notes.append(say.header_lines(lines_taken))
        if orange:
            start, rows = records[2][1], rows[2:]
            notes.append(say.orange_rows())
        header = bare_names(header)
    elif comments and not titles:
        candidate = splitter.cells(comments[-1].text.lstrip("# \t"))
        one_word = len(candidate) == 1 and " " not in candidate[0]
        if (
            len(candidate) == splitter.width
            and (len(candidate) > 1 or one_word)
            and is_header(candidate, rows)
        ):
            header, comments = candidate, comments[:-1]
            notes.append(say.header_in_comment())
        while comments and header is None and _is_row(splitter.cells(comments[-1].text), rows):
            rows.insert(0, splitter.cells(comments[-1].text))
            start = comments[-1].start
            comments = comments[:-1]
    if comments:
        notes.append(say.skipped_comments(len(comments)))

    if header is None:
        if splitter.delimiter == "," and _has_split_shares(rows, splitter.width):
            raise InputError(say.split_shares(name, splitter.width, body[0].text))
        names = numbered_names(splitter.width)
        notes.append(say.no_header(splitter.width))
    else:
        cleaned = column_names(header)
        names = cleaned.names
        notes += cleaned.notes
    cells = [[row[place] for row in rows if place < len(row)] for place in range(len(names))]
    kinds = tuple(map(column_kind, cells))
    return TextLayout(
        splitter, names, kinds, start, header is not None, _is_padded(body, splitter), tuple(notes)
    )


def _split_comments(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The `#` lines at the top, and the lines below them; no comments where most lines have the mark."""
    marked = sum(line.text.startswith("#") for line in lines)
    top = next((place for place, line in enumerate(lines) if not line.text.startswith("#")), len(lines))
    if top == len(lines) or (marked > len(lines) / 2 and top > 30):
        return [], lines
    return lines[:top], lines[top:]


def _split_titles(lines: list[Line], splitter: Splitter) -> tuple[list[Line], list[Line]]:
    """Lines of words above the table, which do not have its columns."""
    if splitter.delimiter == ONE_COLUMN:
        return [], lines
    for place, line in enumerate(lines[: min(_TITLE_LINES, len(lines) - 1)]):
        cells = [cell for cell in splitter.cells(line.text) if cell.strip()]
        one_name = splitter.width == 2 and " " not in line.text.strip()
        if (len(cells) > 1 and len(cells) >= splitter.width / 2) or one_name or '"' in line.text:
            return lines[:place], lines[place:]
    return [], lines


def _fitted(first: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Fit a header to rows that are longer: by R's row names, or by a delimiter at the end of each row."""
    more = max(0, width - len(first))
    empty_ends = all(not row[-1].strip() for row in rows if len(row) == width)
    return ["", *first] if more == 1 and not empty_ends else [*first, *[""] * more]


def _has_decimal_commas(first: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether each line has as many cells too many as it has numbers with a decimal comma: `1,0,7312` for two names."""
    more = width - len(first)
    full = [[cell.strip() for cell in row] for row in rows if len(row) == width]
    if (
        more < 1
        or not full
        or all(not row[-1] for row in full)
        or any(map(is_number, first))
        or any("." in cell for row in full for cell in row)
    ):
        return False
    columns = list(zip(*full, strict=True))
    if [int(cell) if cell.isdecimal() else None for cell in columns[0]] == list(range(1, len(full) + 1)):
        return False  # the row names of R
    found = place = 0
    while place + 1 < width:
        whole, rest = columns[place], columns[place + 1]
        split = all(map(_short_whole, whole)) and all(cell.isdecimal() for cell in rest)
        # row names come once each, and a class has few values; the whole part and the rest of a number do not
        split = split and (len(full) < _FEW_LINES or (len(set(whole)) < len(full) and len(set(rest)) > 2))
        found += split
        place += 2 if split else 1
    return found >= more


def _has_split_shares(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether columns without names hold numbers from 0 to 1 that their decimal comma split: `0,0731` and `1,0`.

    Before the comma stands 0, and 1 only where all behind it are zeros; behind it digits, as many in most lines,
    some of which begin with 0 as no whole number does.
    """
    full = [[cell.strip() for cell in row] for row in rows if len(row) == width]
    if len(full) < _FEW_LINES or any("." in cell for row in full for cell in row):
        return False
    columns = list(zip(*full, strict=True))
    for whole, rest in itertools.pairwise(columns):
        if not set(whole) <= {"0", "1"} or "0" not in whole or not all(map(str.isdecimal, rest)):
            continue
        over = any(one == "1" and set(digits) != {"0"} for one, digits in zip(whole, rest, strict=True))
        long = sum(len(digits) >= 2 for digits in rest) > len(rest) / 2
        led = any(len(digits) > 1 and digits[0] == "0" and set(digits) != {"0"} for digits in rest)
        if not over and long and led and len(set(rest)) > 2:
            return True
    return False


def _is_row(cells: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """A `#` line that is data (a hashtag, a colour): it has the rows' cells, and their numbers."""
    if len(cells) < 2 or len(cells) != len(rows[0]):
        return False
    return all(is_number(cell) or not is_number(below) for cell, below in zip(cells, rows[0], strict=True))


def _is_padded(lines: Sequence[Line], splitter: Splitter) -> bool:
    if splitter.runs or splitter.delimiter in (" ", ONE_COLUMN):
        return False
    # not the lines of a text that goes over several of them, nor texts with the delimiter in them
    texts = [line.text for line in lines[:200] if line.text.count(splitter.delimiter) == splitter.width - 1]
    marks = sum(text.count(splitter.delimiter) for text in texts)
    before = sum(text.count(" " + splitter.delimiter) for text in texts)
    after = sum(text.count(splitter.delimiter + " ") for text in texts)
    return max(before, after) > 0.9 * marks
