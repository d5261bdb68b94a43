"""Candidates for truth, scores and predictions among the columns of one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.inputs import messages
from evalcore.inputs.association import label_association, rank_auc
from evalcore.inputs.class_columns import class_columns
from evalcore.inputs.column_profile import ColumnProfile, as_numbers, sample_positions, sums_to_one
from evalcore.inputs.findings import Findings
from evalcore.inputs.labels import is_unknown, match_labels
from evalcore.inputs.stated import Stated
from evalcore.inputs.vocabulary import PROBABILITY

__all__ = ["FigureColumns", "find_figure_columns", "goes_with", "known_labels"]

Profiles = Mapping[str, ColumnProfile]
_NEAR = 0.1


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


def known_labels(profile: ColumnProfile) -> tuple[str, ...]:
    """Labels of a truth column without those that say "not known" beside two classes."""
    labels = profile.codes.labels
    known = tuple(label for label in labels if not is_unknown(label))
    return known if len(known) == 2 < len(labels) else labels


def goes_with(truth: ColumnProfile, other: ColumnProfile) -> float:
    """Strength from 0 to 1 with which a column ranks or repeats the truth, on the sampled rows."""
    positions = sample_positions(len(truth.column))
    codes = truth.codes.codes[positions]
    if other.continuous and not (other.labelled and other.reading.role == "prediction"):
        numbers = as_numbers(other.column.iloc[positions])
        return _rank_strength(codes, numbers, len(truth.codes.labels))
    if other.labelled:
        return label_association(codes, other.codes.codes[positions])
    return 0.0


def _rank_strength(codes: npt.NDArray[np.intp], numbers: npt.NDArray[np.float64], labels: int) -> float:
    found = [
        abs(2 * rank_auc((codes == label)[codes >= 0], numbers[codes >= 0]) - 1)
        for label in range(min(labels, 10))
    ]
    return float(np.nanmax(found)) if found and not np.isnan(found).all() else 0.0


def _named_scores(profiles: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    """Columns that are called scores; beside one of many values, a probability that never changes is a baseline."""
    named = []
    for each in profiles:
        many = each.distinct > 2
        guessed = each.reading.role == "prediction" and many and not each.integral
        if each.kind == "number" and (
            guessed or (each.reading.role == "score" and (many or _named_probability(each)))
        ):
            named.append(each)
    if not any(each.distinct > 2 for each in named):
        return []
    best = max(each.reading.strength for each in named)
    return [each for each in named if each.reading.strength >= best - 0.3]


def _named_probability(profile: ColumnProfile) -> bool:
    return bool(set(profile.reading.words) & PROBABILITY) and profile.in_unit


def _named_predictions(
    profiles: Sequence[ColumnProfile], scores: Sequence[ColumnProfile]
) -> list[ColumnProfile]:
    used = {each.name for each in scores}
    free = [each for each in profiles if each.labelled and each.name not in used]
    decided = [each for each in free if each.reading.role == "prediction"]
    two_valued = [each for each in free if each.reading.role == "score" and each.distinct <= 2]
    best = max((each.reading.strength for each in decided), default=0.0)
    return [each for each in decided if each.reading.strength >= best - 0.3] + two_valued


def _choose_truth(
    candidates: list[ColumnProfile], partners: list[ColumnProfile], findings: Findings
) -> ColumnProfile | None:
    """Choose among columns of classes: by name, then by how they go with the predictions."""
    if not candidates:
        return None
    ranked = []
    for each in candidates:
        named = each.reading.strength if each.reading.role == "truth" else 0.0
        bond = max((goes_with(each, other) for other in partners if other.name != each.name), default=0.0)
        ranked.append((named + 0.5 * bond, -each.position, named, each))
    ranked.sort(key=lambda each: each[:2], reverse=True)
    strength, _, named, best = ranked[0]
    if named >= 0.4:
        reason = messages.say(messages.TRUTH_BY_NAME, column=best.name)
    elif len(ranked) == 1:
        reason = messages.say(messages.TRUTH_ONLY_LABELS, column=best.name)
    else:
        reason = messages.say(messages.TRUTH_BY_ASSOCIATION, column=best.name)
    rivals = [
        other.name for value, _, _, other in ranked[1:] if strength - value < _NEAR and not _same(best, other)
    ]
    if rivals:
        findings.ask(
            "truth",
            messages.say(messages.ASK_TRUTH, column=best.name, reason=reason),
            [best.name, *rivals[:5]],
        )
    findings.decide("truth", [best.name], reason, 0.5 if rivals else min(1.0, 0.4 + strength / 2))
    return best


def _same(first: ColumnProfile, second: ColumnProfile) -> bool:
    return first.codes.labels == second.codes.labels and bool((first.codes.codes == second.codes.codes).all())


def _same_classes(first: ColumnProfile, second: ColumnProfile) -> bool:
    match = match_labels(first.codes.labels, second.codes.labels)
    return match.how != "none" and len(match.strangers) < len(second.codes.labels) / 2


def _scores_by_content(truth: ColumnProfile, free: list[ColumnProfile]) -> list[ColumnProfile]:
    """Unnamed scores: numbers in [0, 1] first, else the numbers that rank the truth best."""
    numbers = [each for each in free if each.continuous]
    inside = [each for each in numbers if each.in_unit and not each.integral] or numbers
    return sorted(inside, key=lambda each: goes_with(truth, each), reverse=True)


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
    if stated.scores:
        scores = [profiles[each.column] for each in stated.scores]
        findings.decide("score", [each.name for each in scores], messages.STATED, 1.0)
    else:
        scores = _named_scores(free)
    if stated.says("predicted_label"):
        column = stated.column("predicted_label")
        predictions = [profiles[column]] if column else []
        findings.decide("predicted label", [column], messages.STATED, 1.0)
    else:
        predictions = _named_predictions(free, scores)
    if stated.truths:
        truth: ColumnProfile | None = profiles[stated.truths[0]]
        findings.decide("truth", list(stated.truths), messages.STATED, 1.0)
    else:
        truth = _find_truth(free, scores, predictions, findings)
    if truth is None:
        return FigureColumns(
            None, tuple(each.name for each in scores), tuple(each.name for each in predictions)
        )
    rest = [each for each in free if each.name != truth.name]
    if not stated.scores:
        scores = _scores_of_classes(profiles, truth, rest, scores)
    predictions = [each for each in predictions if each.name != truth.name]
    if not scores and not predictions:
        predictions = [
            each
            for each in rest
            if each.labelled and each.kind == truth.kind == "text" and _same_classes(truth, each)
        ][:1]
        if predictions:
            findings.decide(
                "predicted label", [predictions[0].name],
                messages.say(messages.HARD_LABEL_OTHER_OF_TWO, column=predictions[0].name), 0.6,
            )  # fmt: skip
    elif not stated.scores and scores:
        findings.decide(
            "score",
            [each.name for each in scores],
            messages.say(messages.SCORE_BY_NAME, column=scores[0].name),
            0.9,
        )
    if not scores and not predictions:
        scores = _unnamed_scores(truth, rest, findings)
    if not stated.says("predicted_label"):
        predictions = [each for each in predictions if each.distinct > 1 or _same_classes(truth, each)]
        if not stated.truths and not scores and predictions:
            _doubt_order(truth, predictions[0], findings)
        _tell_predictions(predictions, findings)
    return FigureColumns(
        truth.name, tuple(each.name for each in scores), tuple(each.name for each in predictions)
    )


def _scores_of_classes(
    profiles: Profiles, truth: ColumnProfile, rest: list[ColumnProfile], named: list[ColumnProfile]
) -> list[ColumnProfile]:
    """Columns called after the classes, or as many probabilities as classes, whether or not the names say score."""
    labels = list(known_labels(truth))
    numeric = [each for each in rest if each.kind == "number" and each.distinct > 1]
    groups = class_columns([each.name for each in numeric], labels) if len(labels) >= 2 else []
    surely = {each.name for each in named}
    for group in groups:
        if set(group.columns) <= surely or sums_to_one(dict(profiles), group.columns):
            new = [each for each in numeric if each.name in group.columns and each.name not in surely]
            named = [*named, *new]
            surely |= {each.name for each in new}
    if named or len(labels) < 3:
        return named
    inside = [each for each in numeric if each.in_unit and not each.integral]
    if len(inside) >= len(labels) and sums_to_one(dict(profiles), [each.name for each in inside]):
        return inside
    return named


def _tell_predictions(predictions: list[ColumnProfile], findings: Findings) -> None:
    told = {name for decision in findings.decisions for name in decision.columns}
    for each in predictions:
        if each.name not in told:
            two = each.reading.role == "score"
            reason = messages.HARD_LABEL_TWO_VALUES if two else messages.HARD_LABEL_BY_NAME
            findings.decide("predicted label", [each.name], messages.say(reason, column=each.name), 0.85)


def _find_truth(
    free: list[ColumnProfile],
    scores: list[ColumnProfile],
    predictions: list[ColumnProfile],
    findings: Findings,
) -> ColumnProfile | None:
    partners = [*scores, *predictions]
    excluded = {each.name for each in partners}
    labelled = [each for each in free if each.labelled and each.name not in excluded and each.distinct >= 1]
    named = [each for each in labelled if each.reading.role == "truth" and each.reading.strength >= 0.4]
    if named:
        strongest = max(each.reading.strength for each in named)
        return _choose_truth(
            [each for each in named if each.reading.strength >= strongest - 0.2], partners, findings
        )
    labelled = [
        each for each in labelled if each.reading.role not in ("score", "prediction") and each.distinct >= 2
    ]
    if partners:
        return _choose_truth([each for each in labelled if each.distinct <= 30], partners, findings)
    two = [each for each in labelled if each.kind == "text" and each.distinct <= 30]
    pairs = [(a, b) for i, a in enumerate(two) for b in two[i + 1 :] if _same_classes(a, b)]
    if pairs:
        truth, other = pairs[0]
        reason = messages.say(messages.TRUTH_FIRST_OF_TWO, column=truth.name, other=other.name)
        findings.decide("truth", [truth.name], reason, 0.5)
        findings.ask(
            "truth",
            messages.say(messages.ASK_TRUTH, column=truth.name, reason=reason),
            [truth.name, other.name],
        )
        return truth
    return labelled[0] if len(labelled) == 1 and any(each.continuous for each in free) else None


def _doubt_order(truth: ColumnProfile, other: ColumnProfile, findings: Findings) -> None:
    """Two columns of the same classes, neither called a prediction: a person should confirm which is the truth."""
    firm = max(
        truth.reading.strength * (truth.reading.role == "truth"),
        other.reading.strength * bool(other.reading.role),
    )
    if firm >= 0.6 or any(each.role == "truth" for each in findings.questions):
        return
    reason = next(each.reason for each in findings.decisions if each.role == "truth")
    findings.ask(
        "truth", messages.say(messages.ASK_TRUTH, column=truth.name, reason=reason), [truth.name, other.name]
    )


def _unnamed_scores(
    truth: ColumnProfile, rest: list[ColumnProfile], findings: Findings
) -> list[ColumnProfile]:
    ranked = _scores_by_content(truth, rest)
    if not ranked:
        raise InputError(messages.say(messages.LONE_LABELS, column=truth.name))
    best = ranked[0]
    findings.decide("score", [best.name], messages.SCORE_BY_CONTENT, 0.5)
    if len(ranked) > 1:
        text = messages.say(messages.ASK_SCORE, column=best.name, reason=messages.SCORE_BY_CONTENT)
        findings.ask("score", text, [each.name for each in ranked[:5]])
    return [best]
