"""Rows drawn anew: bands, where a goal's threshold would lie, what it keeps on rows left out, how sure costs are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evalcore.figures.live.explorer_resamples import costs_told, drawing_told, resamples_told
from evalcore.metrics.deciding.deployed import resamples_at_prevalence
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.uncertainty.bootstrap import BootstrapSweeps, bootstrap, most_resamples
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui.compute.goals import case_amounts
from pages.ui.compute.kept import kept

_RESAMPLES = 1000
#: Nobody reads a longer list.
_MOST_COLUMNS = 40


@dataclass(frozen=True)
class Drawing:
    """How rows are drawn anew.

    Parameters
    ----------
    together : str
        The column that says which rows are drawn together, such as a patient; empty where each row is drawn alone.
    stratified : bool
        Whether each draw has as many positives and negatives as the data; only of rows that are drawn alone.
    seed : int
        The same seed gives the same draws.
    """

    together: str = ""
    stratified: bool = False
    seed: int = 0


@kept(most=32)
def columns_together(opened: Evaluation) -> tuple[str, ...]:
    """List the columns that can say what stands together: groups first, then all whose values come again."""
    predictions = opened.predictions
    if not isinstance(predictions, BinaryPredictions):
        return ()
    roles, rows = opened.roles, len(predictions.rows)
    used = {
        roles.truth,
        roles.weight,
        *roles.scores,
        *(each for model in predictions.models for each in model.columns),
    }
    names = dict.fromkeys([*opened.group_columns, *(str(name) for name in predictions.table.columns)])
    found = []
    for name in names:
        if name in used or len(found) == _MOST_COLUMNS:
            continue
        values = predictions.table[name]
        # Measured numbers come again by chance, and say nothing of what belongs together.
        if name not in opened.group_columns and values.dtype.kind == "f":
            continue
        if 1 < values.iloc[predictions.rows].astype(str).nunique() < rows:
            found.append(name)
    return tuple(found)


@kept(most=4, spinner="Drawing the rows anew …")
def resamples(
    opened: Evaluation, model: str, drawing: Drawing, *, out_of_bag: bool = False
) -> BootstrapSweeps:
    """Return the resamples of one model of a binary evaluation; the rows left out take as long again."""
    found: BinaryPredictions = opened.predictions
    return _drawn(found, model, drawing, found.weights, out_of_bag=out_of_bag)


@kept(most=2, spinner="Drawing the rows anew …")
def _resampled_amounts(
    opened: Evaluation, model: str, drawing: Drawing, column: str
) -> tuple[BootstrapSweeps, BootstrapSweeps]:
    """Return resamples that count the rows, and the same ones counting what the rows are worth."""
    found: BinaryPredictions = opened.predictions
    amounts = case_amounts(opened, column)
    weights = np.ones(len(found.truth)) if found.weights is None else found.weights
    # Of the same seed, both drawn row by row: so that they hold the same rows.
    return _drawn(found, model, drawing, weights), _drawn(found, model, drawing, amounts)


def _drawn(
    found: BinaryPredictions, model: str, drawing: Drawing, weights: Any, *, out_of_bag: bool = False
) -> BootstrapSweeps:
    rows = len(found.truth)
    one_by_one = weights is not None or drawing.together
    return bootstrap(
        found.truth,
        found.model(model).values,
        weight=weights,
        cluster=found.texts(drawing.together) if drawing.together else None,
        stratified=drawing.stratified and not drawing.together,
        seed=drawing.seed,
        resamples=min(_RESAMPLES, most_resamples(rows)) if one_by_one else _RESAMPLES,
        out_of_bag=out_of_bag,
    )


@kept(most=8)
def resampled_on_desk(
    opened: Evaluation,
    model: str,
    goal: str,
    costs: Costs,
    prevalence: float | None,
    drawing: Drawing,
    out_of_bag: bool,
) -> dict[str, Any]:
    """Return what the explorer is told of the resamples: bands, rates, and what a goal's threshold comes to."""
    found = resamples(opened, model, drawing, out_of_bag=out_of_bag)
    moved = found if prevalence is None else resamples_at_prevalence(found, prevalence)
    together = opened.predictions.texts(drawing.together) if drawing.together else None
    groups = 0 if together is None else len(np.unique(together))
    return resamples_told(moved, goal, costs=costs) | {"drawn": drawing_told(drawing.together, groups)}


@kept(most=16)
def costs_in_resamples(
    opened: Evaluation,
    model: str,
    costs: Costs,
    review: float,
    column: str,
    prevalence: float | None,
    drawing: Drawing,
) -> dict[str, Any]:
    """Return the band of the cost curve, and where resamples find the least cost."""
    if column:
        found, amounts = _resampled_amounts(opened, model, drawing, column)
    else:
        found, amounts = resamples(opened, model, drawing), None
    if prevalence is not None:
        amounts = None if amounts is None else resamples_at_prevalence(amounts, prevalence, like=found)
        found = resamples_at_prevalence(found, prevalence)
    return costs_told(found, costs, per_flagged=review, amounts=amounts)
