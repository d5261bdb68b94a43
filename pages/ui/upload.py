"""Taking in files: dropped, or pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from pages.ui import compute, state, widgets
from pages.ui.visitor import visitor

PASTED = "pasted table.csv"


def _take_in(sources: Sequence[tuple[str, bytes]]) -> None:
    """Open the files as one evaluation, save it and turn to it; on bad input say why and change nothing."""
    try:
        with st.spinner("Reading and recognising the file …", show_time=True):
            evaluation = open_predictions(*sources)
            saved = compute.store().save(evaluation, owner=visitor())
    except InputError as error:
        st.error(widgets.plain(str(error)), icon=":material/error:")
        return
    state.choose_evaluation(saved.id)
    state.renew_uploader()
    state.leave_notice(f"“{evaluation.title}” is open. Check what was recognised, then move the threshold.")
    st.rerun()


def upload_panel() -> None:
    """Show the place to drop files and the place to paste a table."""
    files = st.file_uploader(
        "Predictions file",
        accept_multiple_files=True,
        key=state.uploader_key(),
        help="Several files at once are joined: truth in one and predictions in another, one file per model or per fold.",
        label_visibility="collapsed",
    )
    if files:
        _take_in([(file.name, file.getvalue()) for file in files])
    with st.expander("Paste from a spreadsheet", icon=":material/content_paste:"), st.form("paste", border=False):
        text = st.text_area(
            "Cells", placeholder="truth\tscore\nyes\t0.91\nno\t0.12", height=140, label_visibility="collapsed", key="paste_text"
        )
        if st.form_submit_button("Open what I pasted") and text.strip():
            _take_in([(PASTED, text.encode("utf-8"))])
