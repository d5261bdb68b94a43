"""Thinned sweeps: exact rows, curves within half a pixel, scores that can be reached; shortest decimals."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.metrics.sweep.decimals import shortest_between
from evalcore.metrics.sweep.polyline import Polyline, largest_distance, vertices_within
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.metrics.sweep.thinning import thin

HALF_A_PIXEL = 0.5 / 500


def distance_to_polyline(points, line):
    """Largest distance of any point from the nearest place on a polyline: every pair is looked at."""
    start, step = line[:-1], np.diff(line, axis=0)
    square = np.maximum((step**2).sum(axis=1), 1e-300)
    largest = 0.0
    for chunk in np.array_split(points, max(1, len(points) * len(line) // 2_000_000)):
        offset = chunk[:, None, :] - start
        foot = np.clip((offset * step).sum(axis=2) / square, 0, 1)
        nearest = np.linalg.norm(offset - foot[..., None] * step, axis=2).min(axis=1)
        largest = max(largest, float(nearest.max()))
    return largest


def between(line, spacing=4 * HALF_A_PIXEL):
    """Points along a polyline, two pixels apart."""
    way = np.concatenate(([0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))))
    along = np.linspace(0, way[-1], math.ceil(way[-1] / spacing) + 1)
    return np.column_stack([np.interp(along, way, line[:, k]) for k in range(2)])


def points(table):
    roc = np.column_stack((table.false_positives / table.negatives, table.true_positives / table.positives))
    flagged = table.true_positives + table.false_positives
    precision_recall = np.column_stack(
        (table.true_positives / table.positives, table.true_positives / flagged)
    )
    return roc, precision_recall


def assert_drawn_within_half_a_pixel(sweep, few):
    paths = (few.roc_path, few.precision_recall_path)
    for full, rows, path in zip(points(sweep), points(few), paths, strict=True):
        drawn = rows if path is None else np.column_stack((path.x, path.y))
        np.testing.assert_array_equal(drawn[[0, -1]], full[[0, -1]])
        assert distance_to_polyline(full, drawn) <= HALF_A_PIXEL
        # Nor does the drawing go where the curve does not: both ways make it the same line.
        assert distance_to_polyline(between(drawn), full) <= HALF_A_PIXEL


def assert_rows_exact(sweep, few, max_rows):
    rows = np.searchsorted(-sweep.thresholds, -few.score)
    assert len(few) <= max_rows
    assert (np.diff(rows) > 0).all()
    assert rows[0] == 0
    assert rows[-1] == len(sweep) - 1
    np.testing.assert_array_equal(few.score, sweep.thresholds[rows])
    np.testing.assert_array_equal(few.true_positives, sweep.true_positives[rows])
    np.testing.assert_array_equal(few.false_positives, sweep.false_positives[rows])
    np.testing.assert_array_equal(few.below[:-1], sweep.thresholds[rows[:-1] + 1])
    assert np.isnan(few.below[-1])
    assert few.below.dtype == few.score.dtype == sweep.thresholds.dtype
    assert (few.positives, few.negatives) == (sweep.positives, sweep.negatives)


def made(kind, size, seed, *, weighted=False):
    random = np.random.default_rng(seed)
    share = {"rare": 0.003, "common": 0.997, "tenth": 0.1}.get(kind, 0.5)
    truth = random.random(size) < share
    truth[:2] = [True, False]
    score = random.normal(size=size)
    if kind not in ("noise", "rare"):
        score = score + truth * random.uniform(0, 3)
    if kind == "ties":
        # A third of all rows in one score, and many in others: long straight pieces.
        score = np.where(random.random(size) < 0.3, 0.25, np.round(score, random.integers(1, 5)))
    if kind == "probability":
        score = 1 / (1 + np.exp(-6 * score))
    if kind == "heavy_tails":
        score = random.standard_cauchy(size) + truth
    if kind == "infinite":
        score[::7], score[1::7] = math.inf, -math.inf
    if kind == "blocks":
        # Runs of one class alone: a precision-recall curve with as many large teeth as there can be.
        score = np.arange(size)[::-1].astype(float)
        lengths = np.cumsum(np.maximum(1, 1.12 ** np.arange(150)).astype(int))
        truth = np.searchsorted(lengths, np.arange(size)) % 2 == 0
    weight = random.gamma(0.3, size=size) if weighted else None
    return ThresholdSweep.from_scores(truth, score, weight=weight)


KINDS = (
    "noise",
    "rare",
    "common",
    "tenth",
    "balanced",
    "ties",
    "probability",
    "heavy_tails",
    "infinite",
    "blocks",
)


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(KINDS), st.integers(20, 3000), st.sampled_from([2, 3, 12, 50, 200, 700, 2048]),
    st.integers(0, 2**32 - 1), st.booleans(),
)  # fmt: skip
def test_curves_are_drawn_within_half_a_pixel(kind, size, max_rows, seed, weighted):
    sweep = made(kind, size, seed, weighted=weighted)
    few = sweep.thin(max_rows)
    assert_rows_exact(sweep, few, max_rows)
    assert_drawn_within_half_a_pixel(sweep, few)


@pytest.mark.parametrize("kind", KINDS)
def test_many_rows(kind):
    sweep = made(kind, 60_000, 1)
    few = sweep.thin()
    assert_rows_exact(sweep, few, 2048)
    # Every point against every line would take seconds: some of the points show it too.
    paths = (few.roc_path, few.precision_recall_path)
    for full, rows, path in zip(points(sweep), points(few), paths, strict=True):
        drawn = rows if path is None else np.column_stack((path.x, path.y))
        near = distance_to_polyline(full[:: max(1, len(full) // 700)], drawn)
        assert near <= HALF_A_PIXEL


def test_paths_travel_only_where_rows_do_not_do():
    noise = made("noise", 20_000, 0)
    assert noise.thin(2048).roc_path is None
    small = noise.thin(60)
    assert small.roc_path is not None
    assert small.precision_recall_path is not None
    assert not small.roc_path.x.flags.writeable


def test_all_rows_are_kept_where_there_are_few():
    sweep = made("balanced", 2048, 0)
    few = thin(sweep)
    assert len(few) == len(sweep) == 2048
    assert few.roc_path is few.precision_recall_path is None
    assert len(ThresholdSweep.from_scores([1], [0.5]).thin(2)) == 1
    with pytest.raises(InputError, match="max_rows must be at least 2, got 1"):
        sweep.thin(1)


@pytest.mark.parametrize("kind", ["balanced", "probability", "noise", "rare"])
def test_any_place_on_the_score_axis_has_a_row_near_it(kind):
    sweep = made(kind, 50_000, 2)
    few = sweep.thin()
    ends = float(sweep.thresholds[-1]), float(sweep.thresholds[0])
    # In the middle, where the histogram has its mass, a drag jumps no further than the scores themselves.
    for wanted in np.linspace(*np.quantile(sweep.thresholds, [0.02, 0.98]), 300):
        nearest_kept = np.abs(few.score - wanted).min()
        nearest = np.abs(sweep.thresholds - wanted).min()
        assert nearest_kept <= nearest + (ends[1] - ends[0]) / 500


def test_long_tails_do_not_take_the_steps_from_the_middle():
    sweep = made("heavy_tails", 50_000, 3)
    few = sweep.thin()
    middle = np.quantile(sweep.thresholds, [0.05, 0.95])
    steps = few.score[(few.score > middle[0]) & (few.score < middle[1])]
    assert -np.diff(steps).min() < (middle[1] - middle[0]) / 50
    assert (sweep.thresholds[0] - sweep.thresholds[-1]) > 100 * (middle[1] - middle[0])


@pytest.mark.parametrize("truth", [0, 1])
def test_one_class_alone(truth):
    sweep = ThresholdSweep.from_scores(np.full(5000, truth), np.random.default_rng(0).random(5000))
    few = sweep.thin(300)
    assert_rows_exact(sweep, few, 300)
    assert few.roc_path is None


def test_extreme_scores():
    random = np.random.default_rng(0)
    score = np.concatenate((random.uniform(-1, 1, 3000) * 1.7e308, [1.7e308, -1.7e308]))
    sweep = ThresholdSweep.from_scores(random.integers(0, 2, len(score)), score)
    assert_rows_exact(sweep, sweep.thin(100), 100)
    narrow = ThresholdSweep.from_scores(random.integers(0, 2, 3000), random.random(3000, np.float32) * 3e38)
    assert_rows_exact(narrow, narrow.thin(100), 100)


def test_chords_are_split_at_the_farthest_vertex():
    zigzag = Polyline(np.linspace(0, 1, 9), np.array([0, 0, 0.3, 0, 0, -0.2, 0, 0, 0]))
    ends = np.isin(np.arange(9), [0, 8])
    kept = vertices_within([zigzag], ends, tolerance=0.05)
    assert kept[[2, 5]].all()
    assert largest_distance(zigzag, kept) <= 0.05
    assert largest_distance(zigzag, ends) == 0.3
    assert vertices_within([zigzag], ends, tolerance=1).sum() == 2
    assert largest_distance(zigzag, np.ones(9, bool)) == 0


finite = st.floats(allow_nan=False, allow_infinity=False)
ends = st.one_of(
    finite,
    st.floats(-1, 1),
    st.integers(-5000, 5000).map(lambda k: k / 100),
    st.just(-math.inf),
    st.just(math.inf),
)


def digits(value):
    return len(np.format_float_scientific(value, trim="-").split("e")[0].lstrip("-").replace(".", ""))


@settings(max_examples=150, deadline=None)
@given(ends, ends, st.booleans())
def test_shortest_lies_inside(first, second, float32):
    if float32:
        with np.errstate(over="ignore"):
            first, second = float(np.float32(first)), float(np.float32(second))
    low, high = sorted((first, second))
    if low == high:
        return
    t = shortest_between(low, high, float32=float32)
    assert low < t <= high
    assert str(t) != "-0.0"
    if float32:
        with np.errstate(over="ignore"):
            assert np.float32(low) < np.float32(t) <= np.float32(high)


@settings(max_examples=100, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(1e-9, 1e3))
def test_no_decimal_inside_is_shorter_and_none_as_short_is_nearer(high, width):
    low = high - width
    if not low < high:
        return
    t = shortest_between(low, high)
    if t == 0:
        return
    count = digits(t)
    assert count <= digits(high)
    exact_low, exact_high = Fraction(low), Fraction(repr(high))
    # The largest multiple of each coarser power of ten that is not above `high` must be at or below `low`.
    power = int(np.format_float_scientific(t).split("e")[1]) - count + 1
    assert Fraction(repr(t)) == exact_high // Fraction(10) ** power * Fraction(10) ** power
    if high > 0 or count > 1:
        coarser = Fraction(10) ** (power + 1)
        assert exact_high // coarser * coarser <= exact_low or float(exact_high // coarser * coarser) <= low


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.36871, 0.37124, 0.37),
        (0.9, 1.0, 1.0),
        (0.99996, 0.99998, 0.99998),
        (1234.5, 1240.2, 1240.0),
        (-0.2, 0.15, 0.0),
        (-0.2, 0.0, 0.0),
        (-9.95, -9.71, -9.8),
        (-20.0, -9.7, -10.0),
        (1e-7, 2.5e-7, 2e-7),
        (5e-324, 1e-323, 1e-323),
        (2412.53, math.inf, 2420.0),
        (1.0, math.inf, 1.01),
        (0.0, math.inf, 1.0),
        (-0.5, math.inf, -0.499),
        (-0.98765, math.inf, -0.987),
        (1.7976931348623157e308, math.inf, math.inf),
        (-math.inf, 0.0123456, 0.0123),
        (-math.inf, -17.6543, -17.7),
        (-math.inf, 0.0, 0.0),
        (-math.inf, -1.7976931348623157e308, -1.7976931348623157e308),
        (-math.inf, math.inf, 0.0),
        (math.inf, math.inf, math.inf),
        (-math.inf, -math.inf, -math.inf),
    ],
)
def test_shortest_examples(low, high, expected):
    assert shortest_between(low, high) == expected


def test_shortest_of_neighbouring_floats():
    for high in (0.1, 0.3, 1 / 3, 1e22, 123456789.123, -0.1):
        below = np.nextafter(high, -np.inf)
        assert shortest_between(below, high) == high
        single = np.float32(high)
        before = np.nextafter(single, np.float32(-np.inf))
        t = shortest_between(float(before), float(single), float32=True)
        assert np.float32(t) == single
        assert digits(t) <= 9 or t == single
    with pytest.raises(InputError, match="low must be below high"):
        shortest_between(1.0, 1.0)
    with pytest.raises(InputError, match="low must be below high"):
        shortest_between(math.nan, 1.0)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_javascript_finds_the_same_decimals():
    random = np.random.default_rng(0)
    highs = np.concatenate(
        (
            random.random(1500),
            random.normal(size=1500) * 10 ** random.uniform(-300, 300, 1500),
            [0.0, 1.0, -1.0, 5e-324],
        )
    )
    widths = np.abs(highs) * 10 ** random.uniform(-17, 1, len(highs)) + 5e-324
    intervals = [
        (low, high, False) for low, high in zip((highs - widths).tolist(), highs.tolist(), strict=True)
    ]
    singles = random.normal(size=1500).astype(np.float32)
    lows = (singles - np.abs(singles) * 10 ** random.uniform(-8, 1, 1500)).astype(np.float32)
    intervals += [(low, high, True) for low, high in zip(lows.tolist(), singles.tolist(), strict=True)]
    intervals += [(-math.inf, high, narrow) for _, high, narrow in intervals[::20]]
    intervals += [(high, math.inf, narrow) for _, high, narrow in intervals[: len(intervals) : 20]]
    intervals = [each for each in intervals if each[0] < each[1]]
    module = Path(__file__).parents[4] / "pages" / "ui" / "live" / "explorer" / "base" / "shortest.js"
    script = f"""
      const {{ shortestBetween }} = await import({json.dumps(module.as_uri())});
      const lines = (await import("node:fs")).readFileSync(0, "utf8").trim().split("\\n");
      for (const line of lines) {{
        const [low, high, float32] = line.split(" ");
        console.log(String(shortestBetween(Number(low), Number(high), float32 === "1")));
      }}
    """
    spelt = {math.inf: "Infinity", -math.inf: "-Infinity"}
    lines = "\n".join(
        f"{spelt.get(low, low)} {spelt.get(high, high)} {int(narrow)}" for low, high, narrow in intervals
    )
    answer = subprocess.run(
        ["node", "--input-type=module", "-e", script],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found = [float(each.replace("Infinity", "inf")) for each in answer.stdout.split()]
    assert found == [shortest_between(low, high, float32=narrow) for low, high, narrow in intervals]
