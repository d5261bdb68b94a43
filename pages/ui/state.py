"""What the session and the link hold: session keys and query parameters are spelt here and nowhere else.

(Those of the Errors page alone stand in `errors_state`, of the explorer in `explorer_state`, of the policy among
classes in `policy_state`.)

The link carries the evaluation (`e`), the model (`m`), the class against the rest (`k`), the output (`o`), the
threshold (`t`), the pinned point (`pin`), the chosen cell (`cell`), the least certainty (`sure`), whether the Errors
page looks at one class against the rest (`rest`), a range of scores (`range`), the level of classes (`level`) and
the groups that a person gave them (`groups`); what it says is data, checked before use.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NoReturn

import streamlit as st

from evalcore.errors import InputError
from evalcore.metrics.score_range import ScoreRange

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
REST = "rest"
RANGE = "range"
LEVEL = "level"
GROUPS = "groups"

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
_NOTICE = "notice"
_VISITOR = "visitor"
_UPLOADER = "uploader"
_LEVEL = "open_level"
_NEXT_LEVEL = "next_level"
#: Whether the Errors page is about one class against the rest, also while another page is shown.
AGAINST_REST = "against_rest"
_RANGE = "score_range"
# Browsers and mail programs take links of about 2,000 signs.
_LONGEST_LINKED = 1500
#: The boxes of a cell of the Classes page's matrices begin so.
CELL_ACTUAL, CELL_CALLED = "cell_actual_", "cell_called_"
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
    if GROUPS in st.session_state:
        _carry(GROUPS, st.session_state[GROUPS])


def forget_evaluation() -> None:
    """Drop an evaluation that cannot be opened, so that the next run shows the default."""
    st.session_state.pop(_OPEN, None)
    st.query_params.pop(EVALUATION, None)


def choose_evaluation(identifier: str) -> None:
    """Turn to another evaluation: its model, threshold and cell start anew."""
    _start_anew()
    keep_evaluation(identifier)


def go_to(page: str, **link: str) -> NoReturn:
    """Turn to another page with the same evaluation, and with whatever else its link is to carry.

    Streamlit's plain switch fails while the link holds what widgets are bound to; naming what stays does not.
    """
    st.switch_page(page, query_params={EVALUATION: st.session_state[_OPEN], **link})


def _start_anew() -> None:
    chosen = (
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
        REST,
        RANGE,
        LEVEL,
        GROUPS,
    )
    for key in (*chosen, AGAINST_REST, _RANGE, _LEVEL, _NEXT_LEVEL, _SUBJECT, _PINNED):
        st.session_state.pop(key, None)
        st.query_params.pop(key, None)
    for key in [str(key) for key in st.session_state]:
        if key.startswith((CELL_ACTUAL, CELL_CALLED)):
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


def level_picker(levels: Sequence[str], *, explanation: str) -> None:
    """Show the choice of level, all classes first, where there are groups of classes; the link carries it."""
    chosen = None
    if len(levels) > 1:
        if _NEXT_LEVEL in st.session_state:
            st.session_state[LEVEL] = st.session_state.pop(_NEXT_LEVEL)
        if st.session_state.get(LEVEL) not in levels:
            # The widget is forgotten where it was not drawn; the link may say a level of another evaluation.
            known = (st.session_state.get(_LEVEL), st.query_params.get(LEVEL))
            st.session_state[LEVEL] = next((name for name in known if name in levels), levels[0])
        chosen = st.selectbox("Level", levels, key=LEVEL, help=explanation)
    else:
        st.session_state.pop(LEVEL, None)
    st.session_state[_LEVEL] = chosen
    # Not bound to the widget: Streamlit would not write what is chosen for it, as when groups are given.
    _carry(LEVEL, "" if not levels or chosen == levels[0] else chosen or "")


def _carry(key: str, text: str) -> None:
    """Let the link say a text that no widget is bound to; an empty one, or one too long, is not said."""
    wanted = text if fits_link(text) else ""
    if st.query_params.get(key, "") != wanted:
        if wanted:
            st.query_params[key] = wanted
        else:
            del st.query_params[key]


def level() -> str | None:
    """Return the level of classes that is looked at; None or the first choice for every class."""
    name: str | None = st.session_state.get(_LEVEL)
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
    st.session_state[_NEXT_LEVEL] = level


def fits_link(text: str) -> bool:
    """Tell whether what is to be carried by the link is short enough for it."""
    return len(text) <= _LONGEST_LINKED


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
        st.session_state[_RANGE] = _range_in_link()
    elif again:
        set_score_range(score_range())
    else:
        set_pinned(None)
        set_score_range(None)
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


def score_range() -> ScoreRange | None:
    """Return the range of scores whose cases are looked at, or None."""
    value: ScoreRange | None = st.session_state.get(_RANGE)
    return value


def set_score_range(value: ScoreRange | None) -> None:
    """Choose a range of scores (None: none) and say so in the link."""
    st.session_state[_RANGE] = value
    if value is None:
        st.query_params.pop(RANGE, None)
    else:
        ends = ("" if end is None else repr(end) for end in (value.low, value.high))
        st.query_params[RANGE] = "~".join((*ends, value.actual or ""))


def clear_score_range() -> None:
    """Forget the range of scores, and tell the explorer."""
    set_score_range(None)
    raise_revision()


def _range_in_link() -> ScoreRange | None:
    parts = st.query_params.get(RANGE, "").split("~")
    try:
        low, high = (float(end) if end else None for end in parts[:2])
        return ScoreRange(low, high, *(each or None for each in parts[2:]))
    except (ValueError, TypeError, InputError):
        return None


def settle_cell() -> None:
    """Choose a cell on a first visit: the link's, else the false alarms."""
    if st.session_state.get(CELL) not in CELLS:
        linked = st.query_params.get(CELL, "")
        st.session_state[CELL] = next((cell for cell, name in CELLS.items() if linked in (cell, name)), "fp")


def cell_picker() -> str:
    """Show the choice of a cell of the confusion matrix; the link carries it, and the explorer is told."""
    cell: str | None = st.segmented_control(
        "Cell",
        list(CELLS),
        format_func=CELLS.__getitem__,
        key=CELL,
        required=True,
        bind="query-params",
        on_change=raise_revision,
        label_visibility="collapsed",
    )
    return cell or next(iter(CELLS))


def raise_revision() -> None:
    """Note a change that the explorer did not make itself, so that it is told."""
    st.session_state[_REVISION] = st.session_state.get(_REVISION, 0) + 1


def revision() -> int:
    """Return how often something other than the explorer has changed what it shows."""
    count: int = st.session_state.get(_REVISION, 0)
    return count


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
