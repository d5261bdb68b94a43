"""The first lines of a text, and the character that splits them into columns."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from evalcore.inputs.reading.values.cells import is_number

__all__ = ["ONE_COLUMN", "Line", "Splitter", "find_splitter", "first_lines", "split_quoted"]

ONE_COLUMN = "\x1f"
"""The delimiter of a text of one column: a character that text does not hold."""

_SAMPLE = 32 * 1024
_SAMPLE_LINES = 50
_LARGEST_SAMPLE = 8 * 1024 * 1024
_LINES_TO_COUNT = 500
_CELLS_TO_TYPE = 20_000
_FEWEST_TAGGED = 12
_blank_lines = re.compile(rb"\s*\n").match
_has_mark = re.compile(r"[\d/\\._]").search
_decimal_comma = re.compile(r"[+-]?\d*,\d+").fullmatch


@dataclass(frozen=True)
class Line:
    """A line of the sample without its end, and the bytes of the text at which it starts and ends."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Splitter:
    """What splits a line into cells.

    Parameters
    ----------
    delimiter : str
        One character; `ONE_COLUMN` where nothing splits the lines.
    width : int
        The commonest number of cells.
    runs : bool
        Runs of spaces split as one.
    """

    delimiter: str
    width: int
    runs: bool = False

    def cells(self, line: str) -> list[str]:
        """Split one line; quotes hold cells together where they are balanced."""
        if self.runs:
            line = " ".join(line.split())
        if '"' not in line:
            return line.split(self.delimiter)
        return split_quoted(line, self.delimiter, padded=True) or line.split(self.delimiter)

    def records(self, lines: Sequence[Line]) -> list[tuple[list[str], int]]:
        """Split lines into records, each with the byte at which it ends.

        Quotes hold across lines where that makes every record equally long, unless a line within a value of
        the first one could be a record itself: a header that is no header would eat rows.
        """
        if not self.runs and any('"' in line.text for line in lines):
            joined = self._joined(lines)
            widths = {len(row) for row, _ in joined}
            first = joined[0][0] if joined else ()
            inner = [part for cell in first if "\n" in cell for part in cell.split("\n")]
            if len(widths) == 1 and not any(part.count(self.delimiter) + 1 in widths for part in inner):
                return joined
        return [(self.cells(line.text), line.end) for line in lines]

    def _joined(self, lines: Sequence[Line]) -> list[tuple[list[str], int]]:
        """Records by the rules of quoting; the sample may end within one. Empty where the lines break the rules."""
        reader = csv.reader((line.text + "\n" for line in lines), delimiter=self.delimiter, strict=True)
        joined: list[tuple[list[str], int]] = []
        taken = 0
        try:
            for row in reader:
                taken = reader.line_num
                joined.append((row, lines[taken - 1].end))
        except csv.Error:
            cut_short = reader.line_num == len(lines) and taken > len(lines) / 2
            return joined if cut_short else []
        return joined


def split_quoted(line: str, delimiter: str, *, padded: bool = False) -> list[str] | None:
    r"""Split a line by the rules of quoting; None where it breaks them.

    A quote within quotes is written as `""` or `\"`.

    Parameters
    ----------
    line : str
    delimiter : str
    padded : bool
        Spaces may stand between a delimiter and the quote behind it.

    Examples
    --------
    >>> split_quoted('"a, b",1', ","), split_quoted('"a,1', ",")
    (['a, b', '1'], None)
    """
    for escape in (None, "\\") if '\\"' in line else (None,):
        reader = csv.reader(
            [line],
            delimiter=delimiter,
            doublequote=escape is None,
            escapechar=escape,
            skipinitialspace=padded,
            strict=True,
        )
        try:
            rows = list(reader)
        except csv.Error:
            continue
        if len(rows) == 1:
            return rows[0]
    return None


