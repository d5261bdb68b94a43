"""Lists in a cell: `["cat", "dog"]`, `cat|dog`, `[1, 0, 1]` and `[0.2, 0.9, 0.4]`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.spelling import spell

__all__ = [
    "expand_number_lists",
    "label_sets",
    "list_separator",
    "number_lists",
    "parse_list",
    "single_items",
]

_MOST_PLACES = 1100
_HEAD = 100
_SEVERAL = object()

_ITEM = re.compile(r"""'([^']*)'|"([^"]*)"|([^,\s\[\](){}][^,\[\](){}]*)""")


def parse_list(cell: Any, separator: str = "") -> list[str] | None:
    """Read one cell as a list of texts; None where it is missing.

    Examples
    --------
    >>> parse_list("['cat', 'dog']"), parse_list("cat|dog", "|"), parse_list("[]")
    (['cat', 'dog'], ['cat', 'dog'], [])
    """
    if isinstance(cell, (list, tuple, np.ndarray)):
        return [spell(each) for each in cell]
    if cell is None or (isinstance(cell, float) and np.isnan(cell)):
        return None
    text = str(cell).strip()
    if text[:1] in "[({" and text[-1:] in "])}":
        try:
            read = json.loads(text)
        except (ValueError, RecursionError):  # lists in lists without end
            return [
                (a or b or c).strip()
                for a, b, c in _ITEM.findall(
                    text[1:-1].replace(" ", ", ") if "," not in text and "'" not in text else text[1:-1]
                )
            ]
        return [spell(each) for each in read] if isinstance(read, list) else None
    return [part.strip() for part in text.split(separator) if part.strip()] if separator else [text]


def single_items(table: pd.DataFrame, names: Sequence[str]) -> dict[str, pd.Series]:
    """Take what stands in lists of one (`["cat"]`, `[["cat"]]`) out of them, where no list of the table holds more.

    Examples
    --------
    >>> table = pd.DataFrame({"a": ["['cat']", "['dog']"], "b": [[["cat"]], [["cat"]]], "c": [["x", "y"], ["x"]]})
    >>> {name: each.tolist() for name, each in single_items(table, ["a", "b"]).items()}
    {'a': ['cat', 'dog'], 'b': ['cat', 'cat']}
    >>> single_items(table, ["a", "b", "c"])
    {}
    """
    found: dict[str, pd.Series] = {}
    for head in (table.iloc[:_HEAD], table):  # most tables are known by their first rows
        for name in names:
            items = [_single(cell) for cell in head[name]]
            if any(each is _SEVERAL for each in items):
                return {}
            column = pd.Series(items, index=head.index, name=name)
            numbers = pd.to_numeric(column, errors="coerce")
            found[name] = column if numbers.isna().sum() > column.isna().sum() else numbers
    return found


def _single(cell: Any) -> Any:
    """The item of a list of one; `_SEVERAL` for any other list."""
    if isinstance(cell, str):
        try:
            cell = json.loads(cell)
        except (ValueError, RecursionError):
            cell = parse_list(cell)
    if not isinstance(cell, (list, tuple, np.ndarray)):
        return None if pd.api.types.is_scalar(cell) and pd.isna(cell) else _SEVERAL
    if len(cell) != 1:
        return _SEVERAL
    item = cell[0]
    if isinstance(item, (list, tuple, np.ndarray)):
        return _single(item)
    return _SEVERAL if isinstance(item, dict) else item


def list_separator(sample: pd.Series) -> str:
    """Find the sign that separates labels in cells without brackets; empty where there is none.

    Examples
    --------
    >>> list_separator(pd.Series(["cat|dog", "cat", "dog|cat"]))
    '|'
    """
    texts = sample.astype(str)
    for sign in ("|", ";", ","):
        if not texts.str.contains(sign, regex=False).any():
            continue
        parts = [part.strip() for text in texts for part in text.split(sign) if part.strip()]
        whole = texts.nunique()
        if len(set(parts)) < whole and max(map(len, parts), default=99) <= 40:
            return sign
    return ""


