"""Models of which only decisions are known, side by side: rates with intervals, the lazy rule, differences."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore import numbers
from evalcore.errors import InputError
from evalcore.metrics.cases.cell import CELL_WORDS
from evalcore.metrics.rates.confusion import METRICS, Confusion, Metric, divide
from evalcore.metrics.rates.intervals import INTERVAL_METRICS, confusion_interval
from evalcore.metrics.rates.proportions import difference_limits
from evalcore.wording import quoted

__all__ = [
    "SIDE_BY_SIDE_RATES",
    "ModelBeside",
    "RateBeside",
    "SideBySide",
    "side_by_side",
    "side_by_side_table",
]

#: The rates that are compared, in the order in which people ask for them.
SIDE_BY_SIDE_RATES = (
    "recall",
    "precision",
    "false_positive_rate",
    "specificity",
    "accuracy",
    "balanced_accuracy",
    "f1",
    "matthews_corrcoef",
    "predicted_positive_rate",
)

_SAME = (
    "Counts do not say which case is which: a difference has the interval of models judged on different cases, "
    "which is too wide rather than too narrow where the cases are the same."
)
_OTHER = (
    "{first} and {second} were not judged on the same cases ({left} against {right}): a difference between "
    "them may be one of the cases."
)


@dataclass(frozen=True)
class RateBeside:
    """One rate of one model, and how it differs from that of the model it is compared with.

    Parameters
    ----------
    metric : Metric
    value, low, high : float
        The rate and its 95 % interval; nan where it is not defined.
    undefined : str
        Why there is no value; empty where there is one.
    change, change_low, change_high : float
        Rate less the other model's, and the 95 % interval of that; nan where one of both is not defined, and for
        the model that the others are compared with.
    """

    metric: Metric
    value: float
    low: float
    high: float
    undefined: str
    change: float = math.nan
    change_low: float = math.nan
    change_high: float = math.nan

    @property
    def differs(self) -> bool:
        """Whether the interval of the difference leaves 0 out."""
        return self.change_low > 0 or self.change_high < 0


@dataclass(frozen=True, eq=False)
class ModelBeside:
    """One model's matrix in numbers and in words.

    Parameters
    ----------
    name : str
    confusion : Confusion
    rates : tuple of RateBeside
        In the order of `SIDE_BY_SIDE_RATES`.
    sentence : str
        What is called so, caught, missed, and raised in vain.
    baseline : str
        Its accuracy beside that of the lazy rule, which always says the commoner class.
    lazy_accuracy : float
    """

    name: str
    confusion: Confusion
    rates: tuple[RateBeside, ...]
    sentence: str
    baseline: str
    lazy_accuracy: float


@dataclass(frozen=True, eq=False)
class SideBySide:
    """Models side by side.

    Parameters
    ----------
    models : tuple of ModelBeside
    reference : str
        The model that the others are compared with.
    note : str
        What is to be known of the differences; empty where there is one model.
    """

    models: tuple[ModelBeside, ...]
    reference: str
    note: str


def side_by_side(
    points: Mapping[str, Confusion],
    *,
    positive: str,
    negative: str,
    reference: str = "",
    mean_weights: Sequence[tuple[float, float]] = (),
) -> SideBySide:
    """Lay the matrices of several models side by side.

    Rates have the intervals of `confusion_interval`. A difference of two models has the interval that follows from
    the limits of both by their squared distances (MOVER) [1]_ [2]_, as of models judged on different cases.

    Parameters
    ----------
    points : mapping of str to Confusion
        Each model's counts, in the order in which to show them.
    positive, negative : str
        Names of the classes.
    reference : str, optional
        The model that the others are compared with; the first where it is none of them.
    mean_weights : sequence of tuple of float, optional
        What a case weighs, of the positives and of the negatives, for each model; 1 without weights.

    Returns
    -------
    SideBySide

    Raises
    ------
    InputError
        Where there is no model.

    References
    ----------
    .. [1] Newcombe (1998), Stat. Med. 17, 873-890 (method 10)
    .. [2] Zou & Donner (2008), Stat. Med. 27, 1693-1702, doi:10.1002/sim.3095

    Examples
    --------
    >>> counts = {"first": Confusion(760, 14, 67, 47), "weighted": Confusion(744, 30, 43, 71)}
    >>> found = side_by_side(counts, positive="hot dog", negative="not hot dog")
    >>> recall = found.models[1].rates[0]
    >>> found.reference, round(recall.value, 3), round(recall.change, 3), recall.differs
    ('first', 0.623, 0.211, True)
    >>> print(found.models[0].baseline)
    Right in 90.9 % of all cases; always calling “not hot dog” would be right in 87.2 %.
    """
    if not points:
        raise InputError("side_by_side needs at least one model")
    weights = list(mean_weights) or [(1.0, 1.0)] * len(points)
    rates = {
        name: _rates(point, weight) for (name, point), weight in zip(points.items(), weights, strict=True)
    }
    base = reference if reference in points else next(iter(points))
    models = tuple(
        ModelBeside(
            name,
            point,
            rates[name] if name == base else _compared(rates[name], rates[base]),
            _sentence(point, positive),
            *_baseline(point, positive, negative),
        )
        for name, point in points.items()
    )
    return SideBySide(models, base, _note(points, base))


def _rates(point: Confusion, weight: tuple[float, float]) -> tuple[RateBeside, ...]:
    heavy, light = weight
    squares = Confusion(point.tn * light, point.fp * light, point.fn * heavy, point.tp * heavy)

    def rate(name: str) -> RateBeside:
        value = float(point.value(name))
        if math.isnan(value) or name not in INTERVAL_METRICS:
            return RateBeside(METRICS[name], value, math.nan, math.nan, point.undefined(name) or "")
        interval = confusion_interval(point, name, squares=squares)
        return RateBeside(METRICS[name], value, float(interval.low), float(interval.high), "")

    return tuple(map(rate, SIDE_BY_SIDE_RATES))


def _compared(mine: Sequence[RateBeside], others: Sequence[RateBeside]) -> tuple[RateBeside, ...]:
    return tuple(_difference(each, other) for each, other in zip(mine, others, strict=True))


def _difference(mine: RateBeside, other: RateBeside) -> RateBeside:
    change = mine.value - other.value
    low, high = difference_limits(mine.value, (mine.low, mine.high), other.value, (other.low, other.high))
    return RateBeside(mine.metric, mine.value, mine.low, mine.high, mine.undefined, change, low, high)


def _of_cell(point: Confusion, cell: str) -> str:
    """“47 caught”, “1 false alarm”."""
    count = float(getattr(point, cell))
    words = CELL_WORDS[cell]
    return f"{numbers.count(count)} {words.one if count == 1 else words.many}"


def _sentence(point: Confusion, positive: str) -> str:
    called, cases = float(point.predicted_positives), float(point.total)
    said = (
        f"{numbers.count(called)} of {numbers.count(cases)} cases ({numbers.share(divide(called, cases))}) "
        f"{'is' if called == 1 else 'are'} called “{positive}”"
    )
    if called:
        right = numbers.share(float(point.precision))
        said += (
            f": {_of_cell(point, 'tp')} and {_of_cell(point, 'fp')}, so that {right} of these calls are right"
        )
    missed = (
        f"{numbers.count(float(point.fn))} of {numbers.count(float(point.positives))} actual “{positive}”"
    )
    share = "" if not point.positives else f" ({numbers.share(float(point.false_negative_rate))})"
    return f"{said}. {missed} {'is' if point.fn == 1 else 'are'} missed{share}."


def _baseline(point: Confusion, positive: str, negative: str) -> tuple[str, float]:
    commoner = positive if point.positives > point.negatives else negative
    lazy = float(divide(max(point.positives, point.negatives), point.total))
    right, often = numbers.share(float(point.accuracy)), numbers.share(lazy)
    said = f"Right in {right} of all cases; always calling “{commoner}” would be right in {often}"
    if point.correct == max(point.positives, point.negatives):
        return f"{said}, just as often.", lazy
    return f"{said}{', more often.' if point.accuracy < lazy else '.'}", lazy


def _note(points: Mapping[str, Confusion], base: str) -> str:
    if len(points) < 2:
        return ""
    first = points[base]
    for name, point in points.items():
        if (point.positives, point.negatives) != (first.positives, first.negatives):
            sizes = [
                f"{numbers.count(float(each.positives))} positives of {numbers.count(float(each.total))}"
                for each in (point, first)
            ]
            return _OTHER.format(first=quoted(name), second=quoted(base), left=sizes[0], right=sizes[1])
    return _SAME


def side_by_side_table(found: SideBySide) -> pd.DataFrame:
    """Return every figure at full precision, a row for each model and rate.

    Examples
    --------
    >>> found = side_by_side({"m": Confusion(760, 14, 67, 47)}, positive="yes", negative="no")
    >>> print(*side_by_side_table(found).iloc[0, :4])
    m 760 14 67
    """
    rows = [
        {
            "model": each.name,
            **{cell: getattr(each.confusion, cell) for cell in ("tn", "fp", "fn", "tp")},
            "rate": rate.metric.name,
            "value": rate.value,
            "low": rate.low,
            "high": rate.high,
            f"difference from {found.reference}": rate.change,
            "difference low": rate.change_low,
            "difference high": rate.change_high,
            "always the commoner class is right": each.lazy_accuracy,
        }
        for each in found.models
        for rate in each.rates
    ]
    return pd.DataFrame(rows)
