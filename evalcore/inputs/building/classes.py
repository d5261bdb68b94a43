"""From a table and settled roles to validated predictions of several classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.building import messages
from evalcore.inputs.building.alignment import View, align
from evalcore.inputs.building.binary import model_name, read_score, read_weights, taken
from evalcore.inputs.building.rows import RowChoice, keep_rows, tell_blank
from evalcore.inputs.columns.profile import as_numbers
from evalcore.inputs.columns.spelling import encode_labels
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import ClassLayout, ClassPlan
from evalcore.predictions.classes import ClassModel, ClassPredictions
from evalcore.predictions.evaluation import FloatArray
from evalcore.wording import say

__all__ = ["build_classes"]

Codes = npt.NDArray[np.intp]


def _one_hot(table: pd.DataFrame, columns: Sequence[str], rows: RowChoice) -> Codes:
    values = np.column_stack([as_numbers(table[name]) for name in columns])
    rows.leave_out(np.any(np.isnan(values), axis=1), say(messages.MISSING_TRUTHS, columns=list(columns)))
    single = (np.nan_to_num(values) == 1).sum(axis=1) == 1
    single &= np.isin(np.nan_to_num(values), (0, 1)).all(axis=1)
    rows.leave_out(~single, say(messages.NOT_ONE_CLASS, columns=list(columns)))
    return np.asarray(np.nan_to_num(values).argmax(axis=1), dtype=np.intp)


def _single(table: pd.DataFrame, column: str, classes: Sequence[str], rows: RowChoice) -> Codes:
    codes = encode_labels(table[column])
    rows.leave_out(codes.codes < 0, say(messages.MISSING_TRUTH, column=column))
    place = {label: i for i, label in enumerate(classes)}
    positions = np.array([*(place.get(label, -1) for label in codes.labels), -1], dtype=np.intp)[codes.codes]
    rows.leave_out(positions < 0, say(messages.NO_CLASS, column=column))
    return positions


def _decided(table: pd.DataFrame, plan: ClassPlan, classes: Sequence[str], rows: RowChoice) -> Codes:
    column = plan.predicted or ""
    codes = encode_labels(table[column])
    mapping = dict(plan.mapping)
    place = {label: i for i, label in enumerate(classes)}
    found = np.array([*(place.get(mapping.get(each, each), -1) for each in codes.labels), -1], dtype=np.intp)
    decided = found[codes.codes]
    rows.leave_out(decided < 0, say(messages.MISSING_LABEL, column=column))
    return decided


def _probabilities(table: pd.DataFrame, plan: ClassPlan, classes: int, rows: RowChoice) -> FloatArray:
    columns = [read_score(table[name]) for name in plan.columns]
    kind = np.float32 if all(each.dtype == np.float32 for each in columns) else np.float64
    values: FloatArray = np.zeros((len(table), classes), dtype=kind)
    for place, column in enumerate(columns):
        rows.leave_out(np.isnan(column), say(messages.MISSING_SCORE, column=plan.columns[place]))
        values[:, place] = column
    given = len(columns)
    if plan.operation == "softmax":
        from scipy.special import softmax  # late: it takes 0.1 s to import

        values[:, :given] = softmax(values[:, :given], axis=1)
    elif plan.operation == "exp":
        values[:, :given] = np.exp(values[:, :given])
    elif plan.operation == "hundredth":
        values[:, :given] /= 100
    elif plan.kind != "probability":
        values[:, given:] = -np.inf
    return values


def _model(
    plan: ClassPlan,
    values: FloatArray | None,
    decided: Codes | None,
    confidence: FloatArray | None,
    view: View,
    *,
    only: bool,
) -> ClassModel:
    name = model_name(plan.name, view, only_plan=only)
    if values is not None:
        mine = values[view.rows]
        return ClassModel(name, mine.argmax(axis=1), mine, plan.kind, plan.columns, note=plan.note)
    assert decided is not None
    sure = None if confidence is None else confidence[view.rows]
    return ClassModel(name, decided[view.rows], None, "hard_label", (plan.predicted or "",), sure, plan.note)


def _merged(models: list[ClassModel], findings: Findings) -> list[ClassModel]:
    """Drop decisions that are the arg max of a model's columns; say where they are not."""
    scored = [each for each in models if each.probabilities is not None]
    kept = []
    for model in models:
        if model.probabilities is None and scored:
            same = [each for each in scored if np.array_equal(each.labels, model.labels)]
            if same:
                continue
            nearest = min(scored, key=lambda each: int((each.labels != model.labels).sum()))
            differing = int((nearest.labels != model.labels).sum())
            findings.warn(
                say(messages.NOT_ARG_MAX, column=model.columns[0], score=nearest.name, count=differing)
            )
        kept.append(model)
    return kept


def _distinct_names(models: list[ClassModel]) -> tuple[ClassModel, ...]:
    seen: dict[str, int] = {}
    renamed = []
    for model in models:
        seen[model.name] = seen.get(model.name, 0) + 1
        again = seen[model.name]
        renamed.append(model if again == 1 else replace(model, name=f"{model.name} {again}"))
    return tuple(renamed)


def build_classes(table: pd.DataFrame, layout: ClassLayout, findings: Findings) -> ClassPredictions:
    """Build and validate predictions of several classes.

    Parameters
    ----------
    table : DataFrame
    layout : ClassLayout
    findings : Findings
        Gets a warning where the file's decisions are not the arg max of its probabilities.

    Returns
    -------
    ClassPredictions

    Raises
    ------
    InputError
        Where no row is left.

    Examples
    --------
    >>> table = pd.DataFrame({"y": ["a", "b", "c"], "said": ["a", "c", "c"]})
    >>> plan = ClassPlan("said", predicted="said")
    >>> built = build_classes(table, ClassLayout(("y",), ("a", "b", "c"), (plan,)), Findings())
    >>> built.truth.tolist(), built.models[0].labels.tolist()
    ([0, 1, 2], [0, 2, 2])
    """
    rows = RowChoice(len(table))
    keep_rows(table, layout.rows.keep, rows)
    if len(layout.truths) > 1:
        truth = _one_hot(table, layout.truths, rows)
    else:
        truth = _single(table, layout.truths[0], layout.classes, rows)
    values = [
        _probabilities(table, each, len(layout.classes), rows) if each.columns else None
        for each in layout.models
    ]
    decided = [
        _decided(table, each, layout.classes, rows) if each.predicted else None for each in layout.models
    ]
    sure = [read_score(table[each.confidence]) if each.confidence else None for each in layout.models]
    weights = read_weights(table, layout.rows.weight, rows)
    rows.require_some()
    views = align(table, layout.rows.long, rows)
    rows.require_some()
    models: list[ClassModel] = []
    for view in views:
        only = sum(each.predicted is None for each in layout.models) + (values[0] is None) <= 1
        mine = [
            _model(*each, view, only=only) for each in zip(layout.models, values, decided, sure, strict=True)
        ]
        models.extend(_merged(mine, findings))
    first = views[0].rows
    if len(models) == 1 and models[0].probabilities is None and weights is None:
        right = int((models[0].labels == taken(truth, first)).sum())
        tell_blank(rows, models[0].columns[0], right, findings)
    return ClassPredictions(
        taken(truth, first), layout.classes, _distinct_names(models), table, first,
        None if weights is None else taken(weights, first), tuple(rows.omitted),
    )  # fmt: skip