def label_sets(
    columns: Sequence[pd.Series], separators: Sequence[str]
) -> tuple[tuple[str, ...], list[npt.NDArray[np.float64]]]:
    """Read columns of lists as 0/1 tables over the labels that occur in any of them.

    Lists of only 0 and 1, all of one length, are such tables already.

    Returns
    -------
    tuple of (labels, list of ndarray, shape (n, L))
        nan in rows where the cell is missing.

    Examples
    --------
    >>> labels, tables = label_sets([pd.Series(["a|b", "a"])], ["|"])
    >>> labels, tables[0].tolist()
    (('a', 'b'), [[1.0, 1.0], [1.0, 0.0]])
    """
    read = [
        [parse_list(cell, separator) for cell in column]
        for column, separator in zip(columns, separators, strict=True)
    ]
    flags = [_flags(each) for each in read]
    if (
        all(each is not None for each in flags)
        and len({each.shape[1] for each in flags if each is not None}) == 1
    ):
        tables = [each for each in flags if each is not None]
        return tuple(str(i) for i in range(tables[0].shape[1])), tables
    labels = tuple(sorted({label for column in read for cell in column if cell for label in cell}))
    place = {label: i for i, label in enumerate(labels)}
    tables = []
    for column in read:
        table = np.zeros((len(column), len(labels)))
        for row, cell in enumerate(column):
            if cell is None:
                table[row] = np.nan
            else:
                table[row, [place[label] for label in cell]] = 1
        tables.append(table)
    return labels, tables


def _flags(column: list[list[str] | None]) -> npt.NDArray[np.float64] | None:
    lengths = {len(cell) for cell in column if cell is not None}
    if (
        len(lengths) != 1
        or 0 in lengths
        or not all(set(cell) <= {"0", "1"} for cell in column if cell is not None)
    ):
        return None
    width = lengths.pop()
    return np.array(
        [[float(each) for each in cell] if cell is not None else [np.nan] * width for cell in column]
    )


def number_lists(column: pd.Series, width: int) -> npt.NDArray[np.float64] | None:
    """Read a column of lists of numbers; None where they are not all of the given length.

    Examples
    --------
    >>> number_lists(pd.Series(["[0.5, 0.25]", None]), 2).tolist()
    [[0.5, 0.25], [nan, nan]]
    """
    rows = []
    for cell in column:
        read = parse_list(cell)
        if read is None:
            rows.append([np.nan] * width)
            continue
        try:
            numbers = [float(each) for each in read]
        except ValueError:
            return None
        if len(numbers) != width:
            return None
        rows.append(numbers)
    return np.array(rows, dtype=np.float64)


def expand_number_lists(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Give lists of numbers a column for each place: `probs` becomes `probs_0`, `probs_1`, ...

    Parameters
    ----------
    table : DataFrame
    names : sequence of str
        Columns of lists; one whose lists are not all numbers, or differ in length, stays as it is.

    Returns
    -------
    DataFrame

    Examples
    --------
    >>> expand_number_lists(pd.DataFrame({"p": ["[0.25, 0.75]"]}), ["p"])["p_1"].tolist()
    [0.75]
    """
    added: dict[str, npt.NDArray[np.float64]] = {}
    for name in names:
        first = next((parse_list(cell) for cell in table[name] if parse_list(cell)), None)
        numbers = number_lists(table[name], len(first)) if first and len(first) <= _MOST_PLACES else None
        if numbers is not None:
            places = range(numbers.shape[1])
            added |= {f"{name}_{i}" if len(places) > 1 else f"{name}_value": numbers[:, i] for i in places}
    fresh = {name: values for name, values in added.items() if name not in table.columns}
    return pd.concat([table, pd.DataFrame(fresh, index=table.index)], axis=1) if fresh else table
