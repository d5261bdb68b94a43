"""Every row with its score and what is decided for it: a table to hand on."""

from __future__ import annotations

from collections.abc import Hashable

import pandas as pd

from evalcore.predictions.binary import BinaryPredictions

__all__ = ["decided_rows"]


def decided_rows(predictions: BinaryPredictions, model: str, threshold: float) -> pd.DataFrame:
    """Return the rows that are evaluated as they were read, with a model's score and the class that it calls.

    Written by `evalcore.sharing.csv_text.as_csv`, no text in it is a formula.

    Parameters
    ----------
    predictions : BinaryPredictions
    model : str
    threshold : float
        A row is called positive when its score is at least this.

    Returns
    -------
    DataFrame
        The table's columns, then "score" and "decision"; these have a longer name where the table has them already.

    Examples
    --------
    >>> import evalcore as ec
    >>> opened = ec.open_predictions(pd.DataFrame({"label": ["no", "yes"], "prob": [0.2, 0.9]}), positive="yes")
    >>> decided_rows(opened.predictions, "prob", 0.5)[["score", "decision"]].to_numpy().tolist()
    [[0.2, 'no'], [0.9, 'yes']]
    """
    scores = predictions.model(model)
    table = predictions.table.iloc[predictions.rows].copy()
    called = scores.called(threshold)
    table[_free("score", table)] = scores.values
    table[_free("decision", table)] = [
        predictions.positive if each else predictions.negative for each in called
    ]
    return table


def _free(name: str, table: pd.DataFrame) -> Hashable:
    while name in table.columns:
        name = f"{name} by Operating Point"
    return name
