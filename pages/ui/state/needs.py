"""What people need of the threshold: the goal in words, and a choice that is locked."""

from __future__ import annotations

import streamlit as st

from pages.ui.state.keys import (
    GOAL,
    GOAL_BOX,
    THRESHOLD,
    WORD_BOX,
    WORDS,
)
from pages.ui.state.link import carry, linked
from pages.ui.state.threshold import raise_revision

_LONGEST = 500


def _box(label: str, page: str, placeholder: str, explanation: str | None = None) -> str:
    """Show the goal's box; each page has one of its own, for Streamlit forgets what another page does not draw."""
    key = f"{GOAL_BOX}{page}"
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(GOAL, linked(GOAL))
    text: str = st.text_input(label, key=key, placeholder=placeholder, help=explanation, max_chars=_LONGEST)
    st.session_state[GOAL] = text
    carry(GOAL, text)
    return text


def goal_text(default: str) -> str:
    """Show the goal's box alone, and return what stands in it, else the default; the link carries it."""
    return _box("Goal", "validation", default) or default


def move_threshold(value: float) -> None:
    """Move the threshold, as a button does, and tell the explorer."""
    st.session_state[THRESHOLD] = float(value)
    raise_revision()


def words_said() -> str:
    """Return a person's own words as the session or the link has them; the link goes on carrying them."""
    text: str = st.session_state.setdefault(WORDS, linked(WORDS))
    carry(WORDS, text)
    return text


def say_words(text: str) -> None:
    """Use a person's own words from now on; empty ones say nothing."""
    st.session_state[WORDS] = text


def word_boxes(
    labels: dict[str, tuple[str, str]], present: dict[str, str], *, longest: int
) -> dict[str, str]:
    """Show a box for each word, with its label and an example, and return what stands in them."""
    columns = st.columns(len(labels))
    found = {}
    for column, (name, (label, example)) in zip(columns, labels.items(), strict=True):
        key = f"{WORD_BOX}{name}_{hash(present[name])}"
        found[name] = column.text_input(
            label, value=present[name], key=key, placeholder=example, max_chars=longest
        )
    return found
