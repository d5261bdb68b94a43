"""A small sample of `make perturbations`: changes that say nothing new change no figure in silence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests import perturbations
from tests.evalcore.inputs import test_published_layouts  # noqa: F401  fills the list
from tests.evalcore.inputs.published.simulated import PUBLISHED
from tests.perturbations import CHANGES, Files, Reading, files_of, outcome, perturbed, read

#: Every so many layouts, and to each so many changes, one after the other.
EVERY, CHANGED = 16, 2
SAMPLE = sorted(PUBLISHED)[::EVERY]


@pytest.mark.parametrize("name", SAMPLE)
def test_nothing_changes_in_silence(name: str) -> None:
    files = files_of(name, PUBLISHED[name]().sources)
    assert files is not None
    names = list(CHANGES)
    first = SAMPLE.index(name) * CHANGED
    chosen = {
        names[(first + k) % len(names)]: CHANGES[names[(first + k) % len(names)]] for k in range(CHANGED)
    }
    for change, found, said in perturbed(files, chosen):
        assert found not in perturbations.OFFENCES, f"{change}: {said}"


def table(**columns: object) -> Files:
    return Files("a", (("a.csv", pd.DataFrame(columns)),))


def test_what_a_change_did_is_told_apart() -> None:
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 2, 60)
    score = (0.3 * truth + 0.7 * rng.random(60)).round(4)
    before = read(table(label=truth, prob=score))
    assert before.kind == "opened"
    assert outcome(before, read(table(prob=score[::-1], label=truth[::-1]))) == "same"
    other = read(table(label=truth, prob=score[::-1]))
    assert outcome(before, other) == "silent"
    assert outcome(before, Reading("opened", {}, frozenset({("truth", "a b")}))) == "asked"
    assert outcome(before, Reading("opened", {}, frozenset(), frozenset({"it was turned"}))) == "warned"
    refused = Reading("refused")
    assert outcome(before, refused) == "refused"
    assert outcome(refused, before) == "opened"
    assert outcome(refused, refused) == "same"
    assert outcome(before, Reading("crash")) == "crash"


def test_changes_change_what_they_say() -> None:
    files = Files(
        "a",
        (("a", pd.DataFrame({"y_true": range(9), "aScore": range(9)})), ("b", pd.DataFrame({"z": range(9)}))),
    )

    def columns(change: str) -> list[str]:
        return list(files.changed(CHANGES[change], 1).tables[0][1].columns)

    assert columns("columns reversed") == ["aScore", "y_true"]
    assert columns("names spaced") == ["y true", "a Score"]
    assert columns("names in capitals") == ["Y_TRUE", "ASCORE"]
    assert columns("index added") == ["Unnamed: 0", "y_true", "aScore"]
    one, other = (each for _, each in files.changed(CHANGES["rows permuted"], 1).tables)
    assert one["y_true"].tolist() == other["z"].tolist() != list(range(9))


def test_the_parts_of_a_list_keep_their_order() -> None:
    files = Files("a", (("a", pd.DataFrame({"s.0": [1], "s.1": [2], "label": [3]})),))
    changed = files.changed(CHANGES["columns reversed"], 1).tables[0][1]
    assert list(changed.columns) == ["label", "s.0", "s.1"]
