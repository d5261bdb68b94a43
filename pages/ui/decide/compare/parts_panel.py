"""Models over several classes or labels at once: averages, and each class or label with its difference."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from evalcore.describing.comparison_words import part_figures_sentence, parts_tables
from evalcore.errors import InputError
from evalcore.metrics.classes.compared_parts import PART_FIGURES, ComparedParts
from evalcore.numbers import UNDEFINED
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.csv_text import as_csv
from pages.ui import phrases
from pages.ui.compute.judging import comparisons
from pages.ui.house_tables import coefficients, house_table, shares

_TOLD = 6
_METRICS = {"f1": "F1", "recall": "Recall", "precision": "Precision", "roc_auc": "ROC AUC"}


@st.fragment
def parts_panel(opened: Evaluation) -> None:
    """Show how models of several classes or labels compare over all of them, and where they differ most."""
    kind = opened.traits.part
    st.subheader(f"Over all {'labels' if kind == 'label' else 'classes'}", anchor=False)
    baseline = st.selectbox("Compared with", opened.models, key="compare_parts_baseline")
    try:
        found = comparisons.parts(opened, baseline or opened.models[0])
    except InputError as error:
        st.info(phrases.plain(phrases.sentence(str(error))), icon=":material/info:")
        return
    ordered = sorted(found.models, key=lambda each: each.name != found.baseline)[:_TOLD]
    st.markdown("\n".join(f"- {phrases.plain(part_figures_sentence(found, each.name))}" for each in ordered))
    figures, parts = parts_tables(found)
    st.dataframe(
        house_table(
            figures, {**shares(figures.columns[1:]), **coefficients([PART_FIGURES["macro_roc_auc"]])}
        ),
        hide_index=True,
        key="compare_parts_table",
        placeholder=UNDEFINED,
    )
    st.caption(
        "Macro: the mean over all, each alike. Each decides as it does of itself: no threshold is moved here."
    )
    with st.expander(
        f"{kind.capitalize()} by {kind}, with intervals", icon=":material/format_list_numbered:"
    ):
        _part_by_part(found, parts)
    st.download_button(
        "Differences", lambda: as_csv(parts, index=False), f"compared_by_{kind}.csv", "text/csv",
        icon=":material/download:", on_click="ignore", key="compare_parts_download",
    )  # fmt: skip


def _part_by_part(found: ComparedParts, parts: pd.DataFrame) -> None:
    metric = st.segmented_control(
        "By which figure",
        list(_METRICS),
        format_func=_METRICS.__getitem__,
        default="f1",
        required=True,
        key="compare_parts_metric",
        label_visibility="collapsed",
    )
    chosen = parts[parts["figure"] == (metric or "f1")].drop(columns="figure")
    if chosen.empty:
        st.caption("It is not defined: no model gives scores.")
        return
    chosen = chosen.sort_values("difference", key=abs, ascending=False)
    spelt = (coefficients if metric == "roc_auc" else shares)(("value", "difference", "low", "high"))
    st.dataframe(house_table(chosen, spelt), hide_index=True, key="compare_each_part", placeholder=UNDEFINED)
    st.caption(
        "The largest difference first: the model's figure less that of the baseline, with its 95 % interval. p is "
        f"corrected for the number of models (Holm), not for that of {'labels' if found.labels else 'classes'}."
    )
