"""The K x K confusion matrix, the pairs that are mixed up, and the cases behind a cell."""

from __future__ import annotations

from typing import Any

import streamlit as st

from evalcore.figures.live.matrix import matrix_colours, placed
from evalcore.metrics.cases.class_cases import class_cases
from evalcore.metrics.classes.arrangement import ORDERS, fold_rest, most_confused, picked
from evalcore.metrics.classes.confused_pairs import confused_pairs, what_lands_in, where_it_goes
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.numbers import count
from evalcore.predictions.evaluation import Evaluation
from pages.ui import phrases
from pages.ui.cases.class_cases import cell_boxes, cell_positions, class_cases_panel
from pages.ui.compute import policy as policy_compute
from pages.ui.live.matrix import live_matrix
from pages.ui.state import policy as policy_state

#: More classes than this are not all drawn unless asked for.
FIRST_SHOWN = 30
SIZES = (10, 20, 30, 50, 100, 200)
MATRIX, GALLERY = "class_matrix", "class_cell_gallery"


@st.fragment
def matrix_panel(opened: Evaluation, model: str, confusion: ClassConfusion) -> None:
    """Show the matrix, what it says in sentences, and the cases of a cell."""
    st.subheader("What is taken for what", anchor=False)
    shown = arranged_classes(opened, model, confusion, key="matrix", search=True)
    classes = opened.predictions.classes
    picture, words = st.columns([5, 3], gap="large")
    with words:
        _pairs(confusion)
    st.markdown("**Cases behind a cell**")
    if len(opened.table) < len(opened.predictions.truth):
        st.caption("This evaluation holds counts only: there are no rows to show.")
        cell, ranking = (None, None), None
    else:
        cell, ranking = (
            cell_boxes(classes, key=MATRIX, first=_worst(confusion)),
            class_cases(opened.predictions, model),
        )
    with picture:
        data = {
            "id": f"{opened.fingerprint}/{model}",
            "table": policy_compute.whole_matrix(opened, model),
            "shown": shown,
            "colours": matrix_colours(phrases.palette()),
            "chosen": cell_positions(classes, cell),
            "policy": None,
        }
        live_matrix(data, key=MATRIX, on={"cell": policy_state.matrix_says(MATRIX, classes)["cell"]})
    if ranking is not None:
        subject = f"{opened.fingerprint}/{model}"
        class_cases_panel(opened, ranking, cell, key=GALLERY, subject=subject, on_errors_page=True)


def _worst(confusion: ClassConfusion) -> tuple[str, str]:
    worst = confused_pairs(confusion, 1)
    return (worst[0].actual, worst[0].called) if worst else (confusion.classes[0],) * 2


def arranged_classes(
    opened: Evaluation, model: str, confusion: ClassConfusion, *, key: str, search: bool = False
) -> dict[str, Any]:
    """Order the classes; of many, show the most confused and fold the rest, or those that were searched for.

    Returns
    -------
    dict
        From `evalcore.figures.live.matrix.placed`.
    """
    many = len(confusion)
    left, right = st.columns(2, vertical_alignment="bottom")
    order = left.selectbox("Order", list(ORDERS), format_func=ORDERS.__getitem__, key=f"{key}_order")
    places = policy_compute.order_of_classes(opened, model, order)
    kept = places
    if many > FIRST_SHOWN:
        sizes = [*(size for size in SIZES if size < many), many]
        size = right.selectbox(
            "Classes shown", sizes, index=sizes.index(FIRST_SHOWN), key=f"{key}_size",
            format_func=lambda size: f"All {many:,}" if size == many else f"The {size} most confused",
        )  # fmt: skip
        names = [confusion.classes[place] for place in places]
        searched = (
            st.multiselect("Only these classes", names, key=f"{key}_classes", placeholder="Search")
            if search
            else []
        )
        arranged = picked(confusion, places)
        chosen = [names.index(name) for name in searched] or most_confused(arranged, size).tolist()
        kept = places[chosen]
    folded = fold_rest(confusion, kept)
    # Always there, so that the matrix below keeps its place on the page, and with it its zoom.
    note = st.container()
    if folded.folded:
        note.caption(
            f"{len(folded.folded):,} classes are folded into “other”. Its cell on the diagonal also holds "
            f"{count(folded.within)} cases of one folded class that were called another."
        )
    return placed(folded, kept, many)


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
    st.markdown("\n".join(f"- {phrases.plain(pair.sentence)}" for pair in pairs))
    name = st.selectbox("One class in both directions", confusion.classes, key="pairs_of")
    goes, lands = where_it_goes(confusion, name), what_lands_in(confusion, name)
    quoted = phrases.plain(f"“{name}”")
    st.markdown(f"Where {quoted} goes: " + (phrases.plain(goes) if goes else "it is always called so."))
    st.markdown(f"What lands wrongly in {quoted}: " + (phrases.plain(lands) if lands else "nothing."))