def first_lines(text: bytes) -> list[Line]:
    """Take the lines at the top that are not blank: 32 KB of them, and more where lines are long."""
    blank = _blank_lines(text)
    end = blank.end() if blank else 0
    size = _SAMPLE
    while size < min(len(text) - end, _LARGEST_SAMPLE) and text.count(b"\n", end, end + size) < _SAMPLE_LINES:
        size *= 4
    cut = len(text) if end + size >= len(text) else (text.rfind(b"\n", end, end + size) + 1 or end + size)
    lines = []
    for raw in io.BytesIO(text[end:cut]):
        start, end = end, end + len(raw)
        if raw.strip():
            lines.append(Line(raw.decode("utf-8", errors="replace").rstrip("\r\n"), start, end))
    return lines


def find_splitter(lines: Sequence[Line], stated: str | None = None) -> Splitter:
    r"""Find what splits the lines: the character on which most lines agree, and that leaves most numbers.

    Parameters
    ----------
    lines : sequence of Line
    stated : str, optional
        The delimiter that the file itself states (`sep=;`).

    Examples
    --------
    >>> find_splitter(first_lines(b"a;b\n0,5;1\n0,25;0\n"))
    Splitter(delimiter=';', width=2, runs=False)
    """
    sample = lines[:_LINES_TO_COUNT]
    best = (0.0, 0.0)
    found = Splitter(stated or ONE_COLUMN, 1)
    for delimiter in (stated,) if stated else ("\t", ";", "|", ",", " "):
        runs = delimiter == " " and any(
            "  " in line.text or line.text != line.text.strip() for line in sample
        )
        rows = [row for row, _ in Splitter(delimiter, 0, runs).records(sample)]
        counts = Counter(len(row) for row in rows if len(row) > 1)
        if not counts:
            continue
        width, common = counts.most_common(1)[0]
        # titles and broken lines disagree without making the delimiter wrong; so does the shorter header of R
        agreement = round(common / len(rows), 1)
        if len(rows) > 1 and len(rows[0]) == width - 1:
            agreement = round(common / (len(rows) - 1) - 0.1, 1)
        typed = _typed_share(row for row in rows if len(row) == width)
        words = typed == 0.0 and not _names_and_labels(rows) and not _tagged(rows)
        lone_words = delimiter == " " and (agreement < 0.9 or words)
        if agreement >= 0.6 and not lone_words and (agreement, typed) > best:
            best = (agreement, typed)
            found = Splitter(delimiter, width, runs)
    if found.delimiter == "," and found.width == 2 and _is_decimal_column(sample):
        return Splitter(ONE_COLUMN, 1)
    return found


def _names_and_labels(rows: Sequence[Sequence[str]]) -> bool:
    """Words alone, and still columns: a name with a mark in each row, none twice, beside words that come again."""
    below = rows[1:]  # the first may be a header
    if len(below) < 3 or len({len(row) for row in rows}) > 1:
        return False
    columns = list(zip(*below, strict=True))
    names = any(len(set(column)) == len(column) and all(map(_has_mark, column)) for column in columns)
    return names and any(len(set(column)) <= len(column) / 2 for column in columns)


def _tagged(rows: Sequence[Sequence[str]]) -> bool:
    """Words with tags behind them: the last two columns hold the same few, as taggers are compared line by line."""
    if len(rows) < _FEWEST_TAGGED or len(rows[0]) < 3 or len({len(row) for row in rows}) > 1:
        return False
    *_, words, one, two = zip(*rows, strict=True)
    shared = set(one) & set(two)
    few = max(len(set(one)), len(set(two))) <= len(rows) / 4
    alike = sum(a == b for a, b in zip(one, two, strict=True))
    return len(shared) > 1 and few and alike > len(rows) / 2 and len(set(words)) > len(shared)


def _typed_share(rows: Iterable[Sequence[str]]) -> float:
    cells = Counter(cell.strip() for cell in islice((cell for row in rows for cell in row), _CELLS_TO_TYPE))
    typed = sum(
        count * (1.0 if is_number(cell) else 0.9 if _decimal_comma(cell) else 0.0)
        for cell, count in cells.items()
    )
    return typed / max(cells.total(), 1)


def _is_decimal_column(lines: Sequence[Line]) -> bool:
    """One name over numbers with a decimal comma: one column, not two."""
    below = [line.text.strip() for line in lines[1:]]
    return "," not in lines[0].text and bool(below) and all(map(_decimal_comma, below))
