"""Groups of cases: those that share the value of a column, that lie in one range of its numbers, or both of two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.numbers import score
from evalcore.predictions.evaluation import Evaluation, Predictions

__all__ = [
    "MOST_VALUES",
    "RANGES",
    "Condition",
    "Grouping",
    "columns_to_slice",
    "grouping",
    "text_of",
    "values_of",
]

#: A column of more values than this parts the rows into hardly any cases each.
MOST_VALUES = 200
#: Numbers of more values than this are put into ranges.
_MOST_NUMBERS = 24
#: So many ranges, each with about as many cases.
RANGES = 4
#: Columns beyond so many are not offered: nobody reads a longer list.
_MOST_COLUMNS = 40
#: What a column that makes slices is not for.
_OTHER_ROLES = frozenset(
    {"truth", "score", "predicted label", "weight", "id", "image", "model", "epoch", "target"}
)

Positions = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Condition:
    """What a case must be like in one column.

    Parameters
    ----------
    column : str
    value : str or None
        As people read it; None where the cell is empty.
    is_range : bool
        Whether the value is a range of numbers, such as "30 to 44".

    Examples
    --------
    >>> Condition("site", "B").words, Condition("age", "70 or more", is_range=True).words, Condition("site", None).words
    ('site = B', 'age 70 or more', 'site is empty')
    """

    column: str
    value: str | None
    is_range: bool = False

    @property
    def words(self) -> str:
        """As sentences say it."""
        if self.value is None:
            return f"{self.column} is empty"
        return f"{self.column} {self.value}" if self.is_range else f"{self.column} = {self.value}"

    @property
    def text(self) -> str:
        """As a link says it."""
        column = re.sub(r"([\\=&])", r"\\\1", self.column)
        return column if self.value is None else column + "=" + re.sub(r"([\\&])", r"\\\1", self.value)


@dataclass(frozen=True, eq=False)
class Grouping:
    """All cases in groups.

    Parameters
    ----------
    columns : tuple of str
        One column, or two.
    groups : tuple of tuple of Condition
        What the cases of each group share: a condition for each column. Groups without a case are not among them.
    places : ndarray of intp, shape (n,)
        The group of each case.
    """

    columns: tuple[str, ...]
    groups: tuple[tuple[Condition, ...], ...]
    places: Positions

    def __len__(self) -> int:
        """Return the number of groups."""
        return len(self.groups)

    @property
    def words(self) -> tuple[str, ...]:
        """Each group as sentences say it."""
        return tuple(" and ".join(each.words for each in group) for group in self.groups)

    @property
    def texts(self) -> tuple[str, ...]:
        """Each group as a link says it: no two have the same."""
        return tuple(text_of(group) for group in self.groups)


def text_of(conditions: Sequence[Condition]) -> str:
    r"""Return what a link says of a slice.

    Examples
    --------
    >>> text_of([Condition("site", "R&D"), Condition("age", "70 or more", is_range=True)])
    'site=R\\&D&age=70 or more'
    """
    return "&".join(each.text for each in conditions)


def columns_to_slice(opened: Evaluation) -> tuple[str, ...]:
    """List the columns that part the cases: groups, split and fold, then what the figures did not need.

    Parameters
    ----------
    opened : Evaluation

    Returns
    -------
    tuple of str
        Columns of one value or of hundreds of texts are not among them.

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"y": [0, 1] * 30, "prob": [0.2, 0.9] * 30, "site": ["a", "b", "c"] * 20})
    >>> columns_to_slice(ec.open_predictions(table.assign(age=range(60), note=[f"n{i}" for i in range(60)] )))
    ('site', 'age', 'note')
    """
    roles = opened.roles
    used = {name for each in opened.decisions if each.role in _OTHER_ROLES for name in each.columns}
    used |= {roles.truth or "", roles.weight or "", roles.id or "", roles.image or "", *roles.scores}
    told = [*roles.groups, roles.split or "", roles.fold or ""]
    table = opened.table
    named = dict.fromkeys([*told, *(str(name) for name in table.columns)])
    found = []
    for name in named:
        if name in table.columns and (name in told or name not in used) and _parts(table[name]):
            found.append(name)
        if len(found) == _MOST_COLUMNS:
            break
    return tuple(found)


def grouping(predictions: Predictions, columns: str | Sequence[str]) -> Grouping:
    """Put all cases into groups by a column, or by two.

    Numbers of more than 24 values are put into four ranges of about as many rows each, by the whole table, so that
    a group stays the same whatever rows are looked at.

    Parameters
    ----------
    predictions : Predictions
    columns : str or sequence of str
        Of the predictions' table.

    Returns
    -------
    Grouping

    Raises
    ------
    ValueError
        Where no rows stand behind the figures.

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"y": [0, 1] * 30, "prob": [0.2, 0.9] * 30, "age": range(20, 80)})
    >>> found = grouping(ec.open_predictions(table).predictions, "age")
    >>> found.words, np.bincount(found.places).tolist()
    (('age below 35', 'age 35 to 49', 'age 50 to 64', 'age 65 or more'), [15, 15, 15, 15])
    """
    rows = predictions.case_rows
    if rows is None:
        raise ValueError("no rows stand behind these figures, so that they cannot be put into groups")
    names = (columns,) if isinstance(columns, str) else tuple(columns)
    parts = [_of_column(predictions.table[name], name, rows) for name in names]
    (groups, places), *more = parts
    whole: list[tuple[Condition, ...]] = [(each,) for each in groups]
    for others, finer in more:
        places = places * len(others) + finer
        whole = [(*group, each) for group in whole for each in others]
    there, places = np.unique(places, return_inverse=True)
    return Grouping(names, tuple(whole[place] for place in there.tolist()), places.astype(np.intp))


def values_of(cells: pd.Series) -> tuple[list[str | None], Positions]:
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


def _is_counted(cells: pd.Series) -> bool:
    """Whether the column holds numbers of so many values that they are put into ranges."""
    numbers = pd.api.types.is_numeric_dtype(cells.dtype) and not pd.api.types.is_bool_dtype(cells.dtype)
    return bool(numbers and cells.nunique() > _MOST_NUMBERS)


def _parts(cells: pd.Series) -> bool:
    try:
        distinct = cells.nunique(dropna=False)
    except TypeError:  # lists and images cannot be told apart
        return False
    return distinct >= 2 and (distinct <= MOST_VALUES or _is_counted(cells))


def _of_column(cells: pd.Series, name: str, rows: Positions) -> tuple[list[Condition], Positions]:
    if not _is_counted(cells):
        values, places = values_of(cells.iloc[rows])
        return [Condition(name, value) for value in values], places
    numbers = cells.to_numpy(dtype=np.float64, na_value=np.nan)
    edges = _edges(numbers[~np.isnan(numbers)])
    conditions = [Condition(name, words, is_range=True) for words in _range_words(edges, numbers)]
    here = numbers[rows]
    places = np.searchsorted(np.array(edges), here, side="right").astype(np.intp)
    if np.isnan(here).any():
        places[np.isnan(here)] = len(conditions)
        conditions.append(Condition(name, None))
    return conditions, places


def _edges(numbers: npt.NDArray[np.float64]) -> list[float]:
    """Where the ranges begin, but for the first: round numbers near the quartiles."""
    ordered = np.sort(numbers)
    slack = len(ordered) // (4 * RANGES)
    found = [float(ordered[0])]
    for part in range(1, RANGES):
        at = len(ordered) * part // RANGES
        ends = float(ordered[at - slack]), float(ordered[min(at + slack, len(ordered) - 1)])
        edge = _round_within(float(ordered[at]), *ends)
        if edge > found[-1]:
            found.append(edge)
    return found[1:]


def _round_within(value: float, low: float, high: float) -> float:
    """The value with the fewest digits that leave it within the ends."""
    for digits in range(1, 17):
        rounded = float(f"{value:.{digits}g}")
        if low <= rounded <= high:
            return rounded
    return value


def _range_words(edges: Sequence[float], numbers: npt.NDArray[np.float64]) -> list[str]:
    known = numbers[np.isfinite(numbers)]
    whole = bool((known == np.floor(known)).all()) and all(each == int(each) for each in edges)
    words = [f"below {score(edges[0])}"] if edges else ["of any size"]
    for low, high in pairwise(edges):
        if not whole:
            words.append(f"{score(low)} to below {score(high)}")
        else:
            words.append(score(low) if high == low + 1 else f"{score(low)} to {score(high - 1)}")
    return [*words, f"{score(edges[-1])} or more"] if edges else words


def _spelt(value: Any) -> str | None:
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value).strip() or None


def _in_order(name: str) -> tuple[bool, float, str]:
    try:
        return False, float(name), name
    except ValueError:
        return True, 0.0, name.casefold()
