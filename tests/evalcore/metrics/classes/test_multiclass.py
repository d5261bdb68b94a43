"""Figures of several classes against scikit-learn, and what holds for every matrix."""

from __future__ import annotations

import math
from typing import Any

import hypothesis.extra.numpy as hnp
import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from sklearn import metrics

from evalcore.errors import InputError
from evalcore.metrics.classes.arrangement import ORDERS, class_order, fold_rest, most_confused, picked
from evalcore.metrics.classes.confused_pairs import confused_pairs, what_lands_in, where_it_goes
from evalcore.metrics.classes.confusion import AVERAGES, VIEWS, ClassConfusion
from evalcore.metrics.classes.ranking import areas_against_rest, class_log_loss, pair_areas, top_k_accuracy
from evalcore.metrics.rates.intervals import wilson
from evalcore.metrics.summaries.class_report import class_table, classification_report
from evalcore.metrics.summaries.class_summary import class_figures
from evalcore.predictions.classes import ClassModel, ClassPredictions

CLASSES = ("ant", "bee", "cow", "dog", "eel")


@pytest.fixture(params=[False, True], ids=["plain", "weighted"])
def made(request: pytest.FixtureRequest) -> dict[str, Any]:
    """800 cases of five unequal classes with probabilities that know something."""
    random = np.random.default_rng(3)
    truth = random.choice(5, size=800, p=[0.4, 0.3, 0.15, 0.1, 0.05])
    scores = random.normal(size=(800, 5)) + 1.5 * np.eye(5)[truth]
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    weight = random.uniform(0.2, 3, size=800) if request.param else None
    return {"truth": truth, "called": probabilities.argmax(axis=1), "p": probabilities, "weight": weight}


def confusion_of(made: dict[str, Any]) -> ClassConfusion:
    return ClassConfusion.from_labels(made["truth"], made["called"], classes=CLASSES, weight=made["weight"])


def test_matrix_and_its_coefficients(made: dict[str, Any]) -> None:
    found = confusion_of(made)
    asked = (made["truth"], made["called"])
    weight = {"sample_weight": made["weight"]}
    np.testing.assert_allclose(found.counts, metrics.confusion_matrix(*asked, **weight))
    assert found.counts.dtype == (np.int64 if made["weight"] is None else np.float64)
    for name in ("accuracy_score", "balanced_accuracy_score", "matthews_corrcoef", "cohen_kappa_score"):
        mine = getattr(found, name.removesuffix("_score"))
        assert mine == pytest.approx(getattr(metrics, name)(*asked, **weight), abs=1e-12)


@pytest.mark.parametrize("how", AVERAGES)
def test_averages(made: dict[str, Any], how: Any) -> None:
    found = confusion_of(made)
    asked = {"average": how, "sample_weight": made["weight"]}
    for name, theirs in (
        ("precision", metrics.precision_score),
        ("recall", metrics.recall_score),
        ("f1", metrics.f1_score),
        ("threat_score", metrics.jaccard_score),
    ):
        assert found.average(name, how) == pytest.approx(theirs(made["truth"], made["called"], **asked))


def test_table_has_the_rates_of_each_class_with_wilson_limits(made: dict[str, Any]) -> None:
    areas = areas_against_rest(made["truth"], made["p"], weight=made["weight"])
    table = class_table(confusion_of(made), areas)
    weight = {"sample_weight": made["weight"]}
    parts = metrics.precision_recall_fscore_support(made["truth"], made["called"], **weight)
    for name, theirs in zip(("precision", "recall", "f1", "support"), parts, strict=True):
        np.testing.assert_allclose(table[name], theirs)
    for k in range(5):
        own = made["truth"] == k
        assert table["roc_auc"][k] == pytest.approx(metrics.roc_auc_score(own, made["p"][:, k], **weight))
        precision = metrics.average_precision_score(own, made["p"][:, k], **weight)
        assert table["average_precision"][k] == pytest.approx(precision)
    if made["weight"] is None:
        limits = wilson(table["tp"].to_numpy(), table["support"].to_numpy())
        np.testing.assert_allclose(table["recall_low"], limits.low)
        np.testing.assert_allclose(table["recall_high"], limits.high)


