"""From what was just opened to the page that shows it, where one line says what was understood."""

from __future__ import annotations

import streamlit as st

from evalcore.numbers import count
from evalcore.predictions.evaluation import Evaluation
from evalcore.wording import count_of
from pages.ui import compute, current, phrases, state
from pages.ui.state import visit

DATA = "pages/start/data.py"


def follow(opened: Evaluation | None) -> None:
    """Turn to the page that shows what was just opened; stay where something is asked, or where there is none."""
    if opened is None or not visit.take_arriving():
        return
    if opened.traits.first and not opened.questions:
        visit.arrive(current.WHERE_TO_GO[opened.traits.first][2])
    visit.check_understanding()
    more = "One question first." if opened.questions else "This is what was understood of it."
    if len(opened.questions) > 1:
        more = "A few questions first."
    state.leave_notice(f"“{opened.title}” is open. {more}")


def understood(opened: Evaluation) -> str:
    """Say in a line what an evaluation was understood as."""
    roles, predictions = opened.roles, opened.predictions
    size = f"{count(predictions.cases)} cases" if opened.task != "history" else predictions.subject
    told = [f"Opened “{opened.title}”: understood as {opened.traits.recognised}, {size}"]
    if roles.truth:
        told.append(f"truth “{roles.truth}”")
    if opened.traits.decides == "two classes" and predictions.positive:
        told.append(f"positive class “{predictions.positive}”")
    if len(opened.models) > 1:
        told.append(f"{len(opened.models)} models")
    remarks = len(phrases.remarks(opened))
    there = f" {count_of(remarks, 'remark')} on the file." if remarks else ""
    return f"{'; '.join(told)}.{there}"


def arrival_line(opened: Evaluation, page: str) -> None:
    """Say on the page that was turned to what was opened, with the way back to what was understood."""
    if not visit.just_arrived(page):
        return
    with st.container(
        horizontal=True, vertical_alignment="center", key="arrival", horizontal_alignment="left", gap="small"
    ):
        st.markdown(f":material/check_circle: {phrases.plain(understood(opened))}", width="content")
        what = "See the remarks, or change" if phrases.remarks(opened) else "Change"
        if st.button(
            f"{what} what was understood", type="tertiary", key="arrival_change", icon=":material/edit:"
        ):
            visit.check_understanding()
            state.go_to(DATA)
        st.button(
            "Close",
            type="tertiary",
            key="arrival_close",
            icon=":material/close:",
            on_click=visit.forget_arrival,
        )


def store_line() -> None:
    """Say that saved evaluations cannot be reached, where that is so, and what goes on without them."""
    fault = compute.store_fault()
    if fault:
        st.warning(
            phrases.plain(
                f"{phrases.sentence(fault)} Until then earlier evaluations are not there; the samples are, and "
                "what you open now is kept until the program ends, for a day at most."
            ),
            icon=":material/warning:",
        )
