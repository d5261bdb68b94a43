"""Whether a table's first row is a header, and clean names for its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.values.cells import BOOLEANS, MISSING, as_unicode, is_numeric

__all__ = ["ColumnNames", "column_names", "counts_from_zero", "is_header", "numbered_names"]

_MISSING = frozenset(MISSING["numbers"])
# Words that name a column in predictions files and hardly ever are a value in them.
_HEADER_WORDS = frozenset(
    word
    for line in (
        "actual class confidence epoch expected file filename fold gold group gt id idx image index key",
        "label labels logit logits loss model name obs outcome output path pred predicted prediction",
        "predictions preds prob proba probability probabilities probs row sample score scores split step",
        "subject target targets text true truth uid uuid value weight y yhat",
    )
    for word in line.split()
)
# ... and of these one is enough
_SURE_NAMES = frozenset(
    word
    for line in (
        "epoch filename fold gt id idx label labels logit logits pred predicted prediction predictions preds prob",
        "proba probability probs score scores target targets truth uid uuid y y_pred y_true",
    )
    for word in line.split()
)
_has_mark = re.compile(r"[\d/\\.]").search
_words = re.compile(r"[A-Za-z]+").findall


@dataclass(frozen=True)
class ColumnNames:
    """Distinct column names, and what was done to make them so."""

    names: tuple[str, ...]
    notes: tuple[str, ...] = ()


def is_header(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row names the columns, from the rows below it.

    A row is a header where it has a word over a column of numbers, where its words are names that
    do not come again below, or where it counts columns (0, 1, 2) over decimals, over marks of classes, or
    beside an index without a name (as pandas writes what has no names). In doubt it is data:
    a header taken for a row is seen at once, a row taken for a header is lost.

    Parameters
    ----------
    first : sequence of str, length k
    body : sequence of rows
        A sample of the rows below; rows may be ragged.

    Examples
    --------
    >>> is_header(["truth", "score"], [["1", "0.5"]]), is_header(["3"], [["2"], ["0"]])
    (True, False)
    >>> is_header(["cat", "dog"], [["dog", "dog"], ["cat", "dog"]])
    False
    """
    cells = [cell.strip() for cell in first]
    if not any(cells):
        return False
    columns = [
        [row[place].strip() for row in body if place < len(row) and row[place].strip() not in _MISSING]
        for place in range(len(cells))
    ]
    pairs = list(zip(cells, columns, strict=True))
    over_numbers = [cell for cell, column in pairs if _typed(column) and _stands_out(cell, column)]
    if not all(_is_word(cell) for cell in cells if cell):
        return len(over_numbers) > 1 or any(map(_is_name, over_numbers)) or _counts_columns(cells, columns)
    if over_numbers:
        return True
    words = [cell for cell in cells if cell]
    if not body:
        return len(words) > 1 or _is_name(words[0])
    if any(cell in column or _alike(cell, column) for cell, column in pairs if cell):
        return False
    if all(_is_name(cell) and not any(map(_is_name, column)) for cell, column in pairs if cell):
        return True
    if any(cell.lower() in _SURE_NAMES for cell in words):
        return True
    return len(set(words)) == len(words) and any(_unlike(cell, column) for cell, column in pairs)


def column_names(header: Sequence[str]) -> ColumnNames:
    """Make the header's cells into distinct names: padding off, empty ones and doubles numbered.

    An empty name becomes `Unnamed: 0` (its position from 0), the second `score` `score.1`: as pandas has it.

    Examples
    --------
    >>> column_names(["", " score ", "score"]).names
    ('Unnamed: 0', 'score', 'score.1')
    """
    cleaned = [" ".join(as_unicode(cell).split()) for cell in header]
    notes = []
    if any(as_unicode(cell) != clean for cell, clean in zip(header, cleaned, strict=True)):
        notes.append(say.padded_names())
    names = [clean or f"Unnamed: {place}" for place, clean in enumerate(cleaned)]
    doubled = tuple(name for name, count in Counter(names).items() if count > 1)
    if doubled:
        notes.append(say.duplicate_names(doubled))
    taken = set(names)
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        if seen[name]:
            number = seen[name]
            while f"{name}.{number}" in taken:
                number += 1
            names[place] = f"{name}.{number}"
            taken.add(names[place])
        seen[name] += 1
    return ColumnNames(tuple(names), tuple(notes))


