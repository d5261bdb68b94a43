"""A joint policy as a value: how to decide among several classes, to be kept and applied to a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from evalcore.errors import InputError
from evalcore.metrics.policy.decisions import Decisions, decide_by_cost, decide_by_score, decide_by_thresholds
from evalcore.predictions.classes import ClassModel

__all__ = ["RULE_NAMES", "Rule", "decide"]

#: The ways to decide, as people read them.
RULE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "arg_max": "Highest score",
        "thresholds": "A threshold for each class",
        "cost": "Least expected cost",
    }
)


@dataclass(frozen=True)
class Rule:
    """How to decide among several classes.

    Parameters
    ----------
    thresholds : tuple of float, optional
        One for each class: the highest score among the classes that reach their own decides.
    costs : tuple of tuples of float, optional
        Cost of calling a case of class i (row) class j (column): the least expected cost decides.

    Raises
    ------
    InputError
        Where both are given.

    Examples
    --------
    >>> Rule().name, Rule(thresholds=(0.5, 0.5)).name
    ('arg_max', 'thresholds')
    """

    thresholds: tuple[float, ...] | None = None
    costs: tuple[tuple[float, ...], ...] | None = None

    def __post_init__(self) -> None:
        if self.thresholds is not None and self.costs is not None:
            raise InputError("a rule decides by thresholds or by costs, got both")

    @property
    def name(self) -> str:
        """Key of `RULE_NAMES`."""
        if self.thresholds is not None:
            return "thresholds"
        return "arg_max" if self.costs is None else "cost"


def decide(model: ClassModel, rule: Rule) -> Decisions:
    """Apply a rule to one model's scores.

    A model of which only decisions and their confidence are known keeps its decisions.

    Parameters
    ----------
    model : ClassModel
    rule : Rule

    Raises
    ------
    InputError
        Where the rule needs what the model does not have: scores, or probabilities for expected costs.

    Examples
    --------
    >>> model = ClassModel("m", np.array([0, 1]), np.array([[0.7, 0.3], [0.4, 0.6]]), "probability")
    >>> decide(model, Rule(thresholds=(0.5, 0.7))).labels.tolist()
    [0, -1]
    """
    if model.probabilities is None:
        if model.confidence is None or rule.name != "arg_max":
            raise InputError("this model's decisions are known, but no score for every class")
        return Decisions(model.labels, model.confidence, np.full(model.labels.size, np.inf))
    if rule.thresholds is not None:
        return decide_by_thresholds(model.probabilities, rule.thresholds)
    if rule.costs is not None:
        if model.kind != "probability":
            raise InputError(f"expected costs need probabilities, got scores of the kind {model.kind!r}")
        return decide_by_cost(model.probabilities, rule.costs)
    return decide_by_score(model.probabilities)
