"""Columns of scores and decisions: by name, by the classes, and by content where no name tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.columns.class_names import class_columns
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, sample_positions, sums_to_one
from evalcore.inputs.columns.words import LEARNERS, PROBABILITY, SPREAD
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.roles.truth import goes_with, known_labels, same_classes
from evalcore.wording import say

__all__ = [
    "decided",
    "doubt_predictions",
    "named_predictions",
    "named_scores",
    "scores_of_classes",
    "unnamed_predictions",
    "unnamed_scores",
    "without_raw",
]

Profiles = Mapping[str, ColumnProfile]
_MOST_GUESSED = 3
_LOOKED_AT = 100
_MOST_CLASSES = 1100
_MOST_PAIRED = 20
_LOOSE = 0.3
_NAMELESS = frozenset({"column", "value", "unnamed", "x", "y", "a", "b", "c", *map(str, range(10))})
_FAR_BETTER = 0.25
_LEAST_BOND = 0.25
"""A column of the same classes must go with the truth so much to be a model's."""


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
    return bool(set(profile.reading.words) & PROBABILITY) and profile.in_unit


def named_predictions(
    profiles: Sequence[ColumnProfile], scores: Sequence[ColumnProfile]
) -> list[ColumnProfile]:
    """Columns that are called predictions, and so-called scores that hold two values only."""
    used = {each.name for each in scores}
    free = [each for each in profiles if each.labelled and each.name not in used]
    decided = [each for each in free if each.reading.role == "prediction"]
    two_valued = [each for each in free if each.reading.role == "score" and each.distinct <= 2]
    best = max((each.reading.strength for each in decided), default=0.0)
    return [each for each in decided if each.reading.strength >= best - 0.3] + two_valued


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


def _of_classes(profile: ColumnProfile) -> bool:
    """Whether a column can hold classes, be they hundreds of numbers."""
    whole = profile.kind == "number" and profile.integral and not profile.unique
    return profile.distinct > 1 and (profile.labelled or (whole and profile.distinct <= _MOST_CLASSES))


def unnamed_predictions(
    truth: ColumnProfile, rest: Sequence[ColumnProfile], findings: Findings
) -> list[ColumnProfile]:
    """Columns of the truth's classes that no name calls a prediction.

    Texts need only hold the same classes. Numbers do so by chance: they are taken where nothing else is left
    (two readers of every case), or where there are many classes.
    """
    alike = [
        each
        for each in rest
        if _of_classes(each) and each.kind == truth.kind and each.reading.role in ("", "prediction")
        and same_classes(truth, each)
    ]  # fmt: skip
    others = [each for each in rest if each not in alike and each.kind not in ("empty", "time")]
    if truth.kind != "text" and len(known_labels(truth)) < 5 and (others or truth.reading.strength < 0.8):
        return []
    ranked = sorted(alike, key=lambda each: goes_with(truth, each), reverse=True)
    readers = truth.kind != "text" and not others
    taken = alike if readers else ranked[:1]
    if not readers and truth.reading.role == "truth":  # models or readers, each in a column of its own
        taken += [each for each in ranked[1:] if _agrees(truth, each, goes_with(truth, ranked[0]))]
        taken.sort(key=lambda each: each.position)
    for each in taken:
        reason = say(messages.HARD_LABEL_OTHER_OF_TWO, column=each.name)
        findings.decide("predicted label", [each.name], reason, 0.6)
    return taken


def _agrees(truth: ColumnProfile, other: ColumnProfile, best: float) -> bool:
    """Whether a column of the truth's classes goes with it about as well as the best one does."""
    inside = set(other.codes.labels) <= set(truth.codes.labels)
    return inside and goes_with(truth, other) >= max(_LEAST_BOND, 0.4 * best)


