"""Orange's tab files: two rows below the names say what each column is; or marks before the names do."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["bare_names", "is_orange"]

_TYPES = frozenset(["continuous", "c", "discrete", "d", "string", "s", "text", "time", "t", "basket", ""])
_SURE_TYPES = frozenset(["continuous", "discrete", "string", "time"])
_FLAGS = frozenset(["", "class", "c", "meta", "m", "ignore", "i", "weight", "w"])
_SURE_FLAGS = frozenset(["class", "meta", "ignore", "weight"])
_marked = re.compile(r"[mciw]{0,2}[CDSTNB]?#(\S.*)").fullmatch


def is_orange(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the rows below the names are one of types and one of flags.

    Examples
    --------
    >>> is_orange([["continuous", "no yes"], ["", "class"], ["20", "no"]])
    True
    """
    if len(rows) < 2:
        return False
    types, flags = ([cell.strip() for cell in row] for row in rows[:2])
    known = [each in _TYPES for each in types]
    listed = [" " in each or known[i] for i, each in enumerate(types)]  # or the values that a column may have
    flagged = [each.split()[0] in _FLAGS or "=" in each if each else True for each in flags]
    sure = bool(set(types) & _SURE_TYPES) or bool({each.split()[0] for each in flags if each} & _SURE_FLAGS)
    return sure and any(known) and sum(listed) >= len(types) / 2 and all(flagged)


def bare_names(header: Sequence[str]) -> Sequence[str]:
    """Take the marks off names such as `mD#Forest` and `cD#class`, where two or more have one.

    Examples
    --------
    >>> bare_names(["age", "cD#class", "mD#Forest"]), bare_names(["inst#", "#"])
    (['age', 'class', 'Forest'], ['inst#', '#'])
    """
    found = [_marked(cell.strip()) for cell in header]
    if sum(each is not None for each in found) < 2:
        return header
    return [cell if each is None else each[1] for cell, each in zip(header, found, strict=True)]
