"""Several classes or labels: which are told apart, and which are mixed up."""

from __future__ import annotations

import streamlit as st

from pages.ui import boxes, compute, current, phrases, state
from pages.ui.understand.class_groups import groups_panel
from pages.ui.understand.class_matrix import matrix_panel
from pages.ui.understand.class_policy import policy_panel
from pages.ui.understand.class_table import class_table_panel
from pages.ui.understand.curve_pictures import class_pictures
from pages.ui.understand.label_table import label_panels
from pages.ui.understand.output_table import outputs_panel
from pages.ui.understand.summary_figures import summary_tiles

whole, opened = current.whole_evaluation(), current.need("classes", current.current_evaluation())
model = state.model()

outputs_panel(current.within_present_slice(whole), model)
st.header(phrases.plain(opened.title), anchor=False)
st.caption(phrases.plain(f"{opened.predictions.subject}. Model: {model}."))
boxes.show_doubts(opened)
if opened.traits.part == "class":
    results = compute.class_results(opened, model)
    summary_tiles(results.summary, baseline=results.baseline_sentence)
    matrix_panel(opened, model, results.confusion)
    class_table_panel(results)
    class_pictures(opened, model, results)
    groups_panel(model)
    policy_panel(opened, model)
else:
    label_panels(opened, model)
