"""A file that says which class each number is, and of which group, dropped beside the predictions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from evalcore.inputs.columns.class_names import numbered_columns
from evalcore.inputs.columns.names import words_of
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, profile_table
from evalcore.inputs.columns.spelling import encode_labels, spell
from evalcore.inputs.groups.levels import GROUP_WORDS

__all__ = ["add_groups", "apply_label_map", "find_group_map", "find_label_map", "spoken_for"]

_LONGEST = 1100
# The truth has at least this share of the classes that a map lists: else its numbers are ids of rows.
_COVERED = 0.5


def find_group_map(table: pd.DataFrame, others: Sequence[pd.DataFrame]) -> pd.DataFrame | None:
    """Read a table as a map of classes to groups; None where it is something else.

    Parameters
    ----------
    table : DataFrame
        One row a class: its number or its name or both, and at least one column that is called a group
        (superclass, category, family, ...).
    others : sequence of DataFrame
        The other tables, which have more rows; a truth of one of them has these classes.

    Returns
    -------
    DataFrame or None
        With the groups alone, and the classes as its index: their numbers where the truth has these.

    Examples
    --------
    >>> kinds = pd.DataFrame({"id": [0, 1, 2], "name": ["cat", "dog", "car"], "superclass": ["pet", "pet", "thing"]})
    >>> find_group_map(kinds, [pd.DataFrame({"label": [0, 1, 1, 2]})])["superclass"].to_dict()
    {'0': 'pet', '1': 'pet', '2': 'thing'}
    """
    rows, columns = table.shape
    if not 3 <= rows <= _LONGEST or columns < 2 or any(len(other) <= rows for other in others):
        return None
    profiles = profile_table(table).values()
    groups = [each.name for each in profiles if not each.unique and set(words_of(each.name)) & GROUP_WORDS]
    keys = [
        each.name
        for each in profiles
        if each.unique and (each.kind == "text" or (each.kind == "number" and each.integral))
    ]
    for key in keys if groups else []:
        classes = [spell(value) for value in table[key]]
        if any(_truth_of(other, classes) is not None for other in others):
            return table[groups].set_axis(pd.Index(classes), axis="index")
    return None


def _truth_of(table: pd.DataFrame, classes: Sequence[str]) -> ColumnProfile | None:
    """The truth that has these classes."""
    for profile in profile_table(table).values():
        if profile.reading.role == "truth" and profile.labelled:
            labels = profile.codes.labels
            if set(labels) <= set(classes) and len(labels) >= _COVERED * len(classes):
                return profile
    return None


def add_groups(table: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Write the group of each row's actual class beside it.

    Parameters
    ----------
    table : DataFrame
    groups : DataFrame
        As `find_group_map` returned it.

    Examples
    --------
    >>> groups = pd.DataFrame({"kind": ["pet", "pet", "thing"]}, index=["0", "1", "2"])
    >>> add_groups(pd.DataFrame({"label": [2, 0, 1, 1]}), groups)["kind"].tolist()
    ['thing', 'pet', 'pet', 'pet']
    """
    truth = _truth_of(table, [str(name) for name in groups.index])
    if truth is None:
        return table
    codes = encode_labels(table[truth.name])
    named = groups.reindex([*codes.labels, None])
    return table.assign(
        **{
            str(name): named[name].astype("str").take(codes.codes).set_axis(table.index)
            for name in groups.columns
            if name not in table.columns
        }
    )


