"""Everything that is computed once and kept: the one place with Streamlit's caches.

What a result depends on is an argument (an evaluation's id and fingerprint, a model's name), so that nobody is
shown another's numbers. Cached objects are shared between sessions and never changed.
"""

from __future__ import annotations

import math
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from evalcore.figures.explorer import explorer_data, find_presets, fine_step
from evalcore.figures.live_matrix import matrix_table
from evalcore.inputs.evaluation import BinaryPredictions, CountPredictions, Evaluation, Roles
from evalcore.inputs.images import ImageSource, find_images
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.task_types import ClassPredictions, LabelPredictions
from evalcore.inputs.thumbnails import Thumbnail
from evalcore.metrics.class_arrangement import Order, Places, class_order
from evalcore.metrics.class_summary import ClassFigures, class_figures
from evalcore.metrics.distribution import ScoreHistogram, score_histogram
from evalcore.metrics.intervals import delong
from evalcore.metrics.label_summary import LabelSweeps, label_sweeps
from evalcore.metrics.multiclass import ClassConfusion
from evalcore.metrics.policy import Certainty, Decisions
from evalcore.metrics.policy_rule import Rule, decide
from evalcore.metrics.policy_steps import policy_steps, threshold_steps, whole_step
from evalcore.metrics.risk_coverage import RiskCoverageCurve, risk_coverage
from evalcore.metrics.suspects import SuspectLabels, probabilities_of, suspect_labels
from evalcore.metrics.sweep import ThresholdSweep
from evalcore.metrics.thinning import ThinSweep
from evalcore.sharing.samples import Sample, find_sample, is_sample_id, open_sample, read_samples
from evalcore.sharing.saved import SavedEvaluation
from evalcore.sharing.store import EvaluationStore, store_from_environment

ROOT = Path(__file__).parents[2]

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


@st.cache_resource(max_entries=12, show_spinner="Opening the evaluation …")
def _saved_evaluation(identifier: str, fingerprint: str, title: str) -> Evaluation:
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
    return store().save(open_predictions(opened.table, roles=roles, title=opened.title), owner=owner)


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
def _class_confusion(fingerprint: str, model: str, _predictions: ClassPredictions) -> ClassConfusion:
    found = _predictions
    return ClassConfusion.from_labels(
        found.truth, found.model(model).labels, classes=found.classes, weight=found.weights
    )


def class_confusion(opened: Evaluation, model: str) -> ClassConfusion:
    """Return the matrix of all classes, as the model decides."""
    return _class_confusion(opened.fingerprint, model, opened.predictions)


@st.cache_resource(max_entries=32, show_spinner=False)
def _order_of_classes(fingerprint: str, model: str, order: Order, _confusion: ClassConfusion) -> Places:
    return class_order(_confusion, order)


def order_of_classes(opened: Evaluation, model: str, order: Order) -> Places:
    """Return the classes of a model's matrix in an order."""
    return _order_of_classes(opened.fingerprint, model, order, class_confusion(opened, model))


@st.cache_resource(max_entries=16, show_spinner=False)
def _whole_matrix(fingerprint: str, model: str, _confusion: ClassConfusion) -> dict[str, Any]:
    return matrix_table(whole_step(_confusion))


def whole_matrix(opened: Evaluation, model: str) -> dict[str, Any]:
    """Return a model's matrix for the browser."""
    return _whole_matrix(opened.fingerprint, model, class_confusion(opened, model))


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


@st.cache_resource(max_entries=16)
def _decisions(fingerprint: str, model: str, rule: Rule, _predictions: ClassPredictions) -> Decisions:
    return decide(_predictions.model(model), rule)


def decisions(opened: Evaluation, model: str, rule: Rule) -> Decisions:
    """Return what is decided among all classes by a rule."""
    return _decisions(opened.fingerprint, model, rule, opened.predictions)


@st.cache_resource(max_entries=16)
def _risk_coverage(
    fingerprint: str,
    model: str,
    rule: Rule,
    kind: Certainty,
    abstention_cost: float,
    _decisions: Decisions,
    _predictions: ClassPredictions,
) -> RiskCoverageCurve:
    weighed = {"weight": _predictions.weights, "costs": rule.costs, "abstention_cost": abstention_cost}
    return risk_coverage(_predictions.truth, _decisions, kind=kind, **weighed)


