"""Compare: models beside each other on the same rows and the same footing, and what one would change."""

from __future__ import annotations

import streamlit as st

from evalcore.errors import InputError
from evalcore.predictions.binary import BinaryPredictions
from pages.ui import boxes, current, phrases, state
from pages.ui.compute.judging import comparisons
from pages.ui.decide.compare import changes_panel, models_panel, more_models, overlays, parts_panel

whole = current.current_evaluation()
opened = current.need_two_classes(whole, "compare")
if not isinstance(opened.predictions, BinaryPredictions):
    current.stop("Models are compared by the cases behind their figures, and these are counts.")
model = state.model()
boxes.settle_threshold(opened, model, page="compare")

st.header("Which model is better?", anchor=False)
st.caption(phrases.plain(f"{phrases.heading(opened)}: {opened.predictions.subject}{phrases.within(opened)}."))
if (
    whole is not None
    and whole is not opened
    and whole.traits.part in ("class", "label")
    and len(whole.models) > 1
):
    parts_panel.parts_panel(whole)
    st.subheader(phrases.plain(f"“{opened.predictions.positive}” on its own"), anchor=False)
boxes.show_one_of_several(opened)
boxes.show_doubts(opened)
opened = more_models.with_more_models(opened, state.evaluation_id(current.default_evaluation()))
if len(opened.models) < 2:
    current.stop(
        "Comparing needs two models or more on the same rows: add another column of scores, drop several "
        "files at once, or upload a file of the same cases and choose it above."
    )
thresholds = models_panel.footing_choice(opened, model)
if thresholds is None:
    st.stop()
baseline, together = models_panel.compared_with(opened)
try:
    found = comparisons.comparison(opened, tuple(thresholds.items()), baseline, together)
except InputError as error:
    current.stop(phrases.plain(phrases.sentence(str(error))))
models_panel.table_panel(found)
overlays.overlays_panel(opened, thresholds)
changes_panel.changes_panel(opened, found)
changes_panel.agreement_panel(opened, found)
