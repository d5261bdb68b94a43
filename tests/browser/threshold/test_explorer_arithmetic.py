"""The explorer's JavaScript arithmetic against Python's, on the same numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from evalcore.describing.explained import explain_metric
from evalcore.figures.live.explorer import explorer_data, explorer_point, find_presets
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.rates.intervals import confusion_interval
from evalcore.metrics.sweep.decimals import shortest_between
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.distribution import score_histogram
from evalcore.metrics.sweep.marked_range import ScoreRange, count_in_range
from evalcore.metrics.sweep.sweep import ThresholdSweep
from pages.ui.live.explorer import MODULES, joined_script
from tests.browser.waiting import computed

WITH_INTERVAL = (
    "accuracy",
    "balanced_accuracy",
    "precision",
    "recall",
    "specificity",
    "false_positive_rate",
    "false_negative_rate",
    "negative_predictive_value",
    "f1",
    "matthews_corrcoef",
    "youden_j",
    "predicted_positive_rate",
)


@pytest.fixture(scope="module")
def script(chromium: Browser) -> Iterator[Page]:
    """A blank page with the explorer's modules loaded, without any app."""
    page = chromium.new_page()
    names = "rates, interval, shortestBetween, SweepTable, exactRange, countsInRange, filledFormula"
    page.add_script_tag(content=f"{joined_script(*MODULES)}\nwindow.op = {{ {names} }};", type="module")
    page.wait_for_function("window.op !== undefined")
    yield page
    page.close()


def confusions() -> list[dict[str, float]]:
    rng = np.random.default_rng(7)
    random = rng.integers(0, 5000, size=(60, 4)).tolist()
    edges = [
        [0, 0, 3, 4],
        [5, 2, 0, 0],
        [5, 0, 3, 0],
        [0, 4, 0, 6],
        [9, 0, 0, 7],
        [1, 0, 0, 0],
        [2.5, 0.25, 1.75, 8.5],
    ]
    return [dict(zip(("tn", "fp", "fn", "tp"), each, strict=True)) for each in random + edges]


def as_float(value: object) -> float:
    """Playwright hands NaN and infinities over as floats, None never."""
    assert isinstance(value, (int, float))
    return float(value)


def same(left: float, right: float) -> bool:
    return (math.isnan(left) and math.isnan(right)) or left == pytest.approx(right, rel=1e-9, abs=1e-12)


def test_every_formula_is_filled_as_pythons(script: Page) -> None:
    counts = [each for each in confusions() if all(float(part).is_integer() for part in each.values())]
    metrics = [
        {
            "name": each.name,
            "label": each.label,
            "formula": each.formula,
            "coefficient": each.bounds[0] < 0,
            "unbounded": math.isinf(each.bounds[1]),
        }
        for each in METRICS.values()
    ]
    found = computed(
        script,
        "([list, all]) => list.map((c) => all.map((each) => op.filledFormula(each, c, all)))",
        [counts, metrics],
    )
    for confusion, filled in zip(counts, found, strict=True):
        point = Confusion(**confusion)
        told = [explain_metric(name, point).filled.split(":")[0] for name in METRICS]
        assert filled == told


def test_every_rate_is_pythons(script: Page) -> None:
    counts = confusions()
    found = computed(script, "list => list.map((c) => op.rates(c))", counts)
    for confusion, rates in zip(counts, found, strict=True):
        assert set(rates) == set(METRICS)
        for name, value in rates.items():
            assert same(as_float(value), float(Confusion(**confusion).value(name))), (name, confusion, value)


@pytest.mark.parametrize("weights", [(1.0, 1.0), (2.7, 2.7), (1.5, 40.0)])
def test_every_interval_is_pythons(script: Page, weights: tuple[float, float]) -> None:
    counts = confusions()
    ask = "([list, names, weights]) => list.map((c) => names.map((name) => op.interval(name, c, weights)))"
    found = computed(script, ask, [counts, WITH_INTERVAL, list(weights)])
    for confusion, intervals in zip(counts, found, strict=True):
        positive, negative = weights
        factors = {"tp": positive, "fn": positive, "fp": negative, "tn": negative}
        squares = Confusion(**{cell: count * factors[cell] for cell, count in confusion.items()})
        for name, mine in zip(WITH_INTERVAL, intervals, strict=True):
            theirs = confusion_interval(Confusion(**confusion), name, squares=squares)
            assert same(as_float(mine["low"]), float(theirs.low)), (name, confusion, mine, theirs)
            assert same(as_float(mine["high"]), float(theirs.high)), (name, confusion, mine, theirs)


