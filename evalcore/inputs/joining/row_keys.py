"""How two tables of one evaluation belong together: by a shared key, or row by row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from evalcore.inputs.columns.profile import ColumnProfile, profile_table

__all__ = ["JoinKey", "find_key", "key_values", "positions_of"]

_ENOUGH = 0.5
_NEARLY_ALL = 0.8
_LARGEST_INTEGER = 2.0**63


@dataclass(frozen=True)
class JoinKey:
    """Columns that name the row in both tables, in the same order.

    Parameters
    ----------
    left, right : tuple of str
    """

    left: tuple[str, ...]
    right: tuple[str, ...]


def key_values(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    """Return one text for each row that names it, so that `7`, `7.0` and `"7"` meet; missing where a part is.

    Examples
    --------
    >>> key_values(pd.DataFrame({"id": [7.0, None, 8.0]}), ("id",)).tolist()
    ['7', nan, '8']
    """
    parts = []
    for name in columns:
        column = table[name]
        if pd.api.types.is_float_dtype(column.dtype):
            known = column.dropna()
            if ((known % 1 == 0) & (known.abs() < _LARGEST_INTEGER)).all():
                column = column.astype("Int64")  # one missing id must not turn the others into "7.0"
        parts.append(column.astype(str).str.strip())
    key = parts[0]
    for part in parts[1:]:
        key = key + "\x1f" + part
    return key


def _may_be_key(profile: ColumnProfile) -> bool:
    if profile.kind == "number":
        return profile.integral and profile.reading.role not in ("score",)
    return profile.kind in ("text", "time")


def _overlap(left: pd.Series, right: pd.Series) -> tuple[float, bool, bool]:
    """Share of the shorter list of keys that the other has, and whether each list is without repeats.

    A missing key is like no other: it is neither shared nor a repeat.
    """
    blank = int(left.isna().sum()), int(right.isna().sum())
    first, second = pd.Index(left.dropna().unique()), pd.Index(right.dropna().unique())
    shared = first.intersection(second).size
    sizes = first.size + blank[0], second.size + blank[1]
    return shared / max(min(sizes), 1), sizes[0] == left.size, sizes[1] == right.size


def find_key(left: pd.DataFrame, right: pd.DataFrame) -> JoinKey | None:
    """Find the columns by which two tables are joined.

    Parameters
    ----------
    left, right : DataFrame

    Returns
    -------
    JoinKey or None
        None where nothing names the rows of both.

    Examples
    --------
    >>> find_key(pd.DataFrame({"id": [1, 2], "p": [0.1, 0.9]}), pd.DataFrame({"id": [2, 1], "y": [1, 0]}))
    JoinKey(left=('id',), right=('id',))
    """
    one, two = profile_table(left), profile_table(right)
    folded = {name.casefold(): name for name in two}
    shared = [(name, folded[name.casefold()]) for name in one if name.casefold() in folded]
    shared = [(a, b) for a, b in shared if _may_be_key(one[a]) and _may_be_key(two[b])]
    shared.sort(key=lambda pair: (one[pair[0]].reading.role not in ("id", "image"), one[pair[0]].position))
    for count in (1, 2, 3):
        for pairs in combinations(shared[:8], count):
            names = tuple(a for a, _ in pairs), tuple(b for _, b in pairs)
            share, unique_left, unique_right = _overlap(
                key_values(left, names[0]), key_values(right, names[1])
            )
            if share >= _ENOUGH and (unique_left or unique_right):
                return JoinKey(*names)
    return _key_of_other_names(left, right, one, two)


def _key_of_other_names(
    left: pd.DataFrame, right: pd.DataFrame, one: dict[str, ColumnProfile], two: dict[str, ColumnProfile]
) -> JoinKey | None:
    """Columns called differently that hold the same names of rows; a mere count from 0 says nothing."""
    best: tuple[float, JoinKey] | None = None
    for a in one.values():
        for b in two.values():
            if not (_may_be_key(a) and _may_be_key(b) and a.kind == b.kind and (a.unique or b.unique)):
                continue
            if a.kind == "number" and "id" not in (a.reading.role, b.reading.role):
                continue
            share, unique_left, unique_right = _overlap(
                key_values(left, (a.name,)), key_values(right, (b.name,))
            )
            few = min(a.distinct, b.distinct) < min(3, len(left), len(right))
            if (
                share >= _NEARLY_ALL
                and (unique_left or unique_right)
                and not few
                and (best is None or share > best[0])
            ):
                best = share, JoinKey((a.name,), (b.name,))
    return best[1] if best else None


def positions_of(index: pd.DataFrame, other: pd.DataFrame) -> np.ndarray | None:
    """Read a one-column table as positions of rows in another; None where it is something else.

    Examples
    --------
    >>> positions_of(pd.DataFrame({"i": [2, 0]}), pd.DataFrame({"y": [5, 6, 7]})).tolist()
    [2, 0]
    """
    if index.shape[1] != 1 or not pd.api.types.is_integer_dtype(index.dtypes.iloc[0]):
        return None
    values = index.iloc[:, 0].to_numpy()
    distinct = np.unique(values).size == values.size
    inside = values.size > 0 and values.min() >= 0 and values.max() < len(other)
    return values if distinct and inside and values.size < len(other) else None
