"""The figures of a model of several labels: thresholds, the per-label table, and the list of averages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore import numbers
from evalcore.errors import InputError
from evalcore.metrics.cases.cell import CELL_WORDS
from evalcore.metrics.classes.label_confusion import LABEL_AVERAGES, LabelConfusion
from evalcore.metrics.classes.label_ranking import label_ranking
from evalcore.metrics.classes.ranking import ClassAreas, areas_of, micro_areas
from evalcore.metrics.goals.operating_point import find_by_rule
from evalcore.metrics.probability.losses import label_losses
from evalcore.metrics.rates.intervals import confusion_interval, wilson
from evalcore.metrics.summaries.class_report import RATES, area_columns
from evalcore.metrics.summaries.class_summary import SummaryFigure
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.labels import LabelPredictions

__all__ = [
    "THRESHOLD_RULES",
    "LabelSweeps",
    "label_areas",
    "label_confusion",
    "label_sentence",
    "label_summary",
    "label_sweeps",
    "label_table",
    "label_thresholds",
]

Thresholds: TypeAlias = npt.NDArray[np.float64]

#: The ways to set the thresholds of several labels, as people read them.
THRESHOLD_RULES: Mapping[str, str] = MappingProxyType(
    {
        "default": "As the file has them",
        "one": "One for all labels",
        "each": "One for each label, by hand",
        "max_f1": "Best F1 of each label",
        "recall": "A recall for each label, at the best precision",
    }
)


@dataclass(frozen=True, eq=False)
class LabelSweeps:
    """One model's sweep of every label.

    Parameters
    ----------
    sweeps : tuple of ThresholdSweep or None
        None for a label whose truth is known in no row, or in none with weight.
    ranked : bool
        Whether there are scores, not decisions alone.
    """

    sweeps: tuple[ThresholdSweep | None, ...]
    ranked: bool


def label_sweeps(predictions: LabelPredictions, model: str) -> LabelSweeps:
    """Sweep every label of one model.

    Examples
    --------
    >>> from evalcore.predictions.labels import LabelModel
    >>> two = LabelPredictions(np.array([[1, 0], [0, 1]], dtype=np.uint8), ("large", "odd"),
    ...     (LabelModel("m", np.array([[0.9, 0.2], [0.4, 0.6]]), "probability", np.array([0.5, 0.5])),),
    ...     pd.DataFrame(), np.arange(2))
    >>> label_sweeps(two, "m").sweeps[1].roc_auc
    1.0
    """
    found = predictions.model(model)

    def swept(place: int) -> ThresholdSweep | None:
        truth = predictions.of_label(place, predictions.truth[:, place])
        weight = None if predictions.weights is None else predictions.of_label(place, predictions.weights)
        if not truth.size or (weight is not None and not weight.any()):
            return None
        return ThresholdSweep.from_scores(
            truth, predictions.of_label(place, found.scores[:, place]), weight=weight
        )

    sweeps = tuple(map(swept, range(len(predictions.labels))))
    return LabelSweeps(sweeps, found.kind != "hard_label")


def label_areas(swept: LabelSweeps) -> ClassAreas | None:
    """Area under the ROC curve and average precision of every label; None for decisions alone."""
    if not swept.ranked:
        return None
    return areas_of(swept.sweeps)


def label_thresholds(
    swept: LabelSweeps,
    rule: str,
    *,
    default: Thresholds,
    one: float = 0.5,
    each: Sequence[float] | None = None,
    recall: float = 0.9,
) -> Thresholds:
    """Set the threshold of every label by a rule.

    Parameters
    ----------
    swept : LabelSweeps
    rule : str
        One of `THRESHOLD_RULES`. A label for which it has no answer (no row has the label) keeps its default.
    default : ndarray, shape (L,)
    one : float, default 0.5
        The threshold of all labels, for the rule "one".
    each : sequence of float, shape (L,), optional
        The thresholds for the rule "each"; nan keeps a label's default.
    recall : float, default 0.9
        The least recall of each label, for the rule "recall".

    Returns
    -------
    ndarray of float64, shape (L,)

    Raises
    ------
    InputError
        For another rule, or a recall that is none.

    Examples
    --------
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> label_thresholds(LabelSweeps((sweep,), True), "recall", default=np.array([0.5]), recall=1.0).tolist()
    [0.35]
    """
    if rule not in THRESHOLD_RULES:
        raise InputError(f"rule must be one of {', '.join(THRESHOLD_RULES)}, got {rule!r}")
    if not 0 <= recall <= 1:
        raise InputError(f"recall must lie between 0 and 1, got {recall}")
    if rule == "default":
        return default
    if rule == "one":
        return np.full(len(swept.sweeps), one)

    if rule == "each":
        stated = np.asarray(default if each is None else each, dtype=np.float64)
        if stated.shape != default.shape:
            raise InputError(f"each must hold one threshold for each label, got shape {stated.shape}")
        return np.where(np.isnan(stated), default, stated)

    def solved(sweep: ThresholdSweep) -> float:
        return find_by_rule(sweep, "max_f1").threshold if rule == "max_f1" else _best_precision(sweep, recall)

    pairs = zip(swept.sweeps, default.tolist(), strict=True)
    return np.array(
        [solved(sweep) if sweep is not None and sweep.positives else usual for sweep, usual in pairs]
    )


def _best_precision(sweep: ThresholdSweep, recall: float) -> float:
    """Of the thresholds that reach the recall, the one with the best precision."""
    reached = sweep.true_positives >= recall * sweep.positives * (1 - 1e-12)
    flagged = sweep.true_positives + sweep.false_positives
    precision = np.where(reached & (flagged > 0), sweep.true_positives / np.maximum(flagged, 1e-300), -1.0)
    return float(sweep.thresholds[int(np.argmax(precision))])


def label_confusion(predictions: LabelPredictions, model: str, thresholds: Thresholds) -> LabelConfusion:
    """Decide every label by its threshold, and count."""
    scores = predictions.model(model).scores
    return LabelConfusion.from_scores(
        predictions.truth, scores, thresholds, weight=predictions.weights, known=predictions.known
    )


def label_table(
    confusion: LabelConfusion,
    labels: tuple[str, ...],
    thresholds: Thresholds,
    areas: ClassAreas | None = None,
) -> pd.DataFrame:
    """One row a label: threshold, counts, rates with 95 % intervals, and areas where scores are known.

    Examples
    --------
    >>> confusion = LabelConfusion.from_flags([[1, 0], [1, 1]], [[1, 0], [0, 1]])
    >>> label_table(confusion, ("large", "odd"), np.array([0.5, 0.5]))["recall"].tolist()
    [0.5, 1.0]
    """
    cells = confusion.per_label
    columns: dict[str, Any] = {"label": list(labels), "threshold": thresholds, "support": cells.positives}
    columns |= {"called": cells.predicted_positives}
    columns |= {cell: getattr(cells, cell) for cell in ("tp", "fp", "fn", "tn")}
    for rate in RATES:
        limits = confusion_interval(
            cells, rate, effective_size=confusion.label_sizes, squares=confusion.squares_per_label
        )
        columns |= {rate: cells.value(rate), f"{rate}_low": limits.low, f"{rate}_high": limits.high}
    if areas is not None:
        columns |= area_columns(areas)
    return pd.DataFrame(columns)


def label_sentence(confusion: LabelConfusion, labels: tuple[str, ...]) -> str:
    """Say how often every label of a row is right, what the lazy rule would reach, and which label is the hardest.

    The lazy rule gives every row the set of labels that is the most frequent one.

    Examples
    --------
    >>> confusion = LabelConfusion.from_flags([[1, 0], [1, 1], [1, 0]], [[1, 0], [0, 1], [1, 0]])
    >>> label_sentence(confusion, ("large", "odd"))
    'Every label is right in 66.7 % of the rows (always the commonest set of labels, the lazy rule: 66.7 %). \
The hardest label is “large”: 2 of 3 caught, 1 missed, 0 false alarms.'
    """
    cells = confusion.per_label
    said = f"Every label is right in {numbers.share(confusion.subset_accuracy)} of the rows"
    if confusion.known is None and len(confusion.truth):
        packed = np.packbits(np.asarray(confusion.truth, dtype=bool), axis=1)
        whole = np.ascontiguousarray(packed).view([("", packed.dtype)] * packed.shape[1]).ravel()
        sets = np.unique(whole, return_inverse=True)[1].ravel()
        often = np.bincount(sets, weights=confusion.weights)
        lazy = numbers.share(float(often.max() / often.sum()))
        said += f" (always the commonest set of labels, the lazy rule: {lazy})"
    f1 = np.asarray(cells.f1, dtype=float)
    if not np.isfinite(f1).any():
        return f"{said}."
    place = int(np.nanargmin(f1))
    tp, fp, fn = (float(np.asarray(getattr(cells, cell))[place]) for cell in ("tp", "fp", "fn"))
    alarms = CELL_WORDS["fp"].one if fp == 1 else CELL_WORDS["fp"].many
    return (
        f"{said}. The hardest label is “{labels[place]}”: {numbers.count(tp)} of {numbers.count(tp + fn)} caught, "
        f"{numbers.count(fn)} missed, {numbers.count(fp)} {alarms}."
    )


def label_summary(
    predictions: LabelPredictions, model: str, confusion: LabelConfusion, areas: ClassAreas | None
) -> tuple[SummaryFigure, ...]:
    """List the figures of all labels together.

    Examples
    --------
    >>> from evalcore.predictions.labels import LabelModel
    >>> two = LabelPredictions(np.array([[1, 0], [0, 1]], dtype=np.uint8), ("large", "odd"),
    ...     (LabelModel("m", np.array([[0.9, 0.2], [0.4, 0.6]]), "probability", np.array([0.5, 0.5])),),
    ...     pd.DataFrame(), np.arange(2))
    >>> label_summary(two, "m", label_confusion(two, "m", np.array([0.5, 0.5])), None)[0].value
    1.0
    """
    subset, size = confusion.subset_accuracy, confusion.effective_size
    limits = wilson(min(subset, 1.0) * size, size)
    figures = [
        SummaryFigure(
            "subset_accuracy",
            "Subset accuracy",
            "Share of rows of which every label is right.",
            subset,
            float(limits.low),
            float(limits.high),
        ),
        SummaryFigure(
            "hamming_loss",
            "Hamming loss",
            "Share of all single label decisions that are wrong: less is better.",
            confusion.hamming_loss,
        ),
    ]
    for metric, label in (
        ("f1", "F1"),
        ("threat_score", "Jaccard"),
        ("precision", "Precision"),
        ("recall", "Recall"),
    ):
        figures += [
            SummaryFigure(
                f"{metric}_{how}", f"{label}, {how}", f"{label}: {words}.", confusion.average(metric, how)
            )
            for how, words in LABEL_AVERAGES.items()
        ]
    if areas is not None:
        micro = micro_areas(
            predictions.truth,
            predictions.model(model).scores,
            weight=predictions.weights,
            known=predictions.known,
        )
        for metric, label in (("roc_auc", "ROC AUC"), ("average_precision", "Average precision")):
            by_label = {how: areas.average(metric, how) for how in ("macro", "weighted")}
            figures += [
                SummaryFigure(f"{metric}_{how}", f"{label}, {how}", f"{label}: {LABEL_AVERAGES[how]}.", value)
                for how, value in (by_label | {"micro": micro[metric]}).items()
            ]
        figures += _ranking_figures(predictions, model)
        figures += _losses(predictions, model)
    return tuple(figures)


def _losses(predictions: LabelPredictions, model: str) -> list[SummaryFigure]:
    """Losses of the probabilities of labels."""
    found = predictions.model(model)
    if found.kind != "probability":
        return []
    brier, log = label_losses(
        predictions.truth, found.scores, weight=predictions.weights, known=predictions.known
    )
    return [
        SummaryFigure(
            "brier_score",
            "Brier score",
            "Mean squared difference of probability and truth over every label of every row: less is better.",
            brier,
        ),
        SummaryFigure(
            "log_loss",
            "Log loss",
            "Mean of minus the logarithm of the probability of what came true, over every label of every row: "
            "less is better.",
            log,
        ),
    ]


def _ranking_figures(predictions: LabelPredictions, model: str) -> list[SummaryFigure]:
    """How labels rank within a row: only rows in which the truth of every label is known tell."""
    known = predictions.known
    rows = np.arange(len(predictions.truth)) if known is None else np.flatnonzero(known.all(axis=1))
    if not rows.size:
        return []
    weights = None if predictions.weights is None else predictions.weights[rows]
    scores = predictions.model(model).scores[rows]
    ranking = label_ranking(predictions.truth[rows], scores, weight=weights)
    return [
        SummaryFigure(
            "label_ranking_average_precision",
            "Label ranking precision",
            "For each true label, the share of true ones among the labels that score at least as high.",
            ranking.average_precision,
        ),
        SummaryFigure(
            "coverage_error",
            "Coverage error",
            "How many of the best-scored labels one must take to have all true ones: less is better.",
            ranking.coverage_error,
        ),
        SummaryFigure(
            "label_ranking_loss",
            "Ranking loss",
            "Share of pairs of a true and a false label of a row in the wrong order: less is better.",
            ranking.ranking_loss,
        ),
    ]
