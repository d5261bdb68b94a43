"""Models beside each other on the same rows: figures, differences to a baseline, and whether chance explains them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from evalcore.metrics.comparing.changes import Changes, changes_between
from evalcore.metrics.comparing.influence import deviation
from evalcore.metrics.comparing.joint_outcomes import JointOutcomes
from evalcore.metrics.comparing.model_areas import ModelAreas, model_areas, need_both_classes
from evalcore.metrics.comparing.paired import (
    Figure,
    adjusted_for_models,
    compared_figure,
)
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.proportions import normal_quantile
from evalcore.metrics.sweep.case_arrays import checked_clusters
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import FloatArray

__all__ = ["FIGURES", "ComparedModel", "Comparison", "compare"]

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
    areas: Mapping[str, ModelAreas] | None = None,
) -> Comparison:
    """Compare the models of an evaluation of two classes.

    A figure of one model has the interval that it has everywhere else (`delong`, `confusion_interval`). Differences
    have DeLong's paired variance where they are of areas, else that of the infinitesimal jackknife, which for a mean
    or a share is the usual one: normal intervals and tests, with few errors near and not exact (see Notes). With
    clusters the figures' own intervals are such too. Differences in errors are also tested exactly (`Changes.p`,
    McNemar).

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
    areas : mapping of str to ModelAreas, optional
        What `model_areas` found of the models before: no threshold touches it.

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
    truth, cases = predictions.truth, float(predictions.cases)
    need_both_classes(predictions)
    names = [each.name for each in predictions.models]
    base = baseline if baseline in names else names[0]
    weight = np.ones(len(truth)) if predictions.weights is None else predictions.weights
    together = None if clusters is None else checked_clusters(clusters, len(truth))
    said = {each.name: each.default_threshold for each in predictions.models} | dict(thresholds or {})
    called = {each.name: each.called(said[each.name]) for each in predictions.models}
    known = dict(areas or {})
    for each in predictions.models:
        if each.name not in known:
            known[each.name] = model_areas(predictions, each.name, confidence=confidence)
    reach = normal_quantile(confidence)
    figures, points = {}, {}
    for name in names:
        against = known[base] if name != base else None
        joint = JointOutcomes.of(truth, called[base], called[name], weight, together)
        areas_told = _area_figures(known[name], against, together, reach, cases)
        points[name] = known[name].sweep.at(said[name])
        shares = {
            metric: _rate_figure(metric, joint, points[name], known[name].sweep, confidence)
            for metric in FIGURES[len(_AREAS) :]
        }
        if against is not None:
            shares = {
                metric: compared_figure(
                    each, float(joint.first.value(metric)), joint.apart(metric), reach=reach, cases=cases
                )
                for metric, each in shares.items()
            }
        figures[name] = areas_told | shares
    adjusted_for_models(figures, [name for name in names if name != base])
    models = tuple(
        ComparedModel(
            name,
            said[name],
            points[name],
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
    return Comparison((*models, *_lazy(truth, weight)), base, cases, several, confidence)


def _area_figures(
    own: ModelAreas,
    base: ModelAreas | None,
    together: npt.NDArray[np.intp] | None,
    reach: float,
    cases: float,
) -> dict[str, Figure]:
    """What no threshold touches: of one model, and against the baseline where it has the same figure."""
    found = {}
    for metric, influence in own.influences.items():
        interval = own.intervals.get(metric) if together is None else None
        if interval is None:
            far = reach * deviation(influence.cases, together)
            figure = Figure(influence.value, influence.value - far, influence.value + far)
        else:
            figure = Figure(influence.value, float(interval.low), float(interval.high))
        other = base.influences.get(metric) if base else None
        if other is not None:
            apart = deviation(influence.cases - other.cases, together)
            figure = compared_figure(figure, other.value, apart, reach=reach, cases=cases)
        found[metric] = figure
    return found


def _rate_figure(
    metric: str, joint: JointOutcomes, point: Confusion, sweep: ThresholdSweep, confidence: float
) -> Figure:
    """What the threshold decides, of the second model of `joint`; the interval is the explorer's."""
    value = float(point.value(metric))
    if joint.clustered:
        far = normal_quantile(confidence) * joint.error(metric)
        return Figure(value, value - far, value + far)
    interval = sweep.interval(point, metric, confidence=confidence)
    return Figure(value, float(interval.low), float(interval.high))


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
