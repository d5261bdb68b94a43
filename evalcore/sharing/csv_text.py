"""The one writer of CSV for people: what a file's texts say is never a formula in a spreadsheet."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from evalcore.inputs.reading.values.cells import is_numeric

__all__ = ["as_csv", "harmless"]

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; numbers stay as they are.

    The source of the rule is OWASP's page on CSV injection.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> harmless("=HYPERLINK(A1)"), harmless("-0.5"), harmless("a=b"), harmless("- none")
    ("'=HYPERLINK(A1)", '-0.5', 'a=b', "'- none")
    """
    bare = text.lstrip(" \u00a0")
    return f"'{text}" if bare.startswith(_STARTS) and not is_numeric(text) else text


def as_csv(table: pd.DataFrame, *, index: bool = True) -> bytes:
    r"""Write a table as CSV in UTF-8, numbers in full precision, texts and names harmless to spreadsheets.

    Parameters
    ----------
    table : DataFrame
    index : bool, optional
        Whether the index is written as well.

    Returns
    -------
    bytes

    Examples
    --------
    >>> as_csv(pd.DataFrame({"=name": ["=1+1", "cat"], "score": [-0.5, 0.25]}), index=False)
    b"'=name,score\n'=1+1,-0.5\ncat,0.25\n"
    """
    columns = [_text_column(table.iloc[:, place]) for place in range(table.shape[1])]
    safe = pd.concat(columns, axis=1) if columns else table.copy()
    safe.columns = _labels(table.columns)
    safe.index = _labels(table.index)
    return safe.to_csv(index=index).encode("utf-8")


def _text_column(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return column
    return column.astype(object).map(_cell)


def _labels(index: pd.Index[Any]) -> pd.Index[Any]:
    names = [_cell(each) for each in index.names]
    if pd.api.types.is_numeric_dtype(index):
        return index.rename(names[0])
    if isinstance(index, pd.MultiIndex):
        return pd.MultiIndex.from_tuples([tuple(map(_cell, each)) for each in index], names=names)
    return pd.Index([_cell(each) for each in index], dtype=object, name=names[0])


def _cell(value: Any) -> Hashable:
    return harmless(value) if isinstance(value, str) else value
