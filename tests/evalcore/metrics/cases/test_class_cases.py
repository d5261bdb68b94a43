"""The cases behind a cell of several classes, the surest calls first."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import InputError
from evalcore.metrics.cases.class_cases import class_cases, surest_in_cell
from evalcore.predictions.classes import ClassModel, ClassPredictions

CLASSES = ("ant", "bee", "cow")


@pytest.fixture
def made() -> dict[str, Any]:
    rng = np.random.default_rng(8)
    truth, scores = rng.integers(0, 3, 300), rng.normal(size=(300, 3))
    called = scores.argmax(axis=1)
    models = (
        ClassModel("logits", called, scores, "logit"),
        ClassModel("sure", called, None, "hard_label", confidence=scores.max(axis=1)),
        ClassModel("hard", called, None, "hard_label"),
    )
    table = pd.DataFrame({"truth": truth})
    return {
        "truth": truth,
        "scores": scores,
        "called": called,
        "predictions": ClassPredictions(truth, CLASSES, models, table, np.arange(300)),
    }


@pytest.mark.parametrize("model", ["logits", "sure", "hard"])
@pytest.mark.parametrize(("actual", "called"), [("ant", "bee"), ("cow", "cow")])
def test_surest_first(made: dict[str, Any], model: str, actual: str, called: str) -> None:
    i, j = CLASSES.index(actual), CLASSES.index(called)
    inside = np.flatnonzero((made["truth"] == i) & (made["called"] == j))
    if model != "hard":
        inside = inside[np.argsort(-made["scores"][inside, j], kind="stable")]
    ranking = class_cases(made["predictions"], model)
    assert surest_in_cell(ranking, actual=actual, called=called).tolist() == inside.tolist()


def test_what_a_policy_leaves_undecided_is_in_no_cell(made: dict[str, Any]) -> None:
    labels = np.where(made["scores"].max(axis=1) >= 1, made["called"], -1)
    ranking = class_cases(made["predictions"], "logits", labels=labels)
    found = [surest_in_cell(ranking, actual=a, called=b) for a in CLASSES for b in CLASSES]
    assert sorted(np.concatenate(found).tolist()) == np.flatnonzero(labels >= 0).tolist()


def test_no_such_class(made: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="there is no class 'yak'"):
        surest_in_cell(class_cases(made["predictions"], "hard"), actual="ant", called="yak")
