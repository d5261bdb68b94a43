"""Where curves cross and what mixing gives: against every threshold tried, and the hull of scipy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.spatial import ConvexHull

import evalcore as ec
from evalcore.metrics.comparing.roc_regions import best_recall, roc_regions
from evalcore.metrics.deciding.mixing import mixing

ROWS = some.lists(
    some.tuples(some.integers(0, 1), some.integers(0, 9), some.integers(0, 9), some.integers(1, 3)),
    min_size=4,
    max_size=40,
).filter(lambda rows: 0 < sum(row[0] for row in rows) < len(rows))


def sweeps_of(rows: list[tuple[int, ...]], *, weighted: bool = False) -> dict[str, ec.ThresholdSweep]:
    truth, first, second, weight = (np.array(each) for each in zip(*rows, strict=True))
    more: Any = {"weight": weight} if weighted else {}
    return {
        "first": ec.ThresholdSweep.from_scores(truth, first, **more),
        "second": ec.ThresholdSweep.from_scores(truth, second, **more),
    }


@settings(max_examples=80)
@given(rows=ROWS, weighted=some.booleans())
def test_regions_are_what_trying_every_threshold_says(rows: list[tuple[int, ...]], weighted: bool) -> None:
    sweeps = sweeps_of(rows, weighted=weighted)
    regions = roc_regions(sweeps)
    assert (regions[0].low, regions[-1].high) == (0, 1)
    for region in regions:
        for share in {region.low, region.high, region.at}:
            tried = {}
            for name, sweep in sweeps.items():
                points = sweep.at(np.append(np.inf, sweep.thresholds))
                allowed = np.asarray(points.false_positive_rate) <= share + 1e-12
                tried[name] = np.asarray(points.recall)[allowed].max()
                assert best_recall(sweep, share) == pytest.approx(tried[name])
            most = max(tried.values())
            assert set(region.models) == {name for name, each in tried.items() if most - each < 1e-9}
            if share == region.at and len(region.models) == 1:
                assert region.widest == pytest.approx(most - min(tried.values()))


@settings(max_examples=80)
@given(rows=ROWS, weighted=some.booleans())
def test_the_hull_is_scipys(rows: list[tuple[int, ...]], weighted: bool) -> None:
    sweeps = sweeps_of(rows, weighted=weighted)
    found = mixing(sweeps)
    points = [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0)]
    for sweep in sweeps.values():
        counts = sweep.at(sweep.thresholds)
        points += list(zip(counts.false_positive_rate, counts.recall, strict=True))
    assert found.roc_auc == pytest.approx(ConvexHull(np.array(points)).volume, abs=1e-9)
    for corner in found.corners:
        if corner.model:
            point = sweeps[corner.model].at(corner.threshold)
            assert (point.false_positive_rate, point.recall) == pytest.approx(
                (corner.false_positive_rate, corner.recall)
            )


@settings(max_examples=40)
@given(rows=ROWS)
def test_a_mixture_is_what_its_two_points_give(rows: list[tuple[int, ...]]) -> None:
    found = mixing(sweeps_of(rows))
    share = found.share
    assert 0 <= share <= 1
    for name in ("false_positive_rate", "recall"):
        mixed = (1 - share) * getattr(found.before, name) + share * getattr(found.after, name)
        assert mixed == pytest.approx(getattr(found, name))
    assert found.recall >= found.alone - 1e-12


def test_one_model_crosses_nothing() -> None:
    sweep = ec.ThresholdSweep.from_scores([0, 1], [0.1, 0.9])
    with pytest.raises(ec.InputError, match="two models or more"):
        roc_regions({"alone": sweep})
    one_class = ec.ThresholdSweep.from_scores([1, 1], [0.1, 0.9])
    with pytest.raises(ec.InputError, match="both classes"):
        roc_regions({"first": one_class, "second": one_class})
