"""What goals and costs come to, computed once and kept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalcore.errors import InputError
from evalcore.figures.live.explorer_desk import goal_told
from evalcore.metrics.deciding.deployed import (
    prevalence_factors,
    reweighted,
    sweep_at_prevalence,
)
from evalcore.metrics.deciding.review_band import least_review
from evalcore.metrics.goals.costs import DecisionCurve, cost_curve, decision_curve
from evalcore.metrics.goals.prevalence import parse_prevalence
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui.compute.binary import explorer_table, sweep, thin
from pages.ui.compute.kept import kept


def amount_columns(opened: Evaluation) -> list[str]:
    """List the columns that could say what each case is worth: numbers, none below 0, of every row; no scores."""
    predictions = opened.predictions
    if not isinstance(predictions, BinaryPredictions):
        return []
    table = predictions.table
    names = [str(name) for name in table.columns if str(name) not in opened.models]
    return [name for name in names if _amounts(predictions, name) is not None]


def _amounts(predictions: BinaryPredictions, column: str) -> np.ndarray[Any, Any] | None:
    values = predictions.table[column]
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        return None
    found = values.to_numpy(dtype=float, na_value=np.nan)[predictions.rows]
    known = np.isfinite(found).all() and (found >= 0).all() and len(np.unique(found)) > 2
    return found if known else None


def case_amounts(opened: Evaluation, column: str) -> np.ndarray[Any, Any] | None:
    """Return what each case is worth, times its weight; None where the column cannot say it."""
    predictions: BinaryPredictions = opened.predictions
    amounts = _amounts(predictions, column)
    if amounts is None or predictions.weights is None:
        return amounts
    return amounts * predictions.weights


@kept(most=8)
def _amount_sweep(opened: Evaluation, model: str, column: str | None) -> ThresholdSweep | None:
    predictions = opened.predictions
    if column is None or not isinstance(predictions, BinaryPredictions):
        return None
    amounts = case_amounts(opened, column)
    if amounts is None:
        return None
    return ThresholdSweep.from_scores(predictions.truth, predictions.model(model).values, weight=amounts)


def prevalence_of(text: str) -> float | None:
    """Return the prevalence that a text says; None where it says none."""
    try:
        return parse_prevalence(text) if text else None
    except InputError:
        return None


@kept(most=64)
def goal_on_desk(
    opened: Evaluation, model: str, text: str, prevalence: float | None, costs: Costs
) -> dict[str, Any]:
    """Return what the explorer is told of a goal."""
    return goal_told(sweep(opened, model), text, costs=costs, prevalence=prevalence)


@kept(most=64)
def average_precision_there(opened: Evaluation, model: str, prevalence: float) -> float:
    """Return the average precision of one model at another prevalence."""
    return sweep_at_prevalence(sweep(opened, model), prevalence).average_precision


@kept(most=16)
def amounts_on_desk(
    opened: Evaluation, model: str, column: str, marks: tuple[float, ...]
) -> dict[str, Any] | None:
    """Return the amounts of the cases called at every row that the explorer has; None where a column has none."""
    priced = _amount_sweep(opened, model, column or None)
    if priced is None:
        return None
    swept = sweep(opened, model)
    points = [float(each["score"]) for each in explorer_table(opened, model)["points"]]
    ends = np.searchsorted(-swept.thresholds.astype(float), [-each for each in marks], side="right") - 1
    exact = swept.thresholds.astype(float)[np.clip(ends, 0, len(swept) - 1)]
    scores = np.unique(np.concatenate((thin(opened, model).score.astype(float), points, exact)))
    scores = scores[np.isfinite(scores)]
    at = priced.at(scores)
    return {
        "column": column,
        "score": scores.tolist(),
        "tp": np.asarray(at.tp, dtype=float).tolist(),
        "fp": np.asarray(at.fp, dtype=float).tolist(),
        "positives": float(priced.positives),
        "negatives": float(priced.negatives),
    }


@kept(most=32)
def cheapest_with_amounts(
    opened: Evaluation, model: str, costs: Costs, review: float, column: str, prevalence: float | None
) -> float:
    """Return the threshold of least cost where each case has its own amount."""
    swept, priced = sweep(opened, model), _amount_sweep(opened, model, column)
    assert priced is not None
    if prevalence is not None:
        there = sweep_at_prevalence(swept, prevalence)
        factors = prevalence_factors(swept, prevalence)
        swept, priced = there, reweighted(priced, *factors)
    return cost_curve(swept, costs, per_flagged=review, amounts=priced).best_threshold


@kept(most=32)
def fewest_reviews(
    opened: Evaluation, model: str, most_wrong: float, prevalence: float | None
) -> tuple[float, float]:
    """Return the two thresholds between which people look at the fewest cases."""
    swept = sweep(opened, model)
    found = least_review(swept if prevalence is None else sweep_at_prevalence(swept, prevalence), most_wrong)
    return found.low, found.high


@kept(most=16)
def decisions_of(opened: Evaluation, model: str) -> DecisionCurve:
    """Return the decision curve of one model whose scores are probabilities."""
    return decision_curve(sweep(opened, model), np.linspace(0.01, 0.99, 99))
