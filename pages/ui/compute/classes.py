"""Figures of several classes, labels and outputs, computed once and kept."""

from __future__ import annotations

import streamlit as st

from evalcore.inputs.groups.levels import find_levels
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.summaries.class_summary import ClassFigures, class_figures
from evalcore.metrics.summaries.label_summary import LabelSweeps, label_sweeps
from evalcore.metrics.summaries.output_summary import MultiOutputFigures, multi_output_figures
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.metrics.sweep.thinning import ThinSweep
from evalcore.predictions.classes import ClassGroups, ClassPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.labels import LabelPredictions
from evalcore.predictions.outputs import OutputPredictions

#: More rows of a sweep are not seen in a small picture.
PICTURE_ROWS = 200


@st.cache_resource(max_entries=32)
def _levels(fingerprint: str, _predictions: ClassPredictions) -> tuple[ClassGroups, ...]:
    return find_levels(_predictions)


def levels(opened: Evaluation) -> tuple[ClassGroups, ...]:
    """Return the groupings of the classes that the names or the columns hold; none for other tasks."""
    several = isinstance(opened.predictions, ClassPredictions)
    return _levels(opened.fingerprint, opened.predictions) if several else ()


@st.cache_resource(max_entries=16)
def _output_results(fingerprint: str, model: str, _predictions: OutputPredictions) -> MultiOutputFigures:
    return multi_output_figures(_predictions, model)


def output_results(opened: Evaluation, model: str) -> MultiOutputFigures:
    """Return the figures of all outputs, each and together."""
    return _output_results(opened.fingerprint, model, opened.predictions)


@st.cache_resource(max_entries=32)
def _class_confusion(fingerprint: str, model: str, _predictions: ClassPredictions) -> ClassConfusion:
    found = _predictions
    return ClassConfusion.from_labels(
        found.truth, found.model(model).labels, classes=found.classes, weight=found.weights
    )


def class_confusion(opened: Evaluation, model: str) -> ClassConfusion:
    """Return the matrix of all classes, as the model decides."""
    return _class_confusion(opened.fingerprint, model, opened.predictions)


def classes_to_choose(opened: Evaluation) -> list[str]:
    """Return the classes in the file's order, but the one with most cases comes first."""
    largest = class_confusion(opened, opened.models[0]).largest
    return [largest, *(name for name in opened.predictions.classes if name != largest)]


@st.cache_resource(max_entries=16, show_spinner="Sweeping every class against the rest …")
def _class_figures(fingerprint: str, model: str, _opened: Evaluation) -> ClassFigures:
    return class_figures(_opened.predictions, model)


def class_results(opened: Evaluation, model: str) -> ClassFigures:
    """Return the areas of every class and the figures of the whole model."""
    return _class_figures(opened.fingerprint, model, opened)


@st.cache_resource(max_entries=16, show_spinner="Sweeping every label …")
def _label_sweeps(fingerprint: str, model: str, _predictions: LabelPredictions) -> LabelSweeps:
    return label_sweeps(_predictions, model)


def sweeps_of_labels(opened: Evaluation, model: str) -> LabelSweeps:
    """Return the sweep of every label."""
    return _label_sweeps(opened.fingerprint, model, opened.predictions)


@st.cache_resource(max_entries=512, show_spinner=False)
def _picture_sweep(fingerprint: str, model: str, name: str, _opened: Evaluation) -> ThinSweep:
    predictions: ClassPredictions | LabelPredictions = _opened.predictions
    if isinstance(predictions, LabelPredictions):
        swept = sweeps_of_labels(_opened, model).sweeps[predictions.labels.index(name)]
    else:
        one = predictions.against_rest(name)
        swept = ThresholdSweep.from_scores(one.truth, one.model(model).values, weight=one.weights)
    return swept.thin(max_rows=PICTURE_ROWS)


def picture_sweep(opened: Evaluation, model: str, name: str) -> ThinSweep:
    """Return the rows that a small picture of one class or label is drawn from."""
    return _picture_sweep(opened.fingerprint, model, name, opened)
