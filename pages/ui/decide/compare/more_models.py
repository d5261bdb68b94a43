"""More models than the open evaluation has: those of other evaluations of the same cases, and their ensemble."""

from __future__ import annotations

from evalcore.metrics.comparing.ensembles import ENSEMBLES, ensembles_of
from evalcore.predictions.evaluation import Evaluation
from pages.ui import state
from pages.ui.compute.judging import comparisons


def with_chosen_ensemble(opened: Evaluation) -> Evaluation:
    """Let people put all models together; return the evaluation, with the ensemble where they did."""
    ways = ensembles_of(opened.predictions)
    if not ways:
        return opened
    way = state.ensemble_picker(
        {"": "No ensemble", **{each: ENSEMBLES[each] for each in ways}},
        explanation="All models that have scores, as one model more: often it is better than each of them. "
        "The mean of ranks needs no common unit; the mean of probabilities stays a probability.",
    )
    return comparisons.with_ensemble_of(opened, way) if way else opened
