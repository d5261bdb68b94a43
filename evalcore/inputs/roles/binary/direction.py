"""Which class each score speaks for: by what is stated, by name, by the decisions beside it, by rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from evalcore.inputs.columns.association import rank_auc
from evalcore.inputs.columns.class_names import ClassColumns, class_columns, names_class, numbered_columns
from evalcore.inputs.columns.profile import ColumnProfile, sums_to_one
from evalcore.inputs.columns.words import CERTAINTY, LOW_IS_POSITIVE
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import ScorePlan
from evalcore.inputs.plan.stated import Choice, Stated
from evalcore.inputs.roles.binary.positive import PositiveClass, conventional_positive
from evalcore.inputs.roles.binary.sample import TruthSample
from evalcore.inputs.roles.binary.unit import kind_of
from evalcore.predictions.evaluation import ScoreKind
from evalcore.wording import joined, say

__all__ = ["plan_scores"]

Profiles = Mapping[str, ColumnProfile]
_SLACK, _ROUNDED, _SELDOM = 1e-6, 0.02, 0.1


@dataclass(frozen=True)
class _Pointing:
    """Which label a score speaks for, whether that is the negative one, and whether to ask a person."""

    label: str
    turned: bool
    doubtful: bool = False


@dataclass(frozen=True, eq=False)
class _Setting:
    """What is known before the scores are looked at."""

    sample: TruthSample
    chosen: PositiveClass
    predicted: ScorePlan | None
    decisions: ColumnProfile | None
    numbered: int


def _is_confidence(score: ColumnProfile, kind: ScoreKind, setting: _Setting) -> bool:
    """Whether the score says how sure the model is of the class that it predicted, whichever it is."""
    percent = kind == "percent"
    if setting.predicted is None or setting.decisions is None or not (score.in_unit or percent):
        return False
    numbers = setting.sample.numbers(score)
    called, known = setting.sample.called(setting.decisions, setting.predicted.labels)
    known &= numbers == numbers
    called, numbers = called[known], numbers[known]
    if not called.any() or called.all():
        return False
    separates = rank_auc(called, numbers)
    named = bool(CERTAINTY & set(score.reading.words))
    return 0.02 < separates < 0.98 and (numbers.min() >= (50 if percent else 0.5) - 1e-6 or named)


def _by_decisions(score: ColumnProfile, kind: ScoreKind, setting: _Setting) -> _Pointing | None:
    """The decisions beside the score are high where it is high, or where it is low."""
    if setting.predicted is None or setting.decisions is None:
        return None
    called, known = setting.sample.called(setting.decisions, setting.predicted.labels)
    separates = rank_auc(called[known], setting.sample.numbers(score)[known])
    if separates > 0.9:
        return _Pointing(setting.chosen.positive, turned=False)
    if separates < 0.1:
        return _Pointing(setting.chosen.negative, turned=True, doubtful=kind != "probability")
    return None


def _point(score: ColumnProfile, kind: ScoreKind, setting: _Setting, choice: Choice | None) -> _Pointing:
    sample, chosen = setting.sample, setting.chosen
    if choice is not None and choice.turned is not None:
        return _Pointing(chosen.negative if choice.turned else chosen.positive, choice.turned)
    if choice is not None and choice.value in sample.labels:
        return _Pointing(choice.value or "", choice.value != chosen.positive)
    named = names_class(score.name, sample.labels)
    if named and not _is_number(named[0], score, setting) and not sample.reversed(score, named[0]):
        return _Pointing(named[0], named[0] != chosen.positive)
    decided = _by_decisions(score, kind, setting)
    if decided is not None:
        return decided
    conventional = conventional_positive(*sample.labels)
    usual = conventional.positive if conventional else _ranked_high(score, setting)
    if not sample.reversed(score, usual):
        return _Pointing(usual, usual != chosen.positive)
    words = set(score.reading.words)
    low = words & LOW_IS_POSITIVE or {"p", "value"} <= words
    if kind in ("probability", "percent") and usual == chosen.positive and not low:
        return _Pointing(usual, turned=False, doubtful=True)
    other = sample.other(usual)
    return _Pointing(other, other != chosen.positive, doubtful=True)


def _is_number(label: str, score: ColumnProfile, setting: _Setting) -> bool:
    """Whether 0 or 1 in a score's name counts the models (`m0_prob`, `m1_prob`) and names no class.

    Columns for each class would have been taken together; of two that were not, the rows decide.
    """
    if label not in "01" or setting.numbered < 2:
        return False
    return setting.numbered > 2 or setting.sample.ranks(score, label) < 0.5


def _ranked_high(score: ColumnProfile, setting: _Setting) -> str:
    """The label whose rows have the higher scores; the positive one where they are alike."""
    positive = setting.chosen.positive
    return setting.chosen.negative if setting.sample.ranks(score, positive) < 0.5 else positive


def _decisions_of(
    score: ColumnProfile, predictions: Sequence[ScorePlan], profiles: Profiles
) -> ScorePlan | None:
    """The decisions that go with a score: the only ones, or those of the same subject."""
    if len(predictions) == 1:
        return predictions[0]
    same = (each for each in predictions if profiles[each.column].reading.subject == score.reading.subject)
    return next(same, None)


def _pairs(
    profiles: Profiles, scores: Sequence[ColumnProfile], labels: tuple[str, str], sample: TruthSample
) -> list[ClassColumns]:
    """Scores with a column for each class; of two without names, the first is of the first label."""
    names = [each.name for each in scores]
    found = [each for each in class_columns(names, labels) if _shares(profiles, each)]
    unnamed = not any(names_class(name, labels) for name in names)
    numbered = numbered_columns(names, 2) if len(names) == 2 else None
    if (
        not found
        and numbered
        and (unnamed or numbered[0].endswith("1"))
        and sums_to_one(dict(profiles), names)
    ):
        return [ClassColumns("", (numbered[0], numbered[1]))]
    logarithms = _log_pair(scores, sample) if not found and unnamed else None
    return [ClassColumns("", logarithms)] if logarithms else found


def _log_pair(scores: Sequence[ColumnProfile], sample: TruthSample) -> tuple[str, str] | None:
    """Two logarithms of probabilities that add up to 1: the classes' in the order in which they rank the rows."""
    if len(scores) != 2 or any(each.high > _SLACK for each in scores):
        return None
    one, two = (sample.numbers(each) for each in scores)
    known = ~(np.isnan(one) | np.isnan(two))
    if not known.any() or (np.abs(np.exp(one[known]) + np.exp(two[known]) - 1) > _ROUNDED).mean() > _SELDOM:
        return None
    first, second = scores
    turned = sample.ranks(first, sample.labels[0]) < sample.ranks(second, sample.labels[0])
    return (second.name, first.name) if turned else (first.name, second.name)


