"""What the session and the link hold: the one place that spells session keys and query parameters.

The link carries the evaluation (`e`), the model (`m`), the class against the rest (`k`), the threshold (`t`), the
pinned point (`pin`), the chosen cell (`cell`) and the least certainty (`sure`); what it says is data, checked
before use.
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
THRESHOLD = "t"
PINNED = "pin"
CELL = "cell"
MINIMUM = "sure"
VIEW = "view"
ACTUAL = "actual"
CALLED = "called"

EXPLORER = "explorer"

#: The cells of the confusion matrix, as people read them; the link has the name, as Streamlit binds it so.
CELLS = {"tp": "True positives", "fp": "False positives", "fn": "False negatives", "tn": "True negatives"}

_OPEN = "open_evaluation"
_MODEL = "open_model"
_CLASS = "open_class"
_SUBJECT = "threshold_subject"
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
_CELL_ACTUAL = "cell_actual_"
_CELL_CALLED = "cell_called_"
_MINIMUM_REVISION = "minimum_revision"
_MINIMUM_SHOWN = "minimum_shown"
_CLASS_THRESHOLDS = "thresholds_of_classes"
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


def open_errors(page: str, *, actual: str, called: str) -> NoReturn:
    """Turn to the Errors page with one class's cases that were called another; its link carries both."""
    st.session_state.pop(VIEW, None)
    chosen = {ACTUAL: actual, CALLED: called}
    st.session_state.update(chosen)
    st.switch_page(page, query_params={EVALUATION: st.session_state[_OPEN], **chosen})


def _start_anew() -> None:
    for key in (MODEL, CLASS, THRESHOLD, PINNED, CELL, MINIMUM, VIEW, ACTUAL, CALLED, _SUBJECT, _PINNED):
        st.session_state.pop(key, None)
        st.query_params.pop(key, None)
    for key in [str(key) for key in st.session_state]:
        if key.startswith((_CELL_ACTUAL, _CELL_CALLED)):
            del st.session_state[key]


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


def set_minimum(value: float | None) -> None:
    """Set how sure a decision among several classes must be; call it before its box is drawn."""
    st.session_state[MINIMUM] = value
    raise_minimum_revision()


def raise_minimum_revision() -> None:
    """Note a change of the least certainty that the live matrix did not make itself, so that it is told."""
    st.session_state[_MINIMUM_REVISION] = st.session_state.get(_MINIMUM_REVISION, 0) + 1


def shown_limit(subject: str, limit: float | None) -> dict[str, Any]:
    """Return what the live matrix is told: the limit that its slider moves, and the revision.

    The limit is the least certainty or the threshold of one class. It knows what it said itself: what it is told
    changes only with the revision or the subject, so that a move in the browser sends nothing back to it.
    """
    revision = st.session_state.get(_MINIMUM_REVISION, 0)
    name = f"{subject}/{revision}"
    if st.session_state.get(_MINIMUM_SHOWN, {}).get("name") != name:
        st.session_state[_MINIMUM_SHOWN] = {"limit": limit, "revision": revision, "name": name}
    shown: dict[str, Any] = st.session_state[_MINIMUM_SHOWN]
    return shown


def start_of_thresholds(subject: str, first: tuple[float, ...]) -> tuple[tuple[float, ...], int]:
    """Return the thresholds that the table of classes starts with, and how often the slider has changed them."""
    if st.session_state.get(_CLASS_THRESHOLDS, {}).get("subject") != subject:
        st.session_state[_CLASS_THRESHOLDS] = {"subject": subject, "start": first, "changes": 0}
    kept = st.session_state[_CLASS_THRESHOLDS]
    return kept["start"], kept["changes"]


def keep_thresholds(present: tuple[float, ...]) -> None:
    """Note the thresholds of the classes as they are now, for the slider to change one of them."""
    st.session_state[_CLASS_THRESHOLDS]["present"] = present


def _change_threshold(place: int, limit: float) -> None:
    kept = st.session_state[_CLASS_THRESHOLDS]
    present = kept["present"]
    kept["start"] = (*present[:place], limit, *present[place + 1 :])
    kept["changes"] += 1


def settle_cell_boxes(
    key: str, classes: Sequence[str], first: tuple[str | None, str | None]
) -> tuple[str, str]:
    """Give the boxes of a matrix's cell a value that there is, and return their keys."""
    keys = (_CELL_ACTUAL + key, _CELL_CALLED + key)
    for box, value in zip(keys, first, strict=True):
        if st.session_state.get(box) not in classes:
            st.session_state[box] = value
    return keys


def matrix_says(key: str, classes: Sequence[str]) -> dict[str, Callable[[], None]]:
    """Return what to do when a matrix of several classes says something, by name."""

    def choose() -> None:
        cell = st.session_state[key]["cell"]
        for box, name in ((_CELL_ACTUAL, "actual"), (_CELL_CALLED, "called")):
            st.session_state[box + key] = classes[int(cell[name])]

    def move() -> None:
        said = st.session_state[key]["limit"]
        # A move that a button has overtaken comes too late.
        if said["revision"] != st.session_state.get(_MINIMUM_REVISION, 0):
            return
        limit = None if said["limit"] is None else float(said["limit"])
        if said["place"] is None:
            st.session_state[MINIMUM] = limit
        else:
            _change_threshold(int(said["place"]), -math.inf if limit is None else limit)

    return {"cell": choose, "limit": move}


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
