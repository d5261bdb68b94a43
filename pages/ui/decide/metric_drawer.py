"""What each figure means: its formula with the present numbers in it, and what it does not say."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from evalcore.describing.explained import Explanation, explain_area, explain_metric
from evalcore.metrics.goals.prevalence import at_prevalence, prevalence_text
from evalcore.metrics.rates.definitions import METRICS
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, remembered, state

_FIRST = ("accuracy", "precision", "recall", "false_positive_rate", "f1", "matthews_corrcoef")
_ACROSS = 2


def metric_drawer(opened: Evaluation, model: str) -> None:
    """Show the figures of the present threshold explained, the usual ones first."""
    with st.expander("What the figures mean, and what they do not say", icon=":material/menu_book:"):
        sweep = compute.sweep(opened, model)
        threshold = state.threshold(opened.predictions.model(model).default_threshold)
        point = sweep.at(threshold)
        prevalence = remembered.elsewhere()
        if prevalence is not None:
            point = at_prevalence(point, prevalence)
            st.caption(
                f"Shown for prevalence {prevalence_text(prevalence)}; the two areas are those of these data."
            )
        st.caption(
            f"With the numbers at the threshold {threshold:.6g}: TP caught, FP false alarms, FN missed, TN left alone."
        )
        areas = [
            explain_area("roc_auc", sweep.roc_auc),
            explain_area("average_precision", sweep.average_precision),
        ]
        _cards([*(explain_metric(name, point) for name in _FIRST), *areas])
        if st.toggle("All other figures", key="all_figures"):
            _cards([explain_metric(name, point) for name in METRICS if name not in _FIRST])


def _cards(found: Sequence[Explanation]) -> None:
    for start in range(0, len(found), _ACROSS):
        for column, each in zip(st.columns(_ACROSS), found[start : start + _ACROSS], strict=False):
            with column.container(border=True, height="stretch"):
                st.metric(each.label, each.value, help=phrases.plain(_help(each)))
                st.markdown(phrases.plain(phrases.sentence(each.meaning)))
                if each.formula:
                    st.code(f"{each.formula}\n= {each.filled}", language=None, wrap_lines=True)
                if each.caveat:
                    st.caption(phrases.plain(each.caveat))


def _help(each: Explanation) -> str:
    """What hovering over the figure, or the focus on its sign, shows."""
    parts = [
        phrases.sentence(each.meaning),
        f"{each.formula}: {each.filled}." if each.formula else "",
        each.caveat,
    ]
    return " ".join(part for part in parts if part)
