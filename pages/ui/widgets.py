"""Pieces that more than one page shows."""

from __future__ import annotations

from typing import NoReturn

import pandas as pd
import streamlit as st

from evalcore.errors import InputError
from evalcore.figures.style import DARK, LIGHT, Palette
from evalcore.inputs.class_groups import ClassGroups
from evalcore.inputs.evaluation import BinaryPredictions, CountPredictions, Evaluation, Omission
from evalcore.inputs.image_outputs import ImageOutputs
from evalcore.inputs.stated_groups import groups_from_text
from evalcore.inputs.task_types import ClassPredictions, LabelPredictions, OutputPredictions
from pages.ui import compute, state

#: What each task is called in a sentence.
TASKS = {
    "binary": "two classes",
    "multiclass": "several classes",
    "multilabel": "several labels a row",
    "multioutput": "several outputs a row, each of them a class",
    "image_outputs": "images as outputs: a target and what a model made of it",
    "counts": "counts of a confusion matrix",
    "history": "a training history",
    "scores": "scores without a truth",
}
NOTHING_OPEN = "Open a sample or upload a file on the Data page."
PIXELS = (
    "Every pixel of every image is a case: ink where the target is at least 128 of 255, called ink where the "
    "output is at least the threshold. Pixels of one image hang together, so that any interval shown for them is "
    "too narrow."
)
_MARKDOWN = frozenset("\\`*_{}[]()<>#+-.!|~$:^=&@\"'")


def palette() -> Palette:
    """Return the colours for the viewer's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def plain(text: str) -> str:
    """Escape text that came from a file or a link, so that Markdown shows it as it is."""
    return "".join(f"\\{sign}" if sign in _MARKDOWN else sign for sign in " ".join(text.split()))


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


def level_choice(opened: Evaluation) -> None:
    """Show the level of classes, where there are groups of them."""
    levels = all_levels(opened)
    every = [f"All {len(opened.predictions.classes):,} classes"] if levels else []
    state.level_picker(
        [*every, *(each.name for each in levels)],
        explanation="Look at every class, or at groups of classes: errors within a group then count as right. "
        "The probability of a group is the sum over its classes. See “Groups of classes” on the Classes page.",
    )


def output_choice(opened: Evaluation) -> None:
    """Show which output is looked at, where there are several."""
    if isinstance(opened.predictions, OutputPredictions):
        state.output_picker(
            opened.predictions.names,
            explanation="Every page shows this output as a task of its own. All outputs together are on the "
            "Classes page.",
        )


def class_choice(opened: Evaluation) -> None:
    """Show which class or label the threshold decides for, where there are several."""
    if isinstance(opened.predictions, ClassPredictions):
        state.class_picker(
            compute.classes_to_choose(opened),
            label="Class against the rest",
            explanation="The class that the threshold decides for. All other classes together are the other side.",
        )
    elif isinstance(opened.predictions, LabelPredictions):
        state.class_picker(
            opened.predictions.labels,
            label="Label",
            explanation="The label that the threshold decides for: it applies, or it does not.",
        )


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


def show_one_of_several(opened: Evaluation) -> None:
    """Say what a threshold means where it decides for one of several classes or labels."""
    names = {
        "multiclass": "“{}” against all other classes together. Among all classes at once the model decides by the "
        "highest score: see the Classes page.",
        "multilabel": "The label “{}”: it applies, or it does not. All labels together are on the Classes page.",
    }
    if opened.roles.task == "image_outputs":
        st.caption(PIXELS)
    if opened.task == "binary" and opened.roles.task in names:
        st.caption(plain(names[opened.roles.task].format(opened.predictions.positive)))


def show_doubts(opened: Evaluation) -> None:
    """Show what a person should confirm, wherever the figures are shown."""
    for question in opened.questions:
        st.warning(
            f"{plain(question.text)} Taken: **{plain(question.chosen)}**. Change it on the Data page.",
            icon=":material/help:",
        )


def count(number: float) -> str:
    """Spell a count of cases; weighted counts keep one decimal."""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"


def subject(opened: Evaluation) -> str:
    """Say what is looked at: how many cases, and how many of them are positive."""
    predictions = opened.predictions
    return (
        f"{count(predictions.cases)} cases, {count(predictions.positives)} of them “{predictions.positive}”"
    )


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


def numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Number the first rows of a file from 1, as messages and spreadsheets do."""
    return rows.set_axis(pd.RangeIndex(1, len(rows) + 1, name="row"), axis="index")


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def left_out(omission: Omission) -> str:
    """Say which rows were left out, and why."""
    some = ", ".join(f"{row:,}" for row in omission.rows)
    more = ", …" if omission.count > len(omission.rows) else ""
    rows = "row was" if omission.count == 1 else "rows were"
    return f"{omission.count:,} {rows} left out: {omission.reason} (row {some}{more})."


def threshold_box(opened: Evaluation, model: str) -> None:
    """Take an exact threshold by keyboard; the link carries it."""
    scores = opened.predictions.model(model)
    st.number_input(
        "Threshold",
        value=None,
        key=state.THRESHOLD,
        format="%.10g",
        step=compute.threshold_step(opened, model),
        placeholder=f"{scores.default_threshold:g}",
        help=plain(
            f"A case is called “{opened.predictions.positive}” when its score is at least this. {scores.default_reason}"
        ),
        bind="query-params",
        on_change=state.raise_revision,
    )
