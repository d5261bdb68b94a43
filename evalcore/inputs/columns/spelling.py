"""Labels as people write them: one spelling for each, and matching of two codings.

`3`, `3.0` and `"3"` are one label; `True`, `yes` and `1` can stand for each other, and so can
`-1/1` and `0/1`: how a truth column and a prediction column agree is found here.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.words import DENIALS, NEGATIVE, POSITIVE, UNKNOWN

__all__ = [
    "LabelCodes",
    "LabelMatch",
    "denies",
    "encode_labels",
    "is_unknown",
    "match_labels",
    "polarity",
    "spell",
]

Codes = npt.NDArray[np.intp]
_SMALL_RANGE = 4096
_MOST_DIGITS = 18  # what is longer numbers nothing


@dataclass(frozen=True, eq=False)
class LabelCodes:
    """A column of labels as numbers.

    Parameters
    ----------
    codes : ndarray of intp, shape (n,)
        Position in `labels`; -1 where the cell is missing.
    labels : tuple of str
        Distinct labels, numbers by value and texts by alphabet.
    """

    codes: Codes
    labels: tuple[str, ...]

    def position(self, label: str) -> int:
        """Return the position of `label` in whatever spelling; -1 where it does not occur."""
        wanted = _plain(label)
        return next((i for i, each in enumerate(self.labels) if _plain(each) == wanted), -1)


@dataclass(frozen=True)
class LabelMatch:
    """How one column's labels stand for another's.

    Parameters
    ----------
    mapping : dict
        From the second column's label to the first's; a label that has no partner keeps its own.
    how : str
        "same", "spelling", "logical" (true/yes/1 and false/no/0/-1), "agreement" (of the rows), or "none".
    strangers : tuple of str
        Labels of the second column without a partner.
    """

    mapping: Mapping[str, str]
    how: str
    strangers: tuple[str, ...] = ()


def spell(value: Any) -> str:
    """Write one label the way that people will see it.

    Examples
    --------
    >>> spell(3.0), spell(" cat "), spell(True), spell(0.5)
    ('3', 'cat', 'True', '0.5')
    """
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (float, np.floating)):
        number = float(value)
        return str(int(number)) if math.isfinite(number) and number == int(number) else f"{number:g}"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace").strip()
    return str(value).strip()


def _plain(label: str) -> str:
    """Fold case, padding and number format away, so that spellings compare."""
    text = " ".join(label.strip().casefold().split())
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if math.isfinite(number) and number == int(number) else f"{number:g}"


def _order(label: str) -> tuple[int, float, str]:
    try:
        return (0, float(label), label)
    except ValueError:
        return (1, 0.0, label)


def encode_labels(column: pd.Series) -> LabelCodes:
    """Number the distinct labels of a column.

    Parameters
    ----------
    column : Series, shape (n,)
        Numbers, booleans or texts; padding and `3.0` against `3` make no difference.

    Returns
    -------
    LabelCodes

    Examples
    --------
    >>> found = encode_labels(pd.Series(["cat", " cat", None, "ant"]))
    >>> found.codes.tolist(), found.labels
    ([1, 1, -1, 0], ('ant', 'cat'))
    """
    raw, values = _numbered_values(column)
    spelt = [spell(value) for value in values]
    labels = tuple(sorted({each for each in spelt if each}, key=_order))
    place = {label: i for i, label in enumerate(labels)}
    table = np.array([place.get(each, -1) for each in spelt] + [-1], dtype=np.intp)
    if np.array_equal(table[:-1], np.arange(len(spelt))):
        return LabelCodes(raw, labels)
    return LabelCodes(table.take(raw, mode="wrap"), labels)


def _numbered_values(column: pd.Series) -> tuple[Codes, Any]:
    """Number a column's values, -1 for what is missing; small whole numbers need no hashing.

    Some of the values may not occur: the numbers are then positions in all of the small range, as blank texts.
    """
    values = column.to_numpy() if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iub" else None
    if values is None or not values.size:
        return pd.factorize(column, use_na_sentinel=True)
    numbers = values.view(np.uint8) if values.dtype.kind == "b" else values
    low, high = int(numbers.min()), int(numbers.max())
    if high - low >= _SMALL_RANGE:
        return pd.factorize(column, use_na_sentinel=True)
    if numbers.dtype.kind == "i":  # the widest first: a short type need not hold the difference
        codes = numbers.astype(np.intp, copy=False) - low if low else numbers.astype(np.intp, copy=False)
    else:
        codes = (numbers - numbers.dtype.type(low)).astype(np.intp)
    present = np.ones(high - low + 1, dtype=bool)
    if high - low > 1:  # both ends occur
        present = np.bincount(codes, minlength=high - low + 1) > 0
    kind = values.dtype.type
    return codes, [kind(low + i) if there else "" for i, there in enumerate(present.tolist())]


def polarity(label: str) -> int:
    """Return 1 for a label that names the event ("yes", "spam"), -1 for its absence ("no", "ham"), else 0.

    Examples
    --------
    >>> polarity("Spam"), polarity("not spam"), polarity("cat")
    (1, -1, 0)
    """
    text = _unnumbered(_plain(label))
    if text in NEGATIVE or text.startswith(DENIALS):
        return -1
    if text in POSITIVE:
        return 1
    last = re.split(r"[\s_-]", text)[-1]
    return {"positive": 1, "pos": 1, "negative": -1, "neg": -1}.get(last, 0)


def _unnumbered(text: str) -> str:
    """`2:yes` as `yes`, and an accented letter as the plain one."""
    text = re.sub(r"^\d+[:.)]\s*(?=\D)", "", text)
    return (
        text
        if text.isascii()
        else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    )


def is_unknown(label: str) -> bool:
    """Tell whether a third truth value says "not known" rather than a class."""
    return _plain(label) in UNKNOWN or label == "0.5"


def denies(label: str, other: str) -> bool:
    """Tell whether `label` is `other` with a denying word before it ("not hotdog", "unsafe").

    Examples
    --------
    >>> denies("not_hotdog", "hotdog"), denies("hotdog", "not_hotdog")
    (True, False)
    """
    text, rest = _plain(label), _plain(other)
    return any(text == denial + rest or text == denial.strip() + rest for denial in DENIALS)


def _logical(label: str) -> str | None:
    return {"1": "1", "true": "1", "t": "1", "yes": "1", "y": "1", "positive": "1", "pos": "1",
            "ja": "1", "oui": "1", "si": "1", "sim": "1",
            "0": "0", "-1": "0", "false": "0", "f": "0", "no": "0", "n": "0", "negative": "0", "neg": "0",
            "nein": "0", "non": "0", "nao": "0", "nee": "0",
            }.get(_unnumbered(_plain(label)))  # fmt: skip


def _numbered(label: str) -> str | None:
    """The number at the end of `LABEL_1` and `class 1`."""
    word, number = _parted(_plain(label))
    if not 0 < len(number) <= _MOST_DIGITS or any(sign.isdecimal() for sign in word):
        return None
    return str(int(number)) if not word or any(sign.isalnum() or sign == "_" for sign in word) else None


def _parted(text: str) -> tuple[str, str]:
    """What stands before the digits at a text's end, and these."""
    place = len(text)
    while place and text[place - 1].isdecimal():
        place -= 1
    return text[:place], text[place:]


