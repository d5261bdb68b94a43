"""Groups of classes that a person states: typed, pasted, in a file of their own, or carried by a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.columns.spelling import encode_labels, match_labels, spell
from evalcore.predictions.classes import ClassGroups

__all__ = ["groups_from_table", "groups_from_text", "groups_to_text", "state_groups"]

#: How the level that a person stated is called, after the number of its groups.
_STATED = "of your own"


def state_groups(classes: Sequence[str], groups: Mapping[str, str]) -> ClassGroups:
    """Take a person's groups; a class without one stands for itself.

    Parameters
    ----------
    classes : sequence of str
    groups : mapping of str to str
        From class to group; an empty text says none. Names that are no classes are refused.

    Returns
    -------
    ClassGroups

    Raises
    ------
    InputError
        Where a name is no class, or what is left is one group or as many as there are classes.

    Examples
    --------
    >>> state_groups(("cat", "dog", "car"), {"cat": "animal", "dog": "animal"}).of_class
    ('animal', 'animal', 'car')
    """
    unknown = [name for name in groups if name not in set(classes)]
    if unknown:
        raise InputError(f"groups must name classes of this evaluation, got “{unknown[0]}”")
    of_class = tuple(" ".join(groups.get(name, "").split()) or name for name in classes)
    many = len(set(of_class))
    if many < 2:
        raise InputError(
            "All classes are in one group: give at least two groups, so that they can be told apart."
        )
    if many == len(classes):
        raise InputError("Every class is a group of its own: give two classes the same group.")
    return ClassGroups(f"{many} groups {_STATED}", of_class, "as you said")


def groups_from_table(table: pd.DataFrame, classes: Sequence[str]) -> ClassGroups:
    """Read a label map: one column with the classes, another one with their groups.

    Parameters
    ----------
    table : DataFrame
        One row a class; further columns and classes that the evaluation does not have are passed over.
    classes : sequence of str

    Returns
    -------
    ClassGroups

    Raises
    ------
    InputError
        Where no column holds the classes' names, or none beside it says a group.

    Examples
    --------
    >>> table = pd.DataFrame({"class": ["cat", "dog", "car"], "superclass": ["animal", "animal", "vehicle"]})
    >>> groups_from_table(table, ("cat", "dog", "car")).groups
    ('animal', 'vehicle')
    """
    best, names = 0, ""
    for column in map(str, table.columns):
        spelt = set(encode_labels(table[column]).labels)
        matched = match_labels(classes, sorted(spelt))
        hits = len(set(matched.mapping.values()) & set(classes))
        if hits > best:
            best, names = hits, column
    if best < 2:
        raise InputError(
            "No column of this file holds the names of the classes: give one column with the classes and one "
            "with their groups."
        )
    mapping = match_labels(classes, encode_labels(table[names]).labels).mapping
    spelt_names = [spell(value) for value in table[names]]
    places = [mapping.get(name, name) for name in spelt_names]
    known = [name in set(classes) for name in places]
    choices = []
    for column in map(str, table.columns):
        if column == names or table[column][known].isna().any():
            continue
        values = [spell(value) for value in table[column][known]]
        of_class = dict(
            zip([each for each, ok in zip(places, known, strict=True) if ok], values, strict=True)
        )
        many = len(set(of_class.values()))
        if 2 <= many < len(of_class):
            choices.append((many, of_class))
    if not choices:
        raise InputError(
            f"Beside the classes in “{names}” no column says groups: one with at least two values, fewer than "
            "there are classes."
        )
    return state_groups(classes, min(choices, key=lambda each: each[0])[1])


def groups_to_text(classes: Sequence[str], groups: ClassGroups) -> str:
    """Write groups short enough for a link: each with the positions of its classes.

    Examples
    --------
    >>> stated = state_groups(("cat", "dog", "car"), {"cat": "animal", "dog": "animal"})
    >>> groups_to_text(("cat", "dog", "car"), stated)
    'animal=0-1'
    """
    shared = [name for name in groups.groups if groups.members(name) != _own(name, classes)]
    return urlencode([(name, _ranges(groups.members(name))) for name in shared], safe=",")


def _own(name: str, classes: Sequence[str]) -> tuple[int, ...]:
    """The one position of a class that stands for itself."""
    return tuple(i for i, each in enumerate(classes) if each == name)


def _ranges(places: Sequence[int]) -> str:
    """Spell positions in ascending order as `0-2,5`."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1][-1:] = [place] if len(runs[-1]) > 1 else [runs[-1][0], place]
        else:
            runs.append([place])
    return ",".join("-".join(map(str, run)) for run in runs)


def groups_from_text(classes: Sequence[str], text: str) -> ClassGroups | None:
    """Read groups from a link; None where it does not say groups of these classes.

    Examples
    --------
    >>> groups_from_text(("cat", "dog", "car"), "animal=0-1").groups
    ('animal', 'car')
    >>> groups_from_text(("cat", "dog", "car"), "animal=0-7") is None
    True
    """
    said: dict[str, str] = {}
    try:
        for name, places in parse_qsl(text, strict_parsing=True):
            for part in places.split(","):
                first, _, last = part.partition("-")
                if not 0 <= int(first) <= int(last or first) < len(classes):
                    return None
                for place in range(int(first), int(last or first) + 1):
                    said[classes[place]] = name
        return state_groups(classes, said)
    except ValueError:  # an InputError is one too
        return None
