"""The curves beside the explorer: rates against the threshold, detection error trade-off, gain and lift."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from evalcore.figures.curves.costs import decision_figure
from evalcore.figures.curves.det import det_figure
from evalcore.figures.curves.gains import gain_figure, lift_figure
from evalcore.figures.curves.rates import rates_figure
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, state
from pages.ui.state.keys import CURVES_TAB

PLAIN_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"]}


@st.fragment
def curves_panel(opened: Evaluation, model: str) -> None:
    """Show the curves that follow the threshold once it rests; only those that are looked at are drawn and sent."""
    st.subheader("Every threshold at once", anchor=False)
    threshold = state.threshold(opened.predictions.model(model).default_threshold)
    thin = {model: compute.thin(opened, model)}
    told = {"thresholds": {model: threshold}, "palette": phrases.palette()}
    names = ["Rates by threshold", "Error trade-off", "Gain and lift"]
    # Net benefit weighs by the threshold itself, which must be a probability.
    if opened.predictions.model(model).kind == "probability":
        names.append("Net benefit")
    rates, det, gains, *benefit = st.tabs(names, key=CURVES_TAB, on_change="rerun")
    if rates.open:
        figure = rates_figure(thin[model], threshold=threshold, palette=told["palette"])
        _show(rates, figure, "rates")
    if det.open:
        _show(det, det_figure(thin, **told), "det")
    if gains.open:
        left, right = gains.columns(2)
        _show(left, gain_figure(thin, **told), "gain")
        _show(right, lift_figure(thin, **told), "lift")
    for place in benefit:
        if place.open:
            figure = decision_figure(compute.decisions_of(opened, model), palette=told["palette"])
            _show(place, figure, "decision_curve")


def _show(place: DeltaGenerator, figure: Any, key: str) -> None:
    place.plotly_chart(figure, theme=None, config=PLAIN_CONFIG, key=key)
