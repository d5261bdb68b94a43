"""Labels that the model confidently contradicts: confident learning.

C. G. Northcutt, L. Jiang and I. L. Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels",
Journal of Artificial Intelligence Research 70 (2021), 1373-1411, doi:10.1613/jair.1.12125.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.classes import ClassPredictions
from evalcore.predictions.evaluation import FloatArray

__all__ = ["SuspectLabels", "probabilities_of", "share_of_errors", "suspect_labels"]


@dataclass(frozen=True, eq=False)
class SuspectLabels:
    """Cases whose label is confidently contradicted.

    Parameters
    ----------
    cases : ndarray of intp, shape (s,)
        Positions among the n cases, the most suspect first.
    given, suggested : ndarray of intp, shape (s,)
        The class in the file, and the class that the model is confident of.
    margin : ndarray of float64, shape (s,)
        Probability of the suggested class less that of the given one.
    thresholds : ndarray of float64, shape (K,)
        What counts as confident: the mean probability of each class over the cases labelled so; nan for a
        class without cases. A class whose own cases all get 0 contradicts nothing.
    joint : ndarray of int64, shape (K, K)
        The confident joint: cases by given label (rows) and by the class that the model is confident of
        (columns). Cases of which it is confident of no class are not in it.
    """

    cases: npt.NDArray[np.intp]
    given: npt.NDArray[np.intp]
    suggested: npt.NDArray[np.intp]
    margin: npt.NDArray[np.float64]
    thresholds: npt.NDArray[np.float64]
    joint: npt.NDArray[np.int64]

    def __len__(self) -> int:
        """Number of suspect labels."""
        return len(self.cases)

    def share_of(self, wrong: npt.ArrayLike) -> float:
        """Return the share of a model's errors that fall on suspect labels; nan where there is no error.

        Parameters
        ----------
        wrong : array of bool, shape (n,)
            Whether each case was called wrongly.
        """
        return share_of_errors(self.cases, wrong)


def share_of_errors(cases: npt.NDArray[np.intp], wrong: npt.ArrayLike) -> float:
    """Return the share of all errors that fall on some cases; nan where there is no error.

    Parameters
    ----------
    cases : ndarray of intp
        Positions among the n cases.
    wrong : array of bool, shape (n,)

    Examples
    --------
    >>> share_of_errors(np.array([0, 1]), [True, False, True, True])
    0.3333333333333333
    """
    errors = np.asarray(wrong, dtype=bool)
    total = int(errors.sum())
    return float(errors[cases].sum() / total) if total else float("nan")


def suspect_labels(truth: npt.ArrayLike, probabilities: npt.ArrayLike) -> SuspectLabels:
    """Find labels that a model confidently contradicts.

    A model is confident of class j for a case when its probability of j is at least the mean that it gives to
    j over all cases labelled j; of several such classes the most probable one counts. A label is suspect
    where that class is not the label (the off-diagonal of the confident joint of Northcutt et al., 2021).

    The probabilities must be of a model that has not seen the case: held-out or cross-validated.

    Parameters
    ----------
    truth : array of int, shape (n,)
        Class of each case, from 0 to K - 1.
    probabilities : array, shape (n, K)

    Returns
    -------
    SuspectLabels

    Raises
    ------
    InputError
        Where the shapes do not fit or a label is no class.

    Examples
    --------
    >>> said = [[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.2, 0.8], [0.98, 0.02]]
    >>> found = suspect_labels([0, 0, 1, 1, 1], said)
    >>> found.cases.tolist(), found.suggested.tolist()
    ([4], [0])
    """
    labels = np.asarray(truth).astype(np.intp)
    said = np.asarray(probabilities, dtype=np.float64)
    if said.ndim != 2 or labels.shape != said.shape[:1]:
        raise InputError(
            f"probabilities must have one row for each label, got shapes {said.shape} and {labels.shape}"
        )
    if len(labels) and not 0 <= labels.min() <= labels.max() < said.shape[1]:
        raise InputError(f"truth must be classes from 0 to {said.shape[1] - 1}, got {labels.max()}")
    classes = said.shape[1]
    counts = np.bincount(labels, minlength=classes)
    own = said[np.arange(len(labels)), labels]
    with np.errstate(invalid="ignore"):
        thresholds = np.bincount(labels, weights=own, minlength=classes) / counts
    # A sum in another order must not push a case just below the mean that it is itself the whole of.
    # nan compares as False: a class without cases is never suggested. Neither is one whose own cases all get 0:
    # every case reaches a threshold of 0, so that to reach it says nothing.
    sure = (said >= thresholds - 1e-12) & (thresholds > 0)
    candidates = np.where(sure, said, -np.inf)
    suggested = candidates.argmax(axis=1)
    confident = sure.any(axis=1)
    joint = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(joint, (labels[confident], suggested[confident]), 1)
    cases = np.flatnonzero(confident & (suggested != labels))
    margin = said[cases, suggested[cases]] - own[cases]
    order = np.argsort(-margin, kind="stable")
    cases = cases[order]
    return SuspectLabels(cases, labels[cases], suggested[cases], margin[order], thresholds, joint)


def probabilities_of(predictions: BinaryPredictions | ClassPredictions, model: str) -> FloatArray | None:
    """Return a model's probabilities of every class, shape (n, K), or None where it gives none.

    Percent, logits and log-probabilities are turned into probabilities; a decision score has no such meaning.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"truth": [0, 1, 0, 1], "score": [0.75, 0.5, 0.25, 0.5]})
    >>> predictions = ec.open_predictions(table, truth="truth", score="score", positive="1").predictions
    >>> probabilities_of(predictions, "score")[0].tolist()
    [0.25, 0.75]
    """
    if isinstance(predictions, BinaryPredictions):
        scores = predictions.model(model)
        values = scores.values.astype(np.float64)
        if scores.kind in ("probability", "confidence"):
            positive = values
        elif scores.kind == "percent":
            positive = values / 100
        elif scores.kind == "logit":
            from scipy.special import expit  # late, like softmax below: 0.1 s, and few need it

            positive = np.asarray(expit(values))
        elif scores.kind == "log_probability":
            positive = np.exp(values)
        else:
            return None
        inside = len(positive) and positive.min() >= 0 and positive.max() <= 1
        return np.column_stack([1 - positive, positive]) if inside else None
    found = predictions.model(model)
    if found.probabilities is None or found.kind not in (
        "probability",
        "percent",
        "logit",
        "log_probability",
    ):
        return None
    said = found.probabilities.astype(np.float64)
    if found.kind == "percent":
        return said / 100
    if found.kind == "logit":
        from scipy.special import softmax

        return np.asarray(softmax(said, axis=1))
    return np.exp(said) if found.kind == "log_probability" else said
