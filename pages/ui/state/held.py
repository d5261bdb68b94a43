"""Boxes that always show what the session holds, however late the browser hears of it.

Streamlit sends a value that Python sets once, with the next drawing of the box. Where two runs reach the browser
together, the first one's is lost: the box keeps what it showed, or starts with its default, and says that with the
next thing that anybody does. So the session holds the value under a name of its own; the box is drawn with it as its
default, and as a new box whenever the value came from elsewhere than the box itself. What an old box still says is
said to nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.ui.state.keys import BOX


def box_key(name: str, value: Any) -> str:
    """Return the key of the box that shows a value, for the widget to be drawn with it as default.

    Parameters
    ----------
    name : str
        Of what the box shows, as the session holds it.
    value : object
        What it has to show.
    """
    number, shown = st.session_state.get(BOX + name, (0, value))
    if shown != value or st.session_state.get(_key(name, number), value) != value:
        number += 1
    st.session_state[BOX + name] = (number, value)
    return _key(name, number)


def _key(name: str, number: int) -> str:
    return f"{BOX}{name}_{number}"


def hears(name: str, hear: Callable[[Any], None]) -> Callable[[], None]:
    """Return a box's callback: what was said in it is heard, unless it is what the box showed.

    A browser that has not yet heard that a box is gone says once more what it showed: that is no change of it.
    """

    def said() -> None:
        number, shown = st.session_state[BOX + name]
        value = st.session_state.get(_key(name, number), shown)
        if value != shown:
            st.session_state[BOX + name] = (number, value)
            hear(value)

    return said


def takes(name: str, then: Callable[[], None] | None = None) -> Callable[[], None]:
    """Return the callback of a box whose word the session holds as it is; something may follow."""

    def hear(value: Any) -> None:
        st.session_state[name] = value
        if then is not None:
            then()

    return hears(name, hear)
