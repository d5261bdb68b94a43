"""Does the threshold hold on rows that did not choose it? Split, folds, and honest halves."""

from __future__ import annotations

import streamlit as st

from evalcore.errors import InputError
from evalcore.figures.curves.bands import chosen_figure
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.validation import objective_of
from evalcore.numbers import share
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases
from pages.ui.decide.confirming import confirming_panel
from pages.ui.decide.curves import PLAIN_CONFIG
from pages.ui.decide.fold_panel import fold_panel
from pages.ui.state import needs


def validation_panel(opened: Evaluation, model: str) -> None:
    """Show what a goal promises and what it keeps."""
    goal = _goal()
    if goal is None:
        return
    columns = compute.part_columns(opened)
    split, within, without = columns.get("split"), None, None
    if split is not None:
        parts = confirming_panel(opened, model, split, goal)
        if parts is not None:
            within, without = (split, parts[0]), (split, parts[1])
    if "fold" in columns:
        fold_panel(opened, model, columns["fold"], goal, without=without)
    _halves(opened, model, goal, within)


def _goal() -> Goal | None:
    text = needs.goal_text("max f1")
    try:
        return Goal.parse(text)
    except InputError as error:
        st.warning(phrases.plain(phrases.sentence(str(error))), icon=":material/edit:")
        return None


def _halves(opened: Evaluation, model: str, goal: Goal, within: tuple[str, str] | None) -> None:
    st.subheader("Chosen on one half, judged on the other", anchor=False)
    if within is not None:
        st.caption(phrases.plain(f"Halves of “{within[1]}” alone: the test part has no say here either."))
    try:
        found = compute.splits_of(opened, model, str(goal), within)
    except InputError as error:
        st.caption(phrases.plain(phrases.sentence(str(error))))
        return
    if not len(found.thresholds):
        st.caption(phrases.plain(f"No half of the rows can meet “{goal}”."))
        return
    objective = objective_of(goal)
    promised, kept = (objective.spell(float(each.mean())) for each in (found.promised, found.kept))
    st.markdown(
        phrases.plain(
            f"100 times at random, on average: {objective.label} {promised} on the half that chose and {kept} on the "
            "other. "
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
