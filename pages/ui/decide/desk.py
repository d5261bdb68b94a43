"""What the explorer's tools are told: the goal's place, another prevalence, costs, resamples, the band of review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evalcore.errors import InputError
from evalcore.figures.live.explorer_desk import spelt_end, told_of_desk
from evalcore.metrics.deciding.review_band import parse_most_wrong
from evalcore.metrics.goals.terms import Costs
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, state
from pages.ui.compute.judging import resamples
from pages.ui.compute.judging.resamples import Drawing
from pages.ui.state import needs
from pages.ui.state.needs import Desk, settle_desk, wants_to_jump

#: Whose threshold is looked for in resamples where no goal was said.
_USUAL_GOAL = "max f1"


@dataclass(frozen=True)
class _Subject:
    """Whose figures are asked for, and where the model is used."""

    opened: Evaluation
    model: str
    prevalence: float | None

    @property
    def has_rows(self) -> bool:
        return isinstance(self.opened.predictions, BinaryPredictions)


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
    goal = compute.goal_on_desk(opened, model, desk.goal, prevalence, _case_costs(desk))
    marks = [] if goal["threshold"] is None else [float(goal["threshold"])]
    if wants_to_jump() and goal["state"] == "found":
        needs.move_threshold(marks[0])
    there = None if prevalence is None else compute.average_precision_there(opened, model, prevalence)
    subject = _Subject(opened, model, prevalence)
    parts = {}
    if desk.tool == "costs":
        parts["costs"] = _costs(subject, desk, marks)
    if desk.tool == "review":
        parts["review"] = _review(subject, desk.band, marks)
    if desk.bands:
        parts["sure"] = _sure(subject, desk, goal)
    return {"told": told_of_desk(desk.told(), goal, average_precision=there, **parts), "marks": marks}


def _case_costs(desk: Desk) -> Costs:
    """Return what each outcome costs, with what a flagged case costs beside."""
    costs = desk.costs
    return Costs(costs["fp"] + costs["review"], costs["fn"], costs["tp"] + costs["review"], costs["tn"])


def _costs(subject: _Subject, desk: Desk, marks: list[float]) -> dict[str, Any]:
    """Return what costs hang on beside the counts: amounts of cases, and where resamples find the least.

    The thresholds that are named are added to `marks`.
    """
    opened, model, prevalence = subject.opened, subject.model, subject.prevalence
    columns = compute.amount_columns(opened)
    column = desk.amounts if desk.amounts in columns else ""
    costs = Costs(*(desk.costs[name] for name in ("fp", "fn", "tp", "tn")))
    amounts, sure, note = None, None, ""
    if column:
        marks.append(
            compute.cheapest_with_amounts(opened, model, costs, desk.costs["review"], column, prevalence)
        )
        default = opened.predictions.model(model).default_threshold
        ends = [each for each in (state.threshold(default), state.pinned()) if each is not None]
        amounts = compute.amounts_on_desk(opened, model, column, (*marks, *ends))
    if subject.has_rows:
        drawing = _drawing(subject, desk)
        try:
            sure = resamples.costs_in_resamples(
                opened, model, costs, desk.costs["review"], column, prevalence, drawing
            )
        except InputError as error:
            note = phrases.sentence(str(error))
    else:
        note = "How sure the least is, is not known: this evaluation holds counts, no rows to draw anew."
    return {"columns": columns, "amounts": amounts, "sure": sure, "sure_note": note}


def _drawing(subject: _Subject, desk: Desk) -> Drawing:
    """Return how rows are drawn anew; a column that this evaluation lacks is passed over."""
    together = desk.together if desk.together in resamples.columns_together(subject.opened) else ""
    return Drawing(together, desk.stratified and not together, desk.seed)


def _review(subject: _Subject, band: str, marks: list[float]) -> dict[str, Any]:
    """Return the two thresholds between which people decide, as said or as found; they are added to `marks`."""
    limit, problem, found = parse_most_wrong(band), "", None
    if limit is not None:
        found = compute.fewest_reviews(subject.opened, subject.model, limit, subject.prevalence)
    elif band:
        found = _two_thresholds(band)
        problem = "" if found else "The link's two thresholds are not understood; drag the lines to new ones."
    low, high = found or (None, None)
    marks.extend(found or ())
    return {
        "low": None if low is None else spelt_end(low),
        "high": None if high is None else spelt_end(high),
        "limit": limit,
        "problem": problem,
    }


def _two_thresholds(text: str) -> tuple[float, float] | None:
    try:
        low, high = (float(each) for each in text.split("~"))
    except ValueError:
        return None
    return (low, high) if low <= high else None


def _sure(subject: _Subject, desk: Desk, goal: dict[str, Any]) -> dict[str, Any]:
    """Return the bands of resamples, where they put the goal's threshold, and what it keeps on rows left out."""
    if not subject.has_rows:
        return {"problem": "Rows are drawn anew for this; this evaluation holds counts only.", "columns": []}
    asked = goal["text"] if goal["state"] in ("found", "infeasible") else _USUAL_GOAL
    opened, model, drawing = subject.opened, subject.model, _drawing(subject, desk)
    columns = list(resamples.columns_together(opened))
    # Rows left out are counted for who asks how sure it is: elsewhere the bands alone are seen.
    left_out = desk.tool == "sure"
    try:
        told = resamples.resampled_on_desk(
            opened, model, asked, _case_costs(desk), subject.prevalence, drawing, left_out
        )
    except InputError as error:
        told = {"problem": phrases.sentence(str(error))}
    return told | {"columns": columns}