def test_areas_of_all_classes(made: dict[str, Any]) -> None:
    areas = areas_against_rest(made["truth"], made["p"], weight=made["weight"])
    for how in ("macro", "weighted"):
        theirs = metrics.roc_auc_score(
            made["truth"], made["p"], multi_class="ovr", average=how, sample_weight=made["weight"]
        )
        assert areas.average("roc_auc", how) == pytest.approx(theirs)
        if made["weight"] is None:
            pairs = metrics.roc_auc_score(made["truth"], made["p"], multi_class="ovo", average=how)
            assert pair_areas(made["truth"], made["p"])[how] == pytest.approx(pairs)


def test_top_k_and_log_loss(made: dict[str, Any]) -> None:
    weight = {"sample_weight": made["weight"]}
    for k in (1, 2, 4, 5):
        mine = top_k_accuracy(made["truth"], made["p"], k, weight=made["weight"])
        if k < 5:
            theirs = metrics.top_k_accuracy_score(made["truth"], made["p"], k=k, **weight)
            assert mine == pytest.approx(theirs)
        else:
            assert mine == 1
    mine = class_log_loss(made["truth"], made["p"], weight=made["weight"])
    assert mine == pytest.approx(metrics.log_loss(made["truth"], made["p"], **weight))
    one_sure_mistake = np.array([[0.0, 1.0], [0.0, 1.0]])
    assert class_log_loss([0, 1], one_sure_mistake) == pytest.approx(
        metrics.log_loss([0, 1], one_sure_mistake)
    )


def test_golden_log_loss() -> None:
    assert class_log_loss([1], np.array([[0.23, 0.63, 0.14]])) == pytest.approx(0.462, abs=5e-4)


def test_top_1_is_the_accuracy_of_the_arg_max_even_with_ties() -> None:
    scores = np.array([[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.2, 0.4, 0.4]])
    truth = np.array([0, 1, 2])
    assert top_k_accuracy(truth, scores, 1) == (scores.argmax(axis=1) == truth).mean()


def test_report_is_scikit_learns() -> None:
    random = np.random.default_rng(5)
    truth, called = random.integers(0, 5, (2, 300))
    found = ClassConfusion.from_labels(truth, called, classes=CLASSES)
    theirs = metrics.classification_report(truth, called, target_names=CLASSES, digits=4)
    assert classification_report(found).split() == theirs.split()


def test_golden_multi_class_formulas() -> None:
    """TP, FP, FN, TN of a class from rows and columns; totals; macro and micro."""
    counts = np.array([[50, 3, 2], [4, 20, 1], [0, 5, 15]])
    found = ClassConfusion(counts, ("a", "b", "c"), 100)
    rest = found.against_rest
    assert rest.tp.tolist() == [50, 20, 15]
    assert rest.fp.tolist() == [4, 8, 3]
    assert rest.fn.tolist() == [5, 5, 5]
    assert rest.tn.tolist() == [41, 67, 77]
    assert found.average("precision", "micro") == pytest.approx(85 / 100)
    assert found.average("precision", "macro") == pytest.approx((50 / 54 + 20 / 28 + 15 / 18) / 3)
    error = found.view("error")
    assert np.diag(error).tolist() == [0, 0, 0]
    assert error[0, 1] == 3 / 55


def test_what_is_undefined_is_nan_and_counts_0_in_averages() -> None:
    found = ClassConfusion.from_labels([0, 0, 1], [0, 0, 0], classes=("a", "b", "c"))
    assert np.isnan(found.against_rest.precision[1])
    assert math.isnan(found.matthews_corrcoef)
    assert found.average("precision", "macro") == pytest.approx((2 / 3 + 0) / 2)  # "c" has no part
    assert np.isnan(found.view("actual")[2]).all()
    assert class_table(found)["recall_low"].isna().tolist() == [False, False, True]
    one = ClassConfusion.from_labels([0, 0], [0, 0], classes=("a", "b"))
    assert math.isnan(one.cohen_kappa)
    assert math.isnan(pair_areas([0, 0], np.array([[0.4, 0.6], [0.4, 0.6]]))["macro"])


matrices = hnp.arrays(np.int64, st.integers(1, 7).map(lambda k: (k, k)), elements=st.integers(0, 30))


