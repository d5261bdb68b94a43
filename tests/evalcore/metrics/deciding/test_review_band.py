"""Two thresholds with human review between them, against all pairs of thresholds."""

from __future__ import annotations

import math

import numpy as np
import pytest

import evalcore as ec
from evalcore.metrics.deciding.deployed import sweep_at_prevalence
from evalcore.metrics.deciding.review_band import least_review, parse_most_wrong, review_between
from evalcore.metrics.goals.operating_point import threshold_of_row

random = np.random.default_rng(52)


def all_pairs(sweep: ec.ThresholdSweep) -> list[tuple[float, float, float]]:
    """Review load, wrong calls and decided cases of every pair of thresholds in order."""
    names = [threshold_of_row(sweep, row) for row in range(len(sweep) + 1)]
    points = [sweep.at(each) for each in names]
    total = float(sweep.positives + sweep.negatives)
    found = []
    for i, upper in enumerate(points):
        for lower in points[i:]:
            load = float(lower.tp + lower.fp - upper.tp - upper.fp)
            found.append((load, float(upper.fp + lower.fn), total - load))
    return found


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("size", [1, 2, 5, 12, 40])
def test_no_pair_of_thresholds_has_fewer_reviews(size: int, *, weighted: bool) -> None:
    for turn in range(60):
        truth = random.integers(0, 2, size)
        # Some scores are worse than guessing: crossed pairs would then be the cheapest.
        score = np.round(random.normal(size=size) + random.choice([-1.5, 0.0, 1.0, 2.0]) * truth, 1)
        weight = random.integers(1, 6, size).astype(float) if weighted else None
        sweep = ec.ThresholdSweep.from_scores(truth, score, weight=weight)
        if turn % 3 == 0 and 0 < truth.sum() < size:
            sweep = sweep_at_prevalence(sweep, 0.05)
        for limit in (0.0, 0.01, 0.1, 0.3, 0.5, float(random.random() / 2)):
            band = least_review(sweep, limit)
            kept = [each for each in all_pairs(sweep) if each[1] <= limit * each[2] + 1e-9]
            least = min(each[0] for each in kept)
            assert band.review == pytest.approx(least, abs=1e-9)
            wrong = min(each[1] for each in kept if each[0] <= least + 1e-9)
            assert float(band.decided.fp + band.decided.fn) == pytest.approx(wrong, abs=1e-9)
            assert math.isnan(band.error) or band.error <= limit + 1e-9


def test_the_four_parts_and_the_reviewed_are_all_cases() -> None:
    truth, score = random.integers(0, 2, 200), random.normal(size=200)
    band = review_between(ec.ThresholdSweep.from_scores(truth, score), -0.3, 0.8)
    inside = (score >= -0.3) & (score < 0.8)
    assert (band.positives, band.negatives) == (truth[inside].sum(), (1 - truth[inside]).sum())
    assert band.coverage == pytest.approx(1 - inside.mean())
    assert band.error == pytest.approx(((score >= 0.8) != truth)[~inside].mean())


def test_a_limit_that_no_call_keeps_leaves_everything_to_people() -> None:
    band = least_review(ec.ThresholdSweep.from_scores([1, 0, 1, 0], [0.5] * 4), 0.0)
    assert (band.review, band.coverage) == (4.0, 0.0)
    assert band.high > 0.5
    assert math.isnan(band.error)


@pytest.mark.parametrize("limit", [-0.1, 0.6, math.nan])
def test_a_limit_is_a_share_up_to_one_half(limit: float) -> None:
    with pytest.raises(ec.InputError, match=r"from 0 to 0\.5"):
        least_review(ec.ThresholdSweep.from_scores([0, 1], [0.1, 0.9]), limit)


def test_thresholds_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ec.InputError, match="must not be above"):
        review_between(ec.ThresholdSweep.from_scores([0, 1], [0.1, 0.9]), 0.8, 0.2)


@pytest.mark.parametrize(
    ("text", "share"),
    [("error <= 1 %", 0.01), ("ERROR<=0.02", 0.02), ("error <= 80 %", None), ("error", None), ("", None)],
)
def test_limits_are_read(text: str, share: float | None) -> None:
    assert parse_most_wrong(text) == share
