"""Calibration: whether probabilities mean what they say, and what a mapping would change."""

from __future__ import annotations

import streamlit as st

from evalcore.errors import InputError
from pages.ui import boxes, current, phrases, remembered, state
from pages.ui.compute.judging import calibrations
from pages.ui.understand.calibration.panel import bucket_choice, calibration_panel, groups_panel, parts_panel
from pages.ui.understand.calibration.preview import recalibration_panel

whole = current.need("calibration", current.current_evaluation())
opened = current.need_two_classes(whole, "calibration")
model = state.model()
positive = opened.predictions.positive

st.header("Can the probabilities be trusted?", anchor=False)
st.caption(phrases.plain(f"{opened.title}: {remembered.subject(opened)}. Model: {model}."))
boxes.show_doubts(opened)
strategy, buckets = bucket_choice()

if whole.traits.part == "class":
    called = calibrations.called_calibration(whole, model, strategy, buckets)
    if called is not None:
        st.subheader("The called class", anchor=False)
        st.caption(
            "The probability that the model gives to the class that it calls, and whether that was right."
        )
        calibration_panel(called, "the call is right", key="called")
        st.subheader(phrases.plain(f"One class: {positive}"), anchor=False)

boxes.show_one_of_several(opened)
try:
    judged = calibrations.probabilities(opened, model)
except InputError as error:
    current.stop(phrases.plain(phrases.sentence(str(error))))
if judged.mapped:
    st.info(
        "These scores are no probabilities. What is shown is what they would be worth as some: mapped by Platt's "
        "method, each row by a mapping that was fitted on the other folds.",
        icon=":material/info:",
    )
calibration_panel(
    calibrations.calibration_of(opened, model, strategy, buckets),
    positive,
    key="two",
    words=remembered.own_words(),
)

if whole.traits.part:
    parts = calibrations.calibrations_of_parts(whole, model)
    if parts:
        word = whole.traits.part
        st.subheader(f"Every {word} on its own, the worst first", anchor=False)
        parts_panel(parts, word, total=len(whole.predictions.parts), key="parts")
groups_panel(opened, model)
recalibration_panel(opened, model, mapped=judged.mapped)
