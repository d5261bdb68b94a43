"""Which evaluation is open, in the session and in the link; sentences left for the next run."""

from __future__ import annotations

import re
from typing import NoReturn

import streamlit as st

from pages.ui.state.keys import (
    ACTUAL,
    AGAINST_REST,
    CALLED,
    CELL,
    CELL_ACTUAL,
    CELL_CALLED,
    CLASS,
    EVALUATION,
    GROUPS,
    LEVEL,
    LONGEST_LINKED,
    MINIMUM,
    MODEL,
    NEXT_LEVEL,
    NOTICE,
    OPEN_EVALUATION,
    OPEN_LEVEL,
    OUTPUT,
    PINNED,
    PINNED_THRESHOLD,
    RANGE,
    REST,
    SCORE_RANGE,
    THRESHOLD,
    THRESHOLD_SUBJECT,
    UPLOADER,
    VIEW,
)

_ID = re.compile(r"[A-Za-z0-9_-]{4,64}")


def evaluation_id(default: str) -> str:
    """Return the evaluation that the link names, else the session's, else the default."""
    asked = st.query_params.get(EVALUATION)
    if asked is not None and not _ID.fullmatch(asked):
        asked = None
    return asked or st.session_state.get(OPEN_EVALUATION) or default


def keep_evaluation(identifier: str) -> None:
    """Hold the evaluation in the session and in the link, on every page."""
    st.session_state[OPEN_EVALUATION] = identifier
    if st.query_params.get(EVALUATION) != identifier:
        st.query_params[EVALUATION] = identifier
    if GROUPS in st.session_state:
        carry(GROUPS, st.session_state[GROUPS])


def forget_evaluation() -> None:
    """Drop an evaluation that cannot be opened, so that the next run shows the default."""
    st.session_state.pop(OPEN_EVALUATION, None)
    st.query_params.pop(EVALUATION, None)


def choose_evaluation(identifier: str) -> None:
    """Turn to another evaluation: its model, threshold and cell start anew."""
    _start_anew()
    keep_evaluation(identifier)


def go_to(page: str, **link: str) -> NoReturn:
    """Turn to another page with the same evaluation, and with whatever else its link is to carry.

    Streamlit's plain switch fails while the link holds what widgets are bound to; naming what stays does not.
    """
    st.switch_page(page, query_params={EVALUATION: st.session_state[OPEN_EVALUATION], **link})


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
    for key in (
        *chosen,
        AGAINST_REST,
        SCORE_RANGE,
        OPEN_LEVEL,
        NEXT_LEVEL,
        THRESHOLD_SUBJECT,
        PINNED_THRESHOLD,
    ):
        st.session_state.pop(key, None)
        st.query_params.pop(key, None)
    for key in [str(key) for key in st.session_state]:
        if key.startswith((CELL_ACTUAL, CELL_CALLED)):
            del st.session_state[key]


def leave_evaluation(identifier: str) -> None:
    """Turn away from an evaluation that is gone, if it is the open one."""
    if st.session_state.get(OPEN_EVALUATION) == identifier:
        _start_anew()
        forget_evaluation()


def carry(key: str, text: str) -> None:
    """Let the link say a text that no widget is bound to; an empty one, or one too long, is not said."""
    wanted = text if fits_link(text) else ""
    if st.query_params.get(key, "") != wanted:
        if wanted:
            st.query_params[key] = wanted
        else:
            del st.query_params[key]


def fits_link(text: str) -> bool:
    """Tell whether what is to be carried by the link is short enough for it."""
    return len(text) <= LONGEST_LINKED


def uploader_key() -> str:
    """Return the present uploader's key; a fresh one after each file that was taken in."""
    return f"{UPLOADER}_{st.session_state.get(UPLOADER, 0)}"


def renew_uploader() -> None:
    """Empty the uploader: its file is saved, and a rerun must not take it in again."""
    st.session_state[UPLOADER] = st.session_state.get(UPLOADER, 0) + 1


def leave_notice(text: str) -> None:
    """Leave a sentence for the next run to show once."""
    st.session_state[NOTICE] = text


def take_notice() -> str | None:
    """Take the sentence that was left, if any."""
    value: str | None = st.session_state.pop(NOTICE, None)
    return value
