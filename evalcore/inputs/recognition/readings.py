"""The best reading of a table with one truth: every likely truth with every set of scores and decisions for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evalcore.inputs.columns.class_names import class_columns
from evalcore.inputs.columns.decided import without_verdicts
from evalcore.inputs.columns.profile import ColumnProfile, sums_to_one
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.recognition import weights
from evalcore.inputs.recognition.claims.decision_claims import (
    alike_decisions,
    cut_decisions,
    named_decisions,
    repeats,
)
from evalcore.inputs.recognition.claims.families import class_family
from evalcore.inputs.recognition.claims.group_claims import unexplained
from evalcore.inputs.recognition.claims.score_claims import (
    called_after_learner,
    decided,
    guessed_scores,
    named_scores,
    scores_of_classes,
    without_raw,
)
from evalcore.inputs.recognition.claims.truth_claims import is_named, truth_claims
from evalcore.inputs.recognition.evidence import Claim, Evidence, Reading
from evalcore.inputs.recognition.row_agreement import RowAgreement, is_about, known_labels, same_classes
from evalcore.wording import say

__all__ = ["Search", "search_readings"]

Profiles = Mapping[str, ColumnProfile]
_MOST_JOINT = weights.AGREES + weights.ABOUT + weights.CLASSES
"""What the rows can add at most to what names and cells say of a truth: the bound of the search."""
_FIRM = 0.8
_MOST_GUESSED = 3
_LOOSE = 0.3
_LOOKED_AT = 30
_MOST_CLASSES = 30
_REFUSES = 2.0
"""A reading that refuses must be so much better than one that does not."""
_BY_CHANCE = 0.1
"""Two columns of the same classes that agree so little, beyond chance, are no truth and prediction."""
_NAMELESS = frozenset({"column", "value", "unnamed", "x", "y", "a", "b", "c", *map(str, range(10))})


@dataclass(eq=False)
class Search:
    """All readings that were compared, the best first.

    Parameters
    ----------
    readings : list of Reading
    rows : RowAgreement
        How columns agree, as far as it was looked at.
    """

    readings: list[Reading] = field(default_factory=list)
    rows: RowAgreement = field(default_factory=RowAgreement)


@dataclass(frozen=True, eq=False)
class _Table:
    """What is the same for all readings of a table."""

    profiles: Profiles
    stated: Stated
    free: tuple[ColumnProfile, ...]
    scores: tuple[ColumnProfile, ...]
    decisions: tuple[ColumnProfile, ...]
    truths: int
    search: Search

    @property
    def partners(self) -> tuple[ColumnProfile, ...]:
        """What names or the caller call a prediction."""
        return (*self.scores, *self.decisions)


def search_readings(
    profiles: Profiles, stated: Stated, taken: frozenset[str], floor: float = float("-inf")
) -> Search:
    """Compare the readings of a table in which one column is the truth, or none is.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    stated : Stated
        What contradicts it is no reading.
    taken : frozenset of str
        Columns that have another role.
    floor : float
        What readings of other kinds have reached: a truth that cannot come near it is not looked at.

    Returns
    -------
    Search

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> from evalcore.predictions.evaluation import Roles
    >>> table = pd.DataFrame({"sex": ["f", "m"] * 9, "y": [0, 1, 1] * 6, "p": [0.1, 0.5, 0.7] * 6})
    >>> found = search_readings(profile_table(table), Stated(Roles(), tuple(table)), frozenset())
    >>> [each.columns("truth") for each in found.readings][0]
    ('y',)
    """
    search = Search()
    free = [each for each in profiles.values() if each.name not in taken | stated.claimed]
    scores, decisions = _told(profiles, stated, free)
    excluded = {each.name for each in (*scores, *decisions)}
    if stated.truths:
        given = Evidence("stated", weights.STATED, messages.STATED)
        claims = [Claim("truth", stated.truths[:1], (given,))]
    else:
        claims = truth_claims([each for each in free if each.name not in excluded])
    table = _Table(profiles, stated, tuple(free), tuple(scores), tuple(decisions), len(claims), search)
    best = floor
    if not stated.truths:
        search.readings.append(_without_truth(table))
        best = max(best, search.readings[0].score)
    for claim in claims:
        if search.readings and claim.score + _MOST_JOINT + weights.SCORED < best - weights.NEAR:
            break  # the claims are sorted: no later one can come near
        reading = _of_truth(table, claim)
        if reading is not None:
            search.readings.append(reading)
            best = max(best, reading.score)
    search.readings.sort(key=lambda each: -each.score)
    if not stated.truths and _is_cut(
        search.readings[0]
    ):  # then what the scores say is all that the file says
        kept = tuple(each for each in search.readings[0].claims if each.role != "truth")
        search.readings.insert(0, Reading("scores", kept))
    return search


def _is_cut(reading: Reading) -> bool:
    """Whether the truth of a reading was decided by its scores, and no prediction beside it is what was decided."""
    truth = reading.claim("truth")
    told = {each.weight for each in truth.evidence} if truth else set()
    return weights.CUT in told and weights.EXPLAINED not in told


def _told(
    profiles: Profiles, stated: Stated, free: Sequence[ColumnProfile]
) -> tuple[list[ColumnProfile], list[ColumnProfile]]:
    """What the caller or names call scores and decisions."""
    told = [profiles[each.column] for each in stated.scores]
    if told:
        scores = [
            each for each in told if each.kind == "number" and (each.distinct != 2 or not decided(each))
        ]
    else:
        scores = named_scores(free)
    decisions = [each for each in told if each not in scores]
    column = stated.column("predicted_label")
    if column:
        decisions.append(profiles[column])
    elif not stated.says("predicted_label") and not decisions:
        decisions = named_decisions(free, scores)
    return scores, decisions


def _without_truth(table: _Table) -> Reading:
    claims = _claims(table.scores, table.decisions)
    nothing = () if claims else (Evidence("content", weights.NOTHING + weights.GUESSED),)
    return Reading("scores", tuple(claims), (*nothing, *_left(table, claims)))


def _claims(scores: Sequence[ColumnProfile], decisions: Sequence[ColumnProfile]) -> list[Claim]:
    claims = []
    for role, columns, wanted in (("scores", scores, "score"), ("decisions", decisions, "prediction")):
        if columns:
            firm = max(
                each.reading.strength if each.reading.role in (wanted, "score", "prediction") else 0.0
                for each in columns
            )
            names = tuple(each.name for each in columns)
            claims.append(Claim(role, names, (Evidence("name", weights.SCORED * firm),)))
    return claims


def _left(table: _Table, claims: Sequence[Claim]) -> tuple[Evidence, ...]:
    return unexplained(table.free, {name for each in claims for name in each.columns})


def _of_truth(table: _Table, claim: Claim) -> Reading | None:
    """The best reading in which a column is the truth; None where it says nothing."""
    truth = table.profiles[claim.columns[0]]
    stated, rows = table.stated, table.search.rows
    named = bool(stated.truths) or is_named(truth)
    rest = [each for each in table.free if each.name != truth.name]
    decisions = [each for each in table.decisions if each.name != truth.name]
    family = _family(table, truth, rest)
    if family:
        scores = [table.profiles[name] for name in family]
        decisions = [each for each in decisions if each not in scores]
    elif stated.scores:
        scores = list(table.scores)
    else:
        scores = without_raw(scores_of_classes(table.profiles, truth, rest, list(table.scores)))
    if not stated.scores:
        spelt = [each for each in scores if each.reading.role == "prediction" and repeats(each, truth)]
        scores = [each for each in scores if each not in spelt]
        decisions = [*decisions, *(each for each in spelt if each not in decisions)]
    silent = not stated.says("predicted_label")
    if not decisions and scores and silent:
        decisions = cut_decisions(rest, scores, truth, rows)
    many = len(known_labels(truth)) > 2
    alike: list[ColumnProfile] = []
    loose = all(
        each.reading.role == "score" and each.kind == "text" for each in decisions
    )  # `Logit` says yes or no
    if loose and (many or not scores) and silent and (named or truth.kind == "text"):
        others = [each for each in rest if each not in scores and each not in decisions]
        alike = alike_decisions(truth, others, rows, scored=bool(scores))
    if not scores and not decisions and not named and not table.partners:
        return _of_strangers(table, claim, truth)
    if not scores and not decisions and not alike:
        return _of_guesses(table, claim, truth, rest, many=many)
    if silent:
        decisions = [
            each
            for each in without_verdicts(truth, [*decisions, *alike])
            if each.distinct > 1 or same_classes(truth, each)
        ]
    return _complete(table, claim, truth, scores, decisions, alike)


def _family(table: _Table, truth: ColumnProfile, rest: Sequence[ColumnProfile]) -> tuple[str, ...]:
    """The probabilities of several classes, where the caller did not say otherwise."""
    if table.stated.scores or table.stated.roles.task not in (None, "multiclass"):
        return ()
    return class_family(table.profiles, known_labels(truth), rest)


def _complete(
    table: _Table, claim: Claim, truth: ColumnProfile, scores: Sequence[ColumnProfile],
    decisions: Sequence[ColumnProfile], alike: Sequence[ColumnProfile],
) -> Reading:  # fmt: skip
    """Join the claims, with how the rows of truth and predictions agree."""
    rows = table.search.rows
    if (
        scores and len(decisions) > 1
    ):  # what the score decided by itself comes first: it has the file's own rule
        decisions = sorted(
            decisions,
            key=lambda each: (not rows.follows(each, scores), len(each.reading.words), each.position),
        )
    partners = [*scores, *decisions]
    evidence = list(claim.evidence)
    only = table.truths == 1
    reason = messages.TRUTH_ONLY_LABELS if only else messages.TRUTH_BY_ASSOCIATION
    bond = rows.best(truth, partners)
    counted = weights.AGREES * bond * (weights.PERFECT if bond == 1 else 1.0)
    evidence.append(Evidence("agreement", counted, say(reason, column=truth.name)))
    if not is_named(truth) and any(is_about(each, truth) for each in partners):
        evidence.append(Evidence("name", weights.ABOUT))
    if not is_named(truth) and any(
        each.kind == "empty" and each.reading.role == "truth" and each.reading.strength >= _FIRM
        for each in table.free
    ):
        evidence.append(Evidence("name", weights.EMPTY))
    spoken = _speak_of_classes(table, truth, scores)
    if spoken:
        evidence.append(Evidence("name", spoken))
    if partners and not rows.fits(truth, scores, decisions):
        evidence.append(Evidence("content", weights.MISFIT))
    if rows.follows(truth, scores):
        several = len(scores) >= len(known_labels(truth)) > 2
        said = messages.TRUTH_IS_HIGHEST if several else messages.TRUTH_IS_CUT
        cut = say(said, column=truth.name, other=scores[0].name)
        evidence.append(Evidence("agreement", weights.CUT, cut))
        firm = is_named(truth) and truth.reading.strength > _FIRM
        if firm and any(
            each.reading.role == "prediction" and rows.follows(each, scores) for each in decisions
        ):
            evidence.append(Evidence("agreement", weights.EXPLAINED))
    claims = [Claim("truth", claim.columns, tuple(evidence)), *_claims(scores, decisions)]
    same = say(messages.HARD_LABEL_OTHER_OF_TWO, column=alike[0].name) if alike else ""
    if same:
        claims = [
            Claim(each.role, each.columns, (*each.evidence, Evidence("content", 0.0, same)))
            if each.role == "decisions"
            else each
            for each in claims
        ]
    return Reading("one truth", tuple(claims), _left(table, claims))


def _speak_of_classes(table: _Table, truth: ColumnProfile, scores: Sequence[ColumnProfile]) -> float:
    """What it counts that the scores are called after the truth's classes, or are as many as these."""
    labels = list(known_labels(truth))
    names = [each.name for each in scores]
    if not 2 <= len(labels) <= len(names):
        return 0.0
    if class_columns(names, labels):
        return weights.CLASSES
    many = len(labels) > 2 and len(names) == len(labels)
    return weights.CLASSES / 4 if many and sums_to_one(dict(table.profiles), names) else 0.0


