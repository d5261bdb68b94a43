"""What one cell of text can be, and what a column of such cells is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

__all__ = [
    "BOOLEANS",
    "CODE",
    "DOUBTFUL",
    "MISSING",
    "NUMBER",
    "SHORT_WHOLE",
    "WHOLE",
    "ColumnKind",
    "as_unicode",
    "column_kind",
    "is_float",
    "is_number",
    "is_numeric",
]

ColumnKind = Literal["whole", "float", "boolean", "text", "unsettled"]
"""How a column is parsed: as its type, as text, or as text whose type all of its cells must settle."""

WHOLE = r"[+-]?\d{1,19}"
SHORT_WHOLE = r"[+-]?(?:0|[1-9]\d{0,18})"
"""A whole number without leading zeros."""
NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?(?:inf|Inf|INF|infinity|Infinity)"
CODE = r"[+-]?(?:0\d+|\d{20,}|\d+[eE]\d+)"
"""What a number would spoil: leading zeros, more than 64 bits hold, and `1E1`, which is not the label `10`.

They stay text; among decimals `1E1` is a number all the same.
"""

BOOLEANS = {"True": True, "TRUE": True, "true": True, "False": False, "FALSE": False, "false": False}

# Never the name of a class: what pandas, numpy, R, SQL and spreadsheets write for "no value".
_ALWAYS = (
    "",
    "nan",
    "NaN",
    "NAN",
    "-nan",
    "-NaN",
    "<NA>",
    "#N/A",
    "#NA",
    "NaT",
    "null",
    "NULL",
    "Null",
    "\\N",
)
DOUBTFUL = ("NA", "N/A", "n/a", "na", "None", "none", "NONE")
"""Missing among numbers, but may name a class or a group among words (no finding, North America)."""
_AMONG_NUMBERS = ("?", "-", "--", ".", "#DIV/0!", "#VALUE!", "#REF!", "missing", "Missing")
MISSING = {"text": _ALWAYS, "numbers": (*_ALWAYS, *DOUBTFUL, *_AMONG_NUMBERS)}
"""Cells that mean "no value", by what the rest of the column is."""

_MISSING_NUMBERS = frozenset(MISSING["numbers"])
_whole = re.compile(WHOLE).fullmatch
_number = re.compile(NUMBER).fullmatch
_code = re.compile(CODE).fullmatch
_odd_number = re.compile(r"[+-]?[\d.,\u00a0\u202f' ]*\d\s?%?|[+-]?\d*,\d+(?:[eE][+-]?\d+)?").fullmatch


def as_unicode(text: str) -> str:
    r"""Replace lone surrogates, which JSON and NumPy can spell, and which have no UTF-8.

    Examples
    --------
    >>> as_unicode("a\ud800b")
    'a?b'
    """
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def is_number(cell: str) -> bool:
    """Tell whether the cell, padding aside, is a number in any spelling (also `1e-5`, `inf`).

    Examples
    --------
    >>> is_number(" 1e-5"), is_number("1,5"), is_number("nan")
    (True, False, False)
    """
    return _number(cell.strip()) is not None


def is_float(text: str) -> bool:
    """Tell whether Python makes a float of the text: `is_number`, and also nan and `1_000`.

    Examples
    --------
    >>> is_float("1e-5"), is_float("nan"), is_float("1,5")
    (True, True, False)
    """
    try:
        float(text)
    except ValueError:
        return False
    return True


def is_numeric(cell: str) -> bool:
    """Tell whether the cell is a number also in the spellings of people: `0,5`, `50%`, `1.234,5`.

    Examples
    --------
    >>> is_numeric("0,5"), is_numeric("50 %"), is_numeric("2024-01-02"), is_numeric("a1")
    (True, True, False, False)
    """
    cell = cell.strip()
    return _number(cell) is not None or _odd_number(cell) is not None


def column_kind(cells: Iterable[str]) -> ColumnKind:
    """Tell from a sample of its cells how a column is to be parsed.

    Parameters
    ----------
    cells : iterable of str

    Returns
    -------
    "whole", "float", "boolean" or "text" where all cells of the sample agree; "unsettled" where the sample
    has no values, or odd spellings of numbers (decimal comma, per cent), or a few words among numbers.

    Examples
    --------
    >>> column_kind(["1", "2", ""]), column_kind(["1", "2.5"]), column_kind(["007"]), column_kind(["0,5"])
    ('whole', 'float', 'text', 'unsettled')
    """
    seen: Counter[str] = Counter()
    for cell, count in Counter(cells).items():  # most columns repeat their cells
        seen[_cell_kind(cell.strip())] += count
    del seen["missing"]
    total = seen.total()
    if total == 0:
        return "unsettled"
    if set(seen) == {"whole"}:
        return "whole"
    if set(seen) == {"boolean"}:
        return "boolean"
    if set(seen) <= {"whole", "code"}:
        return "text"
    if set(seen) <= {"whole", "code", "float"}:
        return "float"
    few_words = seen["text"] + seen["boolean"] <= 0.1 * total
    return "unsettled" if few_words else "text"


def _cell_kind(cell: str) -> str:
    if cell in _MISSING_NUMBERS:
        return "missing"
    if _code(cell):
        return "code"
    if _whole(cell):
        return "whole"
    if _number(cell):
        return "float"
    if cell in BOOLEANS:
        return "boolean"
    return "odd number" if _odd_number(cell) else "text"
