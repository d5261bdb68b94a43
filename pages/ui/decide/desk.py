"""What the explorer's tools are told: the goal's place, another prevalence, costs, resamples, the band of review."""

from __future__ import annotations

from typing import Any

from evalcore.figures.live.explorer_desk import told_of_desk
from evalcore.metrics.goals.terms import Costs
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute
from pages.ui.state import needs
from pages.ui.state.desk import Desk, settle_desk, wants_to_jump


def desk_told(opened: Evaluation, model: str) -> dict[str, Any]:
    """Return what the explorer is told beside its table; a goal that was just said moves the threshold.

    Returns
    -------
    dict
        `told` and `marks` of `explorer_point`.
    """
    desk = settle_desk()
    swept = compute.sweep(opened, model)
    prevalence = compute.prevalence_of(desk.prevalence) if swept.positives and swept.negatives else None
    goal = compute.goal_on_desk(opened, model, desk.goal, prevalence, case_costs(desk))
    marks = [] if goal["threshold"] is None else [float(goal["threshold"])]
    if wants_to_jump() and goal["state"] == "found":
        needs.move_threshold(marks[0])
    there = None if prevalence is None else compute.average_precision_there(opened, model, prevalence)
    return {"told": told_of_desk(desk.told(), goal, average_precision=there), "marks": marks}


def case_costs(desk: Desk) -> Costs:
    """Return what each outcome costs, with what a flagged case costs beside."""
    costs = desk.costs
    return Costs(costs["fp"] + costs["review"], costs["fn"], costs["tp"] + costs["review"], costs["tn"])
