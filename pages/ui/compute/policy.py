"""What the Classes page's matrix and policy compute once and keep: beside `pages.ui.compute`, by the same rules."""

from __future__ import annotations

import math
from typing import Any

from evalcore.figures.live.matrix import matrix_table
from evalcore.metrics.classes.arrangement import Order, Places, class_order
from evalcore.metrics.policy.decisions import Certainty, Decisions
from evalcore.metrics.policy.risk_coverage import RiskCoverageCurve, risk_coverage
from evalcore.metrics.policy.rule import Rule, decide
from evalcore.metrics.policy.steps import policy_steps, threshold_steps, whole_step
from evalcore.predictions.classes import ClassPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui.compute.classes import class_confusion
from pages.ui.compute.kept import kept


@kept(most=32)
def order_of_classes(opened: Evaluation, model: str, order: Order) -> Places:
    """Return the classes of a model's matrix in an order."""
    return class_order(class_confusion(opened, model), order)


@kept(most=16)
def whole_matrix(opened: Evaluation, model: str) -> dict[str, Any]:
    """Return a model's matrix for the browser."""
    return matrix_table(whole_step(class_confusion(opened, model)))


@kept(most=16)
def decisions(opened: Evaluation, model: str, rule: Rule) -> Decisions:
    """Return what is decided among all classes by a rule."""
    predictions: ClassPredictions = opened.predictions
    return decide(predictions.model(model), rule)


@kept(most=16)
def risk_curve(
    opened: Evaluation, model: str, rule: Rule, *, kind: Certainty, abstention_cost: float
) -> RiskCoverageCurve:
    """Return what abstaining buys under a rule."""
    predictions: ClassPredictions = opened.predictions
    weighed = {"weight": predictions.weights, "costs": rule.costs, "abstention_cost": abstention_cost}
    return risk_coverage(predictions.truth, decisions(opened, model, rule), kind=kind, **weighed)


@kept(most=16)
def policy_table(
    opened: Evaluation, model: str, rule: Rule, *, kind: Certainty, least: float | None
) -> dict[str, Any]:
    """Return the matrix at every least certainty for the browser; the present one is among them exactly."""
    predictions: ClassPredictions = opened.predictions
    steps = policy_steps(
        predictions.truth,
        decisions(opened, model, rule),
        classes=len(predictions.classes),
        kind=kind,
        weight=predictions.weights,
        include=() if least is None else (least,),
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
    # The class's own threshold is what moves: it is no part of the key.
    others = (*limits[:place], -math.inf, *limits[place + 1 :])
    return _at_every_threshold(opened, model, others, place, kind, least, told)


@kept(most=16)
def _at_every_threshold(
    opened: Evaluation,
    model: str,
    others: tuple[float, ...],
    place: int,
    kind: Certainty,
    least: float | None,
    told: float | None,
) -> dict[str, Any]:
    predictions: ClassPredictions = opened.predictions
    steps = threshold_steps(
        predictions.truth,
        predictions.model(model).probabilities,
        others,
        place,
        kind=kind,
        least=-math.inf if least is None else least,
        weight=predictions.weights,
        include=() if told is None else (told,),
    )
    return matrix_table(steps)
