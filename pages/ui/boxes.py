"""Boxes and notes that more than one page shows: what is looked at, doubts, the threshold."""

from __future__ import annotations

import math

import streamlit as st

from evalcore.numbers import count
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.slices.within import whole_fingerprint
from evalcore.predictions.tasks import TASKS
from pages.ui import compute, state
from pages.ui.current import all_levels
from pages.ui.phrases import plain, sentence

#: From where to where the scores of a kind go; others have no ends.
_SCALES = {
    "probability": (0.0, 1.0),
    "confidence": (0.0, 1.0),
    "hard_label": (0.0, 1.0),
    "percent": (0.0, 100.0),
}


def within_choice(opened: Evaluation) -> None:
    """Show which rows are looked at, where groups, folds or splits were recognised."""
    slices = compute.slices(opened)
    # Ranges and pairs are chosen on the Slices page: the one that is looked at stands here as well.
    present = compute.slice_by_name(opened, state.within_name())
    if present is not None and present not in slices:
        slices = (*slices, present)
    words = {each.text: f"{each.words} ({count(each.count)})" for each in slices}
    state.within_picker(
        [each.text for each in slices],
        {"": f"All rows ({count(opened.predictions.cases)})", **words} if slices else {},
        explanation="Every page then shows these rows alone: one value of a group, a fold or a split. "
        "The Data page says which columns these are.",
    )


def level_choice(opened: Evaluation) -> None:
    """Show the level of classes, where there are groups of them."""
    levels = all_levels(opened)
    every = [f"All {len(opened.predictions.parts):,} classes"] if levels else []
    state.level_picker(
        [*every, *(each.name for each in levels)],
        explanation="Look at every class, or at groups of classes: errors within a group then count as right. "
        "The probability of a group is the sum over its classes. See “Groups of classes” on the Classes page.",
    )


def output_choice(opened: Evaluation) -> None:
    """Show which output is looked at, where there are several."""
    if opened.traits.part == "output":
        state.output_picker(opened.predictions.parts, explanation=opened.traits.explanation)


def class_choice(opened: Evaluation) -> None:
    """Show which class or label the threshold decides for, where there are several."""
    traits = opened.traits
    if traits.decides == "part":
        by_size = compute.classes_to_choose if traits.part == "class" else None
        state.class_picker(
            by_size(opened) if by_size else opened.predictions.parts,
            label=traits.choice,
            explanation=traits.explanation,
        )


def show_one_of_several(opened: Evaluation) -> None:
    """Say what a threshold means where it decides for one of several classes or labels, or of pixels."""
    whole = TASKS[opened.roles.task or opened.task]
    if whole.alone and opened.traits.decides == "two classes":
        st.caption(plain(whole.alone.format(opened.predictions.positive)))


def show_doubts(opened: Evaluation) -> None:
    """Show what a person should confirm, wherever the figures are shown."""
    for question in opened.questions:
        st.warning(
            f"{plain(sentence(question.text))} Taken: **{plain(question.chosen)}**. Change it on the Data page.",
            icon=":material/help:",
        )


def settle_threshold(opened: Evaluation, model: str, *, page: str) -> None:
    """Give the threshold a value for a model; within a slice it is the same as for all rows."""
    scores = opened.predictions.model(model)
    subject = whole_fingerprint(opened.fingerprint)
    state.settle_threshold(state.Scale(subject, model, scores.kind, scores.default_threshold), page=page)


def threshold_box(opened: Evaluation, model: str) -> None:
    """Take an exact threshold by keyboard, and offer to undo and redo; the link carries the threshold."""
    scores = opened.predictions.model(model)
    state.note_point(scores.default_threshold)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xxsmall"):
        _number_box(opened, model)
        state.undo_buttons()
    state.carry_threshold(scores.default_threshold)
    state.write_link()


def _number_box(opened: Evaluation, model: str) -> None:
    scores = opened.predictions.model(model)
    st.number_input(
        "Threshold",
        # What the session holds is the default too (`state.held_place` says why).
        value=state.threshold(scores.default_threshold),
        key=state.THRESHOLD,
        format="%.10g",
        step=compute.threshold_step(opened, model),
        help=plain(
            f"A case is called “{opened.predictions.positive}” when its score is at least this. {scores.default_reason}"
        ),
        on_change=state.threshold_typed,
        args=_SCALES.get(scores.kind, (-math.inf, math.inf)),
    )
