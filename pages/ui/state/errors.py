"""What the session and the link hold of the Errors page: its view, its pair of classes, its galleries and editors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import pandas as pd
import streamlit as st

from pages.ui import state
from pages.ui.state.keys import EDITED, EDITOR_GENERATION, PLACE_IN
from pages.ui.state.link import where_there

#: What the Errors page can show; the link has the words, as Streamlit binds them so.
VIEWS = ("Cases", "What flips", "Suspect labels", "Range of scores")
#: Stands for every class where one class can be chosen.
ANY_CLASS = "any class"


def views(*, several: bool) -> list[str]:
    """Return what the Errors page can show now: among several classes no threshold decides."""
    cases, flips, suspects, within = VIEWS
    if several:
        return [cases, suspects]
    return [cases, flips, suspects, *([within] if state.score_range() else [])]


def view_picker(views: Sequence[str]) -> str:
    """Show what the Errors page can show, where there is a choice; the link carries it."""
    if st.session_state.get(state.VIEW) not in views:
        said = state.linked(state.VIEW)
        st.session_state[state.VIEW] = said if said in views else views[0]
    chosen: str | None = st.segmented_control(
        "View",
        views,
        default=st.session_state[state.VIEW],
        key=state.VIEW,
        required=True,
        label_visibility="collapsed",
    )
    chosen = chosen or views[0]
    state.carry(state.VIEW, "" if chosen == views[0] else chosen)
    return chosen


def look_at_range() -> NoReturn:
    """Turn to the Errors page with the cases of the range of scores."""
    st.session_state[state.VIEW] = VIEWS[3]
    state.carry(state.VIEW, VIEWS[3])
    look_against_rest(True)
    state.go_to("pages/decide/errors.py")


def settle_pair(classes: Sequence[str]) -> None:
    """Give the boxes of a pair of classes what the link says, as far as the present evaluation has these classes."""
    for key in (state.ACTUAL, state.CALLED):
        if st.session_state.get(key) not in (ANY_CLASS, *classes):
            said = state.linked(key)
            st.session_state[key] = said if said in classes else ANY_CLASS


def carry_pair() -> None:
    """Let the link say which pair of classes is chosen."""
    for key in (state.ACTUAL, state.CALLED):
        chosen = st.session_state[key]
        state.carry(key, "" if chosen == ANY_CLASS else chosen)


def rest_picker(name: str) -> bool:
    """Show whether the Errors page is about all classes or one of them against the rest; the link carries it."""
    if state.REST not in st.session_state:
        st.session_state[state.REST] = st.session_state.get(
            state.AGAINST_REST, state.linked(state.REST) == "1"
        )
    if st.session_state[state.REST] and not {state.ACTUAL, state.CALLED}.isdisjoint(st.session_state):
        # A pair's boxes are not there while one class is looked at: another page asks for this pair.
        st.session_state[state.REST] = False
    chosen = st.segmented_control(
        "Decided",
        [False, True],
        default=st.session_state[state.REST],
        format_func=lambda rest: f"“{name}” against the rest" if rest else "Among all classes",
        key=state.REST,
        required=True,
        on_change=_forget_pair,
        label_visibility="collapsed",
    )
    look_against_rest(bool(chosen))
    return bool(chosen)


def look_against_rest(rest: bool) -> None:
    """Note that the Errors page is about one class against the rest, or about all classes."""
    st.session_state[state.AGAINST_REST] = rest
    state.carry(state.REST, "1" if rest else "")
    if rest:
        _forget_pair()


def _forget_pair() -> None:
    for key in (state.ACTUAL, state.CALLED):
        st.session_state.pop(key, None)
        state.carry(key, "")


def place_in_gallery(key: str, subject: str) -> tuple[int, int | None]:
    """Return a gallery's page and chosen case; another subject starts at its first page."""
    place = st.session_state.get(PLACE_IN + key)
    if place is None or place["subject"] != subject:
        place = {"subject": subject, "page": 0, "chosen": None}
        st.session_state[PLACE_IN + key] = place
    return place["page"], place["chosen"]


def gallery_says(key: str) -> dict[str, Callable[[], None]]:
    """Return what to do when a gallery says something, by name."""

    def turn() -> None:
        st.session_state[PLACE_IN + key] |= {
            "page": max(0, int(st.session_state[key]["page"])),
            "chosen": None,
        }

    def choose() -> None:
        chosen = int(st.session_state[key]["chosen"])
        st.session_state[PLACE_IN + key]["chosen"] = None if chosen < 0 else chosen

    return {"page": where_there(key, turn), "chosen": where_there(key, choose)}


def editor_key(name: str) -> str:
    """Return the session key of an editor; a fresh one after `renew_editor`."""
    return f"{name}_{st.session_state.get(EDITOR_GENERATION, 0)}"


def renew_editor() -> None:
    """Note that what an editor shows has changed elsewhere: it starts from the rows as they are now."""
    st.session_state[EDITOR_GENERATION] = st.session_state.get(EDITOR_GENERATION, 0) + 1


def rows_to_edit(key: str, load: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return the rows that an editor began with: its edits count from these as long as it is on screen."""
    held = st.session_state.get(EDITED)
    if key not in st.session_state or held is None or held[0] != key:
        held = key, load()
        st.session_state[EDITED] = held
    rows: pd.DataFrame = held[1]
    return rows


def edits(key: str) -> dict[int, dict[str, Any]]:
    """Return what was edited so far: by the place of the row in the editor, the new values by column."""
    found: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    return found
