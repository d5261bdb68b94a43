"""Operating Point: page config, the table of pages, and which evaluation and model they are about."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui import first_visit, state, widgets

st.set_page_config(page_title="Operating Point", page_icon=":material/adjust:", layout="wide")
st.logo(Path(__file__).parent / "pages/ui/logo.svg", size="large")

data = st.Page("pages/start/data.py", title="Data", icon=":material/upload_file:", url_path="data")
threshold = st.Page(
    "pages/decide/threshold.py", title="Threshold", icon=":material/tune:", url_path="threshold", default=True
)

cold = first_visit.is_taken_for_legacy()
page = st.navigation({"Start": [data], "Decide": [threshold]})
if cold and page is not threshold:
    first_visit.reload_once()
    st.stop()

opened = widgets.current_evaluation()
if opened is not None:
    with st.sidebar:
        st.caption("Evaluation")
        st.markdown(f"**{widgets.plain(opened.title)}**")
        state.model_picker(opened.models)
page.run()
