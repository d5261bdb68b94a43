"""Several classes or labels: which are told apart, and which are mixed up."""

from __future__ import annotations

import streamlit as st

from pages.ui import boxes, current, phrases, state
from pages.ui.understand.class_board import class_board
from pages.ui.understand.label_table import label_panels
from pages.ui.understand.output_table import outputs_panel

whole, opened = current.whole_evaluation(), current.need("classes", current.current_evaluation())
model = state.model()

outputs_panel(current.within_present_slice(whole), model)
st.header(phrases.plain(opened.title), anchor=False)
st.caption(phrases.plain(f"{opened.predictions.subject}. Model: {model}."))
boxes.show_doubts(opened)
if opened.traits.part == "class":
    class_board(opened, model)
else:
    label_panels(opened, model)
