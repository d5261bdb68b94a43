"""What the session and the link hold: the one place that spells session keys and query parameters.

The link carries the evaluation (`e`), the model (`m`), the class against the rest (`k`), the output (`o`), the
threshold (`t`), the pinned point (`pin`), the chosen cell (`cell`) and the least certainty (`sure`); what it says
is data, checked before use.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import streamlit as st

EVALUATION = "e"
MODEL = "m"
CLASS = "k"
OUTPUT = "o"
THRESHOLD = "t"
PINNED = "pin"
CELL = "cell"
MINIMUM = "sure"
VIEW = "view"
ACTUAL = "actual"
CALLED = "called"
TYPICAL = "typical_images"

EXPLORER = "explorer"

#: The cells of the confusion matrix, as people read them; the link has the name, as Streamlit binds it so.
CELLS = {"tp": "True positives", "fp": "False positives", "fn": "False negatives", "tn": "True negatives"}

_OPEN = "open_evaluation"
_MODEL = "open_model"
_CLASS = "open_class"
_OUTPUT = "open_output"
_SUBJECT = "threshold_subject"
_SLIDER = "threshold_slider"
_LAST = "threshold_last"
_WHERE = "threshold_page"
_REVISION = "threshold_revision"
_PINNED = "pinned_threshold"
_TILES = "tiles"
_SHOWN = "explorer_shows"
_NOTICE = "notice"
_VISITOR = "visitor"
_UPLOADER = "uploader"
_PLACE = "place_in_"
_ID = re.compile(r"[A-Za-z0-9_-]{4,64}")


def evaluation_id(default: str) -> str:
    """Return the evaluation that the link names, else the session's, else the default."""
    asked = st.query_params.get(EVALUATION)
    if asked is not None and not _ID.fullmatch(asked):
        asked = None
    return asked or st.session_state.get(_OPEN) or default


def keep_evaluation(identifier: str) -> None:
    """Hold the evaluation in the session and in the link, on every page."""
    st.session_state[_OPEN] = identifier
    if st.query_params.get(EVALUATION) != identifier:
        st.query_params[EVALUATION] = identifier


def forget_evaluation() -> None:
    """Drop an evaluation that cannot be opened, so that the next run shows the default."""
    st.session_state.pop(_OPEN, None)
    st.query_params.pop(EVALUATION, None)


def choose_evaluation(identifier: str) -> None:
    """Turn to another evaluation: its model, threshold and cell start anew."""
    _start_anew()
    keep_evaluation(identifier)


def go_to(page: str) -> NoReturn:
    """Turn to another page with the same evaluation.

    Streamlit's plain switch fails while the link holds what widgets are bound to; naming what stays does not.
    """
    st.switch_page(page, query_params={EVALUATION: st.session_state[_OPEN]})


def _start_anew() -> None:
    for key in (
        MODEL,
        CLASS,
        OUTPUT,
        THRESHOLD,
        PINNED,
        CELL,
        MINIMUM,
        VIEW,
        ACTUAL,
        CALLED,
        _SUBJECT,
        _PINNED,
    ):
        st.session_state.pop(key, None)
        st.query_params.pop(key, None)


def leave_evaluation(identifier: str) -> None:
    """Turn away from an evaluation that is gone, if it is the open one."""
    if st.session_state.get(_OPEN) == identifier:
        _start_anew()
        forget_evaluation()


def model_picker(models: Sequence[str]) -> None:
    """Show the choice of model where there is one; the link carries it."""
    if len(models) > 1:
        if st.session_state.get(MODEL) not in models:
            linked = st.query_params.get(MODEL)
            st.session_state[MODEL] = linked if linked in models else models[0]
        st.selectbox("Model", models, key=MODEL, bind="query-params")
    else:
        st.session_state.pop(MODEL, None)
    st.session_state[_MODEL] = st.session_state.get(MODEL, models[0] if models else None)


def model() -> str:
    """Return the model that is looked at."""
    name: str = st.session_state[_MODEL]
    return name


def class_picker(names: Sequence[str], *, label: str, explanation: str) -> None:
    """Show the choice of one class (or label) among several, the usual one first; the link carries it."""
    if st.session_state.get(CLASS) not in names:
        linked = st.query_params.get(CLASS)
        st.session_state[CLASS] = linked if linked in names else names[0]
    st.session_state[_CLASS] = st.selectbox(label, names, key=CLASS, bind="query-params", help=explanation)


