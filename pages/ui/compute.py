"""Everything that is computed once and kept: with `policy_compute` the one place with Streamlit's caches.

What a result depends on is an argument (an evaluation's id and fingerprint, a model's name), so that nobody is
shown another's numbers. Cached objects are shared between sessions and never changed.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from evalcore.figures.explorer import explorer_data, find_presets, fine_step
from evalcore.inputs.class_groups import ClassGroups, find_levels, grouped
from evalcore.inputs.evaluation import BinaryPredictions, CountPredictions, Evaluation, Roles
from evalcore.inputs.image_outputs import ImageBatch, ImageOutputs, read_images
from evalcore.inputs.images import ImageSource, find_images
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.picture_stack import PictureStack, stack_pictures
from evalcore.inputs.task_types import ClassPredictions, LabelPredictions, OutputPredictions, ScorePredictions
from evalcore.inputs.thumbnails import Thumbnail
from evalcore.metrics.class_summary import ClassFigures, class_figures
from evalcore.metrics.distribution import ScoreHistogram, score_histogram
from evalcore.metrics.image_outputs import (
    ImageErrors,
    PixelCalls,
    image_errors,
    pixel_calls,
    pixel_counts,
)
from evalcore.metrics.intervals import delong
from evalcore.metrics.label_summary import LabelSweeps, label_sweeps
from evalcore.metrics.multiclass import ClassConfusion
from evalcore.metrics.multioutput import MultiOutputFigures, multi_output_figures
from evalcore.metrics.suspects import SuspectLabels, probabilities_of, suspect_labels
from evalcore.metrics.sweep import ThresholdSweep
from evalcore.metrics.thinning import ThinSweep
from evalcore.metrics.typical_images import TypicalImages, typical_images
from evalcore.sharing.samples import Sample, find_sample, is_sample_id, open_sample, read_samples
from evalcore.sharing.saved import SavedEvaluation
from evalcore.sharing.store import EvaluationStore, store_from_environment

ROOT = Path(__file__).parents[2]
#: Images are averaged at most so wide and high, in pixels.
AVERAGED_SIDE = 64

#: More rows of a sweep are not seen in a small picture.
PICTURE_ROWS = 200

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


@st.cache_resource
def store() -> EvaluationStore:
    """Open the place where evaluations are kept; expired ones go when the server starts."""
    opened = store_from_environment(os.environ, default_folder=ROOT / ".data")
    opened.sweep_expired()
    return opened


@st.cache_resource
def samples() -> tuple[Sample, ...]:
    """List the samples, in the order in which to offer them."""
    return read_samples(ROOT / "sample_data")


@st.cache_resource
def command_line_evaluation() -> str | None:
    """Save the file named behind `streamlit run app.py --` and return its id."""
    # Streamlit puts the script first, then what stood behind `--`; another program has its own arguments.
    script, *paths = sys.argv
    if Path(script).name != "app.py" or not paths:
        return None
    return store().save(open_predictions(*paths), owner="command-line").id


@st.cache_resource(max_entries=12, show_spinner="Opening the evaluation …")
def _sample_evaluation(identifier: str) -> Evaluation:
    return open_sample(find_sample(samples(), identifier))


@st.cache_resource
def _just_saved() -> dict[str, Evaluation]:
    """What was saved last and not looked at yet: it need not be read from the disk again."""
    return {}


def have_at_hand(saved: SavedEvaluation, opened: Evaluation) -> None:
    """Keep what was just saved for the page that shows it next."""
    _just_saved().clear()
    _just_saved()[saved.id] = replace(opened, title=saved.title)


@st.cache_resource(max_entries=12, show_spinner="Opening the evaluation …")
def _saved_evaluation(identifier: str, fingerprint: str, title: str) -> Evaluation:
    fresh = _just_saved().pop(identifier, None)
    if fresh is not None and (fresh.fingerprint, fresh.title) == (fingerprint, title):
        return fresh
    return store().open(identifier)


def evaluation(identifier: str) -> Evaluation:
    """Open a sample or a saved evaluation; InputError where there is none of this id (any more)."""
    if is_sample_id(identifier):
        return _sample_evaluation(identifier)
    saved = store().find(identifier)
    return _saved_evaluation(identifier, saved.fingerprint, saved.title)


def with_roles(identifier: str, opened: Evaluation, roles: Roles, *, owner: str) -> SavedEvaluation:
    """Save an evaluation with other roles: in place for its owner, as a copy for everyone else."""
    if not is_sample_id(identifier) and store().is_owner(identifier, owner=owner):
        return store().update_roles(identifier, roles, owner=owner)
    copy = open_predictions(opened.table, roles=roles, title=opened.title)
    return store().save(replace(copy, unmatched=opened.unmatched), owner=owner)


@st.cache_resource(max_entries=32)
def _levels(fingerprint: str, _predictions: ClassPredictions) -> tuple[ClassGroups, ...]:
    return find_levels(_predictions)


def levels(opened: Evaluation) -> tuple[ClassGroups, ...]:
    """Return the groupings of the classes that the names or the columns hold; none for other tasks."""
    several = isinstance(opened.predictions, ClassPredictions)
    return _levels(opened.fingerprint, opened.predictions) if several else ()


@st.cache_resource(max_entries=16, show_spinner="Grouping the classes …")
def _at_level(fingerprint: str, groups: ClassGroups, _opened: Evaluation) -> Evaluation:
    return replace(
        _opened,
        predictions=grouped(_opened.predictions, groups),
        fingerprint=f"{fingerprint}/{groups.digest}",
        title=f"{_opened.title}, in {groups.name}",
    )


def at_level(opened: Evaluation, groups: ClassGroups) -> Evaluation:
    """Return the evaluation with groups of classes in place of the classes."""
    return _at_level(opened.fingerprint, groups, opened)


@st.cache_resource(max_entries=32)
def _against_rest(fingerprint: str, name: str, _opened: Evaluation) -> Evaluation:
    predictions: ClassPredictions | LabelPredictions = _opened.predictions
    one = (
        predictions.against_rest(name)
        if isinstance(predictions, ClassPredictions)
        else predictions.label(name)
    )
    return replace(_opened, task="binary", predictions=one, fingerprint=f"{fingerprint}/{name}")


def against_rest(opened: Evaluation, name: str) -> Evaluation:
    """Return one class (or label) against the rest as an evaluation of two classes."""
    return _against_rest(opened.fingerprint, name, opened)


@st.cache_resource(max_entries=32)
def _one_output(fingerprint: str, name: str, _opened: Evaluation) -> Evaluation:
    predictions: OutputPredictions = _opened.predictions
    return replace(
        _opened,
        task="multiclass",
        predictions=predictions.output(name),
        roles=replace(_opened.roles, task="multiclass"),
        fingerprint=f"{fingerprint}/output {name}",
        title=f"{_opened.title}: {name}",
    )


def one_output(opened: Evaluation, name: str) -> Evaluation:
    """Return one of several outputs as an evaluation of several classes."""
    return _one_output(opened.fingerprint, name, opened)


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


@st.cache_resource(max_entries=32)
def _image_source(fingerprint: str, _opened: Evaluation) -> ImageSource | None:
    return find_images(_opened)


def image_source(opened: Evaluation) -> ImageSource | None:
    """Return where the rows' images are, or None where there are none."""
    return _image_source(opened.fingerprint, opened)


