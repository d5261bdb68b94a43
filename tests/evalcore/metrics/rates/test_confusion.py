import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as reference

from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import METRICS, Confusion, divide
from evalcore.metrics.rates.definitions import NEEDS

COUNT = st.integers(0, 10**6)

SKLEARN = {
    "accuracy": reference.accuracy_score,
    "balanced_accuracy": reference.balanced_accuracy_score,
    "precision": reference.precision_score,
    "recall": reference.recall_score,
    "specificity": lambda t, p, **kw: reference.recall_score(t, p, pos_label=0, **kw),
    "negative_predictive_value": lambda t, p, **kw: reference.precision_score(t, p, pos_label=0, **kw),
    "f1": reference.f1_score,
    "matthews_corrcoef": reference.matthews_corrcoef,
    "cohen_kappa": reference.cohen_kappa_score,
    "threat_score": reference.jaccard_score,
    "positive_likelihood_ratio": lambda t, p, **kw: reference.class_likelihood_ratios(t, p, **kw)[0],
    "negative_likelihood_ratio": lambda t, p, **kw: reference.class_likelihood_ratios(t, p, **kw)[1],
}


def of_rows(truth, called, weight=None):
    tn, fp, fn, tp = reference.confusion_matrix(truth, called, sample_weight=weight, labels=[0, 1]).ravel()
    return Confusion(tn, fp, fn, tp)


@pytest.fixture(params=[False, True], ids=["one each", "weighted"])
def rows(request):
    rng = np.random.default_rng(7)
    truth = rng.random(500) < 0.3
    called = np.where(rng.random(500) < 0.2, ~truth, truth)
    weight = rng.gamma(2, size=500) if request.param else None
    return truth.astype(int), called.astype(int), weight


@pytest.mark.parametrize("metric", SKLEARN)
@pytest.mark.parametrize("swapped", [False, True], ids=["as is", "labels swapped"])
def test_metric_is_that_of_scikit_learn(rows, metric, swapped):
    truth, called, weight = rows
    mine = of_rows(truth, called, weight)
    if swapped:
        truth, called, mine = 1 - truth, 1 - called, mine.swapped
    assert mine.value(metric) == pytest.approx(
        SKLEARN[metric](truth, called, sample_weight=weight), rel=1e-12
    )


@pytest.mark.parametrize("beta", [0.5, 1, 2, 3.7])
def test_fbeta_is_that_of_scikit_learn(rows, beta):
    truth, called, weight = rows
    expected = reference.fbeta_score(truth, called, beta=beta, sample_weight=weight)
    assert of_rows(truth, called, weight).fbeta(beta) == pytest.approx(expected, rel=1e-12)


def test_other_metrics_follow_their_textbook_definitions(rows):
    point = of_rows(*rows)
    assert point.false_positive_rate == pytest.approx(1 - point.specificity)
    assert point.false_negative_rate == pytest.approx(1 - point.recall)
    assert point.false_discovery_rate == pytest.approx(1 - point.precision)
    assert point.false_omission_rate == pytest.approx(1 - point.negative_predictive_value)
    assert point.youden_j == pytest.approx(point.recall + point.specificity - 1)
    assert point.g_mean == pytest.approx(math.sqrt(point.recall * point.specificity))
    assert point.prevalence == pytest.approx((point.tp + point.fn) / point.total)
    assert point.predicted_positive_rate == pytest.approx((point.tp + point.fp) / point.total)
    odds = point.positive_likelihood_ratio / point.negative_likelihood_ratio
    assert point.diagnostic_odds_ratio == pytest.approx(odds)


def test_published_five_or_not_matrix():
    point = Confusion(53057, 1522, 1325, 4096)
    assert point.precision == 0.7290850836596654
    assert point.recall == 0.7555801512636044
    assert point.f1 == pytest.approx(0.7420962043663375, abs=1e-15)


@pytest.mark.parametrize(
    ("point", "precision", "recall"),
    [
        (Confusion(tn=760, fp=14, fn=67, tp=47), 0.7704918032786885, 0.41228070175438597),
        (Confusion(tn=744, fp=30, fn=43, tp=71), 0.7029702970297029, 0.6228070175438597),
        (Confusion(tn=693, fp=81, fn=33, tp=81), 0.5, 0.7105263157894737),
    ],
    ids=["first model", "class weights", "more epochs"],
)
def test_published_hot_dog_matrices(point, precision, recall):
    assert point.total == 888
    assert (point.precision, point.recall) == (precision, recall)


