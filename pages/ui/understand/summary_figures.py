"""The figures of a whole model: the main ones as tiles, all of them in a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evalcore.metrics.summaries.class_summary import SummaryFigure
from pages.ui import phrases

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


def _spelt(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.4f}"


def summary_tiles(figures: Sequence[SummaryFigure], *, baseline: str = "", every: bool = True) -> None:
    """Show each figure with its name, what it says and its interval; all of them in a table if `every`."""
    with st.container(horizontal=True):
        for figure in figures:
            if figure.name in MAIN:
                st.metric(
                    figure.label, _spelt(figure.value), help=_explained(figure), border=True, width="content"
                )
    if baseline:
        st.caption(phrases.plain(baseline))
    if not every:
        return
    with st.expander("All figures"):
        rows = {
            "Figure": [each.label for each in figures],
            "Value": [each.value for each in figures],
            "What it says": [_explained(each) for each in figures],
        }
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            placeholder="–",
            key="all_figures",
            column_config={"Value": st.column_config.NumberColumn(format="%.6f")},
        )


def _explained(figure: SummaryFigure) -> str:
    if math.isnan(figure.value):
        return f"{figure.meaning} Undefined here."
    if math.isnan(figure.low):
        return figure.meaning
    return f"{figure.meaning} 95 % interval: {_spelt(figure.low)} to {_spelt(figure.high)}."
