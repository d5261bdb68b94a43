"""Taking in files: dropped, or pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from evalcore.errors import InputError, unforeseen
from evalcore.inputs.examples import EXAMPLES
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.progress import Progress
from evalcore.inputs.reading.guard.guarded import guarded_tables
from evalcore.predictions.evaluation import Evaluation, Roles
from evalcore.sharing.store.saved import SavedEvaluation
from pages.ui import compute, phrases, state
from pages.ui.start.asking.by_hand import by_hand_panel
from pages.ui.start.progress import with_progress
from pages.ui.state import visit
from pages.ui.state.visitor import visitor

PASTED = "pasted table.csv"
SAVING = "Saving"
SAVED_FROM = 0.75  # share of the time after which the evaluation is saved
#: Bytes above which it is shown how far the opening has come.
LARGE = 20_000_000


def _take_in(
    sources: Sequence[tuple[str, bytes]], before: Evaluation | None, stated: Roles | None = None
) -> None:
    """Open the files as one evaluation, save it and turn to it; on bad input say why and change nothing."""
    store, owner = compute.store(), visitor()  # not in the thread: Streamlit is spoken to by its own only

    def opened(progress: Progress | None) -> tuple[Evaluation, SavedEvaluation]:
        hear = None if progress is None else lambda share, text: progress(SAVED_FROM * share, text)
        opened_now = open_predictions(*sources, roles=stated, progress=hear, read=guarded_tables)
        evaluation = compute.as_answered(store, opened_now, owner=owner)
        if progress is not None:
            progress(SAVED_FROM, SAVING)
        return evaluation, store.save(evaluation, owner=owner)

    try:
        if sum(len(content) for _, content in sources) > LARGE:
            evaluation, saved = with_progress(opened)
        else:
            with st.spinner("Reading and recognising the file …", show_time=True):
                evaluation, saved = opened(None)
    except Exception as error:  # the page stays alive, whatever a stranger's file does to a reader
        told = error if isinstance(error, InputError) else unforeseen(error)
        st.error(phrases.plain(phrases.sentence(str(told))), icon=":material/error:")
        if before is not None:
            st.caption(phrases.plain(f"Nothing was opened. “{before.title}” is still open, as it was."))
        said = by_hand_panel(sources) if told is error and stated is None else None
        if said is not None:
            _take_in(sources, before, said)
        return
    compute.have_at_hand(saved, evaluation)
    visit.set_out(saved.id)
    state.renew_uploader()
    st.rerun()


def upload_panel(before: Evaluation | None) -> bool:
    """Show the place to drop files and the place to paste a table; tell whether what was given could not be opened.

    `before` is what is open until then.
    """
    files = st.file_uploader(
        "Predictions file",
        accept_multiple_files=True,
        key=state.uploader_key(),
        help="Several files at once are joined: truth in one and predictions in another, one per model or per fold."
        " A zip of images beside the table is matched by path or file name.",
        label_visibility="collapsed",
    )
    if files:
        _take_in([(file.name, file.getvalue()) for file in files], before)
    paste, formats = st.columns(2)
    with paste.expander("Paste from a spreadsheet", icon=":material/content_paste:"):
        pasted = _paste_form(before)
    with formats.expander("Formats, each with an example", icon=":material/description:"):
        _examples()
    return bool(files) or pasted  # what could be opened has led elsewhere


def _paste_form(before: Evaluation | None) -> bool:
    """Show the place to paste a table; tell whether what was pasted could not be opened."""
    with st.form("paste", border=False):
        text = st.text_area(
            "Cells",
            placeholder="truth\tscore\nyes\t0.91\nno\t0.12",
            height=140,
            label_visibility="collapsed",
            key="paste_text",
        )
        if st.form_submit_button("Open what I pasted") and text.strip():
            _take_in([(PASTED, text.encode("utf-8"))], before)
            return True
    return False


def _examples() -> None:
    st.caption(
        "CSV, TSV, Parquet, Feather, JSON, JSON Lines, NumPy or Excel; as they are or in gzip, bz2, xz, zstd or zip. "
        "Columns are found by what they hold; these are the shapes."
    )
    for example in EXAMPLES:
        button, about = st.columns([2, 3], vertical_alignment="center")
        button.download_button(
            example.file_name,
            example.text,
            file_name=example.file_name,
            mime="text/csv",
            type="tertiary",
            on_click="ignore",
        )
        about.caption(example.about)
