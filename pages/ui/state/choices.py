"""What is chosen at the left: model, level, output, class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from evalcore.wording import told_apart
from pages.ui.state.keys import (
    BESIDE,
    CLASS,
    ENSEMBLE,
    GROUPS,
    LEVEL,
    MODEL,
    NEXT_LEVEL,
    OPEN_CLASS,
    OPEN_LEVEL,
    OPEN_MODEL,
    OPEN_OUTPUT,
    OUTPUT,
    WITHIN,
)
from pages.ui.state.link import carry, linked

#: So many signs of a name have room at the left.
SIDEBAR_SIGNS = 32


def model_picker(models: Sequence[str]) -> None:
    """Show the choice of model where there is one; the link carries it."""
    if len(models) > 1:
        _choice("Model", models, MODEL)
    else:
        st.session_state.pop(MODEL, None)
    st.session_state[OPEN_MODEL] = st.session_state.get(MODEL, models[0] if models else None)


def held_place(key: str, names: Sequence[str]) -> int | None:
    """Return where what the session holds for a box stands among its choices: the box's default, None for none.

    A value that Python sets for a box is sent with one drawing of it, and lost where two runs reach the browser
    together: the box then begins with its default. So every box that Python sets has what the session holds as that.
    """
    held = st.session_state.get(key)
    return None if held is None else names.index(held)


def _choice(
    label: str,
    names: Sequence[str],
    key: str,
    explanation: str | None = None,
    words: Mapping[str, str] | None = None,
) -> str:
    """Show a box that starts with what the link says, else with the first name, and that the link follows."""
    if st.session_state.get(key) not in names:
        said = linked(key)
        st.session_state[key] = said if said in names else names[0]
    long = words or {name: name for name in names}
    short = told_apart([long[name] for name in names], SIDEBAR_SIGNS)
    chosen: str = st.selectbox(
        label,
        names,
        index=held_place(key, names),
        key=key,
        help=explanation,
        format_func=lambda name: short[long[name]],
    )
    carry(key, "" if chosen == names[0] else chosen)
    return chosen


def model() -> str:
    """Return the model that is looked at."""
    name: str = st.session_state[OPEN_MODEL]
    return name


def level_picker(levels: Sequence[str], *, explanation: str) -> None:
    """Show the choice of level, all classes first, where there are groups of classes; the link carries it."""
    chosen = None
    if len(levels) > 1:
        if NEXT_LEVEL in st.session_state:
            st.session_state[LEVEL] = st.session_state.pop(NEXT_LEVEL)
        if st.session_state.get(LEVEL) not in levels:
            # The widget is forgotten where it was not drawn; the link may say a level of another evaluation.
            known = (st.session_state.get(OPEN_LEVEL), linked(LEVEL))
            st.session_state[LEVEL] = next((name for name in known if name in levels), levels[0])
        chosen = st.selectbox("Level", levels, index=held_place(LEVEL, levels), key=LEVEL, help=explanation)
    else:
        st.session_state.pop(LEVEL, None)
    st.session_state[OPEN_LEVEL] = chosen
    carry(LEVEL, "" if not levels or chosen == levels[0] else chosen or "")


def level() -> str | None:
    """Return the level of classes that is looked at; None or the first choice for every class."""
    name: str | None = st.session_state.get(OPEN_LEVEL)
    return name


def stated_groups() -> str:
    """Return the groups of classes that a person gave, as text; empty for none."""
    if GROUPS not in st.session_state:
        st.session_state[GROUPS] = linked(GROUPS)
    text: str = st.session_state[GROUPS]
    return text


def give_groups(text: str, level: str | None) -> None:
    """Keep a person's groups of classes (an empty text: none) and turn to their level with the next run.

    Groups too long for a link are kept for this session only.
    """
    st.session_state[GROUPS] = text
    st.session_state[NEXT_LEVEL] = level


def within_picker(names: Sequence[str], words: Mapping[str, str], *, explanation: str) -> None:
    """Show the choice of the rows that are looked at: all, by an empty name, or one slice; the link carries it."""
    if names:
        _choice("Within", ["", *names], WITHIN, explanation, words)
    else:
        st.session_state.pop(WITHIN, None)
        carry(WITHIN, "")


def choose_within(name: str) -> None:
    """Turn to a slice; call it before the choice is drawn, as when a button is pressed."""
    st.session_state[WITHIN] = name
    carry(WITHIN, name)


def within_name() -> str:
    """Return the slice that is looked at, as the link says it; an empty text for all rows."""
    return linked(WITHIN)


def class_picker(names: Sequence[str], *, label: str, explanation: str) -> None:
    """Show the choice of one class (or label) among several, the usual one first; the link carries it."""
    st.session_state[OPEN_CLASS] = _choice(label, names, CLASS, explanation)


def output_picker(names: Sequence[str], *, explanation: str) -> None:
    """Show the choice of one output among several; the link carries it."""
    st.session_state[OPEN_OUTPUT] = _choice("Output", names, OUTPUT, explanation)


def ensemble_picker(words: Mapping[str, str], *, explanation: str) -> str:
    """Show the choice of how models are put together, an empty name first for not at all; the link carries it."""
    return _choice("Put together", list(words), ENSEMBLE, explanation, words)


def beside_named() -> list[str]:
    """Return the ids of the evaluations that the link lays beside the open one."""
    return linked(BESIDE).split()


def beside_picker(words: Mapping[str, str], *, explanation: str) -> list[str]:
    """Show the choice of evaluations to lay beside the open one, by their ids; the link carries it."""
    if BESIDE not in st.session_state:
        st.session_state[BESIDE] = beside_named()
    st.session_state[BESIDE] = held = [each for each in st.session_state[BESIDE] if each in words]
    chosen = st.multiselect(
        "Beside it",
        list(words),
        default=held,
        key=BESIDE,
        format_func=words.__getitem__,
        placeholder="Other evaluations of the same cases",
        help=explanation,
    )
    carry(BESIDE, " ".join(chosen))
    return chosen


def choose_output(name: str) -> None:
    """Turn to another output; call it before the choice is drawn, as when a button is pressed."""
    st.session_state[OUTPUT] = name


def output_name() -> str | None:
    """Return the output that is looked at, None before any was."""
    name: str | None = st.session_state.get(OPEN_OUTPUT)
    return name


def choose_class(name: str) -> None:
    """Turn to another class; call it before the choice is drawn, as when a button is pressed."""
    st.session_state[CLASS] = name


def class_name() -> str:
    """Return the class (or label) that is looked at against the rest."""
    name: str = st.session_state[OPEN_CLASS]
    return name
