"""What a person is asked: where another reading is as good, and would change a figure."""

from __future__ import annotations

from collections.abc import Mapping

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.recognition import weights
from evalcore.inputs.recognition.claims.truth_claims import is_named
from evalcore.inputs.recognition.evidence import Reading
from evalcore.inputs.recognition.readings import Search
from evalcore.inputs.recognition.row_agreement import same_cells
from evalcore.wording import NONE, say

__all__ = ["ask_score", "ask_truth"]

Profiles = Mapping[str, ColumnProfile]
_FIRM = 0.8
_HALF = 0.5
_MOST_OPTIONS = 6
_MOST_LOOKED_AT = 30


def ask_truth(profiles: Profiles, search: Search, findings: Findings) -> None:
    """Ask which column is the truth, where more than one reading is as good; one question at most."""
    best = search.readings[0]
    claim = best.claim("truth")
    if claim is None:
        _ask_decided(profiles, search, findings)
        return
    truth = profiles[claim.columns[0]]
    rivals = (
        _near(profiles, search, truth)
        or _second(profiles, search, best, truth)
        or _turned(profiles, best, truth)
    )
    if rivals:
        text = say(messages.ASK_TRUTH, column=truth.name, reason=claim.reason)
        findings.ask("truth", text, [truth.name, *rivals][:_MOST_OPTIONS])
    elif any(each.weight == weights.CUT for each in claim.evidence):
        findings.ask("truth", say(messages.ASK_PERFECT, column=truth.name), [truth.name, NONE])


def _near(profiles: Profiles, search: Search, truth: ColumnProfile) -> list[str]:
    """Truths of readings that are about as good."""
    best = search.readings[0]
    claim = best.claim("truth")
    own = sum(each.weight for each in claim.evidence if each.kind == "agreement") if claim else 0.0
    guessed = not is_named(truth) and not (
        claim and any(each.weight == weights.ABOUT for each in claim.evidence)
    )
    near = max(weights.NEAR, _HALF * own) if guessed else weights.NEAR
    if guessed and best.doubt:
        near = float("inf")  # no name tells anything: whatever could be the truth is offered
    found = []
    for reading in search.readings[1:]:
        other = reading.claim("truth")
        if other is None or reading.refused or best.score - reading.score >= near:
            continue
        if any(each.weight <= weights.MISFIT for each in other.evidence):
            continue
        if not same_cells(truth, profiles[other.columns[0]]):
            found.append(other.columns[0])
    return found


def _second(profiles: Profiles, search: Search, best: Reading, truth: ColumnProfile) -> list[str]:
    """Columns of the same classes that go with the truth, and with the scores about as well as it does."""
    scores = [profiles[name] for name in best.columns("scores")]
    if not scores or not is_named(truth) or truth.reading.strength >= _FIRM:
        return []
    rows = search.rows
    bond = rows.best(truth, scores)
    used = {name for each in best.claims for name in each.columns}
    labelled = [
        each
        for each in profiles.values()
        if each.name not in used and each.labelled and each.reading.role in ("", "truth")
    ]
    return [
        each.name
        for each in labelled[:_MOST_LOOKED_AT]
        if set(each.codes.labels) == set(truth.codes.labels)
        and rows.bond(truth, each) > _HALF
        and rows.best(each, scores) > _HALF * bond
        and not rows.follows(each, scores)
        and not same_cells(truth, each)
    ]


def _turned(profiles: Profiles, best: Reading, truth: ColumnProfile) -> list[str]:
    """Two columns of the same classes, neither firmly called truth or prediction: either may be the true one."""
    others = [profiles[name] for name in best.columns("decisions")]
    if best.columns("scores") or not others:
        return []
    other = others[0]
    firm = max(
        truth.reading.strength * (truth.reading.role == "truth"),
        other.reading.strength * bool(other.reading.role),
    )
    return [other.name] if firm < 0.6 else []


def _ask_decided(profiles: Profiles, search: Search, findings: Findings) -> None:
    """A column that is firmly called the truth, but follows from the scores: a person says which it is."""
    for reading in search.readings[1:]:
        claim = reading.claim("truth")
        if claim is None or not is_named(profiles[claim.columns[0]]):
            continue
        cut = next((each.message for each in claim.evidence if each.weight <= weights.CUT), "")
        if cut and profiles[claim.columns[0]].reading.strength >= _FIRM:
            findings.ask(
                "truth", say(messages.ASK_CUT, column=claim.columns[0], reason=cut), [NONE, claim.columns[0]]
            )
            return


def ask_score(best: Reading, findings: Findings) -> None:
    """Ask which column is the score, where no name tells and several could be."""
    if best.guesses:
        text = say(messages.ASK_SCORE, column=best.guesses[0], reason=messages.SCORE_BY_CONTENT)
        findings.ask("scores", text, best.guesses[:5])
