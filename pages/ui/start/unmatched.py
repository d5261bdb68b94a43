"""Rows of joined files that found no partner: shown, with the reason, and to download."""

from __future__ import annotations

import streamlit as st

from evalcore.inputs.joining.unmatched import unmatched_table
from evalcore.numbers import UNDEFINED
from evalcore.predictions.evaluation import Evaluation, UnmatchedRows
from evalcore.sharing.csv_text import as_csv
from pages.ui import phrases

TABLE_HEIGHT = 240


def unmatched_panel(opened: Evaluation) -> None:
    """Show an expander for each file with rows that were not joined; nothing where all were."""
    files = list(dict.fromkeys(each.source for each in opened.unmatched))
    for place, file in enumerate(files):
        _of_file([each for each in opened.unmatched if each.source == file], key=f"unmatched_{place}")


def _of_file(lost: list[UnmatchedRows], *, key: str) -> None:
    total = sum(each.count for each in lost)
    words = "has" if total == 1 else "have"
    label = phrases.plain(f"{_rows(total)} of “{lost[0].source}” {words} no partner")
    with st.expander(label, icon=":material/link_off:"):
        for number, each in enumerate(lost):
            st.caption(f"{_rows(each.count)}: {phrases.plain(phrases.sentence(each.reason))}")
            st.dataframe(
                each.rows,
                height="content" if len(each.rows) < 6 else TABLE_HEIGHT,
                key=f"{key}_{number}",
                placeholder=UNDEFINED,
            )
        shown = sum(len(each.rows) for each in lost)
        left, right = st.columns([3, 1], vertical_alignment="center")
        if shown < total:
            left.caption(f"The first {shown:,} of {total:,} rows are kept.")
        right.download_button(
            f"Download {shown:,}" if shown < total else f"Download all {total:,}",
            lambda: as_csv(unmatched_table(lost)),
            file_name=f"{lost[0].source}-without-partner.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
            key=f"{key}_download",
        )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
