"""Models beside each other on the same rows: figures, differences to a baseline, and whether chance explains them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from evalcore.errors import InputError
from evalcore.metrics.comparing.changes import Changes, changes_between
from evalcore.metrics.comparing.influence import (
    Influence,
    area_influence,
    deviation,
    mean_influence,
    precision_influence,
    rate_influence,
)
from evalcore.metrics.probability.losses import SMALLEST
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.proportions import normal_quantile
from evalcore.predictions.binary import BinaryPredictions, ModelScores
from evalcore.predictions.evaluation import FloatArray
from evalcore.predictions.score_unit import as_probability

__all__ = ["FIGURES", "ComparedModel", "Comparison", "Figure", "compare", "holm"]

#: What models are compared by: what a threshold does not touch, then what it decides.
FIGURES = (
    "roc_auc",
    "average_precision",
    "brier_score",
    "log_loss",
    "recall",
    "precision",
    "specificity",
    "accuracy",
    "balanced_accuracy",
    "f1",
    "matthews_corrcoef",
    "predicted_positive_rate",
)
#: Of these less is better.
LOSSES = frozenset({"brier_score", "log_loss"})
_AREAS = ("roc_auc", "average_precision", "brier_score", "log_loss")


@dataclass(frozen=True)
class Figure:
    """One figure of one model, and its difference to the baseline's.

    Parameters
    ----------
    value, low, high : float
        With its interval; nan where it is not defined, and limits of nan where no interval is had.
    change, change_low, change_high : float
        Figure less the baseline's, and the interval of that: of the same rows, so that what both share cancels.
    p, adjusted : float
        How often chance alone gives such a difference, and that after Holm's correction over the models.
    more_cases : float
        About how many more such cases would tell this difference from 0; 0 where these do, nan where it is 0.
    """

    value: float
    low: float = math.nan
    high: float = math.nan
    change: float = math.nan
    change_low: float = math.nan
    change_high: float = math.nan
    p: float = math.nan
    adjusted: float = math.nan
    more_cases: float = math.nan

    @property
    def differs(self) -> bool:
        """Whether chance does not explain the difference, at 5 % over all models."""
        return self.adjusted < 0.05


@dataclass(frozen=True, eq=False)
class ComparedModel:
    """One model in a comparison.

    Parameters
    ----------
    name : str
    threshold : float
        nan for a baseline that never looks at a case.
    confusion : Confusion
        At the threshold.
    figures : mapping of str to Figure
        By the names of `FIGURES`; losses only where the model gives probabilities.
    changes : Changes or None
        Errors mended and made in comparison with the baseline; None of the baseline itself.
    lazy : bool
        Whether it never looks at a case.
    """

    name: str
    threshold: float
    confusion: Confusion
    figures: Mapping[str, Figure]
    changes: Changes | None = None
    lazy: bool = False


@dataclass(frozen=True, eq=False)
class Comparison:
    """Models judged on the same rows.

    Parameters
    ----------
    models : tuple of ComparedModel
        In the evaluation's order; the two lazy ones last.
    baseline : str
        The model that the others are compared with.
    cases : float
    clusters : int
        Number of clusters that stand together; 0 where each case stands for itself.
    confidence : float
    """

    models: tuple[ComparedModel, ...]
    baseline: str
    cases: float
    clusters: int
    confidence: float

    def model(self, name: str) -> ComparedModel:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]


def compare(
    predictions: BinaryPredictions,
    thresholds: Mapping[str, float] | None = None,
    *,
    baseline: str = "",
    clusters: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Comparison:
    """Compare the models of an evaluation of two classes.

    Areas have DeLong's paired variance; all other figures that of the infinitesimal jackknife, which for a mean or a
    share is the usual one. Their intervals and tests are normal: with few errors they are near, not exact (see Notes).
    Differences in errors are also tested exactly (`Changes.p`, McNemar).

    Parameters
    ----------
    predictions : BinaryPredictions
    thresholds : mapping of str to float, optional
        Where each model is used; its default where none is said.
    baseline : str, optional
        The model that the others are compared with; the first by default.
    clusters : array_like, shape (n,), optional
        What stands together, such as the patient of each case.
    confidence : float, default 0.95

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        Where the cases are of one class only, or where `clusters` has another length.

    Notes
    -----
    The paired 95 % intervals were simulated at 200 cases (60 of them positive): 91 to 98.5 % of 250 cover, by figure.

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845, doi:10.2307/2531595;
    Holm (1979), Scand. J. Stat. 6, 65-70;
    Obuchowski (1997), Biometrics 53, 567-578, doi:10.2307/2533958 (clusters).

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"truth": [0, 1, 0, 1] * 9, "a": [0.1, 0.9, 0.4, 0.6] * 9, "b": [0.9, 0.8, 0.3, 0.2] * 9})
    >>> opened = ec.open_predictions(table, truth="truth", score=["a", "b"], positive="1")
    >>> found = ec.compare(opened.predictions, baseline="b")
    >>> found.model("a").figures["roc_auc"].change, found.model("a").changes.fixed
    (0.75, 18)
    """
    truth = predictions.truth
    if not 0 < predictions.positives < predictions.cases:
        raise InputError("comparing needs cases of both classes; here all are of one")
    names = [each.name for each in predictions.models]
    base = baseline if baseline in names else names[0]
    weight = np.ones(len(truth)) if predictions.weights is None else predictions.weights
    together = None if clusters is None else _numbered(clusters, len(truth))
    said = {each.name: each.default_threshold for each in predictions.models} | dict(thresholds or {})
    called = {each.name: each.called(said[each.name]) for each in predictions.models}
    found = {each.name: _influences(each, truth, called[each.name], weight) for each in predictions.models}
    reach = normal_quantile(confidence)
    figures = {
        name: {
            metric: _figure(
                own, found[base].get(metric) if name != base else None, together, reach, len(truth)
            )
            for metric, own in influences.items()
        }
        for name, influences in found.items()
    }
    others = [name for name in names if name != base]
    for metric in FIGURES:
        there = [name for name in others if metric in figures[name]]
        for name, adjusted in zip(there, holm([figures[name][metric].p for name in there]), strict=True):
            figures[name][metric] = replace(figures[name][metric], adjusted=adjusted)
    models = tuple(
        ComparedModel(
            name,
            said[name],
            _confusion(truth, called[name], weight),
            MappingProxyType(figures[name]),
            None
            if name == base
            else changes_between(
                truth, called[base], called[name], weights=predictions.weights, clusters=together
            ),
        )
        for name in names
    )
    several = 0 if together is None else int(together.max()) + 1
    return Comparison((*models, *_lazy(truth, weight)), base, float(predictions.cases), several, confidence)


def holm(values: Sequence[float]) -> list[float]:
    """Correct p-values for their number, so that any wrong call among them is as rare as 5 % would have it.

    Those that are nan are passed over.

    References
    ----------
    Holm (1979), Scand. J. Stat. 6, 65-70.

    Examples
    --------
    >>> [round(each, 3) for each in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    adjusted = [math.nan] * len(values)
    there = sorted((value, place) for place, value in enumerate(values) if not math.isnan(value))
    least = 0.0
    for rank, (value, place) in enumerate(there):
        least = max(least, min(1.0, (len(there) - rank) * value))
        adjusted[place] = least
    return adjusted


def _influences(
    model: ModelScores, truth: npt.NDArray[np.uint8], called: npt.NDArray[np.bool_], weight: FloatArray
) -> dict[str, Influence]:
    found: dict[str, Influence] = {}
    if model.kind != "hard_label":
        found["roc_auc"] = area_influence(truth, model.values, weight)
        found["average_precision"] = precision_influence(truth, model.values, weight)
        given = as_probability(model.values, model.kind)
        if given is not None:
            found["brier_score"] = mean_influence((given - truth) ** 2, weight)
            held = np.clip(np.where(truth == 1, given, 1 - given), SMALLEST, 1 - SMALLEST)
            found["log_loss"] = mean_influence(-np.log(held), weight)
    for metric in FIGURES[len(_AREAS) :]:
        found[metric] = rate_influence(metric, truth, called, weight)
    return found


def _figure(
    own: Influence,
    other: Influence | None,
    together: npt.NDArray[np.intp] | None,
    reach: float,
    cases: int,
) -> Figure:
    error = deviation(own.cases, together)
    figure = Figure(own.value, own.value - reach * error, own.value + reach * error)
    if other is None:
        return figure
    change = own.value - other.value
    apart = deviation(own.cases - other.cases, together)
    far = abs(change) / apart if apart > 0 else (math.inf if change else 0.0)
    p = float(2 * norm.sf(far)) if apart >= 0 else math.nan
    more = math.nan if not far else max(0.0, cases * ((reach / far) ** 2 - 1))
    return replace(
        figure,
        change=change,
        change_low=change - reach * apart,
        change_high=change + reach * apart,
        p=p,
        more_cases=more,
    )


def _confusion(truth: npt.NDArray[np.uint8], called: npt.NDArray[np.bool_], weight: FloatArray) -> Confusion:
    counts = np.bincount(2 * truth.astype(np.intp) + called, weights=weight, minlength=4)
    whole = bool(np.all(weight == 1))
    return Confusion(*(int(each) if whole else float(each) for each in counts))


def _lazy(truth: npt.NDArray[np.uint8], weight: FloatArray) -> tuple[ComparedModel, ComparedModel]:
    """What never looks at a case: the more frequent class for all, and the prior probability for all."""
    positives = float(weight @ truth)
    prior = positives / float(weight.sum())
    always = np.full(len(truth), prior >= 0.5)
    point = _confusion(truth, always, weight)
    shares = {metric: Figure(float(point.value(metric))) for metric in FIGURES[len(_AREAS) :]}
    ranked = {"roc_auc": Figure(0.5), "average_precision": Figure(prior)}
    losses = {
        "brier_score": Figure(prior * (1 - prior)),
        "log_loss": Figure(-prior * math.log(prior) - (1 - prior) * math.log1p(-prior)),
    }
    return (
        ComparedModel("Most frequent class", math.nan, point, MappingProxyType(ranked | shares), lazy=True),
        ComparedModel("Prior probability", math.nan, point, MappingProxyType(ranked | losses), lazy=True),
    )


def _numbered(clusters: npt.ArrayLike, length: int) -> npt.NDArray[np.intp]:
    given = np.asarray(clusters)
    if given.shape != (length,):
        raise InputError(f"clusters must have one entry for each of the {length} cases, got {given.shape}")
    return np.unique(given.astype(str) if given.dtype == object else given, return_inverse=True)[1]
