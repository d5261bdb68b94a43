"""What goals come to for each model of an evaluation, in words and figures: for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evalcore import numbers
from evalcore.errors import InputError
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.operating_point import OperatingPoint
from evalcore.metrics.goals.solving import InfeasibleGoalError, solve_goal
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.sweep.of_model import sweep_of
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.counts import CountPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.tasks import TASKS

__all__ = ["GoalAnswer", "answer_goals"]

_TOLD = ("recall", "precision", "false_positive_rate", "accuracy")


@dataclass(frozen=True)
class GoalAnswer:
    """What one goal comes to for one model.

    Parameters
    ----------
    model : str
    goal : Goal
    point : OperatingPoint or None
        What the goal chooses; where it chooses nothing, the point that comes nearest, if any does.
    reason : str
        Why there is no threshold; empty where there is one.
    text : str
        One sentence.
    """

    model: str
    goal: Goal
    point: OperatingPoint | None
    reason: str
    text: str

    @property
    def met(self) -> bool:
        """Whether a threshold keeps the goal."""
        return not self.reason

    @property
    def figures(self) -> dict[str, Any]:
        """The answer for programs; what does not apply is left out."""
        told: dict[str, Any] = {"goal": str(self.goal), "met": self.met}
        if self.reason:
            told["reason"] = self.reason
        if self.point is not None:
            cells = self.point.confusion.matrix.tolist()
            found = {"threshold": self.point.threshold, "confusion": cells}
            told |= found if self.met else {"nearest": found}
        return told


def answer_goals(evaluation: Evaluation, texts: Sequence[str]) -> tuple[GoalAnswer, ...]:
    """Find the threshold that each goal chooses for each model, or why there is none.

    Parameters
    ----------
    evaluation : Evaluation
        Of two classes, by rows or by counts.
    texts : sequence of str
        Goals as `Goal.parse` reads them.

    Raises
    ------
    InputError
        Where a goal is not understood, or where no one threshold decides between two classes.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.opening import open_predictions
    >>> evaluation = open_predictions(pd.DataFrame({"label": [0, 0, 1, 1], "prob": [0.1, 0.4, 0.35, 0.8]}))
    >>> for answer in answer_goals(evaluation, ["max precision where recall >= 0.9", "precision >= 1 and recall >= 1"]):
    ...     print(answer.met, answer.text)
    True prob: "max precision where recall >= 0.9" is met at threshold 0.3: recall 100 % (34.2 to 100 %), precision \
66.7 % (20.8 to 93.9 %), false positive rate 50.0 % (9.5 to 90.5 %), accuracy 75.0 % (30.1 to 95.4 %)
    False prob: no threshold meets “precision >= 1 and recall >= 1”: with recall >= 1 kept, precision is at most \
0.667; with precision >= 1 kept, recall is at most 0.5 (nearest: threshold 0.3)
    """
    goals = [Goal.parse(text) for text in texts]
    return tuple(_answer(name, sweep, goal) for name, sweep in _sweeps(evaluation).items() for goal in goals)


def _sweeps(evaluation: Evaluation) -> dict[str, ThresholdSweep]:
    found = evaluation.predictions
    if isinstance(found, BinaryPredictions | CountPredictions):
        return {each.name: sweep_of(found, each.name) for each in found.models}
    raise InputError(
        f"a goal needs two classes and one threshold between them, got {TASKS[evaluation.task].recognised}"
    )


def _answer(model: str, sweep: ThresholdSweep, goal: Goal) -> GoalAnswer:
    try:
        point = solve_goal(sweep, goal)
    except InfeasibleGoalError as error:
        nearest = f" (nearest: threshold {error.nearest.threshold:.12g})"
        return GoalAnswer(model, goal, error.nearest, str(error), f"{model}: {error}{nearest}")
    except InputError as error:
        return GoalAnswer(model, goal, None, str(error), f"{model}: {error}")
    limits = {name: sweep.interval(point.confusion, name) for name in _TOLD}
    rates = ", ".join(
        f"{METRICS[name].label.lower()} "
        f"{numbers.share_within(float(point.confusion.value(name)), float(each.low), float(each.high))}"
        for name, each in limits.items()
    )
    text = f'{model}: "{goal}" is met at threshold {point.threshold:.12g}: {rates}'
    return GoalAnswer(model, goal, point, "", text)
