"""The explorer: move the threshold and watch everything that follows from it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from evalcore.figures.live.explorer import DEFAULT_TILES, explorer_point
from pages.ui import boxes, compute, current, phrases, remembered, state
from pages.ui.cases.cell import cases_panel
from pages.ui.decide.curves import curves_panel
from pages.ui.decide.desk import desk_told
from pages.ui.decide.metric_drawer import metric_drawer
from pages.ui.decide.plain_panel import plain_panel
from pages.ui.decide.report_download import report_download
from pages.ui.live.explorer import explorer
from pages.ui.start.welcome import guided_tour, is_welcome, welcome_line
from pages.ui.state import explorer as explorer_state
from pages.ui.state import first_picture

opened = current.need_two_classes(current.current_evaluation())
model = state.model()
scores = opened.predictions.model(model)
boxes.settle_threshold(opened, model, page="threshold")
remembered.settle_goal()
first_visit = is_welcome(current.whole_evaluation())


def pictures(told: dict[str, Any]) -> None:
    """Show everything that moves with the hand."""
    shown = explorer_state.shown_point(scores.default_threshold, DEFAULT_TILES)
    data = explorer_point(
        compute.explorer_table(opened, model),
        compute.sweep(opened, model),
        own_words=remembered.own_words(),
        **shown,
        **told,
    )
    explorer(data, key=explorer_state.EXPLORER, on=explorer_state.EXPLORER_SAYS)


@st.fragment
def workbench() -> None:
    """Follow the threshold once it rests, without the rest of the page."""
    # First, for a goal that was just said moves the threshold.
    told = desk_told(opened, model)
    if first_visit:
        title, buttons, box = st.columns([8, 5, 7], vertical_alignment="bottom", gap="small")
        welcome_line(title, buttons, opened)
    else:
        head, box = st.columns([3, 2], vertical_alignment="bottom")
        title = head.container(gap="xxsmall")
        # The slice in the caption: a title of two lines pushes the pictures off the screen.
        title.header(phrases.plain(phrases.heading(opened)), anchor=False)
        part = f" Within {opened.within}." if opened.within else ""
        title.caption(phrases.plain(f"{remembered.subject(opened)}.{part} Model: {model}."))
    with box:
        boxes.threshold_box(opened, model)
    boxes.show_one_of_several(opened)
    boxes.show_doubts(opened)
    pictures(told)
    first_picture.let_it_be_drawn()
    with st.container(key="cases_below"):
        cases_panel(opened, model)
    plain_panel(opened, model)
    report_download(opened, model)
    metric_drawer(opened, model)
    curves_panel(opened, model)
    remembered.keep_goal()


workbench()
guided_tour(opened)
