"""Which evaluation is open, in the session and in the link; sentences left for the next run."""

from __future__ import annotations

import re
from typing import NoReturn

import streamlit as st

from pages.ui.state.keys import (
    EVALUATION,
    GROUPS,
    LONGEST_LINKED,
    NOTICE,
    OPEN_EVALUATION,
    UPLOADER,
    Reset,
    keys_to_forget,
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
    start_anew("evaluation")
    keep_evaluation(identifier)


def go_to(page: str, **link: str) -> NoReturn:
    """Turn to another page with the same evaluation, and with whatever else its link is to carry.

    Streamlit's plain switch fails while the link holds what widgets are bound to; naming what stays does not.
    """
    st.switch_page(page, query_params={EVALUATION: st.session_state[OPEN_EVALUATION], **link})


def start_anew(turned_to: Reset) -> None:
    """Forget, in the session and in the link, what belongs to the evaluation or the model that was open."""
    for key in keys_to_forget(turned_to):
        if key.family:
            for name in [str(name) for name in st.session_state if str(name).startswith(key.name)]:
                del st.session_state[name]
        else:
            st.session_state.pop(key.name, None)
        if key.linked:
            st.query_params.pop(key.name, None)


def leave_evaluation(identifier: str) -> None:
    """Turn away from an evaluation that is gone, if it is the open one."""
    if st.session_state.get(OPEN_EVALUATION) == identifier:
        start_anew("evaluation")
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


def leave_notice(text: str, *, problem: bool = False) -> None:
    """Leave a sentence for the next run to show once; a problem is shown as one."""
    st.session_state[NOTICE] = (text, problem)


def take_notice() -> tuple[str, bool] | None:
    """Take the sentence that was left, if any, and whether it tells of a problem."""
    value: tuple[str, bool] | None = st.session_state.pop(NOTICE, None)
    return value
