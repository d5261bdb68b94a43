"""What the live matrix is sent: the same numbers, in few bytes."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest

from evalcore.errors import InputError
from evalcore.figures.live.matrix import matrix_colours, matrix_costs, matrix_table, packed, placed
from evalcore.figures.style import DARK
from evalcore.metrics.classes.arrangement import fold_rest
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.policy.decisions import decide_by_score
from evalcore.metrics.policy.steps import policy_steps


def unpacked(spelt: list[str]) -> Any:
    kind, text = spelt
    return np.frombuffer(base64.b64decode(text), dtype=f"<{kind}")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([0, 65535], "u2"),
        ([-1, 3], "f8"),
        ([0, 65536], "u4"),
        ([2**40], "f8"),
        ([0.5, np.inf], "f8"),
        ([], "f8"),
    ],
)
def test_arrays_come_back(values: list[float], kind: str) -> None:
    spelt = packed(values)
    assert spelt[0] == kind
    assert unpacked(spelt).tolist() == values


@pytest.mark.parametrize("weighted", [False, True])
def test_the_table_holds_every_step(weighted: bool) -> None:
    rng = np.random.default_rng(2)
    truth, scores = rng.integers(0, 4, 500), rng.random((500, 4)).astype(np.float32)
    weight = rng.random(500) if weighted else None
    steps = policy_steps(truth, decide_by_score(scores), classes=4, weight=weight, most=50)
    table = matrix_table(steps)
    cells, ends = unpacked(table["cell"]), unpacked(table["ends"])
    mass = np.ones(len(cells)) if table["mass"] is None else unpacked(table["mass"])
    for step in (0, 17, 49):
        counts = np.bincount(cells[: ends[step]], weights=mass[: ends[step]], minlength=16)
        assert counts == pytest.approx(steps.counts(step).ravel())
    assert table["float32"] is True
    assert unpacked(table["certainty"]).tolist() == steps.certainty.astype(float).tolist()
    assert unpacked(table["support"]) == pytest.approx(np.bincount(truth, weights=weight))


def test_many_classes_are_few_bytes() -> None:
    rng = np.random.default_rng(3)
    truth, scores = rng.integers(0, 1000, 20_000), rng.random((20_000, 1000), dtype=np.float32)
    table = matrix_table(policy_steps(truth, decide_by_score(scores), classes=1000))
    assert sum(len(each[1]) for each in table.values() if isinstance(each, list)) < 400_000


def test_every_class_has_a_place() -> None:
    confusion = ClassConfusion(np.eye(4, dtype=int), ("a", "b", "c", "d"), 4)
    kept = [3, 0]
    found = placed(fold_rest(confusion, kept), kept, 4)
    assert [found["names"][i] for i in unpacked(found["place"])] == [
        "a",
        "other (2 classes)",
        "other (2 classes)",
        "d",
    ]
    whole = placed(fold_rest(confusion, [2, 1, 0, 3]), [2, 1, 0, 3], 4)
    assert (whole["fold"], whole["names"]) == (None, ["c", "b", "a", "d"])


def test_costs_and_colours() -> None:
    assert matrix_costs(None, 0.5, 2) is None
    found = matrix_costs([[0, 1], [5, 0]], 0.5, 2)
    assert found is not None
    assert unpacked(found["matrix"]).tolist() == [0, 1, 5, 0]
    with pytest.raises(InputError, match="2 x 2"):
        matrix_costs([[1]], 0.5, 2)
    assert matrix_colours(DARK)["surface"] == DARK.surface
