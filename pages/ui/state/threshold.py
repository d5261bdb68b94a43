"""The threshold, the pinned point, the range of scores and the cell that are looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass

import streamlit as st

from evalcore.errors import InputError
from evalcore.metrics.cases.cell import CELL_WORDS
from evalcore.metrics.sweep.marked_range import ScoreRange
from evalcore.numbers import score
from pages.ui.phrases import plain
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
from pages.ui.state.link import carry, linked, start_anew

#: The cells of the confusion matrix, as people read them; the link has the name, as Streamlit binds it so.
CELLS = {cell: words.many.capitalize() for cell, words in CELL_WORDS.items()}
_FIRST_CELL = "fp"
#: What older links call them.
_TECHNICAL_NAMES = {f"{words.technical.capitalize()}s": cell for cell, words in CELL_WORDS.items()}


#: Units of scores that mean the same for every model; what other scores say is each model's own.
_SHARED_UNITS = frozenset({"probability", "percent", "logit", "log_probability", "confidence", "hard_label"})


@dataclass(frozen=True)
class Scale:
    """What a threshold is on: the scores of one model.

    Parameters
    ----------
    subject : str
        What is decided, whatever the model: the evaluation, and of several classes which one.
    model : str
    unit : str
        The kind of the scores.
    default : float
        The threshold that the model starts with.
    """

    subject: str
    model: str
    unit: str
    default: float

    def agrees_with(self, other: Scale) -> bool:
        """Tell whether a threshold of the other means the same here."""
        same_unit = self.unit == other.unit and self.unit in _SHARED_UNITS
        return self.subject == other.subject and (self.model == other.model or same_unit)


def _number_in_link(key: str) -> float | None:
    try:
        value = float(linked(key))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def settle_threshold(scale: Scale, *, page: str) -> None:
    """Give the threshold, the pin and the cell a value for this scale.

    The link's values serve a new session, and each link that Back and Forward bring. On another page they stay; with
    another model they stay where its scores have the same unit, and else it is said that the pin is gone.
    """
    turned = st.session_state.get(THRESHOLD_PAGE) != page
    st.session_state[THRESHOLD_PAGE] = page
    before: Scale | None = st.session_state.get(THRESHOLD_SUBJECT)
    if before == scale and THRESHOLD in st.session_state and not turned:
        return
    st.session_state[THRESHOLD_SUBJECT] = scale
    if turned:
        # Streamlit forgets the boxes that another page does not draw, or brings back what they held long ago.
        st.session_state.pop(CELL, None)
    if before is None:
        value = _number_in_link(THRESHOLD)
        st.session_state[PINNED_THRESHOLD] = _number_in_link(PINNED)
        st.session_state[SCORE_RANGE] = _range_in_link()
    elif scale.agrees_with(before):
        value = st.session_state.get(THRESHOLD_LAST)
        if value == before.default:
            value = None
    else:
        value = None
        _drop_pin(before, scale)
        start_anew("model")
    st.session_state[THRESHOLD] = scale.default if value is None else value
    settle_cell()
    raise_revision()


def _drop_pin(before: Scale, scale: Scale) -> None:
    """Say that the pinned point means nothing any more, and why."""
    value = pinned()
    if value is None:
        return
    # Three short lines: Streamlit hides the rest of a longer one.
    why = (
        "these scores have another unit"
        if before.subject == scale.subject
        else "something else is decided now"
    )
    st.toast(
        plain(f"The pin at {score(value)} is gone: {why}. The browser's Back restores it."),
        icon=":material/keep_off:",
        duration="long",
    )


def threshold(default: float) -> float:
    """Return the present threshold, in the unit of the present model's score."""
    value = st.session_state.get(THRESHOLD)
    st.session_state[THRESHOLD_LAST] = default if value is None else float(value)
    return float(st.session_state[THRESHOLD_LAST])


