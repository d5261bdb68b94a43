"""Scores: by name, by the classes that they are called after, by what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.class_names import class_columns
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, sample_positions, sums_to_one
from evalcore.inputs.columns.words import LEARNERS, PROBABILITY, SPREAD
from evalcore.inputs.plan import messages
from evalcore.inputs.recognition.evidence import Claim, Evidence
from evalcore.inputs.recognition.row_agreement import RowAgreement, chance_bond, known_labels
from evalcore.inputs.recognition.weights import AGREES, FEW, GUESSED, INSIDE

__all__ = [
    "called_after_learner",
    "decided",
    "guessed_scores",
    "named_scores",
    "scores_of_classes",
    "without_raw",
]

Profiles = Mapping[str, ColumnProfile]
_LOOKED_AT = 100
_FEW_VALUES = 8
_MOST_PAIRED = 20


def named_scores(profiles: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    """Columns that are called scores; beside others, a probability that never changes is a baseline."""
    named = []
    for each in profiles:
        many = each.distinct > 2 or (each.distinct == 2 and not decided(each))
        guessed = each.reading.role == "prediction" and many and not each.integral
        if each.kind == "number" and (
            guessed or (each.reading.role == "score" and (many or _named_probability(each)))
        ):
            named.append(each)
    named = [each for each in named if not set(each.reading.words) & SPREAD] or named
    if not any(each.distinct > 2 or (each.distinct == 2 and not decided(each)) for each in named):
        return []
    best = max(each.reading.strength for each in named)
    return [each for each in named if each.reading.strength >= best - 0.3]


def decided(profile: ColumnProfile) -> bool:
    """Two whole numbers are classes that were decided for; 0.2 and 0.7 are scores."""
    return profile.integral


def without_raw(scores: list[ColumnProfile]) -> list[ColumnProfile]:
    """Leave out raw scores that order the rows just as a probability beside them does: one model, twice.

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> import pandas as pd
    >>> table = pd.DataFrame({"logit": [-2.0, 0.5, 3.0], "prob": [0.1, 0.6, 0.9]})
    >>> [each.name for each in without_raw(list(profile_table(table).values()))]
    ['prob']
    """
    places = {each.name: _places(each) for each in scores if each.distinct > 2}
    inside = [each for each in scores if each.name in places and each.in_unit]

    def raw(profile: ColumnProfile) -> bool:
        mine = places.get(profile.name)
        if mine is None or profile.in_unit:
            return False
        return any(_as_one(mine, places[each.name]) for each in inside)

    return [each for each in scores if not raw(each) and not _is_top_of_pair(each, inside)]


def _is_top_of_pair(profile: ColumnProfile, scores: Sequence[ColumnProfile]) -> bool:
    """Whether a probability is always the higher of two others that add up to 1."""
    others = [each for each in scores if each is not profile]
    if len(others) < 2 or len(others) > _MOST_PAIRED or profile not in scores or profile.low < 0.5 - 1e-6:
        return False
    mine = as_numbers(profile.column.iloc[sample_positions(len(profile.column))])
    values = [as_numbers(each.column.iloc[sample_positions(len(each.column))]) for each in others]
    return any(
        np.allclose(a + b, 1, atol=1e-4) and np.allclose(np.maximum(a, b), mine, atol=1e-4)
        for i, a in enumerate(values)
        for b in values[i + 1 :]
    )


def _places(profile: ColumnProfile) -> npt.NDArray[np.float64]:
    values = as_numbers(profile.column.iloc[sample_positions(len(profile.column))])
    return np.asarray(pd.Series(values).rank(), dtype=np.float64)


def _as_one(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> bool:
    """Whether two rankings are the same or the opposite, but for ties that rounding makes."""
    known = ~(np.isnan(first) | np.isnan(second))
    if known.sum() < 3:
        return False
    a, b = first[known], second[known]
    return bool(abs(np.corrcoef(a, b)[0, 1]) > 1 - 1e-6)


def _named_probability(profile: ColumnProfile) -> bool:
    """Whether it is called a probability, and could be a baseline's: 0.0 in every row, not the code 1."""
    coded = profile.distinct == 1 and pd.api.types.is_integer_dtype(profile.column.dtype)
    return bool(set(profile.reading.words) & PROBABILITY) and profile.in_unit and not coded


