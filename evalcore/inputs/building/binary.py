"""From a table and settled roles to validated binary predictions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.building import messages
from evalcore.inputs.building.alignment import View, align
from evalcore.inputs.building.file_rule import find_rule
from evalcore.inputs.building.rows import RowChoice, keep_rows, tell_blank
from evalcore.inputs.columns.profile import as_numbers
from evalcore.inputs.columns.spelling import LabelCodes, encode_labels
from evalcore.inputs.plan import messages as plan_messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import BinaryLayout, ScorePlan, ScoresLayout
from evalcore.predictions.binary import BinaryPredictions, ModelScores
from evalcore.predictions.evaluation import FloatArray
from evalcore.predictions.score_unit import DefaultThreshold, default_threshold, opposite
from evalcore.predictions.scores import ScorePredictions
from evalcore.wording import say

__all__ = ["build_binary", "build_scores", "model_name", "read_score", "read_weights", "taken"]

Bools = npt.NDArray[np.bool_]
_FEW_ROWS, _LOOK = 20, 2000


def read_score(column: pd.Series, *, keep_float32: bool = True) -> FloatArray:
    """Return a column as floats, nan where missing; float32 stays what it is.

    Raises
    ------
    InputError
        Where a cell holds a text that is no number.

    Examples
    --------
    >>> read_score(pd.Series([1, 2])).dtype
    dtype('float64')
    """
    if keep_float32 and column.dtype == np.float32:
        return column.to_numpy()
    numbers = as_numbers(column)
    if not pd.api.types.is_numeric_dtype(column.dtype):
        wrong = np.flatnonzero(np.isnan(numbers) & column.notna().to_numpy())
        if wrong.size:
            row = int(wrong[0])
            value = str(column.iloc[row])
            raise InputError(say(messages.NOT_NUMBERS, column=str(column.name), value=value, row=row + 1))
    return numbers


def read_weights(table: pd.DataFrame, column: str | None, rows: RowChoice) -> FloatArray | None:
    """Return the weights of all rows, leaving out rows that have none.

    Raises
    ------
    InputError
        For a negative weight.

    Examples
    --------
    >>> read_weights(pd.DataFrame({"w": [1.0, 2.0]}), "w", RowChoice(2)).tolist()
    [1.0, 2.0]
    """
    if column is None:
        return None
    weights = read_score(table[column], keep_float32=False)
    negative = np.flatnonzero(weights < 0)
    if negative.size:
        row = int(negative[0])
        raise InputError(say(messages.NEGATIVE_WEIGHT, column=column, value=float(weights[row]), row=row + 1))
    rows.leave_out(~np.isfinite(weights), say(messages.MISSING_WEIGHT, column=column))
    return weights


def _called(codes: LabelCodes, labels: tuple[str, ...]) -> Bools:
    wanted = np.zeros(len(codes.labels) + 1, dtype=bool)  # the last place is that of missing cells
    wanted[[place for place in map(codes.position, labels) if place >= 0]] = True
    return wanted.take(codes.codes, mode="wrap")


def _values(table: pd.DataFrame, plan: ScorePlan, rows: RowChoice) -> FloatArray:
    """One model's scores on all rows, rows without one left out."""
    if plan.operation == "label":
        codes = encode_labels(table[plan.column])
        rows.leave_out(codes.codes < 0, say(messages.MISSING_LABEL, column=plan.column))
        return _called(codes, plan.labels).astype(np.float64)
    values = read_score(table[plan.column])
    rows.leave_out(np.isnan(values), say(messages.MISSING_SCORE, column=plan.column))
    if plan.operation == "opposite":
        return opposite(values, plan.kind)
    if plan.operation == "confidence":
        codes = encode_labels(table[plan.partner or ""])
        rows.leave_out(codes.codes < 0, say(messages.MISSING_LABEL, column=plan.partner))
        return np.where(_called(codes, plan.labels), values, opposite(values, plan.kind))
    if plan.operation == "softmax":
        other = read_score(table[plan.partner or ""])
        rows.leave_out(np.isnan(other), say(messages.MISSING_SCORE, column=plan.partner))
        return np.asarray(0.5 * (1.0 + np.tanh(0.5 * (values - other))))
    return values