def _of_guesses(
    table: _Table, claim: Claim, truth: ColumnProfile, rest: Sequence[ColumnProfile], *, many: bool
) -> Reading | None:
    """A truth for which no name speaks of a prediction: the numbers that go with it, or a refusal."""
    nothing = Evidence("content", weights.NOTHING)

    def refused(text: str) -> Reading:
        return Reading("one truth", (claim,), (nothing, *_left(table, [claim])), refused=text)

    if not rest and not table.stated.truths:  # whatever its name says: it may as well be the prediction
        return refused(say(messages.LONE_LABELS, column=truth.name))
    if many:
        count = len(truth.codes.labels)
        return refused(say(messages.NO_CLASS_SCORES, column=truth.name, count=count))
    guesses = guessed_scores(truth, rest, table.search.rows)
    if not guesses:
        return refused(say(messages.LONE_LABELS, column=truth.name))
    best = guesses[0]
    rows = table.search.rows
    bonds = [rows.bond(truth, table.profiles[each.columns[0]]) for each in guesses]
    clear = len(guesses) > 1 and bonds[0] > 0.5 and bonds[0] > 2 * max(bonds[1:])
    if len(guesses) > _MOST_GUESSED and not clear:
        names = [each.columns[0] for each in guesses]
        return refused(say(messages.ONLY_FEATURES, column=truth.name, columns=names))
    score = table.profiles[best.columns[0]]
    doubt = ""
    if not table.stated.truths and not is_named(truth) and not called_after_learner(score):
        text = say(messages.NOT_LIKE_PREDICTIONS, column=truth.name, other=score.name)
        if not _bare(truth, score) and bonds[0] < _LOOSE:
            return refused(text)
        doubt = text
    elif best.score < 0 and not table.stated.truths and not _bare(score):
        return refused(say(messages.SAYS_LITTLE, column=truth.name, other=score.name))
    scores = [table.profiles[name] for name in best.columns]
    silent = not table.stated.says("predicted_label")
    decisions = cut_decisions(rest, scores, truth, rows) if silent else []
    complete = _complete(table, claim, truth, scores, without_verdicts(truth, decisions), ())
    claims = tuple(
        best if each.role == "scores" else _by_itself(each) if each.role == "truth" else each
        for each in complete.claims
    )
    others = tuple(each.columns[0] for each in guesses) if len(guesses) > 1 else ()
    return replace(complete, claims=claims, doubt=doubt, guesses=others)


