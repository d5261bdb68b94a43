"""Pieces of sentences: quoted names, lists, counts, sizes, and templates filled in (`say`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = [
    "NONE",
    "byte_size",
    "count_of",
    "first_line",
    "joined",
    "listing",
    "quoted",
    "say",
    "some",
    "the_file",
    "told_apart",
    "was",
]

#: Stands for no column, where a person may choose one.
NONE = "none"

# Of the reader's sentences: signs of a name, and names of a list.
_LONGEST = 80
_LISTED = 5
# Of templates: the same, and the fields that hold a name.
_LONGEST_NAME = 60
_LONGEST_LIST = 6
_NAMES = frozenset({"column", "score", "other", "label", "value"})


def the_file(name: str) -> str:
    """The file's name in quotes; without one, "the file"."""
    return quoted(name) if name else "the file"


def quoted(text: str) -> str:
    r"""A name or cell in quotes, on one line and not longer than 80 characters.

    Examples
    --------
    >>> quoted("a\tb")
    '"a b"'
    """
    shown = "".join(character if character.isprintable() else " " for character in text[: _LONGEST + 1])
    return f'"{shown[:_LONGEST]}…"' if len(shown) > _LONGEST else f'"{shown}"'


def some(names: Sequence[str]) -> str:
    """The first five names in quotes, and how many more there are."""
    shown = ", ".join(map(quoted, names[:_LISTED]))
    return f"{shown} and {len(names) - _LISTED:,} more" if len(names) > _LISTED else shown


def count_of(count: int, what: str) -> str:
    """A count and its noun.

    Examples
    --------
    >>> count_of(1, "row"), count_of(2500, "row")
    ('1 row', '2,500 rows')
    """
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def was(count: int) -> str:
    """The verb for a count: was or were."""
    return "was" if count == 1 else "were"


def first_line(count: int, line: int, text: str) -> str:
    """Where the one line is, or the first of several, in brackets."""
    return f"({'' if count == 1 else 'first: '}line {line:,}, {quoted(text)})"


def byte_size(count: int) -> str:
    """A number of bytes in the unit that suits it.

    Examples
    --------
    >>> byte_size(2 << 30), byte_size(1536), byte_size(10)
    ('2 GB', '1.5 KB', '10 bytes')
    """
    for unit, size in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if count >= size:
            return f"{count / size:.4g} {unit}"
    return f"{count} bytes"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


def listing(names: Sequence[Any]) -> str:
    """Write names as a list in words, the first six of many.

    Examples
    --------
    >>> listing(["a", "b", "c"])
    '"a", "b" and "c"'
    """
    quoted = [f'"{_short(str(name))}"' for name in names[:_LONGEST_LIST]]
    if len(names) > _LONGEST_LIST:
        return f"{', '.join(quoted)} and {len(names) - _LONGEST_LIST} more"
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def told_apart(names: Sequence[str], most: int = 32) -> dict[str, str]:
    """Shorten long names for a narrow box so that no two look alike.

    Parameters
    ----------
    names : sequence of str
    most : int
        Signs that there is room for; only a name that nothing shorter tells from the others is longer.

    Returns
    -------
    dict
        What to show for each name.

    Examples
    --------
    >>> told_apart(["a long name of one", "a long name of two", "b"], most=12)
    {'a long name of one': 'a long…f one', 'a long name of two': 'a long…f two', 'b': 'b'}
    """
    shown = {name: name if len(name) <= most else f"{name[: most - 1]}…" for name in names}
    for cut in (_in_the_middle, _where_they_differ, _whole):
        for group in _alike(shown):
            signs = enumerate(zip(*group, strict=False))
            same = next((place for place, each in signs if len(set(each)) > 1), min(map(len, group)))
            shown.update({name: cut(name, most, same) for name in group})
    return shown


def _alike(shown: Mapping[str, str]) -> list[list[str]]:
    """Return the names that look alike, group by group."""
    by_text: dict[str, list[str]] = {}
    for name, text in shown.items():
        by_text.setdefault(text, []).append(name)
    return [group for group in by_text.values() if len(group) > 1]


def _in_the_middle(name: str, most: int, _: int) -> str:
    head = most // 2
    return name if len(name) <= most else f"{name[:head]}…{name[len(name) - (most - head - 1) :]}"


def _where_they_differ(name: str, most: int, same: int) -> str:
    start = max(same - 2, 0)
    part = name[start : start + most - 2]
    return f"{'…' if start else ''}{part}{'…' if start + len(part) < len(name) else ''}"


def _whole(name: str, _most: int, _same: int) -> str:
    return name


def joined(names: Sequence[str]) -> str:
    """Join names of columns by commas, as `Roles` takes them; a name with a comma is put in quotes.

    Examples
    --------
    >>> joined(["a", "b, c"])
    'a,"b, c"'
    """
    return ",".join(f'"{name}"' if "," in name else name for name in names)


def say(template: str, **fields: Any) -> str:
    """Fill a template of one of the `messages` modules.

    Parameters
    ----------
    template : str
    **fields
        Texts, numbers, or lists of names.

    Returns
    -------
    str

    Examples
    --------
    >>> say('the name "{column}" says so', column="y_true")
    'the name "y_true" says so'
    """
    ready = {
        key: listing(value)
        if isinstance(value, (list, tuple))
        else _short(str(value))
        if key in _NAMES
        else value
        for key, value in fields.items()
    }
    return template.format(**ready)
