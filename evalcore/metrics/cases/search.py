"""Find the cases whose columns hold a text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["search_cases"]


def search_cases(
    table: pd.DataFrame, rows: npt.NDArray[np.intp], text: str, *, columns: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Tell which rows hold a text in any of some columns, upper and lower case alike.

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
    >>> table = pd.DataFrame({"name": ["Ant", "bee", "cow"], "size": [12, 3, 120]})
    >>> search_cases(table, np.arange(3), "12", columns=["name", "size"]).tolist()
    [True, False, True]
    """
    wanted = text.strip()
    found = np.full(len(rows), not wanted)
    for name in columns if wanted else ():
        column = table[name].iloc[rows]
        try:
            values = pc.cast(pa.array(column, from_pandas=True), pa.string())
        except (pa.ArrowException, ValueError, TypeError):
            values = pa.array([None if value is None else str(value) for value in column], pa.string())
        inside = pc.match_substring(values, wanted, ignore_case=True)
        found |= np.asarray(pc.fill_null(inside, False).to_numpy(zero_copy_only=False), dtype=bool)
    return found
