"""The rows behind the chosen cell of the confusion matrix."""

from __future__ import annotations

import streamlit as st

from evalcore.metrics.cases.cell import CASE_ORDERS, CELL_WORDS, cases_behind
from evalcore.metrics.cases.ranking import rank_two_classes
from evalcore.numbers import UNDEFINED
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.csv_text import as_csv
from evalcore.wording import count_of
from pages.ui import compute, phrases, remembered, state
from pages.ui.cases.gallery import show_cases
from pages.ui.cases.marked_range import range_panel

SHOWN = 1000
_NONE = {
    "tp": "No case is caught",
    "fp": "There are no false alarms",
    "fn": "No case is missed",
    "tn": "No case is left alone",
}


def cases_panel(opened: Evaluation, model: str) -> None:
    """Show the cases of one cell at the present threshold: to see, sort and download."""
    predictions = opened.predictions
    several = state.score_range() is not None
    heading = st.empty()
    words = remembered.spoken_words()
    every = phrases.plain(phrases.with_capital(words.cases))
    heading.subheader(f"{every} in a range of scores" if several else f"{every} behind a cell", anchor=False)
    if "errors" not in opened.traits.pages:
        pixels = opened.roles.task == "image_outputs"
        st.caption(
            "Every case is a pixel: the Image outputs page shows the images that they are from."
            if pixels
            else "This evaluation holds counts only: there are no rows to show."
        )
        return
    chosen = state.score_range()
    if chosen is not None:
        range_panel(opened, model, chosen)
        return
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        cell = state.cell_picker()
    order = right.selectbox(
        "Order", list(CASE_ORDERS), format_func=CASE_ORDERS.__getitem__, label_visibility="collapsed"
    )
    meaning = remembered.cell_meaning(cell)
    if meaning:
        st.caption(phrases.plain(meaning))
    asked = {
        "threshold": state.threshold(predictions.model(model).default_threshold),
        "cell": cell,
        "order": order,
    }
    cases = cases_behind(predictions, model, **asked, limit=SHOWN)
    heading.subheader(
        f"{every} behind a cell: {_how_many(cases.total, cell, predictions.weights)}", anchor=False
    )
    if not cases.total:
        st.info(f"{_NONE[cell]} at this threshold{phrases.within(opened)}.", icon=":material/check:")
        return
    if compute.image_source(opened) is not None:
        _gallery(opened, model, threshold=asked["threshold"], cell=cell, order=order)
        return
    st.dataframe(cases.table, key="cases", placeholder=UNDEFINED)
    count, button = st.columns([3, 1], vertical_alignment="center")
    count.caption(f"{len(cases.table):,} of {cases.total:,} shown{phrases.within(opened)}")
    button.download_button(
        f"Download all {cases.total:,}",
        lambda: as_csv(cases_behind(predictions, model, **asked).table),
        file_name=phrases.file_name(opened, state.CELLS[cell]),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def _how_many(rows: int, cell: str, weights: object) -> str:
    """Say how many cases there are, as the cell says it; where cases have weights, the cell counts these."""
    words = CELL_WORDS[cell]
    return (
        count_of(rows, "row") if weights is not None else f"{rows:,} {words.one if rows == 1 else words.many}"
    )


def _gallery(opened: Evaluation, model: str, *, threshold: float, cell: str, order: str) -> None:
    """Show the images of the cell."""
    ranking = rank_two_classes(opened.predictions, model, threshold=threshold)
    inside = ranking.cell(actual=int(cell in ("tp", "fn")), called=int(cell in ("tp", "fp")))
    # In one cell all are right or all are wrong: furthest from the threshold is one end of that.
    furthest = "most_right" if cell in ("tp", "tn") else "most_wrong"
    inside = ranking.ordered(
        inside, {"furthest": furthest, "nearest": "most_uncertain", "file": "file"}[order]
    )
    subject = f"{opened.fingerprint}/{model}/{threshold!r}/{cell}/{order}"
    show_cases(opened, ranking, inside, key="cell_gallery", subject=subject, name=state.CELLS[cell])
