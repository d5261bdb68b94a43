"""Several classes or labels: which are told apart, and which are mixed up."""

from __future__ import annotations

import streamlit as st

from evalcore.inputs.task_types import ClassPredictions
from pages.ui import compute, state, widgets
from pages.ui.class_groups import groups_panel
from pages.ui.class_matrix import matrix_panel
from pages.ui.class_policy import policy_panel
from pages.ui.class_table import class_table_panel
from pages.ui.curve_pictures import class_pictures
from pages.ui.label_table import label_panels
from pages.ui.output_table import outputs_panel
from pages.ui.summary_figures import summary_tiles

opened = widgets.need_several(widgets.current_evaluation())
model = state.model()
predictions = opened.predictions

outputs_panel(widgets.whole_evaluation(), model)
st.header(widgets.plain(opened.title), anchor=False)
if isinstance(predictions, ClassPredictions):
    cases = f"{widgets.count(len(predictions.truth))} cases, {len(predictions.classes):,} classes. Model: {model}."
    st.caption(widgets.plain(cases))
    widgets.show_doubts(opened)
    results = compute.class_results(opened, model)
    summary_tiles(results.summary, baseline=results.baseline_sentence)
    matrix_panel(opened, model, results.confusion)
    class_table_panel(results)
    class_pictures(opened, model, results)
    groups_panel(model)
    policy_panel(opened, model)
else:
    cases = (
        f"{widgets.count(len(predictions.truth))} cases, {len(predictions.labels):,} labels. Model: {model}."
    )
    st.caption(widgets.plain(cases))
    widgets.show_doubts(opened)
    label_panels(opened, model)
