"""The figures of a model of several classes in one list, each with its name and meaning in plain words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evalcore import numbers
from evalcore.metrics.classes.arrangement import picked
from evalcore.metrics.classes.confused_pairs import confused_pairs
from evalcore.metrics.classes.confusion import AVERAGES, ClassConfusion
from evalcore.metrics.classes.ranking import (
    ClassAreas,
    adding_up,
    areas_against_rest,
    class_log_loss,
    micro_areas,
    pair_areas,
    top_k_accuracies,
)
from evalcore.metrics.probability.losses import class_brier_score
from evalcore.metrics.rates.confusion import divide
from evalcore.metrics.rates.intervals import wilson
from evalcore.predictions.classes import ClassPredictions

__all__ = ["ClassFigures", "SummaryFigure", "class_figures", "class_summary", "ranking_summary"]

# More classes make thousands of pairs.
MOST_PAIRED = 60
_KAPPA_WEIGHTS: tuple[tuple[Literal["linear", "quadratic"], str], ...] = (
    ("linear", "the number"),
    ("quadratic", "the square of the number"),
)
# More scores take seconds to sort all together.
_MOST_SORTED = 5_000_000
#: How the names of figures begin that are written as they are, not as percent.
_NO_SHARES = (
    "matthews_corrcoef",
    "cohen_kappa",
    "roc_auc",
    "average_precision",
    "log_loss",
    "brier_score",
    "coverage_error",
    "mean_wrong",
)


@dataclass(frozen=True)
class SummaryFigure:
    """One figure of a whole model.

    Parameters
    ----------
    name : str
        scikit-learn's, where it has one.
    label, meaning : str
        As people read it, and what it says.
    value : float
        nan where undefined.
    low, high : float
        Limits of the 95 % interval; nan where there is none.
    """

    name: str
    label: str
    meaning: str
    value: float
    low: float = math.nan
    high: float = math.nan

    @property
    def is_share(self) -> bool:
        """Whether it goes from 0 to 1 and is written as percent; areas, losses and correlations are not."""
        return not self.name.startswith(_NO_SHARES)

    @property
    def spelt(self) -> str:
        """The value as the product writes it.

        Examples
        --------
        >>> SummaryFigure("accuracy", "Accuracy", "", 0.9793).spelt
        '97.9 %'
        """
        return numbers.share(self.value) if self.is_share else numbers.coefficient(self.value)

    @property
    def interval(self) -> str:
        """The limits as the product writes them; empty where there are none."""
        if math.isnan(self.low):
            return ""
        if self.is_share:
            return numbers.share_range(self.low, self.high)
        return f"{numbers.coefficient(self.low)} to {numbers.coefficient(self.high)}"


def class_summary(confusion: ClassConfusion) -> tuple[SummaryFigure, ...]:
    """List the figures that follow from the matrix alone.

    Examples
    --------
    >>> import numpy as np
    >>> confusion = ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "dog"), 14)
    >>> {each.name: round(each.value, 3) for each in class_summary(confusion)[:3]}
    {'accuracy': 0.786, 'balanced_accuracy': 0.775, 'f1_macro': 0.754}
    """
    size, accuracy = confusion.effective_size, confusion.accuracy
    # Rounding may carry the share a hair over 1.
    limits = wilson(min(accuracy, 1.0) * size if confusion.total else 0.0, size)
    figures = [
        SummaryFigure(
            "accuracy",
            "Accuracy",
            "Share of cases that are called what they are; the same as micro F1.",
            accuracy,
            float(limits.low),
            float(limits.high),
        ),
        SummaryFigure(
            "balanced_accuracy",
            "Balanced accuracy",
            "Mean recall of the classes, each class alike.",
            confusion.balanced_accuracy,
        ),
        *(
            SummaryFigure(f"f1_{how}", f"F1, {how}", f"F1: {AVERAGES[how]}.", confusion.average("f1", how))
            for how in ("macro", "weighted")
        ),
        SummaryFigure(
            "matthews_corrcoef",
            "Matthews correlation",
            "Correlation of calls and truth: 1 is perfect, 0 is chance.",
            confusion.matthews_corrcoef,
        ),
        SummaryFigure(
            "cohen_kappa",
            "Cohen's kappa",
            "Agreement of calls and truth beyond chance: 1 is perfect, 0 is chance.",
            confusion.cohen_kappa,
        ),
        *(
            SummaryFigure(
                f"f{beta:g}_macro",
                f"F{beta:g}, macro",
                f"F{beta:g}, which counts {words}: {AVERAGES['macro']}.",
                confusion.average_fbeta(beta, "macro"),
            )
            for beta, words in ((0.5, "precision more than recall"), (2, "recall more than precision"))
        ),
    ]
    if len(confusion) > 2 and all(map(_is_number, confusion.classes)):
        in_order = picked(confusion, np.argsort([float(name) for name in confusion.classes], kind="stable"))
        figures += [
            SummaryFigure(
                f"cohen_kappa_{how}",
                f"Cohen's kappa, {how}",
                f"Kappa of ordered classes: a wrong call counts by {words} of places that it is off.",
                in_order.weighted_kappa(how),
            )
            for how, words in _KAPPA_WEIGHTS
        ]
    return tuple(figures)


def _is_number(name: str) -> bool:
    try:
        return math.isfinite(float(name))
    except ValueError:
        return False


def ranking_summary(
    truth: npt.ArrayLike,
    scores: npt.ArrayLike,
    areas: ClassAreas,
    *,
    probabilities: bool,
    tops: Sequence[int] = (2, 3, 5),
    weight: npt.ArrayLike | None = None,
) -> tuple[SummaryFigure, ...]:
    """List the figures that need a score for every class.

    Pairs of classes are compared without weights only, and for at most 60 classes.

    Parameters
    ----------
    truth : array_like of int, shape (n,)
    scores : array_like, shape (n, K)
    areas : ClassAreas
        Of the same cases.
    probabilities : bool
        Whether the scores are probabilities: only these have a log loss.
    tops : sequence of int, default (2, 3, 5)
        For top-k accuracy; left out where there are no more classes than that.
    weight : array_like, shape (n,), optional

    Examples
    --------
    >>> import numpy as np
    >>> from evalcore.metrics.classes.ranking import areas_against_rest
    >>> truth, scores = [0, 1, 1], np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])
    >>> found = ranking_summary(truth, scores, areas_against_rest(truth, scores), probabilities=True)
    >>> [each.name for each in found][:2]
    ['roc_auc_ovr_macro', 'roc_auc_ovr_weighted']
    """
    figures = [
        SummaryFigure(
            f"roc_auc_ovr_{how}",
            f"ROC AUC against rest, {how}",
            f"Area under the ROC curve of each class against all others: {AVERAGES[how]}.",
            areas.average("roc_auc", how),
        )
        for how in ("macro", "weighted")
    ]
    if weight is None and len(areas.support) <= MOST_PAIRED:
        pairs = pair_areas(truth, scores)
        figures += [
            SummaryFigure(
                f"roc_auc_ovo_{how}",
                f"ROC AUC, pairs, {how}",
                f"Area under the ROC curve of each pair of classes: {words}.",
                pairs[how],
            )
            for how, words in (("macro", "mean over pairs"), ("weighted", "mean over pairs by their cases"))
        ]
    figures += [
        SummaryFigure(
            f"average_precision_{how}",
            f"Average precision, {how}",
            f"Average precision of each class against all others: {AVERAGES[how]}.",
            areas.average("average_precision", how),
        )
        for how in ("macro", "weighted")
    ]
    figures += _micro_figures(truth, scores, weight)
    ks = [k for k in tops if k < len(areas.support)]
    figures += [
        SummaryFigure(
            f"top_{k}_accuracy",
            f"Top-{k} accuracy",
            f"Share of cases whose class is among the {k} with the highest scores.",
            value,
        )
        for k, value in (top_k_accuracies(truth, scores, ks, weight=weight) if ks else {}).items()
    ]
    if probabilities:
        figures.append(
            SummaryFigure(
                "log_loss",
                "Log loss",
                "Mean of minus the logarithm of the probability that the actual class got: less is better.",
                class_log_loss(truth, scores, weight=weight),
            )
        )
        figures.append(
            SummaryFigure(
                "brier_score",
                "Brier score",
                "Mean sum over the classes of the squared difference of probability and truth, from 0 to 2: "
                "less is better.",
                class_brier_score(truth, scores, None if weight is None else np.asarray(weight, np.float64)),
            )
        )
    return tuple(figures)


def _micro_figures(
    truth: npt.ArrayLike, scores: npt.ArrayLike, weight: npt.ArrayLike | None
) -> list[SummaryFigure]:
    values = np.asarray(scores)
    if values.size > _MOST_SORTED:
        return []
    own = np.equal.outer(np.asarray(truth), np.arange(values.shape[1]))
    found = micro_areas(own, adding_up(values), weight=weight)
    return [
        SummaryFigure(name, label, f"{words}, of every case with every class together.", found[metric])
        for name, label, words, metric in (
            ("roc_auc_ovr_micro", "ROC AUC against rest, micro", "Area under the ROC curve", "roc_auc"),
            ("average_precision_micro", "Average precision, micro", "Average precision", "average_precision"),
        )
    ]


@dataclass(frozen=True, eq=False)
class ClassFigures:
    """All figures of one model of several classes.

    Parameters
    ----------
    confusion : ClassConfusion
        As the model decides.
    areas : ClassAreas or None
        None where only decisions are known.
    summary : tuple of SummaryFigure
    baseline : float
        Accuracy of always saying the class with most cases.
    """

    confusion: ClassConfusion
    areas: ClassAreas | None
    summary: tuple[SummaryFigure, ...]
    baseline: float

    @property
    def sentence(self) -> str:
        """What the model mixes up most, how often it is right, and what the lazy rule would reach."""
        right = numbers.share(self.confusion.accuracy)
        lazy = f"always calling “{self.confusion.largest}”, the lazy rule, {numbers.share(self.baseline)}."
        worst = confused_pairs(self.confusion, 1)
        mixed = f"{worst[0].sentence}; " if worst else "No case is called another class; "
        return f"{mixed}{right} of all calls are right; {lazy}"


def class_figures(predictions: ClassPredictions, model: str) -> ClassFigures:
    """Compute all figures of one model of several classes.

    Parameters
    ----------
    predictions : ClassPredictions
    model : str
        Its name.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from evalcore.predictions.classes import ClassModel
    >>> three = ClassPredictions(np.array([0, 1, 2]), ("ant", "bee", "cow"),
    ...     (ClassModel("m", np.array([0, 2, 2]), None, "hard_label"),), pd.DataFrame(), np.arange(3))
    >>> round(class_figures(three, "m").summary[0].value, 3)
    0.667
    """
    found = predictions.model(model)
    truth, weight = predictions.truth, predictions.weights
    confusion = ClassConfusion.from_labels(truth, found.labels, classes=predictions.classes, weight=weight)
    summary, areas = class_summary(confusion), None
    if found.probabilities is not None:
        areas = areas_against_rest(truth, found.probabilities, weight=weight)
        probabilities = found.kind == "probability"
        summary += ranking_summary(
            truth, found.probabilities, areas, probabilities=probabilities, weight=weight
        )
    baseline = float(divide(float(confusion.support.max()), confusion.total))
    return ClassFigures(confusion, areas, summary, baseline)
