"""The open evaluation and what is made of it whole: a level, a class against the rest, one output."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import streamlit as st

from evalcore.inputs.groups.levels import grouped
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.classes import ClassGroups, ClassPredictions
from evalcore.predictions.evaluation import Evaluation, Roles
from evalcore.predictions.labels import LabelPredictions
from evalcore.predictions.outputs import OutputPredictions
from evalcore.sharing.samples import Sample, find_sample, is_sample_id, open_sample, read_samples
from evalcore.sharing.store.saved import SavedEvaluation
from evalcore.sharing.store.store import EvaluationStore, store_from_environment

ROOT = Path(__file__).parents[3]


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
