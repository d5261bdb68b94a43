"""What recalibration would do: before and after, the threshold in new units, the mapping to take away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from evalcore.errors import InputError
from evalcore.figures.curves.calibration_diagram import calibration_figure
from evalcore.metrics.probability.recalibration import METHODS, Recalibration
from evalcore.numbers import UNDEFINED, coefficient, count, share
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui import phrases, state
from pages.ui.compute.judging import calibrations
from pages.ui.decide.curves import PLAIN_CONFIG

_ROWS = {"brier": ("Brier score", coefficient), "log_loss": ("Log loss", coefficient),
         "expected_error": ("Expected calibration error", share)}  # fmt: skip


def recalibration_panel(opened: Evaluation, model: str, *, mapped: bool) -> None:
    """Show the preview of one mapping; nothing is applied."""
    st.subheader("What recalibration would do", anchor=False)
    st.caption(
        "A preview, never applied: each row is judged by a mapping that was fitted on the other folds. A mapping can "
        "hide a cause (a faulty pipeline, a sample unlike the cases to come) instead of curing it."
    )
    usual = ["platt", "isotonic"] if mapped else list(METHODS)
    method = st.segmented_control(
        "Mapping",
        usual,
        default=usual[0],
        required=True,
        format_func=lambda each: METHODS[each][0],
        key="recalibration",
    )
    method = method or usual[0]
    try:
        found = calibrations.recalibration_of(opened, model, method)
    except InputError as error:
        st.info(phrases.plain(phrases.sentence(str(error))), icon=":material/info:")
        return
    picture, told = st.columns([5, 4])
    figure = calibration_figure(
        *calibrations.recalibrated_curves(opened, model, method),
        positive=opened.predictions.positive,
        title=f"After {METHODS[method][0]}, cross-fitted",
        palette=phrases.palette(),
    )
    picture.plotly_chart(figure, theme=None, config=PLAIN_CONFIG, key="recalibration_diagram")
    with told:
        st.dataframe(
            _before_and_after(found), hide_index=True, key="recalibration_figures", placeholder=UNDEFINED
        )
        st.markdown(phrases.plain(_threshold_told(opened, model, found)))
        st.caption(phrases.plain(f"Source: {METHODS[method][1]}. Fitted on all rows for the download."))
        left, right = st.columns(2)
        left.download_button(
            "As JSON", found.map.as_json(), f"recalibration_{method}.json", "application/json",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        right.download_button(
            "As Python", found.map.as_python(), f"recalibration_{method}.py", "text/x-python",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _before_and_after(found: Recalibration) -> pd.DataFrame:
    rows = [
        (label, spell(found.before[name]) if found.before else "no probabilities", spell(found.after[name]))
        for name, (label, spell) in _ROWS.items()
    ]
    return pd.DataFrame(rows, columns=["figure", "before", "after"])


def _threshold_told(opened: Evaluation, model: str, found: Recalibration) -> str:
    """The threshold in new units, and whether the same cases are called."""
    predictions: BinaryPredictions = opened.predictions
    scores = predictions.model(model)
    present = state.threshold(scores.default_threshold)
    moved, differ = found.map.threshold_told(scores.values, present, scores.kind)
    if not np.isfinite(moved):
        return "The present threshold has no counterpart in the new units."
    same = "the same cases are called" if not differ else f"{count(differ)} cases are called otherwise"
    return f"The threshold {present:.6g} becomes {moved:.6g}: with it {same}."
