"""The table of all classes, to sort, and the report to copy."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from evalcore import numbers
from evalcore.metrics.cases.cell import CELL_WORDS
from evalcore.metrics.classes.confusion import AVERAGES, ClassConfusion
from evalcore.metrics.classes.label_confusion import LABEL_AVERAGES, LabelConfusion
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.summaries.class_report import (
    AREAS,
    RATES,
    averages_table,
    class_table,
    classification_report,
    totals_sentence,
    with_intervals,
)
from evalcore.metrics.summaries.class_summary import ClassFigures
from evalcore.numbers import UNDEFINED
from evalcore.sharing.csv_text import as_csv
from pages.ui import state
from pages.ui.house_tables import coefficients, counts, house_table, shares

NAMES = {
    "class": "Class",
    "label": "Label",
    "support": "Cases",
    "called": "Called",
    "threshold": "Threshold",
    **{cell: words.many.capitalize() for cell, words in CELL_WORDS.items()},
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "specificity": "Specificity",
    "roc_auc": "ROC AUC",
    "average_precision": "Average precision",
}
#: The rates that are averaged, as people read them.
AVERAGED = {
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "threat_score": "Jaccard",
    "specificity": "Specificity",
}
HELP = {
    **{cell: f"{words.technical.capitalize()}s." for cell, words in CELL_WORDS.items()},
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
    shown = with_intervals(table) if intervals else table[[*filter(_is_no_limit, table.columns)]]
    spelt = shares(RATES) | coefficients(AREAS) | counts(("support", "called", *CELL_WORDS))
    event: Any = st.dataframe(
        house_table(shown, spelt | {"threshold": numbers.score}),
        hide_index=True,
        key=key,
        column_config={str(name): _column(str(name)) for name in shown.columns},
        on_select="rerun",
        selection_mode="single-row",
        placeholder=UNDEFINED,
    )
    chosen = event["selection"]["rows"]
    return str(table[subject].iloc[chosen[0]]) if chosen else None


def _is_no_limit(name: str) -> bool:
    return not name.endswith(("_low", "_high"))


def _column(name: str) -> Any:
    rate = name.removesuffix("_interval")
    if rate != name:
        method = {
            "roc_auc": "DeLong, with Newcombe's limits",
            "average_precision": "Wilson, of the positive cases",
        }.get(rate, "Wilson")
        return st.column_config.TextColumn("95 %", help=f"95 % interval of {NAMES[rate]} ({method}).")
    return st.column_config.Column(NAMES[name], help=HELP.get(name))


def averages_panel(confusion: ClassConfusion | LabelConfusion, cells: Confusion, *, word: str) -> None:
    """Show the totals, and every rate averaged in every way."""
    table = averages_table(confusion)
    ways = LABEL_AVERAGES if word == "label" else AVERAGES
    st.dataframe(
        house_table(table.rename(index=AVERAGED), shares(table.columns)),
        key=f"{word}_averages",
        width="content",
        column_config={
            "rate": st.column_config.Column("Rate"),
            **{
                how: st.column_config.Column(how.capitalize(), help=f"{ways[how].capitalize()}.")
                for how in table.columns
            },
        },
        placeholder=UNDEFINED,
    )
    st.caption(totals_sentence(cells, word=word))
    if isinstance(confusion, LabelConfusion) and confusion.bare_rows:
        st.caption(
            f"In the average over samples a row that neither has nor gets a label counts as 0, as in scikit-learn: "
            f"here {numbers.count(confusion.bare_rows)} of {numbers.count(len(confusion.truth))} rows."
        )


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
    table = class_table(results.confusion, results.areas)
    name = rates_table(table, key="class_table", subject="class")
    report = classification_report(results.confusion)
    with st.container(horizontal=True):
        open_on_threshold_page(name, word="a class")
        st.download_button(
            "Table", lambda: as_csv(table, index=False), "classes.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key="download_class_table",
        )  # fmt: skip
        st.download_button(
            "Matrix", lambda: as_csv(results.confusion.frame()), "confusion_matrix.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key="download_matrix",
        )  # fmt: skip
        st.download_button(
            "Report", report.encode("utf-8"), "classification_report.txt", "text/plain",
            icon=":material/download:", on_click="ignore", key="download_report",
        )  # fmt: skip
    with st.expander("Averages over the classes"):
        averages_panel(results.confusion, results.confusion.against_rest, word="class")
    st.caption(
        "A dash or an empty cell is undefined: nothing to divide by. "
        "It counts as 0 in the averages, as in scikit-learn."
    )
    with st.expander("Classification report to copy"):
        st.code(report, language=None)
