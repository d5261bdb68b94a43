"""Two classes: which one is positive, which way each score points, how predictions are coded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.inputs import messages
from evalcore.inputs.association import rank_auc
from evalcore.inputs.class_columns import class_columns, names_class
from evalcore.inputs.column_profile import ColumnProfile, as_numbers, sample_positions
from evalcore.inputs.evaluation import ScoreKind
from evalcore.inputs.figure_columns import FigureColumns, known_labels
from evalcore.inputs.findings import Findings
from evalcore.inputs.labels import match_labels
from evalcore.inputs.layouts import BinaryLayout, Rows, ScorePlan
from evalcore.inputs.positive_class import PositiveClass, conventional_positive, settle_positive
from evalcore.inputs.score_kind import kind_of
from evalcore.inputs.stated import Stated

__all__ = ["settle_binary"]

Profiles = Mapping[str, ColumnProfile]
_CLEARLY_REVERSED = 0.35
_SURE = 0.7


@dataclass(frozen=True)
class _Sample:
    """The truth on the sampled rows: code 0 or 1 for the two labels, -1 for neither."""

    labels: tuple[str, str]
    codes: npt.NDArray[np.intp]
    positions: npt.NDArray[np.intp]

    def ranks(self, profile: ColumnProfile, label: str) -> float:
        """AUC of the column for `label`, on the sampled rows."""
        numbers = as_numbers(profile.column.iloc[self.positions])
        known = self.codes >= 0
        return rank_auc(self.codes[known] == self.labels.index(label), numbers[known])

    def other(self, label: str) -> str:
        """The other of the two labels."""
        return self.labels[1 - self.labels.index(label)]

    def reversed(self, profile: ColumnProfile, label: str) -> bool:
        """Whether the column ranks `label` lower, beyond what chance does."""
        known = self.codes[self.codes >= 0]
        ones = int((known == self.labels.index(label)).sum())
        zeros = known.size - ones
        if min(ones, zeros) < 5:
            return False
        spread = np.sqrt((1 / ones + 1 / zeros) / 12)
        return self.ranks(profile, label) < min(_CLEARLY_REVERSED, 0.5 - 4 * spread)


def _sample(truth: ColumnProfile, labels: tuple[str, str]) -> _Sample:
    positions = sample_positions(len(truth.column))
    codes = truth.codes.codes[positions]
    places = [truth.codes.position(label) for label in labels]
    return _Sample(labels, np.where(codes == places[0], 0, np.where(codes == places[1], 1, -1)), positions)


def _two_labels(truth: ColumnProfile) -> tuple[str, str]:
    """The two classes; where the truth holds one only, the other is made up from what is usual."""
    labels = known_labels(truth)
    if len(labels) == 2:
        return labels[0], labels[1]
    if len(labels) == 1:
        only = labels[0]
        usual = {"0": "1", "1": "0", "False": "True", "True": "False", "-1": "1"}
        return only, usual.get(only, f"not {only}")
    raise InputError(
        messages.say(messages.NOT_TWO_CLASSES, column=truth.name, count=len(labels), labels=list(labels))
    )


def _label_plan(
    prediction: ColumnProfile, sample: _Sample, chosen: PositiveClass, findings: Findings
) -> ScorePlan | None:
    """How a column of decisions becomes 1 and 0; None where its labels are not the truth's."""
    codes = prediction.codes
    match = match_labels(sample.labels, codes.labels)
    if match.how == "none" or match.strangers:
        return None
    mapping = dict(match.mapping)
    note = ""
    if match.how == "logical":
        reading = {label: int(mapping[label] == chosen.positive) for label in codes.labels}
        called = np.array([*(reading[label] for label in codes.labels), -1])[codes.codes[sample.positions]]
        both = (called >= 0) & (sample.codes >= 0)
        truth = sample.codes[both] == sample.labels.index(chosen.positive)
        if rank_auc(truth, called[both].astype(float)) < _CLEARLY_REVERSED:
            mapping = {label: sample.other(partner) for label, partner in mapping.items()}
            label = next(each for each in codes.labels if mapping[each] == chosen.positive)
            text = messages.say(
                messages.ASK_CODING, value=label, column=prediction.name, label=chosen.positive
            )
            findings.ask("predicted_label", text, [prediction.name, messages.NONE])
        if tuple(codes.labels) != tuple(mapping[label] for label in codes.labels):
            meanings = ", ".join(f"{label} = {mapping[label]}" for label in codes.labels)
            note = messages.say(messages.LABEL_MAPPED, mapping=meanings)
    positive = tuple(label for label in codes.labels if mapping[label] == chosen.positive)
    return ScorePlan(prediction.name, prediction.name, "hard_label", "label", None, positive, note)


