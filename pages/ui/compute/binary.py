"""Sweeps and what is read from them, computed once and kept."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from evalcore.figures.live.explorer import explorer_data, find_presets, fine_step
from evalcore.metrics.cases.suspects import SuspectLabels, probabilities_of, suspect_labels
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.distribution import ScoreHistogram, score_histogram
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.metrics.sweep.thinning import ThinSweep
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.counts import CountPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.scores import ScorePredictions

#: The operating points that have a button, in order.
BUTTONS = (
    "default",
    "max_f1",
    "youden_j",
    "closest_to_corner",
    "max_accuracy",
    "max_matthews_corrcoef",
    "equal_error_rate",
    "predicted_prevalence",
)


@st.cache_resource(max_entries=32, show_spinner="Counting at every threshold …")
def _sweep(fingerprint: str, model: str, _predictions: Any) -> ThresholdSweep:
    found = _predictions.model(model)
    if isinstance(_predictions, CountPredictions):
        return ThresholdSweep.from_counts(found.scores, found.positives, found.negatives)
    return ThresholdSweep.from_scores(_predictions.truth, found.values, weight=_predictions.weights)


def sweep(opened: Evaluation, model: str) -> ThresholdSweep:
    """Return the sweep of one model of a binary evaluation."""
    return _sweep(opened.fingerprint, model, opened.predictions)


@st.cache_resource(max_entries=16)
def _scores_alone(fingerprint: str, model: str, _predictions: ScorePredictions) -> ThresholdSweep:
    scores = _predictions.model(model).values
    return ThresholdSweep.from_scores(np.zeros(scores.size, dtype=np.uint8), scores)


def scores_alone(opened: Evaluation, model: str) -> ThresholdSweep:
    """Return the sweep of scores that have no truth: every row counts as a negative."""
    return _scores_alone(opened.fingerprint, model, opened.predictions)


@st.cache_resource(max_entries=64)
def _thin(fingerprint: str, model: str, _sweep: ThresholdSweep) -> ThinSweep:
    return _sweep.thin()


def thin(opened: Evaluation, model: str) -> ThinSweep:
    """Return the rows of the sweep that pictures are drawn from."""
    return _thin(opened.fingerprint, model, sweep(opened, model))


@st.cache_resource(max_entries=64)
def _histogram(fingerprint: str, model: str, _sweep: ThresholdSweep) -> ScoreHistogram:
    return score_histogram(_sweep)


def threshold_step(opened: Evaluation, model: str) -> float:
    """Return a fine step of the threshold, in the unit of the model's score."""
    return fine_step(_histogram(opened.fingerprint, model, sweep(opened, model)))


@st.cache_resource(max_entries=64)
def _explorer_data(fingerprint: str, model: str, _opened: Evaluation) -> dict[str, Any]:
    predictions: BinaryPredictions | CountPredictions = _opened.predictions
    swept = sweep(_opened, model)
    default = predictions.model(model).default_threshold
    return explorer_data(
        swept,
        thin(_opened, model),
        _histogram(fingerprint, model, swept),
        find_presets(swept, BUTTONS, default=default),
        positive=predictions.positive,
        negative=predictions.negative,
        auc=delong(swept),
    )


def explorer_table(opened: Evaluation, model: str) -> dict[str, Any]:
    """Return the explorer's data for one model, all but the present point."""
    return _explorer_data(opened.fingerprint, model, opened)


@st.cache_resource(max_entries=16, show_spinner="Looking for suspect labels …")
def _suspects(fingerprint: str, model: str, _predictions: Any) -> SuspectLabels | None:
    said = probabilities_of(_predictions, model)
    return None if said is None else suspect_labels(_predictions.truth, said)


def suspects(opened: Evaluation, model: str) -> SuspectLabels | None:
    """Return the labels that a model confidently contradicts; None where it gives no probabilities."""
    return _suspects(opened.fingerprint, model, opened.predictions)
