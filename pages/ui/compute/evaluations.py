"""The open evaluation and what is made of it whole: a level, a class against the rest, one output."""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from evalcore.describing.naming import NO_NAMES, Names, with_names
from evalcore.errors import InputError, StoreError
from evalcore.inputs.groups.levels import grouped
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.classes import ClassGroups, ClassPredictions
from evalcore.predictions.evaluation import Evaluation, Roles
from evalcore.predictions.labels import LabelPredictions
from evalcore.predictions.outputs import OutputPredictions
from evalcore.predictions.slices.groups import columns_to_slice
from evalcore.predictions.slices.within import Slice, slice_named, slices_of, within
from evalcore.sharing.samples import Sample, find_sample, is_sample_id, open_sample, read_samples
from evalcore.sharing.store.saved import SavedEvaluation
from pages.ui.compute.kept import kept

if TYPE_CHECKING:
    from evalcore.sharing.store.store import EvaluationStore

ROOT = Path(__file__).parents[3]
Kept = TypeVar("Kept")
_log = logging.getLogger(__name__)
#: Where the database cannot be used, uploads are kept so long, and all of them may hold so many bytes.
_FOR_NOW, _ROOM_FOR_NOW = timedelta(days=1), 2_000_000_000
#: The evaluations that were opened last hold at most so much.
OPEN_MEBIBYTES = 1024


@st.cache_resource(show_spinner=False)
def _opened_store() -> tuple[EvaluationStore, str]:
    """Open the place where evaluations are kept, or one for this run of the server, and say why it must be that."""
    # A first visit to a sample needs no database: that is a fifth of all that it would have to import.
    from evalcore.sharing.store.store import EvaluationStore, store_from_environment

    try:
        opened = store_from_environment(os.environ, default_folder=ROOT / ".data")
        opened.sweep_expired()
    except InputError as error:
        _log.error("saved evaluations cannot be reached: %s", error)
        home = mkdtemp(prefix="operating-point-")
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        return EvaluationStore(None, Path(home), retention=_FOR_NOW, size_limit=_ROOM_FOR_NOW), str(error)
    return opened, ""


def store() -> EvaluationStore:
    """Return the place where evaluations are kept; expired ones go when the server starts."""
    return _opened_store()[0]


def from_store(ask: Callable[[EvaluationStore], Kept], otherwise: Kept) -> Kept:
    """Return what is kept beside an evaluation; where the database does not answer now, the page goes on without."""
    try:
        return ask(store())
    except StoreError as error:
        _log.error("what is kept cannot be read: %s", error)
        return otherwise


def store_fault() -> str:
    """Say why saved evaluations cannot be reached, so that new ones are kept only until the server ends; or nothing."""
    return _opened_store()[1]


@st.cache_resource(show_spinner=False)
def samples() -> tuple[Sample, ...]:
    """List the samples, in the order in which to offer them."""
    return read_samples(ROOT / "sample_data")


@st.cache_resource(show_spinner=False)
def command_line_evaluation() -> str | None:
    """Save the file named behind `streamlit run app.py --` and return its id."""
    # Streamlit puts the script first, then what stood behind `--`; another program has its own arguments.
    script, *paths = sys.argv
    if Path(script).name != "app.py" or not paths:
        return None
    return store().save(open_predictions(*paths), owner="command-line").id


@kept(most=12, mebibytes=OPEN_MEBIBYTES, spinner="Opening the evaluation …")
def _sample_evaluation(identifier: str) -> Evaluation:
    return open_sample(find_sample(samples(), identifier))


@kept(most=12, mebibytes=OPEN_MEBIBYTES, spinner="Opening the evaluation …")
def _saved_evaluation(identifier: str, fingerprint: str, title: str) -> Evaluation:
    return store().open(identifier)


def have_at_hand(saved: SavedEvaluation, opened: Evaluation) -> None:
    """Keep what was just saved for the page that shows it next: it need not be read from the disk again."""
    _saved_evaluation.put(replace(opened, title=saved.title), saved.id, saved.fingerprint, saved.title)


def as_read(identifier: str) -> Evaluation:
    """Open a sample or a saved evaluation as its file calls everything; InputError where there is none (any more)."""
    if is_sample_id(identifier):
        return _sample_evaluation(identifier)
    saved = store().find(identifier)
    return _saved_evaluation(identifier, saved.fingerprint, saved.title)


