"""Operating Point's core: how a classifier behaves at every decision threshold.

    import evalcore as ec
    evaluation = ec.open_predictions("predictions.csv")
    model = evaluation.predictions.models[0]
    sweep = ec.ThresholdSweep.from_scores(evaluation.predictions.truth, model.values)
    sweep.roc_auc, sweep.at(0.5).recall

The names below are imported when they are first used, so that `import evalcore` is light. What is
not here is reached through its module (`evalcore.metrics.policy`, `evalcore.figures`, ...).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evalcore.errors import InputError
    from evalcore.inputs.opening import open_predictions
    from evalcore.metrics.comparing.comparison import compare
    from evalcore.metrics.goals.finding import find_operating_point
    from evalcore.metrics.goals.goal import Goal
    from evalcore.metrics.goals.operating_point import OperatingPoint
    from evalcore.metrics.goals.solving import InfeasibleGoalError
    from evalcore.metrics.goals.terms import Costs
    from evalcore.metrics.probability.calibration import calibration
    from evalcore.metrics.probability.recalibration import recalibrate
    from evalcore.metrics.probability.reliability import reliability
    from evalcore.metrics.rates.confusion import Confusion
    from evalcore.metrics.rates.intervals import Interval
    from evalcore.metrics.slices.slice_table import slice_table
    from evalcore.metrics.sweep.sweep import ThresholdSweep
    from evalcore.predictions.binary import BinaryPredictions
    from evalcore.predictions.counts import CountPredictions
    from evalcore.predictions.evaluation import Evaluation, Question, Roles

_HOMES = {
    "BinaryPredictions": "evalcore.predictions.binary",
    "Confusion": "evalcore.metrics.rates.confusion",
    "Costs": "evalcore.metrics.goals.terms",
    "CountPredictions": "evalcore.predictions.counts",
    "Evaluation": "evalcore.predictions.evaluation",
    "Goal": "evalcore.metrics.goals.goal",
    "InfeasibleGoalError": "evalcore.metrics.goals.solving",
    "InputError": "evalcore.errors",
    "Interval": "evalcore.metrics.rates.intervals",
    "OperatingPoint": "evalcore.metrics.goals.operating_point",
    "Question": "evalcore.predictions.evaluation",
    "Roles": "evalcore.predictions.evaluation",
    "ThresholdSweep": "evalcore.metrics.sweep.sweep",
    "calibration": "evalcore.metrics.probability.calibration",
    "compare": "evalcore.metrics.comparing.comparison",
    "find_operating_point": "evalcore.metrics.goals.finding",
    "open_predictions": "evalcore.inputs.opening",
    "recalibrate": "evalcore.metrics.probability.recalibration",
    "reliability": "evalcore.metrics.probability.reliability",
    "slice_table": "evalcore.metrics.slices.slice_table",
}

__all__ = [
    "BinaryPredictions",
    "Confusion",
    "Costs",
    "CountPredictions",
    "Evaluation",
    "Goal",
    "InfeasibleGoalError",
    "InputError",
    "Interval",
    "OperatingPoint",
    "Question",
    "Roles",
    "ThresholdSweep",
    "calibration",
    "compare",
    "find_operating_point",
    "open_predictions",
    "recalibrate",
    "reliability",
    "slice_table",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
