"""Models of one evaluation beside each other, computed once and kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from evalcore.inputs.joining.same_cases import Beside, laid_beside
from evalcore.metrics.classes.compared_parts import ComparedParts, compare_parts
from evalcore.metrics.comparing.calls_together import CallsTogether, calls_together
from evalcore.metrics.comparing.comparison import Comparison, compare
from evalcore.metrics.comparing.ensembles import with_ensemble
from evalcore.metrics.comparing.footing import threshold_on_footing
from evalcore.metrics.comparing.model_areas import ModelAreas, model_areas
from evalcore.metrics.comparing.roc_regions import RocRegion, roc_regions
from evalcore.metrics.deciding.mixing import Mixing, mixing
from evalcore.metrics.rates.proportions import Interval
from evalcore.metrics.uncertainty.bootstrap import bootstrap
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui.compute.binary import sweep
from pages.ui.compute.kept import kept

#: Where bands are known: false positive rates, or recalls.
BAND_GRID = np.linspace(0, 1, 101)
# A picture needs no more; weighted rows are drawn one by one.
_RESAMPLES, _BINS, _MOST_WEIGHTED = 300, 400, 50_000


@kept(most=16, spinner="Comparing the models …")
def comparison(
    opened: Evaluation, thresholds: tuple[tuple[str, float], ...], baseline: str, clusters: str
) -> Comparison:
    """Return the models at these thresholds, in comparison with the baseline; a column may say what stands together."""
    found: BinaryPredictions = opened.predictions
    together = found.texts(clusters) if clusters else None
    return compare(found, dict(thresholds), baseline=baseline, clusters=together, areas=areas_of(opened))


@kept(most=8)
def areas_of(opened: Evaluation) -> dict[str, ModelAreas]:
    """Return what no threshold touches of every model: every footing needs it."""
    sweeps = {name: sweep(opened, name) for name in opened.models}
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(
            lambda name: model_areas(opened.predictions, name, sweep=sweeps[name]), opened.models
        )
        return dict(zip(opened.models, found, strict=True))


@kept(most=8)
def crossings(opened: Evaluation, models: tuple[str, ...]) -> tuple[tuple[RocRegion, ...], Mixing]:
    """Return which of these models leads where on the ROC curve, and what deciding by lot between them would give."""
    sweeps = {name: sweep(opened, name) for name in models}
    return roc_regions(sweeps), mixing(sweeps)


@kept(most=8, spinner="Drawing the rows anew …")
def bands_of(opened: Evaluation, models: tuple[str, ...]) -> dict[str, tuple[Interval, Interval]]:
    """Return each model's bands of the ROC and precision-recall curves on `BAND_GRID`; none where that takes long."""
    found: BinaryPredictions = opened.predictions
    if found.weights is not None and len(found.truth) > _MOST_WEIGHTED:
        return {}

    def bands(model: str) -> tuple[Interval, Interval]:
        scores = found.model(model).values
        drawn = bootstrap(found.truth, scores, weight=found.weights, resamples=_RESAMPLES, bins=_BINS)
        return drawn.roc_band(BAND_GRID), drawn.precision_band(BAND_GRID)

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(models, pool.map(bands, models), strict=True))


@kept(most=8, spinner="Joining the evaluations …")
def beside(opened: Evaluation, other: Evaluation) -> Beside:
    """Return the evaluation with the models of another, joined by what names the cases; InputError where none does."""
    return laid_beside(opened, other)


@kept(most=8, spinner="Putting the models together …")
def with_ensemble_of(opened: Evaluation, way: str) -> Evaluation:
    """Return the evaluation with the ensemble of all its models as one model more."""
    return replace(
        opened,
        predictions=with_ensemble(opened.predictions, way),
        fingerprint=f"{opened.fingerprint}/ensemble {way}",
    )


@kept(most=16)
def together(opened: Evaluation, thresholds: tuple[tuple[str, float], ...]) -> CallsTogether:
    """Return how alike these models call at these thresholds."""
    found: BinaryPredictions = opened.predictions
    called = {name: found.model(name).called(threshold) for name, threshold in thresholds}
    return calls_together(found.truth, called, weights=found.weights)


@kept(most=8, spinner="Comparing the models …")
def parts(opened: Evaluation, baseline: str) -> ComparedParts:
    """Return models of several classes or labels over all of them; InputError where that would take too long."""
    return compare_parts(opened.predictions, baseline=baseline)


@kept(most=64)
def on_footing(opened: Evaluation, model: str, footing: str, asked: float | str, own: float) -> float:
    """Return the threshold of a model on a footing; InputError where there is none."""
    return threshold_on_footing(sweep(opened, model), footing, asked, own=own)
