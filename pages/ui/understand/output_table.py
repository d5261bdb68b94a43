"""Several outputs a row: how often all are right, and each output in a line, to choose."""

from __future__ import annotations

from typing import Any

import streamlit as st

from evalcore import numbers
from evalcore.metrics.summaries.output_summary import multi_output_table
from evalcore.numbers import UNDEFINED
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, state
from pages.ui.house_tables import coefficients, counts, house_table, shares
from pages.ui.understand.summary_figures import summary_tiles

NAMES = {
    "output": ("Output", None),
    "classes": ("Classes", None),
    "accuracy": ("Accuracy", "Share of rows whose output is called what it is."),
    "accuracy_low": ("Low", "Limits of the 95 % interval of the accuracy (Wilson)."),
    "accuracy_high": ("High", "Limits of the 95 % interval of the accuracy (Wilson)."),
    "baseline": ("Lazy rule", "Accuracy of always saying the output's most frequent class."),
    "balanced_accuracy": ("Balanced accuracy", "Mean recall of the classes, each class alike."),
    "f1_macro": ("F1, macro", "Mean F1 of the classes, each class alike."),
    "matthews_corrcoef": ("Matthews correlation", "1 is perfect, 0 is chance."),
}


def outputs_panel(whole: Evaluation | None, model: str) -> None:
    """Show all outputs together, where there are several; what follows on the page is of the chosen one."""
    if whole is None or whole.traits.part != "output":
        return
    figures = compute.output_results(whole, model)
    st.header(phrases.plain(whole.title), anchor=False)
    count = len(figures.names)
    rows = numbers.count(len(figures.wrong))
    st.caption(f"{rows} rows with {count} outputs each. Every output is a class of its own.")
    st.markdown(phrases.plain(figures.sentence))
    with st.expander("All outputs together: figures"):
        summary_tiles(figures.summary, every=False)
    often = figures.rows_by_wrong / figures.rows_by_wrong.sum()
    st.markdown(
        "Wrong outputs a row: "
        + ", ".join(
            f"**{wrong}** in {numbers.share(share)}" for wrong, share in enumerate(often) if share > 0
        )
        + " of the rows."
    )
    table = multi_output_table(figures)
    rates = [name for name in NAMES if name not in ("output", "classes", "matthews_corrcoef")]
    event: Any = st.dataframe(
        house_table(table, counts(["classes"]) | shares(rates) | coefficients(["matthews_corrcoef"])),
        hide_index=True,
        key="output_table",
        column_config={
            name: st.column_config.Column(label, help=meaning) for name, (label, meaning) in NAMES.items()
        },
        on_select="rerun",
        selection_mode="single-row",
        placeholder=UNDEFINED,
    )
    rows = event["selection"]["rows"]
    name = str(table["output"].iloc[rows[0]]) if rows else None
    st.button(
        "Look at an output" if name is None else f"Look at “{name}”",
        icon=":material/grid_on:",
        disabled=name is None,
        help="Choose an output in the table, or in the sidebar: the rest of this page, and the other pages, are "
        "about it.",
        on_click=state.choose_output,
        args=(name,),
        key="look_at_output",
    )
    st.divider()
