"""Upload predictions, open a sample, and put right what was recognised."""

from __future__ import annotations

import streamlit as st

from pages.ui import state, widgets
from pages.ui.recent import recent_panel, samples_panel
from pages.ui.recognised import recognised_panel
from pages.ui.upload import upload_panel
from pages.ui.visitor import remember_visitor

remember_visitor()
st.header("Your predictions", anchor=False)
st.caption(
    "Drop in the file that you already have: one row per case, with what is true and what the model says. "
    "CSV, TSV, Parquet, JSON, Excel and more; compressed or not."
)
upload_panel()
notice = state.take_notice()
if notice:
    st.success(widgets.plain(notice), icon=":material/check_circle:")

opened = widgets.whole_evaluation()
if opened is not None:
    recognised_panel(opened)
st.divider()
samples_panel()
recent_panel()
