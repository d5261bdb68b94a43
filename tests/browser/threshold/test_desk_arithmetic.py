"""The arithmetic of the explorer's tools against evalcore's, on the same numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from evalcore.errors import InputError
from evalcore.figures.live.explorer import explorer_data, explorer_point
from evalcore.figures.live.explorer_desk import goal_told
from evalcore.metrics.deciding.deployed import sweep_at_prevalence
from evalcore.metrics.deciding.review_band import least_review, review_between
from evalcore.metrics.goals.costs import cost_curve, ratios_where_best, theoretical_threshold
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.prevalence import at_prevalence, parse_prevalence, prevalence_interval
from evalcore.metrics.goals.solving import kept_constraints
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.distribution import score_histogram
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.numbers import money, per_thousand
from pages.ui.live.explorer import MODULES, joined_script
from tests.browser.waiting import computed

THERE = (
    "precision",
    "negative_predictive_value",
    "accuracy",
    "predicted_positive_rate",
    "recall",
    "specificity",
)
GOALS = (
    "max precision where recall >= 0.8",
    "precision >= 0.6 and recall >= 0.7",
    "max f1 where flagged <= 2000 per 10000 and fpr <= 5 %",
    "missed <= 30 and fbeta(2) >= 0.5",
    "min cost (miss 50, false alarm 1) where mcc > 0.3",
    "net benefit(20 %) >= 0.1 and kappa >= 0.2",
)
SURE = "min flagged where recall >= 80 % with 90 % confidence and precision >= 40 % with 95 % confidence"


@pytest.fixture(scope="module")
def script(chromium: Browser) -> Iterator[Page]:
    """A blank page with the explorer's modules loaded, without any app."""
    page = chromium.new_page()
    names = (
        "Lens, parsePrevalence, GoalTool, SweepTable, constrained, totalCost, cheapestRow, ratiosWhereBest, "
        "cheapestCorners, nearestRatio, theoreticalThreshold, "
        "Amounts, formatMoney, IconTool, SureTool, reviewed, reviewCost"
    )
    page.add_script_tag(content=f"{joined_script(*MODULES)}\nwindow.op = {{ {names} }};", type="module")
    page.wait_for_function("window.op !== undefined")
    yield page
    page.close()


def same(left: Any, right: float) -> bool:
    return (math.isnan(left) and math.isnan(right)) or left == pytest.approx(right, rel=1e-9, abs=1e-12)


def counts() -> list[dict[str, float]]:
    some = np.random.default_rng(77).integers(0, 3000, (50, 4)).tolist()
    some += [[5, 0, 3, 4], [5, 2, 0, 4], [0, 4, 3, 6], [9, 1, 2, 0], [9, 0, 0, 7]]
    return [dict(zip(("tn", "fp", "fn", "tp"), each, strict=True)) for each in some]


@pytest.mark.parametrize("prevalence", [0.005, 0.3, 0.97])
def test_counts_and_intervals_at_another_prevalence_are_pythons(script: Page, prevalence: float) -> None:
    found = computed(
        script,
        """([list, names, prevalence]) => list.map((c) => {
            const lens = new op.Lens();
            lens.take({ positives: c.tp + c.fn, negatives: c.tn + c.fp }, prevalence);
            return { there: lens.at(c), told: lens.told(c), base: lens.base,
                     bands: names.map((name) => lens.interval(name, c, [1, 1])) };
        })""",
        [counts(), list(THERE), prevalence],
    )
    for cells, said in zip(counts(), found, strict=True):
        plain = Confusion(**cells)
        there = at_prevalence(plain, prevalence)
        for cell in ("tn", "fp", "fn", "tp"):
            assert same(said["there"][cell], float(getattr(there, cell)))
            exact = said["base"] * float(getattr(there, cell)) / float(there.total)
            assert abs(said["told"][cell] - exact) <= 1.5, "told in whole cases"
        assert sum(said["told"].values()) == said["base"]
        for name, band in zip(THERE, said["bands"], strict=True):
            theirs = prevalence_interval(plain, name, prevalence)
            assert same(band["low"], float(theirs.low)), (name, cells)
            assert same(band["high"], float(theirs.high)), (name, cells)


def test_a_prevalence_is_read_as_python_reads_it(script: Page) -> None:
    texts = [
        "1 in 200", "0.5 %", "0,5%", "0.005", "3 of 1,000", "1:50", "1 / 8", "12 %", "1,5 %", "1 out of 40",
        "", "often", "0", "1", "100 %", "2 in 1", "-1 %", "1 in", "1e-3", "0.5.5", "1 in 0",
    ]  # fmt: skip
    for text, found in zip(
        texts, computed(script, "list => list.map(op.parsePrevalence)", texts), strict=True
    ):
        try:
            assert found == pytest.approx(parse_prevalence(text), rel=1e-12), text
        except InputError:
            assert found is None, text


