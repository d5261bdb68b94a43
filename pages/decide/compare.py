"""Compare: models beside each other on the same rows and the same footing, and what one would change."""

from __future__ import annotations

import streamlit as st

from evalcore.errors import InputError
from evalcore.predictions.binary import BinaryPredictions
from pages.ui import boxes, current, phrases, remembered, state
from pages.ui.compute.judging import comparisons
from pages.ui.decide.compare import models_panel

opened = current.need_two_classes(current.current_evaluation(), "compare")
if not isinstance(opened.predictions, BinaryPredictions) or len(opened.predictions.models) < 2:
    current.stop(
        "Comparing needs two models or more on the same rows: add another column of scores, or drop several "
        "files at once."
    )
model = state.model()
boxes.settle_threshold(opened, model, page="compare")

st.header("Which model is better?", anchor=False)
st.caption(phrases.plain(f"{phrases.heading(opened)}: {remembered.subject(opened)}{phrases.within(opened)}."))
boxes.show_one_of_several(opened)
boxes.show_doubts(opened)
thresholds = models_panel.footing_choice(opened, model)
if thresholds is None:
    st.stop()
baseline, together = models_panel.compared_with(opened)
try:
    found = comparisons.comparison(opened, tuple(thresholds.items()), baseline, together)
except InputError as error:
    current.stop(phrases.plain(phrases.sentence(str(error))))
models_panel.table_panel(found)
models_panel.curves_panel(opened, thresholds)
models_panel.changes_panel(opened, found)