@st.cache_resource(max_entries=200, show_spinner=False)
def _thumbnails(
    fingerprint: str,
    rows: tuple[int, ...],
    size: int,
    _source: ImageSource,
) -> tuple[Thumbnail, ...]:
    with ThreadPoolExecutor(2) as pool:  # Pillow lets go of the interpreter's lock while it decodes
        return tuple(pool.map(lambda row: _source.thumbnail(row, size), rows))


def thumbnails(
    opened: Evaluation, source: ImageSource, rows: tuple[int, ...], *, size: int
) -> tuple[Thumbnail, ...]:
    """Return the small pictures of some rows of the table."""
    return _thumbnails(opened.fingerprint, rows, size, source)


@st.cache_resource(max_entries=16, show_spinner="Averaging the images …")
def _typical(
    fingerprint: str, rows: tuple[int, ...], count: int, _source: ImageSource
) -> tuple[PictureStack, TypicalImages]:
    with ThreadPoolExecutor(2) as pool:
        stack = stack_pictures(list(pool.map(lambda row: _source.array(row, AVERAGED_SIDE), rows)))
    found = typical_images(stack.pixels, count=count)
    # What is shown of the pictures is drawn from their rows again: their pixels need not be kept.
    return replace(stack, pixels=stack.pixels[:1]), found