def sweep_of(size: int = 3000) -> ThresholdSweep:
    rng = np.random.default_rng(5)
    truth = (rng.random(size) < 0.2).astype(np.uint8)
    return ThresholdSweep.from_scores(truth, np.clip(rng.normal(0.3 + 0.3 * truth, 0.15), 0, 1).round(4))


def data_of(sweep: ThresholdSweep, max_rows: int) -> dict[str, Any]:
    data = explorer_data(
        sweep, sweep.thin(max_rows), score_histogram(sweep), (), positive="1", negative="0", auc=delong(sweep)
    )
    return explorer_point(data, sweep, threshold=0.31, pinned=None, cell=None, tiles=[], revision=1)


ROWS = """([data, told, prevalence, own]) => {
    const table = new op.SweepTable(data.table, data.points);
    const lens = new op.Lens();
    lens.take(table, prevalence);
    const tool = new op.GoalTool({ onGoal() {}, onGo() {} });
    tool.take(told, table, lens);
    const kept = own ? tool.rowsOwn() : tool.kept;
    return Array.from({ length: table.length }, (_, row) => [table.name(row), kept[row]]);
}"""


@pytest.mark.parametrize("goal", [*GOALS, SURE])
@pytest.mark.parametrize("prevalence", [None, 0.05])
def test_rows_that_keep_a_goal_are_pythons(script: Page, goal: str, prevalence: float | None) -> None:
    sweep = sweep_of()
    told = goal_told(sweep, goal, prevalence=prevalence)
    assert told["state"] in {"found", "infeasible"}
    found = [computed(script, ROWS, [data_of(sweep, 256), told, prevalence, own]) for own in (False, True)]
    assert found[0] == found[1], "told and judged by the rows' own counts"
    held = 0
    for threshold, kept in found[0]:
        here = sweep.at(float(threshold))
        if prevalence is not None and goal != SURE:
            here = at_prevalence(here, prevalence)
        expected = all(each for _, each in kept_constraints(here, Goal.parse(goal)))
        assert bool(kept) == expected, (goal, threshold)
        held += expected
    assert held > 0 or told["state"] == "infeasible"


@pytest.mark.parametrize("goal", GOALS)
def test_measures_of_a_goal_are_pythons(script: Page, goal: str) -> None:
    sweep = sweep_of()
    parsed, told = Goal.parse(goal), goal_told(sweep, goal)
    cells = [each for each in counts() if all(each.values())]
    found = computed(
        script,
        "([told, list]) => list.map((c) => told.constraints.map((each) => op.constrained(each, c, told.costs)))",
        [told, cells],
    )
    for each, values in zip(cells, found, strict=True):
        for constraint, value in zip(parsed.constraints, values, strict=True):
            costs = parsed.costs or type(parsed).parse("min cost (miss 1, false alarm 1)").costs
            assert costs is not None
            assert same(value, float(constraint.of(Confusion(**each), costs))), (str(constraint), each)


COSTS = """([data, costs, prevalence, amounts]) => {
    const table = new op.SweepTable(data.table, data.points);
    const lens = new op.Lens();
    lens.take(table, prevalence);
    const worth = amounts && new op.Amounts(amounts, table);
    const totals = Array.from({ length: table.length }, (_, row) => {
        const c = lens.at(table.confusion(row));
        return op.totalCost(costs, c, worth ? lens.at(worth.cells(row)) : c);
    });
    const best = op.cheapestRow(totals);
    return { totals, names: totals.map((_, row) => table.name(row)), best: table.name(best), least: totals[best],
             ratios: totals.map((_, row) => op.ratiosWhereBest(table, row)),
             theory: op.theoreticalThreshold(costs, lens.weights),
             near: totals.map((_, row) => {
                 const near = op.nearestRatio(table, op.cheapestCorners(table), row);
                 return { ...near, name: table.name(near.cheaper) };
             }) };
}"""


