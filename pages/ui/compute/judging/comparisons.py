"""Models of one evaluation beside each other, computed once and kept."""

from __future__ import annotations

from evalcore.metrics.comparing.comparison import Comparison, compare
from evalcore.metrics.comparing.footing import threshold_on_footing
from evalcore.metrics.comparing.model_areas import ModelAreas, model_areas
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui.compute.binary import sweep
from pages.ui.compute.kept import kept


@kept(most=16, spinner="Comparing the models …")
def comparison(
    opened: Evaluation, thresholds: tuple[tuple[str, float], ...], baseline: str, clusters: str
) -> Comparison:
    """Return the models at these thresholds, in comparison with the baseline; a column may say what stands together."""
    found: BinaryPredictions = opened.predictions
    together = found.texts(clusters) if clusters else None
    areas = {name: areas_of(opened, name) for name in opened.models}
    return compare(found, dict(thresholds), baseline=baseline, clusters=together, areas=areas)


@kept(most=16)
def areas_of(opened: Evaluation, model: str) -> ModelAreas:
    """Return what no threshold touches of a model: every footing needs it."""
    return model_areas(opened.predictions, model, sweep=sweep(opened, model))


@kept(most=64)
def on_footing(opened: Evaluation, model: str, footing: str, asked: float | str, own: float) -> float:
    """Return the threshold of a model on a footing; InputError where there is none."""
    return threshold_on_footing(sweep(opened, model), footing, asked, own=own)
