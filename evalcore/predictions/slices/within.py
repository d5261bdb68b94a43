"""An evaluation within a slice: the same table and roles, and only the cases that share a column's value."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

import numpy as np

from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.slices.groups import (
    MOST_VALUES,
    Condition,
    columns_to_slice,
    grouping,
    text_of,
    values_of,
)

__all__ = ["Slice", "slice_named", "slices_of", "whole_fingerprint", "within"]

_MARK = "/within "
_MARKED = re.compile(rf"{_MARK}[0-9a-f]{{16}}")
#: A condition of a link: signs that are no "&", or anything behind a backslash.
_CONDITIONS = re.compile(r"(?:\\.|[^\\&])+")
_COLUMN = re.compile(r"(?:\\.|[^\\=])*")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Slice:
    r"""The cases that share a value of a column, or of two.

    Parameters
    ----------
    conditions : tuple of Condition
        One, or two of different columns.
    role : {"group", "fold", "split", "feature"}
        What the first column was recognised as.
    count : int
        How many cases there are.

    Examples
    --------
    >>> one = Slice((Condition("site", "B"),), "group", 12)
    >>> one.words, Slice((Condition("a=b", "c"),), "fold", 3).text
    ('site = B', 'a\\=b=c')
    >>> Slice((Condition("site", "B"), Condition("age", "70 or more", is_range=True)), "group", 5).words
    'site = B and age 70 or more'
    """

    conditions: tuple[Condition, ...]
    role: str
    count: int

    @property
    def words(self) -> str:
        """As sentences say it."""
        return " and ".join(each.words for each in self.conditions)

    @property
    def text(self) -> str:
        """As a link says it: no two slices have the same."""
        return text_of(self.conditions)

    @property
    def digest(self) -> str:
        """A short text for a fingerprint."""
        return hashlib.blake2s(self.text.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def slices_of(opened: Evaluation) -> tuple[Slice, ...]:
    """List the slices of an evaluation: of its groups, then of its split, then of its folds.

    Parameters
    ----------
    opened : Evaluation

    Returns
    -------
    tuple of Slice
        None where no rows stand behind the figures, and of no column that all cases share or that has hundreds of
        values.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"label": [0, 1, 1, 0] * 5, "prob": [0.2, 0.9, 0.4, 0.5] * 5, "fold": [1, 1, 2, 2] * 5})
    >>> [(each.words, each.count) for each in slices_of(ec.open_predictions(table))]
    [('fold = 1', 10), ('fold = 2', 10)]
    """
    rows = opened.predictions.case_rows
    if not _has_rows(opened) or rows is None:
        return ()
    found: list[Slice] = []
    for column, role in _columns(opened):
        names, codes = values_of(opened.table[column].iloc[rows])
        if 2 <= len(names) <= MOST_VALUES:
            counts = np.bincount(codes, minlength=len(names))
            found += [
                Slice((Condition(column, name),), role, int(count))
                for name, count in zip(names, counts, strict=True)
            ]
    return tuple(found)


def slice_named(opened: Evaluation, text: str) -> Slice | None:
    r"""Return the slice that a link names, also one by a range of numbers or by two columns; None for none.

    Parameters
    ----------
    opened : Evaluation
    text : str
        `Slice.text`.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"y": [0, 1] * 30, "prob": [0.2, 0.9] * 30, "site": ["a", "b", "c"] * 20})
    >>> opened = ec.open_predictions(table.assign(age=range(60)))
    >>> found = slice_named(opened, "site=b&age=45 or more")
    >>> found.words, found.count, slice_named(opened, "site=z")
    ('site = b and age 45 or more', 5, None)
    """
    if not text or not _has_rows(opened):
        return None
    listed = slices_of(opened)
    # Links of before there were pairs hold a plain "&".
    known = {each.text.replace("\\&", "&"): each for each in listed} | {each.text: each for each in listed}
    if text in known:
        return known[text]
    columns = [_plain(_COLUMN.match(part)) for part in _CONDITIONS.findall(text)]
    if not 1 <= len(columns) <= 2 or len(set(columns)) < len(columns):
        return None
    if not set(columns) <= set(columns_to_slice(opened)):
        return None
    found = grouping(opened.predictions, columns)
    place = {name: each for each, name in enumerate(found.texts)}.get(text)
    if place is None:
        return None
    role = dict(_columns(opened)).get(columns[0], "feature")
    return Slice(found.groups[place], role, int(np.count_nonzero(found.places == place)))


def within(opened: Evaluation, chosen: Slice) -> Evaluation:
    """Return the evaluation of the cases in a slice alone.

    The table stays whole, so that rows keep their numbers; thresholds that a model starts with stay as they were
    for all rows. What was left out of the whole file stays told as it was.

    Parameters
    ----------
    opened : Evaluation
    chosen : Slice
        One of `slices_of`, or `slice_named`.

    Returns
    -------
    Evaluation

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"label": [0, 1, 1, 0] * 5, "prob": [0.2, 0.9, 0.4, 0.5] * 5, "fold": [1, 1, 2, 2] * 5})
    >>> opened = ec.open_predictions(table)
    >>> within(opened, slices_of(opened)[1]).predictions.rows[:3].tolist()
    [2, 3, 6]
    """
    rows = opened.predictions.case_rows
    if rows is None:
        raise ValueError(f"no rows stand behind {opened.title!r}")
    if len(chosen.conditions) == 1 and not chosen.conditions[0].is_range:
        names, codes = values_of(opened.table[chosen.conditions[0].column].iloc[rows])
        here = codes == names.index(chosen.conditions[0].value)
    else:
        found = grouping(opened.predictions, [each.column for each in chosen.conditions])
        here = found.places == found.groups.index(chosen.conditions)
    inside = np.flatnonzero(here).astype(np.intp)
    return replace(
        opened,
        predictions=opened.predictions.taking(inside),
        fingerprint=f"{opened.fingerprint}{_MARK}{chosen.digest}",
        title=f"{opened.title} (within {chosen.words})",
        within=chosen.words,
    )


def whole_fingerprint(fingerprint: str) -> str:
    """Return the fingerprint of what a slice was taken from; another one as it is.

    Examples
    --------
    >>> whole_fingerprint("ab12/within 0123456789abcdef/cat")
    'ab12/cat'
    """
    return _MARKED.sub("", fingerprint)


def _has_rows(opened: Evaluation) -> bool:
    """Whether rows of the table stand behind the cases: counts of several classes have cases, and no rows for them."""
    rows = opened.predictions.case_rows
    return rows is not None and len(rows) <= len(opened.table)


def _plain(found: re.Match[str] | None) -> str:
    return "" if found is None else _ESCAPED.sub(r"\1", found.group())


def _columns(opened: Evaluation) -> list[tuple[str, str]]:
    roles = opened.roles
    named = [*((name, "group") for name in roles.groups), (roles.split, "split"), (roles.fold, "fold")]
    there = set(map(str, opened.table.columns))
    return list(dict.fromkeys((name, role) for name, role in named if name is not None and name in there))
