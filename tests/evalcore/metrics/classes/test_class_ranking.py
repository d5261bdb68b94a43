"""Areas with intervals, micro areas and top k: against scikit-learn, and against many draws."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from evalcore.metrics.classes.ranking import areas_against_rest, areas_of, micro_areas, top_k_accuracies
from evalcore.metrics.summaries.class_summary import class_figures
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.classes import ClassModel, ClassPredictions

rng = np.random.default_rng(21)
TRUTH = rng.choice(6, 500, p=[0.3, 0.25, 0.2, 0.1, 0.1, 0.05])
RAW = np.exp(rng.normal(size=(500, 6)) + 1.2 * np.eye(6)[TRUTH])
P = RAW / RAW.sum(axis=1, keepdims=True)
WEIGHT = rng.random(500) + 0.1


@pytest.mark.parametrize("weight", [None, WEIGHT])
def test_micro_areas_are_scikit_learns(weight: np.ndarray | None) -> None:
    own = np.eye(6, dtype=int)[TRUTH]
    found = micro_areas(own, P, weight=weight)
    asked = {"average": "micro", "sample_weight": weight}
    assert found["roc_auc"] == pytest.approx(metrics.roc_auc_score(own, P, **asked))
    assert found["average_precision"] == pytest.approx(metrics.average_precision_score(own, P, **asked))


def test_micro_areas_of_what_is_known() -> None:
    own, known = np.eye(6, dtype=int)[TRUTH], rng.random((500, 6)) < 0.7
    found = micro_areas(own, P, weight=WEIGHT, known=known)
    weight = np.repeat(WEIGHT[:, None], 6, axis=1)[known]
    assert found["roc_auc"] == pytest.approx(
        metrics.roc_auc_score(own[known], P[known], sample_weight=weight)
    )


@pytest.mark.parametrize("weight", [None, WEIGHT])
def test_top_k_is_scikit_learns(weight: np.ndarray | None) -> None:
    found = top_k_accuracies(TRUTH, P, (1, 2, 3, 5), weight=weight)
    for k, mine in found.items():
        assert mine == pytest.approx(metrics.top_k_accuracy_score(TRUTH, P, k=k, sample_weight=weight))


def test_limits_go_around_the_areas() -> None:
    found = areas_against_rest(TRUTH, P)
    for name in ("roc_auc", "average_precision"):
        values, limits = getattr(found, name), found.limits[name]
        assert (limits.low < values).all()
        assert (values < limits.high).all()
        assert (limits.high <= 1).all()
    third = delong(ThresholdSweep.from_scores(TRUTH == 2, P[:, 2]))
    assert (found.limits["roc_auc"].low[2], found.limits["roc_auc"].high[2]) == (third.low, third.high)


def test_weights_that_are_all_alike_change_no_limit() -> None:
    plain, weighed = areas_against_rest(TRUTH, P), areas_against_rest(TRUTH, P, weight=np.full(500, 7.0))
    for name in ("roc_auc", "average_precision"):
        np.testing.assert_allclose(plain.limits[name].low, weighed.limits[name].low, rtol=1e-9)


def test_a_class_without_cases_has_no_area() -> None:
    found = areas_of([None])
    assert math.isnan(found.roc_auc[0])
    assert math.isnan(found.limits["average_precision"].low[0])


@pytest.mark.parametrize(("positives", "negatives", "apart"), [(40, 400, 1.5), (100, 300, 3.0)])
def test_the_interval_of_average_precision_covers(positives: int, negatives: int, apart: float) -> None:
    """At least 95 in 100 draws, less what 300 draws leave to luck."""
    draws = np.random.default_rng(1)

    def drawn(times: int) -> ThresholdSweep:
        truth = np.repeat([1, 0], [positives * times, negatives * times])
        return ThresholdSweep.from_scores(truth, draws.normal(size=len(truth)) + apart * truth)

    actual = drawn(1000).average_precision
    limits = areas_of([drawn(1) for _ in range(300)]).limits["average_precision"]
    assert ((limits.low <= actual) & (actual <= limits.high)).mean() >= 0.92


def test_every_figure_of_the_summary_is_scikit_learns() -> None:
    called = P.argmax(axis=1)
    predictions = ClassPredictions(
        TRUTH, tuple("abcdef"), (ClassModel("m", called, P, "probability"),), pd.DataFrame(), np.arange(500)
    )
    own = np.eye(6, dtype=int)[TRUTH]
    expected = {
        "accuracy": metrics.accuracy_score(TRUTH, called),
        "balanced_accuracy": metrics.balanced_accuracy_score(TRUTH, called),
        "f1_macro": metrics.f1_score(TRUTH, called, average="macro"),
        "f1_weighted": metrics.f1_score(TRUTH, called, average="weighted"),
        "matthews_corrcoef": metrics.matthews_corrcoef(TRUTH, called),
        "cohen_kappa": metrics.cohen_kappa_score(TRUTH, called),
        "f0.5_macro": metrics.fbeta_score(TRUTH, called, beta=0.5, average="macro"),
        "f2_macro": metrics.fbeta_score(TRUTH, called, beta=2, average="macro"),
        "log_loss": metrics.log_loss(TRUTH, P),
        "brier_score": metrics.brier_score_loss(TRUTH, P, labels=range(6)),
        **{
            f"roc_auc_{kind}_{how}": metrics.roc_auc_score(TRUTH, P, multi_class=kind, average=how)
            for kind in ("ovr", "ovo")
            for how in ("macro", "weighted")
        },
        "roc_auc_ovr_micro": metrics.roc_auc_score(TRUTH, P, multi_class="ovr", average="micro"),
        **{
            f"average_precision_{how}": metrics.average_precision_score(own, P, average=how)
            for how in ("macro", "weighted", "micro")
        },
        **{f"top_{k}_accuracy": metrics.top_k_accuracy_score(TRUTH, P, k=k) for k in (2, 3, 5)},
    }
    found = {each.name: each.value for each in class_figures(predictions, "m").summary}
    assert found == pytest.approx(expected)
