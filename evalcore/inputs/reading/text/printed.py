"""Tables in a dress: Markdown, frames of dashes (Spark, psql), scikit-learn's report, Weka's files, trainings' logs.

Each becomes plain delimited text, which the reader of delimited text then takes as any other.
"""

from __future__ import annotations

import csv
import io
import itertools
import re

from evalcore.inputs.reading.text.weka import as_delimited_weka
from evalcore.training.readers.training_logs import printed_history

__all__ = ["as_delimited"]

_HEAD = 4096
_FIRST_LINES = 40
_rule = re.compile(rb"[ \t]*[|+:=-][ \t|+:=-]*").fullmatch
_report_head = re.compile(rb"[ \t]*precision[ \t]+recall[ \t]+f1-score[ \t]+support[ \t]*").fullmatch
_report_row = re.compile(rb"[ \t]*(\S.*?)((?:[ \t]+\d+(?:\.\d+)?){2,4})[ \t]*").fullmatch
_relation = re.compile(rb"[ \t]*@relation\b", re.IGNORECASE).match
_attribute = re.compile(r"\s*@attribute\s+('[^']*'|\"[^\"]*\"|\S+)", re.IGNORECASE).match
_REPORT_COLUMNS = (b"class", b"precision", b"recall", b"f1-score", b"support")


def as_delimited(text: bytes) -> bytes | None:
    r"""Turn a printed table into delimited text.

    Parameters
    ----------
    text : bytes
        UTF-8, lines ending with LF or CRLF.

    Returns
    -------
    bytes or None
        None where the text is no such table. Words above and below the table are left out.

    Examples
    --------
    >>> as_delimited(b"| truth | score |\n|---|---|\n| 1 | 0.9 |\n")
    b'truth|score\n1|0.9'
    >>> as_delimited(b"truth|score\n1|0.9\n") is None
    True
    """
    if b"inst#" in text[:_HEAD] and (weka := as_delimited_weka(text)):
        return weka
    first = text[:_HEAD].splitlines()[:_FIRST_LINES]
    if any(map(_report_head, first)):
        return _report(text)
    if any(map(_relation, first)):
        return _arff(text)
    if (crossed := _crossed(first)) is not None:
        return crossed
    if _has_frame(first):
        return _framed(text)
    return printed_history(text)


def _arff(text: bytes) -> bytes | None:
    """The rows of an ARFF file below the names of its attributes; None where they are written sparsely."""
    lines = [line for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    lines = [line for line in lines if not line.lstrip().startswith("%")]
    start = next((place for place, line in enumerate(lines) if line.strip().lower() == "@data"), None)
    if start is None or any(line.lstrip().startswith("{") for line in lines[start + 1 :][:_FIRST_LINES]):
        return None
    names = [found[1].strip("'\"") for line in lines[:start] if (found := _attribute(line))]
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(names)
    rows.writerows(csv.reader(lines[start + 1 :], quotechar="'", escapechar="\\", skipinitialspace=True))
    return written.getvalue().encode()


def _is_rule(line: bytes) -> bool:
    """A line that only separates: dashes with bars, pluses or colons between them."""
    return b"--" in line and (b"|" in line or b"+" in line) and _rule(line) is not None


def _has_frame(lines: list[bytes]) -> bool:
    """Whether a rule opens a table or stands below its first line: elsewhere it may be cells without a value."""
    table = next((place for place, line in enumerate(lines) if b"|" in line or _is_rule(line)), None)
    return table is not None and any(map(_is_rule, lines[table : table + 2]))


def _framed(text: bytes) -> bytes | None:
    lines = [line.strip() for line in text.splitlines() if b"|" in line and not _is_rule(line)]
    edges = all(line.startswith(b"|") and line.endswith(b"|") for line in lines)
    lines = [line[1:-1] for line in lines] if edges else lines
    rows = [[cell.strip() for cell in line.split(b"|")] for line in lines]
    alike = len({len(row) for row in rows}) == 1
    return b"\n".join(map(b"|".join, rows)) if len(rows) > 1 and alike else None


def _crossed(lines: list[bytes]) -> bytes | None:
    """A table of counts as R prints it, words above and below left out; None where the lines hold none.

    The first line is what the columns are, the second what the rows are and the columns' labels.
    """
    for place, (over, head) in enumerate(itertools.pairwise(lines)):
        above, labels = over.split(), head.split()
        if len(above) != 1 or not over[:1].isspace() or len(labels) < 3 or head[:1].isspace():
            continue
        rows = [line.split() for line in lines[place + 2 : place + 1 + len(labels)]]
        counts = all(len(row) == len(labels) and all(map(bytes.isdigit, row[1:])) for row in rows)
        if counts and [row[0] for row in rows] == labels[1:]:
            columns = [above[0] + b" " + label for label in labels[1:]]
            names = [[labels[0], *columns], *([labels[0] + b" " + row[0], *row[1:]] for row in rows)]
            return b"\n".join(map(b"\t".join, names))
    return None


def _report(text: bytes) -> bytes:
    """Rows of scikit-learn's `classification_report`; the accuracy stands in the column of F1, as it prints it."""
    rows = [b"\t".join(_REPORT_COLUMNS)]
    for line in text.splitlines():
        found = None if _report_head(line) else _report_row(line)
        if found:
            numbers = found[2].split()
            gaps = [b""] * (len(_REPORT_COLUMNS) - 1 - len(numbers))
            rows.append(b"\t".join([found[1], *gaps, *numbers]))
    return b"\n".join(rows)