def doubt_predictions(truth: ColumnProfile, score: ColumnProfile, findings: Findings) -> None:
    """Say that a table does not look like predictions, where no name tells and little goes with little.

    Raises
    ------
    InputError
        Where the columns have names, none of which speaks of a truth or a score, and nothing goes together.
    """
    if truth.reading.role == "truth" or _called_after_learner(score):
        return
    bare = any(not set(each.reading.words) - _NAMELESS or each.name.isdigit() for each in (truth, score))
    text = say(messages.NOT_LIKE_PREDICTIONS, column=truth.name, other=score.name)
    if not bare and goes_with(truth, score) < _LOOSE:
        raise InputError(text)
    findings.warn(text)


def _counts(profile: ColumnProfile) -> bool:
    """Whether a column numbers the rows one by one."""
    return profile.integral and profile.unique and bool(abs(np.diff(profile.numbers)).max(initial=0) == 1)


def _called_after_learner(profile: ColumnProfile) -> bool:
    """`rf`, `ResNet50`, `XGBoost_v2`: short names must stand alone, longer ones may be part of a word."""
    name = profile.name.casefold()
    return (
        bool(set(profile.reading.words) & LEARNERS)
        or any(len(word) > 3 and word in name for word in LEARNERS)
        or name in LEARNERS
    )


def _with_their_like(
    truth: ColumnProfile, learners: list[ColumnProfile], inside: Sequence[ColumnProfile]
) -> list[ColumnProfile]:
    """Learners and the columns among them (`cat` between `xgb` and `nn`) that rank the truth about as well."""
    least = 0.6 * min(goes_with(truth, each) for each in learners)
    places = [each.position for each in learners]
    among = range(min(places) - 1, max(places) + 2)
    return [
        each
        for each in inside
        if each in learners or (each.position in among and least > 0.1 and goes_with(truth, each) >= least)
    ]


def unnamed_scores(
    truth: ColumnProfile, rest: Sequence[ColumnProfile], findings: Findings
) -> list[ColumnProfile]:
    """Numbers that no name calls a score: those named after learners, else the ones that rank the truth best.

    Raises
    ------
    InputError
        Where there is none, or so many that they are rather what the model was given.
    """
    numbers = [each for each in rest if each.continuous]
    inside = [each for each in numbers if each.in_unit and not each.integral]
    learners = [each for each in inside if _called_after_learner(each)]
    if len(learners) > 1:
        learners = _with_their_like(truth, learners, inside)
        findings.decide("score", [each.name for each in learners], messages.SCORES_OF_LEARNERS, 0.7)
        return learners
    bonds = {each.name: goes_with(truth, each) for each in inside or numbers}
    ranked = sorted(inside or numbers, key=lambda each: bonds[each.name], reverse=True)
    outside = [each for each in numbers if each not in inside and not _counts(each)] if inside else []
    if outside and len(truth.codes.labels) == 2:
        bonds |= {each.name: goes_with(truth, each) for each in outside[:_LOOKED_AT]}
        firmest = max(outside[:_LOOKED_AT], key=lambda each: bonds[each.name])
        if bonds[firmest.name] > bonds[ranked[0].name] + _FAR_BETTER:
            ranked = [firmest, *ranked]  # it does separate the classes; numbers from 0 to 1 by chance do not
        elif bonds[firmest.name] > bonds[ranked[0].name]:
            ranked = [ranked[0], firmest, *ranked[1:]]  # a person is asked
    if not ranked:
        raise InputError(say(messages.LONE_LABELS, column=truth.name))
    best = ranked[0]
    clear = len(ranked) > 1 and bonds[best.name] > 0.5 and bonds[best.name] > 2 * bonds[ranked[1].name]
    if len(ranked) > _MOST_GUESSED and not clear:
        names = [each.name for each in ranked]
        raise InputError(say(messages.ONLY_FEATURES, column=truth.name, columns=names))
    findings.decide("score", [best.name], messages.SCORE_BY_CONTENT, 0.5)
    if len(ranked) > 1:
        text = say(messages.ASK_SCORE, column=best.name, reason=messages.SCORE_BY_CONTENT)
        findings.ask("scores", text, [each.name for each in ranked[:5]])
    return [best]
