"""Operating Point: page config, the table of pages, and which evaluation and model they are about."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui import boxes, current, phrases, state
from pages.ui.live.address import address
from pages.ui.start import first_visit

PICTURES = Path(__file__).parent / "pages/ui"

st.set_page_config(page_title="Operating Point", page_icon=str(PICTURES / "icon.svg"), layout="wide")
st.logo(PICTURES / "logo.svg", size="large")
state.follow_link()

data = st.Page("pages/start/data.py", title="Data", icon=":material/upload_file:", url_path="data")
threshold = st.Page(
    "pages/decide/threshold.py", title="Threshold", icon=":material/tune:", url_path="threshold", default=True
)

errors = st.Page(
    "pages/decide/errors.py",
    title="Errors",
    icon=":material/troubleshoot:",
    url_path="errors",
    visibility="visible" if current.is_open("errors") else "hidden",
)
validation = st.Page(
    "pages/decide/validation.py",
    title="Validation",
    icon=":material/verified:",
    url_path="validation",
    visibility="visible" if current.is_open("errors") else "hidden",
)
classes = st.Page(
    "pages/understand/classes.py",
    title="Classes",
    icon=":material/grid_on:",
    url_path="classes",
    visibility="visible" if current.is_open("classes") else "hidden",
)

outputs = st.Page(
    "pages/understand/outputs.py",
    title="Image outputs",
    icon=":material/compare:",
    url_path="outputs",
    visibility="visible" if current.is_open("outputs") else "hidden",
)

cold = first_visit.is_taken_for_legacy()
page = st.navigation(
    {"Start": [data], "Decide": [threshold, errors, validation], "Understand": [classes, outputs]}
)
if cold and page is not threshold:
    first_visit.reload_once()

opened = current.whole_evaluation()
if opened is not None:
    with st.sidebar:
        st.caption("Evaluation")
        st.markdown(f"**{phrases.plain(opened.title)}**")
        state.model_picker(opened.models)
        boxes.output_choice(opened)
        boxes.level_choice(current.one_output(opened))
        # Of all rows: which class comes first must not depend on the slice.
        whole = current.one_output(opened)
        boxes.class_choice(current.at_present_level(whole, current.all_levels(whole)))
        boxes.within_choice(opened)
with st.sidebar:
    address(key=state.ADDRESS, undo=state.UNDO, redo=state.REDO, first=state.first_link())
state.write_link()
page.run()