def output_picker(names: Sequence[str], *, explanation: str) -> None:
    """Show the choice of one output among several; the link carries it."""
    if st.session_state.get(OUTPUT) not in names:
        linked = st.query_params.get(OUTPUT)
        st.session_state[OUTPUT] = linked if linked in names else names[0]
    st.session_state[_OUTPUT] = st.selectbox(
        "Output", names, key=OUTPUT, bind="query-params", help=explanation
    )


def choose_output(name: str) -> None:
    """Turn to another output; call it before the choice is drawn, as when a button is pressed."""
    st.session_state[OUTPUT] = name


def output_name() -> str | None:
    """Return the output that is looked at, None before any was."""
    name: str | None = st.session_state.get(_OUTPUT)
    return name


def set_minimum(value: float | None) -> None:
    """Set how sure a decision among several classes must be; call it before its box is drawn."""
    st.session_state[MINIMUM] = value


def choose_class(name: str) -> None:
    """Turn to another class; call it before the choice is drawn, as when a button is pressed."""
    st.session_state[CLASS] = name


def class_name() -> str:
    """Return the class (or label) that is looked at against the rest."""
    name: str = st.session_state[_CLASS]
    return name


def _number_in_link(key: str) -> float | None:
    try:
        value = float(st.query_params.get(key, ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def settle_threshold(subject: str, default: float, *, page: str = "threshold") -> None:
    """Give the threshold a value for this subject (one model of one evaluation).

    The link's value serves the first subject of a session; another model has another unit, so that
    turning to it starts at its own default. Another page of the same subject takes the threshold over.
    """
    turned = st.session_state.get(_WHERE) != page
    st.session_state[_WHERE] = page
    if st.session_state.get(_SUBJECT) == subject and THRESHOLD in st.session_state and not turned:
        return
    first = _SUBJECT not in st.session_state
    again = st.session_state.get(_SUBJECT) == subject
    # Streamlit forgets a widget's value while another page is shown; the link, which comes back, still has it.
    linked = _number_in_link(THRESHOLD) if first or again else None
    if linked is None and again:
        # A widget of the same name on another page is another widget, and starts without the link.
        linked = st.session_state.get(_LAST)
    st.session_state[_SUBJECT] = subject
    st.session_state[THRESHOLD] = default if linked is None else linked
    if turned and again and linked is not None and linked != default:
        # The new page's widget writes to the link only once it is touched.
        st.query_params[THRESHOLD] = f"{linked!r}"
    if first:
        st.session_state[_PINNED] = _number_in_link(PINNED)
    elif not again:
        set_pinned(None)
    raise_revision()


def threshold(default: float) -> float:
    """Return the present threshold, in the unit of the present model's score."""
    value = st.session_state.get(THRESHOLD)
    st.session_state[_LAST] = default if value is None else float(value)
    return float(st.session_state[_LAST])


def threshold_slider(label: str, low: float, high: float, *, default: float) -> None:
    """Show a slider that moves the threshold, in whole steps, beside the threshold's own box."""
    value = min(max(threshold(default), low), high)
    # Set only where it differs: a value that comes back would undo what a quick hand has done since.
    if st.session_state.get(_SLIDER) != value:
        st.session_state[_SLIDER] = value
    st.slider(label, low, high, step=1.0, format="%g", key=_SLIDER, on_change=_slider_moved)


def _slider_moved() -> None:
    st.session_state[THRESHOLD] = float(st.session_state[_SLIDER])
    raise_revision()


def pinned() -> float | None:
    """Return the pinned threshold, or None."""
    value: float | None = st.session_state.get(_PINNED)
    return value


def set_pinned(value: float | None) -> None:
    """Pin a threshold (None: unpin) and say so in the link."""
    st.session_state[_PINNED] = value
    if value is None:
        st.query_params.pop(PINNED, None)
    else:
        st.query_params[PINNED] = repr(float(value))


def settle_cell() -> None:
    """Choose a cell on a first visit: the link's, else the false alarms."""
    if st.session_state.get(CELL) not in CELLS:
        linked = st.query_params.get(CELL, "")
        st.session_state[CELL] = next((cell for cell, name in CELLS.items() if linked in (cell, name)), "fp")


#: What the Errors page can show; the link has the words, as Streamlit binds them so.
VIEWS = ("Cases", "What flips", "Suspect labels")
#: Stands for every class where one class can be chosen.
ANY_CLASS = "any class"


def view_picker(views: Sequence[str]) -> str:
    """Show what the Errors page can show, where there is a choice; the link carries it."""
    if st.session_state.get(VIEW, views[0]) not in views:
        st.session_state.pop(VIEW)
    chosen: str | None = st.segmented_control(
        "View",
        views,
        default=views[0],
        key=VIEW,
        required=True,
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen or views[0]


def settle_pair(classes: Sequence[str]) -> None:
    """Forget a chosen class that the present evaluation does not have."""
    for key in (ACTUAL, CALLED):
        if st.session_state.get(key, ANY_CLASS) not in (ANY_CLASS, *classes):
            st.session_state.pop(key)


def place_in_gallery(key: str, subject: str) -> tuple[int, int | None]:
    """Return a gallery's page and chosen case; another subject starts at its first page."""
    place = st.session_state.get(_PLACE + key)
    if place is None or place["subject"] != subject:
        place = {"subject": subject, "page": 0, "chosen": None}
        st.session_state[_PLACE + key] = place
    return place["page"], place["chosen"]


def gallery_says(key: str) -> dict[str, Callable[[], None]]:
    """Return what to do when a gallery says something, by name."""

    def turn() -> None:
        st.session_state[_PLACE + key] |= {"page": max(0, int(st.session_state[key]["page"])), "chosen": None}

    def choose() -> None:
        chosen = int(st.session_state[key]["chosen"])
        st.session_state[_PLACE + key]["chosen"] = None if chosen < 0 else chosen

    return {"page": turn, "chosen": choose}


def raise_revision() -> None:
    """Note a change that the explorer did not make itself, so that it is told."""
    st.session_state[_REVISION] = st.session_state.get(_REVISION, 0) + 1


def shown_point(default: float, tiles: Sequence[str]) -> dict[str, Any]:
    """Return what the explorer is told of the present point.

    It knows what it said itself: what it is told changes only with the revision, so that a move in the
    browser sends nothing back to it.
    """
    revision = st.session_state.get(_REVISION, 0)
    shown: dict[str, Any] | None = st.session_state.get(_SHOWN)
    if shown is None or shown["revision"] != revision:
        shown = {
            "threshold": threshold(default),
            "pinned": pinned(),
            "cell": st.session_state[CELL],
            "tiles": list(st.session_state.get(_TILES, tiles)),
            "revision": revision,
        }
        st.session_state[_SHOWN] = shown
    return shown


def _said(name: str) -> Any:
    return st.session_state[EXPLORER][name]


def _explorer_moved() -> None:
    st.session_state[THRESHOLD] = float(_said("threshold"))


def _explorer_pinned() -> None:
    value = _said("pinned")
    set_pinned(None if value is None else float(value))


def _explorer_chose_cell() -> None:
    if _said("cell") in CELLS:
        st.session_state[CELL] = _said("cell")


def _explorer_chose_tiles() -> None:
    st.session_state[_TILES] = [str(name) for name in _said("tiles")]


#: What to do when the explorer says something, by name.
EXPLORER_SAYS = {
    "threshold": _explorer_moved,
    "pinned": _explorer_pinned,
    "cell": _explorer_chose_cell,
    "tiles": _explorer_chose_tiles,
}


def uploader_key() -> str:
    """Return the present uploader's key; a fresh one after each file that was taken in."""
    return f"{_UPLOADER}_{st.session_state.get(_UPLOADER, 0)}"


def renew_uploader() -> None:
    """Empty the uploader: its file is saved, and a rerun must not take it in again."""
    st.session_state[_UPLOADER] = st.session_state.get(_UPLOADER, 0) + 1


def leave_notice(text: str) -> None:
    """Leave a sentence for the next run to show once."""
    st.session_state[_NOTICE] = text


def take_notice() -> str | None:
    """Take the sentence that was left, if any."""
    value: str | None = st.session_state.pop(_NOTICE, None)
    return value


def visitor(known: str) -> str:
    """Return this session's owner token: the browser's own, or `known` on first use."""
    token: str = st.session_state.setdefault(_VISITOR, known)
    return token
