"""A decision: from which score on a case is called positive, by whom, on which data and why."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from evalcore.errors import InputError
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.terms import Costs

__all__ = ["TIE_RULE", "Decision"]

#: What a threshold means, everywhere in Operating Point.
TIE_RULE = "score >= threshold"
_KIND = "operating-point-decision"
_VERSION = 1
#: A policy is a page of text; what is longer is another file.
_LONGEST_FILE = 1_000_000


@dataclass(frozen=True)
class Decision:
    """A threshold with what belongs to it.

    Parameters
    ----------
    threshold : float
        In the score's unit; a case is called positive when its score is at least this.
    model, positive, score_kind : str, optional
        Whose score it is, what it calls, and the score's unit.
    goal : str, optional
        What chose it, in the words of `Goal`.
    costs : Costs, optional
    prevalence : float, optional
        Where it is used, if that differs from the data's.
    evaluation : str, optional
        Fingerprint of the data that it was decided on.
    who, when, note : str, optional
        `when` in ISO 8601.

    Raises
    ------
    InputError
        Where the threshold is no number, the goal is not understood or the prevalence is no share.

    Examples
    --------
    >>> made = Decision(0.37, model="prob", goal="max precision where recall >= 0.9")
    >>> Decision.read(made.written()) == made
    True
    """

    threshold: float
    model: str = ""
    positive: str = ""
    score_kind: str = ""
    goal: str = ""
    costs: Costs | None = field(default=None)
    prevalence: float | None = None
    evaluation: str = ""
    who: str = ""
    when: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if math.isnan(self.threshold):
            raise InputError("the decision's threshold must be a number, got nan")
        if self.goal:
            Goal.parse(self.goal)
        if self.prevalence is not None and not 0 < self.prevalence < 1:
            raise InputError(f"the decision's prevalence must lie between 0 and 1, got {self.prevalence:g}")

    def told(self) -> dict[str, Any]:
        """Return it in plain types, ready for JSON; what was not said is left out."""
        said = {key: value for key, value in asdict(self).items() if value not in (None, "")}
        threshold = self.threshold if math.isfinite(self.threshold) else str(self.threshold)
        return {"kind": _KIND, "version": _VERSION, **said, "threshold": threshold, "rule": TIE_RULE}

    def written(self) -> str:
        """Return it as JSON, the policy that `python -m evalcore check --policy` reads."""
        return json.dumps(self.told(), ensure_ascii=False, allow_nan=False, indent=2) + "\n"

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Decision:
        """Make one of what `told` gave.

        Raises
        ------
        InputError
            Where something in it is not what it must be.

        Examples
        --------
        >>> Decision.of({"threshold": 0.5, "model": "prob"}).model
        'prob'
        """
        if told.get("rule", TIE_RULE) != TIE_RULE:
            raise InputError(f'the decision\'s "rule" must be "{TIE_RULE}", got {told["rule"]!r}')
        said: dict[str, Any] = {"threshold": _number(told, "threshold")}
        for name in ("model", "positive", "score_kind", "goal", "evaluation", "who", "when", "note"):
            text = told.get(name, "")
            if not isinstance(text, str):
                raise InputError(f'the decision\'s "{name}" must be a text, got {text!r}')
            said[name] = text
        if told.get("prevalence") is not None:
            said["prevalence"] = _number(told, "prevalence")
        costs = told.get("costs")
        if costs is not None:
            if not isinstance(costs, Mapping) or not set(costs) <= {"fp", "fn", "tp", "tn"}:
                raise InputError('the decision\'s "costs" must be numbers by the names fp, fn, tp and tn')
            said["costs"] = Costs(**{name: _number(costs, name) for name in costs})
        return cls(**said)

    @classmethod
    def read(cls, text: str) -> Decision:
        """Read what `written` gave.

        Raises
        ------
        InputError
            Where it is no JSON of a decision.
        """
        if len(text) > _LONGEST_FILE:
            raise InputError("a decision is a short JSON file, and this one is longer than a million letters")
        try:
            told = json.loads(text)
        except ValueError as error:
            raise InputError(f"a decision must be JSON: {error}") from None
        if not isinstance(told, dict) or "threshold" not in told:
            raise InputError('a decision must be a JSON object with a "threshold"')
        return cls.of(told)


def _number(told: Mapping[str, Any], name: str) -> float:
    value = told[name]
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise InputError(f'the decision\'s "{name}" must be a number, got {value!r}')
    try:
        return float(value)
    except ValueError:
        raise InputError(f'the decision\'s "{name}" must be a number, got {value!r}') from None
