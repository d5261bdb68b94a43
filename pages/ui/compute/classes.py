"""Figures of several classes, labels and outputs, computed once and kept."""

from __future__ import annotations

from evalcore.errors import InputError
from evalcore.inputs.groups.levels import find_levels
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.summaries.class_summary import ClassFigures, class_figures
from evalcore.metrics.summaries.label_summary import LabelSweeps, label_sweeps
from evalcore.metrics.summaries.output_summary import MultiOutputFigures, multi_output_figures
from evalcore.metrics.sweep.of_model import sweep_of
from evalcore.metrics.sweep.thinning import ThinSweep
from evalcore.predictions.classes import ClassGroups, ClassPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.labels import LabelPredictions
from evalcore.predictions.outputs import OutputPredictions
from pages.ui.compute.kept import kept

#: More rows of a sweep are not seen in a small picture.
PICTURE_ROWS = 200


@kept(most=32)
def levels(opened: Evaluation) -> tuple[ClassGroups, ...]:
    """Return the groupings of the classes that the names or the columns hold; none for other tasks."""
    return find_levels(opened.predictions) if isinstance(opened.predictions, ClassPredictions) else ()


@kept(most=16)
def output_results(opened: Evaluation, model: str) -> MultiOutputFigures:
    """Return the figures of all outputs, each and together."""
    predictions: OutputPredictions = opened.predictions
    return multi_output_figures(predictions, model)


@kept(most=32)
def class_confusion(opened: Evaluation, model: str) -> ClassConfusion:
    """Return the matrix of all classes, as the model decides."""
    found: ClassPredictions = opened.predictions
    return ClassConfusion.from_labels(
        found.truth, found.model(model).labels, classes=found.classes, weight=found.weights
    )


def classes_to_choose(opened: Evaluation) -> list[str]:
    """Return the classes in the file's order, but the one with most cases comes first."""
    largest = class_confusion(opened, opened.models[0]).largest
    return [largest, *(name for name in opened.predictions.classes if name != largest)]


@kept(most=16, spinner="Sweeping every class against the rest …")
def class_results(opened: Evaluation, model: str) -> ClassFigures:
    """Return the areas of every class and the figures of the whole model."""
    return class_figures(opened.predictions, model)


@kept(most=16, spinner="Sweeping every label …")
def sweeps_of_labels(opened: Evaluation, model: str) -> LabelSweeps:
    """Return the sweep of every label."""
    predictions: LabelPredictions = opened.predictions
    return label_sweeps(predictions, model)


@kept(most=512)
def picture_sweep(opened: Evaluation, model: str, name: str) -> ThinSweep:
    """Return the rows that a small picture of one class or label is drawn from."""
    predictions: ClassPredictions | LabelPredictions = opened.predictions
    if isinstance(predictions, LabelPredictions):
        swept = sweeps_of_labels(opened, model).sweeps[predictions.labels.index(name)]
        if swept is None:
            raise InputError(f"the truth of {name!r} is known in no row: choose another label")
    else:
        one = predictions.against_rest(name)
        swept = sweep_of(one, model)
    return swept.thin(max_rows=PICTURE_ROWS)
