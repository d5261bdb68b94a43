"""The cases behind the cells of the matrix of several classes, whoever decided."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.cases.ranking import CaseRanking
from evalcore.predictions.classes import ClassPredictions

__all__ = ["class_cases", "surest_in_cell"]


def class_cases(
    predictions: ClassPredictions, model: str, *, labels: npt.NDArray[np.intp] | None = None
) -> CaseRanking:
    """Rank cases by how sure their call is, without looking at the other classes' scores.

    Parameters
    ----------
    predictions : ClassPredictions
    model : str
    labels : ndarray of intp, shape (n,), optional
        What was decided, where not by the model itself; -1 for nothing.

    Returns
    -------
    CaseRanking
        Where the model has no scores all calls rank alike.

    Examples
    --------
    >>> from evalcore.predictions.classes import ClassModel
    >>> import pandas as pd
    >>> said = np.array([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]])
    >>> model = ClassModel("m", said.argmax(axis=1), said, "probability")
    >>> three = ClassPredictions(np.array([0, 2]), ("a", "b", "c"), (model,), pd.DataFrame(), np.arange(2))
    >>> class_cases(three, "m").score.tolist()
    [0.5, 0.75]
    """
    found = predictions.model(model)
    called = found.labels.astype(np.intp) if labels is None else labels
    actual = predictions.truth.astype(np.intp)
    score = np.full(len(actual), np.nan)
    if found.probabilities is not None:
        score = np.take_along_axis(found.probabilities, called[:, None], axis=1)[:, 0].astype(np.float64)
    elif found.confidence is not None:
        score = found.confidence.astype(np.float64)
    sure = np.ones(len(actual))
    if np.isfinite(score).any():
        # Above 0 whatever the unit of the scores: the sign says whether the call is right.
        sure = np.nan_to_num(score - np.nanmin(score[np.isfinite(score)]), posinf=np.inf, neginf=0.0) + 1.0
    return CaseRanking(actual, called, predictions.classes, score, np.where(called == actual, sure, -sure))


def surest_in_cell(ranking: CaseRanking, *, actual: str, called: str) -> npt.NDArray[np.intp]:
    """Return the cases of one class that were called some class, the surest calls first.

    Parameters
    ----------
    ranking : CaseRanking
        From `class_cases`.
    actual, called : str
        Two of the classes; the same twice for the right calls.

    Raises
    ------
    InputError
        Where there is no such class.

    Examples
    --------
    >>> two = CaseRanking(np.array([0, 0, 1]), np.array([1, 1, 1]), ("a", "b"),
    ...     np.array([0.6, 0.9, 0.7]), np.array([-0.6, -0.9, 0.7]))
    >>> surest_in_cell(two, actual="a", called="b").tolist()
    [1, 0]
    """
    for name in (actual, called):
        if name not in ranking.classes:
            raise InputError(f"there is no class {name!r}")
    inside = ranking.cell(actual=ranking.classes.index(actual), called=ranking.classes.index(called))
    return ranking.ordered(inside, "most_right" if actual == called else "most_wrong")