@given(matrices)
@settings(max_examples=60)
def test_views_and_folds_keep_the_cases(counts: np.ndarray) -> None:
    many = len(counts)
    found = ClassConfusion(counts, tuple(f"c{i}" for i in range(many)), float(counts.sum()))
    shares = found.view("actual")
    rows = found.support > 0
    np.testing.assert_allclose(shares[rows].sum(axis=1), 1)
    columns = found.called > 0
    np.testing.assert_allclose(found.view("called")[:, columns].sum(axis=0), 1)
    rest = found.against_rest
    assert rest.fp.sum() == rest.fn.sum() == counts.sum() - np.trace(counts)
    for order in ORDERS:
        places = class_order(found, order)  # type: ignore[arg-type]
        assert sorted(places.tolist()) == list(range(many))
        assert picked(found, places).counts.trace() == np.trace(counts)
    small = fold_rest(found, most_confused(found, 2))
    assert small.confusion.counts.sum() == counts.sum()
    assert np.trace(small.confusion.counts) - small.within == np.trace(counts)


def test_similarity_puts_confused_classes_together() -> None:
    counts = 50 * np.eye(6, dtype=int)
    for one, two in ((0, 5), (1, 3), (2, 4)):
        counts[one, two] = counts[two, one] = 20
    order = class_order(ClassConfusion(counts, tuple("abcdef"), 1), "similarity").tolist()
    for one, two in ((0, 5), (1, 3), (2, 4)):
        assert abs(order.index(one) - order.index(two)) == 1


def test_alphabet_knows_numbers() -> None:
    found = ClassConfusion(np.eye(4, dtype=int), ("10", "2", "b", "A"), 4)
    assert [found.classes[i] for i in class_order(found, "alphabet")] == ["2", "10", "A", "b"]


def test_pairs_in_sentences() -> None:
    counts = np.array([[39, 1, 0], [5, 5, 0], [0, 0, 9]])
    found = ClassConfusion(counts, ("8", "5", "1"), 59)
    sentences = [each.sentence for each in confused_pairs(found)]
    assert sentences == ["5 is taken for 8 in 50.0 % (5 of 10)", "8 is taken for 5 in 1 of 40 (1 of 40)"]
    assert (where_it_goes(found, "8"), what_lands_in(found, "8")) == ("5 (1)", "5 (5)")
    assert where_it_goes(found, "1") == ""


def test_figures_of_a_model(made: dict[str, Any]) -> None:
    table = pd.DataFrame({"truth": made["truth"]})
    models = (
        ClassModel("p", made["called"], made["p"], "probability"),
        ClassModel("hard", made["called"], None, "hard_label"),
    )
    predictions = ClassPredictions(made["truth"], CLASSES, models, table, np.arange(800), made["weight"])
    full, hard = class_figures(predictions, "p"), class_figures(predictions, "hard")
    assert {each.name for each in full.summary} > {each.name for each in hard.summary}
    assert hard.areas is None
    accuracy = full.summary[0]
    assert accuracy.low < accuracy.value < accuracy.high


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (
            lambda: ClassConfusion.from_labels([0], [3], classes=("a", "b")),
            "called must hold positions from 0 to 1",
        ),
        (lambda: ClassConfusion.from_labels([0], [0, 1], classes=("a", "b")), "same length"),
        (lambda: ClassConfusion(np.eye(3), ("a", "b"), 1), "2 x 2"),
        (lambda: ClassConfusion(-np.eye(2), ("a", "b"), 1), "at least 0"),
        (lambda: ClassConfusion(np.eye(2), ("a", "b"), 1).view("half"), "view must be one of"),
        (lambda: ClassConfusion(np.eye(2), ("a", "b"), 1).average("auc", "macro"), "metric must be one of"),
        (lambda: class_order(ClassConfusion(np.eye(2), ("a", "b"), 1), "age"), "order must be one of"),
        (lambda: top_k_accuracy([0], np.eye(2)[:1], 0), "k must be at least 1"),
        (lambda: areas_against_rest([0, 1], np.eye(3)), "a row for each case"),
        (lambda: areas_against_rest([0, 7], np.eye(2)), "positions from 0 to 1"),
    ],
)
def test_refusals(act: Any, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        act()


def test_every_view_is_known() -> None:
    found = ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "dog"), 14)
    assert {view: found.view(view)[0, 1] for view in VIEWS} == {  # type: ignore[arg-type]
        "error": 0.2,
        "actual": 0.2,
        "called": 0.4,
        "all": 2 / 14,
        "count": 2.0,
    }
