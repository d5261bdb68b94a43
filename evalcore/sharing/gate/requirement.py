"""What a build may ask of predictions: a goal that a threshold keeps, an area, or no worse than before."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from evalcore import numbers
from evalcore.errors import InputError
from evalcore.metrics.comparing.comparison import FIGURES, LOSSES
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.measures import find_measure

__all__ = ["AREAS", "AreaLimit", "NoWorse", "Requirement", "read_no_worse", "read_requirement", "spelt"]

#: What no threshold touches, and what else people call it.
AREAS = {
    "roc_auc": ("auc", "roc auc", "auroc", "roc", "area under the roc curve"),
    "average_precision": ("average precision", "ap", "pr auc", "auprc"),
    "brier_score": ("brier score", "brier"),
    "log_loss": ("log loss", "logloss", "cross entropy"),
}
_CALLED = {word: name for name, words in AREAS.items() for word in (name.replace("_", " "), *words)}
_SURE = r"(?:\s*,)?(?:\s+(?:with|at)\s+(?P<sure>\d+(?:\.\d+)?)\s*%?\s*confidence)?"
_NUMBER = r"(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(?P<percent>%)?"
_LIMIT = re.compile(
    rf"\s*(?P<name>[a-z][a-z _-]*?)\s*(?P<sign>>=|<=|≥|≤|>|<)\s*{_NUMBER}{_SURE}\s*", re.IGNORECASE
)
_MARGIN = re.compile(rf"\s*(?P<name>[a-z][a-z0-9 _-]*?)\s*:\s*{_NUMBER}{_SURE}\s*", re.IGNORECASE)
_SIGNS = {"≥": ">=", "≤": "<="}


@dataclass(frozen=True)
class AreaLimit:
    """A limit of a figure that no threshold touches.

    Parameters
    ----------
    figure : str
        A key of `AREAS`.
    sign : str
        ``">="``, ``">"``, ``"<="`` or ``"<"``.
    value : float
    confidence : float or None
        For example 0.95: the limit of that two-sided interval must keep to it, not the estimate alone.
    """

    figure: str
    sign: str
    value: float
    confidence: float | None = None

    def kept_by(self, value: float, low: float, high: float) -> bool:
        """Tell whether a figure with its interval keeps to it."""
        up = self.sign[0] == ">"
        held = value if self.confidence is None else (low if up else high)
        away = held - self.value if up else self.value - held
        return away > 1e-12 if self.sign in ("<", ">") else away >= -1e-12

    def __str__(self) -> str:
        said = "auc" if self.figure == "roc_auc" else self.figure.replace("_", " ")
        return f"{said} {self.sign} {self.value:.12g}{_sure_words(self.confidence)}"


@dataclass(frozen=True)
class NoWorse:
    """A figure that may be worse than a baseline's by a margin, and no more.

    Parameters
    ----------
    figure : str
        One of `evalcore.metrics.comparing.comparison.FIGURES`.
    margin : float
    confidence : float or None
        The limit of the difference's interval must keep to it, not the estimate alone.
    """

    figure: str
    margin: float
    confidence: float | None = None

    def kept_by(self, change: float, low: float, high: float) -> bool:
        """Tell whether a difference to the baseline, with its interval, keeps to it."""
        worse = -1 if self.figure in LOSSES else 1
        held = change if self.confidence is None else (low if worse > 0 else high)
        return worse * held >= -self.margin - 1e-12

    def __str__(self) -> str:
        said = "auc" if self.figure == "roc_auc" else self.figure.replace("_", " ")
        return f"{said} no worse than before by {self.margin:.12g}{_sure_words(self.confidence)}"


Requirement = Goal | AreaLimit


def read_requirement(text: str) -> Requirement:
    """Read a requirement: a limit of an area, else a goal of which at least one limit is stated.

    Parameters
    ----------
    text : str
        Such as ``auc >= 0.95 with 95 % confidence`` or ``recall >= 0.9 at precision >= 0.7``.

    Raises
    ------
    InputError
        Where it is not understood, or asks only for the best there is, which every file has.

    Examples
    --------
    >>> str(read_requirement("AUC >= 95 % with 95 % confidence"))
    'auc >= 0.95 with 95 % confidence'
    >>> str(read_requirement("recall >= 0.9 at precision >= 0.7"))
    'recall >= 0.9 and precision >= 0.7'
    """
    found = _LIMIT.fullmatch(text)
    figure = None if found is None else _CALLED.get(_plain(found["name"]))
    if found is None or figure is None:
        goal = Goal.parse(text)
        if not goal.constraints:
            raise InputError(
                f'a requirement must state a limit, such as "recall >= 0.9"; "{goal}" is met by any file'
            )
        return goal
    value = _value(found)
    if figure in ("roc_auc", "average_precision") and not 0 <= value <= 1:
        raise InputError(f"{text.strip()}: an area lies from 0 to 1, or from 0 % to 100 %")
    return AreaLimit(figure, _SIGNS.get(found["sign"], found["sign"]), value, _confidence(found))


def read_no_worse(text: str) -> NoWorse:
    """Read a figure and by how much it may be worse.

    Parameters
    ----------
    text : str
        ``FIGURE:MARGIN``, such as ``auc:0.01`` or ``recall:2 % with 95 % confidence``.

    Raises
    ------
    InputError
        Where it is not understood, or no difference of that figure is known.

    Examples
    --------
    >>> read_no_worse("auc:0.01")
    NoWorse(figure='roc_auc', margin=0.01, confidence=None)
    """
    found = _MARGIN.fullmatch(text)
    if found is None or _value(found) < 0:
        raise InputError(f'--no-worse must be a figure and a margin such as auc:0.01, got "{text}"')
    name = _plain(found["name"])
    measure = find_measure(name)
    figure = _CALLED.get(name) or ("" if measure is None else measure.name)
    if figure not in FIGURES:
        near = difflib.get_close_matches(name.replace(" ", "_"), FIGURES, n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise InputError(f'--no-worse knows {", ".join(FIGURES)}, got "{found["name"]}"{hint}')
    return NoWorse(figure, _value(found), _confidence(found))


def spelt(figure: str, value: float) -> str:
    """Write a value of a figure as people read it.

    Examples
    --------
    >>> spelt("roc_auc", 0.95), spelt("recall", 0.95)
    ('0.950', '95.0 %')
    """
    as_number = figure in AREAS or figure == "matthews_corrcoef"
    return numbers.coefficient(value) if as_number else numbers.share(value)


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name.strip().lower())


def _value(found: re.Match[str]) -> float:
    return float(found["number"]) / (100 if found["percent"] else 1)


def _confidence(found: re.Match[str]) -> float | None:
    if found["sure"] is None:
        return None
    said = float(found["sure"])
    if not 0 < said < 100:
        raise InputError(f"confidence must lie between 0 and 100 %, got {said:g} %")
    # "with 0.95 confidence" is said as well.
    return said if said < 1 else said / 100


def _sure_words(confidence: float | None) -> str:
    return "" if confidence is None else f" with {100 * confidence:.12g} % confidence"
