"""Calibration of a model, of its parts and groups, and previews of recalibration, computed once and kept."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.metrics.probability.calibration import Calibration, calibration
from evalcore.metrics.probability.corp import CorpCurve, corp_curve
from evalcore.metrics.probability.parts import (
    PartCalibration,
    called_class,
    follows_from_the_truth,
    group_calibrations,
    part_calibrations,
)
from evalcore.metrics.probability.recalibration import Recalibration, recalibrate
from evalcore.metrics.probability.reliability import Reliability, Strategy, reliability
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.classes import ClassPredictions
from evalcore.predictions.evaluation import Evaluation, FloatArray
from evalcore.predictions.score_unit import as_probability
from pages.ui.compute.kept import kept


@dataclass(frozen=True, eq=False)
class Judged:
    """Probabilities of two classes, and whether they are a mapping's (cross-fitted) in place of the model's own."""

    probability: FloatArray
    mapped: bool


@kept(most=16)
def probabilities(opened: Evaluation, model: str) -> Judged:
    """Return the model's probabilities of the positive class; of decision scores Platt's, cross-fitted."""
    found: BinaryPredictions = opened.predictions
    scores = found.model(model)
    own = as_probability(scores.values, scores.kind)
    if own is not None:
        return Judged(own, mapped=False)
    return Judged(recalibration_of(opened, model, "platt").probability, mapped=True)


@kept(most=32, spinner="Judging the probabilities …")
def calibration_of(opened: Evaluation, model: str, strategy: Strategy, buckets: int) -> Calibration:
    """Return all that is said of a model's calibration."""
    found: BinaryPredictions = opened.predictions
    said = probabilities(opened, model).probability
    return calibration(found.truth, said, weights=found.weights, buckets=buckets, strategy=strategy)


@kept(most=16)
def called_calibration(
    opened: Evaluation, model: str, strategy: Strategy, buckets: int
) -> Calibration | None:
    """Return how far the probability of the called class can be trusted; None where there is none."""
    found: ClassPredictions = opened.predictions
    told = called_class(found, model)
    if told is None:
        return None
    return calibration(*told, weights=found.weights, buckets=buckets, strategy=strategy)


@kept(most=16, spinner="Judging every class …")
def calibrations_of_parts(opened: Evaluation, model: str) -> tuple[PartCalibration, ...]:
    """Return the calibration of every class or label."""
    return part_calibrations(opened.predictions, model)


@kept(most=16)
def telling_groups(opened: Evaluation) -> list[str]:
    """Return the columns of groups that do not follow from the truth: there a bias would be of the truth's making."""
    predictions: BinaryPredictions = opened.predictions
    return [name for name in opened.group_columns if not follows_from_the_truth(predictions, name)]


@kept(most=16)
def calibrations_of_groups(opened: Evaluation, model: str, column: str) -> tuple[PartCalibration, ...]:
    """Return the calibration within every group that a column makes."""
    return group_calibrations(opened.predictions, probabilities(opened, model).probability, column)


@kept(most=16, spinner="Fitting the mapping …")
def recalibration_of(opened: Evaluation, model: str, method: str) -> Recalibration:
    """Return the preview of one mapping; it takes probabilities where the model gives them, else its scores."""
    found: BinaryPredictions = opened.predictions
    scores = found.model(model)
    own = as_probability(scores.values, scores.kind)
    return recalibrate(
        found.truth,
        scores.values if own is None else own,
        method,
        probabilities=own is not None,
        weights=found.weights,
    )


@kept(most=16)
def recalibrated_curves(opened: Evaluation, model: str, method: str) -> tuple[Reliability, CorpCurve]:
    """Return the buckets and the isotonic curve of a model's probabilities after a mapping."""
    found: BinaryPredictions = opened.predictions
    said = recalibration_of(opened, model, method).probability
    return (
        reliability(found.truth, said, weights=found.weights),
        corp_curve(found.truth, said, weights=found.weights),
    )
