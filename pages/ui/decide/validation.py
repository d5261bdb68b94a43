"""Does the threshold hold on rows that did not choose it? Split, folds, and honest halves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from evalcore.errors import InputError
from evalcore.figures.curves.bands import chosen_figure
from evalcore.figures.curves.roc import roc_figure
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.validation import Confirmation, across_folds, confirm, objective_of
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.numbers import coefficient, share, share_within
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, state
from pages.ui.decide.curves import PLAIN_CONFIG
from pages.ui.state import needs

_FIGURES = ("recall", "precision", "false_positive_rate", "accuracy")
_CHOOSING = ("validation", "valid", "val", "dev", "train", "training")
_TESTING = ("test", "holdout", "eval")
_DRAWN_FOLDS = 10


def validation_panel(opened: Evaluation, model: str) -> None:
    """Show what a goal promises and what it keeps."""
    goal = _goal()
    if goal is None:
        return
    columns = compute.part_columns(opened)
    if "split" in columns:
        _split(compute.parts_of(opened, model, columns["split"]), goal)
    if "fold" in columns:
        _folds(opened, model, columns["fold"], goal)
    _halves(opened, model, goal)


def _goal() -> Goal | None:
    text = needs.goal_text("max f1")
    try:
        return Goal.parse(text)
    except InputError as error:
        st.warning(phrases.plain(phrases.sentence(str(error))), icon=":material/edit:")
        return None


def _named(parts: Mapping[str, ThresholdSweep], words: tuple[str, ...]) -> str | None:
    return next((name for word in words for name in parts if name.strip().casefold() == word), None)


def _split(parts: Mapping[str, ThresholdSweep], goal: Goal) -> None:
    st.subheader("Choose on one part, confirm on another", anchor=False)
    if len(parts) < 2:
        st.caption("There is only one part in these rows.")
        return
    names = list(parts)
    left, right = st.columns(2)
    choosing = left.selectbox("Choose on", names, index=names.index(_named(parts, _CHOOSING) or names[0]))
    rest = [name for name in names if name != choosing]
    usual = _named({name: parts[name] for name in rest}, _TESTING) or rest[-1]
    testing = right.selectbox("Confirm on", rest, index=rest.index(usual))
    try:
        found = confirm(parts[choosing], parts[testing], goal)
    except InputError as error:
        st.warning(phrases.plain(phrases.sentence(str(error))), icon=":material/block:")
        return
    subject = f"{choosing}/{testing}/{goal}"
    if not needs.is_locked(subject):
        st.markdown(
            phrases.plain(
                f"On “{choosing}” the goal chooses {found.threshold:.6g}: {_told(found.promised)}. What it does on "
                f"“{testing}” is shown once the choice is locked, so that the test part does not choose."
            )
        )
        st.button(
            "Lock the choice and look",
            icon=":material/lock:",
            on_click=needs.lock,
            args=(subject,),
            key="lock",
        )
        _record()
        return
    _confirmed(found, parts, choosing, testing)
    st.button(
        "Open the lock to choose anew",
        icon=":material/lock_open:",
        on_click=needs.unlock,
        key="unlock",
        help="It is noted: a threshold that is chosen after a look at the test part is no longer confirmed by it.",
    )
    _record()


def _told(point: Confusion) -> str:
    return ", ".join(f"{METRICS[name].label.lower()} {share(point.value(name))}" for name in _FIGURES)


def _record() -> None:
    for line in needs.lock_record():
        st.caption(phrases.plain(line))


def _confirmed(found: Confirmation, parts: Mapping[str, ThresholdSweep], choosing: str, testing: str) -> None:
    rows = [
        {
            "": METRICS[name].label,
            f"promised on {choosing}": _sure(parts[choosing], found.promised, name),
            f"kept on {testing}": _sure(parts[testing], found.kept, name),
            "lost": _points(found.optimism(name)),
        }
        for name in _FIGURES
    ]
    st.markdown(
        phrases.plain(
            f"Locked at {found.threshold:.6g}. "
            + (
                f"The test part does not keep {' and '.join(found.broken)}."
                if found.broken
                else "The test part keeps the goal."
                if found.goal.constraints
                else f"{objective_of(found.goal)} was chosen on “{choosing}”."
            )
        )
    )
    st.dataframe(rows, hide_index=True, key="confirmed")
    st.caption("In brackets: 95 % intervals. Those of the part that chose are optimistic.")


def _sure(sweep: ThresholdSweep, point: Confusion, name: str) -> str:
    found = sweep.interval(point, name)
    return share_within(float(point.value(name)), found.low, found.high)


def _points(difference: float) -> str:
    return "–" if np.isnan(difference) else f"{100 * difference:+.1f} points"


def _folds(opened: Evaluation, model: str, column: str, goal: Goal) -> None:
    parts = compute.parts_of(opened, model, column)
    st.subheader("Fold by fold", anchor=False)
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
            "cases": each.fixed.total,
            f"accuracy at {threshold:.6g}": share(each.fixed.accuracy),
            "lazy rule": share(each.lazy_accuracy),
            "recall": share(each.fixed.recall),
            "precision": share(each.fixed.precision),
            "ROC AUC": coefficient(each.roc_auc),
            "threshold of the others": f"{each.chosen_threshold:.6g}",
            str(objective_of(goal)): "–"
            if each.chosen is None
            else f"{float(objective_of(goal).of(each.chosen, compute.costs_of(goal))):.4g}",
        }
        for each in found
    ]
    st.dataframe(rows, hide_index=True, key="folds")
    areas = np.array([each.roc_auc for each in found])
    mean, low, high = (coefficient(float(of(areas))) for of in (np.nanmean, np.nanmin, np.nanmax))
    pooled = coefficient(compute.sweep(opened, model).roc_auc)
    st.markdown(
        f"ROC AUC of all rows together {pooled}; mean of the folds {mean} ({low} to {high}). "
        "They differ where the folds' models put their scores on different scales: within a fold only its own model "
        "ranks, together also rows of different models are ranked against each other."
    )
    drawn = {f"fold {name}": each.thin() for name, each in list(parts.items())[:_DRAWN_FOLDS]}
    st.plotly_chart(
        roc_figure(drawn, palette=phrases.palette()), theme=None, config=PLAIN_CONFIG, key="folds_roc"
    )


def _halves(opened: Evaluation, model: str, goal: Goal) -> None:
    st.subheader("Chosen on one half, judged on the other", anchor=False)
    try:
        found = compute.splits_of(opened, model, str(goal))
    except InputError as error:
        st.caption(phrases.plain(phrases.sentence(str(error))))
        return
    if not len(found.thresholds):
        st.caption(phrases.plain(f"No half of the rows can meet “{goal}”."))
        return
    name = str(objective_of(goal))
    st.markdown(
        phrases.plain(
            f"100 times at random: {name} is {found.promised.mean():.4g} on the half that chose and "
            f"{found.kept.mean():.4g} on the other. "
            + (
                f"The other half keeps what the goal asks for in {share(found.holds)} of the splits."
                if goal.constraints
                else ""
            )
        )
    )
    st.plotly_chart(
        chosen_figure(
            found.thresholds,
            palette=phrases.palette(),
            title="Thresholds that the halves chose",
            unit="Splits",
        ),
        theme=None,
        config=PLAIN_CONFIG,
        key="halves",
    )
