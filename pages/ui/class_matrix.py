"""The K x K confusion matrix, the pairs that are mixed up, and the cases behind a cell."""

from __future__ import annotations

from typing import Any

import streamlit as st

from evalcore.figures.class_matrix import class_matrix_figure
from evalcore.inputs.evaluation import Evaluation
from evalcore.metrics.class_arrangement import ORDERS, class_order, fold_rest, most_confused, picked
from evalcore.metrics.confused_pairs import confused_pairs, what_lands_in, where_it_goes
from evalcore.metrics.multiclass import ClassConfusion
from pages.ui import widgets
from pages.ui.class_cases import class_cases_panel

#: More classes than this are not all drawn unless asked for.
FIRST_SHOWN = 30
SIZES = (10, 20, 30, 50, 100, 200)
VIEW_NAMES = {
    "actual": "Share of actual",
    "error": "Errors only",
    "called": "Share of called",
    "all": "Share of all",
    "count": "Counts",
}
CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"]}


@st.fragment
def matrix_panel(opened: Evaluation, model: str, confusion: ClassConfusion) -> None:
    """Show the matrix, and what it says in sentences."""
    st.subheader("What is taken for what", anchor=False)
    left, right = st.columns(2, vertical_alignment="bottom")
    view = st.segmented_control(
        "View",
        list(VIEW_NAMES),
        format_func=VIEW_NAMES.__getitem__,
        default="actual",
        required=True,
        key="matrix_view",
    )
    order = left.selectbox("Order", list(ORDERS), format_func=ORDERS.__getitem__, key="matrix_order")
    shown = _chosen_classes(confusion, order, right)
    picture, words = st.columns([3, 2], gap="large")
    with picture:
        event: Any = st.plotly_chart(
            class_matrix_figure(shown, view=view, clickable=True, palette=widgets.palette()),
            theme=None,
            config=CONFIG,
            key="matrix",
            on_select="rerun",
            selection_mode="points",
        )
    with words:
        _pairs(confusion)
    clicked = event["selection"]["points"]
    chosen = (
        (shown.classes[round(clicked[0]["y"])], shown.classes[round(clicked[0]["x"])]) if clicked else None
    )
    class_cases_panel(opened, model, confusion, clicked=chosen)


def _chosen_classes(confusion: ClassConfusion, order: str, box: Any) -> ClassConfusion:
    """Order the classes; of many, show the most confused and fold the rest, or those that were searched for."""
    arranged = picked(confusion, class_order(confusion, order))
    if len(confusion) <= FIRST_SHOWN:
        return arranged
    sizes = [size for size in SIZES if size < len(confusion)] + [len(confusion)]
    size = box.selectbox(
        "Classes shown",
        sizes,
        index=sizes.index(FIRST_SHOWN) if FIRST_SHOWN in sizes else len(sizes) - 1,
        format_func=lambda many: "All" if many == len(confusion) else f"The {many} most confused",
        key="matrix_size",
    )
    searched = st.multiselect(
        "Only these classes", arranged.classes, key="matrix_classes", placeholder="Search"
    )
    found = [arranged.classes.index(name) for name in searched]
    places = found or most_confused(arranged, size).tolist()
    folded = fold_rest(arranged, places)
    if folded.folded:
        st.caption(
            f"{len(folded.folded):,} classes are folded into “other”. Its cell on the diagonal also holds "
            f"{widgets.count(folded.within)} cases of one folded class that were called another."
        )
    return folded.confusion


def _pairs(confusion: ClassConfusion) -> None:
    """Say in sentences which classes are mixed up."""
    st.markdown("**Most often mixed up**")
    by = st.segmented_control(
        "Most often by",
        ["count", "share"],
        format_func={"count": "By cases", "share": "By share of the class"}.__getitem__,
        default="count",
        required=True,
        key="pairs_by",
        label_visibility="collapsed",
    )
    pairs = confused_pairs(confusion, 8, by=by)
    if not pairs:
        st.markdown("No case was called another class.")
    st.markdown("\n".join(f"- {widgets.plain(pair.sentence)}" for pair in pairs))
    name = st.selectbox("One class in both directions", confusion.classes, key="pairs_of")
    goes, lands = where_it_goes(confusion, name), what_lands_in(confusion, name)
    quoted = widgets.plain(f"“{name}”")
    st.markdown(f"Where {quoted} goes: " + (widgets.plain(goes) if goes else "it is always called so."))
    st.markdown(f"What lands wrongly in {quoted}: " + (widgets.plain(lands) if lands else "nothing."))
