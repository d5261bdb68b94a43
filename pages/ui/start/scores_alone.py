"""What can be shown of scores that have no truth: their distribution and the share flagged."""

from __future__ import annotations

import streamlit as st

from evalcore import numbers
from evalcore.figures.distributions.scores_alone import scores_alone_figure
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, state
from pages.ui.decide.curves import PLAIN_CONFIG


def scores_alone_panel(opened: Evaluation) -> None:
    """Show the scores of the chosen model, a threshold to move, and how many rows it flags."""
    name = state.model()
    model = opened.predictions.model(name)
    sweep = compute.scores_alone(opened, name)
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    threshold = left.number_input(
        "Threshold",
        value=float(model.default_threshold),
        format="%.10g",
        key=f"alone_{opened.fingerprint}_{name}",
        help=phrases.plain(model.default_reason),
    )
    flagged = sweep.at(threshold)
    count = float(flagged.tp + flagged.fp)
    share = numbers.share(float(flagged.predicted_positive_rate))
    right.markdown(
        f"**{numbers.count(count)}** of {numbers.count(len(model.values))} rows are flagged: **{share}**"
    )
    figure = scores_alone_figure(sweep, threshold=threshold, palette=phrases.palette())
    st.plotly_chart(figure, theme=None, config=PLAIN_CONFIG, key="scores_alone")