def typical(
    opened: Evaluation, source: ImageSource, rows: tuple[int, ...], *, count: int
) -> tuple[PictureStack, TypicalImages]:
    """Return the mean image of some rows of the table, and which are nearest to it and farthest from it."""
    return _typical(opened.fingerprint, rows, count, source)


@st.cache_resource(max_entries=16, show_spinner="Looking for suspect labels …")
def _suspects(fingerprint: str, model: str, _predictions: Any) -> SuspectLabels | None:
    said = probabilities_of(_predictions, model)
    return None if said is None else suspect_labels(_predictions.truth, said)


def suspects(opened: Evaluation, model: str) -> SuspectLabels | None:
    """Return the labels that a model confidently contradicts; None where it gives no probabilities."""
    return _suspects(opened.fingerprint, model, opened.predictions)


@st.cache_resource(max_entries=6, show_spinner="Reading the images …")
def _images(fingerprint: str, model: str, _predictions: ImageOutputs) -> tuple[ImageBatch, ImageErrors]:
    batch = read_images(_predictions, model)
    return batch, image_errors(batch.target, batch.output)


def image_results(opened: Evaluation, model: str) -> tuple[ImageBatch, ImageErrors]:
    """Return the images of one model with their errors; InputError where none can be compared."""
    return _images(opened.fingerprint, model, opened.predictions)


@st.cache_resource(max_entries=6)
def _error_of_input(fingerprint: str, model: str, _batch: ImageBatch) -> float | None:
    if _batch.input is None or _batch.input.shape != _batch.target.shape:
        return None
    return image_errors(_batch.target, _batch.input).mean_absolute_error


def error_of_input(opened: Evaluation, model: str) -> float | None:
    """Return the mean absolute error of what the models were given; None where it cannot be compared."""
    return _error_of_input(opened.fingerprint, model, image_results(opened, model)[0])


@st.cache_resource(max_entries=32)
def _pixel_calls(fingerprint: str, model: str, threshold: float, _batch: ImageBatch) -> PixelCalls:
    return pixel_calls(_batch.target, _batch.output, threshold=threshold)


def called_pixels(opened: Evaluation, model: str, threshold: float) -> PixelCalls:
    """Return which pixels are called ink at a threshold, and which wrongly so."""
    return _pixel_calls(opened.fingerprint, model, threshold, image_results(opened, model)[0])


@st.cache_resource(max_entries=6, show_spinner="Counting the pixels …")
def _pixels_as_classes(fingerprint: str, _opened: Evaluation) -> Evaluation:
    counted = tuple(pixel_counts(name, image_results(_opened, name)[0]) for name in _opened.models)
    counts = CountPredictions(counted, "ink", "paper", _opened.table)
    return replace(_opened, task="counts", predictions=counts, fingerprint=f"{fingerprint}/pixels")


def pixels_as_classes(opened: Evaluation) -> Evaluation:
    """Return all pixels of all images as counts of two classes, ink and paper, at every brightness."""
    return _pixels_as_classes(opened.fingerprint, opened)
