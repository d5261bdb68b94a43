"""A model's figures with some cases left out, beside those of all cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.metrics.cases.ranking import CaseRanking
from evalcore.metrics.rates.confusion import Confusion
from evalcore.predictions.evaluation import FloatArray

__all__ = ["LeftOut", "figures_without"]


@dataclass(frozen=True)
class LeftOut:
    """Figures of the same calls twice.

    Parameters
    ----------
    everything, without : mapping of str to float
        By scikit-learn's names: of all cases, and of those that stay. Undefined is nan.
    """

    everything: Mapping[str, float]
    without: Mapping[str, float]


def figures_without(
    ranking: CaseRanking, cases: npt.NDArray[np.intp], *, weights: FloatArray | None = None
) -> LeftOut:
    """Compute figures with and without some cases.

    Parameters
    ----------
    ranking : CaseRanking
    cases : ndarray of intp
        Positions of the cases to leave out.
    weights : ndarray, shape (n,), optional

    Returns
    -------
    LeftOut
        Two classes: accuracy, precision, recall, f1 of the positive class; more: accuracy, balanced_accuracy
        (mean recall of the classes that occur) and macro_f1 (of the classes that occur or are called).

    Examples
    --------
    >>> actual, called = np.array([0, 1, 1, 0]), np.array([0, 1, 0, 0])
    >>> ranking = CaseRanking(actual, called, ("no", "yes"), np.zeros(4), np.ones(4))
    >>> found = figures_without(ranking, np.array([2]))
    >>> found.everything["recall"], found.without["recall"]
    (0.5, 1.0)
    """
    stays = np.ones(len(ranking.actual), dtype=bool)
    stays[cases] = False
    return LeftOut(_figures(ranking, ~np.zeros_like(stays), weights), _figures(ranking, stays, weights))


def _figures(
    ranking: CaseRanking, stays: npt.NDArray[np.bool_], weights: FloatArray | None
) -> dict[str, float]:
    size = len(ranking.classes)
    place = ranking.actual[stays] * size + ranking.called[stays]
    held = None if weights is None else weights[stays]
    counts = np.bincount(place, weights=held, minlength=size * size).reshape(size, size)
    if size == 2:
        (tn, fp), (fn, tp) = counts
        whole = Confusion(tn, fp, fn, tp)
        return {name: float(getattr(whole, name)) for name in ("accuracy", "precision", "recall", "f1")}
    right, actual, called = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    with np.errstate(invalid="ignore"):
        recall, f1 = right / actual, 2 * right / (actual + called)
    occurs, seen = actual > 0, actual + called > 0
    total = counts.sum()
    return {
        "accuracy": float(right.sum() / total) if total else float("nan"),
        "balanced_accuracy": float(recall[occurs].mean()) if occurs.any() else float("nan"),
        "macro_f1": float(f1[seen].mean()) if seen.any() else float("nan"),
    }
