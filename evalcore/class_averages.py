"""Averages over classes: of rates, and of the AUC of pairs and of each class against the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.inputs.evaluation import FloatArray
from evalcore.metrics.sweep import ThresholdSweep

__all__ = ["average_rates", "pairwise_auc"]

_MOST_PAIRED = 60
_ROUNDING = 0.02


def average_rates(cells: npt.NDArray[np.float64]) -> dict[str, float]:
    """Accuracy and class averages from a K x K confusion matrix, rows actual, columns predicted.

    A class that is never predicted has precision 0 in the averages, as in scikit-learn; a class that
    never occurs has no part in the balanced accuracy.

    Examples
    --------
    >>> average_rates(np.array([[2.0, 0.0], [1.0, 1.0]]))["accuracy"]
    0.75
    """
    actual, predicted, right, total = cells.sum(axis=1), cells.sum(axis=0), np.diag(cells), cells.sum()
    occurring = (actual > 0) | (predicted > 0)
    zeros = np.zeros_like(right)
    recall = np.divide(right, actual, out=zeros.copy(), where=actual > 0)
    precision = np.divide(right, predicted, out=zeros.copy(), where=predicted > 0)
    f1 = np.divide(2 * right, actual + predicted, out=zeros.copy(), where=occurring)
    spread = (total**2 - (predicted**2).sum()) * (total**2 - (actual**2).sum())
    covariance = right.sum() * total - (predicted * actual).sum()
    return {
        "accuracy": float(right.sum() / total),
        "balanced_accuracy": float(recall[actual > 0].mean()),
        "matthews_corrcoef": float(covariance / np.sqrt(spread)) if spread > 0 else 0.0,
        "precision": float(precision[occurring].mean()),
        "recall": float(recall[occurring].mean()),
        "f1": float(f1[occurring].mean()),
        "f1_macro": float(f1[occurring].mean()),
        "f1_weighted": float((f1 * actual).sum() / total),
    }


def _auc(truth: npt.NDArray[np.bool_], score: npt.NDArray[Any], weights: FloatArray | None) -> float:
    return ThresholdSweep.from_scores(truth, score, weight=weights).roc_auc


def _adding_up(scores: FloatArray) -> FloatArray:
    """Divide probabilities by their sum where the rows add up to 1 but for rounding; other scores stay as they are."""
    sums = scores.sum(axis=1, keepdims=True)
    near = (np.abs(sums - 1) < _ROUNDING).all()
    return scores / sums if near else scores


def pairwise_auc(
    truth: npt.NDArray[np.intp], scores: FloatArray, weights: FloatArray | None
) -> dict[str, float]:
    """AUC of each class against the rest and of each pair of classes (Hand and Till, 2001), averaged.

    Parameters
    ----------
    truth : ndarray of intp, shape (n,)
    scores : ndarray, shape (n, K)
        Probabilities that were rounded are divided by their sum first: scikit-learn defines these figures for rows
        that add up to 1.
    weights : ndarray, shape (n,), or None

    Returns
    -------
    dict of str to float
        `roc_auc` and `roc_auc_ovr_macro` (classes alike), `roc_auc_ovr_weighted` (by class size), and
        `roc_auc_ovo_macro` for at most 60 classes without weights.

    References
    ----------
    D. J. Hand, R. J. Till, Machine Learning 45, 171-186 (2001), doi:10.1023/A:1010920819831.

    Examples
    --------
    >>> scores = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])
    >>> pairwise_auc(np.array([0, 1, 1]), scores, None)["roc_auc_ovr_macro"]
    1.0
    """
    mass = np.bincount(truth, weights=weights, minlength=scores.shape[1])
    present = np.flatnonzero(mass)
    scores = _adding_up(scores)
    if present.size < 2:
        return {}
    rest = [_auc(truth == place, scores[:, place], weights) for place in present]
    found = {"roc_auc": float(np.mean(rest)), "roc_auc_ovr_macro": float(np.mean(rest))}
    found["roc_auc_ovr_weighted"] = float(np.average(rest, weights=mass[present]))
    if weights is None and present.size <= _MOST_PAIRED:
        pairs = []
        for i, one in enumerate(present):
            for two in present[i + 1 :]:
                mine = (truth == one) | (truth == two)
                hit = truth[mine] == one
                pairs.append((_auc(hit, scores[mine, one], None) + _auc(~hit, scores[mine, two], None)) / 2)
        found["roc_auc_ovo_macro"] = float(np.mean(pairs))
    return found
