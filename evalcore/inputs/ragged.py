"""Texts that a plain parser would refuse or shorten: stray quotes, ragged rows, values over several lines.

The lines are rewritten so that a plain parser reads every one of them; what cannot be kept is told.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass

from evalcore.inputs import reading_messages as say
from evalcore.inputs.cells import MISSING, is_number
from evalcore.inputs.delimited_layout import Layout
from evalcore.inputs.delimiters import ONE_COLUMN, split_quoted

__all__ = ["MendedText", "mend"]

_LONGEST_RECORD = 200
_LOOKS_AHEAD = 100
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


def mend(text: bytes, layout: Layout) -> MendedText:
    r"""Rewrite the rows of a text so that each has the layout's columns.

    Parameters
    ----------
    text : bytes
        UTF-8, lines ending with LF or CRLF.
    layout : Layout

    Examples
    --------
    >>> from evalcore.inputs.delimited_layout import find_layout
    >>> text = b"truth,score\n1\n0,0.25\n"
    >>> mend(text, find_layout(text)).text
    b'1,\n0,0.25\n'
    """
    return _Mender(text, layout).run()


class _Mender:
    def __init__(self, text: bytes, layout: Layout) -> None:
        self.layout = layout
        self.delimiter = layout.splitter.delimiter
        self.mark = self.delimiter.encode()
        self.width = len(layout.names)
        self.stream = io.BytesIO(text)
        self.stream.seek(layout.start)
        self.waiting: deque[bytes] = deque()
        self.number = text.count(b"\n", 0, layout.start)
        self.start = self.number
        self.out = io.BytesIO()
        self.counts: Counter[str] = Counter()
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
            plain = b'"' not in body and b"\r" not in body
            if plain and body.count(self.mark) + 1 == self.width:
                self.out.write(body + b"\n")
                self.counts["kept"] += 1
            else:
                self._mend_line(body, plain=plain)
        notes = [
            say.mended(what, self.counts[what], *self.first[what])
            for what in ("spans", "stray", "short", "long", "comment", "left out")
            if self.counts[what]
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

    def _mend_line(self, body: bytes, *, plain: bool) -> None:
        if b"\r" in body and self._split_at_returns(body):
            return
        line = body.decode("utf-8", errors="replace")
        cells = line.split(self.delimiter)
        if not plain:
            whole = split_quoted(line, self.delimiter, padded=self.layout.padded)
            if whole is not None and len(whole) == self.width:
                self._keep(whole)
                return
            if len(cells) == self.width and self.typed and self._fits(cells):
                self._count("stray", body)
                self._keep(cells)
                return
            if whole is None and (record := self._look_ahead(line)):
                self._count("spans", body)
                self._keep(record)
                return
            if len(cells) == self.width:
                self._count("stray", body)
            elif whole is not None:
                cells = whole
            else:
                self._count("stray", body)
                cells = self._split_anyhow(line) or cells
        self._fit(cells, body)

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
        while len(taken) < _LONGEST_RECORD and (raw := self._next()):
            taken.append(raw)
            following = raw.decode("utf-8", errors="replace").rstrip("\r\n")
            joined.append(following)
            if '"' in following:
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