def _one_frame(labels: Sequence[str]) -> bool:
    """Whether all labels are the same word followed by a number."""
    frames = {_parted(_plain(label))[0] for label in labels}
    return len(frames) == 1 and all(_numbered(label) is not None for label in labels)


def _by(key: Any, known: Sequence[str], other: Iterable[str]) -> dict[str, str]:
    table = {key(label): label for label in reversed(known) if key(label) is not None}
    return {label: table[key(label)] for label in other if key(label) in table}


def match_labels(known: Sequence[str], other: Sequence[str]) -> LabelMatch:
    """Find how the labels `other` stand for the labels `known`, by their spelling alone.

    Parameters
    ----------
    known, other : sequence of str
        Distinct labels of the truth and of a prediction.

    Returns
    -------
    LabelMatch

    Examples
    --------
    >>> match_labels(["0", "1"], ["False", "True"]).mapping
    {'False': '0', 'True': '1'}
    """
    mapping = _by(lambda label: label, known, other)
    if len(mapping) == len(other):
        return LabelMatch(mapping, "same")
    folded = _by(_plain, known, other)
    if len(folded) == len(other):
        return LabelMatch(folded, "spelling")
    numbered = _by(_numbered, known, other) if _one_frame(other) or _one_frame(known) else {}
    if len(numbered) == len(other):
        return LabelMatch(numbered, "spelling")
    if len(known) <= 2:
        logical = _by(_logical, known, other)
        if len(logical) == len(other) and len(set(logical.values())) == len(other):
            return LabelMatch(logical, "logical")
    if folded:
        strangers = tuple(label for label in other if label not in folded)
        return LabelMatch({**folded, **{each: each for each in strangers}}, "spelling", strangers)
    return LabelMatch({}, "none", tuple(other))
