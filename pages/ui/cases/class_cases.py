"""The cases behind one cell of the K x K matrix: images where the rows have them, else the rows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from evalcore.metrics.cases.class_cases import surest_in_cell
from evalcore.metrics.cases.ranking import CaseRanking
from evalcore.predictions.evaluation import Evaluation
from evalcore.wording import told_apart
from pages.ui import phrases, state
from pages.ui.cases.gallery import show_cases
from pages.ui.state import policy as policy_state


def cell_positions(classes: Sequence[str], cell: tuple[str | None, str | None]) -> list[int] | None:
    """Return the positions of a cell's classes, for the matrix to mark it; None where none is chosen."""
    actual, called = cell
    return None if actual is None or called is None else [classes.index(actual), classes.index(called)]


def cell_boxes(
    classes: Sequence[str], *, key: str, first: tuple[str | None, str | None]
) -> tuple[str | None, str | None]:
    """Take a cell: a click in the matrix sets the two boxes, or they are set by hand."""
    keys = policy_state.settle_cell_boxes(key, classes, first)
    left, right = st.columns(2)
    short = told_apart(classes).__getitem__
    return (
        left.selectbox(
            "Actual",
            classes,
            state.held_place(keys[0], classes),
            key=keys[0],
            format_func=short,
            placeholder="Click a cell",
        ),
        right.selectbox(
            "Called",
            classes,
            state.held_place(keys[1], classes),
            key=keys[1],
            format_func=short,
            placeholder="or choose here",
        ),
    )


def class_cases_panel(
    opened: Evaluation,
    ranking: CaseRanking,
    cell: tuple[str | None, str | None],
    *,
    key: str,
    subject: str,
    on_errors_page: bool = False,
) -> None:
    """Show the cases of an actual class that were called some class, the surest calls first.

    Parameters
    ----------
    opened : Evaluation
    ranking : CaseRanking
        From `class_cases`.
    cell : tuple
        Names of the actual and the called class; None where none is chosen.
    key : str
        The session key of the gallery.
    subject : str
        Changes with whatever else changes the cases.
    on_errors_page : bool, default False
        Whether to offer the same cell on the Errors page: it shows the model's own calls.
    """
    actual, called = cell
    if actual is None or called is None:
        return
    cases = surest_in_cell(ranking, actual=actual, called=called)
    if not len(cases):
        st.info("No case is in this cell.", icon=":material/check:")
        return
    name = f"actual {actual}, called {called}"
    left, right = st.columns([3, 1], vertical_alignment="center")
    words = "cases, the surest calls first" if len(cases) > 1 else "case"
    left.markdown(f"**{len(cases):,}** {words}: {phrases.plain(name)}")
    if on_errors_page and right.button(
        "Open these on the Errors page", icon=":material/troubleshoot:", width="stretch", key=f"{key}_errors"
    ):
        policy_state.open_errors("pages/decide/errors.py", actual=actual, called=called)
    show_cases(opened, ranking, cases, key=key, subject=f"{subject}/{name}", name=name)
