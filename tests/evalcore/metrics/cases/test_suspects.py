"""Suspect labels against a slow second implementation of the paper's rule, and with labels that were spoiled."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import balanced_accuracy_score, f1_score

from evalcore.errors import InputError
from evalcore.metrics.cases.left_out import figures_without
from evalcore.metrics.cases.ranking import CaseRanking
from evalcore.metrics.cases.suspects import probabilities_of, suspect_labels
from evalcore.predictions.binary import BinaryPredictions, ModelScores
from evalcore.predictions.classes import ClassModel, ClassPredictions


def by_the_paper(labels: list[int], said: np.ndarray) -> dict[int, tuple[int, int]]:
    """Equation 1 of Northcutt, Jiang and Chuang (2021), written out case by case."""
    classes = said.shape[1]
    means = {
        j: np.mean([said[i, j] for i in range(len(labels)) if labels[i] == j])
        for j in range(classes)
        if j in labels
    }
    found = {}
    for i, given_label in enumerate(labels):
        sure = [j for j in means if said[i, j] >= means[j] - 1e-12]
        if sure:
            best = max(sure, key=lambda j: said[i, j])
            if best != given_label:
                found[i] = (given_label, best)
    return found


def probabilities(rng: np.random.Generator, labels: np.ndarray, classes: int, *, skill: float) -> np.ndarray:
    said = rng.random((len(labels), classes)) + skill * np.eye(classes)[labels]
    return said / said.sum(axis=1, keepdims=True)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(1, 40))
def test_the_rule_of_the_paper(seed: int, classes: int, rows: int) -> None:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, rows)
    said = probabilities(rng, labels, classes, skill=1)
    found = suspect_labels(labels, said)
    expected = by_the_paper(labels.tolist(), said)
    pairs = zip(found.given.tolist(), found.suggested.tolist(), strict=True)
    assert dict(zip(found.cases.tolist(), pairs, strict=True)) == expected
    assert (np.diff(found.margin) <= 0).all()
    assert found.joint.sum() - np.trace(found.joint) == len(found)


def test_spoiled_labels_are_found() -> None:
    rng = np.random.default_rng(0)
    true = rng.integers(0, 4, 2000)
    said = probabilities(rng, true, 4, skill=6)
    spoiled = rng.choice(2000, 100, replace=False)
    given_labels = true.copy()
    given_labels[spoiled] = (true[spoiled] + 1) % 4
    found = suspect_labels(given_labels, said)
    hits = set(found.cases) & set(spoiled)
    assert len(hits) >= 50
    assert len(hits) / len(found) >= 0.95
    assert all(
        true[case] == label for case, label in zip(found.cases, found.suggested, strict=True) if case in hits
    )
    wrong = said.argmax(axis=1) != given_labels
    assert found.share_of(wrong) == pytest.approx(wrong[found.cases].sum() / wrong.sum())


def test_order_of_rows_does_not_matter() -> None:
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 3, 300)
    said = probabilities(rng, labels, 3, skill=0.5)
    order = rng.permutation(300)
    assert set(order[suspect_labels(labels[order], said[order]).cases]) == set(
        suspect_labels(labels, said).cases
    )


def test_no_error_has_no_share() -> None:
    assert np.isnan(suspect_labels([0, 1], [[1, 0], [0, 1]]).share_of([False, False]))


@pytest.mark.parametrize(
    ("labels", "shape"), [([0, 1], (3, 2)), ([0, 2], (2, 2)), ([-1, 0], (2, 2)), ([0], (1,))]
)
def test_what_does_not_fit_is_refused(labels: list[int], shape: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match=r"must"):
        suspect_labels(labels, np.full(shape, 0.5))


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("probability", [0.25, 1.0], [0.25, 1.0]),
        ("percent", [25.0, 100.0], [0.25, 1.0]),
        ("logit", [0.0, np.inf], [0.5, 1.0]),
        ("log_probability", [-np.inf, 0.0], [0.0, 1.0]),
        ("decision", [-1.0, 2.0], None),
        ("probability", [-1.0, 2.0], None),
    ],
)
def test_scores_of_each_kind(kind: str, values: list[float], expected: list[float] | None) -> None:
    model = ModelScores("m", np.array(values), kind, 0.5, "")  # type: ignore[arg-type]
    two = BinaryPredictions(
        np.array([0, 1], dtype=np.uint8), (model,), "yes", "no", pd.DataFrame(), np.arange(2)
    )
    said = probabilities_of(two, "m")
    assert (None if said is None else said[:, 1].tolist()) == expected


def test_hard_labels_have_no_probabilities() -> None:
    model = ClassModel("m", np.array([0, 1]), None, "hard_label")
    classes = ClassPredictions(np.array([0, 1]), ("a", "b"), (model,), pd.DataFrame(), np.arange(2))
    assert probabilities_of(classes, "m") is None


@pytest.mark.parametrize("weighted", [False, True])
def test_figures_without_are_scikit_learns(weighted: bool) -> None:
    rng = np.random.default_rng(2)
    actual, called = rng.integers(0, 4, 500), rng.integers(0, 4, 500)
    weights = rng.random(500) if weighted else None
    left_out = rng.choice(500, 60, replace=False)
    ranking = CaseRanking(actual, called, tuple("abcd"), np.zeros(500), np.ones(500))
    found = figures_without(ranking, left_out, weights=weights)
    for figures, rows in (
        (found.everything, np.arange(500)),
        (found.without, np.delete(np.arange(500), left_out)),
    ):
        weight = None if weights is None else weights[rows]
        macro = f1_score(actual[rows], called[rows], average="macro", sample_weight=weight)
        assert figures["macro_f1"] == pytest.approx(macro)
        balanced = balanced_accuracy_score(actual[rows], called[rows], sample_weight=weight)
        assert figures["balanced_accuracy"] == pytest.approx(balanced)
