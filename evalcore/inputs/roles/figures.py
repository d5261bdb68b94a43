"""The columns that figures are made of: truth, scores and predictions of one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalcore.errors import InputError
from evalcore.inputs.columns.profile import ColumnProfile, sums_to_one
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.recognition.doubts import ask_score, ask_truth
from evalcore.inputs.recognition.evidence import Reading
from evalcore.inputs.recognition.readings import Search
from evalcore.wording import say

__all__ = ["FigureColumns", "take_reading"]

Profiles = Mapping[str, ColumnProfile]


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


def take_reading(profiles: Profiles, stated: Stated, search: Search, findings: Findings) -> FigureColumns:
    """Take the best reading's truth, scores and predictions, and ask what a near one would change.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    stated : Stated
    search : Search
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
    best = search.readings[0]
    if best.refused:
        raise InputError(best.refused)
    truth = best.claim("truth")
    found = FigureColumns(
        truth.columns[0] if truth else None, best.columns("scores"), best.columns("decisions")
    )
    _tell(profiles, stated, best, findings)
    if not stated.truths:
        ask_truth(profiles, search, findings)
    if truth and not stated.scores:
        ask_score(best, findings)
    _warn(search, best, findings)
    return found


def _tell(profiles: Profiles, stated: Stated, best: Reading, findings: Findings) -> None:
    """Note each claim with its reason."""
    truth, scores, decisions = best.claim("truth"), best.claim("scores"), best.claim("decisions")
    if scores:
        findings.decide("score", scores.columns, _why_scores(profiles, stated, best), 0.9)
    if truth:
        sure = 1.0 if stated.truths else min(1.0, 0.4 + truth.score / 20)
        findings.decide("truth", stated.truths or truth.columns, truth.reason, sure)
    if decisions is None:
        return
    for name in decisions.columns:
        if name == stated.column("predicted_label"):
            findings.decide("predicted label", [name], messages.STATED, 1.0)
        elif decisions.reason:
            reason = say(messages.HARD_LABEL_OTHER_OF_TWO, column=name)
            findings.decide("predicted label", [name], reason, 0.6)
        else:
            two = profiles[name].reading.role == "score"
            reason = messages.HARD_LABEL_TWO_VALUES if two else messages.HARD_LABEL_BY_NAME
            findings.decide("predicted label", [name], say(reason, column=name), 0.85)


def _why_scores(profiles: Profiles, stated: Stated, best: Reading) -> str:
    claim = best.claim("scores")
    if claim is None:
        return ""
    if stated.scores:
        return messages.STATED
    if claim.reason:
        return claim.reason
    if len(claim.columns) > 1 and sums_to_one(dict(profiles), claim.columns):
        return messages.SCORES_OF_CLASSES
    return say(messages.SCORE_BY_NAME, column=claim.columns[0])


def _warn(search: Search, best: Reading, findings: Findings) -> None:
    """Say why what could be a truth is none, and what does not look like predictions."""
    truth = best.claim("truth")
    if truth is not None:
        if best.doubt:
            findings.warn(best.doubt)
        return
    for reading in search.readings[1:]:
        claim = reading.claim("truth")
        cut = [each.message for each in claim.evidence if each.weight < 0 and each.message] if claim else []
        if cut:
            findings.warn(cut[0])
            return