def _shares(profiles: Profiles, pair: ClassColumns) -> bool:
    """Whether two columns can be of one model: probabilities of both classes add up to 1."""
    inside = all(profiles[name].in_unit for name in pair.columns)
    return not inside or sums_to_one(dict(profiles), pair.columns)


def _ask_direction(
    name: str, scores: Sequence[str], pointing: _Pointing, chosen: PositiveClass, findings: Findings
) -> None:
    """Ask which way a score points; each option lists all scores, as it replaces what was stated."""
    taken = messages.TAKEN_TURNED if pointing.turned else messages.TAKEN_AS_IS
    text = say(messages.ASK_DIRECTION, column=name, label=chosen.positive, taken=taken)
    signs = ("-", "+") if pointing.turned else ("+", "-")
    marked = [[sign + each if each == name else each for each in scores] for sign in signs]
    findings.ask("scores", text, [joined(each) for each in marked])


def _pair_plan(score: ColumnProfile, partner: str, kind: ScoreKind) -> ScorePlan:
    """A column for each class: the positive one's, or the softmax where they are logits."""
    plan = ScorePlan(score.name, score.name, kind)
    if kind in ("logit", "decision", "log_probability"):
        return replace(plan, kind="probability", operation="softmax", partner=partner, note=messages.SOFTMAX)
    return plan


def _pointed_plan(score: ColumnProfile, kind: ScoreKind, pointing: _Pointing, *, stated: bool) -> ScorePlan:
    if not pointing.turned:
        return ScorePlan(score.name, score.name, kind)
    linear = kind not in ("probability", "percent", "hard_label")
    note = messages.TURNED if linear or stated else say(messages.COMPLEMENT, other=pointing.label)
    return ScorePlan(score.name, score.name, kind, "opposite", note=note)


def plan_scores(
    profiles: Profiles, scores: Sequence[ColumnProfile], sample: TruthSample, chosen: PositiveClass,
    predictions: Sequence[ScorePlan], stated: Stated, findings: Findings,
) -> list[ScorePlan]:  # fmt: skip
    """Settle how each column of scores becomes a score for the positive class.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    scores : sequence of ColumnProfile
    sample : TruthSample
    chosen : PositiveClass
    predictions : sequence of ScorePlan
        The decisions beside the scores.
    stated : Stated
    findings : Findings
        Gets a question where a score seems to point the wrong way.

    Returns
    -------
    list of ScorePlan
        One for each model: two columns, one for each class, make one model.
    """
    told = {each.column: each for each in stated.scores}
    paired = {
        name: group for group in _pairs(profiles, scores, sample.labels, sample) for name in group.columns
    }
    naming = [names_class(each.name, sample.labels) for each in scores]
    numbered = max(
        sum(each.reading.subject.isdigit() for each in scores),
        sum(bool(each and each[0] in "01") for each in naming),
    )
    plans: list[ScorePlan] = []
    for score in scores:
        predicted = _decisions_of(score, predictions, profiles)
        decisions = profiles[predicted.column] if predicted else None
        setting = _Setting(sample, chosen, predicted, decisions, numbered)
        choice = told.get(score.name)
        kind = cast(ScoreKind, choice.kind) if choice and choice.kind else kind_of(score)
        free = choice is None or (choice.turned is None and choice.value is None)
        if score.name in paired and free:
            group = paired[score.name].columns
            if group[sample.labels.index(chosen.positive)] == score.name:
                plans.append(_pair_plan(score, group[sample.labels.index(chosen.negative)], kind))
        elif free and predicted is not None and _is_confidence(score, kind, setting):
            note = say(messages.FROM_CONFIDENCE, column=predicted.column)
            plan = ScorePlan(
                score.name,
                score.name,
                "percent" if kind == "percent" else "probability",
                "confidence",
                predicted.column,
                predicted.labels,
                note,
            )
            plans.append(plan)
        else:
            pointing = _point(score, kind, setting, choice)
            if pointing.doubtful:
                _ask_direction(score.name, [each.name for each in scores], pointing, chosen, findings)
            plans.append(_pointed_plan(score, kind, pointing, stated=bool(choice and choice.turned)))
    return plans
