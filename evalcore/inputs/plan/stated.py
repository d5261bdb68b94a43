"""What the caller said about the columns, in the short notation that files and links can carry.

Every field of `Roles` that names a column may say more than the name:

- `column=value`: for a score, the class that it speaks for (`prob_class_0=CN`); for an epoch, fold
  or split, the only rows that are kept (`split=Test`);
- `-column`: a score where low means positive, or decisions coded the other way round;
- `+column`: a score or decisions as they stand;
- `column:kind`: a score's kind (`output:logit`);
- several truth columns (one-hot, or one for each label) and several scores may be joined by commas;
- an empty text, or `none`, says that no column has the role.

A text that is the name of a column, whatever signs it has, is that column.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from evalcore.errors import InputError
from evalcore.inputs.plan import messages
from evalcore.predictions.evaluation import Roles, ScoreKind
from evalcore.wording import NONE, joined, say

__all__ = ["Choice", "Stated", "parse_choice", "roles_from", "tidy"]

_NOTHING = ("", NONE, "(none)")
_SINGLE = ("truth", "predicted_label", "weight", "fold", "split", "id", "image", "model", "epoch")


@dataclass(frozen=True)
class Choice:
    """One column as the caller named it.

    Parameters
    ----------
    column : str
    value : str or None
        The class of a score, or the only value of a fold, split or epoch that is kept.
    kind : str or None
        A score's kind.
    turned : bool or None
        Whether low means positive; None where nothing was said.
    """

    column: str
    value: str | None = None
    kind: str | None = None
    turned: bool | None = None


def parse_choice(text: str, columns: Iterable[str], *, role: str) -> Choice:
    """Read the short notation against the columns that there are.

    Parameters
    ----------
    text : str
    columns : iterable of str
    role : str
        For the error message.

    Returns
    -------
    Choice

    Raises
    ------
    InputError
        Where no column is meant; the nearest names are given.

    Examples
    --------
    >>> parse_choice("-amount:decision", ["amount"], role="score")
    Choice(column='amount', value=None, kind='decision', turned=True)
    """
    known = list(columns)
    if text in known:
        return Choice(text)
    if text[:1] in ("-", "+"):
        return replace(parse_choice(text[1:], known, role=role), turned=text[0] == "-")
    head, colon, kind = text.rpartition(":")
    if colon and kind in get_args(ScoreKind) and head:
        return replace(parse_choice(head, known, role=role), kind=kind)
    for place in (i for i in range(len(text) - 1, 0, -1) if text[i] == "="):
        if text[:place] in known:
            return Choice(text[:place], value=text[place + 1 :])
    near = difflib.get_close_matches(text, known, n=3, cutoff=0.4) or known[:6]
    raise InputError(say(messages.NO_SUCH_COLUMN, role=role, column=text, columns=near))


def _split_columns(text: str, columns: Sequence[str]) -> list[str]:
    return [text] if text in columns else next(csv.reader([text], skipinitialspace=True), [])


def tidy(roles: Roles, columns: Sequence[str]) -> Roles:
    """Bring roles that people stated into one form: lists taken apart, `none` as an empty text.

    A predicted label that is stated to be the truth as well is forgotten: one answer to "which is the truth?"
    is enough.

    Examples
    --------
    >>> tidy(Roles(scores=("p,-q",), weight="none"), ["p", "q"])
    ... # doctest: +ELLIPSIS
    Roles(truth=None, scores=('p', '-q'), positive=None, predicted_label=None, weight='', ...)
    """
    scores = tuple(part for text in roles.scores if text for part in _split_columns(text, columns))
    nothing: dict[str, Any] = {
        role: ""
        for role in _SINGLE
        if getattr(roles, role) in _NOTHING and getattr(roles, role) not in columns
    }
    tidied = replace(roles, scores=scores, **nothing)
    if not tidied.truth:
        tidied = replace(tidied, truth=None)
    label = (tidied.predicted_label or "").removeprefix("-").removeprefix("+")
    same = label and label == tidied.truth
    return replace(tidied, predicted_label=None) if same else tidied


@dataclass(frozen=True)
class Stated:
    """`Roles` as the caller gave them, checked against the table's columns."""

    roles: Roles
    columns: tuple[str, ...]

    def says(self, role: str) -> bool:
        """Whether the caller said anything about the role."""
        return getattr(self.roles, role) is not None

    def choice(self, role: str) -> Choice | None:
        """The column that the caller named for a role, with what else was said."""
        text = getattr(self.roles, role)
        return parse_choice(text, self.columns, role=role) if text else None

    def column(self, role: str) -> str | None:
        """The column that the caller named for a role."""
        choice = self.choice(role)
        return choice.column if choice else None

    @property
    def truths(self) -> tuple[str, ...]:
        """The truth columns; several where the truth is one-hot or has a column per label."""
        if not self.roles.truth:
            return ()
        named = _split_columns(self.roles.truth, self.columns)
        return tuple(parse_choice(text, self.columns, role="truth").column for text in named)

    @property
    def scores(self) -> tuple[Choice, ...]:
        """The score columns."""
        return tuple(parse_choice(text, self.columns, role="score") for text in self.roles.scores)

    @property
    def claimed(self) -> frozenset[str]:
        """All columns that the caller gave a role."""
        singles = (self.column(role) for role in _SINGLE if role != "truth")
        named = (*self.truths, *(each.column for each in self.scores), *self.roles.groups, *singles)
        return frozenset(name for name in named if name)


def roles_from(roles: Roles | None, keywords: dict[str, Any]) -> Roles:
    """Merge `Roles` with roles given by keyword; `score` may stand for `scores`, `group` for `groups`.

    Raises
    ------
    InputError
        For a keyword that is no role.

    Examples
    --------
    >>> roles_from(None, {"truth": "y", "score": "p"}).scores
    ('p',)
    """
    plural = {"score": "scores", "group": "groups"}
    given = {plural.get(key, key): value for key, value in keywords.items() if value is not None}
    for key in ("scores", "groups"):
        if isinstance(given.get(key), str):
            given[key] = (given[key],)
        elif key in given:
            given[key] = tuple(given[key])
    if not isinstance(given.get("truth", ""), str):
        given["truth"] = joined(given["truth"])
    if given.get("positive") is not None:
        given["positive"] = str(given["positive"])
    unknown = sorted(set(given) - set(Roles.__dataclass_fields__))
    if unknown:
        raise InputError(
            say(messages.NO_SUCH_ROLE, role=unknown[0], roles=sorted(Roles.__dataclass_fields__))
        )
    return replace(roles or Roles(), **given)
