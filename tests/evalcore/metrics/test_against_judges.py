"""Figures that once came out wrong, against scikit-learn or a slow obvious second way, and their kin."""

import math
from fractions import Fraction

import numpy as np
import pytest
from sklearn import metrics

from evalcore.errors import InputError
from evalcore.metrics.cases.suspects import suspect_labels
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.classes.label_confusion import LabelConfusion
from evalcore.metrics.classes.ranking import areas_against_rest, micro_areas, pair_areas
from evalcore.metrics.policy.decisions import ABSTAINED, decide_by_score, decide_by_thresholds
from evalcore.metrics.policy.risk_coverage import risk_coverage
from evalcore.metrics.probability.losses import class_brier_score, label_losses, log_loss
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.sweep.sweep import ThresholdSweep

RNG = np.random.default_rng(20)
TRUTH = RNG.integers(0, 3, 200)
VOTES = RNG.multinomial(10, [0.4, 0.3, 0.3], 200) / 10  # ten trees: sums of 1 plus or minus an ulp
WEIGHT = RNG.gamma(1, size=200)


def slow_auc(positives: list[int], negatives: list[int]) -> float:
    """In whole numbers of any size; scores descend."""
    twice, above = 0, 0
    for p, n in zip(positives, negatives, strict=True):
        twice += n * (2 * above + p)
        above += p
    return float(Fraction(twice, 2 * sum(positives) * sum(negatives)))


@pytest.mark.parametrize("size", [1, 10**6, 3 * 10**9, 10**14])
def test_the_auc_of_counts_is_exact_beyond_64_bits(size: int) -> None:
    positives, negatives = [4 * size, 3 * size, size, 0], [size, 2 * size, 2 * size, 3 * size]
    sweep = ThresholdSweep.from_counts([4, 3, 2, 1], positives, negatives)
    assert sweep.roc_auc == slow_auc(positives, negatives)


@pytest.mark.parametrize("weights", [1e200, 1e-200])
def test_areas_do_not_hang_on_the_size_of_weights(weights: float) -> None:
    truth, score = TRUTH == 0, VOTES[:, 0]
    plain, scaled = (ThresholdSweep.from_scores(truth, score, weight=WEIGHT * each) for each in (1, weights))
    assert scaled.roc_auc == pytest.approx(plain.roc_auc)
    assert scaled.average_precision == pytest.approx(plain.average_precision)
    assert scaled.effective_size == pytest.approx(plain.effective_size)


def test_equal_probabilities_stay_equal() -> None:
    found = areas_against_rest(TRUTH, VOTES)
    own = np.eye(3, dtype=int)[TRUTH]
    for place in range(3):
        assert found.roc_auc[place] == pytest.approx(metrics.roc_auc_score(own[:, place], VOTES[:, place]))
        alone = ThresholdSweep.from_scores(own[:, place], VOTES[:, place])  # as on the page of two classes
        assert (found.roc_auc[place], found.average_precision[place]) == (
            alone.roc_auc,
            alone.average_precision,
        )
    assert found.average("average_precision", "macro") == pytest.approx(
        metrics.average_precision_score(own, VOTES, average="macro"), abs=1e-14
    )
    assert pair_areas(TRUTH, VOTES)["macro"] == pytest.approx(
        metrics.roc_auc_score(TRUTH, VOTES, multi_class="ovo"), abs=1e-14
    )
    assert micro_areas(own, VOTES)["roc_auc"] == pytest.approx(
        metrics.roc_auc_score(own, VOTES, average="micro"), abs=1e-14
    )


def test_rows_that_scikit_learn_would_refuse_are_divided() -> None:
    rounded = np.round(RNG.dirichlet([1, 1, 1], 200), 2)
    sums = rounded.sum(axis=1, keepdims=True)
    divided = np.where(abs(sums - 1) > 1e-5, rounded / sums, rounded)
    found = areas_against_rest(TRUTH, rounded).average("roc_auc", "macro")
    assert found == pytest.approx(metrics.roc_auc_score(TRUTH, divided, multi_class="ovr"), abs=1e-14)


@pytest.mark.parametrize("size", [1e80, 1e-90, 1e150, 1e-160])
def test_no_rate_hangs_on_the_size_of_weights(size: float) -> None:
    plain, scaled = Confusion(7.0, 1.0, 2.0, 5.0), Confusion(7 * size, size, 2 * size, 5 * size)
    arrays = Confusion(*(np.array([each, each]) for each in (7 * size, size, 2 * size, 5 * size)))
    for name in METRICS:
        assert scaled.value(name) == pytest.approx(plain.value(name)), name
        assert arrays.value(name)[1] == pytest.approx(plain.value(name)), name
        assert scaled.undefined(name) is None


@pytest.mark.parametrize("cells", [(1.0, 1e-200, 0.0, 1e-200), (1e300, 0.0, 1e-300, 1e-300)])
def test_why_a_figure_is_undefined_is_always_said(cells: tuple[float, ...]) -> None:
    one = Confusion(*cells)
    for name in METRICS:
        assert (one.undefined(name) is None) == (not math.isnan(one.value(name)))


@pytest.mark.parametrize("large", [10, 10**6, 10**12, 10**15])
def test_a_class_that_is_nearly_all_swallows_nothing(large: int) -> None:
    confusion = ClassConfusion(np.array([[large, 1], [1, 1]]), ("a", "b"), float(large))
    exact = Fraction(
        large - 1, 2 * (large + 1)
    )  # (TP TN - FP FN) / (2 x (large + 1)), as both margins are alike
    assert confusion.matthews_corrcoef == pytest.approx(float(exact), rel=1e-12)
    assert confusion.cohen_kappa == pytest.approx(float(exact), rel=1e-12)


