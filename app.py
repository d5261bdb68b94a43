"""Operating Point: page config, the table of pages, and which evaluation and model they are about."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from evalcore.errors import StoreError
from pages.ui import boxes, current, phrases, state
from pages.ui.live.address import address
from pages.ui.live.foot import foot
from pages.ui.start import arrival, first_visit
from pages.ui.state import visit

PICTURES = Path(__file__).parent / "pages/ui"
NAME = "Operating Point"
ABOUT = f"**{NAME}**: see what a classifier does at every decision threshold. The Help page says the rest."
LINK_NOTE = "Whoever has it can open it."

st.set_page_config(
    page_title=NAME,
    page_icon=str(PICTURES / "icon.svg"),
    layout="wide",
    menu_items={"Get help": None, "Report a bug": None, "About": ABOUT},
)
st.logo(PICTURES / "logo.svg", size="large")
st.html(PICTURES / "house.css")
state.follow_link()


def page_for(script: str, title: str, icon: str, *needs: str, default: bool = False) -> st.Page:
    """Make a page that is in the menu only where it has something to show of what is open."""
    seen = all(map(current.is_open, needs))
    return st.Page(
        f"pages/{script}.py",
        title=title,
        icon=f":material/{icon}:",
        url_path=script.rpartition("/")[2],
        default=default,
        visibility="visible" if seen else "hidden",
    )


data = page_for("start/data", "Data", "upload_file")
threshold = page_for("decide/threshold", "Threshold", "tune", "threshold", default=True)
menu = {
    "Start": [data],
    "Decide": [
        threshold,
        page_for("decide/errors", "Errors", "troubleshoot", "errors"),
        page_for("decide/compare", "Compare", "compare_arrows", "compare"),
        page_for("decide/slices", "Slices", "segment", "slices"),
        page_for("decide/validation", "Validation", "verified", "errors", "threshold"),
    ],
    "Understand": [
        page_for("understand/counts", "Counts", "grid_view", "counts"),
        page_for("understand/classes", "Classes", "grid_on", "classes"),
        page_for("understand/calibration", "Calibration", "balance", "calibration"),
        page_for("understand/outputs", "Image outputs", "compare", "outputs"),
    ],
    "Training": [page_for("training/history", "History", "show_chart", "history")],
    "Help": [page_for("start/help", "Help", "help")],
}

cold = first_visit.is_taken_for_legacy()
page = st.navigation(menu)
if cold and page is not threshold:
    first_visit.reload_once()

opened = current.whole_evaluation()
named = [page.title, *([] if opened is None else [opened.title]), NAME]
st.set_page_config(page_title=" · ".join(named))
with st.sidebar:
    if opened is not None:
        st.caption("Evaluation")
        st.markdown(f"**{phrases.plain(opened.title)}**")
        state.model_picker(opened.models)
        boxes.output_choice(opened)
        boxes.level_choice(current.one_output(opened))
        # Of all rows: which class comes first must not depend on the slice.
        whole = current.one_output(opened)
        boxes.class_choice(current.at_present_level(whole, current.all_levels(whole)))
        boxes.within_choice(opened)
        foot(visit.LINKED_WORDS, chosen=f"{page.title} {visit.choices_now()}", note=LINK_NOTE, key="foot")
    address(key=state.ADDRESS, undo=state.UNDO, redo=state.REDO, first=state.first_link())
state.write_link()
visit.remember_tour()
if page is not data:
    visit.stop_checking()
if opened is None or page is data:
    arrival.store_line()
if opened is None:
    st.error(current.why_not_open(), icon=":material/link_off:")
    if page is not data:
        st.page_link(data, label="Go to the Data page", icon=":material/upload_file:")
elif page is not data:
    arrival.arrival_line(opened, page.title)
try:
    page.run()
except StoreError as error:  # the samples, and what is open, stay there
    st.error(phrases.plain(phrases.sentence(str(error))), icon=":material/error:")
