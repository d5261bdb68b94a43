"""An evaluation within a slice: the same table and roles, and only the cases that share a column's value."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.predictions.evaluation import Evaluation

__all__ = ["Slice", "slices_of", "whole_fingerprint", "within"]

#: A column of more values than this parts the rows into hardly any cases each.
MOST_VALUES = 200

_MARK = "/within "
_MARKED = re.compile(rf"{_MARK}[0-9a-f]{{16}}")

Positions = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Slice:
    r"""The cases that share a value of a column.

    Parameters
    ----------
    column : str
    value : str or None
        As people read it; None where the cell is empty.
    role : {"group", "fold", "split"}
        What the column was recognised as.
    count : int
        How many cases there are.

    Examples
    --------
    >>> Slice("site", "B", "group", 12).words, Slice("a=b", "c", "fold", 3).text
    ('site = B', 'a\\=b=c')
    """

    column: str
    value: str | None
    role: str
    count: int

    @property
    def words(self) -> str:
        """As sentences say it."""
        return f"{self.column} is empty" if self.value is None else f"{self.column} = {self.value}"

    @property
    def text(self) -> str:
        """As a link says it: no two slices have the same."""
        column = self.column.replace("\\", "\\\\").replace("=", "\\=")
        return column if self.value is None else f"{column}={self.value}"

    @property
    def digest(self) -> str:
        """A short text for a fingerprint."""
        return hashlib.blake2s(self.text.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def slices_of(opened: Evaluation) -> tuple[Slice, ...]:
    """List the slices of an evaluation: of its groups, then of its split, then of its folds.

    Parameters
    ----------
    opened : Evaluation

    Returns
    -------
    tuple of Slice
        None where no rows stand behind the figures, and of no column that all cases share or that has hundreds of
        values.

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"label": [0, 1, 1, 0] * 5, "prob": [0.2, 0.9, 0.4, 0.5] * 5, "fold": [1, 1, 2, 2] * 5})
    >>> [(each.words, each.count) for each in slices_of(ec.open_predictions(table))]
    [('fold = 1', 10), ('fold = 2', 10)]
    """
    rows = opened.predictions.case_rows
    if rows is None or len(rows) > len(
        opened.table
    ):  # counts of several classes have cases, and no rows for them
        return ()
    found: list[Slice] = []
    for column, role in _columns(opened):
        names, codes = _values(opened.table[column].iloc[rows])
        if 2 <= len(names) <= MOST_VALUES:
            counts = np.bincount(codes, minlength=len(names))
            found += [
                Slice(column, name, role, int(count)) for name, count in zip(names, counts, strict=True)
            ]
    return tuple(found)


def within(opened: Evaluation, chosen: Slice) -> Evaluation:
    """Return the evaluation of the cases in a slice alone.

    The table stays whole, so that rows keep their numbers; thresholds that a model starts with stay as they were
    for all rows. What was left out of the whole file stays told as it was.

    Parameters
    ----------
    opened : Evaluation
    chosen : Slice
        One of `slices_of`.

    Returns
    -------
    Evaluation

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"label": [0, 1, 1, 0] * 5, "prob": [0.2, 0.9, 0.4, 0.5] * 5, "fold": [1, 1, 2, 2] * 5})
    >>> opened = ec.open_predictions(table)
    >>> within(opened, slices_of(opened)[1]).predictions.rows[:3].tolist()
    [2, 3, 6]
    """
    rows = opened.predictions.case_rows
    if rows is None:
        raise ValueError(f"no rows stand behind {opened.title!r}")
    names, codes = _values(opened.table[chosen.column].iloc[rows])
    inside = np.flatnonzero(codes == names.index(chosen.value)).astype(np.intp)
    return replace(
        opened,
        predictions=opened.predictions.taking(inside),
        fingerprint=f"{opened.fingerprint}{_MARK}{chosen.digest}",
        title=f"{opened.title} (within {chosen.words})",
        within=chosen.words,
    )


def whole_fingerprint(fingerprint: str) -> str:
    """Return the fingerprint of what a slice was taken from; another one as it is.

    Examples
    --------
    >>> whole_fingerprint("ab12/within 0123456789abcdef/cat")
    'ab12/cat'
    """
    return _MARKED.sub("", fingerprint)


def _columns(opened: Evaluation) -> list[tuple[str, str]]:
    roles = opened.roles
    named = [*((name, "group") for name in roles.groups), (roles.split, "split"), (roles.fold, "fold")]
    there = set(map(str, opened.table.columns))
    return list(dict.fromkeys((name, role) for name, role in named if name is not None and name in there))


def _values(cells: pd.Series) -> tuple[list[str | None], Positions]:
    """Return the values of a column as people read them, in order, and the place of each cell's value among them."""
    codes, values = pd.factorize(cells, use_na_sentinel=True)
    spelt = [_spelt(value) for value in values]
    names: list[str | None] = [*sorted({name for name in spelt if name is not None}, key=_in_order)]
    if None in spelt or (codes < 0).any():
        names.append(None)
    place = {name: position for position, name in enumerate(names)}
    # What is not there has the code -1: the last of these.
    places = np.array([*(place[name] for name in spelt), place.get(None, 0)], dtype=np.intp)
    return names, places[codes]


def _spelt(value: Any) -> str | None:
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value).strip() or None


def _in_order(name: str) -> tuple[bool, float, str]:
    try:
        return False, float(name), name
    except ValueError:
        return True, 0.0, name.casefold()
