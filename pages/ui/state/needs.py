"""What people need of the threshold: the goal in words, and what they laid beside the explorer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import streamlit as st

from pages.ui.state.keys import (
    BAND,
    BANDS,
    COST_ALARM,
    COST_AMOUNTS,
    COST_BAND,
    COST_CATCH,
    COST_MISS,
    COST_REVIEW,
    COST_SPARED,
    DESK_SAID,
    DESK_SERIAL,
    GOAL,
    GOAL_BOX,
    PREVALENCE,
    SEED,
    STRATIFIED,
    THRESHOLD,
    TOGETHER,
    TOOL,
    WORD_BOX,
    WORDS,
)
from pages.ui.state.link import carry, linked
from pages.ui.state.threshold import raise_revision


def goal_text(default: str) -> str:
    """Show the goal's box, and return what stands in it, else the default; the link carries it."""
    if GOAL_BOX not in st.session_state:
        st.session_state[GOAL_BOX] = st.session_state.get(GOAL, linked(GOAL))
    text: str = st.text_input(
        "Goal",
        st.session_state[GOAL_BOX],
        key=GOAL_BOX,
        placeholder=default,
        max_chars=_LONGEST_SAID[GOAL],
    )
    st.session_state[GOAL] = text
    carry(GOAL, text)
    return text or default


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


def prevalence_said() -> str:
    """Return the prevalence where the model is used as written; empty for that of the data."""
    said = st.session_state.get(PREVALENCE)
    return str(linked(PREVALENCE) if said is None else said)


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


#: The tools that can be open; none is at first.
TOOLS = ("goal", "costs", "prevalence", "cases", "sure", "review")
#: Keys of what each case costs, by the outcome ("review": each flagged case; "band": each that a person
#: looks at), and what it costs until said.
_COSTS = {
    "fn": (COST_MISS, 10.0),
    "fp": (COST_ALARM, 1.0),
    "tp": (COST_CATCH, 0.0),
    "tn": (COST_SPARED, 0.0),
    "review": (COST_REVIEW, 0.0),
    "band": (COST_BAND, 1.0),
}
_DRAWN = (BANDS, TOGETHER, STRATIFIED, SEED)
_LONGEST_SAID = {GOAL: 500, PREVALENCE: 40, COST_AMOUNTS: 200, BAND: 80, TOGETHER: 200}
#: What draws anew by this many seeds: nobody asks for more.
_MOST_SEEDS = 10**6


@dataclass(frozen=True)
class Desk:
    """What a person has laid beside the explorer.

    Parameters
    ----------
    tool : str
        The open one of `TOOLS`; empty for none.
    goal, prevalence : str
        As written; empty for none.
    costs : dict
        Per case of fn, fp, tp, tn, of review (each flagged case) and of band (each that a person looks at).
    amounts : str
        The column with what each case is worth; empty for none.
    band : str
        The band of human review, ``low~high`` or ``error <= 1 %``; empty for none.
    bands : bool
        Whether resamples are drawn and shown.
    together : str
        The column whose rows are drawn together; empty where each is drawn alone.
    stratified : bool
        Whether each draw has as many positives and negatives as the data.
    seed : int
        Which draw it is.
    serial : int
        The last word of the explorer that this answers.
    """

    tool: str = ""
    goal: str = ""
    prevalence: str = ""
    costs: dict[str, float] = field(default_factory=dict)
    amounts: str = ""
    band: str = ""
    bands: bool = False
    together: str = ""
    stratified: bool = False
    seed: int = 0
    serial: int = 0

    def told(self) -> dict[str, Any]:
        """Return it as the explorer is told it."""
        return asdict(self)


def settle_desk() -> Desk:
    """Return what lies there, from the session or the link, and let the link say it."""
    texts = {key: _text(key) for key in (TOOL, GOAL, PREVALENCE, COST_AMOUNTS, BAND, *_DRAWN)}
    costs = {}
    for name, (key, usual) in _COSTS.items():
        said = _number(_text(key))
        costs[name] = usual if said is None else said
        carry(key, "" if costs[name] == usual else f"{costs[name]:.12g}")
    if texts[TOOL] not in TOOLS:
        texts[TOOL] = ""
    texts[SEED] = str(_seed(texts[SEED]) or "")
    for key, text in texts.items():
        carry(key, text)
    serial = st.session_state.get(DESK_SERIAL, 0)
    return Desk(
        texts[TOOL],
        texts[GOAL],
        texts[PREVALENCE],
        costs,
        texts[COST_AMOUNTS],
        texts[BAND],
        texts[BANDS] == "1",
        texts[TOGETHER],
        texts[STRATIFIED] == "1",
        _seed(texts[SEED]),
        serial,
    )


def _text(key: str) -> str:
    found = st.session_state.get(key)
    if found is None:
        found = st.session_state[key] = linked(key)[: _LONGEST_SAID.get(key, 40)]
    return str(found)


def _seed(text: str) -> int:
    return min(int(text), _MOST_SEEDS) if text.isascii() and text.isdigit() else 0


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def take_desk(said: Mapping[str, Any]) -> None:
    """Take what the explorer says of it."""
    texts = {
        TOOL: "tool",
        GOAL: "goal",
        PREVALENCE: "prevalence",
        COST_AMOUNTS: "amounts",
        BAND: "band",
        TOGETHER: "together",
    }
    for key, name in texts.items():
        if isinstance(said.get(name), str):
            st.session_state[key] = said[name][: _LONGEST_SAID.get(key, 40)]
    for key, name in {BANDS: "bands", STRATIFIED: "stratified"}.items():
        if isinstance(said.get(name), bool):
            st.session_state[key] = "1" if said[name] else ""
    if isinstance(said.get("seed"), int):
        st.session_state[SEED] = str(max(said["seed"], 0))
    costs = said.get("costs")
    for name, (key, _) in _COSTS.items():
        value = costs.get(name) if isinstance(costs, Mapping) else None
        if isinstance(value, int | float) and math.isfinite(value):
            st.session_state[key] = f"{value:.12g}"
    if isinstance(said.get("serial"), int):
        st.session_state[DESK_SERIAL] = said["serial"]
    if said.get("jump"):
        st.session_state[DESK_SAID] = True


def wants_to_jump() -> bool:
    """Tell, once, whether the threshold is to move to what the goal finds."""
    return bool(st.session_state.pop(DESK_SAID, False))