def test_kappa_weighted_is_scikit_learns() -> None:
    called = np.where(RNG.random(200) < 0.5, TRUTH, VOTES.argmax(axis=1))
    for weight in (None, WEIGHT):
        confusion = ClassConfusion.from_labels(TRUTH, called, classes="abc", weight=weight)
        assert confusion.cohen_kappa == pytest.approx(
            metrics.cohen_kappa_score(TRUTH, called, sample_weight=weight)
        )
        for how in ("linear", "quadratic"):
            assert confusion.weighted_kappa(how) == pytest.approx(
                metrics.cohen_kappa_score(TRUTH, called, weights=how, sample_weight=weight)
            )
        for how in ("macro", "micro", "weighted"):
            assert confusion.average_fbeta(2, how) == pytest.approx(
                metrics.fbeta_score(TRUTH, called, beta=2, average=how, sample_weight=weight)
            )
    with pytest.raises(InputError, match="linear or quadratic"):
        confusion.weighted_kappa("cubic")
    assert math.isnan(ClassConfusion(np.array([[3]]), ("a",), 3).weighted_kappa())


@pytest.mark.parametrize("max_fpr", [0.001, 0.1, 0.37, 0.9, 1.0])
@pytest.mark.parametrize("weight", [None, WEIGHT])
def test_partial_areas_are_scikit_learns(max_fpr: float, weight: np.ndarray | None) -> None:
    truth, score = TRUTH == 1, VOTES[:, 1]
    found = ThresholdSweep.from_scores(truth, score, weight=weight).partial_roc_auc(max_fpr)
    assert found == pytest.approx(metrics.roc_auc_score(truth, score, max_fpr=max_fpr, sample_weight=weight))


def test_a_partial_area_of_one_class_or_of_no_rate() -> None:
    sweep = ThresholdSweep.from_scores([1, 1], [0.2, 0.3])
    assert math.isnan(sweep.partial_roc_auc(0.5))
    with pytest.raises(InputError, match="max_fpr must be above 0"):
        sweep.partial_roc_auc(0)


@pytest.mark.parametrize("name", sorted(METRICS))
def test_a_series_is_the_metric_at_every_score(name: str) -> None:
    sweep = ThresholdSweep.from_scores(TRUTH == 1, VOTES[:, 1], weight=WEIGHT)
    one_by_one = [sweep.at(each).value(name) for each in sweep.thresholds]
    np.testing.assert_allclose(sweep.series(name), one_by_one, rtol=1e-12)


def test_losses_are_scikit_learns() -> None:
    sure = np.array([0.0, 1.0, 0.0, 1.0])
    truth = np.array([0, 1, 1, 0])
    assert log_loss(truth, sure, None) == pytest.approx(metrics.log_loss(truth, sure))
    for weight in (None, WEIGHT):
        assert class_brier_score(TRUTH, VOTES, weight) == pytest.approx(
            metrics.brier_score_loss(TRUTH, VOTES, sample_weight=weight, labels=[0, 1, 2])
        )
        own = np.eye(3, dtype=int)[TRUTH]
        each = None if weight is None else np.repeat(weight, 3)
        brier, log = label_losses(own, VOTES, weight=weight)
        assert brier == pytest.approx(
            metrics.brier_score_loss(own.ravel(), VOTES.ravel(), sample_weight=each)
        )
        assert log == pytest.approx(metrics.log_loss(own.ravel(), VOTES.ravel(), sample_weight=each))
    assert np.isnan(label_losses(own, VOTES, known=np.zeros(own.shape, bool))).all()


def test_equal_infinite_certainties_are_equal() -> None:
    decided = decide_by_score([[np.inf, 0.0], [np.inf, 1.0], [1.0, 0.0], [1.0, 0.0]])
    curve = risk_coverage([0, 1, 0, 0], decided)
    assert curve.certainty.tolist() == [np.inf, 1.0]
    assert curve.coverage.tolist() == [0.5, 1.0]


def test_infinite_scores_pass_only_their_own_thresholds() -> None:
    scores = np.array([[-np.inf, -np.inf], [-np.inf, 0.0], [-np.inf, -np.inf]])
    assert decide_by_thresholds(scores, [0.0, -np.inf]).labels.tolist() == [1, 1, 1]
    assert decide_by_thresholds(scores, [0.0, 1.0]).labels.tolist() == [ABSTAINED] * 3


def test_margins_of_infinities() -> None:
    scores = [[np.inf, np.inf], [np.inf, 1.0], [-np.inf, -np.inf], [2.0, -np.inf]]
    assert decide_by_score(scores).margin.tolist() == [0.0, np.inf, 0.0, np.inf]


def test_a_threshold_of_zero_contradicts_nothing() -> None:
    said = np.array([[1.0, 0.0]] * 9 + [[0.9, 0.1]])
    found = suspect_labels([0] * 9 + [1], np.column_stack([said, np.zeros(10)]))
    assert found.suggested.tolist() == [0] * len(found)
    nothing = suspect_labels([0] * 9 + [1], np.array([[0.6, 0.0]] * 9 + [[0.5, 0.0]]))
    assert len(nothing) == 0


def test_a_label_that_is_never_known_has_no_part_in_averages() -> None:
    truth, called = np.array([[1, 0], [0, 0]]), np.array([[1, 1], [1, 1]])
    known = np.array([[True, False], [True, False]])
    confusion = LabelConfusion.from_flags(truth, called, known=known)
    alone = LabelConfusion.from_flags(truth[:, :1], called[:, :1])
    for how in ("macro", "micro", "weighted", "samples"):
        assert confusion.average("f1", how) == alone.average("f1", how)
        assert alone.average_fbeta(2, how) == pytest.approx(confusion.average_fbeta(2, how))
