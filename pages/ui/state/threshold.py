"""The threshold, the pinned point, the range of scores and the cell that are looked at."""

from __future__ import annotations

import math

import streamlit as st

from evalcore.errors import InputError
from evalcore.metrics.cases.cell import CELL_WORDS
from evalcore.metrics.sweep.marked_range import ScoreRange
from pages.ui.state.keys import (
    CELL,
    PINNED,
    PINNED_THRESHOLD,
    RANGE,
    SCORE_RANGE,
    THRESHOLD,
    THRESHOLD_LAST,
    THRESHOLD_PAGE,
    THRESHOLD_REVISION,
    THRESHOLD_SLIDER,
    THRESHOLD_SUBJECT,
)
from pages.ui.state.link import start_anew

#: The cells of the confusion matrix, as people read them; the link has the name, as Streamlit binds it so.
CELLS = {cell: words.many.capitalize() for cell, words in CELL_WORDS.items()}
#: What older links call them.
_TECHNICAL_NAMES = {f"{words.technical.capitalize()}s": cell for cell, words in CELL_WORDS.items()}


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
    turned = st.session_state.get(THRESHOLD_PAGE) != page
    st.session_state[THRESHOLD_PAGE] = page
    if st.session_state.get(THRESHOLD_SUBJECT) == subject and THRESHOLD in st.session_state and not turned:
        return
    first = THRESHOLD_SUBJECT not in st.session_state
    again = st.session_state.get(THRESHOLD_SUBJECT) == subject
    # Streamlit forgets a widget's value while another page is shown; the link, which comes back, still has it.
    linked = _number_in_link(THRESHOLD) if first or again else None
    if linked is None and again:
        # A widget of the same name on another page is another widget, and starts without the link.
        linked = st.session_state.get(THRESHOLD_LAST)
    st.session_state[THRESHOLD_SUBJECT] = subject
    st.session_state[THRESHOLD] = default if linked is None else linked
    if turned and again and linked is not None and linked != default:
        # The new page's widget writes to the link only once it is touched.
        st.query_params[THRESHOLD] = f"{linked!r}"
    if first:
        st.session_state[PINNED_THRESHOLD] = _number_in_link(PINNED)
        st.session_state[SCORE_RANGE] = _range_in_link()
    elif again:
        set_score_range(score_range())
    else:
        start_anew("model")
    raise_revision()


def threshold(default: float) -> float:
    """Return the present threshold, in the unit of the present model's score."""
    value = st.session_state.get(THRESHOLD)
    st.session_state[THRESHOLD_LAST] = default if value is None else float(value)
    return float(st.session_state[THRESHOLD_LAST])


def threshold_typed(low: float, high: float) -> None:
    """Take what was typed into the threshold's box; what lies beyond the score's scale is refused in words."""
    value, last = st.session_state.get(THRESHOLD), st.session_state.get(THRESHOLD_LAST)
    # "Nothing is called" lies just beyond the scale: from there one can always come back.
    if value is not None and last is not None and not min(low, last) <= value <= max(high, last):
        st.session_state[THRESHOLD] = last  # the link follows: the box is bound to it
        st.toast(
            f"{value:g} is not on this score's scale, which goes from {low:g} to {high:g}. "
            f"The threshold stays at {last:g}.",
            icon=":material/block:",
        )
    raise_revision()


def threshold_slider(label: str, low: float, high: float, *, default: float) -> None:
    """Show a slider that moves the threshold, in whole steps, beside the threshold's own box."""
    value = min(max(threshold(default), low), high)
    # Set only where it differs: a value that comes back would undo what a quick hand has done since.
    if st.session_state.get(THRESHOLD_SLIDER) != value:
        st.session_state[THRESHOLD_SLIDER] = value
    st.slider(label, low, high, step=1.0, format="%g", key=THRESHOLD_SLIDER, on_change=_slider_moved)


def _slider_moved() -> None:
    st.session_state[THRESHOLD] = float(st.session_state[THRESHOLD_SLIDER])
    raise_revision()


def pinned() -> float | None:
    """Return the pinned threshold, or None."""
    value: float | None = st.session_state.get(PINNED_THRESHOLD)
    return value


def set_pinned(value: float | None) -> None:
    """Pin a threshold (None: unpin) and say so in the link."""
    st.session_state[PINNED_THRESHOLD] = value
    if value is None:
        st.query_params.pop(PINNED, None)
    else:
        st.query_params[PINNED] = repr(float(value))


def score_range() -> ScoreRange | None:
    """Return the range of scores whose cases are looked at, or None."""
    value: ScoreRange | None = st.session_state.get(SCORE_RANGE)
    return value


def set_score_range(value: ScoreRange | None) -> None:
    """Choose a range of scores (None: none) and say so in the link."""
    st.session_state[SCORE_RANGE] = value
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
        names = (
            {name: cell for cell, name in CELLS.items()} | _TECHNICAL_NAMES | {cell: cell for cell in CELLS}
        )
        st.session_state[CELL] = names.get(linked, "fp")


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
    st.session_state[THRESHOLD_REVISION] = st.session_state.get(THRESHOLD_REVISION, 0) + 1


def revision() -> int:
    """Return how often something other than the explorer has changed what it shows."""
    count: int = st.session_state.get(THRESHOLD_REVISION, 0)
    return count
