"""Probabilities of several classes, one column each, also where the truth lacks one of the classes or a column does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evalcore.inputs.columns.class_names import names_class, numbered_columns
from evalcore.inputs.columns.profile import ColumnProfile, sums_to_one

__all__ = ["class_family", "named_in"]

_FEWEST, _WIDEST, _NEAR = 3, 1100, 0.05


def class_family(
    profiles: Mapping[str, ColumnProfile], labels: Sequence[str], rest: Sequence[ColumnProfile]
) -> tuple[str, ...]:
    """Find the columns that are the probabilities of one model's classes, three at least.

    They add up to 1 only all together, and are called after classes of the truth, or numbered: a class that
    the truth lacks, or a column of zeros, is one of them all the same.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    labels : sequence of str
        What the truth holds.
    rest : sequence of ColumnProfile
        Columns without another role.

    Returns
    -------
    tuple of str
        In the file's order; empty where there are none.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"y": ["cat", "dog"], "cat": [0.5, 0.25], "dog": [0.25, 0.5], "cow": [0.25, 0.25]})
    >>> profiles = profile_table(table)
    >>> class_family(profiles, ["cat", "dog"], list(profiles.values())[1:])
    ('cat', 'dog', 'cow')
    """
    inside = [
        each
        for each in rest
        if each.kind == "number"
        and each.in_unit
        and not each.missing
        and each.reading.role not in ("truth", "aside")
    ]
    if not _FEWEST <= len(inside) <= _WIDEST:
        return ()
    spoken = {each.name: names_class(each.name, labels) for each in inside}
    models = {named[1] for named in spoken.values() if named}
    if len(models) != 1:
        return ()
    named = [name for name, each in spoken.items() if each]
    groups = [inside, _alike(inside, named, labels)]
    for group in groups:
        names = tuple(each.name for each in group)
        telling = len(named) == len(labels) or len(named) >= 2
        if (
            len(names) >= _FEWEST
            and set(named) <= set(names)
            and telling
            and _all_needed(profiles, names, named)
        ):
            return names
    return ()


def _all_needed(profiles: Mapping[str, ColumnProfile], names: tuple[str, ...], named: Sequence[str]) -> bool:
    """Whether the columns add up to 1, and two of them do not yet."""
    known = dict(profiles)
    first = sum(float(profiles[name].numbers[0]) for name in names)
    last = sum(float(profiles[name].numbers[-1]) for name in names)
    if abs(first - 1) > _NEAR and abs(last - 1) > _NEAR:  # before all rows of a thousand columns are added up
        return False
    if not sums_to_one(known, names):
        return False
    return len(named) != 2 or len(names) == 2 or not sums_to_one(known, named)


def _alike(
    inside: Sequence[ColumnProfile], named: Sequence[str], labels: Sequence[str]
) -> list[ColumnProfile]:
    """The columns that begin or end as those that are called after the classes."""
    numbered = numbered_columns([each.name for each in inside], _FEWEST)
    if numbered and set(named) <= set(numbered):
        return [each for each in inside if each.name in numbered]
    frames = set()
    for name in named:
        label = next((each for each in labels if each.casefold() in name.casefold()), None)
        if label is not None:
            place = name.casefold().rfind(label.casefold())
            frames.add((name[:place], name[place + len(label) :]))
    if len(frames) != 1:
        return []
    before, after = frames.pop()
    if not before and not after:
        return []
    return [each for each in inside if each.name.startswith(before) and each.name.endswith(after)]


def named_in(columns: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """The column that is called after each label, where one is."""
    found: dict[str, str] = {}
    for column in columns:
        named = names_class(column, labels)
        if named:
            found.setdefault(named[0], column)
    return found