def _by_itself(claim: Claim) -> Claim:
    """The claim without the rows' agreement, which the claim to the guessed score brings in already."""
    kept = [
        replace(each, weight=0.0) if each.kind == "agreement" and each.weight > 0 else each
        for each in claim.evidence
    ]
    return Claim(claim.role, claim.columns, tuple(kept))


def _bare(*profiles: ColumnProfile) -> bool:
    """Whether a name says nothing at all, as the numbers of columns do."""
    return any(not set(each.reading.words) - _NAMELESS or each.name.isdigit() for each in profiles)


def _of_strangers(table: _Table, claim: Claim, truth: ColumnProfile) -> Reading | None:
    """No name tells: two columns of the same classes, or classes and a number that goes with them."""
    rest = [each for each in table.free if each.name != truth.name]
    rows = table.search.rows
    many = len(known_labels(truth)) > 2
    twins = [each for each in rest if _could_be_true(each) and _is_twin(truth, each, rows)]
    numbers = [each for each in rest if each.continuous and not each.integral][:_LOOKED_AT]
    found = [] if many else [_of_cut(table, claim, truth, twin, numbers) for twin in twins[:_LOOKED_AT]]
    found += [_of_twins(table, claim, truth, each) for each in twins if each.position > truth.position]
    classes = [each for each in table.free if _could_be_true(each)]
    two = [each for each in classes if each.distinct == 2] or classes
    if truth in two and any(each.continuous for each in rest) and _may_guess(table, truth, len(two)):
        found.append(_of_guesses(table, claim, truth, rest, many=many))
    told = [each for each in found if each is not None]
    return max(told, key=lambda each: each.score - _REFUSES * bool(each.refused)) if told else None


