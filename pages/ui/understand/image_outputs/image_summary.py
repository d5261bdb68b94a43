"""Images as outputs: the figures of all images, and where in the image the errors are."""

from __future__ import annotations

import streamlit as st

from evalcore import numbers
from evalcore.figures.image_outputs import error_map_figure
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.images import ImageBatch
from pages.ui import compute, phrases, state

CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"]}


def image_tiles(opened: Evaluation, model: str) -> None:
    """Show how far the outputs are from their targets, beside what doing nothing would give."""
    batch, errors = compute.image_results(opened, model)
    with st.container(horizontal=True):
        st.metric(
            "Mean absolute error", numbers.level(errors.mean_absolute_error), border=True, width=210,
            help="Mean difference of output and target over all pixels of all images; black is 0, white is 255.",
        )  # fmt: skip
        st.metric(
            "Root mean squared error", numbers.level(errors.root_mean_squared_error), border=True, width=210,
            help="The same, but large differences count for more.",
        )  # fmt: skip
        given = compute.error_of_input(opened, model)
        if given is not None:
            st.metric(
                "The input as it came", numbers.level(given), border=True, width=210,
                help="Mean absolute error of doing nothing: a model that is worth having stays below.",
            )  # fmt: skip
    for sentence in _left_out(batch):
        st.caption(sentence)


def _left_out(batch: ImageBatch) -> list[str]:
    height, width = batch.size
    said = []
    if batch.unlike:
        rows = "row was" if batch.unlike == 1 else "rows were"
        said.append(
            f"{batch.unlike:,} {rows} left out: the images are not of the usual {width} × {height} pixels."
        )
    if batch.unread:
        rows = "row was" if batch.unread == 1 else "rows were"
        said.append(f"{batch.unread:,} {rows} left out: an image could not be read.")
    read = len(batch.rows) + batch.unlike + batch.unread
    if read < batch.total:
        said.append(f"All figures are over {read:,} of {batch.total:,} rows, evenly drawn.")
    return said


def pixel_tiles(pixels: Evaluation, model: str, threshold: float, *, joint: float) -> None:
    """Show how well ink is told from paper at the threshold, over all pixels of all images."""
    point = compute.sweep(pixels, model).at(threshold)
    shown = {
        "Pixel accuracy": (point.accuracy, "Share of all pixels that are called what they are."),
        "Precision": (point.precision, "Share of the pixels called ink that are ink."),
        "Recall": (point.recall, "Share of the ink that is called ink."),
        "F1": (point.f1, "Balance of precision and recall."),
        "Joint accuracy": (joint, "Share of the images with every pixel right."),
    }
    with st.container(horizontal=True):
        for label, (value, meaning) in shown.items():
            st.metric(label, numbers.share(float(value)), help=meaning, border=True, width=165)


def error_maps(opened: Evaluation, model: str, threshold: float) -> None:
    """Draw where in the image the errors are: how large, and how often a pixel is called wrongly."""
    _, errors = compute.image_results(opened, model)
    calls = compute.called_pixels(opened, model, threshold)
    palette = phrases.palette()
    left, right = st.columns(2)
    left.plotly_chart(
        error_map_figure(
            errors.error_map, title="Error of each pixel", subtitle="Mean absolute error over all images",
            palette=palette,
        ),
        theme=None, config=CONFIG, key="error_map",
        alt=f"Mean absolute error of each pixel, {numbers.level(errors.mean_absolute_error)} on average",
    )  # fmt: skip
    right.plotly_chart(
        error_map_figure(
            calls.wrong_map, title="Pixels called wrongly", percent=True, palette=palette,
            subtitle="Share of the images, at the threshold above",
        ),
        theme=None, config=CONFIG, key="wrong_map",
        alt=f"How often each pixel is called wrongly, {numbers.share(float(calls.wrong_map.mean()))} on average",
    )  # fmt: skip


def open_pixels_on_threshold_page() -> None:
    """Offer the explorer, with every pixel as a case."""
    if st.button("Open all pixels on the Threshold page", icon=":material/tune:", key="pixels_on_threshold"):
        state.go_to("pages/decide/threshold.py")
