"""Several classes: which column speaks for which class, and how decisions are coded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.inputs.columns.class_names import ClassColumns, class_columns, numbered_columns, unseen_classes
from evalcore.inputs.columns.codings import match_codings
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, sample_positions, sums_to_one
from evalcore.inputs.columns.words import CERTAINTY, PROBABILITY
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import ClassLayout, ClassPlan, Rows
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.recognition.claims.families import named_in
from evalcore.inputs.roles.figures import FigureColumns
from evalcore.inputs.roles.several.class_order import find_class_order
from evalcore.wording import NONE, say

__all__ = ["plan_of_columns", "settle_classes"]

Profiles = Mapping[str, ColumnProfile]
_SUM_SLACK = 0.02


@dataclass(frozen=True)
class _Decisions:
    """A column of decisions with its labels read as classes."""

    column: str
    mapping: dict[str, str]


def _numbers(profiles: Profiles, columns: Sequence[str]) -> npt.NDArray[np.float64]:
    positions = sample_positions(len(profiles[columns[0]].column))
    return np.column_stack([as_numbers(profiles[name].column.iloc[positions]) for name in columns])


def plan_of_columns(profiles: Profiles, name: str, columns: tuple[str, ...]) -> ClassPlan:
    """Tell the unit of one model's columns, one for each class, and what makes probabilities of them."""
    name = _model_name(name, columns)
    values = _numbers(profiles, columns)
    values = values[~np.isnan(values).any(axis=1)]
    words = set(profiles[columns[0]].reading.words)
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    if low >= -1e-6 and high <= 1 + 1e-6:
        return ClassPlan(name, columns, "probability")
    if high <= 1e-6 and values.size and (np.abs(np.exp(values).sum(axis=1) - 1) < _SUM_SLACK).mean() > 0.9:
        return ClassPlan(name, columns, "probability", "exp", note=messages.EXP)
    if low >= 0 and high <= 100 + 1e-6 and (np.abs(values.sum(axis=1) - 100) < 2).mean() > 0.9:
        return ClassPlan(name, columns, "probability", "hundredth", note=messages.HUNDREDTH)
    if words & {"logit", "logits"} or not words & {"decision", "margin", "distance"}:
        return ClassPlan(name, columns, "probability", "softmax", note=messages.SOFTMAX)
    return ClassPlan(name, columns, "decision")


def _without_raw(profiles: Profiles, plans: list[ClassPlan]) -> list[ClassPlan]:
    """Leave out raw scores whose highest is always that of probabilities beside them: one model, twice."""
    highest = [_numbers(profiles, each.columns).argmax(axis=1) for each in plans]
    ready = [top for top, each in zip(highest, plans, strict=True) if each.operation == "as_is"]
    return [
        each
        for top, each in zip(highest, plans, strict=True)
        if each.operation == "as_is" or not any(np.array_equal(top, other) for other in ready)
    ]


def _model_name(rest: str, columns: tuple[str, ...]) -> str:
    """Name a model: what its columns have beside the class, else what they begin with."""
    if rest:
        return rest
    first = columns[0]
    length = next((i for i, letters in enumerate(zip(*columns, strict=False)) if len(set(letters)) > 1), 0)
    start = first[:length].rstrip("_-. :[(")
    while start and start[-1].isdigit():
        start = start[:-1].rstrip("_-. ")
    return start or messages.PROBABILITIES


def _decisions(
    profiles: Profiles,
    truth: ColumnProfile | None,
    columns: FigureColumns,
    classes: Sequence[str],
    findings: Findings,
) -> tuple[list[_Decisions], tuple[str, ...]]:
    """Read the columns of decisions as classes; a label without a class becomes a class of its own."""
    found, extended = [], list(classes)
    for name in columns.predictions:
        coding = match_codings(truth.codes if truth else None, classes, profiles[name].codes)
        if coding is None:
            continue
        if coding.how == "agreement":
            meanings = ", ".join(f"{key} = {value}" for key, value in list(coding.mapping.items())[:6])
            findings.ask(
                "predicted_label",
                say(messages.ASK_MEANINGS, column=name, meanings=meanings),
                [name, NONE],
            )
        if coding.strangers:
            strangers = list(coding.strangers)
            findings.warn(say(messages.ONLY_PREDICTED, column=name, labels=strangers))
            extended += [each for each in strangers if each not in extended]
        found.append(_Decisions(name, dict(coding.mapping)))
    return found, tuple(extended)


def settle_classes(
    profiles: Profiles, columns: FigureColumns, rows: Rows, stated: Stated, findings: Findings
) -> ClassLayout:
    """Settle how predictions of several classes are made.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    columns : FigureColumns
        With a truth.
    rows : Rows
    stated : Stated
    findings : Findings

    Returns
    -------
    ClassLayout

    Raises
    ------
    InputError
        Where no column of decisions and no set of columns, one for each class, is found.
    """
    truth = profiles[columns.truth or ""]
    labels = truth.codes.labels
    decisions, classes = _decisions(profiles, truth, columns, labels, findings)
    groups = _groups(profiles, truth, columns, classes, decisions, stated, findings)
    if groups:
        classes = groups[0].classes
    plans = _without_raw(profiles, [plan_of_columns(profiles, each.rest, each.columns) for each in groups])
    confidence = _confidence(profiles, columns, groups)
    models = _attach(plans, decisions, confidence)
    if not models:
        raise InputError(say(messages.NO_CLASS_SCORES, column=truth.name, count=len(labels)))
    return ClassLayout((truth.name,), classes, tuple(models), rows)


