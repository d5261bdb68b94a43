"""What each figure means, how it comes about from the present numbers, and what it does not say."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evalcore import numbers
from evalcore.metrics.goals.prevalence import at_prevalence
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.definitions import METRICS, NEEDS, REASONS, Metric

__all__ = ["CAVEATS", "Explanation", "caveat_at_any_threshold", "explain_area", "explain_metric"]


@dataclass(frozen=True)
class Explanation:
    """One figure explained.

    Parameters
    ----------
    name, label : str
    meaning : str
        One line.
    value : str
        As people read it.
    formula : str
        In TP, FP, FN and TN; empty for areas.
    filled : str
        The formula with the present numbers in it.
    caveat : str
        What it does not say, or what moves it; empty where there is nothing to warn of.
    """

    name: str
    label: str
    meaning: str
    value: str
    formula: str
    filled: str
    caveat: str


_RARE = "Where one class is rare, accuracy says little."


def _lazy(point: Confusion) -> str:
    prevalence = float(point.prevalence)
    lazy, mine = max(prevalence, 1 - prevalence), float(point.accuracy)
    verdict = (
        "that is more than here" if lazy > mine else "that is as much" if lazy == mine else "that is less"
    )
    told = _lazy_rule(prevalence)
    return f"{told}: {verdict}. {_RARE}" if told else _RARE


def _lazy_rule(prevalence: float) -> str:
    if math.isnan(prevalence):
        return ""
    rule, right = "negative" if prevalence <= 0.5 else "positive", max(prevalence, 1 - prevalence)
    return f"A lazy rule that always says “{rule}” is right in {numbers.share(right)} of these cases"


def _with_prevalence(name: str) -> Callable[[Confusion], str]:
    label = METRICS[name].label

    def told(point: Confusion) -> str:
        here = float(point.prevalence)
        if not 0 < here < 1:
            return f"{label} moves with the share of positives."
        there = float(at_prevalence(point, here / 10).value(name))
        return (
            f"It moves with the share of positives. Here that is {numbers.share(here)}; were it "
            f"{numbers.share(here / 10)}, the same threshold would have {_value(METRICS[name], there)}."
        )

    return told


def _said(text: str) -> Callable[[Confusion], str]:
    return lambda _: text


#: Metrics whose caveat is told with figures of the threshold: elsewhere it is told without.
_MOVING = frozenset(
    {
        "precision",
        "negative_predictive_value",
        "false_discovery_rate",
        "false_omission_rate",
        "f1",
        "matthews_corrcoef",
        "cohen_kappa",
        "threat_score",
        "predicted_positive_rate",
    }
)

#: What to beware of, by metric: from the present counts to a sentence.
CAVEATS: Mapping[str, Callable[[Confusion], str]] = MappingProxyType(
    {
        "accuracy": _lazy,
        **{name: _with_prevalence(name) for name in _MOVING},
        "recall": _said(
            "A rule that flags everything has 100 %: look at precision or the flagged share beside it."
        ),
        "false_negative_rate": _said(
            "A rule that flags everything has none: look at false alarms beside it."
        ),
        "specificity": _said("A rule that flags nothing has 100 %: look at recall beside it."),
        "false_positive_rate": _said(
            "Of the negatives, not of the flagged: where negatives are many, a small rate is still many false alarms."
        ),
        "balanced_accuracy": _said(
            "A miss and a false alarm weigh by the size of their class, whatever they cost."
        ),
        "youden_j": _said("A miss and a false alarm weigh by the size of their class, whatever they cost."),
        "g_mean": _said("A miss and a false alarm weigh by the size of their class, whatever they cost."),
        "prevalence": _said("It is of these data; where the model is used it may be another."),
        "positive_likelihood_ratio": _said(
            "It rests on the false alarms: with few of them it is very unsure."
        ),
        "negative_likelihood_ratio": _said("It rests on the misses: with few of them it is very unsure."),
        "diagnostic_odds_ratio": _said(
            "Very different thresholds share one value; with few errors it is very unsure."
        ),
    }
)


def caveat_at_any_threshold(name: str, prevalence: float) -> str:
    """Return what to beware of in a metric, whatever the threshold: for pictures whose threshold moves.

    Parameters
    ----------
    name : str
    prevalence : float
        The share of positives; nan where there are no cases.

    Examples
    --------
    >>> caveat_at_any_threshold("precision", 0.068)
    'It moves with the share of positives, here 6.8 %.'
    >>> caveat_at_any_threshold("accuracy", 0.25)
    'A lazy rule that always says “negative” is right in 75.0 % of these cases. Where one class is rare, accuracy says \
little.'
    """
    if name == "accuracy":
        told = _lazy_rule(prevalence)
        return f"{told}. {_RARE}" if told else _RARE
    if name in _MOVING:
        here = "" if math.isnan(prevalence) else f", here {numbers.share(prevalence)}"
        return f"It moves with the share of positives{here}."
    return CAVEATS[name](Confusion(0, 0, 0, 0)) if name in CAVEATS else ""


_COUNT = re.compile(r"\b(TP|TN|FP|FN|all)\b")
_AREAS = {
    "roc_auc": (
        "ROC AUC",
        "the chance that a random positive scores above a random negative",
        "It knows the order of the scores only: any rising scale and any threshold give the same. It says nothing of "
        "calibration, of unequal costs, or of how good the one threshold is that is used; where positives are rare it "
        "may be high and most flags still false.",
    ),
    "average_precision": (
        "Average precision",
        "mean precision over all recalls, from the highest score down",
        "Its floor is the share of positives, so that figures of data with other shares cannot be compared. It knows "
        "the order of the scores only, nothing of calibration or costs.",
    ),
}


def explain_metric(name: str, point: Confusion) -> Explanation:
    """Explain a metric of `METRICS` at one operating point.

    Examples
    --------
    >>> found = explain_metric("precision", Confusion(tn=428, fp=68, fn=4, tp=32))
    >>> found.filled
    '32 / (32 + 68) = 32.0 %'
    >>> found.caveat
    'It moves with the share of positives. Here that is 6.8 %; were it 0.7 %, the same threshold would have 4.2 %.'
    """
    metric = METRICS[name]
    value = float(point.value(name))
    shown = _value(metric, value)
    filled = f"{_filled(metric.formula, point)} = {shown}"
    if math.isnan(value):
        missing = next(
            (reason for part, reason in REASONS.items() if part in NEEDS[name] and not getattr(point, part)),
            "",
        )
        filled = f"undefined: {missing}" if missing else "undefined"
    return Explanation(
        name,
        metric.label,
        metric.short,
        shown,
        metric.formula,
        filled,
        CAVEATS[name](point) if name in CAVEATS else "",
    )


def explain_area(name: str, value: float) -> Explanation:
    """Explain ``"roc_auc"`` or ``"average_precision"``.

    Examples
    --------
    >>> explain_area("roc_auc", 0.9238).value
    '0.924'
    """
    label, meaning, caveat = _AREAS[name]
    return Explanation(name, label, meaning, numbers.coefficient(value), "", "", caveat)


def _value(metric: Metric, value: float) -> str:
    return numbers.share(value) if metric.bounds == (0.0, 1.0) else numbers.coefficient(value)


def _filled(formula: str, point: Confusion) -> str:
    """The formula with numbers for its names, and signs for its silent products."""
    text = re.sub(r"\b(TP|TN|FP|FN|2) (?=[TF][PN]\b|\()", r"\1 · ", formula).replace(")(", ") · (")
    counts = {"TP": point.tp, "TN": point.tn, "FP": point.fp, "FN": point.fn, "all": point.total}
    # Longer labels first: "False positive rate" before what is within it.
    for label, name in sorted(
        ((each.label, each.name) for each in METRICS.values()), key=lambda pair: -len(pair[0])
    ):
        if label in text:
            text = text.replace(label, numbers.coefficient(float(point.value(name))))
    return _COUNT.sub(lambda found: numbers.count(round(float(counts[found[1]]), 6)), text)
