"""A goal's text to its parts.

A small grammar that forgives case, commas and percent signs, and answers a slip with its place in the text.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TypeAlias

from evalcore.errors import InputError
from evalcore.metrics.goals.measures import MEASURES, Measure, find_measure, nearest_word
from evalcore.metrics.goals.terms import Constraint, Costs, Term

__all__ = ["Parts", "read_goal"]

#: Direction, objective, constraints and costs, in the order in which a `Goal` takes them.
Parts: TypeAlias = tuple[str, Term | None, tuple[Constraint, ...], Costs | None]

_LONGEST = 500  # letters: nobody says more, and a link does not carry it
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)(?:e[-+]?\d+)?)(?!(?!percent\b|pct\b)[\w.])"
    r"|(?P<sign>>=|=>|≥|<=|=<|≤|==|=|>|<)|(?P<mark>[%(),;@])"
    r"|(?P<word>lr[+-]|f\d+\.\d+(?!\w)|[^\W\d][\w-]*(?:['’]s\b)?))",
    re.IGNORECASE,
)
_SIGNS = {"≥": ">=", "=>": ">=", "≤": "<=", "=<": "<=", "==": "="}
# Signs in words, longest first.
_SIGNS_IN_WORDS = {
    ("no", "more", "than"): "<=",
    ("no", "less", "than"): ">=",
    ("no", "fewer", "than"): ">=",
    ("at", "least"): ">=",
    ("at", "most"): "<=",
    ("up", "to"): "<=",
    ("more", "than"): ">",
    ("less", "than"): "<",
    ("fewer", "than"): "<",
    ("above",): ">",
    ("over",): ">",
    ("below",): "<",
    ("under",): "<",
    ("exactly",): "=",
}
_F_OF = re.compile(r"f(\d+(?:\.\d+)?)", re.IGNORECASE)
# Figures of the whole score: no threshold changes them.
_OVERALL = frozenset(
    (
        "auc",
        "roc auc",
        "auroc",
        "roc",
        "pr auc",
        "average precision",
        "ap",
        "log loss",
        "brier",
        "brier score",
    )
)
_DIRECTIONS = {
    **dict.fromkeys(("max", "maximise", "maximize", "maximum", "most", "highest"), "max"),
    **dict.fromkeys(("min", "minimise", "minimize", "minimum", "least", "fewest", "lowest"), "min"),
}
_WHERE = frozenset({"where", "while", "with", "at", "subject", "such", "if"})
_FILLERS = frozenset({"to", "that", "the"})
_OUTCOMES = {
    **dict.fromkeys(("miss", "missed", "misses", "fn"), "fn"),
    **dict.fromkeys(("false alarm", "false alarms", "fp"), "fp"),
    **dict.fromkeys(("catch", "caught", "hit", "tp"), "tp"),
    **dict.fromkeys(("left alone", "tn"), "tn"),
}
_LONGEST_NAME = 4  # words
#: Greater numbers, times a number of cases, leave no room to be told apart.
_GREATEST = 1e15
_COMMAS = (",", ";", "@")


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    place: int

    @property
    def lower(self) -> str:
        return self.text.lower()


def _tokens(text: str) -> list[_Token]:
    found, place = [], 0
    end = len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            at = place + len(text[place:]) - len(text[place:].lstrip())
            raise InputError(f'goal: "{text[at : at + 10]}" at letter {at + 1} is not understood')
        kind = match.lastgroup
        found.append(_Token(kind, match[kind], match.start(kind)))
        place = match.end()
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.place = 0
        self.beta: float | None = None

    def peek(self, ahead: int = 0) -> _Token | None:
        at = self.place + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def is_word(self, *words: str) -> bool:
        token = self.peek()
        return token is not None and token.kind == "word" and token.lower in words

    def is_mark(self, *marks: str) -> bool:
        token = self.peek()
        return token is not None and token.text in marks

    def fail(self, wanted: str) -> InputError:
        token = self.peek()
        if token is None:
            return InputError(f'goal: after "{self.text.strip()[-30:]}" {wanted} is missing')
        near = nearest_word(token.text) if token.kind == "word" else ""
        hint = f"; did you mean “{near}”?" if near else ""
        return InputError(
            f'goal: at letter {token.place + 1} {wanted} was expected, got "{token.text[:30]}"{hint}'
        )

    def goal(self) -> Parts:
        direction, objective, costs = "", None, None
        token = self.peek()
        if token is not None and token.kind == "word" and token.lower in _DIRECTIONS:
            direction = _DIRECTIONS[token.lower]
            self.place += 1
            self.fillers()
            measure, word = self.measure()
            if measure.name == "cost" and self.is_mark("("):
                costs = self.costs()
            objective = Term(measure, self.parameter(measure), word)
            if self.peek() is None:
                return direction, objective, (), costs
            if not (self.is_word(*_WHERE) or self.is_mark(*_COMMAS)):
                raise self.fail("“where”")
        while self.is_word(*_WHERE) or self.is_word(*_FILLERS) or (direction and self.is_mark(*_COMMAS)):
            self.place += 1
        constraints = [self.constraint()]
        while self.peek() is not None:
            if not (self.is_word("and", "at", "with") or self.is_mark(*_COMMAS)):
                raise self.fail("“and”")
            self.place += 1
            while self.is_word("and", "with", "at"):
                self.place += 1
            constraints.append(self.constraint())
        return direction, objective, tuple(constraints), costs

    def fillers(self) -> None:
        while self.is_word(*_FILLERS):
            self.place += 1

    def measure(self) -> tuple[Measure, str]:
        """The longest run of words that names a measure; ``f2`` leaves its number for `parameter`."""
        self.beta = None
        for length in range(_LONGEST_NAME, 0, -1):
            words = [self.peek(ahead) for ahead in range(length)]
            if any(token is None or token.kind != "word" for token in words):
                continue
            said = " ".join(token.text for token in words if token)
            found = find_measure(said)
            if found is not None:
                self.place += length
                return found, said
            f_of = _F_OF.fullmatch(said)
            if f_of is not None:
                self.place += 1
                self.beta = float(f_of[1])
                return MEASURES["fbeta"], "fbeta"
            if said.lower().replace("_", " ").replace("-", " ") in _OVERALL:
                at = self.peek()
                raise InputError(
                    f'goal: at letter {at.place + 1 if at else 0} "{said}" is a figure of all thresholds together, '
                    "which no threshold changes: state a measure such as recall, precision or flagged"
                )
        raise self.fail("a measure such as recall, precision or flagged")

    def parameter(self, measure: Measure) -> float | None:
        if self.beta is not None:
            if not self.beta > 0:
                said = self.tokens[self.place - 1]
                raise InputError(
                    f"goal: at letter {said.place + 1} the number of F-beta must be a number above 0"
                )
            return self.beta
        if not measure.parameter or not self.is_mark("("):
            return None
        self.place += 1
        place = self.peek()
        value, percent = self.number(), False
        if self.is_mark("%"):
            self.place += 1
            value, percent = value / 100, True
        allowed = 0 < value < (1 if measure.name == "net_benefit" else math.inf)
        if not allowed or (percent and measure.name == "fbeta"):
            at = place.place + 1 if place else 0
            limit = "between 0 and 1" if measure.name == "net_benefit" else "a number above 0"
            raise InputError(f"goal: at letter {at} the number of {measure.label} must be {limit}")
        self.close()
        return value

    def close(self) -> None:
        if not self.is_mark(")"):
            raise self.fail("“)”")
        self.place += 1

    def number(self) -> float:
        token = self.peek()
        if token is None or token.kind != "number":
            raise self.fail("a number")
        self.place += 1
        plain = re.sub(r",(?=\d{3}(?:\D|$))", "", token.text)
        value = float(plain.replace(",", "."))
        if not abs(value) <= _GREATEST:
            raise InputError(
                f"goal: at letter {token.place + 1} a finite number was expected, at most {_GREATEST:g}"
            )
        return value

    def costs(self) -> Costs:
        self.place += 1
        said: dict[str, float] = {}
        while not self.is_mark(")"):
            words: list[str] = []
            start = self.peek()
            while (token := self.peek()) is not None and token.kind == "word":
                if token.lower not in ("costs", "is", "a"):
                    words.append(token.lower)
                self.place += 1
            outcome = _OUTCOMES.get(" ".join(words))
            if outcome is None or outcome in said:
                at = start.place + 1 if start else len(self.text)
                raise InputError(
                    f"goal: at letter {at} one of miss, false alarm, catch, left alone was expected, each once"
                )
            if self.is_mark("="):
                self.place += 1
            said[outcome] = self.number()
            if self.is_mark(","):
                self.place += 1
        self.close()
        return Costs(**said)

    def constraint(self) -> Constraint:
        if self.is_word("top"):
            self.place += 1
            term, sign = Term(MEASURES["predicted_positives"], None, "flagged"), "="
        else:
            found, word = self.measure()
            term = Term(found, self.parameter(found), word)
            sign = self.sign()
        measure = term.measure
        at = self.peek()
        value = self.number()
        value, unit = self.unit(measure, value)
        confidence = self.confidence()
        if confidence is None and self.is_mark(","):
            self.place += 1
            confidence = self.confidence()
            self.place -= confidence is None
        limit = Constraint(term, sign, value, unit, confidence)
        low, high = (0.0, 1.0) if limit.is_share else measure.bounds
        if not low <= value <= high:
            place = at.place + 1 if at else 0
            meant = (
                f"; {value:g} % is written “{value:g} %”"
                if measure.kind == "rate" and 1 < value <= 100 and not unit
                else ""
            )
            raise InputError(
                f"goal: at letter {place} {term} must be from {low:g} to {high:g}, got {value:g}{meant}"
            )
        return limit

    def sign(self) -> str:
        token = self.peek()
        if token is not None and token.kind == "sign":
            self.place += 1
            return _SIGNS.get(token.text, token.text)
        for words, sign in _SIGNS_IN_WORDS.items():
            ahead = [self.peek(offset) for offset in range(len(words))]
            if tuple(each.lower for each in ahead if each) == words:
                self.place += len(words)
                return sign
        raise self.fail("one of >=, <=, >, < and =")

    def unit(self, measure: Measure, value: float) -> tuple[float, str]:
        if self.is_mark("%") or self.is_word("percent", "pct"):
            if measure.kind == "value":
                raise self.fail(f"a plain number for {measure.label}")
            self.place += 1
            return value / 100, "%"
        if self.is_word("per", "in", "of"):
            self.place += 1
            whole = self.number()
            if not whole > 0:
                raise InputError(f"goal: “per” needs a number above 0, got {whole:g}")
            if self.is_word("cases", "rows"):
                self.place += 1
            return value / whole, f"per {whole:.12g}"
        if measure.kind == "count" and self.is_word("cases", "rows", "case"):
            self.place += 1
            return value, "cases"
        return value, ""

    def confidence(self) -> float | None:
        ahead = [self.peek(offset) for offset in range(4)]
        said = [token.lower if token else "" for token in ahead]
        if said[:2] == ["with", "confidence"] and ahead[2] is not None and ahead[2].kind == "number":
            # "with confidence 95 %": the word before its number.
            self.tokens.insert(self.place + 3 + (said[3] == "%"), self.tokens.pop(self.place + 1))
            ahead = [self.peek(offset) for offset in range(4)]
            said = [token.lower if token else "" for token in ahead]
        if said[0] not in ("with", "at") or ahead[1] is None or ahead[1].kind != "number":
            return None
        if not (said[2] == "confidence" or (said[2] == "%" and said[3] == "confidence")):
            return None
        self.place += 1
        value = self.number()
        if self.is_mark("%"):
            self.place += 1
            value /= 100
        self.place += 1  # the word itself
        if not 0 < value < 1:
            raise InputError(
                f"goal: at letter {ahead[1].place + 1} confidence must be between 0 and 1, got {value:g}"
            )
        return value


def read_goal(text: str) -> Parts:
    """Read a goal into what a `Goal` is made of.

    Examples
    --------
    >>> direction, objective, constraints, costs = read_goal("MIN cost (miss 50, false alarm 1)")
    >>> direction, str(objective), costs.fn
    ('min', 'cost', 50.0)
    >>> read_goal("max precision where recal >= 0.9")
    Traceback (most recent call last):
    ...
    evalcore.errors.InputError: goal: at letter 21 a measure such as recall, precision or flagged was expected, \
got "recal"; did you mean “recall”?
    """
    if len(text) > _LONGEST:
        raise InputError(f"goal must have at most {_LONGEST} letters, got {len(text):,}")
    return _Parser(text).goal()