def test_costs_of_every_row_and_the_least_of_all_are_pythons(script: Page) -> None:
    sweep = sweep_of()
    rng = np.random.default_rng(8)
    for prevalence in (None, 0.01, 0.6):
        there = sweep if prevalence is None else sweep_at_prevalence(sweep, prevalence)
        for _ in range(12):
            fp, fn, tp, tn = np.round(rng.normal(2, 4, 4), 2).tolist()
            review = float(np.round(rng.random(), 2))
            costs = {"fp": fp, "fn": fn, "tp": tp, "tn": tn, "review": review}
            # 64 rows of some 2,000: the corners that travel beside them hold the least of all.
            found = computed(script, COSTS, [data_of(sweep, 64), costs, prevalence, None])
            curve = cost_curve(there, Costs(fp, fn, tp, tn), per_flagged=review)
            assert same(found["least"], curve.best_total)
            if prevalence is None:
                called = Costs(fp + review, fn, tp + review, tn)
                assert same(
                    math.nan if found["theory"] is None else found["theory"], theoretical_threshold(called)
                )
            assert there.at(found["best"]) == there.at(curve.best_threshold)
            for name, total in zip(found["names"], found["totals"], strict=True):
                point = there.at(name)
                exact = Costs(fp, fn, tp, tn).of(point) + review * point.predicted_positives
                assert same(total, float(exact))


def test_amounts_of_cases_are_summed_as_python_sums_them(script: Page) -> None:
    rng = np.random.default_rng(9)
    truth = (rng.random(800) < 0.3).astype(np.uint8)
    score = np.clip(rng.normal(0.3 + 0.3 * truth, 0.15), 0, 1).round(3)
    worth = rng.integers(1, 900, 800)
    sweep = ThresholdSweep.from_scores(truth, score)
    priced = ThresholdSweep.from_scores(truth, score, weight=worth)
    data = data_of(sweep, 2048)
    scores = sweep.thresholds.tolist()
    amounts = {
        "column": "worth", "score": scores, "tp": priced.true_positives.tolist(), "fp": priced.false_positives.tolist(),
        "positives": priced.positives, "negatives": priced.negatives,
    }  # fmt: skip
    costs = {"fp": 0.2, "fn": 1.0, "tp": 0.0, "tn": 0.0, "review": 3.0}
    found = computed(script, COSTS, [data, costs, None, amounts])
    for name, total in zip(found["names"], found["totals"], strict=True):
        called = score >= name
        brute = (
            worth[(truth == 1) & ~called].sum() + 0.2 * worth[(truth == 0) & called].sum() + 3 * called.sum()
        )
        assert same(total, float(brute))
    curve = cost_curve(sweep, Costs(fp=0.2, fn=1.0), per_flagged=3.0, amounts=priced)
    assert same(found["least"], curve.best_total)


def test_ratios_for_which_a_row_is_the_cheapest_are_pythons(script: Page) -> None:
    sweep = sweep_of()
    costs = {"fp": 1, "fn": 1, "tp": 0, "tn": 0, "review": 0}
    found = computed(script, COSTS, [data_of(sweep, 64), costs, None, None])
    cheapest = 0
    for name, ratios in zip(found["names"], found["ratios"], strict=True):
        exact = ratios_where_best(sweep, name)
        assert (ratios is None) == (exact is None), name
        if ratios and exact:
            cheapest += 1
            assert same(ratios[0], exact[0])
            assert same(ratios[1], exact[1])
    assert cheapest > 5
    # Where no ratio makes a row the cheapest, none brings it nearer to the cheapest than the one that is told.
    points = [sweep.at(name) for name in found["names"]]
    missed, alarms = (np.array([float(getattr(each, cell)) for each in points]) for cell in ("fn", "fp"))
    tried = np.geomspace(1e-3, 1e3, 4001)
    totals = tried[:, None] * missed + alarms
    least = (1 - totals.min(axis=1)[:, None] / totals).min(axis=0)
    for row, near in enumerate(found["near"]):
        assert near["saved"] <= least[row] + 1e-9
        here, there = (
            near["ratio"] * missed[at] + alarms[at] for at in (row, found["names"].index(near["name"]))
        )
        assert same(near["saved"], 1 - there / here)


def test_money_is_written_as_python_writes_it(script: Page) -> None:
    rng = np.random.default_rng(3)
    values = [
        *(10 ** rng.uniform(-7, 7, 200)).tolist(),
        0,
        0.1,
        999.994,
        999.996,
        1000,
        -0.5,
        -12345.6,
        0.0999,
    ]
    assert computed(script, "list => list.map(op.formatMoney)", values) == [money(each) for each in values]


ICONS = """([words, own, list]) => list.map((c) => {
    const tool = new op.IconTool();
    const lens = new op.Lens();
    lens.take({ positives: c.tp + c.fn, negatives: c.tn + c.fp }, c.prevalence ?? null);
    tool.take({ positive: "sick", negative: "well" }, words, own);
    tool.fit(500, 250);
    tool.move(lens, c);
    const shown = Object.entries(tool.lines).map(([cell, line]) => [cell, Number(line.dataset.value)]);
    return { shown: Object.fromEntries(shown),
             said: tool.lines.tp.textContent, title: tool.title.textContent };
})"""


