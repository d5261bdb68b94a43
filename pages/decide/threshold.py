"""The explorer: move the threshold and watch everything that follows from it."""

from __future__ import annotations

import streamlit as st

from evalcore.figures.explorer import DEFAULT_TILES, explorer_point
from pages.ui import compute, explorer_state, state, widgets
from pages.ui.cases import cases_panel
from pages.ui.curves import curves_panel
from pages.ui.explorer import explorer

opened = widgets.need_two_classes(widgets.current_evaluation())
model = state.model()
scores = opened.predictions.model(model)
state.settle_threshold(f"{opened.fingerprint}/{model}", scores.default_threshold)
state.settle_cell()


def pictures() -> None:
    """Show everything that moves with the hand."""
    shown = explorer_state.shown_point(scores.default_threshold, DEFAULT_TILES)
    data = explorer_point(compute.explorer_table(opened, model), compute.sweep(opened, model), **shown)
    explorer(data, key=explorer_state.EXPLORER, on=explorer_state.EXPLORER_SAYS)


@st.fragment
def workbench() -> None:
    """Follow the threshold once it rests, without the rest of the page."""
    title, box = st.columns([4, 1], vertical_alignment="bottom")
    title.header(widgets.plain(opened.title), anchor=False)
    title.caption(widgets.plain(f"{widgets.subject(opened)}. Model: {model}."))
    with box:
        widgets.threshold_box(opened, model)
    widgets.show_one_of_several(opened)
    widgets.show_doubts(opened)
    pictures()
    cases_panel(opened, model)
    curves_panel(opened, model)


workbench()
