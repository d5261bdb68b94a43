"""Comparisons: figures are scikit-learn's, intervals cover, tests keep their size, baselines are lazy."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest
from sklearn import metrics
from sklearn.dummy import DummyClassifier

import evalcore as ec
from evalcore.metrics.comparing.changes import changes_between
from evalcore.metrics.comparing.comparison import Comparison
from evalcore.metrics.comparing.footing import FOOTINGS, threshold_on_footing
from evalcore.metrics.comparing.influence import deviation
from evalcore.metrics.comparing.joint_outcomes import JointOutcomes
from evalcore.metrics.comparing.model_areas import model_areas
from evalcore.metrics.comparing.paired import holm
from evalcore.metrics.sweep.delong import delong
from tests.evalcore.metrics.comparing import case_by_case

MODELS = ("forest", "linear", "coin")


def table(n: int = 400, seed: int = 0, positives: float = 0.3) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    truth = (random.random(n) < positives).astype(int)
    shared = random.normal(size=n)
    signal = {"forest": 1.6, "linear": 1.2, "coin": 0.0}
    scores = {
        f"{name}_prob": 1 / (1 + np.exp(-(shared + 0.7 * random.normal(size=n) + lift * truth - 1)))
        for name, lift in signal.items()
    }
    return pd.DataFrame({"truth": truth, **scores})


def opened(rows: pd.DataFrame, **more: Any) -> ec.Evaluation:
    scores = [name for name in rows.columns if name.endswith("_prob")]
    return ec.open_predictions(rows, truth="truth", score=scores, positive="1", **more)


def compared(rows: pd.DataFrame, **more: Any) -> Comparison:
    return ec.compare(opened(rows).predictions, **more)


def names(rows: pd.DataFrame) -> list[str]:
    return [each.name for each in opened(rows).predictions.models]


def test_figures_are_scikit_learns() -> None:
    rows = table()
    found = compared(rows)
    for name, column in zip(names(rows), rows.columns[1:], strict=True):
        said, called = rows[column], rows[column] >= 0.5
        figures = {key: each.value for key, each in found.model(name).figures.items()}
        truth = rows["truth"]
        assert figures["roc_auc"] == pytest.approx(metrics.roc_auc_score(truth, said))
        assert figures["average_precision"] == pytest.approx(metrics.average_precision_score(truth, said))
        assert figures["brier_score"] == pytest.approx(metrics.brier_score_loss(truth, said))
        assert figures["log_loss"] == pytest.approx(metrics.log_loss(truth, said))
        assert figures["f1"] == pytest.approx(metrics.f1_score(truth, called))
        assert figures["matthews_corrcoef"] == pytest.approx(metrics.matthews_corrcoef(truth, called))


def test_a_models_own_intervals_are_the_explorers() -> None:
    rows = table().assign(weight=np.random.default_rng(1).integers(1, 4, 400))
    for more in ({}, {"weight": "weight"}):
        predictions = opened(rows, **more).predictions
        for model in ec.compare(predictions, dict.fromkeys(names(rows), 0.4)).models[:3]:
            sweep = ec.ThresholdSweep.from_scores(
                predictions.truth, predictions.model(model.name).values, weight=predictions.weights
            )
            area = delong(sweep)
            assert (model.figures["roc_auc"].low, model.figures["roc_auc"].high) == (area.low, area.high)
            assert model.confusion == sweep.at(0.4)
            for metric in ("recall", "precision", "f1", "matthews_corrcoef"):
                interval = sweep.interval(sweep.at(0.4), metric)
                assert model.figures[metric].low == interval.low
                assert model.figures[metric].high == interval.high
            said = predictions.model(model.name).values
            judged = ec.calibration(predictions.truth, said, weights=predictions.weights)
            assert model.figures["brier_score"].low == pytest.approx(judged.brier_interval.low)
            assert model.figures["log_loss"].high == pytest.approx(judged.log_loss_interval.high)


def test_areas_that_are_known_give_the_same_comparison() -> None:
    predictions = opened(table()).predictions
    areas = {each.name: model_areas(predictions, each.name) for each in predictions.models}
    patients = np.arange(400) // 2
    for clusters in (None, patients):
        known, found = (ec.compare(predictions, clusters=clusters, areas=each) for each in (areas, None))
        assert [each.figures for each in known.models] == [each.figures for each in found.models]


def test_clusters_in_eight_counts_are_clusters_case_by_case() -> None:
    random = np.random.default_rng(8)
    truth, first, second = (random.integers(0, 2, 300) == 1 for _ in range(3))
    weight, patients = random.integers(1, 4, 300).astype(float), random.integers(0, 70, 300)
    for clusters in (None, patients):
        joint = JointOutcomes.of(truth, first, second, weight, clusters)
        for metric in ("recall", "precision", "f1", "balanced_accuracy", "matthews_corrcoef"):
            one, two = (case_by_case.rate(metric, truth, each, weight) for each in (first, second))
            assert joint.error(metric) == pytest.approx(deviation(two.cases, clusters))
            assert joint.apart(metric) == pytest.approx(deviation(two.cases - one.cases, clusters))


def test_lazy_baselines_are_scikit_learns() -> None:
    rows = table()
    found = compared(rows)
    blind = np.zeros((len(rows), 1))
    lazy = {"Most frequent class": "most_frequent", "Prior probability": "prior"}
    for name, strategy in lazy.items():
        dummy = DummyClassifier(strategy=strategy).fit(blind, rows["truth"])
        model = found.model(name)
        assert model.lazy
        assert model.confusion.accuracy == metrics.accuracy_score(rows["truth"], dummy.predict(blind))
        if strategy == "prior":
            said = dummy.predict_proba(blind)[:, 1]
            assert model.figures["log_loss"].value == pytest.approx(metrics.log_loss(rows["truth"], said))
            assert model.figures["brier_score"].value == pytest.approx(
                metrics.brier_score_loss(rows["truth"], said)
            )


def test_the_other_way_round_only_the_sign_changes() -> None:
    rows = table()
    first, second, _ = names(rows)
    there = compared(rows, baseline=first).model(second).figures
    back = compared(rows, baseline=second).model(first).figures
    for metric, figure in there.items():
        assert back[metric].change == pytest.approx(-figure.change)
        assert back[metric].p == pytest.approx(figure.p)
        assert back[metric].change_low == pytest.approx(-figure.change_high)


def test_order_of_rows_does_not_matter() -> None:
    rows = table()
    mixed = rows.sample(frac=1, random_state=1)
    for one, other in zip(compared(rows).models, compared(mixed).models, strict=True):
        for metric, figure in one.figures.items():
            assert other.figures[metric].change_low == pytest.approx(figure.change_low, nan_ok=True)


def test_weights_are_as_good_as_copies_for_the_values() -> None:
    rows = table(200).assign(weight=np.random.default_rng(4).integers(1, 4, 200))
    copies = rows.loc[rows.index.repeat(rows["weight"])].drop(columns="weight")
    weighted = ec.compare(opened(rows, weight="weight").predictions)
    for one, other in zip(weighted.models, compared(copies).models, strict=True):
        for metric, figure in one.figures.items():
            assert other.figures[metric].value == pytest.approx(figure.value, nan_ok=True)


@pytest.mark.parametrize(
    "metric", ["roc_auc", "average_precision", "brier_score", "recall", "f1", "precision"]
)
def test_intervals_of_differences_cover(metric: str) -> None:
    """Nominal 95 % at 200 cases, 60 of them positive: the truth is the mean over a hundred times as many."""
    truth_of, *drawn = differences_of_draws()
    truth = truth_of[metric].change
    inside = sum(each[metric].change_low <= truth <= each[metric].change_high for each in drawn)
    assert 0.91 <= inside / len(drawn) <= 0.985


@cache
def differences_of_draws() -> list[Any]:
    """The second model's figures: of the very many rows first, then of 250 draws."""
    many = compared(table(60_000, seed=999)).models[1].figures
    return [many, *(compared(table(200, seed=seed)).models[1].figures for seed in range(250))]


