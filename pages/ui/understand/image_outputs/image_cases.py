"""Images as outputs, case by case: what was given, what should come, what came, and the difference."""

from __future__ import annotations

import streamlit as st

from evalcore import numbers
from evalcore.figures.image_outputs import difference_scale, image_strip
from evalcore.metrics.images.errors import IMAGE_ORDERS, ImageErrors
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.images import ImageBatch
from pages.ui import compute, phrases

PAGE, ACROSS = 8, 2


def image_cases_panel(opened: Evaluation, model: str, threshold: float) -> None:
    """Show the images of some cases, in an order to choose, a page at a time."""
    batch, errors = compute.image_results(opened, model)
    calls = compute.called_pixels(opened, model, threshold)
    st.subheader("Case by case", anchor=False)
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    order = left.selectbox(
        "Order", list(IMAGE_ORDERS), format_func=IMAGE_ORDERS.__getitem__, key="image_order"
    )
    places = errors.ordered(order)
    pages = -(-len(places) // PAGE)
    page = right.number_input(f"Page, of {pages:,}", 1, pages, key=f"image_page_{order}_{model}")
    parts = (
        ["target", "output", "difference"]
        if batch.input is None
        else ["input", "target", "output", "difference"]
    )
    st.caption(
        f"From the left: {', '.join(parts)}. A difference is what the output has too much or too little:"
    )
    scale = "Scale of differences, from 255 darker at the left to 255 brighter at the right"
    st.image(difference_scale(phrases.palette()), width=260, output_format="PNG", alt=scale)
    st.caption(
        "Blue: darker than the target, by up to 255. In between: the same. Orange: brighter, by up to 255."
    )
    shown = places[(page - 1) * PAGE : page * PAGE].tolist()
    for first in range(
        0, len(shown), ACROSS
    ):  # on a phone, where columns stand below each other, in order too
        for column, place in zip(
            st.columns(ACROSS, gap="medium"), shown[first : first + ACROSS], strict=False
        ):
            with column:
                _case(batch, errors, place, wrong=int(calls.wrong_pixels[place]))


def _case(batch: ImageBatch, errors: ImageErrors, place: int, *, wrong: int) -> None:
    given = [] if batch.input is None else [batch.input[place]]
    target, output = batch.target[place], batch.output[place]
    # Unsigned pixels would wrap round below 0.
    difference = output.astype(float) - target.astype(float)
    said = "1 pixel is" if wrong == 1 else f"{wrong:,} pixels are"
    off = numbers.level(errors.absolute[place])
    words = f"Row {batch.rows[place] + 1:,}: off by {off} on average; {said} called wrongly."
    st.image(
        image_strip([*given, target, output], difference, palette=phrases.palette()),
        width="stretch",
        alt=words,
    )
    st.caption(words)
