"""Ranges of scores: the rows inside against a slow second look, and the sweep's counts against the rows."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.metrics.sweep.marked_range import ScoreRange, cases_in_range, count_in_range
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions, ModelScores

SCORES = st.sampled_from([-math.inf, -2.5, -1.0, 0.0, 0.1, 0.30000001, 0.5, 0.7, 3.25, math.inf])
ENDS = st.none() | SCORES | st.floats(-3, 4, width=32)


def predictions(truth: list[bool], scores: list[float], kind: type) -> BinaryPredictions:
    values = np.asarray(scores, dtype=kind)
    model = ModelScores("m", values, "decision", 0.0, "")
    return BinaryPredictions(
        np.asarray(truth, dtype=np.uint8), (model,), "yes", "no", pd.DataFrame(), np.arange(len(truth))
    )


@given(
    cases=st.lists(st.tuples(st.booleans(), SCORES), min_size=1, max_size=30),
    ends=st.tuples(ENDS, ENDS),
    actual=st.sampled_from([None, "positive", "negative"]),
    kind=st.sampled_from([np.float32, np.float64]),
)
@settings(max_examples=150)
def test_the_rows_inside_and_their_counts(cases, ends, actual, kind) -> None:  # type: ignore[no-untyped-def]
    low, high = ends
    if low is not None and high is not None and low > high:
        low, high = high, low
    chosen = ScoreRange(low, high, actual)
    truth, scores = [each[0] for each in cases], [each[1] for each in cases]
    held = predictions(truth, scores, kind)
    expected = [
        i
        for i, (positive, score) in enumerate(zip(truth, held.model("m").values, strict=True))
        if (low is None or score >= kind(low))
        and (high is None or score < kind(high))
        and (actual is None or positive == (actual == "positive"))
    ]
    found = cases_in_range(held, "m", chosen)
    assert found.tolist() == expected
    counts = count_in_range(ThresholdSweep.from_scores(held.truth, held.model("m").values), chosen)
    assert counts.positives == sum(truth[i] for i in expected)
    assert counts.negatives == sum(not truth[i] for i in expected)


def test_a_range_parts_the_cases() -> None:
    """What lies below, within and above a range is everything, once."""
    rng = np.random.default_rng(3)
    held = predictions((rng.random(500) < 0.4).tolist(), rng.normal(size=500).round(1).tolist(), np.float64)
    parts = [ScoreRange(None, -0.3), ScoreRange(-0.3, 0.7), ScoreRange(0.7, None)]
    found = np.concatenate([cases_in_range(held, "m", each) for each in parts])
    assert sorted(found.tolist()) == list(range(500))


def test_weighted_counts() -> None:
    sweep = ThresholdSweep.from_scores([0, 1, 1], [0.2, 0.4, 0.6], weight=[2, 3, 0.5])
    found = count_in_range(sweep, ScoreRange(0.2, 0.6))
    assert (found.positives, found.negatives) == (3, 2)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ((0.5, 0.2, None), "low must be at most high, got 0.5 and 0.2"),
        ((math.nan, 0.2, None), "low must be a number or None, got nan"),
        ((None, math.nan, None), "high must be a number or None, got nan"),
        ((0.1, 0.2, "maybe"), "actual must be positive, negative or None, got maybe"),
    ],
)
def test_bad_ranges_are_refused(wrong: tuple, said: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(InputError, match=said):
        ScoreRange(*wrong)
