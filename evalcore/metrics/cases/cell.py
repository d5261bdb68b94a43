"""The rows behind one cell of the confusion matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from evalcore.errors import InputError
from evalcore.predictions.binary import BinaryPredictions

__all__ = ["CASE_ORDERS", "CELL_WORDS", "Cases", "CellWords", "cases_behind"]

#: How cases can be ordered, in words.
CASE_ORDERS: Mapping[str, str] = MappingProxyType(
    {
        "furthest": "Furthest from the threshold first",
        "nearest": "Nearest to the threshold first",
        "file": "As in the file",
    }
)


@dataclass(frozen=True)
class CellWords:
    """What the cases of one cell of the matrix are called, wherever they are spoken of.

    Parameters
    ----------
    one, many : str
        The plain word, for one case and for several.
    technical : str
        The field's name for one case.
    """

    one: str
    many: str
    technical: str


#: The four cells in the one vocabulary of the product, in the order in which they are offered.
CELL_WORDS: Mapping[str, CellWords] = MappingProxyType(
    {
        "tp": CellWords("caught", "caught", "true positive"),
        "fp": CellWords("false alarm", "false alarms", "false positive"),
        "fn": CellWords("missed", "missed", "false negative"),
        "tn": CellWords("left alone", "left alone", "true negative"),
    }
)


@dataclass(frozen=True, eq=False)
class Cases:
    """Rows of the table that fall in one cell.

    Parameters
    ----------
    table : DataFrame
        All columns of the file; the index is the row's number in the file, from 1.
    total : int
        How many rows fall in the cell; `table` may hold fewer.
    """

    table: pd.DataFrame
    total: int


def cases_behind(
    predictions: BinaryPredictions,
    model: str,
    *,
    threshold: float,
    cell: str,
    order: str = "furthest",
    limit: int | None = None,
) -> Cases:
    """Return the rows that are true or false positives or negatives at a threshold.

    Parameters
    ----------
    predictions : BinaryPredictions
    model : str
        Whose scores decide.
    threshold : float
        A row is called positive when its score is at least this, compared in the score's own type.
    cell : {"tn", "fp", "fn", "tp"}
    order : {"furthest", "nearest", "file"}
        By the score's distance from the threshold, or as the file has them. Equal distances stay in the file's order.
    limit : int, optional
        At most so many rows; all are counted.

    Raises
    ------
    InputError
        `cell` or `order` is none of the above.

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"truth": [0, 1, 0, 1], "score": [0.9, 0.8, 0.6, 0.2]})
    >>> predictions = ec.open_predictions(table, truth="truth", score="score", positive="1").predictions
    >>> cases_behind(predictions, "score", threshold=0.5, cell="fp").table["score"].tolist()
    [0.9, 0.6]
    """
    if cell not in {"tn", "fp", "fn", "tp"}:
        raise InputError(f"cell must be tn, fp, fn or tp, got {cell}")
    if order not in CASE_ORDERS:
        raise InputError(f"order must be one of {', '.join(CASE_ORDERS)}, got {order}")
    scores = predictions.model(model)
    inside = (scores.called(threshold) == (cell[1] == "p")) & (
        (predictions.truth == 1) == (cell in {"tp", "fn"})
    )
    chosen = np.flatnonzero(inside)
    if order != "file":
        distance = np.abs(scores.values[chosen].astype(float) - threshold)
        chosen = chosen[np.argsort(-distance if order == "furthest" else distance, kind="stable")]
    positions = predictions.rows[chosen[:limit]]
    table = predictions.table.iloc[positions]
    table = table.set_axis(pd.Index(positions + 1, name="row"), axis="index")
    return Cases(table, int(inside.sum()))
