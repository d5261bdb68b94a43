"""The curves beside the explorer: rates against the threshold, detection error trade-off, gain and lift."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from evalcore.figures.curves.costs import decision_figure
from evalcore.figures.curves.det import det_figure
from evalcore.figures.curves.gains import gain_figure, lift_figure
from evalcore.figures.curves.rates import rates_figure
from evalcore.metrics.goals.prevalence import prevalence_text
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, remembered, state
from pages.ui.state.keys import CURVES_TAB

PLAIN_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"]}


@st.fragment
def curves_panel(opened: Evaluation, model: str) -> None:
    """Show the curves that follow the threshold once it rests; only those that are looked at are drawn and sent."""
    st.subheader("Every threshold at once", anchor=False)
    threshold = state.threshold(opened.predictions.model(model).default_threshold)
    prevalence = remembered.elsewhere() if opened.predictions.positives and _negatives(opened) else None
    thin = {
        model: compute.thin(opened, model)
        if prevalence is None
        else compute.thin_there(opened, model, prevalence)
    }
    mark = "" if prevalence is None else f"Shown for prevalence {prevalence_text(prevalence)}"
    if mark:
        st.caption(f"{mark}.")
    told = {"thresholds": {model: threshold}, "palette": phrases.palette()}
    names = ["Rates by threshold", "Error trade-off", "Gain and lift"]
    # Net benefit weighs by the threshold itself, which must be a probability.
    if opened.predictions.model(model).kind == "probability":
        names.append("Net benefit")
    rates, det, gains, *benefit = st.tabs(names, key=CURVES_TAB, on_change="rerun")
    if rates.open:
        figure = rates_figure(thin[model], threshold=threshold, palette=told["palette"])
        _show(rates, figure, "rates", mark)
    if det.open:
        _show(det, det_figure(thin, **told), "det", "")
    if gains.open:
        left, right = gains.columns(2)
        _show(left, gain_figure(thin, **told), "gain", mark)
        _show(right, lift_figure(thin, **told), "lift", mark)
    for place in benefit:
        if place.open:
            figure = decision_figure(compute.decisions_of(opened, model, prevalence), palette=told["palette"])
            _show(place, figure, "decision_curve", mark)


def _negatives(opened: Evaluation) -> float:
    return float(opened.predictions.cases - opened.predictions.positives)


def _show(place: DeltaGenerator, figure: Any, key: str, mark: str) -> None:
    """Draw a figure; one of another prevalence says so in its title, and so in every picture that is saved of it."""
    if mark:
        figure.update_layout(title_text=f"{figure.layout.title.text} ({mark[0].lower()}{mark[1:]})")
    place.plotly_chart(figure, theme=None, config=PLAIN_CONFIG, key=key)
