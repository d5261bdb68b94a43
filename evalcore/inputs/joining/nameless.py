"""Tables whose columns have no names: what an array is saved as, with a header that only counts or with none."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from evalcore.inputs.columns.spelling import spell
from evalcore.inputs.reading.values.headers import counts_from_zero

__all__ = ["begins_with_count", "from_zero", "is_nameless", "numbered", "without_count"]

_NO_NAME = re.compile(r"column_\d+|\d+|Unnamed: \d+")


def is_nameless(name: str) -> bool:
    """Tell whether a column's name says nothing: the reader's own, a number, or pandas' for a blank.

    Examples
    --------
    >>> is_nameless("column_1"), is_nameless("0"), is_nameless("p_0")
    (True, True, False)
    """
    return _NO_NAME.fullmatch(name) is not None


def from_zero(name: str) -> str:
    """Call a column that only the reader named after its number from 0, as arrays count.

    Examples
    --------
    >>> from_zero("column_1"), from_zero("age")
    ('0', 'age')
    """
    return str(int(name.removeprefix("column_")) - 1) if re.fullmatch(r"column_\d+", name) else name


def numbered(names: Sequence[str], mark: str) -> dict[str, str]:
    """Give columns names that tell two tables apart: numbered from 0 where a table has several without a name.

    Examples
    --------
    >>> numbered(["column_1", "column_2"], "true"), numbered(["winner"], "pred")
    ({'column_1': '0_true', 'column_2': '1_true'}, {'winner': 'winner_pred'})
    """
    without = [name for name in names if is_nameless(name)]
    if len(without) < 2:
        return {name: f"{'label' if is_nameless(name) else name}_{mark}" for name in names}
    return {
        name: f"{without.index(name) if name.startswith('column_') else name}_{mark}"
        if name in without
        else f"{name}_{mark}"
        for name in names
    }


def begins_with_count(table: pd.DataFrame) -> bool:
    """Tell whether a table without a header begins with 0, 1, 2, ..., which may be the header that pandas writes.

    Examples
    --------
    >>> begins_with_count(pd.DataFrame({"column_1": [0, 1, 1]}))
    True
    """
    without = all(re.fullmatch(r"column_\d+", str(name)) for name in table.columns)
    return bool(without and len(table) and counts_from_zero([spell(cell) for cell in table.iloc[0]]))


def without_count(table: pd.DataFrame) -> pd.DataFrame:
    """Make the first row of a table, which counts its columns, their names.

    Examples
    --------
    >>> without_count(pd.DataFrame({"column_1": [0, 1, 1]})).to_dict("list")
    {'0': [1, 1]}
    """
    named = table.iloc[1:].reset_index(drop=True)
    return named.set_axis([str(i) for i in range(table.shape[1])], axis=1)
