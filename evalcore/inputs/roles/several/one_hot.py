"""Classes whose truth is one-hot: a 0/1 column for each, exactly one of them 1 in each row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evalcore.errors import InputError
from evalcore.inputs.columns.class_names import class_columns
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, sample_positions
from evalcore.inputs.columns.spelling import match_labels
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import ClassLayout, ClassPlan, LabelScores, Rows
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.roles.several.classes import plan_of_columns
from evalcore.inputs.roles.several.pairs import Target
from evalcore.wording import say

__all__ = ["OneHot", "find_one_hot", "settle_found_one_hot", "settle_one_hot"]

_WIDEST = 1100
_FEW = 0.02


def settle_one_hot(
    profiles: Mapping[str, ColumnProfile],
    targets: tuple[Target, ...],
    rows: Rows,
    findings: Findings,
    models: tuple[LabelScores, ...] = (),
) -> ClassLayout:
    """Settle classes from pairs of a one-hot truth column and a score or decision.

    With `models`, several models have a score for each.

    Raises
    ------
    InputError
        Where not every class has a score or decision.
    """
    columns = tuple(each.score or each.predicted or "" for each in targets)
    if not all(columns):
        raise InputError(messages.NO_PAIR)
    truths = tuple(each.truth for each in targets)
    findings.decide("truth", truths, messages.ONE_HOT, 0.9)
    findings.decide("score", columns, messages.SCORES_OF_CLASSES, 0.9)
    classes = tuple(each.name for each in targets)
    named = models or (LabelScores("", columns),)
    plans = tuple(plan_of_columns(profiles, each.name, each.columns) for each in named)
    return ClassLayout(truths, classes, plans, rows)


@dataclass(frozen=True)
class OneHot:
    """A truth of one 0/1 column for each class, and what was predicted.

    Parameters
    ----------
    truths : tuple of str
    classes : tuple of str
    models : tuple of ClassPlan
    """

    truths: tuple[str, ...]
    classes: tuple[str, ...]
    models: tuple[ClassPlan, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of what was predicted."""
        return tuple(
            name
            for each in self.models
            for name in (*each.columns, *([each.predicted] if each.predicted else []))
        )


def find_one_hot(profiles: Mapping[str, ColumnProfile], stated: Stated) -> OneHot | None:
    """Find neighbouring 0/1 columns of which each row has exactly one, and predictions of what they are called.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    stated : Stated

    Returns
    -------
    OneHot or None
        None where nothing was predicted for such classes.
    """
    block = list(stated.truths) if len(stated.truths) > 2 else [] if stated.truths else _block(profiles)
    if len(block) < 3:
        return None
    classes = _classes(block)
    rest = [each for each in profiles.values() if each.name not in block]
    scores = class_columns(
        [each.name for each in rest if each.kind == "number" and each.distinct > 2], classes
    )
    plans = [plan_of_columns(profiles, each.model, each.columns) for each in scores]
    for each in rest:
        mapping = _meaning(each, classes)
        if mapping is not None:
            plans.append(ClassPlan(each.name, predicted=each.name, mapping=tuple(mapping.items())))
    return OneHot(tuple(block), classes, tuple(plans)) if plans else None


def _flag(profile: ColumnProfile) -> bool:
    if profile.kind == "boolean":
        return True
    if profile.kind != "number" or profile.distinct > 2:
        return False
    return set(np.unique(profile.numbers).tolist()) <= {0.0, 1.0}


def _block(profiles: Mapping[str, ColumnProfile]) -> list[str]:
    """The longest run of neighbouring 0/1 columns of which each row has exactly one."""
    runs: list[list[ColumnProfile]] = [[]]
    for each in profiles.values():
        if _flag(each) and not each.missing:
            runs[-1].append(each)
        elif runs[-1]:
            runs.append([])
    best: list[str] = []
    for run in runs:
        values = [as_numbers(each.column.iloc[sample_positions(len(each.column))]) for each in run[:_WIDEST]]
        for start in range(len(values) - 2):
            total = np.zeros_like(values[start])
            for stop in range(start, len(values)):
                total = total + values[stop]
                if (total > 1).mean() > _FEW:
                    break
                if stop - start > 1 and stop - start >= len(best) and (total == 1).mean() >= 1 - _FEW:
                    best = [each.name for each in run[start : stop + 1]]
    return best or _named_block(profiles)


def _named_block(profiles: Mapping[str, ColumnProfile]) -> list[str]:
    """0/1 columns, wherever they stand, that are called after the labels of a prediction: one of them in each row."""
    flags = [each for each in profiles.values() if _flag(each) and not each.missing]
    for each in profiles.values():
        if each.reading.role != "prediction" or not each.labelled or not 2 < each.distinct <= len(flags):
            continue
        match = match_labels([flag.name for flag in flags], each.codes.labels)
        names = set(match.mapping.values())
        block = [flag for flag in flags if flag.name in names]
        if match.strangers or len(block) < 3:
            continue
        positions = sample_positions(len(each.column))
        total = np.sum([as_numbers(flag.column.iloc[positions]) for flag in block], axis=0)
        if (total == 1).mean() >= 1 - _FEW:
            return [flag.name for flag in block]
    return []


def _classes(names: Sequence[str]) -> tuple[str, ...]:
    """The columns' names without what all of them begin or end with."""
    parts = [re.split(r"(?<=[_.\s-])", name) for name in names]
    while all(len(each) > 1 for each in parts) and len({each[0] for each in parts}) == 1:
        parts = [each[1:] for each in parts]
    return tuple("".join(each) for each in parts)


def _meaning(profile: ColumnProfile, classes: Sequence[str]) -> dict[str, str] | None:
    """How a column of decisions names the classes: by their names, or by their numbers from 0."""
    if profile.reading.role not in ("prediction", "") or not profile.labelled or profile.distinct < 2:
        return None
    labels = profile.codes.labels
    match = match_labels(classes, labels)
    if match.how in ("same", "spelling") and not match.strangers:
        return dict(match.mapping)
    numbers = {str(i): each for i, each in enumerate(classes)}
    if profile.reading.role == "prediction" and len(labels) > 2 and set(labels) <= set(numbers):
        return {label: numbers[label] for label in labels}
    return None


def settle_found_one_hot(found: OneHot, rows: Rows, findings: Findings) -> ClassLayout:
    """Settle classes whose one-hot truth was found by its content."""
    findings.decide("truth", found.truths, messages.ONE_HOT, 0.85)
    scores = [name for each in found.models for name in each.columns]
    if scores:
        findings.decide("score", scores, messages.SCORES_OF_CLASSES, 0.85)
    for each in found.models:
        if each.predicted:
            reason = say(messages.HARD_LABEL_OTHER_OF_TWO, column=each.predicted)
            findings.decide("predicted label", [each.predicted], reason, 0.85)
    return ClassLayout(found.truths, found.classes, found.models, rows)
