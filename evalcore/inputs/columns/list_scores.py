"""Cells that hold a score for each class: given a column for each, called after the class where it is told.

Three shapes: `[0.2, 0.8]`; `[{"label": "no", "score": 0.2}, ...]`; and two lists side by side, of names and
of numbers (`classes`, `scores`), in an order that may differ from row to row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.lists import expand_number_lists, number_lists, parse_list
from evalcore.inputs.columns.spelling import spell
from evalcore.inputs.reading.values.cells import is_float

__all__ = ["expand_lists"]

_MOST_CLASSES = 1100
_PLACED = re.compile(r"(.+?)[._](\d+)")
Grid = npt.NDArray[np.float64]


def expand_lists(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Give lists of scores a column for each class.

    Parameters
    ----------
    table : DataFrame
    names : sequence of str
        Columns of lists; one whose lists are no scores of classes stays as it is.

    Returns
    -------
    DataFrame
        With the columns added; numbered columns that a list of names explains are called after the names.

    Examples
    --------
    >>> table = pd.DataFrame({"classes": ['["no", "yes"]', '["yes", "no"]'], "scores": ["[0.25, 0.75]", "[1, 0]"]})
    >>> expand_lists(table, ["classes", "scores"])["scores.yes"].tolist()
    [0.75, 1.0]
    """
    added: dict[str, Grid] = {}
    dropped: list[str] = []
    plain = list(names)
    for name in names:
        told = _told(table[name])
        if told is not None:
            added |= {f"{name}.{label}": values for label, values in told.items()}
            plain.remove(name)
    for name in list(plain):
        classes = _names(table[name])
        found = (
            None
            if classes is None
            else _partner(table, name, classes, [each for each in plain if each != name])
        )
        if classes is not None and found is not None:
            partner, numbers, used = found
            added |= {f"{partner}.{label}": values for label, values in _by_name(classes, numbers).items()}
            dropped += used
            plain = [each for each in plain if each not in (name, partner)]
    table = expand_number_lists(table.drop(columns=dropped), plain)
    fresh = {name: values for name, values in added.items() if name not in table.columns}
    return pd.concat([table, pd.DataFrame(fresh, index=table.index)], axis=1) if fresh else table


def _loaded(cell: Any) -> Any:
    """What a cell holds: a list, None where it is missing, or what else it is."""
    if isinstance(cell, str):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):  # lists in lists without end
            return cell
    if isinstance(cell, (list, tuple, np.ndarray)):
        return list(cell)
    return None


def _told(column: pd.Series) -> dict[str, Grid] | None:
    """Lists of two-part records, a name and a number in each: the numbers by name."""
    first = next((each for each in map(_loaded, column.iloc[:50]) if each is not None), None)
    keys = _keys(first)
    if keys is None:
        return None
    label, score = keys
    rows: list[dict[str, float]] = []
    for cell in map(_loaded, column):
        if cell is None:
            rows.append({})
            continue
        if not isinstance(cell, list) or any(
            not isinstance(each, Mapping) or each.keys() != {label, score} for each in cell
        ):
            return None
        rows.append({spell(each[label]): float(each[score]) for each in cell})
    return _columns(rows)


def _keys(cell: Any) -> tuple[str, str] | None:
    """Which of the two keys of each record is the name, and which the number."""
    if not isinstance(cell, list) or not cell or not isinstance(cell[0], Mapping) or len(cell[0]) != 2:
        return None
    numbers = [key for key, value in cell[0].items() if isinstance(value, float)]
    if len(numbers) != 1:
        return None
    return next(key for key in cell[0] if key != numbers[0]), numbers[0]


def _columns(rows: Sequence[Mapping[str, float]]) -> dict[str, Grid] | None:
    labels = list(dict.fromkeys(label for row in rows for label in row))
    if not 2 <= len(labels) <= _MOST_CLASSES:
        return None
    return {label: np.array([row.get(label, np.nan) for row in rows]) for label in labels}


def _names(column: pd.Series) -> list[list[str]] | None:
    """Lists of names, all different within a cell and few over all; None where it holds anything else."""
    lists = [parse_list(cell) for cell in column]
    if any(each is None or len(each) < 2 or len(set(each)) < len(each) for each in lists):
        return None
    known = [each for each in lists if each is not None]
    labels = {label for each in known for label in each}
    if len(labels) > max(_MOST_CLASSES, 0) or len({len(each) for each in known}) > 1:
        return None
    return None if any(is_float(label) for label in labels if "." in label) else known


def _partner(
    table: pd.DataFrame, name: str, classes: list[list[str]], lists: Sequence[str]
) -> tuple[str, Grid, list[str]] | None:
    """The numbers that go with the names: a column of lists as long, or as many numbered columns."""
    width = len(classes[0])
    for other in lists:
        numbers = number_lists(table[other], width)
        if numbers is not None and not np.isin(numbers[~np.isnan(numbers)], (0, 1)).all():
            return other, numbers, []
    families: dict[str, list[str]] = {}
    for column in table.columns:
        found = _PLACED.fullmatch(str(column))
        # not the list's own numbers, expanded when the table was opened before
        if found and found.group(1) != name and pd.api.types.is_float_dtype(table[column].dtype):
            families.setdefault(found.group(1), []).append(column)
    beside = name.rpartition(".")[0]
    for family, columns in families.items():
        if len(columns) == width and family.rpartition(".")[0] == beside:
            return family, table[columns].to_numpy(dtype=np.float64), columns
    return None


def _by_name(classes: list[list[str]], numbers: Grid) -> dict[str, Grid]:
    labels = list(dict.fromkeys(label for row in classes for label in row))
    place = {label: i for i, label in enumerate(labels)}
    grid = np.full((len(classes), len(labels)), np.nan)
    rows = np.arange(len(classes))[:, None]
    grid[rows, np.array([[place[label] for label in row] for row in classes])] = numbers
    return {label: grid[:, i] for label, i in place.items()}