def scores_of_classes(
    profiles: Profiles, truth: ColumnProfile, rest: list[ColumnProfile], named: list[ColumnProfile]
) -> list[ColumnProfile]:
    """Columns called after the classes, or as many probabilities as classes, whatever the names say."""
    labels = list(known_labels(truth))
    numeric = [each for each in rest if each.kind == "number" and each.distinct > 1]
    groups = class_columns([each.name for each in numeric], labels) if len(labels) >= 2 else []
    surely = {each.name for each in named}
    for group in groups:
        apart = (
            len(labels) == 2
            and not any(profiles[name].integral for name in group.columns)
            and not group.model
        )
        if set(group.columns) <= surely or apart or sums_to_one(dict(profiles), group.columns):
            new = [each for each in numeric if each.name in group.columns and each.name not in surely]
            named = [*named, *new]
            surely |= {each.name for each in new}
    inside = [each for each in numeric if each.in_unit and not each.integral]
    if named or len(inside) < len(labels) or (len(labels) == 2 and len(inside) > 2):
        return named
    if len(labels) > 1 and sums_to_one(dict(profiles), [each.name for each in inside]):
        return inside
    return named


def _counts(profile: ColumnProfile) -> bool:
    """Whether a column numbers the rows one by one."""
    return profile.integral and profile.unique and bool(abs(np.diff(profile.numbers)).max(initial=0) == 1)


def _names_rows(profile: ColumnProfile) -> bool:
    """Whether numbers are called an id, and few come twice."""
    return profile.reading.role == "id" and profile.integral


def called_after_learner(profile: ColumnProfile) -> bool:
    """`rf`, `ResNet50`, `XGBoost_v2`: short names must stand alone, longer ones may be part of a word."""
    name = profile.name.casefold()
    return (
        bool(set(profile.reading.words) & LEARNERS)
        or any(len(word) > 3 and word in name for word in LEARNERS)
        or name in LEARNERS
    )


def _with_their_like(
    truth: ColumnProfile,
    learners: list[ColumnProfile],
    inside: Sequence[ColumnProfile],
    rows: RowAgreement,
) -> list[ColumnProfile]:
    """Learners and the columns among them (`cat` between `xgb` and `nn`) that rank the truth about as well."""
    least = 0.6 * min(rows.bond(truth, each) for each in learners)
    places = [each.position for each in learners]
    among = range(min(places) - 1, max(places) + 2)
    return [
        each
        for each in inside
        if each in learners or (each.position in among and least > 0.1 and rows.bond(truth, each) >= least)
    ]


def guessed_scores(truth: ColumnProfile, rest: Sequence[ColumnProfile], rows: RowAgreement) -> list[Claim]:
    """Numbers that no name calls a score: those called after learners, or each that could be one; the best first.

    Numbers from 0 to 1 come before measurements, which rank a truth by chance, unless one of these is far better.
    """
    numbers = [each for each in rest if each.continuous and not _names_rows(each)]
    inside = [each for each in numbers if each.in_unit and not each.integral]
    learners = [each for each in inside if called_after_learner(each)]
    if len(learners) > 1:
        together = _with_their_like(truth, learners, inside, rows)
        evidence = (
            Evidence("name", -GUESSED, messages.SCORES_OF_LEARNERS),
            Evidence("agreement", AGREES * rows.best(truth, together)),
        )
        return [Claim("scores", tuple(each.name for each in together), evidence)]
    outside = [each for each in numbers if each not in inside and not _counts(each)]
    if inside:
        outside = outside[:_LOOKED_AT] if len(truth.codes.labels) == 2 else []
    best = max((rows.bond(truth, each) for each in inside), default=0.0)
    outside = [each for each in outside if not inside or rows.bond(truth, each) > best]
    chance = chance_bond(truth, len(numbers))
    claims = [_guess(truth, each, rows, chance, within=each in inside) for each in [*inside, *outside]]
    return sorted(claims, key=lambda each: -each.score)


def _guess(
    truth: ColumnProfile, score: ColumnProfile, rows: RowAgreement, chance: float, *, within: bool
) -> Claim:
    evidence = (
        Evidence("name", GUESSED),
        Evidence("content", INSIDE * within + FEW * (score.integral and score.distinct <= _FEW_VALUES)),
        Evidence("agreement", AGREES * rows.bond(truth, score), messages.SCORE_BY_CONTENT),
        Evidence("agreement", -AGREES * chance),
    )
    return Claim("scores", (score.name,), evidence)
