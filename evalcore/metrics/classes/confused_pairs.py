"""Which class is taken for which, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evalcore import numbers
from evalcore.errors import InputError
from evalcore.metrics.classes.confusion import ClassConfusion

__all__ = ["ConfusedPair", "confused_pairs", "what_lands_in", "where_it_goes"]


@dataclass(frozen=True)
class ConfusedPair:
    """One class that is taken for another.

    Parameters
    ----------
    actual, called : str
        The class, and what it is taken for.
    count : float
        (Weighted) cases that are.
    support : float
        (Weighted) cases of the class.

    Examples
    --------
    >>> ConfusedPair("8", "5", 25, 1000).sentence
    '8 is taken for 5 in 1 of 40 (25 of 1,000)'
    """

    actual: str
    called: str
    count: float
    support: float

    @property
    def share(self) -> float:
        """Share of the actual class."""
        return self.count / self.support

    @property
    def sentence(self) -> str:
        """The pair in plain words: a proportion to remember, and the counts behind it."""
        return (
            f"{self.actual} is taken for {self.called} in {numbers.proportion(self.share)} "
            f"({numbers.count(self.count)} of {numbers.count(self.support)})"
        )


def confused_pairs(
    confusion: ClassConfusion, limit: int = 10, *, by: Literal["count", "share"] = "count"
) -> tuple[ConfusedPair, ...]:
    """Return the classes most often taken for another, most frequent first.

    Parameters
    ----------
    confusion : ClassConfusion
    limit : int, default 10
    by : str, default "count"
        By the number of cases, or by their share of the actual class.

    Raises
    ------
    InputError
        For another `by`.

    Examples
    --------
    >>> confusion = ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "dog"), 14)
    >>> [each.sentence for each in confused_pairs(confusion, by="share")]
    ['dog is taken for cat in 1 of 4 (1 of 4)', 'cat is taken for dog in 1 of 5 (2 of 10)']
    """
    if by not in ("count", "share"):
        raise InputError(f"by must be count or share, got {by!r}")
    wrong = confusion.view("count") if by == "count" else np.nan_to_num(confusion.view("error"))
    np.fill_diagonal(wrong, 0)
    flat = wrong.ravel()
    some = np.flatnonzero(flat)
    order = some[np.argsort(-flat[some], kind="stable")][:limit]
    return tuple(_pair(confusion, *divmod(int(place), len(confusion))) for place in order)


def _pair(confusion: ClassConfusion, actual: int, called: int) -> ConfusedPair:
    return ConfusedPair(
        confusion.classes[actual],
        confusion.classes[called],
        confusion.counts[actual, called].item(),
        confusion.support[actual].item(),
    )


def where_it_goes(confusion: ClassConfusion, name: str, *, limit: int = 5) -> str:
    """Say what the cases of a class are wrongly called, most frequent first; empty where they are not.

    Examples
    --------
    >>> confusion = ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "dog"), 14)
    >>> where_it_goes(confusion, "cat"), what_lands_in(confusion, "cat")
    ('dog (2)', 'dog (1)')
    """
    return _listed(
        zip(confusion.classes, confusion.counts[confusion.classes.index(name)], strict=True), name, limit
    )


def what_lands_in(confusion: ClassConfusion, name: str, *, limit: int = 5) -> str:
    """Say which other classes are wrongly called this one, most frequent first; empty where none is."""
    return _listed(
        zip(confusion.classes, confusion.counts[:, confusion.classes.index(name)], strict=True), name, limit
    )


def _listed(counts: Iterable[tuple[str, float]], without: str, limit: int) -> str:
    found = sorted(
        ((float(count), name) for name, count in counts if name != without and count > 0),
        key=lambda each: -each[0],
    )
    listed = ", ".join(f"{name} ({numbers.count(count)})" for count, name in found[:limit])
    return listed + (f" and {len(found) - limit:,} more classes" if len(found) > limit else "")
