"""ThresholdSweep against its slow obvious definition, scikit-learn, and what must not change it."""

from __future__ import annotations

import copy
import math
import pickle

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from evalcore.errors import InputError
from evalcore.metrics.sweep.sweep import ThresholdSweep


def slow_sweep(truth, score, weight):
    """One distinct score at a time, row by row."""
    table = []
    for threshold in sorted({float(each) for each in score}, reverse=True):
        tp = sum(w for t, s, w in zip(truth, score, weight, strict=True) if t == 1 and s >= threshold)
        fp = sum(w for t, s, w in zip(truth, score, weight, strict=True) if t == 0 and s >= threshold)
        table.append((threshold, tp, fp))
    return table


scores = st.one_of(
    st.floats(0, 1), st.sampled_from([0.0, -0.0, 0.25, 0.5, 1.0]), st.floats(-1e4, 1e4),
    st.sampled_from([np.inf, -np.inf]),
)  # fmt: skip
rows = st.lists(
    st.tuples(st.integers(0, 1), scores, st.sampled_from([0.0, 0.5, 1.0, 2.0])), min_size=1, max_size=25
)


def columns(rows):
    truth, score, weight = zip(*rows, strict=True)
    return np.array(truth), np.array(score), np.array(weight)


def table(sweep):
    return list(
        zip(
            *(a.tolist() for a in (sweep.thresholds, sweep.true_positives, sweep.false_positives)),
            strict=True,
        )
    )


@settings(max_examples=50, deadline=None)
@given(rows)
def test_equals_the_slow_definition(rows):
    truth, score, weight = columns(rows)
    assert table(ThresholdSweep.from_scores(truth, score)) == slow_sweep(
        truth, score, np.ones(len(truth), int)
    )
    assume(weight.any())
    counted = weight > 0
    expected = slow_sweep(truth[counted], score[counted], weight[counted])
    assert table(ThresholdSweep.from_scores(truth, score, weight=weight)) == expected


@settings(max_examples=50, deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(rows, random):
    truth, score, weight = columns(rows)
    weight = weight + 1
    order = list(range(len(truth)))
    random.shuffle(order)
    for weights in (None, weight):
        shuffled = None if weights is None else weights[order]
        first = ThresholdSweep.from_scores(truth, score, weight=weights)
        second = ThresholdSweep.from_scores(truth[order], score[order], weight=shuffled)
        assert table(first) == table(second)
        np.testing.assert_equal(first.roc_auc, second.roc_auc)


@settings(max_examples=50, deadline=None)
@given(rows, rows)
def test_partitions_add_up(first, second):
    truth, score, weight = columns(first + second)
    weight, cut = weight + 0.5, len(first)
    for weights in (None, weight):
        whole = ThresholdSweep.from_scores(truth, score, weight=weights)
        parts = [
            ThresholdSweep.from_scores(
                truth[part], score[part], weight=None if weights is None else weights[part]
            )
            for part in (slice(cut), slice(cut, None))
        ]
        for total in (parts[0] + parts[1], parts[1] + parts[0]):
            assert table(total) == table(whole)
            assert total.effective_size == pytest.approx(whole.effective_size)
            assert total.true_positives.dtype == whole.true_positives.dtype


@settings(max_examples=60, deadline=None)
@given(rows)
def test_areas_do_not_change_under_increasing_transforms(rows):
    truth, score, _ = columns(rows)
    ranks = np.unique(score, return_inverse=True)[1]
    first, second = (
        ThresholdSweep.from_scores(truth, score),
        ThresholdSweep.from_scores(truth, ranks * 3.5 - 7),
    )
    np.testing.assert_equal(first.roc_auc, second.roc_auc)
    np.testing.assert_equal(first.average_precision, second.average_precision)


@settings(max_examples=60, deadline=None)
@given(rows)
def test_turning_scores_and_classes_keeps_the_area(rows):
    truth, score, _ = columns(rows)
    turned = ThresholdSweep.from_scores(1 - truth, -score)
    np.testing.assert_allclose(ThresholdSweep.from_scores(truth, score).roc_auc, turned.roc_auc, rtol=1e-15)


@settings(max_examples=60, deadline=None)
@given(rows, st.lists(st.one_of(scores, st.floats(allow_nan=False)), min_size=1, max_size=10))
def test_at_counts_score_at_least_threshold(rows, thresholds):
    truth, score, _ = columns(rows)
    for dtype in (np.float32, np.float64):
        typed = score.astype(dtype)
        sweep = ThresholdSweep.from_scores(truth, typed)
        with np.errstate(over="ignore"):
            rounded = np.array(thresholds).astype(dtype)
        many = sweep.at(thresholds)
        for i, threshold in enumerate(thresholds):
            expected = np.bincount(2 * truth + (typed >= rounded[i]), minlength=4).tolist()
            one = sweep.at(threshold)
            assert [one.tn, one.fp, one.fn, one.tp] == expected
            assert [many.tn[i], many.fp[i], many.fn[i], many.tp[i]] == expected
            assert all(type(each) is int for each in (one.tn, one.fp, one.fn, one.tp))


@pytest.mark.parametrize("weighted", [False, True])
def test_at_is_scikit_learns_confusion_matrix(weighted):
    random = np.random.default_rng(1)
    truth, score = random.integers(0, 2, 300), np.round(random.normal(size=300), 1)
    weight = random.random(300) if weighted else None
    sweep = ThresholdSweep.from_scores(truth, score, weight=weight)
    for threshold in (-math.inf, -0.3, 0.0, 0.7, 99.0):
        expected = confusion_matrix(truth, score >= threshold, sample_weight=weight).ravel()
        point = sweep.at(threshold)
        np.testing.assert_allclose([point.tn, point.fp, point.fn, point.tp], expected, rtol=1e-13, atol=1e-13)


def test_at_keeps_the_shape_and_refuses_nan():
    sweep = ThresholdSweep.from_scores([0, 1, 1], [0.1, 0.1, 0.6], weight=[1, 2, 0.5])
    assert sweep.at(np.zeros((2, 3))).tp.shape == (2, 3)
    assert sweep.at(np.array([])).tp.shape == (0,)
    assert sweep.at(np.array(0.5)) == sweep.at(0.5) == sweep.at(np.float32(0.5))
    assert type(sweep.at(2.0).tp) is float
    assert sweep.at(-math.inf).tp == sweep.positives == 2.5
    for wrong in (math.nan, [0.5, math.nan]):
        with pytest.raises(InputError, match="threshold must"):
            sweep.at(wrong)


def test_float32_scores_are_compared_as_float32():
    score = np.array([0.1, 0.3, 0.7], np.float32)
    sweep = ThresholdSweep.from_scores([1, 0, 1], score)
    assert sweep.thresholds.dtype == np.float32
    assert sweep.at(0.7).tp == 1  # although float32(0.7) < 0.7
    assert sweep.at([0.1]).tp.tolist() == [2]
    assert sweep.at(1e300).predicted_positives == 0
    assert sweep.at(-1e300).predicted_positives == 3


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int8, np.int64, float])
def test_truth_of_any_type(dtype):
    assert ThresholdSweep.from_scores(np.array([0, 1]).astype(dtype), [1, 2]).at(2).tp == 1


