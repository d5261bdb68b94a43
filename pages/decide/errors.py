"""Errors: the cases behind each cell, what flips between two thresholds, and labels that may be wrong."""

from __future__ import annotations

import streamlit as st

from evalcore.inputs.task_types import ClassPredictions
from evalcore.metrics.case_ranking import rank_classes, rank_two_classes
from pages.ui import state, widgets
from pages.ui.case_views import cell_view, flip_view, need_rows
from pages.ui.suspects import suspects_view

opened = need_rows(widgets.current_evaluation())
model = state.model()
many = isinstance(opened.predictions, ClassPredictions)


def threshold_entry() -> float:
    """Take the threshold, the same one as on the Threshold page."""
    scores = opened.predictions.model(model)
    state.settle_threshold(f"{opened.fingerprint}/{model}", scores.default_threshold, page="errors")
    state.settle_cell()
    widgets.threshold_box(opened, model)
    return state.threshold(scores.default_threshold)


@st.fragment
def cases() -> None:
    """Follow every choice without the rest of the page."""
    title, box = st.columns([4, 1], vertical_alignment="bottom")
    title.header("Errors", anchor=False)
    title.caption(widgets.plain(f"{opened.title}. Model: {model}."))
    present = 0.0
    if many:
        ranking = rank_classes(opened.predictions, model)
    else:
        with box:
            present = threshold_entry()
        ranking = rank_two_classes(opened.predictions, model, threshold=present)
    subject = f"{opened.fingerprint}/{model}/{present!r}"
    views = [view for view in state.VIEWS if not (many and view == "What flips")]
    view = state.view_picker(views)
    if view == "What flips":
        flip_view(opened, ranking, model, present=present, subject=subject)
    elif view == "Suspect labels":
        suspects_view(opened, ranking, model, subject=subject)
    else:
        cell_view(opened, ranking, subject=subject)


cases()