@pytest.mark.whole
def test_equal_models_are_told_apart_as_rarely_as_chance_says() -> None:
    """Size of the paired test of areas under the null: two noisy copies of one score."""
    wrong = 0
    draws = 160
    for seed in range(draws):
        random = np.random.default_rng(seed)
        truth = (random.random(150) < 0.4).astype(int)
        shared = random.normal(size=150) + truth
        rows = pd.DataFrame({"truth": truth} | {f"m{i}_prob": squashed(shared, random) for i in range(2)})
        wrong += compared(rows).models[1].figures["roc_auc"].p < 0.05
    assert 0.01 <= wrong / draws <= 0.1


def squashed(shared: Any, random: Any) -> Any:
    return 1 / (1 + np.exp(-(shared + 0.5 * random.normal(size=len(shared)))))


def test_more_cases_tell_what_these_do_not() -> None:
    few = compared(table(300, seed=3)).models[1].figures["roc_auc"]
    assert not few.change_low <= 0 <= few.change_high or few.more_cases > 0
    many = compared(table(20_000, seed=3)).models[1].figures["roc_auc"]
    assert many.differs
    assert many.more_cases == 0


def test_changes_are_counted_and_tested_exactly() -> None:
    rows = table()
    found = compared(rows).models[1].changes
    right = [(rows[column] >= 0.5) == (rows["truth"] == 1) for column in rows.columns[1:3]]
    assert found.fixed == int((right[1] & ~right[0]).sum())
    assert found.broken == int((right[0] & ~right[1]).sum())
    assert found.fixed + found.broken + found.both_wrong + found.both_right == len(rows)
    assert found.p == pytest.approx(binomtest(found.fixed, found.fixed + found.broken).pvalue)


