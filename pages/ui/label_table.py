"""Several labels: thresholds, figures, the table of all labels, and which labels come together."""

from __future__ import annotations

import streamlit as st

from evalcore.figures.class_matrix import share_matrix_figure
from evalcore.inputs.evaluation import Evaluation
from evalcore.metrics.label_summary import (
    THRESHOLD_RULES,
    label_areas,
    label_confusion,
    label_summary,
    label_table,
    label_thresholds,
)
from evalcore.metrics.multilabel import LabelConfusion, share_together
from pages.ui import compute, widgets
from pages.ui.class_table import open_on_threshold_page, rates_table
from pages.ui.curve_pictures import pictures
from pages.ui.summary_figures import summary_tiles

#: More labels than this make no legible picture of pairs.
MOST_DRAWN = 60
PLAIN_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"]}


@st.fragment
def label_panels(opened: Evaluation, model: str) -> None:
    """Show everything about the labels at the chosen thresholds."""
    predictions, found = opened.predictions, opened.predictions.model(model)
    swept = compute.sweeps_of_labels(opened, model)
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
    if rule in ("max_f1", "recall"):
        st.caption("Chosen on these very cases: on new ones the figures will be somewhat lower.")
    thresholds = label_thresholds(swept, rule, default=found.thresholds, one=one, recall=recall)
    confusion, areas = label_confusion(predictions, model, thresholds), label_areas(swept)
    summary_tiles(label_summary(predictions, model, confusion, areas))
    st.subheader("Label by label", anchor=False)
    table = label_table(confusion, predictions.labels, thresholds, areas)
    name = rates_table(table, key="label_table", subject="label")
    with st.container(horizontal=True):
        open_on_threshold_page(name, word="a label")
        st.download_button(
            "Table", lambda: table.to_csv(index=False).encode("utf-8"), "labels.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key="download_label_table",
        )  # fmt: skip
    if areas is not None:
        st.subheader("Curve by curve", anchor=False)
        pictures(opened, model, predictions.labels, areas, confusion.per_label, word="label")
    _together(confusion, predictions.labels)


def _together(confusion: LabelConfusion, labels: tuple[str, ...]) -> None:
    """Draw which labels come together, in truth and as called."""
    st.subheader("Labels that come together", anchor=False)
    if len(labels) > MOST_DRAWN:
        st.caption(f"{len(labels):,} labels are too many for a picture of all pairs.")
        return
    palette = widgets.palette()
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
                subtitle="Of the rows with the label at the left, the share that has the label below too",
                x="Has this label too", y="Rows with this label", hover="%{z:.2%}", colour=colour,
                palette=palette,
            ),
            theme=None, config=PLAIN_CONFIG, key=f"together_{title}",
        )  # fmt: skip
