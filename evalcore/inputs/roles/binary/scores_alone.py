"""Scores without a truth, and what is said where not even these are there."""

from __future__ import annotations

from evalcore.errors import InputError
from evalcore.inputs.columns.profile import ColumnProfile, sums_to_one
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import ScorePlan, ScoresLayout
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.roles.binary.unit import kind_of
from evalcore.inputs.roles.figures import FigureColumns
from evalcore.predictions import messages as predictions_messages
from evalcore.wording import say

__all__ = ["settle_scores_alone"]


def settle_scores_alone(
    profiles: dict[str, ColumnProfile], columns: FigureColumns, stated: Stated, findings: Findings
) -> ScoresLayout:
    """Settle scores that have no truth beside them.

    Parameters
    ----------
    profiles : dict of str to ColumnProfile
    columns : FigureColumns
        Without a truth.
    stated : Stated
    findings : Findings

    Returns
    -------
    ScoresLayout

    Raises
    ------
    InputError
        Where there are no scores either; the sentence says what the file seems to be.
    """
    scores = list(columns.scores)
    if not scores and not columns.predictions:
        free = [
            each for each in profiles.values() if each.kind == "number" and each.in_unit and each.distinct > 2
        ]
        if (
            len(free) >= 2
            and len(free) >= len(profiles) - 1
            and sums_to_one(profiles, [each.name for each in free])
        ):
            scores = [each.name for each in free]
            findings.decide("score", scores, messages.SCORES_OF_CLASSES, 0.7)
        elif len(free) == 1 and not free[0].integral:
            scores = [free[0].name]
            findings.decide("score", scores, messages.ONLY_CHANCES, 0.6)
    if not scores:
        raise InputError(_what_it_is(profiles, columns))
    kinds = [kind_of(profiles[name]) for name in scores]
    plans = tuple(ScorePlan(name, name, kind) for name, kind in zip(scores, kinds, strict=True))
    if len(plans) == 2 and sums_to_one(profiles, scores):
        plans = plans[1:]
    findings.warn(messages.SCORES_ONLY)
    positive = stated.roles.positive or messages.FLAGGED
    return ScoresLayout(plans, positive, say(predictions_messages.NOT_CLASS, label=positive))


def _what_it_is(profiles: dict[str, ColumnProfile], columns: FigureColumns) -> str:
    if columns.predictions:
        return say(messages.NO_TRUTH, columns=list(columns.predictions))
    labelled = [
        each.name for each in profiles.values() if each.labelled and each.reading.role not in ("id", "image")
    ]
    if len(labelled) == 1:
        return say(messages.LONE_LABELS, column=labelled[0])
    return say(messages.NOTHING_FOUND, columns=list(profiles))
