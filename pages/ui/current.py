"""The open evaluation: as it came, at a level, one output of it; and what a page needs of it."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from evalcore.errors import InputError
from evalcore.inputs.groups.stated import groups_from_text
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.classes import ClassGroups, ClassPredictions
from evalcore.predictions.counts import CountPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.images import ImageOutputs
from evalcore.predictions.labels import LabelPredictions
from evalcore.predictions.outputs import OutputPredictions
from pages.ui import compute, state
from pages.ui.phrases import TASKS, count, plain, subject

NOTHING_OPEN = "Open a sample or upload a file on the Data page."


def default_evaluation() -> str:
    """Return what a first visit shows: the file of the command line, else the first sample."""
    return compute.command_line_evaluation() or compute.samples()[0].id


def current_evaluation() -> Evaluation | None:
    """Open the evaluation of this session: of several outputs, and of levels of classes, the one looked at."""
    opened = whole_evaluation()
    opened = None if opened is None else one_output(opened)
    if opened is None or state.level() is None:
        return opened
    groups = next((each for each in all_levels(opened) if each.name == state.level()), None)
    return opened if groups is None else compute.at_level(opened, groups)


def one_output(opened: Evaluation) -> Evaluation:
    """Of several outputs the one that is looked at, as a task of its own; else the evaluation as it is."""
    if not isinstance(opened.predictions, OutputPredictions):
        return opened
    names = opened.predictions.names
    chosen = state.output_name()
    return compute.one_output(opened, chosen if chosen in names else names[0])


def whole_evaluation() -> Evaluation | None:
    """Open the evaluation of this session as it came; where it cannot be, say why in one sentence."""
    identifier = state.evaluation_id(default_evaluation())
    try:
        opened = compute.evaluation(identifier)
    except InputError as error:
        st.error(plain(str(error)), icon=":material/link_off:")
        return None
    state.keep_evaluation(identifier)
    return opened


def decides_two_classes(opened: Evaluation) -> bool:
    """Tell whether a threshold decides between two classes here."""
    return isinstance(opened.predictions, (BinaryPredictions, CountPredictions))


def has_several(opened: Evaluation) -> bool:
    """Tell whether there are several classes, labels or outputs here."""
    return isinstance(opened.predictions, (ClassPredictions, LabelPredictions, OutputPredictions))


def several_are_open() -> bool:
    """Tell whether this session's evaluation has several classes or labels; no where it cannot be opened."""
    try:
        return has_several(compute.evaluation(state.evaluation_id(default_evaluation())))
    except InputError:
        return False


def has_images(opened: Evaluation) -> bool:
    """Tell whether the outputs are images here."""
    return isinstance(opened.predictions, ImageOutputs)


def images_are_open() -> bool:
    """Tell whether this session's evaluation has images as outputs; no where it cannot be opened."""
    try:
        return has_images(compute.evaluation(state.evaluation_id(default_evaluation())))
    except InputError:
        return False


def need_images(opened: Evaluation | None) -> Evaluation:
    """Return the evaluation, or end the page with a sentence where no output is an image."""
    if opened is None:
        stop(NOTHING_OPEN)
    if not has_images(opened):
        stop(
            "This page compares images that a model made with those that they should be: a table with an image "
            f"of each in every row. The open file was recognised as {TASKS[opened.task]}."
        )
    return opened


def need_several(opened: Evaluation | None) -> Evaluation:
    """Return the evaluation, or end the page with a sentence where there are no classes to tell apart."""
    if opened is None:
        stop(NOTHING_OPEN)
    if not has_several(opened):
        stop(
            "This page compares three or more classes, or several labels of a row. "
            f"The open file was recognised as {TASKS[opened.task]}."
        )
    return opened


def all_levels(opened: Evaluation) -> tuple[ClassGroups, ...]:
    """List the coarser levels of an evaluation as it came: those that were found, and the person's own."""
    found, text = compute.levels(opened), state.stated_groups()
    if not text or not isinstance(opened.predictions, ClassPredictions):
        return found
    own = groups_from_text(opened.predictions.classes, text)
    return found if own is None else (*found, own)


def need_two_classes(opened: Evaluation | None) -> Evaluation:
    """Return the evaluation, or end the page with a sentence where there is no threshold to move.

    Of several classes or labels it is the chosen one against the rest.
    """
    if opened is None:
        stop(NOTHING_OPEN)
    if has_several(opened):
        return compute.against_rest(opened, state.class_name())
    if has_images(opened):
        return compute.pixels_as_classes(opened)
    if not decides_two_classes(opened):
        stop("A threshold decides between two classes; this file was recognised as something else.")
    return opened


def stop(sentence: str) -> NoReturn:
    """Say why the page has nothing to show, offer the Data page, and end."""
    st.info(sentence, icon=":material/info:")
    st.page_link("pages/start/data.py", label="Go to the Data page", icon=":material/upload_file:")
    st.stop()


def summary(opened: Evaluation) -> str:
    """Say in a sentence or two what the open evaluation is."""
    if not decides_two_classes(opened):
        return f"{count(len(opened.table))} rows, recognised as {TASKS[opened.task]}."
    models = (
        f"{len(opened.models)} models: {', '.join(opened.models)}"
        if len(opened.models) > 1
        else f"model: {opened.models[0]}"
    )
    return f"{subject(opened)}; {models}."
