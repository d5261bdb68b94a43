"""The steps of the least certainty: at each the matrix is that of `judge`."""

from __future__ import annotations

import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from evalcore.errors import InputError
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.policy.decisions import Decisions, decide_by_score, decide_by_thresholds, judge
from evalcore.metrics.policy.steps import policy_steps, threshold_steps, whole_step

CLASSES = ("a", "b", "c")


def made(seed: int, many: int, digits: int, dtype: type) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.integers(0, 3, many), random.random((many, 3)).round(digits).astype(dtype)


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10**6),
    many=st.integers(1, 80),
    digits=st.integers(1, 6),
    kind=st.sampled_from(["confidence", "margin"]),
    dtype=st.sampled_from([np.float32, np.float64]),
    weighted=st.booleans(),
    most=st.sampled_from([2, 7, 2048]),
    rule=st.sampled_from(["arg_max", "thresholds"]),
)
def test_every_step_is_what_judge_counts(
    seed: int, many: int, digits: int, kind: str, dtype: type, weighted: bool, most: int, rule: str
) -> None:
    truth, scores = made(seed, many, digits, dtype)
    weight = np.random.default_rng(seed).random(many) if weighted else None
    decided = decide_by_score(scores) if rule == "arg_max" else decide_by_thresholds(scores, [0.3, 0.0, 0.5])
    steps = policy_steps(truth, decided, classes=3, kind=kind, weight=weight, most=most)  # type: ignore[arg-type]
    distinct = np.unique(decided.certainty(kind)[decided.labels >= 0])[::-1]  # type: ignore[arg-type]
    assert len(steps) <= most
    assert steps.certainty[-1] == distinct[-1]
    assert set(steps.certainty) <= set(distinct)
    for step, least in enumerate(steps.certainty):
        low, high = float(steps.below[step]), float(least)
        inside = high if not math.isfinite(low) else low + 0.999 * (high - low)
        # The lower end itself is open: it decides the cases of the next certainty too.
        for value in {high, inside if dtype(inside) > dtype(low) else high}:
            result = judge(
                truth, decided.at_least(value, kind=kind), classes=CLASSES, weight=weight  # type: ignore[arg-type]
            )  # fmt: skip
            assert steps.counts(step) == pytest.approx(result.confusion.counts, abs=1e-12)
            assert steps.support - steps.counts(step).sum(axis=1) == pytest.approx(
                result.abstained, abs=1e-12
            )
    if not weighted:
        assert steps.mass.dtype.kind == "i"


def test_a_least_certainty_that_is_asked_for_has_its_step() -> None:
    truth, scores = made(3, 5000, 8, np.float64)
    decided = decide_by_score(scores)
    for least in (0.987654, 0.5000001, 0.1, 3.0):
        steps = policy_steps(truth, decided, classes=3, include=(least,), most=20)
        inside = (steps.below < least) & (least <= steps.certainty)
        if least > 1:
            assert not inside.any()  # nothing is so sure: the step before the first one
            continue
        assert inside.sum() == 1
        at = int(np.flatnonzero(inside)[0])
        assert (
            steps.counts(at).tolist()
            == judge(truth, decided.at_least(least), classes=CLASSES).confusion.counts.tolist()
        )


def test_steps_stand_at_even_shares_of_the_cases() -> None:
    truth, scores = made(4, 4000, 9, np.float64)
    steps = policy_steps(truth, decide_by_score(scores), classes=3, most=101)
    decided = [steps.counts(step).sum() / 4000 for step in range(len(steps))]
    assert decided == pytest.approx(np.linspace(0, 1, 101), abs=0.001)


def test_decisions_as_sure_as_can_be() -> None:
    sure = np.array([math.inf, 0.5, math.inf])
    steps = policy_steps([0, 1, 1], Decisions(np.array([0, 0, 1]), sure, sure), classes=2)
    assert steps.certainty.tolist() == [math.inf, 0.5]
    assert steps.counts(0).tolist() == [[1, 0], [0, 1]]


def test_nothing_decided_is_refused() -> None:
    with pytest.raises(InputError, match="at least one case"):
        policy_steps([0], decide_by_thresholds([[0.1, 0.2]], [0.5, 0.5]), classes=2)
    with pytest.raises(InputError, match="most must be at least 2"):
        policy_steps([0], decide_by_score([[0.1, 0.2]]), classes=2, most=1)


def test_a_matrix_that_does_not_move() -> None:
    counts = np.array([[4, 0, 1], [0, 0, 0], [2, 0, 9]])
    steps = whole_step(ClassConfusion(counts, CLASSES, 16))
    assert steps.counts(0).tolist() == counts.tolist()
    assert steps.counts(-1).sum() == 0
    assert steps.support.tolist() == [5, 0, 11]


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10**6),
    many=st.integers(1, 80),
    digits=st.integers(1, 6),
    dtype=st.sampled_from([np.float32, np.float64]),
    weighted=st.booleans(),
    most=st.sampled_from([2, 7, 2048]),
    place=st.integers(0, 2),
    least=st.sampled_from([-math.inf, 0.4, 0.05]),
    kind=st.sampled_from(["confidence", "margin"]),
)
def test_every_threshold_of_a_class_is_what_judge_counts(
    seed: int,
    many: int,
    digits: int,
    dtype: type,
    weighted: bool,
    most: int,
    place: int,
    least: float,
    kind: str,
) -> None:
    truth, scores = made(seed, many, digits, dtype)
    weight = np.random.default_rng(seed).random(many) if weighted else None
    thresholds = np.array([0.3, 0.0, 0.6])
    others = thresholds.copy()
    others[place] = -math.inf
    if not (decide_by_thresholds(scores, others).labels == place).any():
        with pytest.raises(InputError, match="in no case the best"):
            threshold_steps(truth, scores, thresholds, place)
        return
    steps = threshold_steps(
        truth, scores, thresholds, place, least=least, kind=kind, weight=weight, most=most  # type: ignore[arg-type]
    )  # fmt: skip
    assert len(steps) <= most
    limits = [(-1, math.inf), *enumerate(steps.certainty.tolist()), (len(steps) - 1, -math.inf)]
    for step, limit in limits:
        thresholds[place] = limit
        decided = decide_by_thresholds(scores, thresholds).at_least(least, kind=kind)  # type: ignore[arg-type]
        result = judge(truth, decided, classes=CLASSES, weight=weight)
        assert steps.counts(step) == pytest.approx(result.confusion.counts, abs=1e-12)
    assert steps.reach is not None
    assert steps.reach[-1] == 1


def test_a_threshold_that_is_asked_for_has_its_step() -> None:
    truth, scores = made(5, 5000, 8, np.float64)
    steps = threshold_steps(truth, scores, [0.0] * 3, 1, include=(0.654321,), most=20)
    at = int(np.flatnonzero((steps.below < 0.654321) & (steps.certainty >= 0.654321))[0])
    decided = decide_by_thresholds(scores, [0.0, 0.654321, 0.0])
    assert steps.counts(at).tolist() == judge(truth, decided, classes=CLASSES).confusion.counts.tolist()
