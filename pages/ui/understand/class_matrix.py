"""Of the K x K confusion matrix: the order of the classes, and the pairs that are mixed up in sentences."""

from __future__ import annotations

from typing import Any

import streamlit as st

from evalcore.figures.live.matrix import placed
from evalcore.metrics.classes.arrangement import ORDERS, fold_rest, most_confused, picked
from evalcore.metrics.classes.confused_pairs import confused_pairs, what_lands_in, where_it_goes
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.numbers import count
from evalcore.predictions.evaluation import Evaluation
from pages.ui import phrases
from pages.ui.compute import policy as policy_compute

#: More classes than this are not all drawn unless asked for.
FIRST_SHOWN = 30
SIZES = (10, 20, 30, 50, 100, 200)


def arranged_classes(opened: Evaluation, model: str, confusion: ClassConfusion) -> dict[str, Any]:
    """Order the classes; of many, show the most confused and fold the rest, or those that were searched for.

    Returns
    -------
    dict
        From `evalcore.figures.live.matrix.placed`.
    """
    many = len(confusion)
    left, right = st.columns(2, vertical_alignment="bottom")
    order = left.selectbox("Order", list(ORDERS), format_func=ORDERS.__getitem__, key="matrix_order")
    places = policy_compute.order_of_classes(opened, model, order)
    kept = places
    if many > FIRST_SHOWN:
        sizes = [*(size for size in SIZES if size < many), many]
        size = right.selectbox(
            "Classes shown", sizes, index=sizes.index(FIRST_SHOWN), key="matrix_size",
            format_func=lambda size: f"All {many:,}" if size == many else f"The {size} most confused",
        )  # fmt: skip
        names = [confusion.classes[place] for place in places]
        searched = st.multiselect("Only these classes", names, key="matrix_classes", placeholder="Search")
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


def pairs_panel(confusion: ClassConfusion) -> None:
    """Say in sentences which classes are mixed up."""
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
