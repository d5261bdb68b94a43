"""What every kind of predictions can say, and the table of tasks that says what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd
import pytest

from evalcore.describing.description import DESCRIBERS, describe, description_text
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.binary import BinaryPredictions, ModelScores
from evalcore.predictions.classes import ClassModel, ClassPredictions
from evalcore.predictions.counts import CountPredictions, ModelCounts
from evalcore.predictions.evaluation import Evaluation, Predictions, Roles
from evalcore.predictions.history import HistorySeries, TrainingHistory
from evalcore.predictions.images import ImageOutputs
from evalcore.predictions.labels import LabelModel, LabelPredictions
from evalcore.predictions.outputs import OutputPredictions
from evalcore.predictions.scores import ScorePredictions
from evalcore.predictions.tasks import DECIDED, TASKS, Page, Task

TABLE = pd.DataFrame({"a": [1, 2]})
ROWS = np.arange(2)
HALVES = np.array([0.25, 0.75])
SCORES = ModelScores("m", HALVES, "probability", 0.5, "")
CLASSES = ClassPredictions(
    np.array([0, 1]), ("ant", "bee"), (ClassModel("m", np.array([0, 1]), None, "hard_label"),), TABLE, ROWS
)


@dataclass(frozen=True)
class Picture:
    name: str

    def image(self, table: pd.DataFrame, position: int) -> np.ndarray:  # noqa: ARG002
        return np.zeros((4, 4))


EVERY: dict[Task, tuple[Predictions, str, tuple[str, ...], str | None]] = {
    "binary": (
        BinaryPredictions(np.array([0, 1], dtype=np.uint8), (SCORES,), "yes", "no", TABLE, ROWS),
        "2 cases, 1 of them “yes”", (), "yes",
    ),
    "counts": (
        CountPredictions(
            (ModelCounts("m", np.array([1, 0]), np.array([2, 0.5]), np.array([1, 1]), "hard_label", 0.5, ""),),
            "yes", "no", TABLE,
        ),
        "4.5 cases, 2.5 of them “yes”", (), "yes",
    ),
    "multiclass": (CLASSES, "2 cases, 2 classes", ("ant", "bee"), None),
    "multilabel": (
        LabelPredictions(
            np.eye(2, dtype=np.uint8), ("big", "odd"),
            (LabelModel("m", np.eye(2), "probability", HALVES),), TABLE, ROWS,
        ),
        "2 cases, 2 labels", ("big", "odd"), None,
    ),
    "multioutput": (
        OutputPredictions(("digit", "colour"), (CLASSES, CLASSES)), "2 cases, 2 outputs", ("digit", "colour"), None,
    ),
    "image_outputs": (ImageOutputs(Picture("clean"), (Picture("m"),), None, TABLE, ROWS), "2 images", (), None),
    "scores": (ScorePredictions((SCORES,), "yes", "no", TABLE, ROWS), "2 scores", (), "yes"),
    "history": (
        TrainingHistory((HistorySeries("loss", "loss", "train", HALVES, HALVES, "min"),), "epoch", TABLE, 2),
        "1 series of 2 rows", (), None,
    ),
}  # fmt: skip


def test_every_task_has_an_entry_and_a_describer() -> None:
    assert set(TASKS) == set(get_args(Task)) == set(DESCRIBERS) == set(EVERY)


@pytest.mark.parametrize("task", TASKS)
def test_every_kind_says_what_the_protocol_asks(task: Task) -> None:
    predictions, subject, parts, positive = EVERY[task]
    assert (predictions.subject, predictions.parts, predictions.positive) == (subject, parts, positive)
    assert [predictions.model(each.name) for each in predictions.models] == list(predictions.models)
    assert predictions.cases == pytest.approx(float(subject.split()[0]) if task != "history" else 2)
    assert predictions.omitted == ()
    with pytest.raises(KeyError):
        predictions.model("another")


@pytest.mark.parametrize("task", TASKS)
def test_parts_are_predictions_and_nothing_else_is(task: Task) -> None:
    predictions, _, parts, _ = EVERY[task]
    assert [type(predictions.part(name)).__name__ for name in parts] == (
        [{"output": "ClassPredictions"}.get(TASKS[task].part, "BinaryPredictions")] * len(parts)
    )
    assert bool(parts) == bool(TASKS[task].part)
    with pytest.raises((KeyError, ValueError)):
        predictions.part("another")


@pytest.mark.parametrize("task", TASKS)
def test_a_table_can_be_put_beside_any_kind(task: Task) -> None:
    """Images that come in an archive become a column: of several outputs this failed once."""
    wider = TABLE.assign(picture=[b"", b""])
    changed = EVERY[task][0].with_table(wider)
    assert changed.table is wider
    assert changed.subject == EVERY[task][1]


@pytest.mark.parametrize("task", TASKS)
def test_words_are_there_and_pages_agree(task: Task) -> None:
    traits = TASKS[task]
    assert traits.words
    assert traits.recognised
    assert set(traits.pages) <= set(get_args(Page))
    assert bool(traits.pages) == bool(traits.next_step)
    # What a threshold decides has the page of the threshold; outputs are chosen first.
    assert ("threshold" in traits.pages) == bool(traits.decides or traits.part == "output")
    assert bool(traits.choice) == (traits.decides == "part")


@pytest.mark.parametrize("task", sorted(set(TASKS) - {"image_outputs"}))
def test_every_kind_is_described(task: Task) -> None:
    evaluation = Evaluation(task, EVERY[task][0], Roles(), (), "", "mine")
    lines = description_text(describe(evaluation)).splitlines()
    assert lines[0] == f"mine: {TASKS[task].words}, 2 rows"
    assert any(line.startswith(("  m (", "  loss:")) for line in lines)


def test_opened_files_have_the_traits_of_their_task() -> None:
    table = pd.DataFrame({"truth": list("abcabc"), "predicted": list("abcbca")})
    opened = open_predictions(table)
    assert opened.traits is DECIDED["multiclass"]
    assert opened.traits.part == "class"