def test_clusters_of_one_case_each_change_little() -> None:
    random = np.random.default_rng(6)
    truth, first, second = (random.integers(0, 2, 500) for _ in range(3))
    calls = first == 1, second == 1
    alone = changes_between(truth, *calls).p
    single = changes_between(truth, *calls, clusters=np.arange(500)).p
    assert single == pytest.approx(alone, abs=0.06)
    doubled = [np.tile(each, 2) for each in (truth, *calls)]
    assert changes_between(*doubled, clusters=np.tile(np.arange(500), 2)).p == pytest.approx(single)


def test_holm_as_worked_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, float("nan"), 0.005])[:3] == [0.03, 0.06, 0.06]
    assert holm([]) == []


@pytest.mark.parametrize("footing", FOOTINGS)
def test_footings_are_kept(footing: str) -> None:
    rows = table()
    asked: Any = {"goal": "max f1", "recall": 0.9, "fpr": 0.05, "flagged": 0.1}.get(footing, 0.4)
    for column in rows.columns[1:]:
        sweep = ec.ThresholdSweep.from_scores(rows["truth"], rows[column])
        point = sweep.at(threshold_on_footing(sweep, footing, asked, own=0.5))
        if footing == "recall":
            assert point.recall >= 0.9
        if footing == "fpr":
            assert point.false_positive_rate <= 0.05
        if footing == "flagged":
            assert point.predicted_positive_rate <= 0.1


def test_one_class_is_refused_in_a_sentence() -> None:
    rows = table().assign(truth=1)
    with pytest.raises(ec.InputError, match="both classes"):
        compared(rows)


def test_clusters_of_another_length_are_refused() -> None:
    with pytest.raises(ec.InputError, match="one entry for each of the 400 cases"):
        compared(table(), clusters=[1, 2])
