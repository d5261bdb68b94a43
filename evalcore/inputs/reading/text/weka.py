"""Weka's predictions as it prints them: gaps instead of empty cells, a `+` at an error, a star at the class called."""

from __future__ import annotations

import csv
import io
import re

__all__ = ["as_delimited_weka"]

_HEAD = re.compile(
    rb"[ \t]*inst#[ \t,]+actual[ \t,]+predicted[ \t,]+error[ \t,]+(prediction|distribution)\b(.*)"
)
_ROW = re.compile(
    r"\s*(\d+)[\s,]+(\d+:(?:'[^']*'|[^,]*?|\?))[\s,]+(\d+:(?:'[^']*'|[^,]*?))[\s,]+(\+?)[\s,]*"
    r"(\*?[\d.]+(?:[Ee]-?\d+)?(?:,\*?[\d.]+(?:[Ee]-?\d+)?)*)(?:[\s,]+(\S.*?))?\s*"
).fullmatch
_FIRST_LINES = 40


def as_delimited_weka(text: bytes) -> bytes | None:
    r"""Turn Weka's printed predictions into comma-separated text; None where the text is none.

    Its CSV with one probability is a table already, and only its distributions need columns of their own.

    Examples
    --------
    >>> as_delimited_weka(b" inst# actual predicted error prediction\n 1 1:yes 2:no + 0.9\n 2 1:yes 1:yes 0.8\n")
    b'inst#,actual,predicted,error,prediction\n1,1:yes,2:no,+,0.9\n2,1:yes,1:yes,,0.8\n'
    """
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines[:_FIRST_LINES]) if _HEAD.fullmatch(line)), None)
    if start is None:
        return None
    head = _HEAD.fullmatch(lines[start])
    spread = head is not None and head[1] == b"distribution"
    if b"," in lines[start] and not spread:
        return None
    found = [_ROW(line.decode("utf-8", "replace")) for line in lines[start + 1 :] if line.strip()]
    rows = [each.groups() for each in found if each is not None]
    if len(rows) < len(found) / 2 or not rows:
        return None
    names = _names(rows)
    width = max(len(row[4].split(",")) for row in rows)
    scores = [f"probability of {names.get(i, i)}" for i in range(1, width + 1)] if spread else ["prediction"]
    more = [row[5] for row in rows]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["inst#", "actual", "predicted", "error", *scores, *(["more"] if any(more) else [])])
    for row, rest in zip(rows, more, strict=True):
        numbers = [each.strip("*") for each in row[4].split(",")]
        writer.writerow([*row[:4], *numbers, *([rest] if any(more) else [])])
    return written.getvalue().encode()


def _names(rows: list[tuple[str, ...]]) -> dict[int, str]:
    """The classes by their numbers."""
    pairs = [cell.split(":", 1) for row in rows for cell in row[1:3]]
    return {int(number): name for number, name in pairs if name != "?"}
