"""The report in one file, of what is on the screen: made when it is asked for."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from evalcore.metrics.goals.terms import Costs
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.report.live import Asked
from evalcore.sharing.report.page import report_html
from pages.ui import compute, remembered, state
from pages.ui.state import needs


def report_download(opened: Evaluation, model: str) -> None:
    """Offer the present model, threshold, goal, costs and prevalence as a file that opens anywhere."""
    found = opened.predictions
    desk = needs.settle_desk()
    costs = {name: desk.costs[name] for name in ("fp", "fn", "tp", "tn") if name in desk.costs}
    said = needs.goal_said()
    understood = compute.goal_on_desk(opened, model, said, None, Costs())["state"] != "wrong"
    asked = Asked(
        state.threshold(found.model(model).default_threshold),
        said if understood else "",
        costs=Costs(**costs) if costs else None,
        prevalence=remembered.elsewhere(),
        words=remembered.own_words(),
    )
    # The model that is looked at comes first: the front page is about it.
    others = [each for each in found.models if each.name != model]
    shown = replace(opened, predictions=replace(found, models=(found.model(model), *others)))
    st.download_button(
        "Report in one file",
        lambda: report_html(shown, asked).encode("utf-8"),
        file_name="report.html",
        mime="text/html",
        icon=":material/description:",
        on_click="ignore",
        key="report_file",
        help="One HTML file that opens offline, with this explorer alive in it, to send to whoever must decide.",
    )