def numbered_names(count: int) -> tuple[str, ...]:
    """Names for columns that have none: `column_1`, `column_2`, ..."""
    return tuple(f"column_{place}" for place in range(1, count + 1))


def _typed(column: Sequence[str]) -> bool:
    """Numbers or booleans, but for one cell in ten (a note below the data, a decimal comma)."""
    typed = sum(count for cell, count in Counter(column).items() if is_numeric(cell) or cell in BOOLEANS)
    return typed > 0 and typed >= 0.9 * len(column)


def counts_from_zero(cells: Sequence[str]) -> bool:
    """Whether the cells are 0, 1, 2, ...: what pandas calls columns that have no names.

    Examples
    --------
    >>> counts_from_zero(["0", "1"]), counts_from_zero(["1", "2"]), counts_from_zero([])
    (True, False, False)
    """
    return len(cells) > 0 and [cell.strip() for cell in cells] == [str(i) for i in range(len(cells))]


def _counts_columns(cells: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """A header of class numbers (0, 1, 2, as pandas writes for an array).

    Over decimals: these are printed with their point throughout, so a 0 or 1 without it cannot be one of them;
    two lines are not enough for a lone 0, which may be the first score. Over marks (0 and 1) of three or more
    classes. Beside an index without a name, over anything.
    """
    if not cells[0] and counts_from_zero(cells[1:]) and _names_rows(columns[0]):
        return True
    counted = [cell for cell in cells if is_numeric(cell)]
    words = [(cell, column) for cell, column in zip(cells, columns, strict=True) if not is_numeric(cell)]
    if len(set(cells)) < len(cells) or not all(cell.isdecimal() for cell in counted):
        return False
    if any(cell in column for cell, column in words if cell):
        return False
    first = int(counted[0]) if counted else -1
    if [int(cell) for cell in counted] != list(range(first, first + len(counted))):
        return False
    if len(counted) > 1 and words and not cells[0]:
        return True
    below = [column for cell, column in zip(cells, columns, strict=True) if is_numeric(cell)]
    if len(cells) == 1:
        return cells[0] == "0" and len(below[0]) > 2 and all(map(_has_point, below[0]))
    marks = first == 0 and len(counted) > 2 and all(set(column) <= {"0", "1"} for column in below)
    return marks or all(column and all(map(_has_point, column)) for column in below)


def _names_rows(column: Sequence[str]) -> bool:
    """An index: a value for each row, and no value twice."""
    return len(column) > 1 and len(set(column)) == len(column)


def _has_point(cell: str) -> bool:
    return "." in cell or "e" in cell or "E" in cell


def _is_word(cell: str) -> bool:
    return bool(cell) and not is_numeric(cell) and cell not in BOOLEANS and cell not in _MISSING


def _stands_out(cell: str, column: Sequence[str]) -> bool:
    """A word over numbers; also a class that is called True over numbers."""
    return _is_word(cell) or (cell in BOOLEANS and not any(value in BOOLEANS for value in column))


def _is_name(cell: str) -> bool:
    parts = _words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cell))
    return len(cell.split()) <= 4 and any(word.lower() in _HEADER_WORDS for word in parts)


def _alike(cell: str, column: Sequence[str]) -> bool:
    """The cell has the shape of the values below it (a path, a numbered id), which names seldom have."""
    return bool(_has_mark(cell)) and len(column) > 0 and all(map(_has_mark, column)) and not _is_name(cell)


def _unlike(cell: str, column: Sequence[str]) -> bool:
    """The values below share what the cell has not: they repeat, or have digits and slashes."""
    if not cell or len(column) < 2:
        return False
    repeats = len(set(column)) <= len(column) / 2
    related = any(value[:3] == cell[:3] for value in column) and cell.lower() not in _HEADER_WORDS
    return (repeats and not related) or (all(map(_has_mark, column)) and not _has_mark(cell))
