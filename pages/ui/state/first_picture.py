"""What is seen first is drawn first: the rest of a page is sent a moment later, once in a session."""

from __future__ import annotations

from time import sleep

import streamlit as st

from pages.ui.state.keys import DRAWN

#: Seconds in which a browser that has just come loads and draws a picture. Without them it spends these on the
#: scripts of tables and charts further down, and the picture comes after all of that.
BREATH = 0.6


def let_it_be_drawn() -> None:
    """Let the browser draw what was sent so far, at the first page of a session.

    The run of the page goes on by itself, whatever the browser does meanwhile: nothing has to come back.
    """
    if not st.session_state.get(DRAWN):
        sleep(BREATH)
        st.session_state[DRAWN] = True
