"""Which score column speaks for which class, from the columns' names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from evalcore.inputs.columns.names import words_of
from evalcore.inputs.columns.spelling import polarity
from evalcore.inputs.columns.words import PREDICTION, SCORE, WEAK_TRUTH

__all__ = ["ClassColumns", "class_columns", "names_class", "numbered_columns", "unseen_classes"]

_FILLERS = SCORE | PREDICTION | WEAK_TRUTH | {"y", "value", "of", "is", "for", "category", "cat", "model"}


_DENYING = frozenset({"no", "not", "non"})
_NO_NAME = re.compile(r"column_\d+")
"""What the reader calls the columns of a table without a header."""


@dataclass(frozen=True)
class ClassColumns:
    """The columns of one model, one for each class.

    Parameters
    ----------
    model : str
        What is left of the names; empty where they say nothing but the class.
    columns : tuple of str
        In the order of the labels that were asked for.
    """

    model: str
    columns: tuple[str, ...]


def _lower_words(text: str) -> tuple[str, ...]:
    return words_of(text) or (text.strip().casefold(),)


@dataclass(frozen=True)
class _Spelt:
    """Labels by how they may be spelt: looked up, as a thousand columns meet a thousand labels."""

    whole: dict[str, str]
    words: dict[tuple[str, ...], list[str]]
    lengths: tuple[int, ...]
    """Of how many words they are, the most first."""


@lru_cache(maxsize=16)
def _spelt(labels: tuple[str, ...]) -> _Spelt:
    whole: dict[str, str] = {}
    words: dict[tuple[str, ...], list[str]] = {}
    for label in labels:
        whole.setdefault(label.casefold(), label)
        words.setdefault(_lower_words(label), []).append(label)
    return _Spelt(whole, words, tuple(sorted({len(each) for each in words}, reverse=True)))


def _longest(words: tuple[str, ...], spelt: _Spelt) -> tuple[int, int, list[str]] | None:
    """Find the most words that spell a label, the last of equally many: their start, their end, the labels."""
    for length in spelt.lengths:
        for start in range(len(words) - length, -1, -1):
            found = spelt.words.get(words[start : start + length])
            if found:
                return start, start + length, found
    return None


def names_class(column: str, labels: Sequence[str]) -> tuple[str, str] | None:
    """Tell which class a column is named after, and what else its name says.

    Parameters
    ----------
    column : str
    labels : sequence of str

    Returns
    -------
    tuple of (label, rest) or None

    Examples
    --------
    >>> names_class("rf_prob_cat", ["cat", "dog"])
    ('cat', 'rf')
    """
    spelt = _spelt(tuple(labels))
    whole = spelt.whole.get(column.strip().casefold())
    if whole is not None:
        return whole, ""
    if _NO_NAME.fullmatch(column):
        return None
    words = _lower_words(column)
    found = _longest(words, spelt)
    if found is None:
        return _by_polarity(words, labels)
    start, end, named = found
    if len(named) > 1:
        return None
    if not _stands_apart(words, start, end):
        return None
    rest = [word for word in words[:start] + words[end:] if word not in _FILLERS]
    return named[0], " ".join(rest)


def _stands_apart(words: tuple[str, ...], start: int, end: int) -> bool:
    """Whether a label is more than a word of denial within a name: `prob_no`, not `no_show_probability`."""
    if end - start > 1 or words[start] not in _DENYING:
        return True
    return all(word in _FILLERS for word in words[end:]) and (
        start > 0 or end < len(words) or len(words) == 1
    )


def _by_polarity(words: tuple[str, ...], labels: Sequence[str]) -> tuple[str, str] | None:
    """`prob_pos` speaks for the class "yes", `prob_0` for "no"."""
    if len(labels) != 2:
        return None
    signs = {polarity(label): label for label in labels}
    spoken = [
        word
        for word in words
        if word in ("pos", "positive", "neg", "negative", "true", "false", "0", "1", "yes", "no")
    ]
    if len(spoken) != 1 or polarity(spoken[0]) not in signs or len(signs) != 2:
        return None
    place = words.index(spoken[0])
    if not _stands_apart(words, place, place + 1):
        return None
    rest = [word for word in words if word not in _FILLERS and word != spoken[0]]
    return signs[polarity(spoken[0])], " ".join(rest)


def class_columns(columns: Sequence[str], labels: Sequence[str]) -> list[ClassColumns]:
    """Group columns into models with one column for each class.

    Parameters
    ----------
    columns : sequence of str
        Candidates for scores.
    labels : sequence of str
        The classes.

    Returns
    -------
    list of ClassColumns
        Complete ones only, in the order of the file.

    Examples
    --------
    >>> class_columns(["p_dog", "p_cat"], ["cat", "dog"])
    [ClassColumns(model='', columns=('p_cat', 'p_dog'))]
    """
    groups: dict[str, dict[str, str]] = {}
    for column in columns:
        named = names_class(column, labels)
        if named is not None:
            groups.setdefault(named[1], {}).setdefault(named[0], column)
    return [
        ClassColumns(model, tuple(found[label] for label in labels))
        for model, found in groups.items()
        if len(found) == len(labels)
    ]


def numbered_columns(columns: Sequence[str], classes: int) -> tuple[str, ...] | None:
    """Find columns that are numbered 0, 1, 2, ... or 1, 2, 3, ..., at least one for each class.

    Parameters
    ----------
    columns : sequence of str
    classes : int
        How many the truth has.

    Returns
    -------
    tuple of str or None
        In the order of their numbers; all columns where none is numbered and there are as many as classes.

    Examples
    --------
    >>> numbered_columns(["prob_class_1", "prob_class_0"], 2)
    ('prob_class_0', 'prob_class_1')
    """
    families: dict[tuple[str, ...], dict[int, str]] = {}
    for column in columns:
        words = words_of(column)
        if words and words[-1].isdecimal():
            families.setdefault(words[:-1], {})[int(words[-1])] = column
    for numbered in families.values():
        numbers = sorted(numbered)
        if len(numbers) >= classes and numbers[0] in (0, 1) and numbers[-1] - numbers[0] == len(numbers) - 1:
            return tuple(numbered[number] for number in numbers)
    return tuple(columns) if len(columns) == classes else None


def unseen_classes(columns: Sequence[str], named: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """Find columns named like those of the classes, for classes that the truth never has.

    Parameters
    ----------
    columns : sequence of str
        Candidates.
    named, labels : sequence of str
        The columns that are named after classes, and those classes.

    Returns
    -------
    dict of str to str
        From the class to its column.

    Examples
    --------
    >>> unseen_classes(["p_cat", "p_dog", "p_cow"], ["p_cat", "p_dog"], ["cat", "dog"])
    {'cow': 'p_cow'}
    """
    frames = {_frame(column, label) for column, label in zip(named, labels, strict=True)} - {None}
    if len(frames) != 1:
        return {}
    before, after = next(each for each in frames if each is not None)
    found = {}
    for column in columns:
        inside = (
            column.startswith(before) and column.endswith(after) and len(column) > len(before) + len(after)
        )
        if inside and column not in named:
            found[column[len(before) : len(column) - len(after)]] = column
    return found


def _frame(column: str, label: str) -> tuple[str, str] | None:
    """What stands before and after the class in a column's name."""
    place = column.casefold().rfind(label.casefold())
    return (column[:place], column[place + len(label) :]) if place >= 0 else None
