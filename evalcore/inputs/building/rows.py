"""Which rows of a table are evaluated, and why the others are not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore import numbers
from evalcore.errors import InputError
from evalcore.inputs.building import messages
from evalcore.inputs.columns.spelling import encode_labels
from evalcore.inputs.plan import messages as plan_messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import Keep
from evalcore.predictions.evaluation import Omission
from evalcore.wording import say

__all__ = ["RowChoice", "keep_rows", "tell_blank"]

Bools = npt.NDArray[np.bool_]


class RowChoice:
    """Which rows are evaluated; each that is not has one reason, the first that was found.

    Examples
    --------
    >>> rows = RowChoice(3)
    >>> rows.leave_out(np.array([False, True, False]), "no truth")
    >>> rows.positions.tolist(), rows.omitted[0].count, rows.omitted[0].rows
    ([0, 2], 1, (2,))
    """

    def __init__(self, rows: int) -> None:
        self.kept: Bools = np.ones(rows, dtype=bool)
        self.omitted: list[Omission] = []

    def leave_out(self, which: Bools, reason: str) -> None:
        """Leave rows out, with the reason in words."""
        fresh = np.flatnonzero(which & self.kept)
        if fresh.size:
            self.omitted.append(Omission(reason, int(fresh.size), tuple(int(row) + 1 for row in fresh[:5])))
            self.kept[fresh] = False

    @property
    def positions(self) -> npt.NDArray[np.intp]:
        """Positions of the rows that are kept."""
        return np.flatnonzero(self.kept)

    def require_some(self) -> None:
        """Refuse when no row is left.

        Raises
        ------
        InputError
        """
        if not self.kept.any():
            reasons = "; ".join(f"{each.count} rows: {each.reason}" for each in self.omitted)
            raise InputError(say(messages.NO_ROWS_LEFT, reasons=reasons))


def keep_rows(table: pd.DataFrame, keep: tuple[Keep, ...], rows: RowChoice) -> None:
    """Leave out the rows that were not chosen (of another epoch, fold or split).

    Raises
    ------
    InputError
        Where the value does not occur.
    """
    for each in keep:
        codes = encode_labels(table[each.column])
        place = codes.position(each.value)
        if place < 0:
            text = say(
                plan_messages.NO_SUCH_VALUE, column=each.column, value=each.value, labels=list(codes.labels)
            )
            raise InputError(text)
        reason = say(messages.NOT_CHOSEN, column=each.column, value=each.value)
        rows.leave_out(codes.codes != place, reason)


def tell_blank(rows: RowChoice, column: str, right: int, findings: Findings) -> None:
    """Say what rows without a decision would make of the accuracy, if they counted as wrong.

    Parameters
    ----------
    rows : RowChoice
        All rows that are left out are in it.
    column : str
        The decisions.
    right : int
        Kept rows whose decision is right.
    findings : Findings
        Gets the warning, where there are such rows.
    """
    reason = say(messages.MISSING_LABEL, column=column)
    blank = sum(each.count for each in rows.omitted if each.reason == reason)
    left = int(rows.kept.sum())
    if blank and left:
        shares = {"share": numbers.share(right / left), "other": numbers.share(right / (left + blank))}
        findings.warn(say(messages.BLANK_DECISIONS, column=column, count=blank, **shares))
