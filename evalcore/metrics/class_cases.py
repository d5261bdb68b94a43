"""The rows behind one cell of the matrix of several classes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.task_types import ClassPredictions
from evalcore.metrics.cases import Cases

__all__ = ["class_cases"]


def class_cases(
    predictions: ClassPredictions, model: str, *, actual: str, called: str, limit: int | None = None
) -> Cases:
    """Return the rows of one class that were called some class, the surest calls first.

    Parameters
    ----------
    predictions : ClassPredictions
    model : str
        Whose decisions count. Where it has no scores, rows stay in the file's order.
    actual, called : str
        Two of the classes; the same twice for the right calls.
    limit : int, optional
        At most so many rows; all are counted.

    Raises
    ------
    InputError
        Where there is no such class.

    Examples
    --------
    >>> from evalcore.inputs.task_types import ClassModel
    >>> table = pd.DataFrame({"truth": ["ant", "ant", "bee"], "said": ["ant", "bee", "bee"]})
    >>> two = ClassPredictions(np.array([0, 0, 1]), ("ant", "bee"),
    ...     (ClassModel("m", np.array([0, 1, 1]), None, "hard_label"),), table, np.arange(3))
    >>> class_cases(two, "m", actual="ant", called="bee").table.index.tolist()
    [2]
    """
    for name in (actual, called):
        if name not in predictions.classes:
            raise InputError(f"there is no class {name!r}")
    found, place = predictions.model(model), predictions.classes.index(called)
    inside = (predictions.truth == predictions.classes.index(actual)) & (found.labels == place)
    chosen = np.flatnonzero(inside)
    sure = found.confidence if found.probabilities is None else found.probabilities[:, place]
    if sure is not None:
        chosen = chosen[np.argsort(-sure[chosen].astype(float), kind="stable")]
    positions = predictions.rows[chosen[:limit]]
    table = predictions.table.iloc[positions]
    return Cases(table.set_axis(pd.Index(positions + 1, name="row"), axis="index"), int(inside.sum()))
