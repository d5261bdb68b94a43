"""One decision among several classes, or none: the rule, how sure it must be, and what that yields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from evalcore.errors import InputError
from evalcore.figures.live.matrix import matrix_costs
from evalcore.metrics.policy.decisions import ABSTAINED, CERTAINTIES, Certainty, Decisions, judge
from evalcore.metrics.policy.risk_coverage import RiskCoverageCurve, find_minimum_certainty
from evalcore.metrics.policy.rule import RULE_NAMES, Rule
from evalcore.numbers import UNDEFINED
from evalcore.predictions.evaluation import Evaluation
from pages.ui import phrases, state
from pages.ui.compute import policy as policy_compute
from pages.ui.house_tables import counts, house_table
from pages.ui.state import policy as policy_state

#: Up to so many classes a table of costs can be filled in.
MOST_COSTS = 30
CERTAINTY_NAMES = {"confidence": "Confidence", "margin": "Margin"}
EVERY_CLASS = "how sure each decision must be"
#: Where the file itself says what is called.
OWN_CALLS = "own"
OWN_RULE = {OWN_CALLS: "As the file says"}


@dataclass(frozen=True, eq=False)
class Policy:
    """What is decided, and what the matrix is told of it.

    Parameters
    ----------
    labels : ndarray of intp
        What each case is called; -1 where it is left undecided.
    own : bool
        Whether these are the model's own calls.
    subject : str
        Changes with whatever changes the calls.
    told : dict or None
        What `live_matrix` draws from (its table, and what moves); None where the matrix does not move.
    problem : str
        Why there is no matrix at all; else empty.
    """

    labels: npt.NDArray[np.intp]
    own: bool
    subject: str
    told: dict[str, Any] | None = None
    problem: str = ""


def policy_settings(opened: Evaluation, model: str) -> Policy:
    """Take the rule and how sure it must be; without scores the model's own calls are all there is."""
    found = opened.predictions.model(model)
    own = Policy(found.labels, True, f"{opened.fingerprint}/{model}")
    with st.expander("Leave unsure cases to a person: rule and least certainty", icon=":material/tune:"):
        if found.probabilities is None and found.confidence is None:
            st.caption(
                "The file has only this model's decisions: with a score for each class, it could be told when to "
                "abstain."
            )
            return own
        return _settings(opened, model, own)


def _settings(opened: Evaluation, model: str, own: Policy) -> Policy:
    found, classes = opened.predictions.model(model), opened.predictions.classes
    st.caption(
        "The rule chooses a class for each case; where it is not sure enough the case is left undecided (abstain), "
        "for a person or another test."
    )
    left, right = st.columns(2, gap="large")
    with left:
        chosen, abstention_cost = _rule_boxes(opened, model)
        if chosen is None:
            return own
        rule = chosen
        kinds = list(CERTAINTIES) if found.probabilities is not None else ["confidence"]
        kind = st.segmented_control(
            "Sure means", kinds, format_func=CERTAINTY_NAMES.__getitem__, default="confidence", required=True,
            help=". ".join(f"{CERTAINTY_NAMES[each]}: {CERTAINTIES[each]}" for each in kinds) + ".", key="certainty",
        )  # fmt: skip
    decided = policy_compute.decisions(opened, model, rule)
    if not (decided.labels != ABSTAINED).any():
        return replace(own, problem="No case reaches the threshold of any class: nothing is decided.")
    with right:
        curve = policy_compute.risk_curve(opened, model, rule, kind=kind, abstention_cost=abstention_cost)
        _solvers(curve, with_costs=rule.costs is not None)
        least = st.number_input(
            "Least certainty", value=None, key=state.MINIMUM, format="%.10g", step=0.01,
            placeholder="decide every case", bind="query-params", on_change=policy_state.raise_minimum_revision,
            help="A case is decided when it is at least this sure, in the unit of the scores. Empty: every case.",
        )  # fmt: skip
    moved = _what_moves(opened, rule)
    calls = decided if least is None else decided.at_least(least, kind=kind)
    _undecided(opened, calls)
    same = bool((calls.labels == found.labels).all())
    policy = Policy(calls.labels, same, f"{own.subject}/{hash(rule)}/{kind}/{least!r}")
    try:
        told = _steps_to_move(opened, model, rule, moved, kind=kind, least=least)
    except InputError as error:
        return replace(policy, problem=phrases.sentence(str(error)))
    moves = {
        "limit": told["limit"],
        "revision": told["revision"],
        "place": moved,
        "name": None if moved is None else classes[moved],
        "certainty": CERTAINTY_NAMES[kind].lower(),
        "costs": matrix_costs(rule.costs, abstention_cost, len(classes)),
    }
    return replace(
        policy, told={"id": f"{told['id']}/{abstention_cost}", "table": told["table"], "policy": moves}
    )


