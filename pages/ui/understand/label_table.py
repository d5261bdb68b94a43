"""Several labels: thresholds, figures, the table of all labels, and which labels come together."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from evalcore import numbers
from evalcore.figures.class_matrix import share_matrix_figure
from evalcore.metrics.classes.label_confusion import LabelConfusion, pairs_together, share_together
from evalcore.metrics.classes.ranking import ClassAreas
from evalcore.metrics.summaries.label_summary import (
    THRESHOLD_RULES,
    Thresholds,
    label_areas,
    label_confusion,
    label_sentence,
    label_summary,
    label_table,
    label_thresholds,
)
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.csv_text import as_csv
from pages.ui import compute, phrases
from pages.ui.state import policy as policy_state
from pages.ui.understand.class_table import averages_panel, open_on_threshold_page, rates_table
from pages.ui.understand.curve_pictures import pictures
from pages.ui.understand.summary_figures import summary_tiles

TABS = TABLE, FIGURES, CURVES, TOGETHER = (
    "Label by label",
    "All figures",
    "Curves",
    "Labels that come together",
)
#: More labels than this make no legible picture of pairs.
MOST_DRAWN = 60
PLAIN_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"]}


@st.fragment
def label_panels(opened: Evaluation, model: str) -> None:
    """Show everything about the labels at the chosen thresholds."""
    predictions, found = opened.predictions, opened.predictions.model(model)
    swept = compute.sweeps_of_labels(opened, model)
    sentence = st.container()
    rules = list(THRESHOLD_RULES) if swept.ranked else ["default"]
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    rule = left.selectbox("Thresholds", rules, format_func=THRESHOLD_RULES.__getitem__, key="label_rule")
    one, recall = float(found.thresholds[0]), 0.9
    if rule == "one":
        one = right.number_input(
            "Threshold of all labels", value=one, step=0.01, format="%.10g", key="label_one"
        )
    if rule == "recall":
        recall = right.number_input(
            "Recall at least", value=recall, min_value=0.0, max_value=1.0, step=0.01, key="label_recall"
        )
    each = _by_hand(opened, model) if rule == "each" else None
    if rule in ("max_f1", "recall"):
        st.caption("Chosen on these very cases: on new ones the figures will be somewhat lower.")
    thresholds = label_thresholds(swept, rule, default=found.thresholds, one=one, each=each, recall=recall)
    confusion, areas = label_confusion(predictions, model, thresholds), label_areas(swept)
    with sentence:
        phrases.opening_sentence(label_sentence(confusion, predictions.labels))
    tabs = policy_state.tabs(TABS)
    for name, show in (
        (TABLE, lambda: _by_label(confusion, predictions.labels, thresholds, areas)),
        (FIGURES, lambda: summary_tiles(label_summary(predictions, model, confusion, areas))),
        (CURVES, lambda: _curves(opened, model, confusion, areas)),
        (TOGETHER, lambda: _together(confusion, predictions.labels)),
    ):
        if tabs[name].open:
            with tabs[name]:
                show()


def _by_label(
    confusion: LabelConfusion, labels: tuple[str, ...], thresholds: Thresholds, areas: ClassAreas | None
) -> None:
    """Show one row a label, and the averages."""
    table = label_table(confusion, labels, thresholds, areas)
    name = rates_table(table, key="label_table", subject="label")
    with st.container(horizontal=True):
        open_on_threshold_page(name, word="a label")
        st.download_button(
            "Table", lambda: as_csv(table, index=False), "labels.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key="download_label_table",
        )  # fmt: skip
    with st.expander("Averages over the labels"):
        averages_panel(confusion, confusion.per_label, word="label")


def _curves(opened: Evaluation, model: str, confusion: LabelConfusion, areas: ClassAreas | None) -> None:
    if areas is None:
        st.caption("The file has only this model's decisions: a curve needs a score for each label.")
        return
    pictures(opened, model, opened.predictions.labels, areas, confusion.per_label, word="label")


def _by_hand(opened: Evaluation, model: str) -> list[float]:
    """Take a threshold for each label."""
    found = opened.predictions.model(model)
    edited = st.data_editor(
        pd.DataFrame({"label": list(opened.predictions.labels), "threshold": found.thresholds}),
        hide_index=True, disabled=["label"], key=f"label_thresholds_{opened.fingerprint}_{model}",
        column_config={
            "label": st.column_config.TextColumn("Label"),
            "threshold": st.column_config.NumberColumn(
                "Threshold", format="%.10g", help="A row gets the label when its score is at least this. "
                "Empty: as the file has it.",
            ),
        },
    )  # fmt: skip
    return [float(value) for value in edited["threshold"]]


def _together(confusion: LabelConfusion, labels: tuple[str, ...]) -> None:
    """Draw which labels come together, in truth and as called."""
    if len(labels) > MOST_DRAWN:
        st.caption(f"{numbers.count(len(labels))} labels are too many for a picture of all pairs.")
        return
    sentences = pairs_together(confusion, labels)
    if sentences:
        st.markdown("\n".join(f"- {phrases.plain(each)}." for each in sentences))
    else:
        st.caption("Every two labels are called together exactly as often as they come together.")
    palette = phrases.palette()
    for column, counts, title, colour in zip(
        st.columns(2),
        confusion.together(),
        ("In truth", "As called"),
        (palette.negative, palette.accent),
        strict=True,
    ):
        column.plotly_chart(
            share_matrix_figure(
                share_together(counts), labels, title=title,
                subtitle="Of rows with the label at the left, share with the one below",
                x="Has this label too", y="Rows with this label", hover="%{customdata}", colour=colour,
                palette=palette,
            ),
            theme=None, config=PLAIN_CONFIG, key=f"together_{title}",
            alt=f"Which labels come together, {title.lower()}: a matrix of shares",
        )  # fmt: skip
