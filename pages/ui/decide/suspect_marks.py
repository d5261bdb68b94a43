"""Marking suspect labels and commenting on them: kept with the evaluation, for each visitor, and exported."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from evalcore.errors import InputError
from evalcore.metrics.cases.agreement import AgreedSuspects
from evalcore.metrics.cases.ranking import CaseRanking
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.csv_text import as_csv
from evalcore.sharing.store.annotations import LONGEST_COMMENT, Annotation
from pages.ui import compute, current, phrases, state
from pages.ui.cases.gallery import case_table
from pages.ui.state import errors as errors_state
from pages.ui.state.visitor import visitor

PAGE = 100
WRONG_LABEL, COMMENT = "label is wrong", "comment"


def notes_on(opened: Evaluation) -> dict[int, Annotation]:
    """Return this visitor's notes, by the row's position in the table."""
    identifier = state.evaluation_id(current.default_evaluation())
    return compute.store().annotations(identifier, owner=visitor(), about=_about(opened))


def mark_one(opened: Evaluation, ranking: CaseRanking, *, key: str, subject: str) -> None:
    """Mark the case that is chosen in a gallery."""
    _, chosen = errors_state.place_in_gallery(key, subject)
    if chosen is None:
        st.caption("The most suspect first. Choose a case to see it whole and to mark it.")
        return
    row = int(opened.predictions.rows[chosen])
    note = notes_on(opened).get(row, Annotation())
    # What is noted is part of the key: a note made elsewhere shows here too. Each box has its own, so that a mark
    # does not take a half-written comment away.
    name = f"{opened.fingerprint}_{row}"
    said = phrases.plain(ranking.truth_of(chosen))
    left, right = st.columns([1, 2], vertical_alignment="center")
    left.checkbox(
        f"Row {row + 1:,}: the label “{said}” is wrong",
        value=note.wrong,
        key=f"wrong_{name}_{note.wrong}",
        on_change=_keep,
        args=(opened, {row: Annotation(not note.wrong, note.comment)}),
    )
    comment = right.text_input(
        "Comment",
        value=note.comment,
        key=f"comment_{name}_{hash(note.comment)}",
        max_chars=LONGEST_COMMENT,
        placeholder="A comment for whoever relabels",
        label_visibility="collapsed",
    )
    if comment != note.comment:
        _keep(opened, {row: Annotation(note.wrong, comment)})
        st.rerun(scope="fragment")


def marking(opened: Evaluation, ranking: CaseRanking, found: AgreedSuspects, *, subject: str) -> None:
    """Show all suspects a page at a time, to mark, comment on and export."""
    pages = -(-len(found) // PAGE)
    page = 1
    if pages > 1:
        page = st.number_input(f"Page, of {pages:,}", 1, pages, key=f"marks_page_{subject}", width=160)
    key = errors_state.editor_key(f"marks_{subject}_{page}")
    part = slice((page - 1) * PAGE, page * PAGE)
    rows = opened.predictions.rows[found.cases[part]]
    table = errors_state.rows_to_edit(
        key, lambda: suspect_table(opened, ranking, found, part, notes=notes_on(opened))
    )
    st.data_editor(
        table,
        disabled=[name for name in table.columns if name not in (WRONG_LABEL, COMMENT)],
        column_config={
            WRONG_LABEL: st.column_config.CheckboxColumn(pinned=True),
            COMMENT: st.column_config.TextColumn(max_chars=LONGEST_COMMENT, width="medium"),
            "margin": st.column_config.NumberColumn(format="%.4f"),
        },
        key=key,
        on_change=_keep_edits,
        args=(opened, key, rows),
        height=420,
    )
    notes = notes_on(opened)
    held = [notes[row] for row in opened.predictions.rows[found.cases].tolist() if row in notes]
    wrong, said = sum(note.wrong for note in held), sum(bool(note.comment) for note in held)
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.caption(
        f"{wrong:,} of {len(found):,} marked as wrong, {said:,} with a comment. Marks and comments are kept with "
        "the evaluation for this browser; the file has all suspects with them."
    )
    # The file is made when it is asked for, and nothing tells then whose browser asks: the notes are taken now.
    right.download_button(
        "Download for relabelling",
        lambda: as_csv(suspect_table(opened, ranking, found, slice(None), notes=notes)),
        file_name=phrases.file_name(opened, "suspect labels"),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
        key="download_suspects",
    )


def suspect_table(
    opened: Evaluation,
    ranking: CaseRanking,
    found: AgreedSuspects,
    part: slice,
    *,
    notes: dict[int, Annotation],
) -> pd.DataFrame:
    """Return some suspects with a visitor's marks and comments, and the table's own columns."""
    classes = np.asarray(ranking.classes, dtype=object)
    cases = found.cases[part]
    noted = [notes.get(row, Annotation()) for row in opened.predictions.rows[cases].tolist()]
    own = case_table(opened, cases)
    table = pd.DataFrame(
        {
            WRONG_LABEL: [note.wrong for note in noted],
            COMMENT: [note.comment for note in noted],
            "current label": [ranking.truth_of(case) for case in cases],
            "suggested label": classes[found.suggested[part]],
            "margin": found.margin[part],
            "models that contradict it": found.models[part],
        },
        index=own.index,
    )
    return pd.concat([table, own[[name for name in own.columns if name not in table.columns]]], axis=1)


def _about(opened: Evaluation) -> str:
    """Which label of a row is marked: where a row has several, the one that is looked at."""
    return opened.predictions.positive if opened.roles.task == "multilabel" else ""


def _keep(opened: Evaluation, notes: dict[int, Annotation]) -> None:
    _write(opened, notes)
    errors_state.renew_editor()


def _keep_edits(opened: Evaluation, key: str, rows: np.ndarray[Any, Any]) -> None:
    """Keep what was edited: all edits since the editor was opened, as it tells no others."""
    before = notes_on(opened)
    notes = {}
    for place, edit in errors_state.edits(key).items():
        row = int(rows[int(place)])
        held = before.get(row, Annotation())
        notes[row] = Annotation(
            bool(edit.get(WRONG_LABEL, held.wrong)), str(edit.get(COMMENT, held.comment) or "")
        )
    _write(opened, notes)


def _write(opened: Evaluation, notes: dict[int, Annotation]) -> None:
    identifier = state.evaluation_id(current.default_evaluation())
    try:
        compute.store().annotate(identifier, notes, owner=visitor(), about=_about(opened))
    except InputError as error:
        st.toast(phrases.plain(phrases.sentence(str(error))), icon=":material/error:")