@pytest.mark.parametrize(
    ("truth", "score", "weight", "message"),
    [
        ([0, 1], [0.5, math.nan], None, "score must not be nan, got nan at position 1"),
        ([0, 2], [0.5, 0.5], None, "truth must hold 0 and 1 only, got 2 at position 1"),
        ([-1, 1], [0.5, 0.5], None, "truth must hold 0 and 1 only, got -1"),
        ([0.0, math.nan], [0.5, 0.5], None, "truth must hold 0 and 1 only, got nan"),
        (["a", "b"], [0.5, 0.5], None, "truth must hold 0 and 1 only, got values of type"),
        ([0, 1], ["a", "b"], None, "score must hold numbers"),
        ([0, 1, 1], [0.5, 0.5], None, "same length, got 3 and 2"),
        ([], [], None, "at least one row"),
        ([[0, 1]], [0.5, 0.5], None, "one column"),
        ([0, 1], [0.5, 0.5], [1, -1], "weight must be numbers of at least 0, got -1.0 at position 1"),
        ([0, 1], [0.5, 0.5], [1, math.nan], "weight must be numbers of at least 0, got nan"),
        ([0, 1], [0.5, 0.5], [1, math.inf], "weight must have a finite sum"),
        ([0, 1], [0.5, 0.5], [1.7e308, 1.7e308], "weight must have a finite sum"),
        ([0, 1], [0.5, 0.5], [1], "same length"),
        ([0, 1], [0.5, 0.5], [0, 0], "above 0 in at least one row"),
        ([0, 1], [2**60 + 1, 3], None, "at most 2"),
    ],
)
def test_refusals(truth, score, weight, message):
    with pytest.raises(InputError, match=message):
        ThresholdSweep.from_scores(truth, score, weight=weight)


def test_input_may_be_readonly_strided_or_of_the_other_byte_order():
    pairs = np.array([[0.5, 1.0], [0.25, 0.0], [0.5, 0.0]])
    pairs.setflags(write=False)
    expected = [(0.5, 1, 1), (0.25, 1, 2)]
    assert table(ThresholdSweep.from_scores(pairs[:, 1].astype(int), pairs[:, 0])) == expected
    assert table(ThresholdSweep.from_scores([1, 0, 0], pairs[:, 0].astype(">f8"))) == expected
    assert table(ThresholdSweep.from_scores([1, 0, 0], pairs[:, 0].astype(np.float16))) == expected


