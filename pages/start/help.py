"""Help: the tie rule, every figure with its formula, formats, keys, and where data are kept."""

from __future__ import annotations

import streamlit as st

from pages.ui import current, state
from pages.ui.start import help_panels
from pages.ui.state import visit

st.header("Help", anchor=False)
st.caption("Operating Point shows what a classifier does at every decision threshold, each number exact.")
if st.button("Show me around", icon=":material/explore:"):
    state.choose_evaluation(current.live_sample())
    visit.start_tour()
    state.go_to("pages/decide/threshold.py")
help_panels.tie_rule()
help_panels.metrics()
help_panels.formats()
help_panels.keyboard()
help_panels.where_data_are()
