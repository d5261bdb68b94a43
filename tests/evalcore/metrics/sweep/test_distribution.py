import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.metrics.sweep.distribution import score_histogram
from evalcore.metrics.sweep.shown_range import score_range
from evalcore.metrics.sweep.sweep import ThresholdSweep

RNG = np.random.default_rng(9)
TRUTH = (RNG.random(2000) < 0.2).astype(int)
SCORES = {
    "probabilities": RNG.beta(1 + 2 * TRUTH, 3),
    "float32": RNG.random(2000).astype(np.float32),
    "small probabilities": RNG.random(2000) * 0.06,
    "decision scores": RNG.normal(TRUTH, 1) * 5000,
    "heavy tails": RNG.standard_cauchy(2000),
    "log-probabilities": np.log(RNG.random(2000)),
    "percent": RNG.integers(0, 101, 2000),
    "infinite": np.where(RNG.random(2000) < 0.1, np.inf, RNG.normal(size=2000)),
    "uneven": RNG.choice([0, 0.001, 1, 50], 2000),
    "one score": np.full(2000, -31.7),
    "all infinite": np.where(TRUTH == 1, np.inf, -np.inf),
    "enormous": RNG.normal(size=2000) * 1e307,
    "tiny": RNG.random(2000) * 1e-310,
    "far from zero": 1e9 + RNG.random(2000) * 1e-3,
    "labels": RNG.integers(0, 2, 2000),
    "deciles": RNG.integers(1, 11, 2000),
    "lattice": RNG.integers(0, 41, 2000) / 40,
}


def slow_counts(score, chosen, edges):
    edges = edges.astype(score.dtype) if score.dtype.kind == "f" else edges
    place = np.clip(np.searchsorted(edges, score[chosen], side="right") - 1, 0, len(edges) - 2)
    return np.bincount(place, minlength=len(edges) - 1)


@pytest.mark.parametrize("name", SCORES)
def test_counts_are_exact_for_any_scores(name):
    score = SCORES[name]
    histogram = score_histogram(ThresholdSweep.from_scores(TRUTH, score))
    assert np.all(np.diff(histogram.edges) > 0)
    assert len(histogram.positives) == len(histogram.negatives) == len(histogram.edges) - 1 <= 60
    np.testing.assert_array_equal(histogram.positives, slow_counts(score, TRUTH == 1, histogram.edges))
    np.testing.assert_array_equal(histogram.negatives, slow_counts(score, TRUTH == 0, histogram.edges))
    assert histogram.discrete == (name in ("labels", "deciles", "lattice"))


@given(
    st.lists(st.tuples(st.integers(0, 1), st.floats(allow_nan=False)), min_size=1, max_size=40),
    st.integers(2, 80),
)
@settings(max_examples=100)
def test_every_case_falls_in_one_bin(cases, max_bins):
    truth, score = (np.array(each) for each in zip(*cases, strict=True))
    sweep = ThresholdSweep.from_scores(truth, score)
    histogram = score_histogram(sweep, max_bins=max_bins)
    assert histogram.positives.sum() == truth.sum()
    assert histogram.negatives.sum() == (1 - truth).sum()
    assert np.isfinite(histogram.edges).all()
    assert np.all(np.diff(histogram.edges) > 0)


@pytest.mark.parametrize("name", ["probabilities", "deciles", "decision scores", "float32"])
def test_threshold_at_an_edge_parts_whole_bins(name):
    sweep = ThresholdSweep.from_scores(TRUTH, SCORES[name])
    histogram = score_histogram(sweep)
    for i, edge in enumerate(histogram.edges[1:-1], start=1):
        assert sweep.at(edge).tp == histogram.positives[i:].sum()


def test_edges_are_round_decimals_in_regular_steps():
    histogram = score_histogram(ThresholdSweep.from_scores(TRUTH, SCORES["probabilities"]))
    np.testing.assert_array_equal(histogram.edges, np.arange(51) * 2 / 100)


def test_few_scores_get_one_bar_each():
    histogram = score_histogram(ThresholdSweep.from_scores(TRUTH, SCORES["deciles"]))
    filled = (histogram.positives + histogram.negatives) > 0
    np.testing.assert_array_equal(histogram.edges[:-1][filled], np.arange(1, 11))
    # Half-way thresholds lie between bars.
    assert not filled[np.searchsorted(histogram.edges, np.arange(1.5, 10), side="right") - 1].any()


def test_weights_are_summed():
    weight = RNG.gamma(2, size=2000)
    sweep = ThresholdSweep.from_scores(TRUTH, SCORES["probabilities"], weight=weight)
    histogram = score_histogram(sweep)
    expected, _ = np.histogram(
        SCORES["probabilities"][TRUTH == 1], histogram.edges, weights=weight[TRUTH == 1]
    )
    np.testing.assert_allclose(histogram.positives, expected, atol=1e-9)


def test_what_end_bars_hold_beside_their_own_is_said():
    notes = {
        name: score_histogram(ThresholdSweep.from_scores(TRUTH, SCORES[name])).note
        for name in ("probabilities", "infinite", "heavy tails")
    }
    assert notes["probabilities"] == ""
    assert notes["infinite"] == "Infinite scores are counted in the end bars."
    assert notes["heavy tails"].startswith("Scores beyond -")
    assert notes["heavy tails"].endswith("are counted in the end bars.")


def test_rare_class_in_the_tail_is_not_cut_off():
    truth = np.repeat([0, 1], [10_000, 5])
    score = np.concatenate((RNG.normal(size=10_000), np.full(5, 200.0)))
    sweep = ThresholdSweep.from_scores(truth, score)
    low, high = score_range(sweep.thresholds, sweep.true_positives, sweep.false_positives)
    assert low > -10
    assert high == 200


def test_too_few_bins_are_refused():
    with pytest.raises(InputError, match="max_bins must be at least 2, got 1"):
        score_histogram(ThresholdSweep.from_scores([0, 1], [0, math.inf]), max_bins=1)
