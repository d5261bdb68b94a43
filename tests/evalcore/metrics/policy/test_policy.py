"""Deciding among several classes, or not at all: against slow and obvious second implementations."""

from __future__ import annotations

import math
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from sklearn import metrics

from evalcore.errors import InputError
from evalcore.metrics.policy.decisions import (
    ABSTAINED,
    decide_by_cost,
    decide_by_score,
    decide_by_thresholds,
    judge,
)
from evalcore.metrics.policy.risk_coverage import find_minimum_certainty, risk_coverage
from evalcore.metrics.policy.rule import Rule, decide
from evalcore.predictions.classes import ClassModel

CLASSES = ("a", "b", "c", "d")


def cases(seed: int, many: int = 60, *, digits: int = 2, dtype: Any = np.float64) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    truth = random.integers(0, 4, many)
    scores = np.exp(random.normal(size=(many, 4)) + 1.2 * np.eye(4)[truth])
    p = (scores / scores.sum(axis=1, keepdims=True)).round(digits).astype(dtype)
    return {"truth": truth, "p": p, "weight": random.uniform(0.1, 2, many)}


def test_rules_one_case_at_a_time() -> None:
    made = cases(1)
    thresholds = np.array([0.5, 0.3, 0.6, 0.2])
    costs = np.array([[0, 1, 2, 5], [1, 0, 1, 1], [9, 1, 0, 1], [1, 3, 1, 0]])
    by_score, by_threshold, by_cost = (
        decide_by_score(made["p"]),
        decide_by_thresholds(made["p"], thresholds),
        decide_by_cost(made["p"], costs),
    )
    for i, row in enumerate(made["p"]):
        assert by_score.labels[i] == max(range(4), key=lambda k: (row[k], -k))
        passing = [k for k in range(4) if row[k] >= thresholds[k]]
        assert by_threshold.labels[i] == (max(passing, key=lambda k: (row[k], -k)) if passing else ABSTAINED)
        expected = [sum(row[i] * costs[i, j] for i in range(4)) for j in range(4)]
        assert expected[by_cost.labels[i]] == pytest.approx(min(expected))
        for decided in (by_score, by_cost):
            k = decided.labels[i]
            assert decided.confidence[i] == row[k]
            assert decided.margin[i] == pytest.approx(row[k] - max(np.delete(row, k)))


def test_equal_costs_decide_as_the_arg_max() -> None:
    made = cases(2, digits=9)
    labels = decide_by_cost(made["p"], 1 - np.eye(4)).labels
    assert labels.tolist() == made["p"].argmax(axis=1).tolist()


@pytest.mark.parametrize("kind", ["confidence", "margin"])
def test_abstaining(kind: Any) -> None:
    made = cases(3)
    decided = decide_by_score(made["p"]).at_least(0.4, kind=kind)
    best = np.sort(made["p"], axis=1)
    sure = best[:, -1] if kind == "confidence" else best[:, -1] - best[:, -2]
    covered = sure >= 0.4
    assert (decided.labels != ABSTAINED).tolist() == covered.tolist()
    result = judge(made["truth"], decided, classes=CLASSES, costs=1 - np.eye(4), abstention_cost=0.3)
    called = made["p"].argmax(axis=1)
    right = called == made["truth"]
    assert result.coverage == pytest.approx(covered.mean())
    assert result.accuracy == pytest.approx(right[covered].mean())
    assert result.abstained.tolist() == np.bincount(made["truth"][~covered], minlength=4).tolist()
    assert result.cost == pytest.approx(((~right)[covered].sum() + 0.3 * (~covered).sum()) / len(right))
    assert math.isnan(judge(made["truth"], decided, classes=CLASSES).cost)


def test_nothing_decided_is_undefined_not_0() -> None:
    made = cases(4)
    result = judge(made["truth"], decide_by_score(made["p"]).at_least(2), classes=CLASSES)
    assert result.coverage == 0
    assert math.isnan(result.accuracy)