def test_marks_of_a_thousand_cases_add_up_as_pythons_do(script: Page) -> None:
    words = {cell: {"one": cell, "many": f"{cell}s", "technical": cell} for cell in ("tp", "fn", "fp", "tn")}
    said = {"one": "has it", "many": "have it"}
    own = {"cases": "patients", "cells": dict.fromkeys(("tp", "fn", "fp", "tn"), said)}
    found = computed(script, ICONS, [words, None, counts()])
    for each, c in zip(found, counts(), strict=True):
        assert each["shown"] == per_thousand({cell: c[cell] for cell in ("tp", "fn", "fp", "tn")})
        assert sum(each["shown"].values()) == 1000
    rare = computed(
        script, ICONS, [words, own, [{"tp": 30, "fn": 10, "fp": 5, "tn": 95, "prevalence": 0.001}]]
    )[0]
    assert rare["shown"] == {"tp": 1, "fn": 0, "fp": 50, "tn": 949}
    assert rare["said"] == "1 tp: has it."
    assert (
        rare["title"].replace("\u00a0", " ")
        == "Of 1,000 patients like these (prevalence 0.1 %), at this threshold:"
    )


def test_between_told_thresholds_a_band_lies_between_their_bands(script: Page) -> None:
    found = computed(
        script,
        """([exact, list]) => list.map((threshold) => {
            const tool = new op.SureTool({ onBands: () => {}, onDraw: () => {} });
            const band = { label: "F1", coefficient: false, low: [0.1, 0.3, null], high: [0.2, 0.5, null] };
            tool.take({ problem: "", resamples: 9, roc_auc: [0, 1], average_precision: [0, 1], chosen: null,
                        rates: { thresholds: [0.8, 0.6, 0.2], exact, bands: { f1: band } },
                        drawn: { together: "", groups: 0, few: false }, columns: [] }, { bands: true, seed: 0 });
            tool.move(threshold, { f1: 0.25 }, () => ({ low: NaN, high: NaN }), false);
            return [...tool.lines[0].cells].map((cell) => cell.textContent);
        })""",
        [False, [0.9, 0.8, 0.7, 0.6, 0.4]],
    )
    # A number and its sign are never parted.
    assert [each[2].replace("\u00a0", " ") for each in found] == [
        "–",
        "10.0 % to 20.0 %",
        "20.0 % to 35.0 %",
        "30.0 % to 50.0 %",
        "–",
    ]


REVIEW = """([data, prevalence, costs, pairs]) => pairs.map(([low, high]) => {
    const table = new op.SweepTable(data.table, data.points);
    const lens = new op.Lens();
    lens.take(table, prevalence);
    const { decided, looked } = op.reviewed(table, table.nearest(low).row, table.nearest(high).row);
    const there = [lens.at(decided), lens.at(looked)];
    return { decided: there[0], looked: there[1], cost: op.reviewCost(costs, ...there) };
})"""


def test_what_is_decided_and_what_is_reviewed_are_pythons(script: Page) -> None:
    sweep = sweep_of()
    costs = {"fp": 2.0, "fn": 9.0, "tp": -1.0, "tn": 0.5, "review": 0.25, "band": 3.0}
    for prevalence in (None, 0.02):
        there = sweep if prevalence is None else sweep_at_prevalence(sweep, prevalence)
        bands = [least_review(there, limit) for limit in (0.0, 0.05, 0.2)]
        bands += [review_between(there, low, high) for low, high in ((0.2, 0.7), (0.5, 0.5))]
        pairs = [[each.low, each.high if math.isfinite(each.high) else 2.0] for each in bands]
        data = data_of(sweep, 10_000)
        for found, band in zip(
            computed(script, REVIEW, [data, prevalence, costs, pairs]), bands, strict=True
        ):
            for cell in ("tn", "fp", "fn", "tp"):
                assert same(found["decided"][cell], float(getattr(band.decided, cell)))
            assert same(found["looked"]["tp"], band.positives)
            assert same(found["looked"]["tn"], band.negatives)
            called = float(band.decided.predicted_positives) + band.positives
            right = -1.0 * (float(band.decided.tp) + band.positives) + 0.5 * (
                float(band.decided.tn) + band.negatives
            )
            wrong = 2.0 * float(band.decided.fp) + 9.0 * float(band.decided.fn)
            assert same(found["cost"], right + wrong + 0.25 * called + 3.0 * band.review)