class TestFromCounts:
    def test_merges_duplicates_and_sorts(self):
        sweep = ThresholdSweep.from_counts(
            [0.1, 0.9, 0.1, 0.5, -0.0, 0.0], [1, 2, 3, 0, 1, 1], [5, 0, 0, 0, 0, 2]
        )
        assert table(sweep) == [(0.9, 2, 0), (0.1, 6, 5), (0.0, 8, 7)]
        assert sweep.effective_size == 15
        assert type(sweep.positives) is int

    def test_equals_the_rows_it_was_counted_from(self):
        random = np.random.default_rng(5)
        truth, score = random.integers(0, 2, 500), random.integers(0, 20, 500) / 20
        rows = ThresholdSweep.from_scores(truth, score)
        kept = np.unique(score)
        counts = ThresholdSweep.from_counts(
            kept,
            [((score == s) & (truth == 1)).sum() for s in kept],
            [((score == s) & (truth == 0)).sum() for s in kept],
        )
        assert table(rows) == table(counts)
        assert rows.effective_size == counts.effective_size

    def test_fractions_stay_fractions_and_whole_floats_become_whole(self):
        assert ThresholdSweep.from_counts([1, 2], [0.5, 1], [1, 1]).positives == 1.5
        assert type(ThresholdSweep.from_counts([1, 2], [2.0, 1.0], [1, 1]).positives) is int

    def test_effective_size_is_the_callers_to_know(self):
        assert ThresholdSweep.from_counts([1], [0.5], [0.5], effective_size=40).effective_size == 40
        with pytest.raises(InputError, match="effective_size must be above 0"):
            ThresholdSweep.from_counts([1], [0.5], [0.5], effective_size=0)

    @pytest.mark.parametrize(
        ("scores", "positives", "negatives", "message"),
        [
            ([1, 2], [1, -1], [0, 0], "positives must be numbers of at least 0"),
            ([1, 2], [1, 1], [0, math.nan], "negatives must be numbers of at least 0"),
            ([1, 2], [0, 0], [0, 0], "at least one case"),
            ([1, 2], [0], [0, 0], "same length"),
            ([math.nan, 2], [0, 1], [0, 0], "score must not be nan"),
        ],
    )
    def test_refusals(self, scores, positives, negatives, message):
        with pytest.raises(InputError, match=message):
            ThresholdSweep.from_counts(scores, positives, negatives)


def test_adding_widens_float32_and_mixes_weights():
    narrow = ThresholdSweep.from_scores([1, 0], np.array([0.1, 0.5], np.float32))
    wide = ThresholdSweep.from_scores([1, 0], [0.1, 0.5], weight=[0.5, 2])
    total = narrow + wide
    assert total.thresholds.dtype == np.float64
    assert table(total) == [(0.5, 0.0, 3.0), (float(np.float32(0.1)), 1.0, 3.0), (0.1, 1.5, 3.0)]
    assert (narrow + narrow).thresholds.dtype == np.float32
    with pytest.raises(TypeError):
        narrow + 1


def test_weights_scale_away_from_the_effective_size():
    random = np.random.default_rng(2)
    truth, score, weight = random.integers(0, 2, 50), random.random(50), random.random(50)
    kish = weight.sum() ** 2 / (weight**2).sum()
    for factor in (1.0, 1e-200, 1e200):
        sweep = ThresholdSweep.from_scores(truth, score, weight=weight * factor)
        assert sweep.effective_size == pytest.approx(kish)
        assert (sweep + sweep).effective_size == pytest.approx(2 * kish)
    assert ThresholdSweep.from_scores(truth, score).effective_size == 50


def test_last_counts_are_the_totals_of_the_weights():
    random = np.random.default_rng(4)
    truth, weight = random.integers(0, 2, 20_000), random.random(20_000)
    sweep = ThresholdSweep.from_scores(truth, random.random(20_000), weight=weight)
    assert sweep.positives == math.fsum(weight[truth == 1])
    assert sweep.negatives == math.fsum(weight[truth == 0])


def test_is_an_immutable_value():
    truth, score = np.array([0, 1], np.uint8), np.array([0.5, 0.25])
    sweep = ThresholdSweep.from_scores(truth, score)
    score[0], truth[0] = 9.0, 1
    assert table(sweep) == [(0.5, 0, 1), (0.25, 1, 1)]
    assert score.flags.writeable
    for each in (sweep, pickle.loads(pickle.dumps(sweep)), copy.deepcopy(sweep), sweep + sweep):
        for array in (each.thresholds, each.true_positives, each.false_positives):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 0
    with pytest.raises(AttributeError):
        sweep.thresholds = score
    assert len(sweep) == 2
    assert repr(sweep) == "ThresholdSweep(2 thresholds, 1 positives, 1 negatives)"


def test_undefined_areas_say_why():
    assert (
        ThresholdSweep.from_scores([0], [1]).undefined("average_precision") == "there are no actual positives"
    )
    assert ThresholdSweep.from_scores([1], [1]).undefined("roc_auc") == "there are no actual negatives"
    assert ThresholdSweep.from_scores([1, 0], [1, 1]).undefined("roc_auc") is None
    with pytest.raises(InputError, match="metric must be"):
        ThresholdSweep.from_scores([1], [1]).undefined("f1")
