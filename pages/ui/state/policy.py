"""What the session and the link hold of the Classes page's matrices: their cells, and the limits of the policy."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import streamlit as st

from pages.ui import state
from pages.ui.state.keys import CLASS_TAB, CLASS_THRESHOLDS, MINIMUM_REVISION, MINIMUM_SHOWN
from pages.ui.state.link import where_there


def open_errors(page: str, *, actual: str, called: str) -> NoReturn:
    """Turn to the Errors page with one class's cases that were called another; its link carries both."""
    st.session_state.pop(state.VIEW, None)
    state.carry(state.VIEW, "")
    for key, name in ((state.ACTUAL, actual), (state.CALLED, called)):
        st.session_state[key] = name
        state.carry(key, name)
    state.go_to(page)


def set_minimum(value: float | None) -> None:
    """Set how sure a decision among several classes must be; call it before its box is drawn."""
    st.session_state[state.MINIMUM] = value
    raise_minimum_revision()


def raise_minimum_revision() -> None:
    """Note a change of the least certainty that the live matrix did not make itself, so that it is told."""
    st.session_state[MINIMUM_REVISION] = st.session_state.get(MINIMUM_REVISION, 0) + 1


def shown_limit(subject: str, limit: float | None) -> dict[str, Any]:
    """Return what the live matrix is told: the limit that its slider moves, and the revision.

    The limit is the least certainty or the threshold of one class. It knows what it said itself: what it is told
    changes only with the revision or the subject, so that a move in the browser sends nothing back to it.
    """
    revision = st.session_state.get(MINIMUM_REVISION, 0)
    name = f"{subject}/{revision}"
    if st.session_state.get(MINIMUM_SHOWN, {}).get("name") != name:
        st.session_state[MINIMUM_SHOWN] = {"limit": limit, "revision": revision, "name": name}
    shown: dict[str, Any] = st.session_state[MINIMUM_SHOWN]
    return shown


def start_of_thresholds(subject: str, first: tuple[float, ...]) -> tuple[tuple[float, ...], int]:
    """Return the thresholds that the table of classes starts with, and how often the slider has changed them."""
    if st.session_state.get(CLASS_THRESHOLDS, {}).get("subject") != subject:
        st.session_state[CLASS_THRESHOLDS] = {"subject": subject, "start": first, "changes": 0}
    kept = st.session_state[CLASS_THRESHOLDS]
    return kept["start"], kept["changes"]


def keep_thresholds(present: tuple[float, ...]) -> None:
    """Note the thresholds of the classes as they are now, for the slider to change one of them."""
    st.session_state[CLASS_THRESHOLDS]["present"] = present


def _change_threshold(place: int, limit: float) -> None:
    kept = st.session_state[CLASS_THRESHOLDS]
    present = kept["present"]
    kept["start"] = (*present[:place], limit, *present[place + 1 :])
    kept["changes"] += 1


def settle_cell_boxes(
    key: str, classes: Sequence[str], first: tuple[str | None, str | None]
) -> tuple[str, str]:
    """Give the boxes of a matrix's cell a value that there is, and return their keys."""
    keys = (state.CELL_ACTUAL + key, state.CELL_CALLED + key)
    for box, value in zip(keys, first, strict=True):
        if st.session_state.get(box) not in classes:
            st.session_state[box] = value
    return keys


def tabs(names: Sequence[str]) -> dict[str, Any]:
    """Show tabs of which only the open one is made, and which one the link carries; return them by name."""
    shown = st.tabs(names, key=CLASS_TAB, on_change="rerun", bind="query-params")
    return dict(zip(names, shown, strict=True))


def matrix_says(key: str, classes: Sequence[str], *, cases: str) -> dict[str, Callable[[], None]]:
    """Return what to do when a matrix of several classes says something, by name.

    `cases` is the tab that shows the cases of a cell.
    """

    def choose() -> None:
        cell = st.session_state[key]["cell"]
        for box, name in ((state.CELL_ACTUAL, "actual"), (state.CELL_CALLED, "called")):
            st.session_state[box + key] = classes[int(cell[name])]
        st.session_state[CLASS_TAB] = cases

    def move() -> None:
        said = st.session_state[key]["limit"]
        # A move that a button has overtaken comes too late.
        if said["revision"] != st.session_state.get(MINIMUM_REVISION, 0):
            return
        limit = None if said["limit"] is None else float(said["limit"])
        if said["place"] is None:
            st.session_state[state.MINIMUM] = limit
        else:
            _change_threshold(int(said["place"]), -math.inf if limit is None else limit)

    return {"cell": where_there(key, choose), "limit": where_there(key, move)}
