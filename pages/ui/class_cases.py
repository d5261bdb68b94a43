"""The rows behind one cell of the K x K matrix."""

from __future__ import annotations

import streamlit as st

from evalcore.inputs.evaluation import Evaluation
from evalcore.metrics.class_cases import class_cases
from evalcore.metrics.confused_pairs import confused_pairs
from evalcore.metrics.multiclass import ClassConfusion
from pages.ui import widgets

SHOWN = 1000


def class_cases_panel(
    opened: Evaluation, model: str, confusion: ClassConfusion, *, clicked: tuple[str, str] | None
) -> None:
    """Show the cases of an actual class that were called some class: the clicked cell, else the worst pair."""
    worst = confused_pairs(confusion, 1)
    first = (worst[0].actual, worst[0].called) if worst else (confusion.classes[0],) * 2
    actual, called = clicked if clicked and set(clicked) <= set(confusion.classes) else first
    st.markdown("**Cases behind a cell**")
    if len(opened.table) < len(opened.predictions.truth):
        st.caption("This evaluation holds counts only: there are no rows to show.")
        return
    st.caption("Click a cell of the matrix, or choose here.")
    left, right = st.columns(2)
    # A new cell makes new boxes, so that the click shows in them.
    key = f"{opened.fingerprint}_{actual}_{called}"
    names = confusion.classes
    actual = left.selectbox("Actual", names, index=names.index(actual), key=f"cell_actual_{key}")
    called = right.selectbox("Called", names, index=names.index(called), key=f"cell_called_{key}")
    cases = class_cases(opened.predictions, model, actual=actual, called=called, limit=SHOWN)
    if not cases.total:
        st.info("No case is in this cell.", icon=":material/check:")
        return
    st.dataframe(cases.table, height=280, key="class_cases")
    count, button = st.columns([3, 1], vertical_alignment="center")
    count.caption(widgets.plain(f"{len(cases.table):,} of {cases.total:,} shown, the surest calls first."))
    button.download_button(
        f"Download all {cases.total:,}",
        lambda: (
            class_cases(opened.predictions, model, actual=actual, called=called)
            .table.to_csv()
            .encode("utf-8")
        ),
        file_name="cases.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
