"""The Errors page's views of cases: one cell, and what flips between two thresholds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import streamlit as st

from evalcore import numbers
from evalcore.metrics.cases.flips import FLIPS, flips_between
from evalcore.metrics.cases.ranking import RANKINGS, CaseRanking, rank_two_classes
from evalcore.metrics.cases.search import search_cases
from evalcore.metrics.sweep.marked_range import cases_in_range
from evalcore.predictions.evaluation import Evaluation
from evalcore.wording import told_apart
from pages.ui import current, phrases, remembered, state
from pages.ui.cases.gallery import readable_columns, show_cases
from pages.ui.cases.marked_range import describe_range, range_sentence
from pages.ui.cases.typical import typical_panel
from pages.ui.state import errors as errors_state

GALLERY = "errors_gallery"
CALLS = ("Wrong", "Right", "All")

Positions = npt.NDArray[np.intp]


def need_rows(opened: Evaluation | None) -> Evaluation:
    """Return the evaluation, or end the page with a sentence where no rows stand behind its figures.

    Of several labels it is the chosen one.
    """
    opened = current.need("errors", opened)
    return current.need_two_classes(opened) if opened.traits.part == "label" else opened


def rank_one_class(opened: Evaluation, two: Evaluation, model: str, *, threshold: float) -> CaseRanking:
    """Rank the cases of two classes; where they are one class against the rest, each keeps its own class's name."""
    ranking = rank_two_classes(two.predictions, model, threshold=threshold)
    if opened.traits.part != "class":
        return ranking
    whole = opened.predictions
    return replace(ranking, true_names=np.asarray(whole.classes, dtype=object)[whole.truth])


def cell_view(opened: Evaluation, ranking: CaseRanking, *, subject: str) -> None:
    """Show the cases of one cell: two by two, or one of many classes against another."""
    if opened.traits.part != "class":  # two groups of classes have no positive one
        cell = state.cell_picker()
        meaning = remembered.cell_meaning(cell)
        if meaning:
            st.caption(phrases.plain(meaning))
        cases = ranking.cell(actual=int(cell in ("tp", "fn")), called=int(cell in ("tp", "fp")))
        name = state.CELLS[cell]
    else:
        cases, name = _cell_of_many(ranking)
    _ordered(opened, ranking, cases, name=name, subject=f"{subject}/{name}")


def flip_view(opened: Evaluation, ranking: CaseRanking, model: str, *, present: float, subject: str) -> None:
    """Show what flips between the pinned point and the present one."""
    pinned = state.pinned()
    if pinned is None:
        st.info(
            "Pin a threshold on the Threshold page, then move on: "
            "here you see every case whose call has flipped since.",
            icon=":material/keep:",
        )
        if st.button("Pin the present threshold", icon=":material/keep:"):
            state.set_pinned(present)
            state.raise_revision()
            st.rerun()
        return
    flips = flips_between(opened.predictions, model, before=pinned, after=present)
    st.markdown(
        f"From **{numbers.score(pinned)}** (pinned) to **{numbers.score(present)}** (present), **{len(flips):,}** of "
        f"{len(ranking.actual):,} calls{phrases.within(opened)} flip."
    )
    if not len(flips):
        return
    names = [name for name in FLIPS if len(getattr(flips, name))]
    kind = st.segmented_control(
        "What flips",
        names,
        format_func=lambda name: f"{FLIPS[name]}: {len(getattr(flips, name)):,}",
        default=names[0],
        required=True,
        key="flip_kind",
        label_visibility="collapsed",
    )
    kind = kind if kind in names else names[0]
    name = FLIPS[kind]
    _ordered(opened, ranking, getattr(flips, kind), name=name, subject=f"{subject}/{pinned!r}/{name}")


def range_view(opened: Evaluation, ranking: CaseRanking, model: str, *, subject: str) -> None:
    """Show the cases of the range of scores that was marked on the Threshold page."""
    chosen = state.score_range()
    if chosen is None:
        return
    cases = cases_in_range(opened.predictions, model, chosen)
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.markdown(range_sentence(opened.predictions, cases, chosen))
    right.button(
        "Clear the range", icon=":material/close:", on_click=state.clear_score_range, width="stretch"
    )
    name = describe_range(chosen)
    _ordered(opened, ranking, cases, name=name, subject=f"{subject}/{chosen!r}")


def _cell_of_many(ranking: CaseRanking) -> tuple[Positions, str]:
    errors_state.settle_pair(ranking.classes)
    choices = [errors_state.ANY_CLASS, *ranking.classes]
    left, middle, right = st.columns([2, 2, 2], vertical_alignment="bottom")
    short = told_apart(choices).__getitem__
    actual = left.selectbox(
        "Actual class", choices, state.held_place(state.ACTUAL, choices), key=state.ACTUAL, format_func=short
    )
    called = middle.selectbox(
        "Called", choices, state.held_place(state.CALLED, choices), key=state.CALLED, format_func=short
    )
    errors_state.carry_pair()
    places = {name: place for place, name in enumerate(ranking.classes)}
    cases = ranking.cell(actual=places.get(actual), called=places.get(called))
    chosen = [f"{side} {name}" for side, name in (("actual", actual), ("called", called)) if name in places]
    if len(chosen) < 2:
        with right:
            calls = st.segmented_control("Calls", CALLS, default=CALLS[0], required=True, key="which_calls")
        if calls != "All":
            cases = cases[ranking.wrong[cases] == (calls == "Wrong")]
        chosen.insert(0, f"{calls} calls".lower())
    return cases, ", ".join(chosen)


def _ordered(opened: Evaluation, ranking: CaseRanking, cases: Positions, *, name: str, subject: str) -> None:
    """Let people order and search the cases, and show them."""
    left, middle, right = st.columns([3, 3, 2], vertical_alignment="bottom")
    order = left.selectbox("Order", list(RANKINGS), format_func=RANKINGS.__getitem__, key="case_order")
    text = middle.text_input(
        "Search",
        key="case_search",
        placeholder="A whole value or word",
        icon=":material/search:",
        help="A number is found by its value: 12 finds 12 and 12.0, not 120 or 0.812. A text is found by whole words.",
    )
    columns = readable_columns(opened)
    column = right.selectbox(
        "In",
        ["", *filter(None, columns)],
        format_func=lambda name: name or "Any column",
        key="case_search_column",
    )
    asked = ""
    if text.strip():
        looked_at = [column] if column else columns
        rows = opened.predictions.rows[cases]
        cases = cases[search_cases(opened.table, rows, text, columns=looked_at)]
        where = f"“{phrases.plain(column)}”" if column else "any column"
        asked = f" with “{phrases.plain(text)}” in {where}"
    if not len(cases):
        st.info(
            f"No such {phrases.plain(remembered.spoken_words().one)}{asked}{phrases.within(opened)}.",
            icon=":material/check:",
        )
        return
    share = len(cases) / len(ranking.actual)
    of_all = f"{numbers.share(share)} of all{phrases.within(opened)}"
    st.markdown(
        f"{remembered.counted(len(cases))}, {of_all}: {phrases.plain(name)}{',' if asked else ''}{asked}"
    )
    cases = ranking.ordered(cases, order)
    show_cases(opened, ranking, cases, key=GALLERY, subject=f"{subject}/{order}/{text}/{column}", name=name)
    typical_panel(opened, ranking, cases, name=name, subject=f"{subject}/{text}/{column}")
