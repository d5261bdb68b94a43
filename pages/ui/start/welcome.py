"""A first visit: one line that says what this is and for whom, and the tour on the live sample."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, current, phrases, state
from pages.ui.live.tour import Step, tour
from pages.ui.state import visit
from pages.ui.state.visitor import visitor

DATA = "pages/start/data.py"


def steps(positive: str) -> tuple[Step, ...]:
    """Return the five steps on the Threshold page."""
    return (
        Step(
            ".op-histogram",
            "One line decides",
            f"Every case has a score. From the line on, a case is called “{positive}”. "
            "Drag the line, or use the arrow keys: all numbers follow your hand.",
        ),
        Step(
            ".op-matrix",
            "Four things can happen",
            f"A real “{positive}” is caught or missed; any other case is left alone, or is a false alarm. "
            "Click a cell to see its cases.",
        ),
        Step(
            ".op-story",
            "The same in plain words",
            "This sentence is what you can tell others. The line below it says what a lazy rule would reach, "
            "which never looks at a case.",
        ),
        Step(
            ".op-curve",
            "All thresholds at once",
            "Each curve shows what every threshold would give. The dot is where you are: drag it along.",
        ),
        Step(
            ".st-key-cases_below",
            "The cases behind a number",
            "Below are the cases of the cell that you chose: to look at, to sort and to download. "
            "That is all. Your own predictions are shown in the same way.",
        ),
    )


def is_welcome(opened: Evaluation | None) -> bool:
    """Tell whether this is a first visit: nobody was shown around, nothing is saved, and the live sample is open."""
    if opened is None or not visit.is_first_visit():
        return False
    is_default = state.evaluation_id("") in ("", current.default_evaluation())
    return (
        is_default
        and compute.command_line_evaluation() is None
        and not compute.store().recent(visitor(), limit=1)
    )


def welcome_line(about: DeltaGenerator, buttons: DeltaGenerator, opened: Evaluation) -> None:
    """Say what this is and for whom, in place of the sample's title; call it within a fragment."""
    with about.container(gap="xxsmall"):
        st.markdown("##### See what a classifier does at every decision threshold")
        whom = "For data scientists and everyone who must live with the decision."
        st.caption(phrases.plain(f"{whom} Live sample: {opened.title}"))
    with buttons.container(gap="xxsmall"):
        if st.button(
            "Use my own predictions", type="primary", icon=":material/upload_file:", width="stretch"
        ):
            visit.end_tour()
            state.go_to(DATA)
        if st.button("Show me around", icon=":material/explore:", width="stretch"):
            visit.start_tour()
            st.rerun()


def guided_tour(opened: Evaluation) -> None:
    """Show somebody around while that was asked for."""
    if visit.take_wish_for_own():
        state.go_to(DATA)
    if visit.tour_runs():
        tour(
            steps(opened.predictions.positive or ""),
            key="guided_tour",
            on_end=visit.end_tour,
            on_own=visit.end_tour_for_own,
        )
