"""On which footing models are compared: each at a threshold of its own, found by one goal for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evalcore.errors import InputError
from evalcore.metrics.goals.finding import find_operating_point
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.wording import quoted

__all__ = ["FOOTINGS", "Footing", "threshold_on_footing"]


@dataclass(frozen=True)
class Footing:
    """One way to make models comparable.

    Parameters
    ----------
    label : str
        What people choose it by.
    goal : str
        The goal that finds each model's threshold, "{}" being the share that is asked for; empty for one threshold
        that is the same for all, or each model's own.
    default : float
        The share (or threshold) that is taken first.
    explanation : str
    """

    label: str
    goal: str = ""
    default: float = 0.5
    explanation: str = ""


#: The ways, by name.
FOOTINGS: Mapping[str, Footing] = MappingProxyType(
    {
        "own": Footing(
            "Its own threshold", explanation="Each model at its own threshold, as it would be used."
        ),
        "threshold": Footing(
            "One threshold", explanation="The same threshold for all: fair only in one unit."
        ),
        "recall": Footing(
            "Equal recall",
            "max precision where recall >= {}",
            0.9,
            "Each model catches at least this share of the positives; what does it cost?",
        ),
        "fpr": Footing(
            "Equal false alarms",
            "max recall where fpr <= {}",
            0.05,
            "Each model raises false alarms for at most this share of the negatives; what does it catch?",
        ),
        "flagged": Footing(
            "Equal load",
            "max recall where flagged <= {}",
            0.1,
            "Each model calls at most this share of all cases positive.",
        ),
        "goal": Footing("The goal", explanation="Each model at the threshold that the goal finds for it."),
    }
)


def threshold_on_footing(sweep: ThresholdSweep, footing: str, asked: float | str, *, own: float) -> float:
    """Return a model's threshold on a footing.

    Parameters
    ----------
    sweep : ThresholdSweep
        Of the model.
    footing : str
        A key of `FOOTINGS`.
    asked : float or str
        The share that is asked for, the threshold, or the goal in words.
    own : float
        The model's own threshold.

    Returns
    -------
    float

    Raises
    ------
    InputError
        Where no threshold is on that footing.

    Examples
    --------
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> threshold_on_footing(sweep, "recall", 0.9, own=0.5)
    0.3
    """
    if footing not in FOOTINGS:
        raise InputError(f"footing must be one of {', '.join(FOOTINGS)}, got {quoted(footing)}")
    if footing == "own":
        return own
    if footing == "threshold":
        return float(asked)
    goal = str(asked) if footing == "goal" else FOOTINGS[footing].goal.format(f"{float(asked):.10g}")
    return float(find_operating_point(sweep, goal, default=own).threshold)
