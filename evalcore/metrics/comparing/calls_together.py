"""How alike several models call the same cases: who agrees with whom, whose errors are shared, who is right alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.comparing.influence import weighted_sum
from evalcore.predictions.evaluation import FloatArray

__all__ = ["CallsTogether", "calls_together"]

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CallsTogether:
    """The calls of m models, two by two and all at once.

    Parameters
    ----------
    models : tuple of str
    same : ndarray, shape (m, m)
        Share of the cases that two call alike.
    kappa : ndarray, shape (m, m)
        Cohen's: that share, with what chance gives taken off; nan where both call all cases the same way.
    shared_errors : ndarray, shape (m, m)
        Of the errors of the row's model the share that the column's makes too; nan where there is none.
    alone : mapping of str to ndarray of intp
        Positions of the cases that only this model calls rightly.
    nobody, everybody : ndarray of intp
        Those that no model calls rightly, and those that all do.

    References
    ----------
    Cohen (1960), Educ. Psychol. Meas. 20, 37-46, doi:10.1177/001316446002000104.
    """

    models: tuple[str, ...]
    same: Matrix
    kappa: Matrix
    shared_errors: Matrix
    alone: Mapping[str, npt.NDArray[np.intp]]
    nobody: npt.NDArray[np.intp]
    everybody: npt.NDArray[np.intp]


def calls_together(
    truth: npt.NDArray[Any],
    called: Mapping[str, npt.NDArray[np.bool_]],
    *,
    weights: FloatArray | None = None,
) -> CallsTogether:
    """Say how alike models call the same cases.

    Parameters
    ----------
    truth : ndarray of 0 and 1, shape (n,)
    called : mapping of str to ndarray of bool, shape (n,)
        What each model calls positive.
    weights : ndarray, shape (n,), optional
        Of the shares; cases that are listed are listed whatever their weight.

    Returns
    -------
    CallsTogether

    Raises
    ------
    InputError
        Without two models, or without a case.

    Examples
    --------
    >>> truth = np.array([1, 1, 0, 0])
    >>> found = calls_together(truth, {"a": np.array([0, 1, 1, 0]) == 1, "b": np.array([1, 1, 1, 0]) == 1})
    >>> float(found.kappa[0, 1]), found.shared_errors.tolist(), found.alone["b"].tolist()
    (0.5, [[1.0, 0.5], [1.0, 1.0]], [0])
    """
    names = tuple(called)
    if len(names) < 2 or not len(truth):
        raise InputError("models agree where there are two or more, and cases that they call")
    weight = np.ones(len(truth)) if weights is None else weights
    total = float(weight.sum())
    calls = [called[name] for name in names]
    wrong = [each != (truth == 1) for each in calls]
    flagged = np.array([weighted_sum(weight, each) / total for each in calls])
    errors = np.array([weighted_sum(weight, each) for each in wrong])
    size = len(names)
    same, shared = np.ones((size, size)), np.ones((size, size))
    with np.errstate(invalid="ignore", divide="ignore"):
        for i in range(size):
            shared[i, i] = errors[i] / errors[i]
            for j in range(i):
                same[i, j] = same[j, i] = 1 - weighted_sum(weight, calls[i] != calls[j]) / total
                both = weighted_sum(weight, wrong[i] & wrong[j])
                shared[i, j], shared[j, i] = both / errors[i], both / errors[j]
        chance = np.outer(flagged, flagged) + np.outer(1 - flagged, 1 - flagged)
        kappa = np.where(chance < 1, (same - chance) / (1 - chance), np.nan)
    right = np.zeros(len(truth), dtype=np.uint16)
    for each in wrong:
        right += ~each
    single = right == 1
    return CallsTogether(
        names,
        same,
        kappa,
        shared,
        {name: np.flatnonzero(single & ~each) for name, each in zip(names, wrong, strict=True)},
        np.flatnonzero(right == 0),
        np.flatnonzero(right == size),
    )
