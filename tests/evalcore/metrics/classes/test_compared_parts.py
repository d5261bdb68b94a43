"""Models over several classes or labels: values as the Classes page has them, errors as resampling has them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score

import evalcore as ec
from evalcore.metrics.classes import compared_parts
from evalcore.metrics.classes.compared_parts import compare_parts
from evalcore.predictions.classes import ClassModel, ClassPredictions
from evalcore.predictions.labels import LabelModel, LabelPredictions

RANDOM = np.random.default_rng(12)
N, K = 600, 4


def squashed(values: Any) -> Any:
    return 1 / (1 + np.exp(-values))


def classes(weights: Any = None) -> ClassPredictions:
    truth = RANDOM.choice(K, N, p=(0.4, 0.3, 0.2, 0.1))
    models = []
    for name, sharp in (("first", 1.0), ("second", 1.6)):
        given = np.exp(RANDOM.normal(size=(N, K)) + sharp * np.eye(K)[truth])
        given /= given.sum(axis=1, keepdims=True)
        models.append(ClassModel(name, given.argmax(axis=1), given, "probability"))
    return ClassPredictions(
        truth, tuple("abcd"), tuple(models), pd.DataFrame(index=range(N)), np.arange(N), weights
    )


def labels(known: Any = None) -> LabelPredictions:
    truth = (RANDOM.random((N, K)) < 0.3).astype(np.uint8)
    models = tuple(
        LabelModel(
            name, squashed(RANDOM.normal(size=(N, K)) + sharp * truth - 1), "probability", np.full(K, 0.5)
        )
        for name, sharp in (("first", 1.0), ("second", 2.0))
    )
    if known is not None:
        truth = truth * known
    return LabelPredictions(
        truth, tuple("abcd"), models, pd.DataFrame(index=range(N)), np.arange(N), known=known
    )


@pytest.mark.parametrize("weighted", [False, True])
def test_values_of_classes_are_scikit_learns(weighted: bool) -> None:
    weight = RANDOM.integers(1, 4, N).astype(float) if weighted else None
    three = classes(weight)
    for model, found in zip(three.models, compare_parts(three).models, strict=True):
        told: Any = {"sample_weight": weight, "average": "macro"}
        assert found.figures["macro_f1"].value == pytest.approx(f1_score(three.truth, model.labels, **told))
        assert found.figures["macro_recall"].value == pytest.approx(
            recall_score(three.truth, model.labels, **told)
        )
        precision = precision_score(three.truth, model.labels, **told)
        assert found.figures["macro_precision"].value == pytest.approx(precision)
        share = np.average(three.truth == model.labels, weights=weight)
        assert found.figures["all_right"].value == pytest.approx(share)
        areas = [
            roc_auc_score(three.truth == place, model.probabilities[:, place], sample_weight=weight)  # type: ignore[index]
            for place in range(K)
        ]
        assert found.figures["macro_roc_auc"].value == pytest.approx(np.mean(areas))
        assert found.parts["c"]["roc_auc"].value == pytest.approx(areas[2])
        each = f1_score(three.truth, model.labels, sample_weight=weight, average=None)
        assert [found.parts[part]["f1"].value for part in "abcd"] == pytest.approx(each.tolist())


def test_values_of_labels_are_scikit_learns_also_where_a_truth_is_missing() -> None:
    two = labels()
    for model, found in zip(two.models, compare_parts(two).models, strict=True):
        called = model.scores >= 0.5
        assert found.figures["micro_f1"].value == pytest.approx(f1_score(two.truth, called, average="micro"))
        assert found.figures["macro_f1"].value == pytest.approx(f1_score(two.truth, called, average="macro"))
        assert found.figures["all_right"].value == pytest.approx((two.truth == called).all(axis=1).mean())
    known = RANDOM.random((N, K)) < 0.8
    gaps = labels(known)
    found = compare_parts(gaps).models[1]
    there = known[:, 2]
    called = gaps.models[1].scores[there, 2] >= 0.5
    assert found.parts["c"]["recall"].value == pytest.approx(recall_score(gaps.truth[there, 2], called))
    area = roc_auc_score(gaps.truth[there, 2], gaps.models[1].scores[there, 2])
    assert found.parts["c"]["roc_auc"].value == pytest.approx(area)


@pytest.mark.parametrize("make", [classes, labels])
def test_standard_errors_of_differences_are_the_bootstraps(make: Any) -> None:
    predictions = make()
    found = compare_parts(predictions).models[1]
    drawn = [compare_parts(predictions.taking(RANDOM.integers(0, N, N))).models[1] for _ in range(250)]
    for metric in ("all_right", "macro_f1", "macro_precision", "macro_roc_auc"):
        own = (found.figures[metric].change_high - found.figures[metric].change_low) / 2 / 1.96
        spread = np.std([each.figures[metric].change for each in drawn])
        assert own == pytest.approx(spread, rel=0.16), metric
    own = (found.parts["b"]["f1"].change_high - found.parts["b"]["f1"].change_low) / 2 / 1.96
    assert own == pytest.approx(np.std([each.parts["b"]["f1"].change for each in drawn]), rel=0.16)


def test_clusters_of_one_case_change_next_to_nothing_and_twins_widen() -> None:
    three = classes()
    plain = compare_parts(three).models[1].figures["macro_f1"]
    single = compare_parts(three, clusters=np.arange(N)).models[1].figures["macro_f1"]
    assert single.change_high == pytest.approx(plain.change_high, rel=1e-2)
    twice = three.taking(np.repeat(np.arange(N), 2))
    twins = compare_parts(twice, clusters=np.repeat(np.arange(N), 2)).models[1].figures["macro_f1"]
    assert twins.change_high == pytest.approx(plain.change_high, rel=1e-2)


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compared_parts, "_MOST_CELLS", 100)
    with pytest.raises(ec.InputError, match="too many cases"):
        compare_parts(classes())
