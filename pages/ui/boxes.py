"""Pieces that more than one page shows."""

from __future__ import annotations

import streamlit as st

from evalcore.predictions.classes import ClassPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.labels import LabelPredictions
from evalcore.predictions.outputs import OutputPredictions
from pages.ui import compute, state
from pages.ui.current import all_levels
from pages.ui.phrases import PIXELS, plain


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
