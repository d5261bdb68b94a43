"""What the Classes page's matrix and policy compute once and keep: beside `pages.ui.compute`, by the same rules."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from evalcore.figures.live.matrix import matrix_table
from evalcore.metrics.classes.arrangement import Order, Places, class_order
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.policy.decisions import Certainty, Decisions
from evalcore.metrics.policy.risk_coverage import RiskCoverageCurve, risk_coverage
from evalcore.metrics.policy.rule import Rule, decide
from evalcore.metrics.policy.steps import policy_steps, threshold_steps, whole_step
from evalcore.predictions.classes import ClassPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute


@st.cache_resource(max_entries=32, show_spinner=False)
def _order_of_classes(fingerprint: str, model: str, order: Order, _confusion: ClassConfusion) -> Places:
    return class_order(_confusion, order)


def order_of_classes(opened: Evaluation, model: str, order: Order) -> Places:
    """Return the classes of a model's matrix in an order."""
    return _order_of_classes(opened.fingerprint, model, order, compute.class_confusion(opened, model))


@st.cache_resource(max_entries=16, show_spinner=False)
def _whole_matrix(fingerprint: str, model: str, _confusion: ClassConfusion) -> dict[str, Any]:
    return matrix_table(whole_step(_confusion))


def whole_matrix(opened: Evaluation, model: str) -> dict[str, Any]:
    """Return a model's matrix for the browser."""
    return _whole_matrix(opened.fingerprint, model, compute.class_confusion(opened, model))


@st.cache_resource(max_entries=16)
def _decisions(fingerprint: str, model: str, rule: Rule, _predictions: ClassPredictions) -> Decisions:
    return decide(_predictions.model(model), rule)


def decisions(opened: Evaluation, model: str, rule: Rule) -> Decisions:
    """Return what is decided among all classes by a rule."""
    return _decisions(opened.fingerprint, model, rule, opened.predictions)


@st.cache_resource(max_entries=16)
def _risk_coverage(
    fingerprint: str,
    model: str,
    rule: Rule,
    kind: Certainty,
    abstention_cost: float,
    _decisions: Decisions,
    _predictions: ClassPredictions,
) -> RiskCoverageCurve:
    weighed = {"weight": _predictions.weights, "costs": rule.costs, "abstention_cost": abstention_cost}
    return risk_coverage(_predictions.truth, _decisions, kind=kind, **weighed)


def risk_curve(
    opened: Evaluation, model: str, rule: Rule, *, kind: Certainty, abstention_cost: float
) -> RiskCoverageCurve:
    """Return what abstaining buys under a rule."""
    decided = decisions(opened, model, rule)
    return _risk_coverage(opened.fingerprint, model, rule, kind, abstention_cost, decided, opened.predictions)


@st.cache_resource(max_entries=16, show_spinner=False)
def _policy_table(
    fingerprint: str,
    model: str,
    rule: Rule,
    kind: Certainty,
    least: float | None,
    _decisions: Decisions,
    _predictions: ClassPredictions,
) -> dict[str, Any]:
    steps = policy_steps(
        _predictions.truth,
        _decisions,
        classes=len(_predictions.classes),
        kind=kind,
        weight=_predictions.weights,
        include=() if least is None else (least,),
    )
    return matrix_table(steps)


def policy_table(
    opened: Evaluation, model: str, rule: Rule, *, kind: Certainty, least: float | None
) -> dict[str, Any]:
    """Return the matrix at every least certainty for the browser; the present one is among them exactly."""
    decided = decisions(opened, model, rule)
    return _policy_table(opened.fingerprint, model, rule, kind, least, decided, opened.predictions)


@st.cache_resource(max_entries=16, show_spinner=False)
def _threshold_table(
    fingerprint: str,
    model: str,
    others: tuple[float, ...],
    place: int,
    kind: Certainty,
    least: float | None,
    told: float | None,
    _predictions: ClassPredictions,
) -> dict[str, Any]:
    steps = threshold_steps(
        _predictions.truth,
        _predictions.model(model).probabilities,
        others,
        place,
        kind=kind,
        least=-math.inf if least is None else least,
        weight=_predictions.weights,
        include=() if told is None else (told,),
    )
    return matrix_table(steps)


def threshold_table(
    opened: Evaluation,
    model: str,
    rule: Rule,
    place: int,
    *,
    kind: Certainty,
    least: float | None,
    told: float | None,
) -> dict[str, Any]:
    """Return the matrix at every threshold of one class for the browser.

    InputError where the class is in no case the best of those that reach their thresholds.
    """
    limits = rule.thresholds or ()
    others = (*limits[:place], -math.inf, *limits[place + 1 :])
    return _threshold_table(opened.fingerprint, model, others, place, kind, least, told, opened.predictions)
