"""Find the cases whose columns hold a value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["search_cases"]

# Before and after a word; a figure is no word of a longer one, such as 12 of 0.12.
_BEFORE = r"(^|[^\pL\pN])"
_AFTER = r"($|[^\pL\pN])"
_BEFORE_FIGURE = r"(^|[^\pL\pN.,]|(^|\PN)[.,])"
_AFTER_FIGURE = r"($|[^\pL\pN.,]|[.,](\PN|$))"

Found = npt.NDArray[np.bool_]


def search_cases(
    table: pd.DataFrame, rows: npt.NDArray[np.intp], text: str, *, columns: Sequence[str]
) -> Found:
    """Tell which rows hold a value in any of some columns, upper and lower case alike.

    A number is found by its value, never by digits inside it; a text by whole words of it.

    Parameters
    ----------
    table : DataFrame
    rows : ndarray of intp, shape (n,)
        Positions in `table`.
    text : str
        Taken as it is: no pattern. An empty one is in every row.
    columns : sequence of str

    Returns
    -------
    ndarray of bool, shape (n,)

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["Ant 12", "bee", "cow"], "size": [3, 12, 120]})
    >>> search_cases(table, np.arange(3), "12", columns=["name", "size"]).tolist()
    [True, True, False]
    """
    wanted = text.strip()
    found = np.full(len(rows), not wanted)
    for name in columns if wanted else ():
        column = table[name].iloc[rows]
        if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
            found |= _equal(column, wanted)
        else:
            found |= _in_words(column, wanted)
    return found


def _equal(column: pd.Series, wanted: str) -> Found:
    try:
        number: Any = float(wanted.replace(",", "").replace("−", "-"))
    except ValueError:
        return np.zeros(len(column), dtype=bool)
    if column.dtype == np.float32:
        number = np.float32(number)
    return np.asarray((column == number).fillna(False).to_numpy(dtype=bool))


def _in_words(column: pd.Series, wanted: str) -> Found:
    try:
        values = pc.cast(pa.array(column, from_pandas=True), pa.string())
    except (pa.ArrowException, ValueError, TypeError):
        values = pa.array([None if value is None else str(value) for value in column], pa.string())
    inside = pc.match_substring_regex(values, _whole_words(wanted), ignore_case=True)
    return np.asarray(pc.fill_null(inside, False).to_numpy(zero_copy_only=False), dtype=bool)


def _whole_words(wanted: str) -> str:
    """Return a pattern of the text that neither begins nor ends within a word."""
    exact = "".join(each if each.isalnum() else f"\\x{{{ord(each):x}}}" for each in wanted)
    before = _BEFORE_FIGURE if wanted[0].isdigit() else _BEFORE if wanted[0].isalnum() else ""
    after = _AFTER_FIGURE if wanted[-1].isdigit() else _AFTER if wanted[-1].isalnum() else ""
    return f"(?s){before}{exact}{after}"
