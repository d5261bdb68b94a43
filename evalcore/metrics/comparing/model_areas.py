"""What no threshold touches of a model: its areas and losses, found once for every footing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from evalcore.errors import InputError
from evalcore.metrics.comparing.influence import (
    Influence,
    Ranked,
    area_influence,
    mean_influence,
    precision_influence,
)
from evalcore.metrics.probability.losses import held_log_losses
from evalcore.metrics.probability.reliability import mean_interval
from evalcore.metrics.rates.proportions import Interval
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.of_model import sweep_of
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.score_unit import as_probability

__all__ = ["ModelAreas", "model_areas", "need_both_classes"]


@dataclass(frozen=True, eq=False)
class ModelAreas:
    """Areas and losses of a model, each with what every case contributes.

    Parameters
    ----------
    sweep : ThresholdSweep
    influences : mapping of str to Influence
        Areas where the model has scores, losses where these are probabilities.
    intervals : mapping of str to Interval
        The same as on the pages of one model: DeLong's of the ROC area, normal ones of the losses.
    """

    sweep: ThresholdSweep
    influences: Mapping[str, Influence]
    intervals: Mapping[str, Interval]


def model_areas(
    predictions: BinaryPredictions,
    name: str,
    *,
    sweep: ThresholdSweep | None = None,
    confidence: float = 0.95,
) -> ModelAreas:
    """Find the areas and losses of one model.

    Parameters
    ----------
    predictions : BinaryPredictions
    name : str
        Of a model.
    sweep : ThresholdSweep, optional
        The model's, where it is had already.
    confidence : float, default 0.95

    Raises
    ------
    InputError
        Where the cases are of one class only.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"truth": [0, 1, 0, 1] * 9, "prob": [0.1, 0.9, 0.4, 0.3] * 9})
    >>> found = model_areas(ec.open_predictions(table).predictions, "prob")
    >>> found.influences["roc_auc"].value, round(float(found.intervals["brier_score"].high), 3)
    (0.75, 0.232)
    """
    need_both_classes(predictions)
    model, truth = predictions.model(name), predictions.truth
    weight = np.ones(len(truth)) if predictions.weights is None else predictions.weights
    swept = sweep or sweep_of(predictions, name)
    influences: dict[str, Influence] = {}
    intervals: dict[str, Interval] = {}
    if model.kind != "hard_label":
        ranked = Ranked.of(truth, model.values, weight)
        influences["roc_auc"] = area_influence(ranked)
        influences["average_precision"] = precision_influence(ranked)
        area = delong(swept, confidence=confidence)
        intervals["roc_auc"] = Interval(area.low, area.high, confidence, area.method)
        given = as_probability(model.values, model.kind)
        if given is not None:
            losses = {"brier_score": (given - truth) ** 2, "log_loss": held_log_losses(truth, given)}
            for loss, each in losses.items():
                influences[loss] = mean_influence(each, weight)
                intervals[loss] = mean_interval(each, weight, confidence=confidence)[1]
    return ModelAreas(swept, MappingProxyType(influences), MappingProxyType(intervals))


def need_both_classes(predictions: BinaryPredictions) -> None:
    """Raise InputError where the cases are of one class only."""
    if not 0 < predictions.positives < predictions.cases:
        raise InputError("comparing needs cases of both classes; here all are of one")
