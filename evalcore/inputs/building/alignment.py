"""Models that stand below each other: which rows of the table are the same case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.building import messages
from evalcore.inputs.building.rows import RowChoice
from evalcore.inputs.columns.spelling import encode_labels
from evalcore.inputs.plan.layouts import LongLayout
from evalcore.wording import say

__all__ = ["View", "align"]

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class View:
    """One model's rows.

    Parameters
    ----------
    name : str
        The model's label; empty where the whole table is of one model.
    rows : ndarray of intp, shape (n,)
        Positions in the table: case i is in row `rows[i]`, in every view.
    """

    name: str
    rows: Rows


def _case_codes(table: pd.DataFrame, long: LongLayout, model: Rows) -> Rows:
    """Number the cases: by the columns that name them, else by their order within each model."""
    if not long.unit:
        return np.asarray(pd.Series(model).groupby(model).cumcount().to_numpy(), dtype=np.intp)
    codes = np.zeros(len(table), dtype=np.int64)
    for column in long.unit:
        found, uniques = pd.factorize(table[column])
        codes = codes * (len(uniques) + 1) + found + 1
    return np.asarray(pd.factorize(codes)[0], dtype=np.intp)


def align(table: pd.DataFrame, long: LongLayout | None, rows: RowChoice) -> tuple[View, ...]:
    """Line up the rows that are kept: one view for each model.

    Parameters
    ----------
    table : DataFrame
    long : LongLayout or None
        None where each row is a case of its own.
    rows : RowChoice
        Gets the rows that have no partner in another model.

    Returns
    -------
    tuple of View

    Examples
    --------
    >>> table = pd.DataFrame({"model": ["a", "a", "b", "b"], "id": [1, 2, 2, 1]})
    >>> [view.rows.tolist() for view in align(table, LongLayout("model", ("id",)), RowChoice(4))]
    [[0, 1], [3, 2]]
    """
    if long is None:
        return (View("", rows.positions),)
    codes = encode_labels(table[long.model])
    rows.leave_out(codes.codes < 0, say(messages.NO_MODEL, column=long.model))
    rows.require_some()
    cases = _case_codes(table, long, codes.codes)
    kept = rows.positions
    names = [codes.labels[place] for place in pd.unique(codes.codes[kept]).tolist()]
    places = [np.full(int(cases.max()) + 1, -1, dtype=np.intp) for _ in names]
    for place, name in zip(places, names, strict=True):
        mine = kept[codes.codes[kept] == codes.labels.index(name)]
        place[cases[mine]] = mine
    grid = np.stack(places)
    complete: npt.NDArray[np.bool_] = np.all(grid >= 0, axis=0)
    partnered = complete[cases]
    rows.leave_out(~partnered, say(messages.NOT_IN_EVERY_MODEL, column=long.model))
    order = np.argsort(grid[0, complete], kind="stable")
    return tuple(View(long.prefix + name, grid[i, complete][order]) for i, name in enumerate(names))
