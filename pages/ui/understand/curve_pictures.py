"""A small curve for every class or label, each to open in the explorer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from evalcore import numbers
from evalcore.errors import InputError
from evalcore.figures.curves.small_multiples import (
    CURVES,
    ORDERS,
    is_nearly_perfect,
    order_pictures,
    small_curve_figure,
)
from evalcore.metrics.classes.ranking import ClassAreas
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.summaries.class_summary import ClassFigures
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, state

#: So many pictures at once.
SHOWN = 12
#: In pixels: two beside each other on a phone.
WIDTH = 171
PARTS = ("Whole", "Best corner")
PLAIN_CONFIG = {"displayModeBar": False}


@st.fragment
def class_pictures(opened: Evaluation, model: str, results: ClassFigures) -> None:
    """Show the curves of classes."""
    confusion = results.confusion
    if results.areas is None:
        st.caption("The file has only this model's decisions: a curve needs a score for each class.")
        return
    pictures(opened, model, confusion.classes, results.areas, confusion.against_rest, word="class")


def pictures(
    opened: Evaluation, model: str, names: Sequence[str], areas: ClassAreas, called: Confusion, *, word: str
) -> None:
    """Show a page of small curves.

    `called` holds the counts of every class or label as the model decides.
    """
    left, part, middle, right = st.columns([3, 3, 3, 2], vertical_alignment="bottom")
    with left:
        curve = st.segmented_control(
            "Curve", list(CURVES), format_func=lambda kind: CURVES[kind].label, default="roc", required=True,
            key=f"{word}_curve",
        )  # fmt: skip
    order = middle.selectbox("Order", list(ORDERS), format_func=ORDERS.__getitem__, key=f"{word}_curve_order")
    drawn = CURVES[curve or "roc"]
    values = getattr(areas, drawn.metric)
    places = order_pictures(order, names=names, areas=values, support=areas.support).tolist()
    first = _first(right, len(places), key=f"{word}_curve_page/{opened.fingerprint}/{order}")
    with part:
        shown = st.segmented_control(
            "Part", PARTS, default=PARTS[is_nearly_perfect(values)], required=True, key=f"{word}_part_{curve}",
            help="The best corner is where a perfect model would be: the last tenth of each axis.",
        )  # fmt: skip
    st.caption(f"{drawn.axes} The dot is the {word} as it is called now.")
    with st.container(horizontal=True, gap="small"):
        for place in places[first : first + SHOWN]:
            with st.container(width=WIDTH, gap="xxsmall"):
                try:
                    swept = compute.picture_sweep(opened, model, names[place])
                except InputError as error:
                    st.caption(phrases.plain(phrases.sentence(str(error))))
                    continue
                st.plotly_chart(
                    small_curve_figure(
                        swept, curve=curve or "roc",
                        name=names[place], area=float(values[place]), called=called[place],
                        corner=shown == PARTS[1],
                        palette=phrases.palette(),
                    ),
                    theme=None, config=PLAIN_CONFIG, key=f"{word}_picture_{place}",
                    alt=f"{drawn.label} curve of {names[place]}, {said_of(values[place])}",
                )  # fmt: skip
                pressed = st.button(
                    phrases.plain(f"Open: {names[place]}"),
                    key=f"{word}_open_{place}", icon=":material/tune:", type="tertiary",
                    help="Move its threshold on the Threshold page.",
                    on_click=state.choose_class, args=(names[place],),
                )  # fmt: skip
                if pressed:
                    state.go_to("pages/decide/threshold.py")


def said_of(area: float) -> str:
    """Say how large the area under a curve is."""
    return f"area {numbers.coefficient(area)}"


def _first(box: Any, many: int, *, key: str) -> int:
    """Take the page, where there are several; return the place of its first picture."""
    if many <= SHOWN:
        return 0
    starts = list(range(0, many, SHOWN))
    first: int = box.selectbox(
        "Shown", starts, key=key,
        format_func=lambda start: f"{start + 1:,} to {min(start + SHOWN, many):,} of {many:,}",
    )  # fmt: skip
    return first
