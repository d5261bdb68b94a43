"""What is chosen on the History page: runs, how they are laid, the figure to judge by, smoothing, scale."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.history import TrainingHistory
from evalcore.training.runs import metrics_of
from evalcore.wording import told_apart
from pages.ui.compute.judging import courses

OVERLAID, BEHIND = "Over each other", "End to end"
#: So many panels, or runs, are drawn until a person chooses.
FIRST_PANELS, FIRST_RUNS = 3, 6


@dataclass(frozen=True)
class Chosen:
    """What the boxes say."""

    runs: tuple[str, ...]
    joined: bool
    metric: str
    patience: int
    panels: tuple[str, ...]
    smoothing: float
    log: bool


def history_boxes(opened: Evaluation, word: str) -> Chosen:
    """Show the boxes; what cannot be chosen in this file has none."""
    history: TrainingHistory = opened.predictions
    metrics, key = metrics_of(history), opened.fingerprint
    runs, joined = _runs(opened, history)
    judge, wait, calm, scale = st.columns([3, 2, 3, 2], vertical_alignment="bottom")
    metric = judge.selectbox("Judge by", metrics, key=f"history_metric_{key}")
    patience = wait.number_input(
        f"Patience in {word}s",
        min_value=1,
        max_value=1000,
        value=5,
        key=f"history_patience_{key}",
        help=f"Early stopping ends training once so many {word}s in a row are no better than the best before them. "
        "So many must also follow before it is said that validation gets no better.",
    )
    smoothing = calm.slider(
        "Smoothing",
        0.0,
        0.95,
        0.0,
        0.05,
        key=f"history_smoothing_{key}",
        help="The running mean of TensorBoard; the raw line stays behind, pale. "
        "Sentences and the table are of raw figures.",
    )
    log = scale.toggle(
        "Log scale", key=f"history_log_{key}", help="For losses; accuracy and the like stay as they are."
    )
    panels = list(metrics)
    if len(metrics) > FIRST_PANELS:
        panels = st.pills(
            "Panels",
            metrics,
            selection_mode="multi",
            default=_first_panels(history, metrics),
            key=f"history_panels_{key}",
        )
    return Chosen(
        tuple(runs),
        joined,
        metric or metrics[0],
        int(patience),
        tuple(each for each in metrics if each in panels) or (metric or metrics[0],),
        float(smoothing),
        bool(log),
    )


def _runs(opened: Evaluation, history: TrainingHistory) -> tuple[list[str], bool]:
    if len(history.runs) < 2:
        return list(history.runs), False
    chain, key = courses.continued(opened), opened.fingerprint
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    short = told_apart(list(history.runs))
    chosen = left.pills(
        "Runs",
        history.runs,
        selection_mode="multi",
        default=list(chain or history.runs[:FIRST_RUNS]),
        format_func=lambda run: short[run],
        key=f"history_runs_{key}",
    )
    runs = [each for each in history.runs if each in chosen] or list(history.runs[:1])
    laid = right.segmented_control(
        "Laid",
        [OVERLAID, BEHIND],
        default=BEHIND if chain else OVERLAID,
        required=True,
        disabled=len(runs) < 2,
        key=f"history_laid_{key}",
        help="End to end: each run goes on where the one before ended, as when training was continued; "
        "the seam is marked.",
    )
    return runs, laid == BEHIND and len(runs) > 1


def _first_panels(history: TrainingHistory, metrics: tuple[str, ...]) -> list[str]:
    """The first loss, and what more is better of: of many figures those that most people look for."""
    goals = {each.metric: each.goal for each in history.series}
    losses = [each for each in metrics if goals[each] == "min"]
    others = [each for each in metrics if goals[each] != "min"]
    few = [*losses[:1], *others[: FIRST_PANELS - 1], *losses[1:]][:FIRST_PANELS]
    return [each for each in metrics if each in few]