def _is_twin(truth: ColumnProfile, other: ColumnProfile, rows: RowAgreement) -> bool:
    """Whether another column holds the same classes, and the rows agree: numbers are alike by chance."""
    if other.distinct > _MOST_CLASSES or truth.kind != other.kind or not same_classes(truth, other):
        return False
    return rows.repeats(truth, other) > (_BY_CHANCE if truth.kind == "text" else 2 * _BY_CHANCE)


def _of_twins(table: _Table, claim: Claim, truth: ColumnProfile, other: ColumnProfile) -> Reading:
    """The first of two columns of the same classes is mostly the truth."""
    first = say(messages.TRUTH_FIRST_OF_TWO, column=truth.name, other=other.name)
    much = 1.0 if truth.kind == "text" else 0.5 + table.search.rows.repeats(truth, other) / 2
    beside = truth.kind != "text" and len(known_labels(truth)) == 2 and any(map(_is_chance, table.free))
    same = say(messages.HARD_LABEL_OTHER_OF_TWO, column=other.name)
    claims = (
        Claim("truth", claim.columns, (*claim.evidence, Evidence("content", weights.AGREES * much, first))),
        Claim("decisions", (other.name,), (Evidence("content", 0.0, same),)),
    )
    left = (Evidence("content", weights.LEFT),) if beside else ()
    return Reading("one truth", claims, (*left, *_left(table, claims)))


