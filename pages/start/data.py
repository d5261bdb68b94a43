"""Upload predictions, open a sample, and put right what was recognised."""

from __future__ import annotations

import streamlit as st

from pages.ui import current, phrases, state
from pages.ui.start import arrival
from pages.ui.start.recent import recent_panel, samples_panel
from pages.ui.start.recognised import recognised_panel
from pages.ui.start.upload import upload_panel
from pages.ui.state import visit
from pages.ui.state.visitor import remember_visitor

remember_visitor()
opened = current.whole_evaluation()
arrival.follow(opened)
said, problem = state.take_notice() or ("", False)
if problem:
    st.error(phrases.plain(said), icon=":material/error:")
elif said:
    st.success(phrases.plain(said), icon=":material/check_circle:")
above = st.container()
st.header("Your predictions", anchor=False)
st.caption(
    "Drop in the file that you already have: one row per case, with what is true and what the model says. "
    "CSV, TSV, Parquet, JSON, Excel and more; compressed or not."
)
failed = upload_panel(opened)
checking = visit.is_checking()
recent_panel()
samples_panel()
# After a file that could not be read, what is open would look like what became of it.
if opened is not None and not failed:
    with above if checking else st.container():
        if not checking:
            st.divider()
            st.caption("Open now")
        recognised_panel(opened)
        if checking:
            st.divider()