def names_given(identifier: str) -> Names:
    """Return what classes and models of an evaluation are called by its owner; a sample's have no other names."""
    return NO_NAMES if is_sample_id(identifier) else store().names(identifier)


def evaluation(identifier: str) -> Evaluation:
    """Open a sample or a saved evaluation, with the names that people gave; InputError where there is none."""
    opened, names = as_read(identifier), names_given(identifier)
    return _named(opened, names) if names else opened


@kept(most=12)
def _named(opened: Evaluation, names: Names) -> Evaluation:
    return with_names(opened, names)


def with_roles(
    identifier: str, opened: Evaluation, roles: Roles, *, owner: str, answered: str | None = None
) -> SavedEvaluation:
    """Save an evaluation with other roles: in place for its owner, as a copy for everyone else.

    `answered` is the role whose question is answered by them, if any: it is not asked again.
    """
    if _is_own(identifier, owner):
        saved = store().update_roles(identifier, roles, owner=owner, answered=answered)
        if saved.fingerprint == opened.fingerprint:  # what was taken is confirmed: only its question is gone
            have_at_hand(saved, store().open(identifier))
        return saved
    copy = open_predictions(opened.table, roles=roles, title=opened.title)
    asked = tuple(each for each in copy.questions if each.role != answered)
    saved = store().save(replace(copy, questions=asked, unmatched=opened.unmatched), owner=owner)
    return _with_names(saved, names_given(identifier), owner)


def name_parts(identifier: str, opened: Evaluation, names: Names, *, owner: str) -> SavedEvaluation:
    """Keep names of classes and models: in place for the owner of the evaluation, in a copy for everyone else."""
    if _is_own(identifier, owner):
        return store().give_names(identifier, names, owner=owner)
    return _with_names(store().save(opened, owner=owner), names, owner)


def _is_own(identifier: str, owner: str) -> bool:
    return not is_sample_id(identifier) and store().is_owner(identifier, owner=owner)


def _with_names(saved: SavedEvaluation, names: Names, owner: str) -> SavedEvaluation:
    return store().give_names(saved.id, names, owner=owner) if names else saved


@kept(most=16, spinner="Grouping the classes …")
def at_level(opened: Evaluation, groups: ClassGroups) -> Evaluation:
    """Return the evaluation with groups of classes in place of the classes."""
    return replace(
        opened,
        predictions=grouped(opened.predictions, groups),
        fingerprint=f"{opened.fingerprint}/{groups.digest}",
        title=f"{opened.title}, in {groups.name}",
    )


@kept(most=32)
def slices(opened: Evaluation) -> tuple[Slice, ...]:
    """Return the slices that an evaluation can be looked at within."""
    return slices_of(opened)


@kept(most=64)
def slice_by_name(opened: Evaluation, name: str) -> Slice | None:
    """Return the slice that a link names, also one by a range of numbers or by two columns; None for none."""
    return slice_named(opened, name)


@kept(most=32)
def slice_columns(opened: Evaluation) -> tuple[str, ...]:
    """Return the columns that part the cases into groups."""
    return columns_to_slice(opened)


@kept(most=16, spinner="Taking the rows …")
def within_slice(opened: Evaluation, chosen: Slice) -> Evaluation:
    """Return the evaluation of one slice's cases alone."""
    return within(opened, chosen)


@kept(most=32)
def against_rest(opened: Evaluation, name: str) -> Evaluation:
    """Return one class (or label) against the rest as an evaluation of two classes."""
    predictions: ClassPredictions | LabelPredictions = opened.predictions
    one = (
        predictions.against_rest(name)
        if isinstance(predictions, ClassPredictions)
        else predictions.label(name)
    )
    return replace(opened, task="binary", predictions=one, fingerprint=f"{opened.fingerprint}/{name}")


@kept(most=32)
def one_output(opened: Evaluation, name: str) -> Evaluation:
    """Return one of several outputs as an evaluation of several classes."""
    predictions: OutputPredictions = opened.predictions
    return replace(
        opened,
        task="multiclass",
        predictions=predictions.output(name),
        roles=replace(opened.roles, task="multiclass"),
        fingerprint=f"{opened.fingerprint}/output {name}",
        title=f"{opened.title}: {name}",
    )
