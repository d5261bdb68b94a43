"""Errors: the cases behind each cell, what flips between two thresholds, and labels that may be wrong."""

from __future__ import annotations

import streamlit as st

from evalcore.metrics.cases.ranking import CaseRanking, rank_classes
from evalcore.predictions.evaluation import Evaluation
from pages.ui import boxes, compute, current, phrases, state
from pages.ui.decide.error_views import cell_view, flip_view, need_rows, range_view, rank_one_class
from pages.ui.decide.suspects import suspects_view
from pages.ui.state import errors as errors_state

opened = need_rows(current.current_evaluation())
model = state.model()
many = opened.traits.part == "class"


def threshold_entry(two: Evaluation) -> float:
    """Take the threshold, the same one as on the Threshold page."""
    scores = two.predictions.model(model)
    boxes.settle_threshold(two, model, page="errors")
    boxes.threshold_box(two, model)
    return state.threshold(scores.default_threshold)


def show(looked: Evaluation, ranking: CaseRanking, *, present: float | None) -> None:
    """Show one of the views; only where a threshold decides is one `present`."""
    boxes.show_one_of_several(looked)
    view = errors_state.view_picker(errors_state.views(several=present is None))
    subject = f"{looked.fingerprint}/{model}/{present!r}"
    if present is not None and view == "What flips":
        flip_view(looked, ranking, model, present=present, subject=subject)
    elif view == "Suspect labels":
        suspects_view(looked, ranking, model, subject=subject)
    elif view == "Range of scores":
        range_view(looked, ranking, model, subject=subject)
    else:
        cell_view(looked, ranking, subject=subject)


@st.fragment
def cases() -> None:
    """Follow every choice without the rest of the page."""
    title, box = st.columns([3, 2], vertical_alignment="bottom")
    title.header("Errors", anchor=False)
    title.caption(phrases.plain(f"{phrases.sentence(opened.title)} Model: {model}."))
    if many and not errors_state.rest_picker(state.class_name()):
        show(opened, rank_classes(opened.predictions, model), present=None)
        return
    looked = compute.against_rest(opened, state.class_name()) if many else opened
    with box:
        present = threshold_entry(looked)
    show(looked, rank_one_class(opened, looked, model, threshold=present), present=present)


cases()