def _truth(codes: LabelCodes, layout: BinaryLayout, rows: RowChoice) -> Bools:
    rows.leave_out(codes.codes < 0, say(messages.MISSING_TRUTH, column=layout.truth))
    places = (codes.position(layout.positive), codes.position(layout.negative))
    for i, label in enumerate(codes.labels):
        if i not in places:
            reason = say(messages.NEITHER_CLASS, column=layout.truth, label=label)
            rows.leave_out(codes.codes == i, reason)
    return np.asarray(codes.codes == places[0])


def _model(plan: ScorePlan, name: str, values: FloatArray, truth: npt.NDArray[np.uint8]) -> ModelScores:
    start = _between_two(values, default_threshold(plan.kind, values, truth))
    return ModelScores(name, values, plan.kind, start.value, start.reason, plan.columns, plan.note)


def _between_two(values: FloatArray, start: DefaultThreshold) -> DefaultThreshold:
    """Start between the values of a score that has but two, where the usual threshold has both on one side."""
    if not values.size:
        return start
    low, high = float(values.min()), float(values.max())
    one_side = low < high and not low < start.value <= high and np.isfinite(high - low)
    if not one_side or not np.isin(values, (low, high)).all():
        return start
    return DefaultThreshold((low + high) / 2, messages.BETWEEN_TWO)


def _told_infinite(plan: ScorePlan, values: FloatArray, findings: Findings) -> None:
    """Say in which rows a probability is infinite: it ranks above or below all others."""
    if plan.kind in ("probability", "percent") and (rows := np.flatnonzero(np.isinf(values))).size:
        first = ", ".join(str(row + 1) for row in rows[:5].tolist())
        findings.warn(say(messages.INFINITE, column=plan.column, count=int(rows.size), row=first))


def model_name(plan_name: str, view: View, *, only_plan: bool) -> str:
    """Name a model: the column's name, the label of the rows, or both.

    Examples
    --------
    >>> model_name("prob", View("resnet", np.arange(2)), only_plan=True)
    'resnet'
    """
    if not view.name:
        return plan_name
    return view.name if only_plan else f"{plan_name} ({view.name})"


def taken(values: npt.NDArray[Any], rows: npt.NDArray[np.intp]) -> npt.NDArray[Any]:
    """Return the values of the rows, without a copy where these are all rows in order.

    Examples
    --------
    >>> taken(np.array([0.5, 0.25]), np.array([1])).tolist()
    [0.25]
    """
    everything = rows.size == values.size and (rows.size == 0 or bool((np.diff(rows) == 1).all()))
    return values if everything else values[rows]


def build_binary(
    table: pd.DataFrame, layout: BinaryLayout, findings: Findings, *, truth_codes: LabelCodes | None = None
) -> BinaryPredictions:
    """Build and validate binary predictions.

    Parameters
    ----------
    table : DataFrame
    layout : BinaryLayout
        How they are made.
    findings : Findings
        Gets a warning where the file's predictions follow no threshold.
    truth_codes : LabelCodes, optional
        The truth column's labels, where they are known already.

    Returns
    -------
    BinaryPredictions

    Raises
    ------
    InputError
        Where no row is left, a weight is negative, or a score is a text.

    Examples
    --------
    >>> table = pd.DataFrame({"y": [0, 1, None], "p": [0.2, 0.9, 0.5]})
    >>> plan = ScorePlan("p", "p", "probability")
    >>> built = build_binary(table, BinaryLayout("y", "1", "0", (plan,)), Findings())
    >>> built.truth.tolist(), built.omitted[0].rows
    ([0, 1], (3,))
    """
    rows = RowChoice(len(table))
    keep_rows(table, layout.rows.keep, rows)
    positive = _truth(truth_codes or encode_labels(table[layout.truth]), layout, rows)
    scores = [_values(table, plan, rows) for plan in layout.scores]
    for plan, values in zip(layout.scores, scores, strict=True):
        _told_infinite(plan, values, findings)
    weights = read_weights(table, layout.rows.weight, rows)
    rows.require_some()
    views = align(table, layout.rows.long, rows)
    rows.require_some()
    truth = taken(positive, views[0].rows).astype(np.uint8)
    models: list[ModelScores] = []
    for view in views:
        mine = [
            _model(
                plan,
                model_name(plan.name, view, only_plan=len(layout.scores) == 1),
                taken(values, view.rows),
                truth,
            )
            for plan, values in zip(layout.scores, scores, strict=True)
        ]
        for predicted in layout.predicted:
            mine = _with_rule(table, predicted, view, truth, mine, findings)
        models.extend(mine)
    kept_weights = None if weights is None else taken(weights, views[0].rows)
    if kept_weights is not None and not kept_weights.sum() > 0:
        raise InputError(say(messages.NO_WEIGHT_LEFT, column=layout.rows.weight))
    if len(models) == 1 and layout.scores[0].operation == "label" and weights is None:
        tell_blank(
            rows, layout.scores[0].column, int(((models[0].values > 0) == (truth == 1)).sum()), findings
        )
    for each in models:
        if _without_an_error(truth, each.values):
            findings.warn(say(plan_messages.NO_ERROR, column=layout.truth, score=each.name))
    return BinaryPredictions(
        truth,
        tuple(models),
        layout.positive,
        layout.negative,
        table,
        views[0].rows,
        kept_weights,
        tuple(rows.omitted),
    )


