"""Evidence, the claims that it supports, and readings: sets of claims that explain a table together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

__all__ = ["Claim", "Evidence", "EvidenceKind", "Reading", "Rival"]

Taken = TypeVar("Taken", covariant=True)
EvidenceKind = Literal["stated", "name", "content", "agreement"]
"""Said by the caller; said by the name; seen in the cells; seen in how the rows of two columns agree."""


@dataclass(frozen=True)
class Evidence:
    """One reason for or against.

    Parameters
    ----------
    kind : EvidenceKind
    weight : float
        Positive for, negative against; from `recognition.weights`.
    message : str
        The reason in words; empty where people need not be told.
    """

    kind: EvidenceKind
    weight: float
    message: str = ""


@dataclass(frozen=True)
class Claim:
    """Columns that could have a role together, and why.

    Examples
    --------
    >>> claim = Claim("truth", ("label",), (Evidence("name", 8.0, "its name says so"), Evidence("agreement", 2.0)))
    >>> claim.score, claim.reason
    (10.0, 'its name says so')
    """

    role: str
    columns: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()

    @property
    def score(self) -> float:
        """The sum of its evidence."""
        return sum(each.weight for each in self.evidence)

    @property
    def reason(self) -> str:
        """The strongest reason for it that has words."""
        told = [each for each in self.evidence if each.message and each.weight >= 0]
        return max(told, key=lambda each: each.weight).message if told else ""


@dataclass(frozen=True)
class Reading:
    """What a table could be: claims that do not contradict each other, and what they leave unexplained.

    Parameters
    ----------
    task : str
        What the table would be.
    claims : tuple of Claim
        No column is in two of them.
    against : tuple of Evidence
        Against the reading as a whole: columns that it leaves unexplained.
    refused : str
        Where this reading is that the table cannot be evaluated: the sentence that says so.
    doubt : str
        What speaks against these being predictions at all, for people.
    guesses : tuple of str
        Where no name tells the score: the columns that could be it, the best first.

    Examples
    --------
    >>> Reading("binary", (Claim("truth", ("y",), (Evidence("name", 5.0),)),), (Evidence("name", -1.0),)).score
    4.0
    """

    task: str
    claims: tuple[Claim, ...]
    against: tuple[Evidence, ...] = ()
    refused: str = ""
    doubt: str = ""
    guesses: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The sum of all evidence for and against."""
        return sum(each.score for each in self.claims) + sum(each.weight for each in self.against)

    def columns(self, role: str) -> tuple[str, ...]:
        """The columns claimed for a role, in the order of the claims."""
        return tuple(name for each in self.claims if each.role == role for name in each.columns)

    def claim(self, role: str) -> Claim | None:
        """The first claim to a role."""
        return next((each for each in self.claims if each.role == role), None)


@dataclass(frozen=True, eq=False)
class Rival(Generic[Taken]):
    """One way to read a whole table, and how it is taken up where it wins.

    Parameters
    ----------
    reading : Reading
    settle : callable
        Notes what was found, and returns what is to be built.
    """

    reading: Reading
    settle: Callable[[], Taken]
