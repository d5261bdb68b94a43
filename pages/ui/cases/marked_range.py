"""The cases of a range of scores that was marked in the histogram."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import streamlit as st

from evalcore.metrics.cases.ranking import RANKINGS, rank_two_classes
from evalcore.metrics.sweep.marked_range import ScoreRange, cases_in_range
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui import phrases, remembered, state
from pages.ui.cases.gallery import show_cases
from pages.ui.state import errors as errors_state


def describe_range(chosen: ScoreRange) -> str:
    """Say which scores a range holds."""
    low, high = chosen.low, chosen.high
    if low is not None and high is not None:
        return f"Scores from {low:.10g} to below {high:.10g}"
    if low is not None:
        return f"Scores of {low:.10g} and more"
    return "All scores" if high is None else f"Scores below {high:.10g}"


def range_sentence(predictions: BinaryPredictions, cases: npt.NDArray[np.intp], chosen: ScoreRange) -> str:
    """Say how many cases of each class lie in a range, as Markdown; `cases` are those in it."""
    positives = int(predictions.truth[cases].sum())
    counts = {"negative": len(cases) - positives, "positive": positives}
    names = {"negative": predictions.negative, "positive": predictions.positive}
    words, own = phrases.plain(describe_range(chosen)), remembered.own_words()

    def those(side: str, number: int) -> str:
        if own is None:
            return f"of “{phrases.plain(names[side])}”"
        return f"that {phrases.plain(own.truth(side == 'positive', number=number))}"

    said = f"{words}: {remembered.counted(len(cases))}"
    if chosen.actual is not None:
        return f"{said} {those(chosen.actual, len(cases))}."
    parts = " and ".join(f"{counts[each]:,} {those(each, counts[each])}" for each in counts)
    return f"{said}, {parts}."


def range_panel(opened: Evaluation, model: str, chosen: ScoreRange) -> None:
    """Show the cases of the range in place of those of a cell."""
    cases = cases_in_range(opened.predictions, model, chosen)
    st.markdown(range_sentence(opened.predictions, cases, chosen))
    order_box, clear, turn = st.columns([2, 1, 1], vertical_alignment="bottom")
    order = order_box.selectbox(
        "Order",
        list(RANKINGS),
        format_func=RANKINGS.__getitem__,
        key="range_order",
        label_visibility="collapsed",
    )
    clear.button(
        "Clear the range", icon=":material/close:", on_click=state.clear_score_range, width="stretch"
    )
    if turn.button("Open on the Errors page", icon=":material/troubleshoot:", width="stretch"):
        errors_state.look_at_range()
    present = state.threshold(opened.predictions.model(model).default_threshold)
    ranking = rank_two_classes(opened.predictions, model, threshold=present)
    cases = ranking.ordered(cases, order)
    if not len(cases):
        st.info("No case has such a score.", icon=":material/check:")
        return
    subject = f"{opened.fingerprint}/{model}/{present!r}/{chosen!r}/{order}"
    show_cases(opened, ranking, cases, key="range_gallery", subject=subject, name=describe_range(chosen))
