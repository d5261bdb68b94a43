"""A visit: what was just opened and where it leads, what is asked of a saved evaluation, the first visit's tour."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from pages.ui.state import keys
from pages.ui.state.link import choose_evaluation, go_to

#: Set by the browser once somebody has seen the tour, or has no need of it.
_COOKIE = "operating_point_shown"
_SCRIPT = """
export default function(component) {
    const { name } = component.data;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=1; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
"""

#: What a link holds, in words, by its parameter.
LINKED_WORDS: Mapping[str, str] = MappingProxyType(
    {
        keys.EVALUATION: "the evaluation",
        keys.MODEL: "the model",
        keys.OUTPUT: "the output",
        keys.LEVEL: "the level of classes",
        keys.GROUPS: "your groups of classes",
        keys.CLASS: "the class",
        keys.WITHIN: "the rows looked within",
        keys.THRESHOLD: "the threshold",
        keys.PINNED: "the pinned point",
        keys.RANGE: "the range of scores",
        keys.CELL: "the cell",
        keys.GOAL: "the goal",
        keys.COST_MISS: "what a miss costs",
        keys.COST_ALARM: "what a false alarm costs",
        keys.COST_CATCH: "what a catch costs",
        keys.COST_SPARED: "what a case left alone costs",
        keys.COST_REVIEW: "what each flagged case costs",
        keys.COST_AMOUNTS: "the column of amounts",
        keys.TOOL: "the open tool",
        keys.BANDS: "the bands of resamples",
        keys.BAND: "the band of review",
        keys.PREVALENCE: "the other prevalence",
        keys.WORDS: "your own words",
        keys.VIEW: "the view",
        keys.ACTUAL: "the actual class",
        keys.CALLED: "the called class",
        keys.REST: "one class against the rest",
        keys.MINIMUM: "the least certainty",
        keys.CLASS_TAB: "the tab",
    }
)


def set_out(identifier: str) -> None:
    """Turn to an evaluation and set out for the page that shows it."""
    choose_evaluation(identifier)
    st.session_state[keys.ARRIVING] = identifier


def take_arriving() -> bool:
    """Tell, once, whether the open evaluation was just opened."""
    identifier = st.session_state.pop(keys.ARRIVING, None)
    return identifier is not None and identifier == st.session_state.get(keys.OPEN_EVALUATION)


def arrive(page: str) -> None:
    """Turn to a page, which says once what was opened."""
    st.session_state[keys.ARRIVED] = {"evaluation": st.session_state[keys.OPEN_EVALUATION], "page": None}
    go_to(page)


def just_arrived(page: str) -> bool:
    """Tell whether a page is the one that was turned to, for as long as it stays open."""
    arrived = st.session_state.get(keys.ARRIVED)
    if arrived is None:
        return False
    if arrived["page"] is None:
        arrived["page"] = page
    if arrived != {"evaluation": st.session_state.get(keys.OPEN_EVALUATION), "page": page}:
        forget_arrival()
        return False
    return True


def forget_arrival() -> None:
    """Say no more what was opened."""
    st.session_state.pop(keys.ARRIVED, None)


def check_understanding() -> None:
    """Have the Data page begin with what was understood of the open evaluation, for as long as it is shown."""
    st.session_state[keys.CHECKING] = True


def is_checking() -> bool:
    """Tell whether the Data page begins with what was understood."""
    return bool(st.session_state.get(keys.CHECKING))


def stop_checking() -> None:
    """Let the Data page begin with the upload, as it does."""
    st.session_state.pop(keys.CHECKING, None)


def ask(what: str, identifier: str) -> None:
    """Ask for something about a saved evaluation in its row: its name, or whether to delete it; "" for nothing."""
    st.session_state[keys.ASKED] = (what, identifier)


def asked(identifier: str) -> str:
    """Return what is asked about a saved evaluation; empty for nothing."""
    what, about = st.session_state.get(keys.ASKED, ("", ""))
    return str(what) if about == identifier else ""


def is_first_visit() -> bool:
    """Tell whether nobody has been shown around in this browser, nor said that there is no need."""
    return not st.session_state.get(keys.TOUR_DONE) and not st.context.cookies.get(_COOKIE)


def start_tour() -> None:
    """Begin to show somebody around."""
    st.session_state[keys.TOUR] = True


def tour_runs() -> bool:
    """Tell whether somebody is shown around."""
    return bool(st.session_state.get(keys.TOUR))


def end_tour() -> None:
    """Show nobody around any more, in this browser."""
    st.session_state.pop(keys.TOUR, None)
    st.session_state[keys.TOUR_DONE] = True


def end_tour_for_own() -> None:
    """Show nobody around any more: they want to go on to predictions of their own."""
    end_tour()
    st.session_state[keys.TOUR_WISH] = True


def take_wish_for_own() -> bool:
    """Tell, once, whether somebody left the tour for predictions of their own."""
    return bool(st.session_state.pop(keys.TOUR_WISH, False))


def remember_tour() -> None:
    """Ask the browser to remember that nobody need be shown around, once that is so."""
    if st.session_state.get(keys.TOUR_DONE) and not st.context.cookies.get(_COOKIE):
        st.components.v2.component("operating_point_shown", js=_SCRIPT)(
            data={"name": _COOKIE}, key=f"{keys.TOUR_DONE}_cookie", height=1
        )


def choices_now() -> str:
    """Return what is chosen at the left, as one text that changes with any of it."""
    chosen = (keys.OPEN_MODEL, keys.OPEN_OUTPUT, keys.OPEN_LEVEL, keys.OPEN_CLASS, keys.WITHIN)
    return json.dumps([st.session_state.get(key) for key in chosen])
