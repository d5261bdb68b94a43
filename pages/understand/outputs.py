"""Images as outputs: every pixel of what a model made, against what it should be."""

from __future__ import annotations

import streamlit as st

from evalcore.errors import InputError
from pages.ui import boxes, compute, current, phrases, state
from pages.ui.understand.image_outputs.image_cases import image_cases_panel
from pages.ui.understand.image_outputs.image_summary import (
    error_maps,
    image_tiles,
    open_pixels_on_threshold_page,
    pixel_tiles,
)

opened = current.need("outputs", current.current_evaluation())
model = state.model()
try:
    batch, errors = compute.image_results(opened, model)
    pixels = compute.pixels_as_classes(opened)
except InputError as error:
    current.stop(phrases.plain(phrases.sentence(str(error))))
scores = pixels.predictions.model(model)
boxes.settle_threshold(pixels, model, page="outputs")

st.header(phrases.plain(opened.title), anchor=False)
height, width = batch.size
st.caption(phrases.plain(f"{len(batch.rows):,} images of {width} × {height} pixels. Model: {model}."))
boxes.show_doubts(opened)
image_tiles(opened, model)


@st.fragment
def at_a_threshold() -> None:
    """Follow the threshold of the pixels."""
    title, box = st.columns([3, 2], vertical_alignment="bottom")
    title.subheader("Ink and paper", anchor=False)
    title.caption(phrases.plain(opened.traits.alone))
    with box:
        boxes.threshold_box(pixels, model)
    default = scores.default_threshold
    state.threshold_slider("Brightness from which a pixel is called ink", 0.0, 255.0, default=default)
    threshold = state.threshold(default)
    calls = compute.called_pixels(opened, model, threshold)
    pixel_tiles(pixels, model, threshold, joint=calls.joint_accuracy)
    open_pixels_on_threshold_page()
    image_cases_panel(opened, model, threshold)
    st.subheader("Where the errors are", anchor=False)
    error_maps(opened, model, threshold)


at_a_threshold()
