"""Everything that is computed once and kept: the one place with Streamlit's caches.

What a result depends on is an argument (an evaluation's id and fingerprint, a model's name), so that nobody is
shown another's numbers. Cached objects are shared between sessions and never changed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import streamlit as st

from evalcore.figures.explorer import explorer_data, fine_step
from evalcore.inputs.evaluation import BinaryPredictions, CountPredictions, Evaluation, Roles
from evalcore.inputs.opening import open_predictions
from evalcore.metrics.distribution import ScoreHistogram, score_histogram
from evalcore.metrics.intervals import delong
from evalcore.metrics.operating_point import OperatingPoint, find_operating_point
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
    paths = sys.argv[1:]
    if not paths:
        return None
    return store().save(open_predictions(*paths), owner="command-line").id


@st.cache_resource(max_entries=12, show_spinner="Opening the evaluation …")
def _sample_evaluation(identifier: str) -> Evaluation:
    return open_sample(find_sample(samples(), identifier))


@st.cache_resource(max_entries=12, show_spinner="Opening the evaluation …")
def _saved_evaluation(identifier: str, fingerprint: str, title: str) -> Evaluation:  # noqa: ARG001
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


@st.cache_resource(max_entries=32, show_spinner="Counting at every threshold …")
def _sweep(fingerprint: str, model: str, _predictions: Any) -> ThresholdSweep:  # noqa: ARG001
    found = _predictions.model(model)
    if isinstance(_predictions, CountPredictions):
        return ThresholdSweep.from_counts(found.scores, found.positives, found.negatives)
    return ThresholdSweep.from_scores(_predictions.truth, found.values, weight=_predictions.weights)


def sweep(opened: Evaluation, model: str) -> ThresholdSweep:
    """Return the sweep of one model of a binary evaluation."""
    return _sweep(opened.fingerprint, model, opened.predictions)


@st.cache_resource(max_entries=64)
def _thin(fingerprint: str, model: str, _sweep: ThresholdSweep) -> ThinSweep:  # noqa: ARG001
    return _sweep.thin()


def thin(opened: Evaluation, model: str) -> ThinSweep:
    """Return the rows of the sweep that pictures are drawn from."""
    return _thin(opened.fingerprint, model, sweep(opened, model))


@st.cache_resource(max_entries=64)
def _histogram(fingerprint: str, model: str, _sweep: ThresholdSweep) -> ScoreHistogram:  # noqa: ARG001
    return score_histogram(_sweep)


def threshold_step(opened: Evaluation, model: str) -> float:
    """Return a fine step of the threshold, in the unit of the model's score."""
    return fine_step(_histogram(opened.fingerprint, model, sweep(opened, model)))


@st.cache_resource(max_entries=64)
def _points(fingerprint: str, model: str, default: float, _sweep: ThresholdSweep) -> tuple[OperatingPoint, ...]:  # noqa: ARG001
    return tuple(find_operating_point(_sweep, rule, default=default) for rule in BUTTONS)


@st.cache_resource(max_entries=64)
def _explorer_data(fingerprint: str, model: str, _opened: Evaluation) -> dict[str, Any]:
    predictions: BinaryPredictions | CountPredictions = _opened.predictions
    swept = sweep(_opened, model)
    default = predictions.model(model).default_threshold
    return explorer_data(
        swept,
        thin(_opened, model),
        _histogram(fingerprint, model, swept),
        _points(fingerprint, model, default, swept),
        positive=predictions.positive,
        negative=predictions.negative,
        auc=delong(swept),
    )


def explorer_table(opened: Evaluation, model: str) -> dict[str, Any]:
    """Return the explorer's data for one model, all but the present point."""
    return _explorer_data(opened.fingerprint, model, opened)
