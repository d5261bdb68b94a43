"""What the explorer is told of the present point, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from evalcore.metrics.sweep.marked_range import ScoreRange
from pages.ui import state
from pages.ui.state.keys import EXPLORER, EXPLORER_SHOWN, TILES
from pages.ui.state.link import where_there
from pages.ui.state.needs import take_desk


def shown_point(default: float, tiles: Sequence[str]) -> dict[str, Any]:
    """Return what the explorer is told of the present point.

    It knows what it said itself: what it is told changes only with the revision, so that a move in the
    browser sends nothing back to it.
    """
    revision = state.revision()
    shown: dict[str, Any] | None = st.session_state.get(EXPLORER_SHOWN)
    if shown is None or shown["revision"] != revision:
        shown = {
            "threshold": state.threshold(default),
            "pinned": state.pinned(),
            "cell": st.session_state[state.CELL],
            "tiles": list(st.session_state.get(TILES, tiles)),
            "revision": revision,
            "score_range": state.score_range(),
        }
        st.session_state[EXPLORER_SHOWN] = shown
    return shown


def _said(name: str) -> Any:
    return st.session_state[EXPLORER][name]


def _explorer_moved() -> None:
    st.session_state[state.THRESHOLD] = float(_said("threshold"))


def _explorer_pinned() -> None:
    value = _said("pinned")
    state.set_pinned(None if value is None else float(value))


def _explorer_chose_cell() -> None:
    if _said("cell") in state.CELLS:
        state.choose_cell(_said("cell"))
        state.set_score_range(None)


def _explorer_chose_range() -> None:
    said = _said("range")
    state.set_score_range(ScoreRange(**said) if said else None)


def _explorer_says_of_desk() -> None:
    said = _said("desk")
    if isinstance(said, Mapping):
        take_desk(said)


def _explorer_chose_tiles() -> None:
    st.session_state[TILES] = [str(name) for name in _said("tiles")]


#: What to do when the explorer says something, by name.
EXPLORER_SAYS = {
    name: where_there(EXPLORER, act)
    for name, act in {
        "threshold": _explorer_moved,
        "pinned": _explorer_pinned,
        "cell": _explorer_chose_cell,
        "tiles": _explorer_chose_tiles,
        "range": _explorer_chose_range,
        "desk": _explorer_says_of_desk,
    }.items()
}
