"""What a column's name says: which role its words point at, and what it is about.

A name is split into words (`y_pred_proba`, `predProba` and `y.pred.proba` give the same);
role words vote for a role and what is left over is the subject: `loc_prob_3` is a score
about "loc 3", `loc_label_3` the truth about it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from evalcore.inputs.columns import words as vocabulary
from evalcore.inputs.columns.words import PREDICTION, SCORE, STRONG_TRUTH, WEAK_TRUTH

__all__ = ["NameReading", "NameRole", "read_name", "words_of"]

NameRole = Literal[
    "truth", "score", "prediction", "weight", "fold", "split", "epoch", "id", "image", "model", "aside", ""
]

_WORD = re.compile(r"[Ff]1(?!\d)|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+")
MOST_LETTERS = 1000
"""Of a longer name no more is read: its role stands at its start, and every pattern has its bound."""
_GLUED = re.compile(r"(proba|prob|pred|logit)([a-z]{2,})")


@dataclass(frozen=True)
class NameReading:
    """What one column name says.

    Parameters
    ----------
    words : tuple of str
        The name's words in lower case.
    role : NameRole
        The role that it points at; empty where it points at none.
    strength : float
        From 0 to 1: how firmly.
    subject : str
        What is left without the role's words, joined by spaces.
    """

    words: tuple[str, ...]
    role: NameRole
    strength: float
    subject: str


_SIGNS = "|".join(
    sorted(
        (
            word
            for word in STRONG_TRUTH | WEAK_TRUTH | PREDICTION | SCORE
            if not word.isascii() and word.isalpha()
        ),
        key=lambda word: (-len(word), word),
    )
)
_SIGN = re.compile(f"{_SIGNS}|.+?(?={_SIGNS}|$)")
"""Words of scripts that put no space between them."""


def _without_accents(name: str) -> str:
    """`prédit` as `predit`: one word, and one spelling."""
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFKD", name)
    return unicodedata.normalize("NFC", "".join(sign for sign in parts if not "\u0300" <= sign <= "\u036f"))


def words_of(name: str) -> tuple[str, ...]:
    """Split a column name into lower-case words and numbers.

    Examples
    --------
    >>> words_of("yPredProba_2")
    ('y', 'pred', 'proba', '2')
    """
    words: list[str] = []
    for found in _WORD.findall(_without_accents(name[:MOST_LETTERS])):
        word = found.lower()
        if not word.isascii():
            words.extend(_SIGN.findall(word))
            continue
        glued = _GLUED.fullmatch(word)
        if word in vocabulary.JOINED:
            words.extend(vocabulary.JOINED[word])
        elif glued and word not in SCORE | PREDICTION and not word.startswith(vocabulary.NOT_GLUED):
            words.extend(glued.groups())
        else:
            words.append(word)
    return tuple(words)


def _subject(words: tuple[str, ...]) -> str:
    role_words = STRONG_TRUTH | WEAK_TRUTH | PREDICTION | SCORE | vocabulary.FILLERS
    return " ".join(word for word in words if word not in role_words)


def _structural(words: tuple[str, ...]) -> tuple[NameRole, float] | None:
    """Roles that carry no figures: weight, fold, split, epoch, id, image, model."""
    have, last = set(words), words[-1]
    if have & vocabulary.WEIGHT and not have & vocabulary.BODILY:
        return "weight", 0.6 if len(words) == 1 else 0.9
    figures = have & (PREDICTION | vocabulary.PROBABILITY)
    if (have & vocabulary.FOLD and not figures) or {"cross", "validation"} <= have or words == ("cv",):
        return "fold", 0.9
    if last in vocabulary.EPOCH:
        return "epoch", 0.9 if have & {"epoch", "epochs"} else 0.6
    if have & vocabulary.MODEL and have <= vocabulary.MODEL | {"id", "name"}:
        return "model", 0.8
    if last in vocabulary.ID and words[:-1] and set(words[:-1]) <= {"category", "class"}:
        return "truth", 0.4  # the number of a class, not of a row
    if last in vocabulary.ID or words[:2] in (("row", "names"), ("row", "name"), ("unnamed", "0")):
        return "id", 0.9
    if last in vocabulary.FILE or words[-2:] == ("file", "name"):
        return "image", 0.6
    if last in vocabulary.SPLIT:
        return "split", 0.7
    if words in (("name",), ("names",)):
        return "id", 0.5
    return None


def _of_figures(words: tuple[str, ...]) -> tuple[NameRole, float]:
    """Truth, score or prediction; the last of the role words decides between score and truth."""
    places = {
        role: max((i for i, word in enumerate(words) if word in known), default=-1)
        for role, known in (
            ("strong", STRONG_TRUTH),
            ("weak", WEAK_TRUTH),
            ("prediction", PREDICTION),
            ("score", SCORE),
        )
    }
    subject = _subject(words)
    if places["score"] > 0 and words[places["score"]] in ("p", "pr"):
        places["score"] = max((i for i, word in enumerate(words) if word in SCORE - {"p", "pr"}), default=-1)
    if "function" in words and "decision" in words:
        return "score", 1.0
    if places["strong"] >= 0 and places["score"] < 0 and places["prediction"] < 0:
        return "truth", 1.0 if not subject else 0.9
    if places["score"] >= 0:
        truth = max(places["strong"], places["weak"])
        if truth > places["score"] and words[places["score"]] in ("output", "outputs"):
            return "prediction", 0.9
        if truth > places["score"] and words[truth] in vocabulary.ANSWERS:
            return "truth", 0.5  # `scores.choice.answer` may be anybody's
        if truth > places["score"] and words[truth] not in ("class", "y"):
            return ("prediction", 0.9) if places["prediction"] >= 0 else ("truth", 0.9)
        if words == ("p", "value"):
            return "", 0.0
        firm = (
            set(words) & vocabulary.FIRM_SCORE or not subject or places["prediction"] >= 0 or words[0] == "p"
        )
        return "score", 1.0 if firm else 0.6
    if places["prediction"] >= 0:
        return "prediction", 0.4 if set(words) & vocabulary.WEAK_PREDICTION else 0.9
    if places["weak"] >= 0:
        domain = words[places["weak"]] in (
            "diagnosis",
            "dx",
            "pathology",
            "biopsy",
            "histology",
            "autopsy",
            "disease",
        )
        return "truth", 0.4 if domain else (0.5 if subject else 0.8)
    return "", 0.0


@lru_cache(maxsize=4096)
def read_name(name: str) -> NameReading:
    """Read a column name.

    Parameters
    ----------
    name : str

    Returns
    -------
    NameReading

    Examples
    --------
    >>> read_name("y_pred_proba").role, read_name("true_label").role, read_name("loc_prob_3").subject
    ('score', 'truth', 'loc 3')
    """
    words = words_of(name)
    if not words:
        return NameReading((), "id", 0.5, "")
    structural = _structural(words)
    role, strength = structural or _of_figures(words)
    return NameReading(words, role, strength, _subject(words))
