"""What do you need? A goal to a threshold; what it costs; what it means elsewhere; and how sure all that is."""

from __future__ import annotations

import streamlit as st

from evalcore.errors import InputError
from evalcore.figures.curves.bands import band_figure, chosen_figure
from evalcore.figures.curves.costs import cost_figure, decision_figure
from evalcore.metrics.goals.costs import ratios_where_best, theoretical_threshold
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.operating_point import OperatingPoint
from evalcore.metrics.goals.prevalence import at_prevalence, parse_prevalence, prevalence_interval
from evalcore.metrics.goals.solving import InfeasibleGoalError, kept_constraints, solve_goal
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.numbers import count, share, share_range, share_within
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, state
from pages.ui.decide.curves import PLAIN_CONFIG
from pages.ui.state import needs
from pages.ui.state.keys import GOALS_TAB

#: What people ask for most, in the goal's own language.
PRESETS = {
    "Catch 90 %": "max precision where recall >= 90 %",
    "Be right 90 % of the time": "max recall where precision >= 90 %",
    "At most 200 of 10,000 flagged": "max recall where flagged <= 200 per 10000",
    "A miss costs 50 false alarms": "min cost (miss 50, false alarm 1)",
    "Surely catch 95 %": "min flagged where recall >= 95 % with 95 % confidence",
}
_LANGUAGE = (
    "“max” or “min” of a measure, then “where” and what must hold: max precision where recall >= 0.9; max f1 where "
    "flagged <= 200 per 10000 and fpr <= 1 %; min flagged where recall >= 95 % with 95 % confidence; flagged = 5 %; "
    "min cost (miss 50, false alarm 1)."
)
_SHOWN = ("recall", "precision", "false_positive_rate", "accuracy")
_ELSEWHERE = (
    "precision",
    "negative_predictive_value",
    "accuracy",
    "predicted_positive_rate",
    "recall",
    "specificity",
)


def goals_panel(opened: Evaluation, model: str) -> None:
    """Show what a person needs, and what follows from it."""
    st.subheader("What do you need?", anchor=False)
    # The boxes of every tab are made, for they are in the link; the figures only of the tab that is looked at.
    goal, costs, elsewhere, sure = st.tabs(
        ["A goal", "Costs", "Another prevalence", "How sure is it?"], key=GOALS_TAB, on_change="rerun"
    )
    with goal:
        text = _goal(opened, model)
    with costs:
        _costs(opened, model, seen=bool(costs.open))
    with elsewhere:
        _elsewhere(opened, model)
    with sure:
        _sure(opened, model, text)


def _threshold(opened: Evaluation, model: str) -> float:
    return state.threshold(opened.predictions.model(model).default_threshold)


def _goal(opened: Evaluation, model: str) -> str:
    text = needs.goal_box(PRESETS, explanation=_LANGUAGE)
    if not text:
        return text
    sweep = compute.sweep(opened, model)
    try:
        goal = Goal.parse(text)
        point = solve_goal(sweep, goal)
    except InfeasibleGoalError as error:
        st.warning(phrases.plain(phrases.sentence(str(error))), icon=":material/block:")
        _jump(error.nearest, "Go to the threshold that comes nearest")
        return ""
    except InputError as error:
        st.warning(phrases.plain(phrases.sentence(str(error))), icon=":material/edit:")
        return ""
    _found(point, sweep)
    _jump(point, f"Move the threshold to {point.threshold:.6g}")
    here = sweep.at(_threshold(opened, model))
    broken = [each for each in kept_constraints(here, goal, squares=sweep.squares(here)) if not each[1]]
    if broken:
        told = "; ".join(f"{each} (here {each.spell(float(each.of(here, Costs())))})" for each, _ in broken)
        st.caption(phrases.plain(f"The present threshold does not keep to it: {told}."))
    return text


def _found(point: OperatingPoint, sweep: ThresholdSweep) -> None:
    found = point.confusion
    limits = {name: sweep.interval(found, name) for name in _SHOWN}
    rates = ", ".join(
        f"{METRICS[name].label.lower()} {share_within(found.value(name), each.low, each.high)}"
        for name, each in limits.items()
    )
    st.markdown(
        phrases.plain(
            f"Threshold {point.threshold:.6g}: {count(found.predicted_positives)} of {count(found.total)} cases are "
            f"flagged; {rates}."
        )
    )
    st.caption(
        "In brackets: 95 % intervals. They are optimistic, for these very rows chose the threshold: "
        "see “How sure is it?”."
    )


def _jump(point: OperatingPoint, label: str) -> None:
    st.button(
        label,
        icon=":material/my_location:",
        on_click=needs.move_threshold,
        args=(point.threshold,),
        key="go_to_goal",
    )


