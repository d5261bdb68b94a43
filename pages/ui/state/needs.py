"""What people need of the threshold: the goal in words, and a choice that is locked."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from pages.ui.state.keys import (
    GOAL,
    GOAL_BOX,
    LOCK,
    LOCK_RECORD,
    THRESHOLD,
)
from pages.ui.state.link import carry
from pages.ui.state.threshold import raise_revision

_LONGEST = 500


def _box(label: str, page: str, placeholder: str, explanation: str | None = None) -> str:
    """Show the goal's box; each page has one of its own, for Streamlit forgets what another page does not draw."""
    key = f"{GOAL_BOX}{page}"
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(GOAL, st.query_params.get(GOAL, ""))
    text: str = st.text_input(label, key=key, placeholder=placeholder, help=explanation, max_chars=_LONGEST)
    st.session_state[GOAL] = text
    carry(GOAL, text)
    return text


def goal_text(default: str) -> str:
    """Show the goal's box alone, and return what stands in it, else the default; the link carries it."""
    return _box("Goal", "validation", default) or default


def is_locked(subject: str) -> bool:
    """Tell whether this choice is locked; another part or another goal is another choice."""
    return st.session_state.get(LOCK) == subject


def lock(subject: str) -> None:
    """Lock a choice, and note when."""
    st.session_state[LOCK] = subject
    _note(f"locked: {subject}")


def unlock() -> None:
    """Open the lock, and note it."""
    _note(f"opened: {st.session_state.pop(LOCK, '')}")


def _note(text: str) -> None:
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    st.session_state[LOCK_RECORD] = [*st.session_state.get(LOCK_RECORD, []), f"{now} {text}"]


def lock_record() -> list[str]:
    """Return when choices were locked and opened in this session, oldest first."""
    found: list[str] = st.session_state.get(LOCK_RECORD, [])
    return found


def move_threshold(value: float) -> None:
    """Move the threshold, as a button does, and tell the explorer."""
    st.session_state[THRESHOLD] = float(value)
    raise_revision()
