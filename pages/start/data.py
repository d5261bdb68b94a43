"""Upload predictions, open a sample, and put right what was recognised."""

from __future__ import annotations

import streamlit as st

from pages.ui import current, phrases, state
from pages.ui.start.recent import recent_panel, samples_panel
from pages.ui.start.recognised import recognised_panel
from pages.ui.start.upload import upload_panel
from pages.ui.state.visitor import remember_visitor

remember_visitor()
st.header("Your predictions", anchor=False)
st.caption(
    "Drop in the file that you already have: one row per case, with what is true and what the model says. "
    "CSV, TSV, Parquet, JSON, Excel and more; compressed or not."
)
upload_panel()
notice = state.take_notice()
if notice:
    st.success(phrases.plain(notice), icon=":material/check_circle:")

opened = current.whole_evaluation()
if opened is not None:
    recognised_panel(opened)
st.divider()
samples_panel()
recent_panel()
