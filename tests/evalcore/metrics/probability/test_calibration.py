"""Calibration: against scikit-learn, a slow second way, and simulation under the truth of every probability."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sklearn.calibration import _SigmoidCalibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss

from evalcore.errors import InputError
from evalcore.metrics.probability.calibration import calibration
from evalcore.metrics.probability.calibration_line import calibration_line, log_odds, spiegelhalter
from evalcore.metrics.probability.corp import corp_curve
from evalcore.metrics.probability.recalibration import METHODS, fit_map, recalibrate
from evalcore.metrics.probability.reliability import prediction_bias, reliability

Cases = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.float64]]


def drawn(n: int, seed: int = 0, *, bend: float = 1.0) -> Cases:
    """Cases whose log odds are `bend` times what is said."""
    generator = np.random.default_rng(seed)
    said = generator.beta(1.2, 2.0, n).round(3)
    right = 1 / (1 + np.exp(-bend * log_odds(said)))
    return (generator.random(n) < right).astype(int), said, generator.integers(1, 4, n).astype(float)


@pytest.mark.parametrize("strategy", ["uniform", "quantile"])
def test_buckets_agree_with_scikit_learn(strategy: Any) -> None:
    truth, said, _ = drawn(5000)
    said = (
        said + np.random.default_rng(1).random(5000) * 1e-4
    )  # scikit-learn's quantile ends part no ties then
    said = np.clip(said, 0, 1)
    ours = reliability(truth, said, buckets=10, strategy=strategy)
    observed, predicted = calibration_curve(truth, said, n_bins=10, strategy=strategy)
    np.testing.assert_allclose(ours.observed, observed, atol=2e-3 if strategy == "quantile" else 1e-12)
    np.testing.assert_allclose(ours.predicted, predicted, atol=2e-3 if strategy == "quantile" else 1e-12)


def slow_buckets(truth: Any, said: Any, weight: Any, buckets: int) -> dict[int, list[float]]:
    found: dict[int, list[float]] = {}
    for y, p, w in zip(truth, said, weight, strict=True):
        held = found.setdefault(min(int(p * buckets), buckets - 1), [0.0, 0.0, 0.0, 0])
        for place, part in enumerate((w, w * p, w * y, 1)):
            held[place] += part
    return found


@given(
    cases=some.lists(
        some.tuples(
            some.integers(0, 1), some.sampled_from([0, 0.1, 0.25, 0.5, 0.999, 1.0]), some.integers(1, 3)
        ),
        min_size=1,
        max_size=40,
    ),
    buckets=some.integers(1, 12),
)
def test_buckets_agree_with_a_loop(cases: Any, buckets: int) -> None:
    truth, said, weight = map(np.array, zip(*cases, strict=True))
    ours = reliability(truth, said, weights=weight, buckets=buckets, strategy="uniform")
    slow = slow_buckets(truth, said, weight, buckets)
    assert len(ours.cases) == len(slow)
    error = 0.0
    for place, key in enumerate(sorted(slow)):
        total, summed, positive, count = slow[key]
        assert ours.cases[place] == count
        assert ours.predicted[place] == pytest.approx(summed / total)
        assert ours.observed[place] == pytest.approx(positive / total)
        assert ours.interval.low[place] <= ours.observed[place] + 1e-12
        error += total * abs(summed / total - positive / total)
    assert ours.expected_error == pytest.approx(error / weight.sum())
    assert ours.largest_error >= ours.expected_error - 1e-12


@given(
    said=some.lists(some.sampled_from([0.0, 0.1, 0.2, 0.7, 1.0]), min_size=1, max_size=60),
    buckets=some.integers(1, 10),
)
def test_equal_numbers_never_part_a_probability(said: list[float], buckets: int) -> None:
    ours = reliability(np.zeros(len(said)), said, buckets=buckets)
    assert (ours.low[1:] > ours.high[:-1]).all()
    assert ours.cases.sum() == len(said)
    assert len(ours.cases) <= buckets


def test_murphy_is_the_brier_score_where_buckets_have_one_probability() -> None:
    truth, said, weight = drawn(3000)
    said = np.round(said, 1)
    parts = reliability(truth, said, weights=weight, buckets=1000).murphy
    assert parts[0] - parts[1] + parts[2] == pytest.approx(
        brier_score_loss(truth, said, sample_weight=weight)
    )


def test_weights_are_repetitions() -> None:
    truth, said, weight = drawn(800)
    again = weight.astype(int)
    one, other = (
        calibration(truth, said, weights=weight),
        calibration(np.repeat(truth, again), np.repeat(said, again)),
    )
    for name in ("bias", "brier", "log_loss"):
        assert getattr(one, name) == pytest.approx(getattr(other, name))
    assert one.line.slope == pytest.approx(other.line.slope)
    assert one.curve.miscalibration == pytest.approx(other.curve.miscalibration)
    assert one.buckets.expected_error == pytest.approx(other.buckets.expected_error, abs=1e-9)
    # but three weights of one are less sure than three cases
    assert (
        other.brier_interval.high - other.brier_interval.low
        < one.brier_interval.high - one.brier_interval.low
    )


def test_losses_are_scikit_learns() -> None:
    truth, said, weight = drawn(2000)
    found = calibration(truth, said, weights=weight)
    assert found.brier == pytest.approx(brier_score_loss(truth, said, sample_weight=weight))
    assert found.log_loss == pytest.approx(log_loss(truth, said, sample_weight=weight))


@pytest.mark.parametrize("n", [5, 300, 4000])
def test_the_curve_is_scikit_learns_isotonic_regression(n: int) -> None:
    truth, said, weight = drawn(n)
    curve = corp_curve(truth, said, weights=weight)
    theirs = IsotonicRegression(out_of_bounds="clip").fit(said, truth, sample_weight=weight)
    fitted = theirs.predict(said)
    if len(np.unique(said)) <= 500:
        np.testing.assert_allclose(np.interp(said, curve.probability, curve.share), fitted, atol=1e-12)
    brier, flat = (
        np.average((truth - each) ** 2, weights=weight)
        for each in (fitted, np.average(truth, weights=weight))
    )
    assert curve.miscalibration == pytest.approx(found_brier(truth, said, weight) - brier)
    assert curve.discrimination == pytest.approx(flat - brier)
    assert curve.uncertainty == pytest.approx(flat)
    assert (np.diff(curve.share) >= -1e-12).all()
    assert (curve.low <= curve.high).all()


def found_brier(truth: Any, said: Any, weight: Any) -> float:
    return float(brier_score_loss(truth, said, sample_weight=weight))


def test_the_band_holds_right_probabilities() -> None:
    inside = []
    for seed in range(25):
        truth, said, _ = drawn(400, seed)
        curve = corp_curve(truth, said, seed=seed)
        inside.append(np.mean((curve.share >= curve.low) & (curve.share <= curve.high)))
    assert 0.9 < np.mean(inside) <= 1.0
    bent = corp_curve(*drawn(4000, bend=3.0)[:2])
    assert np.mean((bent.share < bent.low) | (bent.share > bent.high)) > 0.4


def test_the_line_is_a_logistic_regression() -> None:
    truth, said, weight = drawn(3000, bend=0.6)
    line = calibration_line(truth, said, weights=weight)
    theirs = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(
        log_odds(said)[:, None], truth, sample_weight=weight
    )
    assert line.slope == pytest.approx(theirs.coef_[0, 0], abs=1e-5)
    assert line.slope_interval.low < 0.6 < line.slope_interval.high


def test_the_intercept_makes_the_means_equal() -> None:
    truth, said, _ = drawn(2000, bend=1.7)
    shifted = 1 / (1 + np.exp(-(log_odds(said) + calibration_line(truth, said).intercept)))
    assert shifted.mean() == pytest.approx(truth.mean(), abs=1e-7)


def test_a_perfect_model_has_no_finite_line() -> None:
    line = calibration_line([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9])
    assert math.isnan(line.slope)
    assert math.isnan(line.slope_interval.low)


def test_intervals_and_tests_by_simulation() -> None:
    kept = {"bias": 0, "slope": 0, "intercept": 0, "brier": 0}
    refused = over = 0
    runs = 300
    for seed in range(runs):
        truth, said, _ = drawn(300, seed)
        found = calibration(truth, said) if seed < 100 else None
        _bias, interval = prediction_bias(truth, said)
        kept["bias"] += interval.low <= 0 <= interval.high
        line = calibration_line(truth, said)
        kept["slope"] += line.slope_interval.low <= 1 <= line.slope_interval.high
        kept["intercept"] += line.intercept_interval.low <= 0 <= line.intercept_interval.high
        refused += spiegelhalter(truth, said)[1] < 0.05
        over += found is not None and found.buckets.expected_error > found.chance
    assert all(0.91 < kept[name] / runs < 0.985 for name in ("bias", "slope", "intercept"))
    assert 0.02 < refused / runs < 0.085
    assert over <= 13  # of 100, at a level of 95 %
    bent = calibration(*drawn(1500, bend=0.4)[:2])
    assert bent.p < 1e-6
    assert bent.buckets.expected_error > bent.chance


def test_spiegelhalter_has_nothing_to_say() -> None:
    assert all(map(math.isnan, spiegelhalter([0, 1], [0.5, 0.5])))


@pytest.mark.parametrize("method", [*METHODS])
@settings(deadline=None)
@given(seed=some.integers(0, 50))
def test_a_mapping_rises_and_is_what_its_json_and_python_say(method: str, seed: int) -> None:
    truth, said, weight = drawn(200, seed, bend=0.5)
    if truth.min() == truth.max():
        return
    found = fit_map(truth, said, method, weights=weight)
    grid = np.linspace(0.001, 0.999, 200)
    mapped = found(grid)
    assert (np.diff(mapped) >= -1e-12).all() or found.numbers.get("slope", (1.0,))[0] < 0
    assert ((mapped >= 0) & (mapped <= 1)).all()
    room: dict[str, Any] = {}
    exec(found.as_python(), room)  # what a person would paste
    np.testing.assert_allclose(room["recalibrate"](grid), mapped, atol=1e-9)
    told = json.loads(found.as_json())
    assert told["method"] == method
    assert {key: tuple(value) for key, value in told.items() if isinstance(value, list)} == dict(
        found.numbers
    )


def test_platt_is_scikit_learns() -> None:
    truth, said, weight = drawn(1500, bend=0.5)
    score = log_odds(said) * 3 + 1
    ours = fit_map(truth, score, "platt", probabilities=False, weights=weight)
    theirs = _SigmoidCalibration().fit(score, truth, weight)
    np.testing.assert_allclose(ours(score), theirs.predict(score), atol=2e-4)


def test_isotonic_is_scikit_learns() -> None:
    truth, said, weight = drawn(600, bend=0.5)
    ours = fit_map(truth, said, "isotonic", weights=weight)
    theirs = IsotonicRegression(out_of_bounds="clip").fit(said, truth, sample_weight=weight)
    np.testing.assert_allclose(ours(said), theirs.predict(said), atol=1e-12)


@pytest.mark.parametrize(
    ("method", "bend"), [("platt", 0.4), ("isotonic", 0.4), ("temperature", 0.4), ("beta", 0.4)]
)
def test_what_is_bent_is_straightened_on_other_rows(method: str, bend: float) -> None:
    truth, said, weight = drawn(6000, bend=bend)
    found = recalibrate(truth, said, method, weights=weight)
    assert found.after["log_loss"] < found.before["log_loss"]
    assert found.after["expected_error"] < 0.5 * found.before["expected_error"]
    assert found.folds == 5
    if method == "temperature":
        assert found.map.numbers["slope"][0] == pytest.approx(bend, abs=0.05)


def test_no_row_judges_what_it_fitted() -> None:
    """Noise: an isotonic mapping of all rows looks better than it is; a cross-fitted one does not."""
    generator = np.random.default_rng(3)
    truth, score = generator.integers(0, 2, 400), generator.normal(size=400)
    found = recalibrate(truth, score, "isotonic", probabilities=False)
    assert brier_score_loss(truth, found.map(score)) < 0.25
    assert found.after["brier"] > 0.25
    assert found.before == {}


@pytest.mark.parametrize(
    ("truth", "values", "method", "options", "what"),
    [
        ([0, 1], [0.2, 0.8], "magic", {}, "method must be one of"),
        ([0, 1], [-2.0, 3.0], "beta", {"probabilities": False}, "these are decision scores"),
        ([1, 1], [0.2, 0.8], "platt", {}, "cases of both classes"),
        ([0, 1], [math.inf, 1.0], "platt", {"probabilities": False}, "finite scores"),
        ([0, 1], [0.2, 0.8], "platt", {}, "at least two cases"),
    ],
)
def test_mappings_that_cannot_be(truth: Any, values: Any, method: str, options: Any, what: str) -> None:
    with pytest.raises(InputError, match=what):
        recalibrate(truth, values, method, **options)


@pytest.mark.parametrize(
    ("said", "weights", "what"),
    [
        ([0.2, 1.5], None, "between 0 and 1"),
        ([0.2, 0.8], [0, 0], "every weight is 0"),
        ([0.2], None, "one length"),
        ([0.2, 0.8], [1, -1], "at least 0, got -1.0 at position 1"),
        ([0.2, 0.8], [1, np.nan], "at least 0"),
        ([0.2, 0.8], [1, np.inf], "finite sum"),
    ],
)
def test_what_is_no_probability(said: Any, weights: Any, what: str) -> None:
    with pytest.raises(InputError, match=what):
        reliability([0, 1], said, weights=weights)


def test_truth_is_checked_as_a_sweep_does() -> None:
    with pytest.raises(InputError, match="truth must hold 0 and 1 only, got 2"):
        reliability([0, 2], [0.2, 0.8])


def test_scores_that_part_the_classes_still_map() -> None:
    for method in METHODS:
        found = fit_map([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9], method)
        assert np.isfinite(found([0.1, 0.5, 0.9])).all()
