"""Which of two classes the threshold decides for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalcore.inputs.columns.spelling import denies, polarity
from evalcore.inputs.plan import messages
from evalcore.wording import say

__all__ = ["PositiveClass", "conventional_positive", "settle_positive"]


@dataclass(frozen=True)
class PositiveClass:
    """The choice, and why.

    Parameters
    ----------
    positive, negative : str
    reason : str
    confidence : float
        Below 0.7 a person is asked.
    """

    positive: str
    negative: str
    reason: str
    confidence: float


def conventional_positive(first: str, second: str) -> PositiveClass | None:
    """Return the choice where the labels themselves say which one is the event, else None.

    Examples
    --------
    >>> conventional_positive("abnorm", "norm").positive, conventional_positive("0", "1").positive
    ('abnorm', '1')
    >>> conventional_positive("cat", "dog") is None
    True
    """
    for label, other in ((first, second), (second, first)):
        one, two = _number(label), _number(other)
        if one is not None and two is not None:
            if one < two:
                continue
            usual = 0.95 if (two, one) in ((0, 1), (-1, 1)) else 0.65
            return PositiveClass(label, other, say(messages.POSITIVE_BY_NUMBER, label=label), usual)
        if label.startswith(">") and other.startswith("<"):
            return PositiveClass(label, other, say(messages.POSITIVE_BY_NUMBER, label=label), 0.65)
        if (label.casefold(), other.casefold()) == ("m", "b"):
            reason = say(messages.POSITIVE_BY_WORD, label=label, other=other)
            return PositiveClass(label, other, reason, 0.8)
        if denies(other, label) or polarity(label) > polarity(other):
            reason = say(messages.POSITIVE_BY_WORD, label=label, other=other)
            return PositiveClass(label, other, reason, 0.95)
    return None


def _number(label: str) -> float | None:
    try:
        return float(label)
    except ValueError:
        return None


def settle_positive(
    labels: tuple[str, str],
    *,
    columns: Mapping[str, str],
    both_columns: bool,
    ranked_high: str | None,
    rarer: str | None,
) -> PositiveClass:
    """Choose the positive class from the strongest evidence that there is.

    Parameters
    ----------
    labels : tuple of two str
    columns : mapping of str to str
        For a label that has a score column named after it, that column; in the file's order.
    both_columns : bool
        Whether both labels have one.
    ranked_high : str or None
        The label whose rows have the higher scores.
    rarer : str or None
        The label with fewer rows.

    Returns
    -------
    PositiveClass

    Examples
    --------
    >>> chosen = settle_positive(("cat", "dog"), columns={"dog": "p_dog"}, both_columns=False,
    ...                          ranked_high="dog", rarer="cat")
    >>> chosen.positive
    'dog'
    """

    def choose(label: str, reason: str, confidence: float) -> PositiveClass:
        other = labels[1] if label == labels[0] else labels[0]
        return PositiveClass(label, other, reason, confidence)

    conventional = conventional_positive(*labels)
    if conventional:
        return conventional
    if both_columns:
        label = next(iter(columns))
        return choose(label, say(messages.POSITIVE_BY_FIRST_COLUMN, label=label), 0.5)
    if columns:
        label, column = next(iter(columns.items()))
        return choose(label, say(messages.POSITIVE_BY_SCORE, label=label, column=column), 0.85)
    for found, reason, confidence in (
        (ranked_high, messages.POSITIVE_BY_RANK, 0.6),
        (rarer, messages.POSITIVE_BY_RARITY, 0.4),
    ):
        if found is not None:
            return choose(found, say(reason, label=found), confidence)
    return choose(labels[1], say(messages.POSITIVE_BY_ORDER, label=labels[1]), 0.3)
