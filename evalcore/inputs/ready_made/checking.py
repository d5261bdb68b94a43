"""Counts are checked when a table is opened: blank, negative, all zero, or shares instead of counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.columns.profile import as_numbers
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.ready_made import messages
from evalcore.wording import say

__all__ = ["counts_of_shares", "read_counts", "share_kind"]

Cells = npt.NDArray[np.float64]
_SLACK = 0.006  # shares of two decimals add up to 1 within this for each of a few classes
_WHOLE = 1e-9


def read_counts(table: pd.DataFrame, columns: Sequence[str], findings: Findings) -> Cells:
    """Read columns of counts: a blank cell is 0 and told, a negative one is refused.

    Returns
    -------
    ndarray, shape (rows, columns)

    Raises
    ------
    InputError
        Names the column and the row of a count that is negative or infinite.

    Examples
    --------
    >>> findings = Findings()
    >>> read_counts(pd.DataFrame({"n": [3.0, None]}), ["n"], findings).tolist(), len(findings.warnings)
    ([[3.0], [0.0]], 1)
    """
    counts = np.column_stack([as_numbers(table[name]) for name in columns])
    wrong = np.argwhere((counts < 0) | np.isinf(counts))
    if len(wrong):
        row, place = wrong[0].tolist()
        value = f"{counts[row, place]:g}"
        raise InputError(say(messages.COUNT_NEGATIVE, column=columns[place], row=row + 1, value=value))
    blank = np.argwhere(np.isnan(counts))
    if len(blank):
        row, place = blank[0].tolist()
        findings.warn(say(messages.COUNT_BLANK, count=len(blank), column=columns[place], row=row + 1))
    return np.asarray(np.nan_to_num(counts), dtype=np.float64)


def share_kind(cells: Cells) -> str:
    """Tell whether the cells of a matrix are shares: of each actual class, of each predicted one, or of all cases.

    Returns
    -------
    "rows", "columns", "all", or "" where they are counts

    Examples
    --------
    >>> share_kind(np.array([[0.75, 0.25], [0.5, 0.5]])), share_kind(np.array([[3.0, 1.0], [0.0, 2.0]]))
    ('rows', '')
    """
    if (np.abs(cells - np.round(cells)) < _WHOLE).all() and cells.max(initial=0) != 100:
        return ""
    for whole in (1.0, 100.0):
        slack = _SLACK * whole * len(cells)
        for name, sums in (("rows", cells.sum(axis=1)), ("columns", cells.sum(axis=0)), ("all", cells.sum())):
            filled = np.atleast_1d(sums)[np.atleast_1d(sums) > 0]
            if filled.size and (np.abs(filled - whole) <= slack).all():
                return name
    return ""


def counts_of_shares(cells: Cells, sizes: Cells | None, findings: Findings) -> Cells:
    """Give counts as they are; make counts of shares where the size of each class stands beside them.

    Raises
    ------
    InputError
        Where the cells are shares and nothing tells the sizes.

    Examples
    --------
    >>> counts_of_shares(np.array([[0.75, 0.25], [0.5, 0.5]]), np.array([8.0, 2.0]), Findings()).tolist()
    [[6.0, 2.0], [1.0, 1.0]]
    """
    kind = share_kind(cells)
    if not kind:
        return cells
    if sizes is None or kind == "all":
        raise InputError(say(messages.COUNTS_ARE_SHARES, how=messages.SHARES_OF[kind]))
    findings.warn(say(messages.SHARES_TIMES, how=messages.SHARES_OF[kind]))
    total = cells.sum(axis=1 if kind == "rows" else 0)
    scale = sizes / np.where(total > 0, total, 1)
    return np.asarray(np.round(cells * (scale[:, None] if kind == "rows" else scale[None, :])))
