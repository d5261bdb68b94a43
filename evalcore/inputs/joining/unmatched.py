"""Rows of one file that found no partner in the other: kept as they are written, so that people can mend them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.joining import messages
from evalcore.predictions.evaluation import UnmatchedRows
from evalcore.wording import say

__all__ = ["MOST_CELLS", "MOST_ROWS", "rows_as_text", "unmatched_rows", "unmatched_table"]

MOST_ROWS = 1000

MOST_CELLS = 20_000

_LONGEST_CELL = 200


def unmatched_rows(
    table: pd.DataFrame,
    without: npt.NDArray[np.bool_],
    keys: tuple[pd.Series, pd.Series],
    *,
    names: tuple[str, str],
    key: Sequence[str],
) -> tuple[UnmatchedRows, ...]:
    """Keep the rows of one file that found no partner in another, apart by the reason.

    Parameters
    ----------
    table : DataFrame
        The file's.
    without : ndarray of bool, shape (rows,)
        Which of them have no partner.
    keys : (Series, Series)
        What names each row, in this file and in the other; missing where nothing does.
    names : (str, str)
        This file's name and the other's.
    key : sequence of str
        The columns of `table` that the keys are made of.

    Returns
    -------
    tuple of UnmatchedRows
        One for each reason; empty where every row has a partner.

    Examples
    --------
    >>> table = pd.DataFrame({"id": ["x", "y", None], "score": [0.5, 0.25, 0.75]})
    >>> keys = table["id"], pd.Series(["x"])
    >>> found = unmatched_rows(table, np.array([False, True, True]), keys, names=("a", "b"), key=["id"])
    >>> [(each.reason, each.rows["score"].to_dict()) for each in found]
    [('no row of "b" has the same "id"', {2: '0.25'}), ('there is no value in "id"', {3: '0.75'})]
    """
    own, others = keys
    blank = own.isna().to_numpy()
    there = own.isin(others.dropna()).to_numpy() & ~blank
    reasons = {
        messages.KEY_NOT_THERE: without & ~blank & ~there,
        messages.KEY_BLANK: without & blank,
        messages.KEY_REPEATED: without & there,
    }
    most = max(1, min(MOST_ROWS, MOST_CELLS // max(table.shape[1], 1)))
    found = []
    for reason, lost in reasons.items():
        places = np.flatnonzero(lost)
        if places.size:
            said = say(reason, column=names[0], other=names[1], columns=list(key))
            shown = rows_as_text(table.iloc[places[:most]])
            shown.index = pd.Index(places[:most] + 1, name="row")
            found.append(UnmatchedRows(*names, tuple(key), said, int(places.size), shown))
    return tuple(found)


def unmatched_table(lost: Sequence[UnmatchedRows]) -> pd.DataFrame:
    """Put the rows of one file below each other in its order, each with the reason in a last column.

    Parameters
    ----------
    lost : sequence of UnmatchedRows
        Of the same file; at least one.

    Returns
    -------
    DataFrame

    Examples
    --------
    >>> rows = pd.DataFrame({"id": ["y"]}, index=pd.Index([2], name="row"))
    >>> unmatched_table([UnmatchedRows("a", "b", ("id",), "not there", 1, rows)]).iloc[0].tolist()
    ['y', 'not there']
    """
    name = "why"
    while name in lost[0].rows.columns:
        name += "_not_matched"
    return pd.concat([each.rows.assign(**{name: each.reason}) for each in lost]).sort_index()


def rows_as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Write every cell as text that can be read and saved; what is missing stays so.

    Examples
    --------
    >>> rows_as_text(pd.DataFrame({"id": [7], "image": [b"....."]})).iloc[0].tolist()
    ['7', '(5 bytes)']
    """
    texts = {place: [_text(cell) for cell in rows.iloc[:, place]] for place in range(rows.shape[1])}
    return pd.DataFrame(texts, index=rows.index, dtype=object).set_axis(rows.columns, axis=1)


def _text(cell: Any) -> str | None:
    if isinstance(cell, bytes | bytearray | memoryview):
        return f"({len(cell):,} bytes)"
    if cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and np.isnan(cell)):
        return None
    text = str(cell)
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