def test_lazy_hot_dog_classifier_has_accuracy_but_no_precision():
    lazy = Confusion(tn=774, fp=0, fn=114, tp=0)
    assert round(lazy.accuracy, 2) == 0.87
    assert math.isnan(lazy.precision)
    assert lazy.undefined("precision") == "nothing is called positive"
    assert lazy.recall == 0
    assert lazy.f1 == 0


def test_arrays_give_arrays_and_single_matrices_the_same_numbers():
    rng = np.random.default_rng(0)
    many = Confusion(*rng.integers(0, 4, size=(4, 200)))
    for name in METRICS:
        values = many.value(name)
        assert values.shape == (200,)
        assert values.dtype == np.float64
        single = [many[i].value(name) for i in range(200)]
        assert all(type(value) is float for value in single)
        np.testing.assert_array_equal(values, single)


def test_counts_of_large_tables_do_not_overflow():
    many = Confusion(*(np.array([5 * 10**9]) for _ in range(4)))
    assert many.matthews_corrcoef == 0
    assert many.cohen_kappa == 0
    assert many.diagnostic_odds_ratio == 1


def test_perfect_and_opposite_calls_are_exactly_one():
    assert Confusion(7919, 0, 0, 104729).matthews_corrcoef == 1
    assert Confusion(0, 7919, 104729, 0).matthews_corrcoef == -1


@given(COUNT, COUNT, COUNT, COUNT)
@settings(max_examples=60)
def test_metric_is_within_its_bounds_or_says_why_not(tn, fp, fn, tp):
    point = Confusion(tn, fp, fn, tp)
    for name, metric in METRICS.items():
        value, reason = point.value(name), point.undefined(name)
        assert math.isnan(value) == (reason is not None)
        if reason is None:
            low, high = metric.bounds
            assert low - 1e-12 <= value <= high + 1e-12


def test_every_combination_of_empty_cells_has_a_reason():
    for cells in np.ndindex(2, 2, 2, 2):
        point = Confusion(*(3 * cell for cell in cells))
        for name in METRICS:
            assert math.isnan(point.value(name)) == isinstance(point.undefined(name), str)


@given(COUNT, COUNT, COUNT, COUNT, st.integers(1, 50))
@settings(max_examples=40)
def test_rates_do_not_change_when_all_cases_come_several_times(tn, fp, fn, tp, times):
    once, often = Confusion(tn, fp, fn, tp), Confusion(tn * times, fp * times, fn * times, tp * times)
    for name in METRICS:
        assert often.value(name) == pytest.approx(once.value(name), nan_ok=True, abs=1e-12)


def test_registry_is_for_people():
    assert set(NEEDS) == set(METRICS)
    for name, metric in METRICS.items():
        assert name == metric.name
        assert len(metric.short) <= 60
        assert isinstance(getattr(Confusion, name), property)


def test_matrix_has_the_layout_of_scikit_learn(rows):
    truth, called, weight = rows
    expected = reference.confusion_matrix(truth, called, sample_weight=weight)
    np.testing.assert_array_equal(of_rows(truth, called, weight).matrix, expected)


def test_numpy_numbers_become_python_numbers():
    point = Confusion(*(np.int64(count) for count in (1, 2, 3, 4)))
    assert [type(count) for count in (point.tn, point.total)] == [int, int]
    assert point == Confusion(1, 2, 3, 4)


def test_divide_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_array_equal(divide(np.array([0, 1, 2]), np.array([0, 0, 4])), [np.nan, np.nan, 0.5])
        assert math.isnan(divide(0, 0))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Confusion(-1, 0, 0, 0), "tn must be a count of at least 0, got -1"),
        (lambda: Confusion(1, math.nan, 0, 0), "fp must be a count of at least 0, got nan"),
        (lambda: Confusion(*np.array([[1], [1], [1], [-2]])), "tp must hold counts of at least 0, got -2"),
        (lambda: Confusion(np.ones(2), 1, 1, 1), "must have one shape"),
        (lambda: Confusion(np.ones(2), np.ones(3), np.ones(2), np.ones(2)), "must have one shape"),
        (lambda: Confusion(1, 1, 1, 1).value("roc_auc"), "metric must be one of accuracy, .* got 'roc_auc'"),
        (lambda: Confusion(1, 1, 1, 1).fbeta(0), "beta must be a finite number above 0, got 0"),
        (lambda: Confusion(*np.ones((4, 2))).undefined("f1"), "explains one matrix"),
    ],
)
def test_wrong_input_gets_one_clear_sentence(wrong, message):
    with pytest.raises(InputError, match=message):
        wrong()
