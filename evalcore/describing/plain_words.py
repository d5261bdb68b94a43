"""People's own words for cases, for what a positive is, and for what happens when one is flagged.

English verbs are turned from "has the disease" to "have the disease" and "does not have the disease"; what does not
begin with a verb ("spam") is taken for a quality ("is spam"). Words are text, never markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import Confusion
from evalcore.numbers import count, per_thousand

__all__ = ["DEFAULT_WORDS", "LONGEST_WORDS", "PlainWords"]

#: Letters of each of them: they stand in sentences and in the link.
LONGEST_WORDS = 60
_SEPARATOR = "|"
_IRREGULAR = {
    "is": "are",
    "are": "are",
    "has": "have",
    "have": "have",
    "does": "do",
    "goes": "go",
    "was": "were",
}
_NO_VERB = ("ss", "us", "ous", "is")  # "less", "suspicious", "sepsis": these end in s and are no verbs


@dataclass(frozen=True)
class PlainWords:
    """The words of one evaluation.

    Parameters
    ----------
    cases : str, default "cases"
        What several cases are called, such as ``"patients"``.
    positive : str, default "is positive"
        What one of them is or has, such as ``"has the disease"``.
    flagged : str, default "is flagged"
        What happens to one, such as ``"gets a biopsy"``.

    Raises
    ------
    InputError
        Where one is empty or too long.

    Examples
    --------
    >>> words = PlainWords("patients", "has the disease", "gets a biopsy")
    >>> words.of_many("fp")
    'get a biopsy but do not have the disease'
    >>> words.of_one("fn")
    'has the disease but does not get a biopsy'
    """

    cases: str = "cases"
    positive: str = "is positive"
    flagged: str = "is flagged"

    def __post_init__(self) -> None:
        for name, told in (
            ("cases", "what cases are called"),
            ("positive", "what a positive is"),
            ("flagged", "what happens when one is flagged"),
        ):
            text = "".join(sign if sign.isprintable() else " " for sign in getattr(self, name))
            text = " ".join(text.replace(_SEPARATOR, "/").split()).rstrip(".")
            if not text:
                raise InputError(f"{told} must be said, got an empty text")
            if len(text) > LONGEST_WORDS:
                raise InputError(f"{told} must have at most {LONGEST_WORDS} letters, got {len(text)}")
            object.__setattr__(self, name, text)

    @classmethod
    def read(cls, text: str) -> PlainWords | None:
        """Read what `written` gave, such as from a link; None where it is something else.

        Examples
        --------
        >>> PlainWords.read("patients|has the disease|gets a biopsy").cases, PlainWords.read("patients")
        ('patients', None)
        """
        parts = text.split(_SEPARATOR)
        try:
            return cls(*parts) if len(parts) == 3 else None
        except InputError:
            return None

    def written(self) -> str:
        """Return them as one text, for a link."""
        return _SEPARATOR.join((self.cases, self.positive, self.flagged))

    def of_many(self, cell: str) -> str:
        """Say what several cases of a cell are: ``"tp"``, ``"fp"``, ``"fn"`` or ``"tn"``."""
        return self._of(cell, _plural)

    def of_one(self, cell: str) -> str:
        """Say what one case of a cell is."""
        return self._of(cell, _singular)

    def truth(self, positive: bool, *, number: float = 2) -> str:
        """Say what so many cases of a class are.

        Examples
        --------
        >>> words = PlainWords("patients", "has the disease", "gets a biopsy")
        >>> words.truth(True), words.truth(False, number=1)
        ('have the disease', 'does not have the disease')
        """
        return (_singular if number == 1 else _plural)(self.positive, positive)

    def call(self, flagged: bool, *, number: float = 2) -> str:
        """Say what happens to so many cases that are called so.

        Examples
        --------
        >>> words = PlainWords("patients", "has the disease", "gets a biopsy")
        >>> words.call(True), words.call(False, number=1)
        ('get a biopsy', 'does not get a biopsy')
        """
        return (_singular if number == 1 else _plural)(self.flagged, flagged)

    def subject(self, cases: float, positives: float) -> str:
        """Say how many cases there are, and how many of them are positive.

        Examples
        --------
        >>> PlainWords("patients", "has the disease").subject(569, 212)
        '569 patients, 212 of them have the disease'
        """
        return f"{self.count(cases)}, {count(positives)} of them {self.truth(True, number=positives)}"

    def _of(self, cell: str, said: _Spoken) -> str:
        positive, flagged = cell in ("tp", "fn"), cell in ("tp", "fp")
        truth, call = said(self.positive, positive), said(self.flagged, flagged)
        if positive == flagged:
            return f"{truth} and {call}"
        return f"{call} but {truth}" if flagged else f"{truth} but {call}"

    @property
    def cells(self) -> Mapping[str, str]:
        """A label for each cell."""
        return {cell: self.of_many(cell) for cell in ("tp", "fp", "fn", "tn")}

    def count(self, number: float) -> str:
        """A number of cases in these words.

        Examples
        --------
        >>> PlainWords("patients").count(1), PlainWords("families").count(1), PlainWords("patients").count(2500)
        ('1 patient', '1 family', '2,500 patients')
        """
        return f"{count(number)} {self.one if number == 1 else self.cases}"

    @property
    def one(self) -> str:
        """What one case is called."""
        return _one(self.cases)

    def in_a_thousand(self, confusion: Confusion) -> Mapping[str, str]:
        """One sentence a cell on 1,000 cases like these; the numbers add up to 1,000.

        Examples
        --------
        >>> words = PlainWords("patients", "has the disease", "gets a biopsy")
        >>> words.in_a_thousand(Confusion(tn=428, fp=68, fn=4, tp=32))["fp"]
        '128 get a biopsy but do not have the disease.'
        """
        numbers = per_thousand({cell: float(getattr(confusion, cell)) for cell in ("tp", "fp", "fn", "tn")})
        return {
            cell: f"{number:,} {self.of_one(cell) if number == 1 else self.of_many(cell)}."
            for cell, number in numbers.items()
        }


#: What is said where nobody said otherwise.
DEFAULT_WORDS = PlainWords()


class _Spoken:
    """How a quality or a verb is said of one case or of several, and denied."""

    def __init__(self, *, several: bool) -> None:
        self._several = several

    def __call__(self, text: str, holds: bool) -> str:
        first, _, rest = text.partition(" ")
        word, verb = first.lower(), _base(first)
        if verb is None:  # a quality
            be = "are" if self._several else "is"
            return f"{be} {text}" if holds else f"{be} not {text}"
        rest = f" {rest}" if rest else ""
        if word in ("is", "are", "was", "were"):
            be = {"is": "are", "was": "were"}.get(word, word) if self._several else first
            return f"{be}{rest}" if holds else f"{be} not{rest}"
        if holds:
            return f"{verb}{rest}" if self._several else text
        return f"{'do' if self._several else 'does'} not {verb}{rest}"


_plural, _singular = _Spoken(several=True), _Spoken(several=False)


def _base(word: str) -> str | None:
    """The plural of a verb in the third person; None of what is none."""
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if not lower.endswith("s") or lower.endswith(_NO_VERB) or len(lower) < 3:
        return None
    if lower.endswith("ies") and len(lower) > 4:
        return f"{word[:-3]}y"
    if lower.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return word[:-2]
    return word[:-1]


def _one(plural: str) -> str:
    lower = plural.lower()
    irregular = {"people": "person", "men": "man", "women": "woman", "children": "child"}
    if lower in irregular:
        return irregular[lower]
    if lower.endswith("ies") and len(lower) > 4:
        return f"{plural[:-3]}y"
    if lower.endswith(("sses", "shes", "ches", "xes")):
        return plural[:-2]
    return plural[:-1] if lower.endswith("s") and not lower.endswith("ss") else plural
