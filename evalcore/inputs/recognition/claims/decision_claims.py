"""Decisions: by name, as cuts of the scores, as columns of the truth's classes."""

from __future__ import annotations

from collections.abc import Sequence

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.recognition.row_agreement import RowAgreement, known_labels, same_classes

__all__ = ["alike_decisions", "cut_decisions", "named_decisions", "repeats"]

_LOOKED_AT = 300
"""Of thousands of columns no more are searched for decisions that no name tells."""
_MOST_CLASSES = 1100
_LEAST_BOND = 0.25
"""A column of the same classes must go with the truth so much to be a model's."""


def named_decisions(
    profiles: Sequence[ColumnProfile], scores: Sequence[ColumnProfile]
) -> list[ColumnProfile]:
    """Columns that are called predictions, and so-called scores that hold two values only."""
    used = {each.name for each in scores}
    free = [each for each in profiles if each.labelled and each.name not in used]
    called = [each for each in free if each.reading.role == "prediction"]
    decided = [
        each for each in called if each.distinct > 1
    ] or called  # `rawPrediction.type` beside `prediction`
    two_valued = [
        each for each in free
        if each.reading.role == "score" and (each.distinct == 2 or (each.distinct == 1 and not decided))
    ]  # fmt: skip
    best = max((each.reading.strength for each in decided), default=0.0)
    return [each for each in decided if each.reading.strength >= best - 0.3] + two_valued


def _of_classes(profile: ColumnProfile) -> bool:
    """Whether a column can hold classes, be they hundreds of numbers."""
    whole = profile.kind == "number" and profile.integral and not profile.unique
    return profile.distinct > 1 and (profile.labelled or (whole and profile.distinct <= _MOST_CLASSES))


def alike_decisions(
    truth: ColumnProfile, rest: Sequence[ColumnProfile], rows: RowAgreement, *, scored: bool
) -> list[ColumnProfile]:
    """Columns of the truth's classes that no name calls a prediction.

    Texts need only hold the same classes. Numbers do so by chance: they are taken where nothing else is left
    (two readers of every case), or where there are many classes and they agree.
    """
    alike = [
        each
        for each in rest
        if _of_classes(each) and each.kind == truth.kind and each.reading.role in ("", "prediction")
        and same_classes(truth, each)
    ]  # fmt: skip
    others = [
        each
        for each in rest
        if each not in alike and (each.labelled or each.continuous or each.kind == "list")
    ]
    if truth.kind != "text" and len(known_labels(truth)) < 5 and (others or truth.reading.strength < 0.8):
        return []
    if truth.kind != "text" and (others or scored):
        alike = [each for each in alike if rows.repeats(truth, each) > _LEAST_BOND]
    ranked = sorted(alike, key=lambda each: rows.bond(truth, each), reverse=True)
    readers = truth.kind != "text" and not others
    taken = alike if readers else ranked[:1]
    if not readers and truth.reading.role == "truth":  # models or readers, each in a column of its own
        taken += [each for each in ranked[1:] if _agrees(truth, each, rows.bond(truth, ranked[0]), rows)]
        taken.sort(key=lambda each: each.position)
    return taken


def _agrees(truth: ColumnProfile, other: ColumnProfile, best: float, rows: RowAgreement) -> bool:
    """Whether a column of the truth's classes goes with it about as well as the best one does."""
    inside = set(other.codes.labels) <= set(truth.codes.labels)
    return inside and rows.bond(truth, other) >= max(_LEAST_BOND, 0.4 * best)


def cut_decisions(
    rest: Sequence[ColumnProfile],
    scores: Sequence[ColumnProfile],
    truth: ColumnProfile,
    rows: RowAgreement,
) -> list[ColumnProfile]:
    """Columns without a name for it that are the scores cut by a threshold: decisions."""
    return [
        each
        for each in rest[:_LOOKED_AT]
        if each not in scores and each.labelled and each.distinct > 1 and each.reading.role in ("", "truth")
        and rows.follows(each, scores) and _of_one_kind(truth, each)
    ]  # fmt: skip


def repeats(prediction: ColumnProfile, truth: ColumnProfile) -> bool:
    """Whether numbers that are called predictions are the truth's very classes, such as 0.5 and 1."""
    return prediction.distinct <= len(truth.codes.labels) and set(prediction.codes.labels) <= set(
        truth.codes.labels
    )


def _of_one_kind(truth: ColumnProfile, cut: ColumnProfile) -> bool:
    """Whether a cut of the score can be decisions about the truth: its classes, or a flag for two classes."""
    flag = cut.kind == "boolean" and cut.distinct == 2 == len(known_labels(truth))
    return flag or same_classes(truth, cut)