def carry_threshold(default: float) -> None:
    """Let the link say the present threshold, where it is not the default."""
    value = threshold(default)
    carry(THRESHOLD, "" if value == default else repr(value))


def threshold_typed(low: float, high: float) -> None:
    """Take what was typed into the threshold's box; what lies beyond the score's scale is refused in words."""
    value, last = st.session_state.get(THRESHOLD), st.session_state.get(THRESHOLD_LAST)
    # "Nothing is called" lies just beyond the scale: from there one can always come back.
    if value is not None and last is not None and not min(low, last) <= value <= max(high, last):
        st.session_state[THRESHOLD] = last
        st.toast(
            f"{score(value)} is not on this score's scale, which goes from {score(low)} to {score(high)}. "
            f"The threshold stays at {score(last)}.",
            icon=":material/block:",
        )
    raise_revision()


def threshold_slider(label: str, low: float, high: float, *, default: float) -> None:
    """Show a slider that moves the threshold, in whole steps, beside the threshold's own box."""
    value = min(max(threshold(default), low), high)
    # Set only where it differs: a value that comes back would undo what a quick hand has done since.
    if st.session_state.get(THRESHOLD_SLIDER) != value:
        st.session_state[THRESHOLD_SLIDER] = value
    st.slider(
        label, low, high, value=value, step=1.0, format="%g", key=THRESHOLD_SLIDER, on_change=_slider_moved
    )


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
    carry(PINNED, "" if value is None else repr(float(value)))


def score_range() -> ScoreRange | None:
    """Return the range of scores whose cases are looked at, or None."""
    value: ScoreRange | None = st.session_state.get(SCORE_RANGE)
    return value


def set_score_range(value: ScoreRange | None) -> None:
    """Choose a range of scores (None: none) and say so in the link."""
    st.session_state[SCORE_RANGE] = value
    text = ""
    if value is not None:
        ends = ("" if end is None else repr(end) for end in (value.low, value.high))
        text = "~".join((*ends, value.actual or ""))
    carry(RANGE, text)


def clear_score_range() -> None:
    """Forget the range of scores, and tell the explorer."""
    set_score_range(None)
    raise_revision()


def _range_in_link() -> ScoreRange | None:
    parts = linked(RANGE).split("~")
    try:
        low, high = (float(end) if end else None for end in parts[:2])
        return ScoreRange(low, high, *(each or None for each in parts[2:]))
    except (ValueError, TypeError, InputError):
        return None


def settle_cell() -> None:
    """Choose a cell where none is: the link's, else the false alarms."""
    if st.session_state.get(CELL) not in CELLS:
        names = (
            {name: cell for cell, name in CELLS.items()} | _TECHNICAL_NAMES | {cell: cell for cell in CELLS}
        )
        st.session_state[CELL] = names.get(linked(CELL), _FIRST_CELL)


def choose_cell(cell: str) -> None:
    """Choose a cell, and say so in the link."""
    st.session_state[CELL] = cell
    _carry_cell(cell)


def _carry_cell(cell: str) -> None:
    carry(CELL, "" if cell == _FIRST_CELL else CELLS[cell])


def cell_picker() -> str:
    """Show the choice of a cell of the confusion matrix; the link carries it, and the explorer is told."""
    chosen: str | None = st.segmented_control(
        "Cell",
        list(CELLS),
        default=st.session_state[CELL],
        format_func=CELLS.__getitem__,
        key=CELL,
        required=True,
        on_change=raise_revision,
        label_visibility="collapsed",
    )
    cell = chosen or next(iter(CELLS))
    _carry_cell(cell)
    return cell


def raise_revision() -> None:
    """Note a change that the explorer did not make itself, so that it is told."""
    st.session_state[THRESHOLD_REVISION] = st.session_state.get(THRESHOLD_REVISION, 0) + 1


def revision() -> int:
    """Return how often something other than the explorer has changed what it shows."""
    count: int = st.session_state.get(THRESHOLD_REVISION, 0)
    return count
