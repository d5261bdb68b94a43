"""The data that the report's explorer draws from: for each model the same as the dashboard sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evalcore.describing.plain_words import PlainWords
from evalcore.figures.live.explorer import (
    BUTTONS,
    DEFAULT_TILES,
    explorer_data,
    explorer_point,
    find_presets,
)
from evalcore.figures.live.explorer_desk import NOTHING_TOLD, goal_told, told_of_desk
from evalcore.metrics.deciding.deployed import sweep_at_prevalence
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.sweep.delong import AucInterval, delong
from evalcore.metrics.sweep.distribution import score_histogram
from evalcore.metrics.sweep.of_model import sweep_of
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.counts import CountPredictions

__all__ = ["Asked", "LiveModel", "live_models", "stated_threshold"]


@dataclass(frozen=True)
class Asked:
    """What a report is asked for beside its evaluation.

    Parameters
    ----------
    threshold : float, optional
        Of the first model; else the goal's, else each model's default.
    goal : str, optional
    costs : Costs, optional
    prevalence : float, optional
        Where the model is used.
    words : PlainWords, optional
        How cases, a positive and a flag are called.
    who, when : str, optional
    """

    threshold: float | None = None
    goal: str = ""
    costs: Costs | None = None
    prevalence: float | None = None
    words: PlainWords | None = None
    who: str = ""
    when: str = ""


@dataclass(frozen=True, eq=False)
class LiveModel:
    """One model: its sweep, the threshold that the report states, and what the explorer draws from."""

    name: str
    sweep: ThresholdSweep
    threshold: float
    auc: AucInterval
    data: dict[str, Any]


def live_models(predictions: BinaryPredictions | CountPredictions, asked: Asked) -> tuple[LiveModel, ...]:
    """Make the data of every model.

    Raises
    ------
    InputError
        Where the goal is not understood; a goal that no threshold meets says so in the explorer.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> opened = ec.open_predictions(pd.DataFrame({"label": [0, 0, 1, 1], "prob": [0.1, 0.4, 0.35, 0.8]}))
    >>> live_models(opened.predictions, Asked(goal="recall >= 0.9"))[0].threshold
    0.3
    """
    if asked.goal:
        Goal.parse(asked.goal)
    found: Sequence[Any] = predictions.models
    return tuple(_live(predictions, each, asked, first=place == 0) for place, each in enumerate(found))


def stated_threshold(predictions: BinaryPredictions | CountPredictions, asked: Asked) -> float:
    """Return the threshold that a report states of its first model.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> opened = ec.open_predictions(pd.DataFrame({"label": [0, 0, 1, 1], "prob": [0.1, 0.4, 0.35, 0.8]}))
    >>> stated_threshold(opened.predictions, Asked(goal="recall >= 0.9"))
    0.3
    """
    model = predictions.models[0]
    return _answered(sweep_of(predictions, model.name), model.default_threshold, asked, first=True).threshold


@dataclass(frozen=True, eq=False)
class _Answered:
    """What was asked, answered of one model: the goal as the explorer is told of it, and the threshold."""

    prevalence: float | None
    goal: dict[str, Any]
    threshold: float


def _answered(sweep: ThresholdSweep, usual: float, asked: Asked, *, first: bool) -> _Answered:
    prevalence = asked.prevalence if sweep.positives and sweep.negatives else None
    goal = goal_told(sweep, asked.goal, costs=asked.costs, prevalence=prevalence)
    threshold = float(goal["threshold"]) if goal["state"] == "found" else usual
    if first and asked.threshold is not None:
        threshold = asked.threshold
    return _Answered(prevalence, goal, threshold)


def _live(
    predictions: BinaryPredictions | CountPredictions, model: Any, asked: Asked, *, first: bool
) -> LiveModel:
    sweep = sweep_of(predictions, model.name)
    answered = _answered(sweep, model.default_threshold, asked, first=first)
    prevalence, goal, threshold = answered.prevalence, answered.goal, answered.threshold
    auc = delong(sweep)
    data = explorer_data(
        sweep,
        sweep.thin(),
        score_histogram(sweep),
        find_presets(sweep, BUTTONS, default=model.default_threshold),
        positive=predictions.positive,
        negative=predictions.negative,
        auc=auc,
    )
    desk = {
        **NOTHING_TOLD["desk"],
        "goal": asked.goal,
        "prevalence": "" if prevalence is None else f"{prevalence:.12g}",
    }
    money = asked.costs or Costs()
    desk["costs"] = {
        "fp": money.fp,
        "fn": money.fn,
        "tp": money.tp,
        "tn": money.tn,
        "review": 0.0,
        "band": 0.0,
    }
    there = None if prevalence is None else float(sweep_at_prevalence(sweep, prevalence).average_precision)
    shown = explorer_point(
        data,
        sweep,
        threshold=threshold,
        pinned=None,
        cell=None,
        tiles=DEFAULT_TILES,
        revision=0,
        told=told_of_desk(desk, goal, average_precision=there),
        marks=[] if goal["threshold"] is None else [float(goal["threshold"])],
        own_words=asked.words,
    )
    return LiveModel(model.name, sweep, threshold, auc, shown)
