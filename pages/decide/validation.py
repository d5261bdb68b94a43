"""Validation: whether a threshold holds on rows that did not choose it."""

from __future__ import annotations

import streamlit as st

from evalcore.predictions.binary import BinaryPredictions
from pages.ui import boxes, current, phrases, remembered, state
from pages.ui.decide.validation import validation_panel

opened = current.need_two_classes(current.current_evaluation())
model = state.model()
if not isinstance(opened.predictions, BinaryPredictions):
    current.stop("This page chooses on some rows and judges on others; this evaluation holds counts only.")
if opened.predictions.positives in (0, opened.predictions.cases):
    current.stop(
        f"The rows{phrases.within(opened)} hold cases of one class only: "
        "what is chosen on some of them cannot be judged on others."
    )
boxes.settle_threshold(opened, model, page="validation")
remembered.settle_goal()

title, box = st.columns([3, 2], vertical_alignment="bottom")
title.header("Does it hold?", anchor=False)
title.caption(phrases.plain(f"{opened.title}: {remembered.subject(opened)}. Model: {model}."))
with box:
    boxes.threshold_box(opened, model)
boxes.show_one_of_several(opened)
validation_panel(opened, model)
remembered.keep_goal()
