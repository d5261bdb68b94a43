"""Operating Point's core: how a classifier behaves at every decision threshold.

    import evalcore as ec
    evaluation = ec.open_predictions("predictions.csv")
    model = evaluation.predictions.models[0]
    sweep = ec.ThresholdSweep.from_scores(evaluation.predictions.truth, model.values)
    sweep.roc_auc, sweep.at(0.5).recall

The names below are imported when they are first used, so that `import evalcore` is light. What is
not here is reached through its module (`evalcore.metrics.calibration`, `evalcore.figures`, ...).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evalcore.errors import InputError
    from evalcore.inputs.evaluation import BinaryPredictions, CountPredictions, Evaluation, Question, Roles
    from evalcore.inputs.opening import open_predictions
    from evalcore.metrics.confusion import Confusion
    from evalcore.metrics.intervals import Interval
    from evalcore.metrics.operating_point import OperatingPoint, find_operating_point
    from evalcore.metrics.sweep import ThresholdSweep

_HOMES = {
    "BinaryPredictions": "evalcore.inputs.evaluation",
    "Confusion": "evalcore.metrics.confusion",
    "CountPredictions": "evalcore.inputs.evaluation",
    "Evaluation": "evalcore.inputs.evaluation",
    "InputError": "evalcore.errors",
    "Interval": "evalcore.metrics.intervals",
    "OperatingPoint": "evalcore.metrics.operating_point",
    "Question": "evalcore.inputs.evaluation",
    "Roles": "evalcore.inputs.evaluation",
    "ThresholdSweep": "evalcore.metrics.sweep",
    "find_operating_point": "evalcore.metrics.operating_point",
    "open_predictions": "evalcore.inputs.opening",
}

__all__ = [
    "BinaryPredictions",
    "Confusion",
    "CountPredictions",
    "Evaluation",
    "InputError",
    "Interval",
    "OperatingPoint",
    "Question",
    "Roles",
    "ThresholdSweep",
    "find_operating_point",
    "open_predictions",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
