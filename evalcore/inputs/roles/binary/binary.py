"""Two classes: which one is positive, which way each score points, how predictions are coded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evalcore.errors import InputError
from evalcore.inputs.columns.association import rank_auc
from evalcore.inputs.columns.class_names import names_class
from evalcore.inputs.columns.codings import match_codings
from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.columns.spelling import spell
from evalcore.inputs.columns.words import CERTAINTY
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import BinaryLayout, Rows, ScorePlan
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.recognition.row_agreement import known_labels
from evalcore.inputs.roles.binary.direction import plan_scores
from evalcore.inputs.roles.binary.positive import PositiveClass, settle_positive
from evalcore.inputs.roles.binary.sample import CLEARLY_REVERSED, TruthSample, take_sample
from evalcore.inputs.roles.figures import FigureColumns
from evalcore.wording import say

__all__ = ["settle_binary"]

Profiles = Mapping[str, ColumnProfile]
_SURE = 0.7


def _two_labels(truth: ColumnProfile) -> tuple[str, str]:
    """The two classes; where the truth holds one only, the other is made up from what is usual."""
    labels = known_labels(truth)
    if len(labels) == 2:
        return labels[0], labels[1]
    if len(labels) == 1:
        only = labels[0]
        usual = {"0": "1", "1": "0", "False": "True", "True": "False", "-1": "1"}
        return only, usual.get(only, f"not {only}")
    raise InputError(say(messages.NOT_TWO_CLASSES, column=truth.name, count=len(labels), labels=list(labels)))


def _label_plan(
    truth: ColumnProfile, prediction: ColumnProfile, sample: TruthSample, chosen: PositiveClass,
    turned: bool | None, findings: Findings,
) -> ScorePlan | None:  # fmt: skip
    """How a column of decisions becomes 1 and 0; None where its labels are not the truth's."""
    codes = prediction.codes
    match = match_codings(truth.codes, sample.labels, codes)
    if match is None or match.strangers or not set(match.mapping.values()) <= set(sample.labels):
        return None
    mapping = dict(match.mapping)
    note = ""
    if match.how == "logical" and turned is None:
        turned = _coded_backwards(prediction, sample, chosen, mapping)
        if turned:
            label = next(each for each in codes.labels if mapping[each] != chosen.positive)
            text = say(messages.ASK_CODING, value=label, column=prediction.name, label=chosen.positive)
            findings.ask("predicted_label", text, [f"-{prediction.name}", f"+{prediction.name}"])
    if turned:
        mapping = {label: sample.other(partner) for label, partner in mapping.items()}
    if match.how == "agreement" and turned is None:
        meanings = ", ".join(f"{label} = {mapping[label]}" for label in codes.labels)
        text = say(messages.ASK_MEANINGS, column=prediction.name, meanings=meanings)
        findings.ask("predicted_label", text, [f"+{prediction.name}", f"-{prediction.name}"])
    if match.how in ("logical", "agreement") or turned:
        meanings = ", ".join(f"{label} = {mapping[label]}" for label in codes.labels)
        note = say(messages.LABEL_MAPPED, mapping=meanings)
    positive = tuple(label for label in codes.labels if mapping[label] == chosen.positive)
    return ScorePlan(prediction.name, prediction.name, "hard_label", "label", None, positive, note)


def _coded_backwards(
    prediction: ColumnProfile, sample: TruthSample, chosen: PositiveClass, mapping: Mapping[str, str]
) -> bool:
    """Whether decisions coded -1/1 or so agree far better with the truth when read the other way round."""
    positive = tuple(label for label, partner in mapping.items() if partner == chosen.positive)
    called, known = sample.called(prediction, positive)
    known &= sample.codes >= 0
    truth = sample.codes[known] == sample.labels.index(chosen.positive)
    return rank_auc(truth, called[known].astype(np.float64)) < CLEARLY_REVERSED


def _settle_labels(
    truth: ColumnProfile, labels: tuple[str, str], scores: Sequence[ColumnProfile], sample: TruthSample,
    stated: Stated,
    findings: Findings, *, decided: bool,
) -> PositiveClass:  # fmt: skip
    if stated.roles.positive is not None:
        position = truth.codes.position(stated.roles.positive)
        wanted = truth.codes.labels[position] if position >= 0 else stated.roles.positive
        if wanted not in labels:
            raise InputError(
                say(
                    messages.NO_SUCH_LABEL,
                    labels=list(labels),
                    column=truth.name,
                    label=stated.roles.positive,
                )
            )
        findings.decide("positive", [], messages.STATED, 1.0)
        return PositiveClass(wanted, sample.other(wanted), messages.STATED, 1.0)
    named: dict[str, str] = {}
    for score in scores:
        spoken = names_class(score.name, labels)
        if spoken:
            named.setdefault(spoken[0], score.name)
    ranked = None
    sure = (
        bool(scores) and bool(CERTAINTY & set(scores[0].reading.words)) and len(scores[0].reading.words) <= 2
    )
    if decided and scores and scores[0].in_unit and scores[0].low >= 0.5 - 1e-6:
        sure = True  # rather how sure the decisions beside it are
    if scores and len(named) < 2 and not sure:
        auc = sample.ranks(scores[0], labels[1])
        ranked = None if np.isnan(auc) or auc == 0.5 else labels[int(auc > 0.5)]
    counts = np.bincount(sample.codes[sample.codes >= 0], minlength=2)
    rarer = None if counts[0] == counts[1] else labels[int(counts[1] < counts[0])]
    chosen = settle_positive(
        labels, columns=named, both_columns=len(named) == 2, ranked_high=ranked, rarer=rarer
    )
    findings.decide("positive", [], chosen.reason, chosen.confidence)
    if chosen.confidence < _SURE:
        text = say(messages.ASK_POSITIVE, label=chosen.positive, reason=chosen.reason)
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
    sample = take_sample(truth, labels)
    scores = [profiles[name] for name in columns.scores]
    chosen = _settle_labels(
        truth, labels, scores, sample, stated, findings, decided=bool(columns.predictions)
    )
    if len(truth.codes.labels) == 1:
        findings.warn(say(messages.ONE_CLASS, column=truth.name, label=truth.codes.labels[0]))
    label_choice = stated.choice("predicted_label")
    turned = label_choice.turned if label_choice else None
    plans = [
        plan
        for plan in (
            _label_plan(truth, profiles[name], sample, chosen, turned, findings)
            for name in columns.predictions
        )
        if plan is not None
    ]
    models = plan_scores(profiles, scores, sample, chosen, plans, stated, findings)
    if not models and not plans:
        named = [*columns.scores, *columns.predictions]
        constant = [each for each in profiles.values() if each.reading.role == "score" and each.distinct == 1]
        if constant:
            value = spell(constant[0].sample.iloc[0])
            raise InputError(say(messages.CONSTANT_SCORE, column=constant[0].name, value=value))
        if not named:
            raise InputError(say(messages.LONE_LABELS, column=truth.name))
        raise InputError(say(messages.NO_PREDICTION, column=truth.name, columns=named))
    if not models:
        return BinaryLayout(truth.name, chosen.positive, chosen.negative, tuple(plans), rows=rows)
    return BinaryLayout(truth.name, chosen.positive, chosen.negative, tuple(models), tuple(plans), rows)
