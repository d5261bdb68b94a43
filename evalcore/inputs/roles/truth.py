"""Which column is the truth: by name, then by how it goes with what was predicted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from evalcore.inputs.columns.association import label_association, rank_auc
from evalcore.inputs.columns.decided import follows_from
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, sample_positions
from evalcore.inputs.columns.spelling import LabelCodes, encode_labels, is_unknown, match_labels
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.wording import say

__all__ = ["doubt_order", "find_truth", "goes_with", "known_labels", "same_classes", "without_marks"]

_NEAR = 0.1
_ABOUT = 0.3
_MOST_UNNAMED = 30
_MOST_SCORES = 3
_RELATED = 0.25
_FIRMLY, _HALF = 0.8, 0.5
_UNRELATED = 0.15
"""A column without a name that says truth must go with the predictions at least so much."""


def known_labels(profile: ColumnProfile) -> tuple[str, ...]:
    """Labels of a truth column without those that say "not known" beside two classes."""
    labels = profile.codes.labels
    known = tuple(label for label in labels if not is_unknown(label))
    return known if len(known) == 2 < len(labels) else labels


def goes_with(truth: ColumnProfile, other: ColumnProfile) -> float:
    """Strength from 0 to 1 with which a column ranks or repeats the truth, on the sampled rows."""
    positions = sample_positions(len(truth.column))
    found = _sampled(truth)
    codes = found.codes
    if other.continuous and not (other.labelled and other.reading.role == "prediction"):
        numbers = as_numbers(other.column.iloc[positions])
        return _rank_strength(codes, numbers, len(found.labels))
    if other.labelled:
        return label_association(codes, _sampled(other).codes)
    return 0.0


def _sampled(profile: ColumnProfile) -> LabelCodes:
    """Labels of the sampled rows only: many columns are tried."""
    return encode_labels(profile.column.iloc[sample_positions(len(profile.column))])


def _rank_strength(codes: npt.NDArray[np.intp], numbers: npt.NDArray[np.float64], labels: int) -> float:
    found = [
        abs(2 * rank_auc((codes == label)[codes >= 0], numbers[codes >= 0]) - 1)
        for label in range(min(labels, 10))
    ]
    return float(np.nanmax(found)) if found and not np.isnan(found).all() else 0.0


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
        about = _ABOUT * (not named and any(_is_about(other, each) for other in partners))
        ranked.append((named + about + 0.5 * bond, -each.position, named + about, each))
    ranked.sort(key=lambda each: each[:2], reverse=True)
    strength, _, named, best = ranked[0]
    if partners and not named and strength < 0.5 * _UNRELATED:
        return None
    if named >= 0.4 and best.reading.role == "truth":
        reason = say(messages.TRUTH_BY_NAME, column=best.name)
    elif len(ranked) == 1:
        reason = say(messages.TRUTH_ONLY_LABELS, column=best.name)
    else:
        reason = say(messages.TRUTH_BY_ASSOCIATION, column=best.name)
    # where no name tells, a column that goes half as well with the scores could be the truth as well
    near = _NEAR if named else max(_NEAR, 0.5 * strength)
    rivals = [
        other.name for value, _, _, other in ranked[1:] if strength - value < near and not _same(best, other)
    ]
    if rivals:
        findings.ask(
            "truth",
            say(messages.ASK_TRUTH, column=best.name, reason=reason),
            [best.name, *rivals[:5]],
        )
    findings.decide("truth", [best.name], reason, 0.5 if rivals else min(1.0, 0.4 + strength / 2))
    return best


def _is_about(prediction: ColumnProfile, candidate: ColumnProfile) -> bool:
    """Whether a prediction is called after a column: `churn_probability` after `Churn`."""
    subject = candidate.reading.subject
    return bool(subject) and f" {subject} " in f" {prediction.reading.subject} "


def _same(first: ColumnProfile, second: ColumnProfile) -> bool:
    return first.codes.labels == second.codes.labels and bool((first.codes.codes == second.codes.codes).all())


def same_classes(first: ColumnProfile, second: ColumnProfile) -> bool:
    """Whether most labels of the second column are classes of the first."""
    match = match_labels(first.codes.labels, second.codes.labels)
    return match.how != "none" and len(match.strangers) < len(second.codes.labels) / 2


def find_truth(
    free: list[ColumnProfile],
    scores: list[ColumnProfile],
    predictions: list[ColumnProfile],
    findings: Findings,
) -> ColumnProfile | None:
    """Find the truth among the columns that have no other role.

    Parameters
    ----------
    free : list of ColumnProfile
    scores, predictions : list of ColumnProfile
        What was predicted, as far as names tell.
    findings : Findings

    Returns
    -------
    ColumnProfile or None
        None where no column can be the truth.
    """
    partners = [*scores, *predictions]
    excluded = {each.name for each in partners}
    labelled = [
        each
        for each in free
        if each.labelled and each.name not in excluded and each.distinct >= 1 and each.reading.role != "aside"
    ]
    labelled = _not_decided(labelled, scores)
    named = [each for each in labelled if each.reading.role == "truth" and each.reading.strength >= 0.4]
    if named and all(each.distinct == 1 and each.reading.strength < 0.8 for each in named):
        named = []  # a note of which class is positive, the same in every row
    if named:
        strongest = max(each.reading.strength for each in named)
        chosen = _choose_truth(
            [each for each in named if each.reading.strength >= strongest - 0.2], partners, findings
        )
        if chosen is not None and strongest < _FIRMLY:
            if _only_cut(chosen, scores, findings):
                return None
            _doubt_second_truth(chosen, labelled, scores, findings)
        return chosen
    labelled = [
        each for each in labelled if each.reading.role not in ("score", "prediction") and each.distinct >= 2
    ]
    if partners:
        fitting = [each for each in labelled if _fits(each, scores, predictions)]
        cut = [each for each in fitting if follows_from(each, scores)]
        if cut and len(cut) == len(fitting):
            _only_cut(cut[0], scores, findings)
            return None
        return _choose_truth(
            fitting or [each for each in labelled if scores and each.distinct <= 30], partners, findings
        )
    two = [each for each in labelled if each.kind == "text" and each.distinct <= 30]
    pairs = [(a, b) for i, a in enumerate(two) for b in two[i + 1 :] if same_classes(a, b)]
    if pairs:
        truth, other = pairs[0]
        reason = say(messages.TRUTH_FIRST_OF_TWO, column=truth.name, other=other.name)
        findings.decide("truth", [truth.name], reason, 0.5)
        findings.ask(
            "truth",
            say(messages.ASK_TRUTH, column=truth.name, reason=reason),
            [truth.name, other.name],
        )
        return truth
    two_valued = [each for each in labelled if each.distinct == 2] or labelled
    inside = [each for each in free if each.continuous and each.in_unit and not each.integral]
    if len(two_valued) > 1 and 1 <= len(inside) <= _MOST_SCORES:
        return _among_unnamed(two_valued, inside, findings)
    if len(two_valued) == 1 and any(each.continuous for each in free):
        findings.decide(
            "truth",
            [two_valued[0].name],
            say(messages.TRUTH_ONLY_LABELS, column=two_valued[0].name),
            0.5,
        )
        return two_valued[0]
    return None


def _only_cut(truth: ColumnProfile, scores: list[ColumnProfile], findings: Findings) -> bool:
    """Whether what could be the truth is a cut of a score: then the file has no truth, and that is said."""
    if not follows_from(truth, scores):
        return False
    findings.warn(say(messages.TRUTH_IS_CUT, column=truth.name, other=scores[0].name))
    return True


def _doubt_second_truth(
    truth: ColumnProfile, labelled: list[ColumnProfile], scores: list[ColumnProfile], findings: Findings
) -> None:
    """Ask where another column of the same classes goes with the truth and with the scores about as well."""
    if not scores or any(each.role == "truth" for each in findings.questions):
        return
    bond = max(goes_with(truth, each) for each in scores)
    rivals = [
        each.name
        for each in labelled[:_MOST_UNNAMED]
        if each.name != truth.name
        and each.reading.role in ("", "truth")
        and set(each.codes.labels) == set(truth.codes.labels)
        and goes_with(truth, each) > 0.5
        and max(goes_with(each, score) for score in scores) > _HALF * bond
        and not follows_from(each, scores)
        and not _same(truth, each)
    ]
    if rivals:
        reason = say(messages.TRUTH_BY_NAME, column=truth.name)
        text = say(messages.ASK_TRUTH, column=truth.name, reason=reason)
        findings.ask("truth", text, [truth.name, *rivals[:5]])


def without_marks(
    truth: ColumnProfile, scores: list[ColumnProfile], predictions: list[ColumnProfile]
) -> ColumnProfile:
    """Take -1 beside 0 and 1 as the mark of a row without a truth, where nothing predicts it.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> profiles = profile_table(pd.DataFrame({"y": [0, 1, -1, 1], "p": [0.1, 0.9, 0.5, 0.8]}))
    >>> without_marks(profiles["y"], [profiles["p"]], []).codes.labels
    ('0', '1')
    """
    if truth.codes.labels != ("-1", "0", "1") or len(scores) > 2 or not (scores or predictions):
        return truth
    if any("-1" in each.codes.labels for each in predictions):
        return truth
    column = truth.column.where(as_numbers(truth.column) >= 0)
    return replace(truth, column=column, sample=truth.sample[as_numbers(truth.sample) >= 0])


def _among_unnamed(
    candidates: list[ColumnProfile], scores: list[ColumnProfile], findings: Findings
) -> ColumnProfile | None:
    """No column has a name that tells: the one that goes best with a probability; a person is asked."""
    left = [each for each in candidates if not follows_from(each, scores)]
    chosen = _choose_truth(left, scores, findings)
    if chosen is None or len(left) == 1 or any(each.role == "truth" for each in findings.questions):
        return chosen
    others = [each.name for each in left if each.name != chosen.name]
    reason = say(messages.TRUTH_BY_ASSOCIATION, column=chosen.name)
    text = say(messages.ASK_TRUTH, column=chosen.name, reason=reason)
    findings.ask("truth", text, [chosen.name, *others[:5]])
    return chosen


def _not_decided(labelled: list[ColumnProfile], scores: list[ColumnProfile]) -> list[ColumnProfile]:
    """Leave out columns that follow from the scores, where another could be the truth."""
    if not scores:
        return labelled
    open_minded = [
        each for each in labelled if each.distinct >= 2 and each.reading.role not in ("score", "prediction")
    ]
    named = [each for each in open_minded if each.reading.role == "truth" and each.reading.strength >= 0.4]
    if any(each.reading.strength >= 0.95 or not follows_from(each, scores) for each in named):
        open_minded = named  # one with a name will do: no other needs looking at
    decided = {
        each.name for each in open_minded if each.reading.strength < 0.95 and follows_from(each, scores)
    }
    rest = [each for each in open_minded if each.name not in decided]
    likely = any(
        each.reading.role == "truth" or max(goes_with(each, score) for score in scores) > _RELATED
        for each in rest
        if each.distinct <= _MOST_UNNAMED
    )
    return [each for each in labelled if each.name not in decided] if likely else labelled


def _fits(candidate: ColumnProfile, scores: list[ColumnProfile], predictions: list[ColumnProfile]) -> bool:
    """Whether a column without a name can be what the scores or decisions are about, by its classes."""
    if candidate.distinct > _MOST_UNNAMED:
        return False
    labels = _sampled(candidate).labels
    if not scores and predictions:
        return any(same_classes(candidate, each) or each.distinct <= 2 for each in predictions)
    if sum(not is_unknown(label) for label in labels) <= 2 or len(scores) >= len(labels):
        return True
    return any(same_classes(candidate, each) for each in predictions)


def doubt_order(truth: ColumnProfile, other: ColumnProfile, findings: Findings) -> None:
    """Two columns of the same classes, neither called a prediction: a person should say which is true."""
    firm = max(
        truth.reading.strength * (truth.reading.role == "truth"),
        other.reading.strength * bool(other.reading.role),
    )
    if firm >= 0.6 or any(each.role == "truth" for each in findings.questions):
        return
    reason = next(each.reason for each in findings.decisions if each.role == "truth")
    findings.ask("truth", say(messages.ASK_TRUTH, column=truth.name, reason=reason), [truth.name, other.name])
