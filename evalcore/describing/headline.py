"""Headline figures of an evaluation as plain numbers: what `describe` tells of each model."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.inputs.images.outputs import read_images
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.classes.ranking import areas_against_rest, class_log_loss, pair_areas
from evalcore.metrics.images.errors import MID_GREY, image_errors, pixel_calls, pixel_sweep
from evalcore.metrics.probability.losses import (
    Weights,
    brier_score,
    class_brier_score,
    label_losses,
    log_loss,
)
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.summaries.label_summary import label_confusion
from evalcore.metrics.summaries.output_summary import multi_output_figures
from evalcore.metrics.sweep.of_model import sweep_of
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions, ModelScores
from evalcore.predictions.classes import ClassModel, ClassPredictions
from evalcore.predictions.counts import CountPredictions
from evalcore.predictions.history import TrainingHistory
from evalcore.predictions.images import ImageOutputs
from evalcore.predictions.labels import LabelPredictions
from evalcore.predictions.outputs import OutputPredictions
from evalcore.predictions.score_unit import as_probability
from evalcore.predictions.scores import ScorePredictions

__all__ = [
    "Figures",
    "binary_figures",
    "count_figures",
    "history_figures",
    "image_figures",
    "label_figures",
    "multiclass_figures",
    "output_figures",
    "score_figures",
]

Figures = dict[str, Any]

_RATES = ("accuracy", "balanced_accuracy", "matthews_corrcoef", "precision", "recall", "f1")

# Why a model or label has no figures.
_NO_CASES = "there are no cases"
_NEVER_KNOWN = "its truth is known in no row"

_MOST_PAIRED = 60  # classes: more make thousands of pairs

_QUANTILES = (0, 0.05, 0.25, 0.5, 0.75, 0.95, 1)


def _whole(value: Any) -> int | float:
    number = float(value)
    return int(number) if number.is_integer() else number


def _known(figures: Figures) -> Figures:
    """Leave out what is undefined."""
    return {
        key: value for key, value in figures.items() if not (isinstance(value, float) and math.isnan(value))
    }


def _at(confusion: Confusion, threshold: float) -> Figures:
    cells = [[confusion.tn, confusion.fp], [confusion.fn, confusion.tp]]
    rates = {name: float(getattr(confusion, name)) for name in _RATES}
    return {"threshold": threshold, **rates, "confusion": [[_whole(cell) for cell in row] for row in cells]}


def _one_model(truth: npt.NDArray[np.uint8], model: ModelScores, weights: Weights) -> Figures:
    scores = model.values
    sweep = ThresholdSweep.from_scores(truth, scores, weight=weights)
    figures: Figures = {"score_kind": model.kind, "n": int(truth.size), "positives": int(truth.sum())}
    if weights is not None:
        figures["total_weight"] = float(weights.sum())
    if model.kind != "hard_label":
        figures["roc_auc"], figures["average_precision"] = sweep.roc_auc, sweep.average_precision
    probability = as_probability(scores, model.kind)
    if probability is not None:
        figures["brier_score"] = brier_score(truth, probability, weights)
        figures["log_loss"] = log_loss(truth, probability, weights)
    return _known({**figures, **_at(sweep.at(model.default_threshold), model.default_threshold)})


def binary_figures(predictions: BinaryPredictions) -> dict[str, Figures]:
    """Figures of every model at its default threshold; with weights, the unweighted ones beside them.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.opening import open_predictions
    >>> table = pd.DataFrame({"label": [0, 1, 1, 0], "prob": [0.2, 0.9, 0.4, 0.1]})
    >>> binary_figures(open_predictions(table).predictions)["prob"]["recall"]
    0.5
    """
    found = {}
    for model in predictions.models:
        figures = _one_model(predictions.truth, model, predictions.weights)
        if predictions.weights is not None:
            figures["unweighted"] = _one_model(predictions.truth, model, None)
        found[model.name] = figures
    return found


def count_figures(predictions: CountPredictions) -> dict[str, Figures]:
    """Figures of models that are known by counts."""
    found = {}
    for model in predictions.models:
        if not (np.any(model.positives) or np.any(model.negatives)):
            # The other models are told of all the same.
            found[model.name] = {"score_kind": model.kind, "n": 0, "positives": 0, "undefined": _NO_CASES}
            continue
        sweep = sweep_of(predictions, model.name)
        total = _whole(sweep.positives + sweep.negatives)
        figures: Figures = {"score_kind": model.kind, "n": total, "positives": _whole(sweep.positives)}
        if len(sweep) > 2:
            figures["roc_auc"], figures["average_precision"] = sweep.roc_auc, sweep.average_precision
        found[model.name] = _known(
            {**figures, **_at(sweep.at(model.default_threshold), model.default_threshold)}
        )
    return found


def _one_class_model(
    truth: npt.NDArray[np.intp], model: ClassModel, classes: tuple[str, ...], weights: Weights
) -> Figures:
    confusion = ClassConfusion.from_labels(truth, model.labels, classes=classes, weight=weights)
    figures: Figures = {"score_kind": model.kind, "n": int(truth.size), "n_classes": len(classes)}
    if model.probabilities is not None:
        areas = areas_against_rest(truth, model.probabilities, weight=weights)
        figures["roc_auc"] = figures["roc_auc_ovr_macro"] = areas.average("roc_auc", "macro")
        figures["roc_auc_ovr_weighted"] = areas.average("roc_auc", "weighted")
        if weights is None and len(classes) <= _MOST_PAIRED:
            figures["roc_auc_ovo_macro"] = pair_areas(truth, model.probabilities)["macro"]
        if model.kind == "probability":
            figures["brier_score"] = class_brier_score(truth, model.probabilities, weights)
            figures["log_loss"] = class_log_loss(truth, model.probabilities, weight=weights)
    figures |= {
        name: getattr(confusion, name) for name in ("accuracy", "balanced_accuracy", "matthews_corrcoef")
    }
    figures |= {name: confusion.average(name, "macro") for name in ("precision", "recall", "f1")}
    figures |= {f"f1_{how}": confusion.average("f1", how) for how in ("macro", "weighted")}
    matrix = [[_whole(cell) for cell in row] for row in confusion.counts] if len(classes) <= 100 else None
    figures["confusion"] = matrix if matrix is not None else "too many classes to list"
    figures["classes"] = list(classes)
    return _known(figures)


def multiclass_figures(predictions: ClassPredictions) -> dict[str, Figures]:
    """Figures of models of several classes: of the arg max, or of the decisions where these are all."""
    found = {}
    for model in predictions.models:
        arguments = (predictions.truth, model, predictions.classes)
        figures = _one_class_model(*arguments, predictions.weights)
        counted = len(predictions.table) < predictions.truth.size or model.probabilities is None
        if predictions.weights is not None and not counted:
            figures["unweighted"] = _one_class_model(*arguments, None)
        found[model.name] = figures
    return found


def output_figures(predictions: OutputPredictions) -> dict[str, Figures]:
    """Figures of models of several outputs: of all together, and of each as a task of its own."""
    found = {}
    for model in predictions.models:
        figures = multi_output_figures(predictions, model.name)
        outputs = {
            name: multiclass_figures(each)[model.name]
            for name, each in zip(predictions.names, predictions.outputs, strict=True)
        }
        found[model.name] = _known(
            {
                "score_kind": model.kind,
                "n": len(predictions.rows),
                "n_outputs": len(outputs),
                "joint_accuracy": figures.joint_accuracy,
                "mean_accuracy": figures.mean_accuracy,
                "mean_wrong_outputs": figures.mean_wrong,
                "outputs": outputs,
            }
        )
    return found


def image_figures(predictions: ImageOutputs) -> dict[str, Figures]:
    """Figures of models whose outputs are images: errors of the pixels, and of ink against paper."""
    found = {}
    for model in predictions.models:
        batch = read_images(predictions, model.name)
        errors = image_errors(batch.target, batch.output)
        calls = pixel_calls(batch.target, batch.output, threshold=MID_GREY)
        found[model.name] = _known(
            {
                "score_kind": "pixels",
                "n": len(batch.rows),
                "mean_absolute_error": errors.mean_absolute_error,
                "root_mean_squared_error": errors.root_mean_squared_error,
                "joint_accuracy": calls.joint_accuracy,
                **_at(pixel_sweep(batch.target, batch.output).at(MID_GREY), MID_GREY),
            }
        )
    return found


def _one_label(one: BinaryPredictions, place: int) -> Figures:
    """Figures of one label; why there are none where its truth is known in no row."""
    model = one.models[place]
    if not one.truth.size or (one.weights is not None and not one.weights.any()):
        return {"score_kind": model.kind, "n": 0, "positives": 0, "undefined": _NEVER_KNOWN}
    return _one_model(one.truth, model, one.weights)


def label_figures(predictions: LabelPredictions) -> dict[str, Figures]:
    """Figures of models of several labels, label by label, with macro averages."""
    found: dict[str, Figures] = {}
    for place, model in enumerate(predictions.models):
        labels = {name: _one_label(predictions.label(name), place) for name in predictions.labels}
        known_labels = [each for each in labels.values() if each["n"]]
        figures: Figures = {"score_kind": model.kind, "n": len(predictions.truth), "n_labels": len(labels)}
        for name in ("roc_auc", "average_precision", "f1"):
            values = [each[name] for each in known_labels if name in each]
            if values and len(values) == len(known_labels):
                figures[f"{name}_macro"] = float(np.mean(values))
        confusion = label_confusion(predictions, model.name, model.thresholds)
        figures["subset_accuracy"] = confusion.subset_accuracy
        figures["hamming_loss"] = confusion.hamming_loss
        if model.kind == "probability":
            figures["brier_score"], figures["log_loss"] = label_losses(
                predictions.truth, model.scores, weight=predictions.weights, known=predictions.known
            )
        figures["labels"] = labels
        found[model.name] = _known(figures)
    return found


def score_figures(predictions: ScorePredictions) -> dict[str, Figures]:
    """Distribution of scores that have no truth, and the share flagged by threshold.

    Thresholds are the tenths of probabilities and the tenths of the rows for any other score, and the default.
    """
    found = {}
    for model in predictions.models:
        scores = model.values
        known = scores[np.isfinite(scores)]  # an infinite score has a rank, but no place among quantiles
        quantiles = {f"{share:.0%}": float(np.quantile(known, share)) for share in _QUANTILES if known.size}
        flagged = float((scores >= model.default_threshold).mean())
        tenths = np.arange(1, 10) / 10
        thresholds = tenths if model.kind == "probability" or not known.size else np.quantile(known, tenths)
        by_threshold = [
            [float(each), float((scores >= each).mean())]
            for each in sorted({*thresholds.tolist(), float(model.default_threshold)})
        ]
        found[model.name] = {
            "score_kind": model.kind, "n": int(scores.size), "threshold": model.default_threshold,
            "flagged_share": flagged, "flagged_by_threshold": by_threshold, "quantiles": quantiles,
        }  # fmt: skip
    return found


def history_figures(history: TrainingHistory) -> tuple[dict[str, Figures], dict[str, Figures]]:
    """Every series in short, and the best value of each that has a better and a worse."""
    series, best = {}, {}
    for each in history.series:
        values = each.values
        series[each.name] = {
            "metric": each.metric, "split": each.split, "n": int(values.size), "first": float(values[0]),
            "last": float(values[-1]),
        }  # fmt: skip
        if each.run:
            series[each.name]["run"] = each.run
        if each.goal:
            best[each.name] = {"goal": each.goal, "value": each.best_value, "step": _whole(each.best_step)}
    return series, best
