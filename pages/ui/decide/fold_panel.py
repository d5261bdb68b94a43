"""Fold by fold: what each model of a cross-validation does on its own held-out rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from evalcore.errors import InputError
from evalcore.figures.curves.bands import mean_roc_figure
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.goals.validation import HeldOut, across_folds, objective_of
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.metrics.uncertainty.fold_means import recall_dispersion
from evalcore.numbers import UNDEFINED, coefficient, count, share
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, state
from pages.ui.decide.curves import PLAIN_CONFIG

#: A rate that varies over folds so many times as much as by chance is not the same in all of them.
_FAR = 4.0


def fold_panel(
    opened: Evaluation, model: str, column: str, goal: Goal, *, without: tuple[str, str] | None = None
) -> None:
    """Show the folds' figures and curves; a test part is left out of them."""
    st.subheader("Fold by fold", anchor=False)
    column = _parting(column)
    parts = compute.parts_of(opened, model, column, without)
    if len(parts) < 2:
        st.caption("There is only one fold in these rows.")
        return
    threshold = state.threshold(opened.predictions.model(model).default_threshold)
    try:
        found = across_folds(parts, threshold, goal)
    except InputError as error:
        st.warning(phrases.plain(phrases.sentence(str(error))), icon=":material/block:")
        found = across_folds(parts, threshold)
    rows = [
        {
            "fold": each.fold,
            "cases": count(each.fixed.total),
            "right": count(each.fixed.tp + each.fixed.tn),
            "lazily right": count(max(each.fixed.positives, each.fixed.negatives)),
            f"accuracy at {threshold:.6g}": share(each.fixed.accuracy),
            "lazy rule": share(each.lazy_accuracy),
            "recall": share(each.fixed.recall),
            "precision": share(each.fixed.precision),
            "ROC AUC": coefficient(each.roc_auc),
            "threshold of the others": "–" if each.chosen is None else f"{each.chosen_threshold:.6g}",
            f"{objective_of(goal).label} there": "–"
            if each.chosen is None
            else objective_of(goal).spell(float(objective_of(goal).of(each.chosen, goal.costs or Costs()))),
        }
        for each in found
    ]
    st.dataframe(rows, hide_index=True, key="folds", placeholder=UNDEFINED)
    better = sum(each.fixed.accuracy > each.lazy_accuracy for each in found)
    st.caption(
        "Lazy rule: always say the commoner class of the fold. "
        f"At {threshold:.6g} the model is right more often than that in {better} of {len(found)} folds. "
        "Threshold of the others: what the goal chooses on all other folds; beside it what that gives on this fold."
    )
    told = _scales(parts, threshold, found)
    _areas(compute.pooled_parts(opened, model, column, without).roc_auc, found, told)
    _curves(opened, model, column, without)


def _parting(column: str) -> str:
    """Ask by what the rows are parted: the folds' column, or how the file lies."""
    ways = {column: f"By {column}", compute.THIRDS: "Thirds of the file as it lies"}
    chosen = st.segmented_control(
        "Parted",
        list(ways),
        format_func=ways.__getitem__,
        key=f"folds_by_{column}",
        default=column,
        required=True,
        label_visibility="collapsed",
    )
    return chosen or column


def _areas(pooled: float, found: Sequence[HeldOut], scales: str) -> None:
    areas = np.array([each.roc_auc for each in found])
    known = areas[~np.isnan(areas)]
    if not len(known):
        return
    mean = float(known.mean())
    st.markdown(
        f"ROC AUC of all rows together {coefficient(pooled)}; mean of the folds {coefficient(mean)} "
        f"({coefficient(float(known.min()))} to {coefficient(float(known.max()))}). Within a fold only its own model "
        "ranks; together also rows of different models are ranked against each other, so that the first is the lower "
        f"one where the folds' scores are on different scales. {scales}"
    )


def _scales(parts: Mapping[str, ThresholdSweep], threshold: float, found: Sequence[HeldOut]) -> str:
    """Whether one threshold means the same in each fold."""
    recalls = [float(each.fixed.recall) for each in found if each.fixed.positives]
    times = recall_dispersion(list(parts.values()), threshold)
    if math.isnan(times):
        return ""
    spread = (
        f"At the present threshold the folds' recall goes from {share(min(recalls))} to {share(max(recalls))}"
    )
    if times > _FAR:
        return f"{spread}, which is far more than chance: one threshold does not mean the same in each fold."
    return f"{spread}, which chance alone may give: one threshold can serve them all."


def _curves(opened: Evaluation, model: str, column: str, without: tuple[str, str] | None) -> None:
    try:
        vertical, by_threshold = compute.mean_curves(opened, model, column, without)
    except InputError:
        return
    parts = compute.parts_of(opened, model, column, without)
    drawn = {f"fold {name}": each.thin() for name, each in parts.items()}
    colours = phrases.palette()
    left, right = st.columns(2)
    for place, mean, title, key in (
        (left, vertical, "Mean at equal false positive rates", "folds_vertical"),
        (right, by_threshold, "Mean at equal thresholds", "folds_by_threshold"),
    ):
        with place:
            st.plotly_chart(
                mean_roc_figure(drawn, mean, title=title, palette=colours),
                theme=None,
                config=PLAIN_CONFIG,
                key=key,
            )
    st.caption(
        "Thin: each fold. Bold: their mean, with one standard deviation of the folds on each side. The left one says "
        "how well such models rank; the right one what one threshold, fixed in advance, does: it is lower and wider "
        "where the folds' scores are on different scales."
    )
