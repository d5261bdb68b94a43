"""Sweeps and what is read from them, computed once and kept."""

from __future__ import annotations

from typing import Any

import numpy as np

from evalcore.figures.live.explorer import BUTTONS, explorer_data, find_presets, fine_step
from evalcore.metrics.cases.suspects import SuspectLabels, probabilities_of, suspect_labels
from evalcore.metrics.summaries.side_by_side import SideBySide, side_by_side
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.distribution import ScoreHistogram, score_histogram
from evalcore.metrics.sweep.of_model import sweep_of
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.metrics.sweep.thinning import ThinSweep
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.counts import CountPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.scores import ScorePredictions
from pages.ui.compute.kept import kept


@kept(most=32, spinner="Counting at every threshold …")
def sweep(opened: Evaluation, model: str) -> ThresholdSweep:
    """Return the sweep of one model of a binary evaluation."""
    return sweep_of(opened.predictions, model)


@kept(most=32)
def models_beside(opened: Evaluation, names: tuple[str, ...], reference: str) -> SideBySide:
    """Return models of which only decisions are known, side by side."""
    predictions: BinaryPredictions | CountPredictions = opened.predictions
    sweeps = {name: sweep(opened, name) for name in names}
    return side_by_side(
        {name: each.at(predictions.model(name).default_threshold) for name, each in sweeps.items()},
        positive=predictions.positive,
        negative=predictions.negative,
        reference=reference,
        mean_weights=[each.mean_weights for each in sweeps.values()],
    )


@kept(most=16)
def scores_alone(opened: Evaluation, model: str) -> ThresholdSweep:
    """Return the sweep of scores that have no truth: every row counts as a negative."""
    predictions: ScorePredictions = opened.predictions
    scores = predictions.model(model).values
    return ThresholdSweep.from_scores(np.zeros(scores.size, dtype=np.uint8), scores)


@kept(most=64)
def thin(opened: Evaluation, model: str) -> ThinSweep:
    """Return the rows of the sweep that pictures are drawn from."""
    return sweep(opened, model).thin()


@kept(most=64)
def _histogram(opened: Evaluation, model: str) -> ScoreHistogram:
    return score_histogram(sweep(opened, model))


def threshold_step(opened: Evaluation, model: str) -> float:
    """Return a fine step of the threshold, in the unit of the model's score."""
    return fine_step(_histogram(opened, model))


@kept(most=64)
def explorer_table(opened: Evaluation, model: str) -> dict[str, Any]:
    """Return the explorer's data for one model, all but the present point."""
    predictions: BinaryPredictions | CountPredictions = opened.predictions
    swept = sweep(opened, model)
    default = predictions.model(model).default_threshold
    data = explorer_data(
        swept,
        thin(opened, model),
        _histogram(opened, model),
        find_presets(swept, BUTTONS, default=default),
        positive=predictions.positive,
        negative=predictions.negative,
        auc=delong(swept),
    )
    return data | {"within": opened.within}


@kept(most=16, spinner="Looking for suspect labels …")
def suspects(opened: Evaluation, model: str) -> SuspectLabels | None:
    """Return the labels that a model confidently contradicts; None where it gives no probabilities."""
    said = probabilities_of(opened.predictions, model)
    return None if said is None else suspect_labels(opened.predictions.truth, said)
