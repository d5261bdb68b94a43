"""The Errors page's view of suspect labels: to look at, mark and export for relabelling."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from evalcore.inputs.evaluation import Evaluation
from evalcore.metrics.case_ranking import CaseRanking
from evalcore.metrics.left_out import figures_without
from evalcore.metrics.suspects import SuspectLabels
from pages.ui import compute, widgets
from pages.ui.case_gallery import case_table, show_cases

SHOWN = 500
WRONG_LABEL, COMMENT = "label is wrong", "comment"
NAMES = {
    "accuracy": "Accuracy",
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "balanced_accuracy": "Balanced accuracy",
    "macro_f1": "Macro F1",
}
METHOD = (
    "A label is suspect where the model is confident of another class: its probability of that class is at "
    "least the mean that it gives to the class's own cases (confident learning: Northcutt, Jiang and Chuang, "
    "2021, [doi:10.1613/jair.1.12125](https://doi.org/10.1613/jair.1.12125)). It means something only where "
    "the model had not seen these cases in training, and a suspect is not a proof: look before you relabel."
)


def suspects_view(opened: Evaluation, ranking: CaseRanking, model: str, *, subject: str) -> None:
    """Show the labels that the model confidently contradicts."""
    found = compute.suspects(opened, model)
    if found is None:
        st.info(
            "Suspect labels need probabilities, and this model gives decision scores or labels only. "
            "Choose another model at the side, if there is one.",
            icon=":material/info:",
        )
        return
    if not len(found):
        st.success(f"{widgets.plain(model)} confidently contradicts no label.", icon=":material/check:")
        st.caption(METHOD)
        return
    _summary(opened, ranking, found, model)
    pictures, marks = st.tabs(["Look at them", "Mark and export"])
    with pictures:
        st.caption("The most suspect first.")
        show_cases(
            opened,
            ranking,
            found.cases,
            key="suspects_gallery",
            subject=f"{subject}/suspects",
            name="suspect labels",
        )
    with marks:
        _marking(opened, ranking, found, model)


def _summary(opened: Evaluation, ranking: CaseRanking, found: SuspectLabels, model: str) -> None:
    errors = int(ranking.wrong.sum())
    held = int(ranking.wrong[found.cases].sum())
    share = found.share_of(ranking.wrong)
    explained = f" They hold {held:,} of its {errors:,} errors: **{share:.1%}**." if errors else ""
    st.markdown(
        f"**{len(found):,}** of {len(ranking.actual):,} labels are confidently contradicted by "
        f"{widgets.plain(model)}.{explained}"
    )
    st.caption(METHOD)
    figures = figures_without(ranking, found.cases, weights=opened.predictions.weights)
    rows = {
        f"All {len(ranking.actual):,} cases": figures.everything,
        f"Without the {len(found):,} suspects": figures.without,
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename(columns=NAMES)
    st.dataframe(table.style.format("{:.4f}", na_rep="–"), width="content", key="suspect_figures")
    st.caption(
        "The second row is what the figures would be without these cases. The first row is the real one."
    )


def _marking(opened: Evaluation, ranking: CaseRanking, found: SuspectLabels, model: str) -> None:
    classes = np.asarray(ranking.classes, dtype=object)
    rows = case_table(opened, found.cases)
    table = pd.DataFrame(
        {
            WRONG_LABEL: False,
            COMMENT: "",
            "given label": classes[found.given],
            "suggested label": classes[found.suggested],
            "margin": found.margin,
        },
        index=rows.index,
    )
    own = [name for name in rows.columns if name not in table.columns]
    table = pd.concat([table, rows[own]], axis=1)
    edited = st.data_editor(
        table.iloc[:SHOWN],
        disabled=[name for name in table.columns if name not in (WRONG_LABEL, COMMENT)],
        key=f"marks_{opened.fingerprint}_{model}",
        height=420,
    )
    marked = pd.concat([edited, table.iloc[SHOWN:]])
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.caption(
        f"{min(len(table), SHOWN):,} of {len(table):,} shown; the file has all of them, with your marks and "
        "comments. Marks stay while this page is open."
    )
    right.download_button(
        "Download for relabelling",
        lambda: marked.to_csv().encode("utf-8"),
        file_name="suspect-labels.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
        key="download_suspects",
    )
