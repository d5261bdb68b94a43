"""The packed sort against an argsort, over every kind of float."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from evalcore.metrics.sweep import packing

DTYPES = (np.float32, np.float64)


def sorted_by_argsort(truth, score):
    order = np.argsort(-score, kind="stable")
    last_of_ties = np.append(score[order][1:] != score[order][:-1], True)
    positives = np.cumsum(truth[order], dtype=np.int64)
    return score[order], positives, np.arange(1, len(score) + 1) - positives, last_of_ties


def assert_sorted(truth, score):
    before = score.copy()
    rows = packing.count_rows(truth, score)
    scores, true_positives, false_positives, last = sorted_by_argsort(truth, score)
    assert rows.score.dtype == score.dtype
    np.testing.assert_array_equal(rows.score, scores[last])
    assert not np.signbit(rows.score[rows.score == 0]).any()
    np.testing.assert_array_equal(rows.true_positives, true_positives[last])
    np.testing.assert_array_equal(rows.false_positives, false_positives[last])
    np.testing.assert_array_equal(score, before)

    order = packing.descending_order(score)
    np.testing.assert_array_equal(np.sort(order), np.arange(len(score)))
    np.testing.assert_array_equal(score[order], scores)


@st.composite
def rows(draw):
    dtype = draw(st.sampled_from(DTYPES))
    width = 8 * np.dtype(dtype).itemsize
    anything = st.floats(allow_nan=False, width=width)
    probability = st.floats(0, 1, width=width)
    awkward = st.sampled_from([0.0, -0.0, 1.0, -1.0, 0.5, 2.0, np.inf, -np.inf])
    elements = draw(st.sampled_from([anything, probability, awkward, st.one_of(anything, awkward)]))
    size = draw(st.integers(1, 40))
    score = draw(hnp.arrays(dtype, size, elements=elements))
    truth = draw(hnp.arrays(np.uint8, size, elements=st.integers(0, 1)))
    return truth, score


@settings(max_examples=150, deadline=None)
@given(rows())
def test_any_floats(rows):
    assert_sorted(*rows)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    "name", ["probability", "logit", "thousands", "below_zero", "ties", "close", "tiny", "range"]
)
def test_more_rows_than_a_block(name, dtype):
    random = np.random.default_rng(3)
    size = 2 * packing._BLOCK + 777
    score = {
        "steps": lambda: np.repeat(random.random(size // 5000 + 1), 5000)[:size],
        "probability": lambda: random.random(size),
        "logit": lambda: random.normal(size=size) * 3,
        "thousands": lambda: random.normal(size=size) * 5000 - 2000,
        "below_zero": lambda: np.log(random.random(size) + 1e-30),
        "ties": lambda: np.round(random.normal(size=size), 2),
        "close": lambda: 0.7 + random.integers(-3000, 3000, size) * 1e-16,
        "tiny": lambda: random.random(size) * 1e-40,
        "range": lambda: random.normal(size=size) * np.exp(random.uniform(-80, 80, size)),
    }[name]().astype(dtype)
    assert_sorted((random.random(size) < 0.3).astype(np.uint8), score)


def test_scores_that_scaling_would_change_are_not_packed():
    score = np.array([1e6, -1.0, 5e-324, 0.0])
    truth = np.array([1, 0, 1, 0], np.uint8)
    assert packing._pack(truth, score, packing._scale(1e6, 8), signed=True) is None
    assert packing._scale(np.inf, 8) is None
    assert_sorted(truth, score)


def test_strided_and_readonly_input():
    random = np.random.default_rng(0)
    score, truth = random.random((50, 3))[:, 1], random.integers(0, 2, (50, 2), dtype=np.uint8)[:, 0]
    score.setflags(write=False)
    assert_sorted(truth, score)


@settings(max_examples=60, deadline=None)
@given(hnp.arrays(np.float64, st.integers(1, 200), elements=st.floats(0, 1e12)))
def test_float_sums_carry_no_rounding(counts):
    exact, total = [], Fraction(0)
    for count in counts.tolist():
        total += Fraction(count)
        exact.append(float(total))
    sums = packing.cumulate(counts.copy())
    assert (np.abs(sums - exact) <= np.spacing(exact)).all()
    assert (np.diff(sums) >= 0).all()


def test_sums_of_a_million_tenths():
    sums = packing.cumulate(np.full(10**6, 0.1))
    assert sums[-1] == float(Fraction(0.1) * 10**6)
    assert np.cumsum(np.full(10**6, 0.1))[-1] != sums[-1]


@settings(max_examples=60, deadline=None)
@given(rows(), st.integers(0, 2**32 - 1))
def test_weighted_rows(rows, seed):
    truth, score = rows
    weight = np.random.default_rng(seed).choice([0.5, 1.0, 3.0], len(score))
    counted = packing.count_weighted_rows(truth, score, weight)
    for threshold, tp, fp in zip(counted.score, counted.true_positives, counted.false_positives, strict=True):
        flagged = score >= threshold
        assert tp == weight[flagged & (truth == 1)].sum()
        assert fp == weight[flagged & (truth == 0)].sum()
