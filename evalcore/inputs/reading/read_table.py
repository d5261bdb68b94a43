"""What every reader hands back: one table with its name, its format and what was done to read it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

__all__ = ["ReadTable"]


@dataclass(frozen=True, eq=False)
class ReadTable:
    """One table as it was read.

    Parameters
    ----------
    table : DataFrame, shape (rows, columns)
        Columns of numpy types (integers, floats, booleans, datetimes, or objects where a cell holds bytes)
        and pandas' `str`. Column names are distinct strings. A missing value is `nan` (`NaT` for datetimes);
        the index is the default one.
    name : str
        The file's name, followed by the member's or sheet's where the file held several.
    format : str
        What the content was, in words: "comma-separated text, gzip".
    notes : tuple of str
        What was done while reading, or should be known, one sentence each. Plain text, may quote the file.
    """

    table: pd.DataFrame
    name: str
    format: str
    notes: tuple[str, ...] = ()
