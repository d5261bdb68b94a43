"""Classes whose truth is one-hot: a 0/1 column for each, exactly one of them 1 in each row."""

from __future__ import annotations

from collections.abc import Mapping

from evalcore.errors import InputError
from evalcore.inputs import messages
from evalcore.inputs.class_roles import plan_of_columns
from evalcore.inputs.column_profile import ColumnProfile
from evalcore.inputs.findings import Findings
from evalcore.inputs.layouts import ClassLayout, Rows
from evalcore.inputs.targets import Target

__all__ = ["settle_one_hot"]


def settle_one_hot(
    profiles: Mapping[str, ColumnProfile], targets: tuple[Target, ...], rows: Rows, findings: Findings
) -> ClassLayout:
    """Settle classes from pairs of a one-hot truth column and a score or decision.

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
    return ClassLayout(truths, classes, (plan_of_columns(profiles, "", columns),), rows)