def _is_confidence(score: ColumnProfile, prediction: ColumnProfile, plan: ScorePlan, sample: _Sample) -> bool:
    """Whether the score says how sure the model is of the class that it predicted, whichever it is."""
    numbers = as_numbers(score.column.iloc[sample.positions])
    codes = prediction.codes.codes[sample.positions]
    positive = [prediction.codes.position(label) for label in plan.labels]
    called = np.isin(codes, positive)
    known = (codes >= 0) & ~np.isnan(numbers)
    if not called[known].any() or called[known].all():
        return False
    separates = rank_auc(called[known], numbers[known])
    named = bool({"confidence", "conf", "confidences", "top", "max", "certainty"} & set(score.reading.words))
    return 0.02 < separates < 0.98 and bool(numbers[known].min() >= 0.5 - 1e-6 or named) and score.in_unit


@dataclass(frozen=True)
class _Pointing:
    """Which label a score speaks for, and how that is known."""

    label: str
    turned: bool
    doubtful: bool = False


def _points_at(
    score: ColumnProfile, kind: ScoreKind, sample: _Sample, chosen: PositiveClass, predicted: ScorePlan | None,
    profiles: Profiles, *, told: tuple[str | None, bool], numbered: bool,
) -> _Pointing:  # fmt: skip
    stated_class, stated_turned = told
    if stated_turned:
        return _Pointing(chosen.negative, True)
    if stated_class is not None:
        return _Pointing(stated_class, stated_class != chosen.positive)
    named = names_class(score.name, sample.labels)
    if named and not (numbered and named[0] in "01") and not sample.reversed(score, named[0]):
        return _Pointing(named[0], named[0] != chosen.positive)
    if predicted is not None:
        profile = profiles[predicted.column]
        positive = [profile.codes.position(label) for label in predicted.labels]
        codes = profile.codes.codes[sample.positions]
        numbers = as_numbers(score.column.iloc[sample.positions])
        separates = rank_auc(np.isin(codes, positive)[codes >= 0], numbers[codes >= 0])
        if separates > 0.9 or separates < 0.1:
            turned = bool(separates < 0.1)
            return _Pointing(
                chosen.negative if turned else chosen.positive,
                turned,
                doubtful=turned and kind != "probability",
            )
    conventional = conventional_positive(*sample.labels)
    usual = conventional.positive if conventional else chosen.positive
    if not sample.reversed(score, usual):
        return _Pointing(usual, usual != chosen.positive)
    other = sample.other(usual)
    if kind in ("probability", "percent") and usual == chosen.positive:
        return _Pointing(usual, False, doubtful=True)
    return _Pointing(other, other != chosen.positive, doubtful=True)


def _settle_labels(
    truth: ColumnProfile, labels: tuple[str, str], scores: Sequence[ColumnProfile], sample: _Sample, stated: Stated,
    findings: Findings,
) -> PositiveClass:  # fmt: skip
    if stated.roles.positive is not None:
        position = truth.codes.position(stated.roles.positive)
        wanted = truth.codes.labels[position] if position >= 0 else stated.roles.positive
        if wanted not in labels:
            raise InputError(
                messages.say(
                    messages.NO_SUCH_LABEL,
                    labels=list(labels),
                    column=truth.name,
                    label=stated.roles.positive,
                )
            )
        findings.decide("positive", [], messages.STATED, 1.0)
        return PositiveClass(wanted, sample.other(wanted), messages.STATED, 1.0)
    named = {}
    for score in scores:
        spoken = names_class(score.name, labels)
        if spoken:
            named.setdefault(spoken[0], score.name)
    ranked = None
    if scores and len(named) < 2:
        auc = sample.ranks(scores[0], labels[1])
        ranked = None if np.isnan(auc) or auc == 0.5 else labels[int(auc > 0.5)]
    counts = np.bincount(sample.codes[sample.codes >= 0], minlength=2)
    rarer = None if counts[0] == counts[1] else labels[int(counts[1] < counts[0])]
    chosen = settle_positive(
        labels, columns=named, both_columns=len(named) == 2, called_high=None, ranked_high=ranked, rarer=rarer
    )
    findings.decide("positive", [], chosen.reason, chosen.confidence)
    if chosen.confidence < _SURE:
        text = messages.say(messages.ASK_POSITIVE, label=chosen.positive, reason=chosen.reason)
        findings.ask("positive", text, [chosen.positive, chosen.negative])
    return chosen


