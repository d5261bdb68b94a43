"""What people need of the threshold: the goal, what outcomes cost, and the prevalence where the model is used."""

from __future__ import annotations

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
    PREVALENCE,
    THRESHOLD,
    WORD_BOX,
    WORDS,
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


def goal_said() -> str:
    """Return the present goal as written; empty for none."""
    return str(st.session_state.get(GOAL) or "")


def propose_goal(text: str) -> None:
    """Start with a goal, where neither the session nor the link has one; one that was taken away stays away."""
    if st.session_state.get(GOAL) is None and not linked(GOAL):
        st.session_state[GOAL] = text


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


def prevalence_said() -> str:
    """Return the prevalence where the model is used as written; empty for that of the data."""
    said = st.session_state.get(PREVALENCE)
    # Before its box is drawn for the first time only the link has it.
    return str(st.query_params.get(PREVALENCE, "") if said is None else said)


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
