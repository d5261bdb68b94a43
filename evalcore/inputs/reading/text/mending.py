"""Texts that a plain parser would refuse or shorten: stray quotes, ragged rows, values over several lines.

The lines are rewritten so that a plain parser reads every one of them; what cannot be kept is told.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.text.delimiters import ONE_COLUMN, split_quoted
from evalcore.inputs.reading.text.layout import TextLayout
from evalcore.inputs.reading.values.cells import MISSING, is_number

__all__ = ["MendedText", "mend"]

_LONGEST_RECORD = 200
_LOOKS_AHEAD = 100
_ATTEMPTS = 20
_MENDED = ("spans", "stray", "short", "long", "comment", "left out")
_MISSING = frozenset(MISSING["numbers"])


@dataclass(frozen=True)
class MendedText:
    """Rows that all have the same number of cells, without the header.

    Parameters
    ----------
    text : bytes
    spans : bool
        Some values hold line ends.
    kept, left_out : int
        Rows.
    notes : tuple of str
    """

    text: bytes
    spans: bool
    kept: int
    left_out: int
    notes: tuple[str, ...]


def mend(text: bytes, layout: TextLayout, *, limit: int = 200_000, name: str = "") -> MendedText:
    r"""Rewrite the rows of a text so that each has the layout's columns.

    Parameters
    ----------
    text : bytes
        UTF-8, lines ending with LF or CRLF.
    layout : TextLayout
    limit : int
        Lines with quotation marks that are not in pairs: at most so many.
    name : str
        The file's name, for the message.

    Raises
    ------
    InputError
        Where there are more of them.

    Examples
    --------
    >>> from evalcore.inputs.reading.text.layout import find_layout
    >>> text = b"truth,score\n1\n0,0.25\n"
    >>> mend(text, find_layout(text)).text
    b'1,\n0,0.25\n'
    """
    return _Mender(text, layout, limit, name).run()


class _Mender:
    def __init__(self, text: bytes, layout: TextLayout, limit: int, name: str) -> None:
        self.layout = layout
        self.limit = limit
        self.name = name
        self.delimiter = layout.splitter.delimiter
        self.mark = self.delimiter.encode()
        self.width = len(layout.names)
        mark = re.escape(self.mark)
        cell = b'(?:"[^"]*"|[^"%b]*)' % mark
        self.is_plain = re.compile(b"%b(?:%b%b){%d}" % (cell, mark, cell, self.width - 1)).fullmatch
        self.stream = io.BytesIO(text)
        self.stream.seek(layout.start)
        self.waiting: deque[bytes] = deque()
        self.number = text.count(b"\n", 0, layout.start)
        self.start = self.number
        self.out = io.BytesIO()
        self.counts = dict.fromkeys((*_MENDED, "kept", "line ends"), 0)
        self.first: dict[str, tuple[int, str]] = {}
        self.failed_looks = 0
        self.typed = any(kind in ("whole", "float") for kind in layout.kinds)

    def run(self) -> MendedText:
        blanks = 0
        while line := self._next():
            self.start = self.number
            body = line.rstrip(b"\r\n")
            if not body.strip():
                blanks += 1
                continue
            if self.delimiter == ONE_COLUMN:
                self.out.write(b"\n" * blanks)
                self._count("kept", body, blanks)
            blanks = 0
            if self.layout.splitter.runs:
                body = b" ".join(body.split())
            if b'"' not in body:
                plain = body.count(self.mark) + 1 == self.width and b"\r" not in body
            else:
                plain = self.is_plain(body) is not None and b"\r" not in body
            if plain:
                self.out.write(body + b"\n")
                self.counts["kept"] += 1
                continue
            self._mend_line(body)
            if self.counts["spans"] + self.counts["stray"] > self.limit:
                raise InputError(say.too_many_broken_lines(self.name, self.limit))
        notes = [
            say.mended(what, self.counts[what], *self.first[what]) for what in _MENDED if self.counts[what]
        ]
        spans = self.counts["line ends"] > 0
        return MendedText(
            self.out.getvalue(), spans, self.counts["kept"], self.counts["left out"], tuple(notes)
        )

    def _next(self) -> bytes:
        self.number += 1
        return self.waiting.popleft() if self.waiting else self.stream.readline()

    def _count(self, what: str, body: bytes, count: int = 1) -> None:
        self.counts[what] += count
        self.first.setdefault(what, (self.start, body[:80].decode("utf-8", errors="replace")))

    def _mend_line(self, body: bytes) -> None:
        if b"\r" in body and self._split_at_returns(body):
            return
        line = body.decode("utf-8", errors="replace")
        cells = line.split(self.delimiter)
        if '"' not in line:
            self._fit(cells, body)
            return
        whole = split_quoted(line, self.delimiter, padded=self.layout.padded)
        if whole is not None and len(whole) == self.width:
            self._keep(whole)
        elif len(cells) == self.width and self.typed and self._fits(cells):
            self._count("stray", body)
            self._keep(cells)
        elif whole is None and (record := self._look_ahead(line)):
            self._count("spans", body)
            self._keep(record)
        elif len(cells) == self.width:
            self._count("stray", body)
            self._keep(cells)
        elif whole is not None:
            self._fit(whole, body)
        else:
            self._count("stray", body)
            self._fit(self._split_anyhow(line) or cells, body)

    def _split_anyhow(self, line: str) -> list[str] | None:
        """Split a line whose quotes are broken as well as they allow."""
        try:
            return next(csv.reader([line], delimiter=self.delimiter), None)
        except csv.Error:
            return None

    def _fit(self, cells: list[str], body: bytes) -> None:
        if len(cells) == self.width:
            self._keep(cells)
        elif body.startswith(b"#"):
            self._count("comment", body)
        elif len(cells) < self.width:
            self._count("short", body)
            self._keep([*cells, *[""] * (self.width - len(cells))])
        elif not any(cell.strip() for cell in cells[self.width :]):
            self._keep(cells[: self.width])
        elif self.layout.kinds[-1] == "text" and self._fits(cells[: self.width]):
            self._count("long", body)
            self._keep([*cells[: self.width - 1], self.delimiter.join(cells[self.width - 1 :])])
        else:
            self._count("left out", body)

    def _keep(self, cells: Sequence[str]) -> None:
        self.counts["kept"] += 1
        if any("\n" in cell or "\r" in cell for cell in cells):
            self.counts["line ends"] += 1
        self.out.write(self.mark.join(map(self._quoted, cells)) + b"\n")

    def _quoted(self, cell: str) -> bytes:
        if cell[:1] == '"' or self.delimiter in cell or "\n" in cell or "\r" in cell:
            cell = '"' + cell.replace('"', '""') + '"'
        return cell.encode("utf-8")

    def _fits(self, cells: Sequence[str]) -> bool:
        kinds = zip(cells, self.layout.kinds, strict=False)
        bare = ((cell.strip(' "'), kind) for cell, kind in kinds)
        return all(
            kind not in ("whole", "float") or cell in _MISSING or is_number(cell) for cell, kind in bare
        )

    def _look_ahead(self, line: str) -> list[str] | None:
        """Join the lines below until the quote is closed and the record has all columns."""
        if self.failed_looks >= _LOOKS_AHEAD:
            return None
        taken: list[bytes] = []
        joined = [line]
        quotes = line.count('"')
        attempts = 0
        while len(taken) < _LONGEST_RECORD and attempts < _ATTEMPTS and (raw := self._next()):
            taken.append(raw)
            following = raw.decode("utf-8", errors="replace").rstrip("\r\n")
            joined.append(following)
            quotes += following.count('"')
            if '"' in following and quotes % 2 == 0:
                attempts += 1
                record = self._parse_joined(joined)
                if record is not None and len(record) == self.width and self._fits(record):
                    return record
        self.failed_looks += 1
        self.number -= len(taken)
        self.waiting.extendleft(reversed(taken))
        return None

    def _parse_joined(self, lines: Sequence[str]) -> list[str] | None:
        try:
            rows = list(csv.reader((line + "\n" for line in lines), delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None
        return rows[0] if len(rows) == 1 else None

    def _split_at_returns(self, body: bytes) -> bool:
        """Lines that end with CR alone among others that do not."""
        pieces = [piece for piece in body.split(b"\r") if piece.strip()]
        if any(piece.count(self.mark) + 1 != self.width or b'"' in piece for piece in pieces):
            return False
        for piece in pieces:
            self.out.write(piece + b"\n")
        self.counts["kept"] += len(pieces)
        return True
