"""How numbers are written, in every sentence, table and picture; `base/numbers.js` of the explorer writes the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal

__all__ = [
    "UNDEFINED",
    "coefficient",
    "count",
    "level",
    "money",
    "per_thousand",
    "points",
    "probability_of_chance",
    "proportion",
    "score",
    "share",
    "share_range",
    "share_within",
    "signed",
]

#: What stands in for a number that is not defined.
UNDEFINED = "–"

_MINUS = "−"


def _half_up(value: float, digits: int) -> str:
    """Write a number that is not negative; the middle goes up, as in the browser."""
    unit = 10**digits
    return f"{math.floor(value * unit + 0.5) / unit:,.{digits}f}"


def count(value: float) -> str:
    """A count of cases; weighted counts keep one decimal.

    Examples
    --------
    >>> count(53892), count(12.25), count(0)
    ('53,892', '12.3', '0')
    """
    if math.isnan(value):
        return UNDEFINED
    whole = float(value).is_integer() or abs(value) >= 1e5
    return f"{_MINUS if value < 0 else ''}{_half_up(abs(value), 0 if whole else 1)}"


def _percent(value: float) -> str:
    """Return the percent without its sign; rounding turns neither "almost all" into "all" nor "some" into "none"."""
    size = abs(value)
    below = _MINUS if value < 0 else ""
    if size in (0, 1):
        return f"{below}{100 * size:.0f}"
    text = _half_up(100 * size, 1)
    if text == "0.0":
        return f">{below}0.1" if value < 0 else "<0.1"
    if text == "100.0" and size < 1:
        return f"<{below}99.9" if value < 0 else ">99.9"
    return f"{below}{text}"


def share(value: float) -> str:
    """A share as percent with one decimal; 0 and 100 only where it is exact.

    Examples
    --------
    >>> share(0.9793), share(1.0), share(0.99999), share(0.0002), share(float("nan"))
    ('97.9 %', '100 %', '>99.9 %', '<0.1 %', '–')
    """
    return UNDEFINED if math.isnan(value) else f"{_percent(value)} %"


def share_range(low: float, high: float) -> str:
    """An interval of shares, with one sign for both ends.

    Examples
    --------
    >>> share_range(0.957, 0.995)
    '95.7 to 99.5 %'
    """
    return UNDEFINED if math.isnan(low) or math.isnan(high) else f"{_percent(low)} to {_percent(high)} %"


def share_within(value: float, low: float, high: float) -> str:
    """A share with its interval in brackets.

    Examples
    --------
    >>> share_within(0.9793, 0.957, 0.995)
    '97.9 % (95.7 to 99.5 %)'
    """
    return f"{share(value)} ({share_range(low, high)})"


def points(value: float) -> str:
    """A difference of two shares, in percentage points.

    Examples
    --------
    >>> points(0.2105), points(0.0)
    ('21.1 points', '0 points')
    """
    return UNDEFINED if math.isnan(value) else f"{_percent(value)} points"


def probability_of_chance(value: float) -> str:
    """A p value, as it stands behind the letter.

    Examples
    --------
    >>> probability_of_chance(0.0271), probability_of_chance(1e-9), probability_of_chance(float("nan"))
    ('0.027', 'below 0.001', '–')
    """
    if math.isnan(value):
        return UNDEFINED
    return "below 0.001" if value < 0.001 else _half_up(value, 3)


def signed(value: float, spell: Callable[[float], str]) -> str:
    """A difference with its sign.

    Examples
    --------
    >>> signed(0.2105, points), signed(-2.0, count), signed(0.0, count), signed(-0.0001, points)
    ('+21.1 points', '−2', '±0', '>−0.1 points')
    """
    if math.isnan(value):
        return UNDEFINED
    if value == 0:
        return "±0"
    sign, size = "+" if value > 0 else _MINUS, spell(abs(value))
    if size.startswith("<"):  # nearer to 0 than the digits tell
        return f"{'<' if value > 0 else '>'}{sign}{size[1:]}"
    return f"{sign}{size}"


def coefficient(value: float) -> str:
    """A figure that is no share (a correlation, an area, a ratio): three decimals.

    Examples
    --------
    >>> coefficient(0.97931), coefficient(-0.25), coefficient(float("inf"))
    ('0.979', '−0.250', '∞')
    """
    if math.isnan(value):
        return UNDEFINED
    if math.isinf(value):
        return "∞" if value > 0 else f"{_MINUS}∞"
    text = _half_up(abs(value), 3)
    return f"{_MINUS}{text}" if value < 0 and text != "0.000" else text


def money(value: float) -> str:
    """An amount in any currency: whole from 1,000 on, else with cents; small ones keep three digits.

    Examples
    --------
    >>> money(53892.4), money(12.345), money(-0.5), money(0.0004567), money(0)
    ('53,892', '12.35', '−0.50', '0.000457', '0')
    """
    if not math.isfinite(value):
        return coefficient(value)
    size = abs(value)
    if size == 0 or size >= 1000:
        digits = 0
    elif size >= 0.1:
        digits = 2
    else:
        digits = min(2 - math.floor(math.log10(size)), 12)
    return f"{_MINUS if value < 0 else ''}{_half_up(size, digits)}"


def level(value: float) -> str:
    """A mean of brightness from 0 to 255, or of another measure with a unit: one decimal.

    Examples
    --------
    >>> level(13.5234), level(0.0)
    ('13.5', '0.0')
    """
    return UNDEFINED if math.isnan(value) else f"{_MINUS if value < 0 else ''}{_half_up(abs(value), 1)}"


def score(value: float) -> str:
    """A threshold, a score or a cost: as many digits as it has, at most ten.

    Examples
    --------
    >>> score(0.37), score(-34785.4), score(2.0), score(1 / 3), score(float("inf"))
    ('0.37', '−34,785.4', '2', '0.3333333333', '∞')
    """
    if math.isnan(value):
        return UNDEFINED
    if math.isinf(value):
        return "∞" if value > 0 else f"{_MINUS}∞"
    exact = Decimal(f"{abs(value):.10g}")  # by the shortest digits, as the browser rounds
    text = f"{exact:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{_MINUS}{text}" if value < 0 and text != "0" else text


def proportion(value: float) -> str:
    """A small share as one of how many, a large one as percent: what people remember.

    Examples
    --------
    >>> proportion(0.0099), proportion(0.25), proportion(0.8)
    ('1 of 101', '1 of 4', '80.0 %')
    """
    return f"1 of {_half_up(1 / value, 0)}" if 0 < value <= 0.4 else share(value)


def per_thousand(counts: Mapping[str, float]) -> dict[str, int]:
    """Parts of 1,000 in whole cases that add up, by largest remainders.

    Parameters
    ----------
    counts : mapping
        Counts of cases (or weights) by name, none below 0, that together are all there is.

    Returns
    -------
    dict
        Whole numbers by the same names: their sum is 1,000 and each is within 1 of its exact share.
        Where there are no cases at all, every one is 0.

    Examples
    --------
    >>> per_thousand({"caught": 1, "missed": 1, "left alone": 1})
    {'caught': 334, 'missed': 333, 'left alone': 333}
    """
    total = sum(counts.values())
    if not total > 0:
        return dict.fromkeys(counts, 0)
    exact = {name: 1000 * value / total for name, value in counts.items()}
    whole = {name: math.floor(value) for name, value in exact.items()}
    # The sort is stable: of equal remainders the first one gets the case.
    nearest = sorted(exact, key=lambda name: whole[name] - exact[name])
    for name in nearest[: 1000 - sum(whole.values())]:
        whole[name] += 1
    return whole