@dataclass(frozen=True)
class _Group:
    """One model's columns in the order of `classes`."""

    rest: str
    columns: tuple[str, ...]
    classes: tuple[str, ...]


def _groups(
    profiles: Profiles, truth: ColumnProfile, columns: FigureColumns, classes: tuple[str, ...],
    decisions: list[_Decisions], stated: Stated, findings: Findings,
) -> list[_Group]:  # fmt: skip
    told = {each.column: each.value for each in stated.scores if each.value is not None}
    if told and set(truth.codes.labels) <= set(told.values()):
        return [_Group("", tuple(told), tuple(told.values()))]
    numeric = [name for name in columns.scores if profiles[name].kind in ("number", "boolean")]
    named = class_columns(numeric, list(truth.codes.labels))
    if named:
        return _in_one_order(
            [_named_group(profiles, each, numeric, truth.codes.labels, classes) for each in named]
        )
    numbered = numbered_columns(numeric, len(truth.codes.labels))
    if numbered is None:
        partial = _partial_group(profiles, numeric, truth, findings)
        return [partial] if partial else []
    extra = len(numbered) - len(truth.codes.labels)
    if extra:
        classes = tuple(str(i) for i in range(len(numbered)))
        if not set(truth.codes.labels) <= set(classes):
            return []
        return [_Group("", numbered, classes)]
    first = decisions[0] if decisions else None
    order = find_class_order(
        _numbers(profiles, numbered), truth.codes,
        profiles[first.column].codes if first else None, first.mapping if first else {},
    )  # fmt: skip
    pairs = ", ".join(f"{column} = {label}" for column, label in zip(numbered, order.classes, strict=True))
    reason = say(messages.CLASS_ORDER, pairs=pairs, how=order.how)
    findings.decide("class", list(numbered), reason, order.confidence)
    if order.confidence < 0.7:
        options = [
            ",".join(f"{c}={k}" for c, k in zip(numbered, each, strict=True)) for each in order.candidates
        ]
        findings.ask("scores", say(messages.ASK_CLASS_ORDER, pairs=pairs, how=order.how), options)
    return [_Group("", numbered, order.classes)]


def _in_one_order(groups: list[_Group]) -> list[_Group]:
    """All models' columns in the order of the first one's classes, whatever their order in the file."""
    order = groups[0].classes
    same = []
    for each in groups:
        columns = dict(zip(each.classes, each.columns, strict=False))
        if each.classes == order or not set(order[: len(groups[0].columns)]) <= set(columns):
            same.append(each)
        else:
            kept = order[: len(groups[0].columns)]
            same.append(_Group(each.rest, tuple(columns[label] for label in kept), order))
    return same


def _partial_group(
    profiles: Profiles, numeric: Sequence[str], truth: ColumnProfile, findings: Findings
) -> _Group | None:
    """Columns for all classes but some that the training never had: those are never called."""
    labels = truth.codes.labels
    found = named_in(numeric, labels)
    if len(found) < 2 or not sums_to_one(dict(profiles), tuple(found.values())):
        return None
    missing = tuple(label for label in labels if label not in found)
    findings.warn(say(messages.CLASS_WITHOUT_COLUMN, column=truth.name, labels=list(missing)))
    ordered = sorted(found, key=lambda label: profiles[found[label]].position)
    return _Group("", tuple(found[label] for label in ordered), (*ordered, *missing))


def _named_group(
    profiles: Profiles,
    found: ClassColumns,
    numeric: Sequence[str],
    labels: Sequence[str],
    classes: Sequence[str],
) -> _Group:
    """Put the classes into the order of the columns, or of their numbers; add classes that never occur."""
    columns = dict(zip(labels, found.columns, strict=True))
    if not sums_to_one(dict(profiles), found.columns):
        unseen = unseen_classes(numeric, found.columns, labels)
        if unseen and sums_to_one(dict(profiles), [*found.columns, *unseen.values()]):
            columns |= unseen
    numbered = all(label.lstrip("-").isdigit() for label in columns)
    ordered = sorted(columns, key=lambda label: int(label) if numbered else profiles[columns[label]].position)
    extra = tuple(each for each in classes if each not in columns)
    return _Group(found.model, tuple(columns[label] for label in ordered), (*ordered, *extra))


def _confidence(profiles: Profiles, columns: FigureColumns, groups: list[_Group]) -> str | None:
    used = {name for each in groups for name in each.columns}
    for name in columns.scores:
        words = set(profiles[name].reading.words)
        if name not in used and profiles[name].in_unit and words & (CERTAINTY | PROBABILITY):
            return name
    return None


def _attach(plans: list[ClassPlan], decisions: list[_Decisions], confidence: str | None) -> list[ClassPlan]:
    """Give a lone model its decisions; more decisions than that are models of their own.

    Whether the decisions are the arg max is seen when they are built.
    """
    mapped = [
        ClassPlan(
            each.column, predicted=each.column, mapping=tuple(each.mapping.items()), confidence=confidence
        )
        for each in decisions
    ]
    return [*plans, *mapped]
