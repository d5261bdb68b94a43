"""The table of all classes, to sort, and the report to copy."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from evalcore.metrics.class_report import RATES, class_table, classification_report
from evalcore.metrics.class_summary import ClassFigures
from pages.ui import state

NAMES = {
    "class": "Class",
    "label": "Label",
    "support": "Cases",
    "called": "Called",
    "threshold": "Threshold",
    "tp": "TP",
    "fp": "FP",
    "fn": "FN",
    "tn": "TN",
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "specificity": "Specificity",
    "roc_auc": "ROC AUC",
    "average_precision": "Average precision",
}
HELP = {
    "support": "Cases of the class.",
    "called": "Cases that the model calls so.",
    "precision": "Share of the cases called so that are.",
    "recall": "Share of the cases of the class that are called so.",
    "f1": "Balance of precision and recall.",
    "specificity": "Share of all other cases that are not called so.",
    "roc_auc": "Chance that a case of the class scores above another one.",
    "average_precision": "Mean precision over all recalls.",
}


def rates_table(table: pd.DataFrame, *, key: str, subject: str) -> str | None:
    """Show a table of rates with their intervals, to sort by any column; return the chosen row's name, if any."""
    intervals = st.toggle("95 % intervals", key=f"{key}_intervals")
    columns = [name for name in table.columns if intervals or not name.endswith(("_low", "_high"))]
    event: Any = st.dataframe(
        table[columns],
        hide_index=True,
        key=key,
        column_config={name: _column(name) for name in columns},
        on_select="rerun",
        selection_mode="single-row",
    )
    chosen = event["selection"]["rows"]
    return str(table[subject].iloc[chosen[0]]) if chosen else None


def _column(name: str) -> Any:
    rate, _, limit = name.rpartition("_")
    if limit in ("low", "high"):
        return st.column_config.NumberColumn(
            f"{NAMES[rate]}, {limit}", format="%.3f", help="Limit of the 95 % interval (Wilson)."
        )
    if name in (*RATES, "roc_auc", "average_precision"):
        return st.column_config.NumberColumn(NAMES[name], format="%.4f", help=HELP[name])
    return st.column_config.Column(NAMES[name], help=HELP.get(name))


def open_on_threshold_page(name: str | None, *, word: str) -> None:
    """Offer to move the threshold of one class or label."""
    pressed = st.button(
        f"Move the threshold of {word}" if name is None else f"Move the threshold of “{name}”",
        icon=":material/tune:",
        disabled=name is None,
        help=f"Choose {word} in the table.",
        on_click=state.choose_class,
        args=(name,),
        key="open_on_threshold",
    )
    if pressed:
        state.go_to("pages/decide/threshold.py")


@st.fragment
def class_table_panel(results: ClassFigures) -> None:
    """Show one row a class, and the report."""
    st.subheader("Class by class", anchor=False)
    table = class_table(results.confusion, results.areas)
    name = rates_table(table, key="class_table", subject="class")
    report = classification_report(results.confusion)
    with st.container(horizontal=True):
        open_on_threshold_page(name, word="a class")
        st.download_button(
            "Table", lambda: table.to_csv(index=False).encode("utf-8"), "classes.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key="download_class_table",
        )  # fmt: skip
        st.download_button(
            "Matrix", lambda: results.confusion.frame().to_csv().encode("utf-8"), "confusion_matrix.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key="download_matrix",
        )  # fmt: skip
        st.download_button(
            "Report", report.encode("utf-8"), "classification_report.txt", "text/plain",
            icon=":material/download:", on_click="ignore", key="download_report",
        )  # fmt: skip
    st.caption(
        "A dash or an empty cell is undefined: nothing to divide by. "
        "It counts as 0 in the averages, as in scikit-learn."
    )
    with st.expander("Classification report to copy"):
        st.code(report, language=None)
