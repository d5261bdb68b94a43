"""Models of several classes or labels beside each other: averages over all, and every class, with paired intervals."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.comparing.influence import (
    Ranked,
    area_influence,
    deviation,
    few_cases,
    weighted_sum,
)
from evalcore.metrics.comparing.paired import Figure, adjusted_for_models, compared_figure
from evalcore.metrics.rates.proportions import normal_quantile
from evalcore.metrics.sweep.case_arrays import checked_clusters
from evalcore.predictions.classes import ClassPredictions
from evalcore.predictions.evaluation import FloatArray
from evalcore.predictions.labels import LabelPredictions

__all__ = ["PART_FIGURES", "ComparedParts", "PartsModel", "compare_parts"]

#: What models of several classes or labels are compared by, in words.
PART_FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "all_right": "Accuracy",
        "micro_f1": "Micro F1",
        "macro_recall": "Macro recall",
        "macro_precision": "Macro precision",
        "macro_f1": "Macro F1",
        "macro_roc_auc": "Macro ROC AUC",
    }
)
# Cells of a case, a class and a model: more take too long for a page.
_MOST_CELLS = 200_000_000


@dataclass(frozen=True, eq=False)
class PartsModel:
    """One model in a comparison over several classes or labels.

    Parameters
    ----------
    name : str
    figures : mapping of str to Figure
        By the names of `PART_FIGURES`; the area only where the model has scores.
    parts : mapping of str to mapping of str to Figure
        Recall, precision, F1 and ROC AUC of each class or label; without those that are not defined.
    """

    name: str
    figures: Mapping[str, Figure]
    parts: Mapping[str, Mapping[str, Figure]]


@dataclass(frozen=True, eq=False)
class ComparedParts:
    """Models of several classes or labels judged on the same rows.

    Parameters
    ----------
    models : tuple of PartsModel
    baseline : str
    labels : bool
        Whether any number of them applies to a row.
    """

    models: tuple[PartsModel, ...]
    baseline: str
    labels: bool


_Influences = dict[str, tuple[float, FloatArray]]
_Flags = tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.bool_] | None]


def compare_parts(
    predictions: ClassPredictions | LabelPredictions,
    *,
    baseline: str = "",
    clusters: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> ComparedParts:
    """Compare models over all classes or labels at once, and class by class.

    Each figure's interval, and that of its difference to the baseline's, is normal, from what every case contributes
    (the infinitesimal jackknife). In averages what is not defined counts as 0, as on the Classes page. The p of a
    figure is corrected over the models (Holm); those of single classes are not corrected over the classes.

    Parameters
    ----------
    predictions : ClassPredictions or LabelPredictions
        With two models or more; labels at their own thresholds.
    baseline : str, optional
        The model that the others are compared with; the first by default.
    clusters : array_like, shape (n,), optional
        What stands together, such as the patient of each case.
    confidence : float, default 0.95

    Returns
    -------
    ComparedParts

    Raises
    ------
    InputError
        Where there are too many cases times classes times models.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.predictions.classes import ClassModel
    >>> models = tuple(ClassModel(name, np.array(calls * 9), None, "hard_label")
    ...     for name, calls in (("a", [0, 1, 2]), ("b", [0, 0, 2])))
    >>> three = ClassPredictions(np.array([0, 1, 2] * 9), ("ant", "bee", "cow"), models, pd.DataFrame(), np.arange(27))
    >>> found = compare_parts(three).models[1]
    >>> round(found.figures["all_right"].change, 3), found.parts["bee"]["recall"].change
    (-0.333, -1.0)
    """
    truth, names, cases = (
        predictions.truth,
        [each.name for each in predictions.models],
        float(predictions.cases),
    )
    if len(truth) * len(predictions.parts) * len(names) > _MOST_CELLS:
        raise InputError("there are too many cases, classes and models to compare class by class")
    weight = np.ones(len(truth)) if predictions.weights is None else predictions.weights
    together = None if clusters is None else checked_clusters(clusters, len(truth))
    base = baseline if baseline in names else names[0]
    reach = normal_quantile(confidence)
    labels = isinstance(predictions, LabelPredictions)

    def figure(own: tuple[float, FloatArray], other: tuple[float, FloatArray] | None) -> Figure:
        far = reach * deviation(own[1], together)
        made = Figure(own[0], max(0.0, own[0] - far), min(1.0, own[0] + far))
        if other is None:
            return made
        return compared_figure(
            made, other[0], deviation(own[1] - other[1], together), reach=reach, cases=cases
        )

    figures: dict[str, dict[str, Figure]] = {name: {} for name in names}
    parts: dict[str, dict[str, dict[str, Figure]]] = {name: {} for name in names}
    sums: dict[str, _Sums] = {name: _Sums(len(truth)) for name in names}
    for place, part in enumerate(predictions.parts):
        flags = {name: _flags(predictions, name, place) for name in names}
        found = {name: _of_part(flags[name], _scores(predictions, name, place), weight) for name in names}
        for name in names:
            sums[name].add(found[name], _occurring(flags[name], labels=labels))
            others = found[base] if name != base else {}
            parts[name][part] = {
                metric: figure(own, others.get(metric))
                for metric, own in found[name].items()
                if not math.isnan(own[0])
            }
    whole = {name: _of_all(predictions, name, weight) | sums[name].means() for name in names}
    for name in names:
        others = whole[base] if name != base else {}
        figures[name] = {metric: figure(own, others.get(metric)) for metric, own in whole[name].items()}
    against = [name for name in names if name != base]
    adjusted_for_models(figures, against)
    for part in predictions.parts:
        adjusted_for_models({name: parts[name][part] for name in names}, against)
    return ComparedParts(
        tuple(PartsModel(name, figures[name], parts[name]) for name in names),
        base,
        labels,
    )


class _Sums:
    """Figures of parts and their influences, added up to their means."""

    def __init__(self, cases: int) -> None:
        self._cases = cases
        self._held: dict[str, tuple[float, FloatArray, int]] = {}

    def add(self, found: _Influences, occurs: bool) -> None:
        for metric, (value, influence) in found.items():
            defined = not math.isnan(value)
            if not (defined if metric == "roc_auc" else occurs):
                continue
            total, cases, count = self._held.get(metric, (0.0, np.zeros(self._cases), 0))
            if defined:
                total, cases = total + value, cases + influence
            self._held[metric] = total, cases, count + 1

    def means(self) -> _Influences:
        return {f"macro_{name}": (total / n, cases / n) for name, (total, cases, n) in self._held.items()}


def _flags(predictions: ClassPredictions | LabelPredictions, name: str, place: int) -> _Flags:
    """Whether each case is of a part, whether a model calls it so, and whether its truth is known; None for all."""
    if isinstance(predictions, ClassPredictions):
        return predictions.truth == place, predictions.model(name).labels == place, None
    model = predictions.model(name)
    scores = model.scores[:, place]
    called = scores >= scores.dtype.type(model.thresholds[place])
    known = None if predictions.known is None else predictions.known[:, place]
    return predictions.truth[:, place] == 1, called, known


def _occurring(flags: _Flags, *, labels: bool) -> bool:
    """Whether a part has a part in averages: a class that is or is called, a label whose truth is known anywhere."""
    truth, called, known = flags
    if labels:
        return known is None or bool(known.any())
    return bool(truth.any() or called.any())


def _of_part(flags: _Flags, scores: npt.NDArray[Any] | None, weight: FloatArray) -> _Influences:
    """Each rate of one part with what every case contributes, and the area where there are scores."""
    truth, called, known = flags
    mine = weight if known is None else weight * known
    few = few_cases(mine)
    both = mine * (truth & called)
    counted = {"recall": mine * truth, "precision": mine * called}
    counted["f1"] = (counted["recall"] + counted["precision"]) / 2
    found: _Influences = {}
    for metric, of in counted.items():
        total = float(of.sum())
        value = float(both.sum()) / total if total else math.nan
        found[metric] = value, ((both - value * of) / total * few if total else np.zeros(len(truth)))
    if scores is not None:
        rows = np.flatnonzero(mine > 0)
        hit = truth[rows]
        if hit.any() and not hit.all():
            area = area_influence(Ranked.of(hit.astype(np.uint8), scores[rows], mine[rows]))
            cases = np.zeros(len(truth))
            cases[rows] = area.cases
            found["roc_auc"] = area.value, cases
    return found


def _scores(
    predictions: ClassPredictions | LabelPredictions, name: str, place: int
) -> npt.NDArray[Any] | None:
    if isinstance(predictions, ClassPredictions):
        given = predictions.model(name).probabilities
        return None if given is None else given[:, place]
    model = predictions.model(name)
    return None if model.kind == "hard_label" else model.scores[:, place]


def _of_all(predictions: ClassPredictions | LabelPredictions, name: str, weight: FloatArray) -> _Influences:
    """Share of rows that are wholly right, and F1 from the totals over all labels (of classes it is the same)."""
    few, rows = few_cases(weight), float(weight.sum())
    right = np.ones(len(weight), dtype=bool)
    both, either = np.zeros(len(weight)), np.zeros(len(weight))
    for truth, called, known in _all_flags(predictions, name):
        there = np.ones(len(weight), dtype=bool) if known is None else known
        right &= (truth == called) | ~there
        both += truth & called & there
        either += ((truth & there).astype(float) + (called & there)) / 2
    share = weighted_sum(weight, right) / rows
    found: _Influences = {"all_right": (share, weight * (right - share) / rows * few)}
    if isinstance(predictions, LabelPredictions):
        total = weighted_sum(weight, either)
        if total:
            f1 = weighted_sum(weight, both) / total
            found["micro_f1"] = f1, weight * (both - f1 * either) / total * few
    return found


def _all_flags(predictions: ClassPredictions | LabelPredictions, name: str) -> Iterator[_Flags]:
    if isinstance(predictions, ClassPredictions):
        right = predictions.truth == predictions.model(name).labels
        yield np.ones(len(right), dtype=bool), right, None
        return
    for place in range(len(predictions.parts)):
        yield _flags(predictions, name, place)
