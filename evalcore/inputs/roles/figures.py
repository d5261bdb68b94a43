"""The columns that figures are made of: truth, scores and predictions of one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalcore.errors import InputError
from evalcore.inputs.columns.decided import follows_from, without_verdicts
from evalcore.inputs.columns.profile import ColumnProfile, sums_to_one
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.roles.families import class_family
from evalcore.inputs.roles.scores import (
    decided,
    doubt_predictions,
    named_predictions,
    named_scores,
    scores_of_classes,
    unnamed_predictions,
    unnamed_scores,
    without_raw,
)
from evalcore.inputs.roles.truth import doubt_order, find_truth, known_labels, same_classes
from evalcore.wording import say

__all__ = ["FigureColumns", "find_figure_columns"]

Profiles = Mapping[str, ColumnProfile]
_LOOKED_AT = 300
"""Of thousands of columns no more are searched for decisions that no name tells."""


@dataclass(frozen=True)
class FigureColumns:
    """The columns that figures are made of.

    Parameters
    ----------
    truth : str or None
    scores : tuple of str
        Columns of numbers that say how sure a model is.
    predictions : tuple of str
        Columns of classes that a model decided for.
    """

    truth: str | None
    scores: tuple[str, ...]
    predictions: tuple[str, ...]


def find_figure_columns(
    profiles: Profiles, stated: Stated, taken: frozenset[str], findings: Findings
) -> FigureColumns:
    """Find the truth, the scores and the predictions.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    stated : Stated
    taken : frozenset of str
        Columns that have another role.
    findings : Findings

    Returns
    -------
    FigureColumns
        With no truth where there is none.

    Raises
    ------
    InputError
        Where nothing can be evaluated; the sentence says what is missing.
    """
    free = [each for each in profiles.values() if each.name not in taken | stated.claimed]
    told = [profiles[each.column] for each in stated.scores]
    if told:
        findings.decide("score", [each.name for each in told], messages.STATED, 1.0)
        scores = [
            each for each in told if each.kind == "number" and (each.distinct != 2 or not decided(each))
        ]
    else:
        scores = named_scores(free)
    predictions = [each for each in told if each not in scores]
    column = stated.column("predicted_label")
    if column:
        predictions.append(profiles[column])
        findings.decide("predicted label", [column], messages.STATED, 1.0)
    elif not stated.says("predicted_label") and not predictions:
        predictions = named_predictions(free, scores)
    if stated.truths:
        truth: ColumnProfile | None = profiles[stated.truths[0]]
        findings.decide("truth", list(stated.truths), messages.STATED, 1.0)
    else:
        truth = find_truth(free, scores, predictions, findings)
    if truth is None:
        return FigureColumns(
            None, tuple(each.name for each in scores), tuple(each.name for each in predictions)
        )
    rest = [each for each in free if each.name != truth.name]
    predictions = [each for each in predictions if each.name != truth.name]
    family = _family(profiles, truth, rest, stated)
    if family:
        scores = [profiles[name] for name in family]
        predictions = [each for each in predictions if each not in scores]
        _tell_scores(profiles, scores, findings)
    elif not stated.scores:
        scores = without_raw(scores_of_classes(profiles, truth, rest, scores))
        if scores:
            _tell_scores(profiles, scores, findings)
    if not stated.scores:
        spelt = [each for each in scores if each.reading.role == "prediction" and _repeats(each, truth)]
        scores = [each for each in scores if each not in spelt]
        predictions = [*predictions, *(each for each in spelt if each not in predictions)]
    if not predictions and scores and not stated.says("predicted_label"):
        predictions = _cuts(rest, scores, truth)
    many = len(known_labels(truth)) > 2
    if not predictions and (many or not scores) and not stated.says("predicted_label"):
        predictions = unnamed_predictions(truth, [each for each in rest if each not in scores], findings)
    if not scores and not predictions:
        if not rest and not stated.truths:  # whatever its name says: it may as well be the prediction
            raise InputError(say(messages.LONE_LABELS, column=truth.name))
        if many:
            count = len(truth.codes.labels)
            raise InputError(say(messages.NO_CLASS_SCORES, column=truth.name, count=count))
        scores = unnamed_scores(truth, rest, findings)
        if not stated.truths:
            doubt_predictions(truth, scores[0], findings)
        if not stated.says("predicted_label"):
            predictions = _cuts(rest, scores, truth)
    if not stated.says("predicted_label"):
        predictions = without_verdicts(truth, predictions)
        predictions = [each for each in predictions if each.distinct > 1 or same_classes(truth, each)]
        if not stated.truths and not scores and predictions:
            doubt_order(truth, predictions[0], findings)
        _tell_predictions(predictions, findings)
    return FigureColumns(
        truth.name, tuple(each.name for each in scores), tuple(each.name for each in predictions)
    )


def _cuts(
    rest: list[ColumnProfile], scores: list[ColumnProfile], truth: ColumnProfile
) -> list[ColumnProfile]:
    """Columns without a name for it that are the scores cut by a threshold: decisions."""
    return [
        each
        for each in rest[:_LOOKED_AT]
        if each not in scores and each.labelled and each.distinct > 1 and each.reading.role in ("", "truth")
        and follows_from(each, scores) and _of_one_kind(truth, each)
    ]  # fmt: skip


def _repeats(prediction: ColumnProfile, truth: ColumnProfile) -> bool:
    """Whether numbers that are called predictions are the truth's very classes, such as 0.5 and 1."""
    return prediction.distinct <= len(truth.codes.labels) and set(prediction.codes.labels) <= set(
        truth.codes.labels
    )


def _of_one_kind(truth: ColumnProfile, cut: ColumnProfile) -> bool:
    """Whether a cut of the score can be decisions about the truth: its classes, or a flag for two classes."""
    flag = cut.kind == "boolean" and cut.distinct == 2 == len(known_labels(truth))
    return flag or same_classes(truth, cut)


def _family(
    profiles: Profiles, truth: ColumnProfile, rest: list[ColumnProfile], stated: Stated
) -> tuple[str, ...]:
    """The probabilities of several classes, where the caller did not say otherwise."""
    if stated.scores or stated.roles.task not in (None, "multiclass"):
        return ()
    return class_family(profiles, known_labels(truth), rest)


def _tell_scores(profiles: Profiles, scores: list[ColumnProfile], findings: Findings) -> None:
    names = [each.name for each in scores]
    of_classes = len(names) > 1 and sums_to_one(dict(profiles), names)
    by_name = say(messages.SCORE_BY_NAME, column=names[0])
    findings.decide("score", names, messages.SCORES_OF_CLASSES if of_classes else by_name, 0.9)


def _tell_predictions(predictions: list[ColumnProfile], findings: Findings) -> None:
    told = {name for decision in findings.decisions for name in decision.columns}
    for each in predictions:
        if each.name not in told:
            two = each.reading.role == "score"
            reason = messages.HARD_LABEL_TWO_VALUES if two else messages.HARD_LABEL_BY_NAME
            findings.decide("predicted label", [each.name], say(reason, column=each.name), 0.85)