def _is_chance(profile: ColumnProfile) -> bool:
    """Whether numbers look like probabilities."""
    return profile.continuous and profile.in_unit and not profile.integral


def _of_cut(
    table: _Table, claim: Claim, truth: ColumnProfile, twin: ColumnProfile, numbers: Sequence[ColumnProfile]
) -> Reading | None:
    """Two columns of the same classes, one of them cut from a number: that one was decided, the other is true."""
    rows = table.search.rows
    cut = [
        each
        for each in numbers
        if (each.in_unit or twin.kind == "text")
        and rows.follows(twin, [each])
        and not rows.follows(truth, [each])
    ]
    if not cut:
        return None
    inside = [each for each in cut if each.in_unit] or cut
    scores = without_raw(inside)[:1]
    complete = _complete(table, claim, truth, scores, [twin], ())
    decides = say(messages.DECIDED_BY, column=twin.name, other=scores[0].name)
    claims = tuple(
        Claim(each.role, each.columns, (Evidence("agreement", weights.DECIDES, decides),))
        if each.role == "scores"
        else each
        for each in complete.claims
    )
    return replace(complete, claims=claims)


def _may_guess(table: _Table, truth: ColumnProfile, flags: int) -> bool:
    """Whether one of several flags may be the truth about numbers beside it: few, and it must tell."""
    inside = [each for each in table.free if _is_chance(each)]
    if flags == 1 or 1 <= len(inside) <= _MOST_GUESSED:
        return True
    likely = [] if inside else [each for each in table.free if each.continuous]
    return 1 <= len(likely) <= _MOST_GUESSED and table.search.rows.best(truth, likely) >= _LOOSE


def _could_be_true(profile: ColumnProfile) -> bool:
    return (
        profile.labelled
        and profile.distinct >= 2
        and profile.reading.role not in ("score", "prediction", "aside")
    )