def settle_binary(
    profiles: Profiles, columns: FigureColumns, rows: Rows, stated: Stated, findings: Findings
) -> BinaryLayout:
    """Settle how binary predictions are made from one truth column.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    columns : FigureColumns
        With a truth.
    rows : Rows
    stated : Stated
    findings : Findings
        Gets decisions, questions and warnings.

    Returns
    -------
    BinaryLayout

    Raises
    ------
    InputError
        Where the truth does not hold two classes or a stated label is not among them.
    """
    truth = profiles[columns.truth or ""]
    labels = _two_labels(truth)
    sample = _sample(truth, labels)
    scores = [profiles[name] for name in columns.scores]
    chosen = _settle_labels(truth, labels, scores, sample, stated, findings)
    if len(truth.codes.labels) == 1:
        findings.warn(messages.say(messages.ONE_CLASS, column=truth.name, label=truth.codes.labels[0]))
    plans = [
        plan
        for plan in (_label_plan(profiles[name], sample, chosen, findings) for name in columns.predictions)
        if plan is not None
    ]
    predicted = plans[0] if plans else None
    models = _score_plans(profiles, scores, sample, chosen, predicted, stated, findings)
    if not models:
        return BinaryLayout(truth.name, chosen.positive, chosen.negative, tuple(plans), rows=rows)
    return BinaryLayout(truth.name, chosen.positive, chosen.negative, tuple(models), predicted, rows)


def _score_plans(
    profiles: Profiles, scores: Sequence[ColumnProfile], sample: _Sample, chosen: PositiveClass,
    predicted: ScorePlan | None, stated: Stated, findings: Findings,
) -> list[ScorePlan]:  # fmt: skip
    told = {each.column: each for each in stated.scores}
    by_class = class_columns([each.name for each in scores], sample.labels)
    paired = {name: group for group in by_class for name in group.columns}
    numbered = sum(each.reading.subject.isdigit() for each in scores) > 2
    plans: list[ScorePlan] = []
    for score in scores:
        choice = told.get(score.name)
        kind: ScoreKind = choice.kind if choice and choice.kind else kind_of(score)  # type: ignore[assignment]
        if score.name in paired and not (choice and (choice.turned or choice.value)):
            mine = paired[score.name].columns[sample.labels.index(chosen.positive)]
            if mine != score.name:
                continue
            partner = paired[score.name].columns[sample.labels.index(chosen.negative)]
            plans.append(_pair_plan(score, partner, kind))
            continue
        if predicted is not None and _is_confidence(score, profiles[predicted.column], predicted, sample):
            note = messages.say(messages.FROM_CONFIDENCE, column=predicted.column)
            plans.append(
                ScorePlan(
                    score.name,
                    score.name,
                    "probability",
                    "confidence",
                    predicted.column,
                    predicted.labels,
                    note,
                )
            )
            continue
        pointing = _points_at(
            score, kind, sample, chosen, predicted, profiles, numbered=numbered,
            told=(choice.value if choice else None, bool(choice and choice.turned)),
        )  # fmt: skip
        plans.append(
            _pointed_plan(
                score, kind, pointing, chosen, findings, stated=choice is not None and choice.turned
            )
        )
    return plans


def _pair_plan(score: ColumnProfile, partner: str, kind: ScoreKind) -> ScorePlan:
    """A column for each class: the positive one's, or the softmax where they are logits."""
    plan = ScorePlan(score.name, score.name, kind)
    if kind in ("logit", "decision"):
        return replace(plan, kind="probability", operation="softmax", partner=partner, note=messages.SOFTMAX)
    return plan


def _pointed_plan(
    score: ColumnProfile,
    kind: ScoreKind,
    pointing: _Pointing,
    chosen: PositiveClass,
    findings: Findings,
    *,
    stated: bool,
) -> ScorePlan:
    if pointing.doubtful:
        taken = messages.TAKEN_TURNED if pointing.turned else messages.TAKEN_AS_IS
        text = messages.say(messages.ASK_DIRECTION, column=score.name, label=chosen.positive, taken=taken)
        options = [f"-{score.name}", score.name] if pointing.turned else [score.name, f"-{score.name}"]
        findings.ask("scores", text, options)
    if not pointing.turned:
        return ScorePlan(score.name, score.name, kind)
    linear = kind not in ("probability", "percent", "hard_label")
    note = messages.TURNED if linear or stated else messages.say(messages.COMPLEMENT, other=pointing.label)
    return ScorePlan(score.name, score.name, kind, "opposite", note=note)