def find_label_map(table: pd.DataFrame, others: Sequence[pd.DataFrame]) -> dict[str, str] | None:
    """Read a table as a label map; None where it is something else.

    Parameters
    ----------
    table : DataFrame
        Two columns (number and name, either first), or one column of names whose place is the number.
    others : sequence of DataFrame
        The other tables, which have more rows.

    Returns
    -------
    dict of str to str, or None

    Examples
    --------
    >>> names = pd.DataFrame({"column_1": [0, 1], "column_2": ["cat", "dog"]})
    >>> find_label_map(names, [pd.DataFrame({"y": [0, 1, 1]})])
    {'0': 'cat', '1': 'dog'}
    """
    rows, columns = table.shape
    if not 2 <= rows <= _LONGEST or columns > 2 or any(len(other) <= rows for other in others) or not others:
        return None
    profiles = list(profile_table(table).values())
    names = [each for each in profiles if each.kind == "text" and each.unique]
    if columns == 1:
        return {str(i): spell(name) for i, name in enumerate(names[0].column)} if names else None
    numbers = [each for each in profiles if each.kind == "number" and each.integral and each.unique]
    if len(names) == 2:
        return _of_texts(table, others)
    if len(names) != 1 or len(numbers) != 1:
        return None
    keys = as_numbers(numbers[0].column)
    if keys.min() not in (0, 1, -1) or keys.max() - keys.min() > rows:
        return None
    return {spell(key): spell(name) for key, name in zip(keys, names[0].column, strict=True)}


def _of_texts(table: pd.DataFrame, others: Sequence[pd.DataFrame]) -> dict[str, str] | None:
    """Read short labels and their names (`M`, `malignant`), below a header or not; None without a truth of them."""
    keys, names = ([spell(value) for value in table.iloc[:, place]] for place in (0, 1))
    for start in (0, 1):
        if any(_truth_of(other, keys[start:]) is not None for other in others):
            return dict(zip(keys[start:], names[start:], strict=True))
    return None


def apply_label_map(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame | None:
    """Write the classes' names in place of their numbers.

    Parameters
    ----------
    table : DataFrame
    names : mapping of str to str

    Returns
    -------
    DataFrame or None
        None where no column holds such numbers.

    Examples
    --------
    >>> apply_label_map(pd.DataFrame({"label": [0, 1]}), {"0": "cat", "1": "dog"})["label"].tolist()
    ['cat', 'dog']
    """
    changed: dict[str, pd.Series] = {}
    for profile in profile_table(table).values():
        named = profile.reading.role in ("truth", "prediction") or table.shape[1] == 1
        if (
            named
            and (profile.kind == "text" or (profile.kind == "number" and profile.integral))
            and profile.labelled
            and set(profile.codes.labels) <= set(names)
        ):
            labels = [names[label] for label in profile.codes.labels]
            values = pd.Series([*labels, None], dtype="str").take(profile.codes.codes)
            changed[profile.name] = values.set_axis(table.index)
    if not changed:
        return None
    renamed = {}
    numeric = [name for name in table.columns if pd.api.types.is_float_dtype(table[name].dtype)]
    numbered = numbered_columns(numeric, len(names))
    if numbered is not None and len(numbered) == len(names) and not set(names.values()) & set(table.columns):
        renamed = dict(zip(numbered, names.values(), strict=True))
    return table.assign(**changed).rename(columns=renamed)


def spoken_for(table: pd.DataFrame, named: pd.DataFrame, names: Mapping[str, str]) -> tuple[str, str] | None:
    """Tell which two classes a score without a class in its name is about: the smaller number's, the larger one's.

    Parameters
    ----------
    table, named : DataFrame
        Before and after the label map was applied.
    names : mapping of str to str

    Returns
    -------
    tuple of (str, str) or None
        None where the truth has not two numbers, or the scores are called after their classes, or there are none.

    Examples
    --------
    >>> table = pd.DataFrame({"label": [0, 1, 1], "score": [0.25, 0.75, 0.5]})
    >>> names = {"0": "malignant", "1": "benign"}
    >>> spoken_for(table, apply_label_map(table, names), names)
    ('malignant', 'benign')
    """
    if list(table.columns) != list(named.columns):
        return None
    profiles = profile_table(table)
    truths = [
        each
        for each in profiles.values()
        if each.reading.role == "truth" and not table[each.name].equals(named[each.name])
    ]
    scored = any(each.kind == "number" and not each.integral for each in profiles.values())
    if not truths or not scored or truths[0].kind != "number" or len(truths[0].codes.labels) != 2:
        return None
    low, high = sorted(truths[0].codes.labels, key=float)
    return names[low], names[high]
