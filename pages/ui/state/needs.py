"""What people need of the threshold: the goal, what outcomes cost, and the prevalence where the model is used."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from pages.ui.state.keys import (
    COST_ALARM,
    COST_AMOUNTS,
    COST_CATCH,
    COST_MISS,
    COST_REVIEW,
    GOAL,
    GOAL_BOX,
    GOAL_PRESET,
    LOCK,
    LOCK_RECORD,
    PREVALENCE,
    THRESHOLD,
)
from pages.ui.state.link import carry, linked
from pages.ui.state.threshold import raise_revision

_LONGEST = 500


def goal_box(presets: dict[str, str], *, explanation: str) -> str:
    """Show the box of the goal with its presets, and return what stands in it; the link carries it."""
    st.pills(
        "Common goals",
        list(presets),
        key=GOAL_PRESET,
        label_visibility="collapsed",
        on_change=_take_preset,
        args=(presets,),
    )
    return _box("What do you need?", "threshold", "max precision where recall >= 0.9", explanation)


def _box(label: str, page: str, placeholder: str, explanation: str | None = None) -> str:
    """Show the goal's box; each page has one of its own, for Streamlit forgets what another page does not draw."""
    key = f"{GOAL_BOX}{page}"
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(GOAL, linked(GOAL))
    text: str = st.text_input(label, key=key, placeholder=placeholder, help=explanation, max_chars=_LONGEST)
    st.session_state[GOAL] = text
    carry(GOAL, text)
    return text


def _take_preset(presets: dict[str, str]) -> None:
    chosen = st.session_state.get(GOAL_PRESET)
    if chosen in presets:
        st.session_state[f"{GOAL_BOX}threshold"] = presets[chosen]
        st.session_state[GOAL_PRESET] = None


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


def cost_boxes(amounts: list[str]) -> tuple[dict[str, float], float, str | None]:
    """Show what each outcome costs; return the costs, that of a flagged case, and the column of amounts."""
    columns = st.columns(4)
    boxes = (
        ("fn", "A miss", COST_MISS, 10.0, "What a positive that is not flagged costs."),
        ("fp", "A false alarm", COST_ALARM, 1.0, "What a negative that is flagged costs."),
        ("tp", "A catch", COST_CATCH, 0.0, "What a positive that is flagged costs; a gain is below 0."),
        ("", "Each flagged case", COST_REVIEW, 0.0, "What looking at a flagged case costs, right or wrong."),
    )
    said = {}
    for column, (name, label, key, default, explanation) in zip(columns, boxes, strict=True):
        with column:
            said[name] = st.number_input(
                label, value=default, key=key, step=1.0, format="%.10g", help=explanation, bind="query-params"
            )
    review = said.pop("")
    chosen = None
    if amounts:
        chosen = st.selectbox(
            "Amounts",
            amounts,
            index=None,
            key=COST_AMOUNTS,
            placeholder="none: each case costs the same",
            help="A column with what each case is worth: the costs above are then multiplied by it.",
        )
    return said, review, chosen


def prevalence_box() -> str:
    """Show the box of the prevalence where the model is used, and return what stands in it."""
    text: str = st.text_input(
        "Share of positives where the model is used",
        key=PREVALENCE,
        placeholder="1 in 200, or 0.5 %",
        max_chars=40,
        bind="query-params",
    )
    return text
