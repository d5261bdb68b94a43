"""Suspect labels of several models against a slow second count, case by case."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
import pytest

from evalcore.errors import InputError
from evalcore.metrics.cases.agreement import agreed_suspects
from evalcore.metrics.cases.suspects import SuspectLabels, suspect_labels

RNG = np.random.default_rng(11)


def models(count: int, classes: int = 4, cases: int = 300) -> tuple[np.ndarray, list[SuspectLabels]]:
    truth = RNG.integers(classes, size=cases)
    wrong = np.where(RNG.random(cases) < 0.15, RNG.integers(classes, size=cases), truth)
    logits = np.eye(classes)[wrong] * 2.5 + RNG.normal(size=(count, cases, classes))
    said = np.exp(logits) / np.exp(logits).sum(axis=2, keepdims=True)
    return truth, [suspect_labels(truth, each) for each in said]


def slowly(found: list[SuspectLabels], *, by: str) -> dict[int, tuple[int, float, int]]:
    """Case by case: the suggested class, its mean margin and how many models contradict the label."""
    words: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for each in found:
        for case, suggested, margin in zip(each.cases, each.suggested, each.margin, strict=True):
            words[int(case)][int(suggested)].append(float(margin))
    expected = {}
    for case, said in words.items():
        count = sum(len(margins) for margins in said.values())
        best = max(said, key=lambda name: (len(said[name]), sum(said[name])))
        if by == "any" or count == len(found):
            expected[case] = (best, sum(said[best]) / len(said[best]), count)
    return expected


@pytest.mark.parametrize("by", ["any", "all"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_against_a_count_by_hand(count: int, by: str) -> None:
    truth, found = models(count)
    agreed = agreed_suspects(found, by=by)  # type: ignore[arg-type]
    expected = slowly(found, by=by)
    assert set(agreed.cases.tolist()) == set(expected)
    assert len(agreed) == len(expected) > 0
    for case, given, suggested, margin, votes in zip(
        agreed.cases, agreed.given, agreed.suggested, agreed.margin, agreed.models, strict=True
    ):
        assert given == truth[case]
        assert (suggested, votes) == (expected[case][0], expected[case][2])
        assert margin == pytest.approx(expected[case][1], abs=1e-12)
    key = list(zip(-agreed.models, -agreed.margin, strict=True))
    assert key == sorted(key)


def test_all_are_among_each_and_each_among_any() -> None:
    _, found = models(3)
    every = set(agreed_suspects(found, by="all").cases.tolist())
    either = set(agreed_suspects(found, by="any").cases.tolist())
    for each in found:
        assert every <= set(each.cases.tolist()) <= either


def test_one_model_agrees_with_itself() -> None:
    _, (found,) = models(1)
    agreed = agreed_suspects([found], by="all")
    assert agreed.cases.tolist() == found.cases.tolist()
    assert agreed.suggested.tolist() == found.suggested.tolist()
    wrong = RNG.random(300) < 0.3
    assert agreed.share_of(wrong) == found.share_of(wrong)
    assert math.isnan(agreed.share_of(np.zeros(300, dtype=bool)))


def test_nothing_is_suspect() -> None:
    nothing = suspect_labels([0, 1], [[1.0, 0.0], [0.0, 1.0]])
    assert len(agreed_suspects([nothing, nothing], by="any")) == 0


def test_what_is_refused() -> None:
    with pytest.raises(InputError, match="at least one model"):
        agreed_suspects([], by="any")
    _, found = models(1)
    with pytest.raises(InputError, match="by must be any or all, got most"):
        agreed_suspects(found, by="most")  # type: ignore[arg-type]
