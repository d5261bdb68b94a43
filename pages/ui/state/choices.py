"""What is chosen at the left: model, level, output, class."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui.state.keys import (
    CLASS,
    GROUPS,
    LEVEL,
    MODEL,
    NEXT_LEVEL,
    OPEN_CLASS,
    OPEN_LEVEL,
    OPEN_MODEL,
    OPEN_OUTPUT,
    OUTPUT,
)
from pages.ui.state.link import carry


def model_picker(models: Sequence[str]) -> None:
    """Show the choice of model where there is one; the link carries it."""
    if len(models) > 1:
        if st.session_state.get(MODEL) not in models:
            linked = st.query_params.get(MODEL)
            st.session_state[MODEL] = linked if linked in models else models[0]
        st.selectbox("Model", models, key=MODEL, bind="query-params")
    else:
        st.session_state.pop(MODEL, None)
    st.session_state[OPEN_MODEL] = st.session_state.get(MODEL, models[0] if models else None)


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
            known = (st.session_state.get(OPEN_LEVEL), st.query_params.get(LEVEL))
            st.session_state[LEVEL] = next((name for name in known if name in levels), levels[0])
        chosen = st.selectbox("Level", levels, key=LEVEL, help=explanation)
    else:
        st.session_state.pop(LEVEL, None)
    st.session_state[OPEN_LEVEL] = chosen
    # Not bound to the widget: Streamlit would not write what is chosen for it, as when groups are given.
    carry(LEVEL, "" if not levels or chosen == levels[0] else chosen or "")


def level() -> str | None:
    """Return the level of classes that is looked at; None or the first choice for every class."""
    name: str | None = st.session_state.get(OPEN_LEVEL)
    return name


def stated_groups() -> str:
    """Return the groups of classes that a person gave, as text; empty for none."""
    if GROUPS not in st.session_state:
        st.session_state[GROUPS] = st.query_params.get(GROUPS, "")
    text: str = st.session_state[GROUPS]
    return text


def give_groups(text: str, level: str | None) -> None:
    """Keep a person's groups of classes (an empty text: none) and turn to their level with the next run.

    Groups too long for a link are kept for this session only.
    """
    st.session_state[GROUPS] = text
    st.session_state[NEXT_LEVEL] = level


def class_picker(names: Sequence[str], *, label: str, explanation: str) -> None:
    """Show the choice of one class (or label) among several, the usual one first; the link carries it."""
    if st.session_state.get(CLASS) not in names:
        linked = st.query_params.get(CLASS)
        st.session_state[CLASS] = linked if linked in names else names[0]
    st.session_state[OPEN_CLASS] = st.selectbox(
        label, names, key=CLASS, bind="query-params", help=explanation
    )


def output_picker(names: Sequence[str], *, explanation: str) -> None:
    """Show the choice of one output among several; the link carries it."""
    if st.session_state.get(OUTPUT) not in names:
        linked = st.query_params.get(OUTPUT)
        st.session_state[OUTPUT] = linked if linked in names else names[0]
    st.session_state[OPEN_OUTPUT] = st.selectbox(
        "Output", names, key=OUTPUT, bind="query-params", help=explanation
    )


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
