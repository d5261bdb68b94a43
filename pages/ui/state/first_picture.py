"""What is seen first is drawn first: the rest of a session's first page is sent a moment later."""

from __future__ import annotations

from time import sleep

import streamlit as st

from pages.ui.state.keys import DRAWN

#: Seconds in which a browser that has just come loads and draws the picture. Without them it spends these on the
#: scripts of tables and charts further down (6 MB), and the picture comes after all of that.
BREATH = 0.7


def let_it_be_drawn() -> None:
    """Let the browser draw what was sent so far, at the first picture of a session.

    The run of the page goes on by itself, whatever the browser does meanwhile: nothing has to come back. It is
    marked before the wait: a run that is broken off in between (something was pressed, the page was left) is
    followed by one that does not wait.
    """
    if not st.session_state.get(DRAWN):
        st.session_state[DRAWN] = True
        sleep(BREATH)