def risk_curve(
    opened: Evaluation, model: str, rule: Rule, *, kind: Certainty, abstention_cost: float
) -> RiskCoverageCurve:
    """Return what abstaining buys under a rule."""
    decided = decisions(opened, model, rule)
    return _risk_coverage(opened.fingerprint, model, rule, kind, abstention_cost, decided, opened.predictions)


@st.cache_resource(max_entries=16, show_spinner=False)
def _policy_table(
    fingerprint: str,
    model: str,
    rule: Rule,
    kind: Certainty,
    least: float | None,
    _decisions: Decisions,
    _predictions: ClassPredictions,
) -> dict[str, Any]:
    steps = policy_steps(
        _predictions.truth,
        _decisions,
        classes=len(_predictions.classes),
        kind=kind,
        weight=_predictions.weights,
        include=() if least is None else (least,),
    )
    return matrix_table(steps)


def policy_table(
    opened: Evaluation, model: str, rule: Rule, *, kind: Certainty, least: float | None
) -> dict[str, Any]:
    """Return the matrix at every least certainty for the browser; the present one is among them exactly."""
    decided = decisions(opened, model, rule)
    return _policy_table(opened.fingerprint, model, rule, kind, least, decided, opened.predictions)


@st.cache_resource(max_entries=16, show_spinner=False)
def _threshold_table(
    fingerprint: str,
    model: str,
    others: tuple[float, ...],
    place: int,
    kind: Certainty,
    least: float | None,
    told: float | None,
    _predictions: ClassPredictions,
) -> dict[str, Any]:
    steps = threshold_steps(
        _predictions.truth,
        _predictions.model(model).probabilities,
        others,
        place,
        kind=kind,
        least=-math.inf if least is None else least,
        weight=_predictions.weights,
        include=() if told is None else (told,),
    )
    return matrix_table(steps)


def threshold_table(
    opened: Evaluation,
    model: str,
    rule: Rule,
    place: int,
    *,
    kind: Certainty,
    least: float | None,
    told: float | None,
) -> dict[str, Any]:
    """Return the matrix at every threshold of one class for the browser.

    InputError where the class is in no case the best of those that reach their thresholds.
    """
    limits = rule.thresholds or ()
    others = (*limits[:place], -math.inf, *limits[place + 1 :])
    return _threshold_table(opened.fingerprint, model, others, place, kind, least, told, opened.predictions)


@st.cache_resource(max_entries=16, show_spinner="Sweeping every label …")
def _label_sweeps(fingerprint: str, model: str, _predictions: LabelPredictions) -> LabelSweeps:
    return label_sweeps(_predictions, model)


def sweeps_of_labels(opened: Evaluation, model: str) -> LabelSweeps:
    """Return the sweep of every label."""
    return _label_sweeps(opened.fingerprint, model, opened.predictions)


@st.cache_resource(max_entries=32, show_spinner="Counting at every threshold …")
def _sweep(fingerprint: str, model: str, _predictions: Any) -> ThresholdSweep:
    found = _predictions.model(model)
    if isinstance(_predictions, CountPredictions):
        return ThresholdSweep.from_counts(found.scores, found.positives, found.negatives)
    return ThresholdSweep.from_scores(_predictions.truth, found.values, weight=_predictions.weights)


def sweep(opened: Evaluation, model: str) -> ThresholdSweep:
    """Return the sweep of one model of a binary evaluation."""
    return _sweep(opened.fingerprint, model, opened.predictions)


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


@st.cache_resource(max_entries=16, show_spinner="Looking for suspect labels …")
def _suspects(fingerprint: str, model: str, _predictions: Any) -> SuspectLabels | None:
    said = probabilities_of(_predictions, model)
    return None if said is None else suspect_labels(_predictions.truth, said)


def suspects(opened: Evaluation, model: str) -> SuspectLabels | None:
    """Return the labels that a model confidently contradicts; None where it gives no probabilities."""
    return _suspects(opened.fingerprint, model, opened.predictions)
