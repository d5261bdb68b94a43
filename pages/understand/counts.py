"""Counts: what was called what where only decisions are known, all models side by side."""

from __future__ import annotations

import streamlit as st

from pages.ui import boxes, current, phrases, state
from pages.ui.understand.counts import counts_panel

opened = current.need_two_classes(current.current_evaluation(), "counts")

st.header(phrases.plain(opened.title), anchor=False)
st.caption(
    phrases.plain(
        f"{opened.predictions.subject}. Only decisions are known, so that there is no threshold to move and no curve."
    )
)
boxes.show_one_of_several(opened)
boxes.show_doubts(opened)
counts_panel(opened, state.model())
