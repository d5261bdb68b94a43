"""The curves beside the explorer: rates against the threshold, detection error trade-off, gain and lift."""

from __future__ import annotations

from typing import Any

import streamlit as st

from evalcore.figures.curves.costs import decision_figure
from evalcore.figures.curves.det import det_figure
from evalcore.figures.curves.gains import gain_figure, lift_figure
from evalcore.figures.curves.rates import rates_figure
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, state

PLAIN_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"]}


def curves_panel(opened: Evaluation, model: str) -> None:
    """Show the curves that follow the threshold once it rests."""
    st.subheader("Every threshold at once", anchor=False)
    threshold = state.threshold(opened.predictions.model(model).default_threshold)
    thin = {model: compute.thin(opened, model)}
    present = {model: threshold}
    colours = phrases.palette()
    names = ["Rates by threshold", "Error trade-off", "Gain and lift"]
    # Net benefit weighs by the threshold itself, which must be a probability.
    chances = opened.predictions.model(model).kind == "probability"
    rates, det, gains, *benefit = st.tabs([*names, "Net benefit"] if chances else names)
    with rates:
        _show(rates_figure(thin[model], threshold=threshold, palette=colours), "rates")
    with det:
        _show(det_figure(thin, thresholds=present, palette=colours), "det")
    with gains:
        left, right = st.columns(2)
        with left:
            _show(gain_figure(thin, thresholds=present, palette=colours), "gain")
        with right:
            _show(lift_figure(thin, thresholds=present, palette=colours), "lift")

    if benefit:
        with benefit[0]:
            _show(decision_figure(compute.decisions_of(opened, model), palette=colours), "decision_curve")


def _show(figure: Any, key: str) -> None:
    st.plotly_chart(figure, theme=None, config=PLAIN_CONFIG, key=key)