@pytest.mark.parametrize("float32", [False, True])
def test_shortest_decimals_are_pythons(script: Page, float32: bool) -> None:
    rng = np.random.default_rng(11)
    kind = np.float32 if float32 else np.float64
    pairs = []
    for scale in (1e-9, 1e-3, 1.0, 250.0, 4e4, 1e12):
        for low, high in np.sort((rng.normal(size=(80, 2)) * scale).astype(kind), axis=1).tolist():
            if low < high:
                pairs.append([low, high])
        steps = rng.normal(size=40).astype(kind) * kind(scale)
        pairs += [[float(each), float(np.nextafter(each, kind(np.inf)))] for each in steps]
    found = computed(
        script, "([pairs, kind]) => pairs.map(([a, b]) => op.shortestBetween(a, b, kind))", [pairs, float32]
    )
    for (low, high), value in zip(pairs, found, strict=True):
        assert as_float(value) == shortest_between(low, high, float32=float32), (low, high)
    for low, high in [
        (-math.inf, 0.25),
        (0.75, math.inf),
        (-math.inf, -3.125),
        (-2.0, math.inf),
        (1.0, math.inf),
    ]:
        ends = computed(
            script,
            "([low, high, kind]) => op.shortestBetween(Number(low), Number(high), kind)",
            [str(low).replace("inf", "Infinity"), str(high).replace("inf", "Infinity"), float32],
        )
        assert as_float(ends) == shortest_between(low, high, float32=float32), (low, high)


def table_of(sweep: ThresholdSweep, max_rows: int) -> dict[str, object]:
    thin = sweep.thin(max_rows)
    presets = find_presets(sweep, ("default", "max_f1"), default=0.5)
    data = explorer_data(
        sweep, thin, score_histogram(sweep), presets, positive="1", negative="0", auc=delong(sweep)
    )
    return explorer_point(data, sweep, threshold=0.31, pinned=None, cell=None, tiles=[], revision=1)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("max_rows", [64, 2048])
def test_counts_at_any_threshold_are_the_full_sweeps(script: Page, kind: type, max_rows: int) -> None:
    rng = np.random.default_rng(3)
    truth = (rng.random(5000) < 0.2).astype(np.uint8)
    score = np.clip(rng.normal(0.3 + 0.3 * truth, 0.2), 0, 1).round(4).astype(kind)
    sweep = ThresholdSweep.from_scores(truth, score)
    wanted = [*rng.random(300).tolist(), 0.31, 0.0, 1.0, -1.0, 2.0]
    found = computed(
        script,
        """([data, wanted]) => {
            const table = new op.SweepTable(data.table, data.points);
            return wanted.map((t) => {
                const at = table.nearest(t);
                return [at.threshold, table.confusion(at.row), table.name(at.row)];
            });
        }""",
        [table_of(sweep, max_rows), wanted],
    )
    for asked, (threshold, counts, name) in zip(wanted, found, strict=True):
        exact = sweep.at(threshold)
        assert (counts["tn"], counts["fp"], counts["fn"], counts["tp"]) == (
            exact.tn,
            exact.fp,
            exact.fn,
            exact.tp,
        )
        named = sweep.at(name)
        assert (named.fp, named.tp) == (exact.fp, exact.tp)
        if max_rows == 2048 or asked == 0.31:
            assert abs(threshold - asked) < 0.02 or not 0 <= asked <= 1
    assert found[300][0] == 0.31, "the present threshold is one of the exact points"


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("max_rows", [64, 2048])
def test_counts_in_any_range_are_the_full_sweeps(script: Page, kind: type, max_rows: int) -> None:
    rng = np.random.default_rng(4)
    truth = (rng.random(5000) < 0.2).astype(np.uint8)
    score = np.clip(rng.normal(0.3 + 0.3 * truth, 0.2), 0, 1).round(4).astype(kind)
    sweep = ThresholdSweep.from_scores(truth, score)
    ends = np.sort(rng.random((200, 2)), axis=1).tolist()
    ends += [[None, 0.4], [0.4, None], [None, None], [0.0, 1.0], [0.5, 0.5], [1.5, None]]
    wanted = [
        {"low": low, "high": high, "actual": [None, "positive", "negative"][i % 3]}
        for i, (low, high) in enumerate(ends)
    ]
    found = computed(
        script,
        """([data, wanted]) => {
            const table = new op.SweepTable(data.table, data.points);
            return wanted.map((each) => {
                const range = op.exactRange(table, each, 3);
                return [range, op.countsInRange(table, range)];
            });
        }""",
        [table_of(sweep, max_rows), wanted],
    )
    for range_, counts in found:
        exact = count_in_range(sweep, ScoreRange(**range_))
        assert (counts["positives"], counts["negatives"]) == (exact.positives, exact.negatives), range_


def test_a_step_always_arrives_somewhere_else(script: Page) -> None:
    score = np.array([0.9, 0.2, 0.1])
    sweep = ThresholdSweep.from_scores(np.array([1, 0, 1]), score)
    walk = computed(
        script,
        """(data) => {
            const table = new op.SweepTable(data.table, data.points);
            const seen = [table.nearest(0)];
            for (let i = 0; i < 5000 && seen.at(-1).row > 0; i += 1) {
                seen.push(table.step(seen.at(-1), seen.at(-1).threshold + 0.001));
            }
            return seen.map(({ row, threshold }) => [row, threshold]);
        }""",
        table_of(sweep, 2048),
    )
    thresholds = [threshold for _, threshold in walk]
    assert thresholds == sorted(set(thresholds))
    assert walk[-1][0] == 0, "the walk ends where nothing is flagged"
