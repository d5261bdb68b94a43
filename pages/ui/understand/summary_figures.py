"""The figures of a whole model: the main ones as tiles, all of them in a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evalcore.metrics.summaries.class_summary import SummaryFigure
from evalcore.numbers import UNDEFINED
from evalcore.sharing.csv_text import as_csv

#: What has a tile; everything is in the table.
MAIN = (
    "accuracy",
    "balanced_accuracy",
    "subset_accuracy",
    "joint_accuracy",
    "mean_accuracy",
    "mean_wrong",
    "expected_joint_accuracy",
    "hamming_loss",
    "f1_macro",
    "f1_micro",
    "matthews_corrcoef",
    "roc_auc_ovr_macro",
    "roc_auc_macro",
    "top_3_accuracy",
    "log_loss",
)


def summary_tiles(figures: Sequence[SummaryFigure], *, every: bool = True) -> None:
    """Show each figure with its name, what it says and its interval; all of them in a table if `every`."""
    with st.container(horizontal=True):
        for figure in figures:
            if figure.name in MAIN:
                st.metric(figure.label, figure.spelt, help=_explained(figure), border=True, width="content")
    if not every:
        return
    rows = {
        "Figure": [each.label for each in figures],
        "Value": [each.spelt for each in figures],
        "95 % interval": [each.interval for each in figures],
        "What it says": [_explained(each, limits=False) for each in figures],
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="all_figures", placeholder=UNDEFINED)
    st.download_button(
        "Figures", lambda: _exact(figures), "figures.csv", "text/csv", icon=":material/download:",
        on_click="ignore", key="download_figures",
    )  # fmt: skip


def _exact(figures: Sequence[SummaryFigure]) -> bytes:
    """Every figure with all its digits."""
    rows = [(each.name, each.value, each.low, each.high) for each in figures]
    return as_csv(pd.DataFrame(rows, columns=["figure", "value", "low", "high"]), index=False)


def _explained(figure: SummaryFigure, *, limits: bool = True) -> str:
    if math.isnan(figure.value):
        return f"{figure.meaning} Undefined here."
    return (
        f"{figure.meaning} 95 % interval: {figure.interval}."
        if limits and figure.interval
        else figure.meaning
    )
