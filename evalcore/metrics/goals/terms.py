"""The parts of a goal: what outcomes cost, a measure with its number, a limit to keep to."""

from __future__ import annotations

from dataclasses import dataclass, field

from evalcore import numbers
from evalcore.metrics.goals.measures import Measure
from evalcore.metrics.rates.confusion import Confusion, Value, divide

__all__ = ["Constraint", "Costs", "Term"]


@dataclass(frozen=True)
class Costs:
    """What each outcome of a case costs, in any currency; a gain is a negative cost.

    Parameters
    ----------
    fp, fn, tp, tn : float
        Of a false alarm, a miss, a catch, and a case that is rightly left alone.

    Examples
    --------
    >>> Costs(fp=1, fn=50).of(Confusion(90, 4, 2, 4))
    104.0
    """

    fp: float = 1.0
    fn: float = 1.0
    tp: float = 0.0
    tn: float = 0.0

    def of(self, points: Confusion) -> Value:
        """Return the total cost of one operating point, or of an array of them."""
        return 1.0 * (self.fp * points.fp + self.fn * points.fn + self.tp * points.tp + self.tn * points.tn)


@dataclass(frozen=True)
class Term:
    """A measure with the number that belongs to it.

    Parameters
    ----------
    measure : Measure
    parameter : float or None
        Beta of ``fbeta``; the threshold probability of ``net benefit``.
    word : str
        As it was written; terms are equal whatever they were called.
    """

    measure: Measure
    parameter: float | None = None
    word: str = field(default="", compare=False)

    @property
    def label(self) -> str:
        """What it is called in a sentence: as it was written, else its name for people.

        Examples
        --------
        >>> from evalcore.metrics.goals.measures import MEASURES
        >>> Term(MEASURES["predicted_positives"]).label, Term(MEASURES["recall"], None, "sensitivity").label
        ('flagged', 'sensitivity')
        """
        if self.word:
            return str(self)
        found = self.measure.label
        return found if found[:2].isupper() or found[1:2].isdigit() else found[:1].lower() + found[1:]

    def of(self, points: Confusion, costs: Costs) -> Value:
        """Return its value at one operating point, or at an array of them."""
        if self.measure.name == "cost":
            return costs.of(points)
        if self.measure.name == "net_benefit":
            # Vickers & Elkin (2006), Med. Decis. Making 26, 565-574.
            chance = 0.5 if self.parameter is None else self.parameter
            return divide(points.tp - points.fp * (chance / (1 - chance)), points.total)
        return self.measure.of(points, self.parameter)

    def spell(self, value: float) -> str:
        """Write a value of it: rates as percent, counts as cases, all else with four digits.

        Examples
        --------
        >>> from evalcore.metrics.goals.measures import MEASURES
        >>> Term(MEASURES["recall"]).spell(0.8512), Term(MEASURES["predicted_positives"]).spell(4717.0)
        ('85.1 %', '4,717')
        """
        measure = self.measure
        if measure.kind == "count":
            return numbers.count(value)
        if measure.kind == "rate" and measure.bounds == (0.0, 1.0):
            return numbers.share(value)
        return f"{value:,.4g}"

    def __str__(self) -> str:
        name = self.word or self.measure.name
        return name if self.parameter is None else f"{name}({self.parameter:.12g})"


@dataclass(frozen=True)
class Constraint:
    """One thing that an operating point must keep to.

    Parameters
    ----------
    term : Term
    sign : str
        ``">="``, ``">"``, ``"<="``, ``"<"`` or ``"="``.
    value : float
        The limit: of rates from 0 to 1 (also where it was written in percent), of counts in cases.
    unit : str
        How the limit is written: ``""``, ``"%"``, ``"cases"`` or ``"per N"``. A count with ``"%"`` or ``"per N"``
        is a share of all cases, and `value` is that share.
    confidence : float or None
        For example 0.95: the interval's limit must keep to it, not the estimate alone.
    """

    term: Term
    sign: str
    value: float
    unit: str = ""
    confidence: float | None = None

    @property
    def direction(self) -> int:
        """1 where more is allowed, -1 where less is, 0 for the nearest value."""
        return {">": 1, "<": -1, "=": 0}[self.sign[0]]

    @property
    def is_share(self) -> bool:
        """Whether a count is compared as a share of all cases."""
        return self.term.measure.kind == "count" and self.unit not in ("", "cases")

    def of(self, points: Confusion, costs: Costs) -> Value:
        """Return what is compared with the limit."""
        found = self.term.of(points, costs)
        return divide(found, points.total) if self.is_share else found

    def spell(self, value: float) -> str:
        """Write a value of this constraint's measure in the constraint's own unit.

        Examples
        --------
        >>> from evalcore.metrics.goals.measures import MEASURES
        >>> Constraint(Term(MEASURES["recall"]), ">=", 0.9, "%").spell(0.8512)
        '85.1 %'
        """
        if self.unit == "%":
            return f"{100 * value:.3g} %"
        if self.unit.startswith("per "):
            return f"{value * float(self.unit[4:]):.4g} {self.unit}"
        if self.term.measure.kind == "count":
            return f"{value:,.6g}"
        return f"{value:.3g}"

    def __str__(self) -> str:
        if self.unit == "%":
            limit = f"{100 * self.value:.12g} %"
        elif self.unit.startswith("per "):
            limit = f"{self.value * float(self.unit[4:]):.12g} {self.unit}"
        else:
            limit = f"{self.value:.12g} {self.unit}".rstrip()
        sure = "" if self.confidence is None else f" with {100 * self.confidence:.12g} % confidence"
        return f"{self.term} {self.sign} {limit}{sure}"
