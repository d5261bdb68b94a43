"""One decision among several classes, or none: the rule, how sure it must be, and what that yields."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from evalcore.figures.class_matrix import class_matrix_figure
from evalcore.figures.risk_coverage import risk_coverage_figure
from evalcore.inputs.evaluation import Evaluation
from evalcore.metrics.class_arrangement import fold_rest, most_confused
from evalcore.metrics.policy import CERTAINTIES, PolicyResult, judge
from evalcore.metrics.policy_rule import RULE_NAMES, Rule
from evalcore.metrics.risk_coverage import RiskCoverageCurve, find_minimum_certainty
from pages.ui import compute, state, widgets

#: Up to so many classes a table of costs can be filled in.
MOST_COSTS = 30
SHOWN_CLASSES = 20
CERTAINTY_NAMES = {"confidence": "Confidence", "margin": "Margin"}
PLAIN_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"]}


@st.fragment
def policy_panel(opened: Evaluation, model: str) -> None:
    """Show the joint policy and what follows from it."""
    st.subheader("When to decide, and for which class", anchor=False)
    found = opened.predictions.model(model)
    if found.probabilities is None and found.confidence is None:
        st.caption(
            "The file has only this model's decisions: with a score for each class, it could be told when to abstain."
        )
        return
    st.caption(
        "The rule chooses a class for each case; where it is not sure enough the case is left undecided (abstain), "
        "for a person or another test."
    )
    left, right = st.columns([2, 3], gap="large")
    with left:
        rule, abstention_cost = _rule_boxes(opened, model)
        kinds = list(CERTAINTIES) if found.probabilities is not None else ["confidence"]
        kind = st.segmented_control(
            "Sure means", kinds, format_func=CERTAINTY_NAMES.__getitem__, default="confidence", required=True,
            help=". ".join(f"{CERTAINTY_NAMES[each]}: {CERTAINTIES[each]}" for each in kinds) + ".", key="certainty",
        )  # fmt: skip
        curve = compute.risk_curve(opened, model, rule, kind=kind, abstention_cost=abstention_cost)
        _solvers(curve, with_costs=rule.costs is not None)
        least = st.number_input(
            "Least certainty", value=None, key=state.MINIMUM, format="%.10g", step=0.01,
            placeholder="decide every case", bind="query-params",
            help="A case is decided when it is at least this sure, in the unit of the scores. Empty: every case.",
        )  # fmt: skip
    decided = compute.decisions(opened, model, rule)
    if least is not None:
        decided = decided.at_least(least, kind=kind)
    predictions = opened.predictions
    result = judge(
        predictions.truth, decided, classes=predictions.classes, weight=predictions.weights,
        costs=rule.costs, abstention_cost=abstention_cost,
    )  # fmt: skip
    with right:
        _yields(result)
        st.plotly_chart(
            risk_coverage_figure(
                curve, present=(result.coverage, 1 - result.accuracy), certainty=kind,
                palette=widgets.palette()
            ),
            theme=None, config=PLAIN_CONFIG, key="risk_coverage",
        )  # fmt: skip
    with st.expander("The matrix of the decided cases, and what is left undecided"):
        _matrix_and_rest(result)


def _rule_boxes(opened: Evaluation, model: str) -> tuple[Rule, float]:
    """Take the rule, and what an undecided case costs."""
    found, classes = opened.predictions.model(model), opened.predictions.classes
    names = ["arg_max"]
    if found.probabilities is not None:
        names.append("thresholds")
        if found.kind == "probability" and len(classes) <= MOST_COSTS:
            names.append("cost")
    name = st.selectbox("Rule", names, format_func=RULE_NAMES.__getitem__, key="policy_rule")
    if name == "thresholds":
        start = pd.DataFrame(
            {"class": list(classes), "threshold": 0.0 if found.kind == "probability" else np.nan}
        )
        edited = st.data_editor(
            start, hide_index=True, disabled=["class"], key=f"thresholds_{opened.fingerprint}", height=240,
            column_config={
                "class": st.column_config.TextColumn("Class"),
                "threshold": st.column_config.NumberColumn("Threshold", help="Empty: always stands.", format="%.10g"),
            },
        )  # fmt: skip
        return Rule(thresholds=tuple(edited["threshold"].fillna(-np.inf).tolist())), 0.0
    if name == "cost":
        st.caption("Cost of calling a case of the row's class the column's class.")
        start = pd.DataFrame(
            1.0 - np.eye(len(classes)), index=pd.Index(classes, name="actual"), columns=list(classes)
        )
        edited = st.data_editor(start, key=f"costs_{opened.fingerprint}", height=260)
        abstention = st.number_input(
            "Cost of an undecided case", value=0.5, min_value=0.0, step=0.1, key="abstention_cost"
        )
        return Rule(costs=tuple(map(tuple, edited.fillna(0.0).to_numpy().tolist()))), float(abstention)
    return Rule(), 0.0


def _solvers(curve: RiskCoverageCurve, *, with_costs: bool) -> None:
    """Offer the least certainty that is best."""
    share = st.number_input(
        "Decide at least, in percent of the cases",
        value=90.0,
        min_value=0.0,
        max_value=100.0,
        step=1.0,
        key="least_coverage",
    )
    goals = {"f1_macro": "Best macro F1", "risk": "Fewest wrong"} | (
        {"cost": "Least cost"} if with_costs else {}
    )
    with st.container(horizontal=True):
        for goal, name in goals.items():
            point = find_minimum_certainty(curve, goal, coverage=share / 100)  # type: ignore[arg-type]
            st.button(
                name, key=f"solve_{goal}", disabled=point is None, on_click=state.set_minimum,
                args=(None if point is None else point.certainty,),
                help="Sets the least certainty below, deciding at least the share above.",
            )  # fmt: skip
        st.button("Decide every case", key="solve_none", on_click=state.set_minimum, args=(None,))


def _yields(result: PolicyResult) -> None:
    """Show coverage, accuracy and cost."""
    shown: dict[str, Any] = {
        "Decided": f"{result.coverage:.2%}",
        "Right, of the decided": "–" if np.isnan(result.accuracy) else f"{result.accuracy:.2%}",
        "Macro F1 of the decided": f"{result.confusion.average('f1', 'macro'):.4f}".replace("nan", "–"),
        "Undecided cases": widgets.count(float(result.abstained.sum())),
    }
    if not np.isnan(result.cost):
        shown["Mean cost of a case"] = f"{result.cost:.4g}"
    with st.container(horizontal=True):
        for name, value in shown.items():
            st.metric(name, value, border=True, width=170)


def _matrix_and_rest(result: PolicyResult) -> None:
    confusion = result.confusion
    folded = fold_rest(confusion, most_confused(confusion, SHOWN_CLASSES))
    st.plotly_chart(
        class_matrix_figure(folded.confusion, view="count", palette=widgets.palette()),
        theme=None, config=PLAIN_CONFIG, key="policy_matrix",
    )  # fmt: skip
    rest = pd.DataFrame(
        {"Class": confusion.classes, "Undecided": result.abstained, "Decided": confusion.support}
    )
    st.dataframe(rest, hide_index=True, key="policy_rest")