def _costs(opened: Evaluation, model: str, *, seen: bool) -> None:
    amounts = compute.amount_columns(opened)
    said, review, column = needs.cost_boxes(amounts)
    if not seen:
        return
    costs = Costs(**said)
    sweep, threshold = compute.sweep(opened, model), _threshold(opened, model)
    curve = compute.cost_curve_of(opened, model, costs, review, column)
    here = compute.cost_at(opened, model, costs, review, column, threshold)
    st.markdown(
        phrases.plain(
            f"At {threshold:.6g} the {count(curve.cases)} cases cost {here:,.6g} in all, "
            f"{here / curve.cases:,.4g} each. "
            f"The least is {curve.best_total:,.6g}, at {curve.best_threshold:.6g}; flagging nothing costs "
            f"{curve.none_total:,.6g}, flagging everything {curve.all_total:,.6g}."
        )
    )
    st.button(
        f"Move the threshold to {curve.best_threshold:.6g}",
        icon=":material/my_location:",
        on_click=needs.move_threshold,
        args=(curve.best_threshold,),
        key="go_to_least_cost",
    )
    colours = phrases.palette()
    st.plotly_chart(
        cost_figure(curve, threshold=threshold, palette=colours), theme=None, config=PLAIN_CONFIG, key="costs"
    )
    ratios = ratios_where_best(sweep, threshold)
    st.caption(
        "Whatever a miss costs beside a false alarm, another threshold is cheaper than the present one."
        if ratios is None
        else f"The present threshold is the cheapest where a miss costs {ratios[0]:.3g} to {ratios[1]:.3g} times "
        "as much as a false alarm."
    )
    chances = opened.predictions.model(model).kind == "probability"
    if chances:
        theory = theoretical_threshold(costs)
        if theory == theory:
            st.caption(
                f"Were the scores exact probabilities, {theory:.4g} would be the cheapest threshold; that the data say "
                f"{curve.best_threshold:.4g} is calibration and chance."
            )
        with st.expander("Net benefit (decision curve)"):
            st.plotly_chart(
                decision_figure(compute.decisions_of(opened, model), palette=colours),
                theme=None,
                config=PLAIN_CONFIG,
                key="decision_curve",
            )


def _elsewhere(opened: Evaluation, model: str) -> None:
    text = needs.prevalence_box()
    sweep = compute.sweep(opened, model)
    found = sweep.at(_threshold(opened, model))
    squares = sweep.squares(found)
    st.caption(f"In these data {share(found.prevalence)} are positive.")
    if not text:
        return
    try:
        prevalence = parse_prevalence(text)
    except InputError as error:
        st.warning(phrases.plain(phrases.sentence(str(error))), icon=":material/edit:")
        return
    moved = at_prevalence(found, prevalence)
    lazy = max(prevalence, 1 - prevalence)
    st.markdown(
        f"Shown for a prevalence of **{share(prevalence)}**: of 10,000 cases "
        f"{count(round(1e4 * moved.predicted_positive_rate))} are flagged, and "
        f"{share(moved.precision)} of those are right. A lazy rule is right in {share(lazy)}."
    )
    rows = []
    for name in _ELSEWHERE:
        interval = prevalence_interval(found, name, prevalence, squares=squares)
        rows.append(
            {
                "": METRICS[name].label,
                "in these data": share(found.value(name)),
                "there": share(moved.value(name)),
                "95 % interval": share_range(interval.low, interval.high),
            }
        )
    st.dataframe(rows, hide_index=True, key="elsewhere")
    st.caption(
        "Recall and specificity stay as they are only if the positives (and the negatives) there are of the same kind."
    )


def _sure(opened: Evaluation, model: str, goal: str) -> None:
    if not isinstance(opened.predictions, BinaryPredictions):
        st.caption("Rows are drawn anew for this; this evaluation holds counts only.")
        return
    if not st.toggle("Draw the rows anew 1,000 times", key="resample", help="The bootstrap."):
        return
    try:
        found = compute.resamples(opened, model)
    except InputError as error:
        st.warning(phrases.plain(phrases.sentence(str(error))))
        return
    area, precision = found.interval(found.roc_auc), found.interval(found.average_precision)
    st.markdown(
        f"ROC AUC {area.low:.3f} to {area.high:.3f}; average precision {precision.low:.3f} to {precision.high:.3f} "
        f"(95 % of {found.resamples:,} resamples)."
    )
    colours = phrases.palette()
    left, right = st.columns(2)
    curves = compute.banded_curves(opened, model)
    for column, (key, figure) in zip((left, right), curves.items(), strict=True):
        with column:
            st.plotly_chart(
                band_figure(**figure, palette=colours), theme=None, config=PLAIN_CONFIG, key=f"band_{key}"
            )
    if goal:
        chosen = compute.chosen_in_resamples(opened, model, goal)
        if len(chosen.thresholds):
            st.plotly_chart(
                chosen_figure(chosen.thresholds, palette=colours),
                theme=None,
                config=PLAIN_CONFIG,
                key="chosen",
            )
        st.caption(
            phrases.plain(f"The goal “{goal}” can be met in {share(chosen.feasible)} of the resamples.")
        )