@given(st.integers(0, 10_000), st.booleans(), st.sampled_from(["confidence", "margin"]), st.booleans())
@settings(max_examples=25)
def test_curve_is_what_each_certainty_yields(seed: int, weighted: bool, kind: Any, partly: bool) -> None:
    made = cases(seed, 40)
    weight = made["weight"] if weighted else None
    costs = np.arange(16).reshape(4, 4) * (1 - np.eye(4))
    decided = decide_by_thresholds(made["p"], [0.3] * 4) if partly else decide_by_score(made["p"])
    curve = risk_coverage(made["truth"], decided, kind=kind, weight=weight, costs=costs, abstention_cost=2.0)
    assert (np.diff(curve.certainty) < 0).all()
    for i in range(0, len(curve.certainty), 5):
        some = decided.at_least(float(curve.certainty[i]), kind=kind)
        result = judge(made["truth"], some, classes=CLASSES, weight=weight, costs=costs, abstention_cost=2.0)
        assert curve.coverage[i] == pytest.approx(result.coverage)
        assert curve.risk[i] == pytest.approx(1 - result.accuracy)
        assert curve.cost[i] == pytest.approx(result.cost)
        kept = some.labels != ABSTAINED
        touched = np.union1d(
            made["truth"][decided.labels != ABSTAINED], decided.labels[decided.labels != ABSTAINED]
        )
        theirs = metrics.f1_score(
            made["truth"][kept],
            some.labels[kept],
            labels=touched,
            average="macro",
            zero_division=0,
            sample_weight=None if weight is None else weight[kept],
        )
        assert curve.f1_macro[i] == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_solved_certainty_is_the_best_of_all_and_yields_what_it_says(dtype: Any) -> None:
    made = cases(6, 300, digits=7, dtype=dtype)
    decided = decide_by_score(made["p"])
    curve = risk_coverage(made["truth"], decided)
    for goal in ("f1_macro", "risk", "cost"):
        point = find_minimum_certainty(curve, goal, coverage=0.6)  # type: ignore[arg-type]
        assert point is not None
        result = judge(made["truth"], decided.at_least(point.certainty), classes=CLASSES)
        assert result.coverage == pytest.approx(point.coverage)
        assert 1 - result.accuracy == pytest.approx(point.risk)
        assert point.coverage >= 0.6
        values = getattr(curve, goal)[curve.coverage >= 0.6]
        best = values.max() if goal == "f1_macro" else values.min()
        assert getattr(point, goal) == pytest.approx(best)
    assert find_minimum_certainty(curve, "risk", coverage=1.1) is None
    # Undecided cases cost as much as wrong ones: nothing is won by abstaining.
    dear = risk_coverage(made["truth"], decided, abstention_cost=1.0)
    point = find_minimum_certainty(dear, "cost")
    assert point is not None
    assert point.coverage == 1


def test_area_falls_when_certainty_ranks_the_mistakes_last() -> None:
    decided = decide_by_score(np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4]]))
    good, bad = risk_coverage([0, 0, 0, 1], decided), risk_coverage([1, 0, 0, 0], decided)
    assert good.area < bad.area


def test_rules_as_values() -> None:
    made = cases(7)
    model = ClassModel("m", made["p"].argmax(axis=1), made["p"], "probability")
    assert decide(model, Rule()).labels.tolist() == model.labels.tolist()
    told = ClassModel("m", model.labels, None, "hard_label", confidence=made["p"].max(axis=1))
    assert (
        decide(told, Rule()).at_least(0.5).labels.tolist()
        == decide(model, Rule()).at_least(0.5).labels.tolist()
    )
    assert hash(Rule(thresholds=(0.1, 0.2))) == hash(Rule(thresholds=(0.1, 0.2)))


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda: decide_by_thresholds(np.eye(3), [0.5]), "one number for each of 3 classes"),
        (lambda: decide_by_thresholds(np.eye(2), [0.5, math.nan]), "one number for each"),
        (lambda: decide_by_cost(np.eye(3), np.eye(2)), "3 x 3 finite numbers"),
        (lambda: decide_by_score([0.2, 0.8]), "two or more classes"),
        (lambda: decide_by_score(np.eye(2)).at_least(math.nan), "least must be a number"),
        (lambda: decide_by_score(np.eye(2)).certainty("hope"), "certainty must be one of"),  # type: ignore[arg-type]
        (lambda: judge([0], decide_by_score(np.eye(2)), classes=("a", "b")), "same length"),
        (lambda: risk_coverage([0, 1], decide_by_score(np.eye(2)).at_least(2)), "at least one case"),
        (lambda: Rule(thresholds=(0.5,), costs=((0.0,),)), "by thresholds or by costs"),
        (
            lambda: decide(ClassModel("m", np.array([0]), None, "hard_label"), Rule()),
            "no score for every class",
        ),
        (
            lambda: decide(
                ClassModel("m", np.array([0]), np.eye(2)[:1], "decision"),
                Rule(costs=((0.0, 1.0), (1.0, 0.0))),
            ),
            "need probabilities",
        ),
    ],
)
def test_refusals(act: Any, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        act()