def _without_an_error(truth: npt.NDArray[np.uint8], values: FloatArray) -> bool:
    """Whether every positive scores above every negative, in more rows than that happens in by chance."""
    if len(truth) < _FEW_ROWS or truth.all() or not truth.any():
        return False
    for some in (slice(_LOOK), slice(None)):  # the first rows mostly tell
        positive = truth[some] == 1
        if positive.all() or not positive.any():
            continue
        if values[some][positive].min() <= values[some][~positive].max():
            return False
    return True


def _with_rule(
    table: pd.DataFrame, predicted: ScorePlan, view: View, truth: npt.NDArray[np.uint8],
    models: list[ModelScores], findings: Findings,
) -> list[ModelScores]:  # fmt: skip
    """Give the models that the predictions follow their threshold; else show the predictions as a model."""
    codes = encode_labels(table[predicted.column].iloc[view.rows])
    called, known = _called(codes, predicted.labels), codes.codes >= 0
    scored = [i for i, each in enumerate(models) if each.kind != "hard_label"]
    if not known.any() or not scored:
        return models
    found = {
        i: find_rule(models[i].values[known], called[known], usual=models[i].default_threshold)
        for i in scored
    }
    rules = {i: rule for i, rule in found.items() if rule is not None}
    if not rules:
        return models
    exact = {i: rule.threshold for i, rule in rules.items() if rule.exact}
    if exact:  # the first column that a score decided has its rule: a later one is the score cut once more
        return [
            _ruled(each, exact[i], predicted.column) if i in exact and not _has_rule(each) else each
            for i, each in enumerate(models)
        ]
    best = min(rules, key=lambda i: rules[i].differing)
    text = say(
        messages.RULE_NOT_FOUND, score=models[best].name, column=predicted.column, count=rules[best].differing
    )
    findings.warn(text)
    if not known.all():
        return models
    name = model_name(predicted.name, view, only_plan=False)
    return [*models, _model(predicted, name, called.astype(np.float64), truth)]


def _has_rule(model: ModelScores) -> bool:
    return model.default_reason.startswith(plan_messages.FILE_RULE.partition('"')[0])


def _ruled(model: ModelScores, threshold: float, column: str) -> ModelScores:
    reason = say(plan_messages.FILE_RULE, column=column, threshold=f"{threshold:g}")
    return replace(model, default_threshold=threshold, default_reason=reason)


def build_scores(table: pd.DataFrame, layout: ScoresLayout) -> ScorePredictions:
    """Build predictions that have no truth.

    Examples
    --------
    >>> layout = ScoresLayout((ScorePlan("p", "p", "probability"),), "1", "0")
    >>> build_scores(pd.DataFrame({"p": [0.25, None]}), layout).models[0].values.tolist()
    [0.25]
    """
    rows = RowChoice(len(table))
    scores = [_values(table, plan, rows) for plan in layout.scores]
    rows.require_some()
    nobody = np.empty(0, dtype=np.uint8)
    models = tuple(
        _model(plan, plan.name, taken(values, rows.positions), nobody)
        for plan, values in zip(layout.scores, scores, strict=True)
    )
    return ScorePredictions(
        models, layout.positive, layout.negative, table, rows.positions, tuple(rows.omitted)
    )
