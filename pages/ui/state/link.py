"""Which evaluation is open, in the session and in the link; sentences left for the next run.

What the link says is held in the session (`LINK`) and read from there alone. The address follows it: Streamlit tells a
run what the address was when the browser asked, which may be older than what an earlier run has sent there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui.state.keys import (
    EVALUATION,
    GROUPS,
    LINK,
    LONGEST_LINKED,
    NOTICE,
    OPEN_EVALUATION,
    THRESHOLD_REVISION,
    UPLOADER,
    Key,
    Reset,
    all_keys,
    carried_keys,
    keys_to_forget,
)

_ID = re.compile(r"[A-Za-z0-9_-]{4,64}")


def follow_link() -> None:
    """Take what the link says: in a new session, and where Back or Forward brought another link.

    Call it before anything else of a run. The browser's step then undoes whatever the session had chosen since.
    """
    begun = LINK in st.session_state
    if begun and not _is_step_in_history():
        return
    said = {name: st.query_params[name] for name in carried_keys() if name in st.query_params}
    if begun:
        if said.get(EVALUATION) != st.session_state.get(OPEN_EVALUATION):
            start_anew("evaluation")
        _forget(key for key in all_keys() if key.follows)
        # The explorer holds the point that was left.
        st.session_state[THRESHOLD_REVISION] = st.session_state.get(THRESHOLD_REVISION, 0) + 1
    st.session_state[LINK] = said


def _is_step_in_history() -> bool:
    context = get_script_run_ctx()
    return context is not None and bool(getattr(context, "is_history_navigation", False))


def linked(key: str) -> str:
    """Return what the link says, an empty text for nothing."""
    text: str = st.session_state.get(LINK, {}).get(key, "")
    return text


def carry(key: str, text: str) -> None:
    """Let the link say a text; an empty one, or one too long, is not said."""
    said = st.session_state.setdefault(LINK, {})
    if text and fits_link(text):
        said[key] = text
    else:
        said.pop(key, None)
    if st.query_params.get(key, "") != said.get(key, ""):
        write_link()


def write_link() -> None:
    """Bring the address to what the link says, where it lags behind: after another page, or a quick hand."""
    said = st.session_state.get(LINK, {})
    shown = {name: st.query_params[name] for name in carried_keys() if name in st.query_params}
    other = {name: text for name, text in said.items() if shown.get(name) != text}
    if other:
        st.query_params.update(other)
    for name in shown.keys() - said.keys():
        del st.query_params[name]


def fits_link(text: str) -> bool:
    """Tell whether what is to be carried by the link is short enough for it."""
    return len(text) <= LONGEST_LINKED


def evaluation_id(default: str) -> str:
    """Return the evaluation that the link names, else the session's, else the default."""
    asked = linked(EVALUATION)
    if not _ID.fullmatch(asked):
        asked = ""
    return asked or st.session_state.get(OPEN_EVALUATION) or default


def keep_evaluation(identifier: str) -> None:
    """Hold the evaluation in the session and in the link, on every page."""
    st.session_state[OPEN_EVALUATION] = identifier
    if not st.session_state.get(LINK) and not st.query_params.to_dict():
        _carry_first(identifier)
    carry(EVALUATION, identifier)
    if GROUPS in st.session_state:
        carry(GROUPS, st.session_state[GROUPS])


def _carry_first(identifier: str) -> None:
    """Let the link of a first visit say what is open, without an entry in the browser's history.

    Whatever Python sets makes one; what is set here the browser sets likewise, by itself (`first_link`).
    """
    context = get_script_run_ctx()
    if context is not None:
        with context.session_state.query_params() as parameters:
            parameters.set_with_no_forward_msg(EVALUATION, identifier)


def first_link() -> str:
    """Return what the browser makes of an address without any parameter."""
    return urlencode({EVALUATION: st.session_state.get(OPEN_EVALUATION, "")})


def forget_evaluation() -> None:
    """Drop an evaluation that cannot be opened, so that the next run shows the default."""
    st.session_state.pop(OPEN_EVALUATION, None)
    carry(EVALUATION, "")


def choose_evaluation(identifier: str) -> None:
    """Turn to another evaluation: its model, threshold and cell start anew."""
    start_anew("evaluation")
    keep_evaluation(identifier)


def go_to(page: str) -> NoReturn:
    """Turn to another page with the same evaluation, and with whatever else its link carries.

    Streamlit's plain switch fails while the link holds what widgets are bound to; naming what stays does not.
    """
    st.switch_page(page, query_params=dict(st.session_state.get(LINK, {})))


def start_anew(turned_to: Reset) -> None:
    """Forget, in the session and in the link, what belongs to the evaluation or the model that was open."""
    keys = keys_to_forget(turned_to)
    _forget(keys)
    for key in keys:
        if key.bound:
            st.query_params.pop(key.name, None)
        elif key.linked:
            carry(key.name, "")


def _forget(keys: Iterable[Key]) -> None:
    for key in keys:
        held = (
            [str(name) for name in st.session_state if str(name).startswith(key.name)]
            if key.family
            else [key.name]
        )
        for name in held:
            st.session_state.pop(name, None)


def leave_evaluation(identifier: str) -> None:
    """Turn away from an evaluation that is gone, if it is the open one."""
    if st.session_state.get(OPEN_EVALUATION) == identifier:
        start_anew("evaluation")
        forget_evaluation()


def where_there(key: str, act: Callable[[], None]) -> Callable[[], None]:
    """Return what to do when a component says something: nothing where its page was left before its word came."""

    def heard() -> None:
        if key in st.session_state:
            act()

    return heard


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
