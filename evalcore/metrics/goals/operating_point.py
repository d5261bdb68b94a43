"""Find the threshold that is best by a rule, exactly: every distinct score that can be best is tried."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore import numbers
from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.sweep.decimals import shortest_between

if TYPE_CHECKING:
    from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = [
    "RULES",
    "OperatingPoint",
    "PointRule",
    "UndefinedRuleError",
    "find_by_rule",
    "points_at",
    "threshold_of_row",
]

# Values that differ by less than this are equal: only rounding tells them apart.
_ROUNDING = 1e-14

_POSITIVES = ("positives",)
_BOTH = ("positives", "negatives")

Loss = Callable[[Confusion, float], npt.NDArray[np.float64]]
Rows: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True)
class PointRule:
    """One way to choose a threshold.

    Parameters
    ----------
    name : str
        What `find_by_rule` is called with.
    label : str
        Its name on a button.
    explanation : str
        What it looks for, in one sentence in plain words.
    needs : tuple of str
        The classes that must have cases: ``"positives"``, ``"negatives"``.
    """

    name: str
    label: str
    explanation: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class OperatingPoint:
    """A threshold with the confusion matrix that it yields, and why it was chosen.

    Parameters
    ----------
    threshold : float
        In the score's unit: the shortest decimal with exactly these counts.
    confusion : Confusion
        Exact counts at `threshold`.
    rule : str
        A key of `RULES`.
    label, explanation : str
        The rule in words, and what it reached here.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> find_by_rule(sweep, "max_accuracy").explanation
    'The greatest share of right calls. Accuracy 75.0 %.'
    """

    threshold: float
    confusion: Confusion
    rule: str
    label: str
    explanation: str


#: The rules in the order in which they are offered.
RULES: Mapping[str, PointRule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            PointRule("default", "Default", "The threshold that the scores come with."),
            PointRule("max_f1", "Best F1", "The best balance of precision and recall.", _POSITIVES),
            PointRule("youden_j", "Youden's J", "The greatest sum of recall and specificity.", _BOTH),
            PointRule(
                "closest_to_corner",
                "Nearest the corner",
                "The point of the ROC curve that is nearest to the perfect corner, top left.",
                _BOTH,
            ),
            PointRule("max_accuracy", "Best accuracy", "The greatest share of right calls."),
            PointRule(
                "max_matthews_corrcoef",
                "Best Matthews",
                "The strongest correlation between calls and truth.",
                _BOTH,
            ),
            PointRule(
                "equal_error_rate",
                "Equal errors",
                "The share of positives that are missed equals the share of negatives that are false alarms,"
                " as nearly as possible.",
                _BOTH,
            ),
            PointRule(
                "predicted_prevalence",
                "Flag as many as there are",
                "As many cases are called positive as there are actual positives, as nearly as possible.",
            ),
            PointRule(
                "max_fbeta",
                "Best F-beta",
                "The best balance when recall counts beta times as much.",
                _POSITIVES,
            ),
        )
    }
)


def _corner_distance(points: Confusion) -> npt.NDArray[np.float64]:
    # Squared: the same order as the distance itself, without a root a million times.
    distance: npt.NDArray[np.float64] = points.false_positive_rate**2 + points.false_negative_rate**2
    return distance


# Differences that only rise as the threshold falls: the best point is where they cross zero.
_RISING: Mapping[str, Callable[[Confusion], Any]] = {
    "equal_error_rate": lambda points: points.false_positive_rate - points.false_negative_rate,
    "predicted_prevalence": lambda points: (points.predicted_positives - points.positives) / points.total,
}

# What each rule makes as small as possible.
_LOSSES: Mapping[str, Loss] = {
    "max_f1": lambda points, _beta: -points.f1,
    "max_fbeta": lambda points, beta: -points.fbeta(beta),
    "youden_j": lambda points, _beta: -points.youden_j,
    "closest_to_corner": lambda points, _beta: _corner_distance(points),
    "max_accuracy": lambda points, _beta: -points.accuracy,
    "max_matthews_corrcoef": lambda points, _beta: -points.matthews_corrcoef,
    "equal_error_rate": lambda points, _beta: np.abs(_RISING["equal_error_rate"](points)),
    "predicted_prevalence": lambda points, _beta: np.abs(_RISING["predicted_prevalence"](points)),
}

# The figures that say how good the point is that a rule found.
_REACHED: Mapping[str, tuple[str, ...]] = {
    "max_f1": ("f1",),
    "youden_j": ("recall", "specificity"),
    "closest_to_corner": ("recall", "false_positive_rate"),
    "max_accuracy": ("accuracy",),
    "max_matthews_corrcoef": ("matthews_corrcoef",),
    "equal_error_rate": ("false_negative_rate", "false_positive_rate"),
}


def find_by_rule(
    sweep: ThresholdSweep, rule: str, *, default: float = 0.5, beta: float = 1.0
) -> OperatingPoint:
    """Return the operating point that a rule chooses among all distinct scores and "nothing flagged".

    Where several thresholds do equally well, the highest of them is taken: it flags the fewest cases.

    Parameters
    ----------
    sweep : ThresholdSweep
    rule : str
        A key of `RULES`.
    default : float, default 0.5
        The threshold of the rule ``"default"``, in the score's unit.
    beta : float, default 1
        For ``"max_fbeta"``: how many times as much recall counts as precision.

    Returns
    -------
    OperatingPoint

    Raises
    ------
    InputError
        Where there is no such rule, where `default` is nan, `beta` is not above 0, or the rule needs
        a class that has no cases.

    References
    ----------
    Youden (1950), Cancer 3, 32-35; Perkins & Schisterman (2006), Am. J. Epidemiol. 163, 670-675,
    doi:10.1093/aje/kwj063 (the corner); Lipton, Elkan & Naryanaswamy (2014), ECML PKDD (F1).

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> point = find_by_rule(sweep, "max_f1")
    >>> point.threshold, point.confusion.recall
    (0.3, 1.0)
    """
    return _default(sweep, default) if rule == "default" else _find(sweep, rule, beta)


class UndefinedRuleError(InputError):
    """A rule that has no answer for these cases."""


def _default(sweep: ThresholdSweep, threshold: float) -> OperatingPoint:
    if math.isnan(threshold):
        raise InputError("default must be a number, got nan")
    rule = RULES["default"]
    return OperatingPoint(threshold, sweep.at(threshold), rule.name, rule.label, rule.explanation)


def _find(sweep: ThresholdSweep, rule: str, beta: float) -> OperatingPoint:
    if rule not in RULES:
        raise InputError(f"rule must be one of {', '.join(RULES)}, got {rule!r}")
    chosen = RULES[rule]
    for name in chosen.needs:
        if not getattr(sweep, name) > 0:
            raise UndefinedRuleError(f"rule {rule!r} needs actual {name}, got none")
    rows = _crossing(sweep, _RISING[rule]) if rule in _RISING else _corners(sweep)
    points = points_at(sweep, rows)
    loss = _LOSSES[rule](points, beta)
    if rule == "max_matthews_corrcoef" and not np.nanmin(loss, initial=0.0) < 0:
        # A model no better than chance: only above it a corner beats the points that it dominates.
        rows = np.arange(len(sweep) + 1)
        points = points_at(sweep, rows)
        loss = _LOSSES[rule](points, beta)
    if np.isnan(loss).all():
        raise UndefinedRuleError(f"rule {rule!r} needs scores that differ, got one score for all cases")
    best = np.nanmin(loss)
    place = int(np.argmax(loss <= best + _ROUNDING * max(1.0, abs(best))))
    confusion = points[place]
    threshold = threshold_of_row(sweep, int(rows[place]))
    explanation = f"{chosen.explanation} {_reached(chosen.name, confusion, beta)}"
    return OperatingPoint(threshold, confusion, rule, chosen.label, explanation)


def points_at(sweep: ThresholdSweep, rows: Rows) -> Confusion:
    """Counts with nothing flagged (row 0) and at the i-th highest score (row i)."""
    tp, fp = (counts[np.maximum(rows, 1) - 1] for counts in (sweep.true_positives, sweep.false_positives))
    # No threshold lies above an infinite score: its row stands in place of "nothing flagged".
    if sweep.thresholds[0] != math.inf:
        tp[rows == 0], fp[rows == 0] = 0, 0
    return Confusion(sweep.negatives - fp, fp, sweep.positives - tp, tp)


def _corners(sweep: ThresholdSweep) -> Rows:
    """The rows that can be best where catching a positive and sparing a negative both count."""
    return np.append(0, sweep.corners + 1)


def _crossing(sweep: ThresholdSweep, rising: Callable[[Confusion], Any]) -> Rows:
    """The rows about the place where a rising difference crosses zero, each the first with its counts."""
    after = bisect_left(
        range(len(sweep) + 1), 0.0, key=lambda row: float(rising(points_at(sweep, np.array([row])))[0])
    )
    near = np.arange(max(after - 1, 0), min(after, len(sweep)) + 1)
    at = points_at(sweep, near)
    first = np.maximum(
        np.searchsorted(sweep.true_positives, at.tp), np.searchsorted(sweep.false_positives, at.fp)
    )
    return np.where(near == 0, 0, np.minimum(first + 1, near))


def threshold_of_row(sweep: ThresholdSweep, row: int) -> float:
    """Shortest decimal between the score of a row of `points_at` and the next lower one."""
    scores: npt.NDArray[Any] = sweep.thresholds
    high = float(scores[row - 1]) if row else math.inf
    low = float(scores[row]) if row < len(scores) else -math.inf
    return shortest_between(low, high, float32=scores.dtype == np.float32)


def _figure(name: str, point: Confusion) -> str:
    value = float(point.value(name))
    return numbers.share(value) if METRICS[name].bounds == (0.0, 1.0) else numbers.coefficient(value)


def _reached(rule: str, point: Confusion, beta: float) -> str:
    """Say in figures what a rule reached."""
    if rule == "predicted_prevalence":
        return f"{point.predicted_positives:,.6g} are called positive, {point.positives:,.6g} are."
    if rule == "max_fbeta":
        return f"F-beta is {point.fbeta(beta):.3f} with beta = {beta:g}."
    parts = [f"{METRICS[name].label} {_figure(name, point)}" for name in _REACHED[rule]]
    return f"{' and '.join(parts)}."