def _what_moves(opened: Evaluation, rule: Rule) -> int | None:
    """Let people choose what the slider moves: the threshold of a class (its position), or the least certainty."""
    if rule.thresholds is None:
        return None
    names = [EVERY_CLASS, *(f"the threshold of {name}" for name in opened.predictions.classes)]
    place = st.selectbox(
        "The slider moves",
        range(len(names)),
        format_func=names.__getitem__,
        key=f"slider_{opened.fingerprint}",
    )
    return None if place == 0 else place - 1


def _steps_to_move(
    opened: Evaluation, model: str, rule: Rule, moved: int | None, *, kind: Certainty, least: float | None
) -> dict[str, Any]:
    """Return what the browser moves along: the steps, the present limit, and a name that changes with them."""
    if moved is None or rule.thresholds is None:
        told = policy_state.shown_limit(f"{opened.fingerprint}/{model}/{hash(rule)}/{kind}", least)
        table = policy_compute.policy_table(opened, model, rule, kind=kind, least=told["limit"])
    else:
        limits = rule.thresholds
        others = hash((*limits[:moved], *limits[moved + 1 :]))
        subject = f"{opened.fingerprint}/{model}/{others}/{moved}/{kind}/{least!r}"
        told = policy_state.shown_limit(subject, limits[moved] if np.isfinite(limits[moved]) else None)
        table = policy_compute.threshold_table(
            opened, model, rule, moved, kind=kind, least=least, told=told["limit"]
        )
    return {"id": told["name"], "table": table, "limit": told["limit"], "revision": told["revision"]}


def _rule_boxes(opened: Evaluation, model: str) -> tuple[Rule | None, float]:
    """Take the rule (None: the file's own calls, where they are others), and what an undecided case costs."""
    found, classes = opened.predictions.model(model), opened.predictions.classes
    names = ["arg_max"]
    if (policy_compute.decisions(opened, model, Rule()).labels != found.labels).any():
        names.insert(0, OWN_CALLS)
    if found.probabilities is not None:
        names.append("thresholds")
        if found.kind == "probability" and len(classes) <= MOST_COSTS:
            names.append("cost")
    name = st.selectbox("Rule", names, format_func=(RULE_NAMES | OWN_RULE).__getitem__, key="policy_rule")
    if name == OWN_CALLS:
        st.caption(
            "The file says what the model calls, and it is not always the class with the highest score."
        )
        return None, 0.0
    if name == "thresholds":
        first = (0.0 if found.kind == "probability" else -np.inf,) * len(classes)
        values, changes = policy_state.start_of_thresholds(f"{opened.fingerprint}/{model}", first)
        start = pd.DataFrame(
            {
                "class": list(classes),
                "threshold": [value if np.isfinite(value) else np.nan for value in values],
            }
        )
        # The slider's change makes a new table, so that it shows there.
        edited = st.data_editor(
            start, hide_index=True, disabled=["class"], key=f"thresholds_{opened.fingerprint}_{changes}", height=240,
            on_change=policy_state.raise_minimum_revision,
            column_config={
                "class": st.column_config.TextColumn("Class"),
                "threshold": st.column_config.NumberColumn("Threshold", help="Empty: always stands.", format="%.10g"),
            },
        )  # fmt: skip
        thresholds = tuple(edited["threshold"].fillna(-np.inf).tolist())
        policy_state.keep_thresholds(thresholds)
        return Rule(thresholds=thresholds), 0.0
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
                name, key=f"solve_{goal}", disabled=point is None, on_click=policy_state.set_minimum,
                args=(None if point is None else point.certainty,),
                help="Sets the least certainty below, deciding at least the share above.",
            )  # fmt: skip
        st.button("Decide every case", key="solve_none", on_click=policy_state.set_minimum, args=(None,))


def _undecided(opened: Evaluation, decided: Decisions) -> None:
    """Show what the policy leaves undecided, class by class."""
    predictions = opened.predictions
    result = judge(predictions.truth, decided, classes=predictions.classes, weight=predictions.weights)
    table = {
        "Class": predictions.classes,
        "Decided": result.confusion.support,
        "Right": np.diag(result.confusion.counts),
        "Undecided": result.abstained,
    }
    spelt = counts(("Decided", "Right", "Undecided"))
    st.dataframe(
        house_table(pd.DataFrame(table), spelt), hide_index=True, key="policy_rest", placeholder=UNDEFINED
    )
