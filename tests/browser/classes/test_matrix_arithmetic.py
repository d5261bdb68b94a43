"""The live matrix's JavaScript against Python's `judge`, on the same cases, without any app."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from evalcore.figures.contrast import LEAST as LEAST_CONTRAST
from evalcore.figures.contrast import blend, contrast, legible
from evalcore.figures.live.matrix import matrix_costs, matrix_table, packed
from evalcore.figures.style import DARK, LIGHT, Palette
from evalcore.metrics.policy.decisions import Decisions, decide_by_score, decide_by_thresholds, judge
from evalcore.metrics.policy.steps import policy_steps, threshold_steps
from pages.ui.live.matrix import matrix_script
from tests.benchmarks.policy_moves import made_data, mounted
from tests.browser.waiting import computed, expect_never, resting_box, variable

rng = np.random.default_rng(6)
TRUTH = rng.integers(0, 6, 4000)
RAW = np.exp(rng.normal(size=(4000, 6)) + 1.3 * np.eye(6)[TRUTH])
P = RAW / RAW.sum(axis=1, keepdims=True)
WEIGHT = rng.uniform(0.2, 3, 4000)
CLASSES = tuple("abcdef")
COSTS = rng.integers(1, 9, (6, 6)) * (1 - np.eye(6))
LEAST = [None, 0.0, 0.3, 0.4321, 0.71, 0.999, 1.5]


@pytest.fixture(scope="module")
def script(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    text = matrix_script().replace("export default ", "")
    page.add_script_tag(
        content=f"{text}\nwindow.om = {{ StepTable, ShownCells, unpack, limitOf, shortened, inkOn }};",
        type="module",
    )
    page.wait_for_function("window.om !== undefined")
    yield page
    page.close()


def decisions(name: str, kind: type) -> Decisions:
    scores = P.astype(kind)
    return decide_by_score(scores) if name == "arg_max" else decide_by_thresholds(scores, [0.4] * 6)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(
    ("rule", "certainty", "kind"),
    [("arg_max", "confidence", np.float64), ("thresholds", "margin", np.float32)],
)
def test_every_figure_is_pythons(script: Page, rule: str, certainty: Any, kind: type, weighted: bool) -> None:
    decided = decisions(rule, kind)
    weight = WEIGHT if weighted else None
    known = [least for least in LEAST if least is not None]
    steps = policy_steps(
        TRUTH, decided, classes=6, kind=certainty, weight=weight, include=known, most=64
    )  # fmt: skip
    found = computed(
        script,
        """([table, costs, place, wanted]) => {
            const steps = new om.StepTable(table, costs);
            const cells = new om.ShownCells(steps, om.unpack(place), 6);
            return wanted.map((least) => {
                const step = steps.at(least);
                const figures = steps.go(step);
                cells.follow();
                const counts = [0, 1, 2, 3, 4, 5].map((i) => [0, 1, 2, 3, 4, 5].map((j) => cells.count(i, j)));
                return { ...figures, counts, risk: steps.risk[step], least: step < 0 ? null : om.limitOf(steps, step) };
            });
        }""",
        [matrix_table(steps), matrix_costs(COSTS, 0.7, 6), packed(np.arange(6)[::-1]), LEAST],
    )
    for asked, said in zip(LEAST, found, strict=True):
        at = decided if asked is None else decided.at_least(asked, kind=certainty)
        judged = judge(TRUTH, at, classes=CLASSES, weight=weight, costs=COSTS, abstention_cost=0.7)
        assert said["counts"] == pytest.approx(judged.confusion.counts[::-1, ::-1], abs=1e-9)
        assert said["coverage"] == pytest.approx(judged.coverage)
        assert said["cost"] == pytest.approx(judged.cost)
        assert said["total"] - said["decided"] == pytest.approx(judged.abstained.sum(), abs=1e-9)
        if judged.confusion.total:
            assert said["accuracy"] == pytest.approx(judged.accuracy)
            assert said["f1"] == pytest.approx(judged.confusion.average("f1", "macro"))
            assert said["risk"] == pytest.approx(1 - judged.accuracy)
        if said["least"] is not None:  # the name of the step decides the same cases
            named = judge(
                TRUTH, decided.at_least(said["least"], kind=certainty), classes=CLASSES, weight=weight
            )
            assert named.confusion.counts == pytest.approx(judged.confusion.counts)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_threshold_of_a_class_is_pythons(script: Page, kind: type) -> None:
    scores, others = P.astype(kind), np.full(6, 0.25)
    steps = threshold_steps(TRUTH, scores, others, 2, least=0.3, most=50)
    found = computed(
        script,
        """(table) => {
            const steps = new om.StepTable(table, null);
            return [-1, 0, 7, 33, 49].map((step) => ({ ...steps.go(step), limit: om.limitOf(steps, step),
                reach: step < 0 ? 0 : steps.reach[step], again: steps.nearest(step < 0 ? 0 : steps.reach[step]) }));
        }""",
        matrix_table(steps),
    )
    assert [each["again"] for each in found] == [-1, 0, 7, 33, 49]
    for said in found:
        limits = others.copy()
        limits[2] = -np.inf if said["limit"] is None else said["limit"]
        judged = judge(TRUTH, decide_by_thresholds(scores, limits).at_least(0.3), classes=CLASSES)
        assert said["decided"] == judged.confusion.total
        assert said["accuracy"] == pytest.approx(judged.accuracy)
        assert said["f1"] == pytest.approx(judged.confusion.average("f1", "macro"))


def test_folded_classes_are_added_up(script: Page) -> None:
    decided = decide_by_score(P)
    table = matrix_table(policy_steps(TRUTH, decided, classes=6))
    found = computed(
        script,
        """([table, place]) => {
            const steps = new om.StepTable(table, null);
            steps.go(steps.length - 1);
            const cells = new om.ShownCells(steps, om.unpack(place), 2);
            cells.follow();
            const views = ["count", "actual", "called", "all", "error"];
            const value = (view, i, j) => cells.value(view, cells.count(i, j), i, j);
            return views.map((view) => [0, 1].map((i) => [0, 1].map((j) => value(view, i, j))));
        }""",
        [table, packed([1, 1, 0, 1, 1, 1])],
    )
    hit, call = decided.labels == 2, TRUTH == 2
    counts = np.array(
        [[(call & hit).sum(), (call & ~hit).sum()], [(~call & hit).sum(), (~call & ~hit).sum()]]
    )
    rows, columns = counts.sum(axis=1, keepdims=True), counts.sum(axis=0)
    wanted = [counts, counts / rows, counts / columns, counts / 4000, counts / rows * (1 - np.eye(2))]
    assert np.array(found) == pytest.approx(np.array(wanted, dtype=float))


def test_a_thousand_classes_are_found_walked_and_clicked(chromium: Browser) -> None:
    page = mounted(chromium, made_data(1000, 20_000))
    words, canvas = page.locator(".om-words"), page.locator(".om-canvas")
    page.get_by_label("Find a class in the matrix").fill("class 77")
    expect(words).to_contain_text("“class 77”")
    expect(words).to_contain_text("11 classes match")
    expect(page.locator(".om-canvas.om-zoomed")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(words).to_contain_text("“class 770”")
    resting_box(canvas)
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    expect(words).to_contain_text("“class 999”")
    page.keyboard.press("0")
    page.wait_for_selector(".om-canvas:not(.om-zoomed)")
    page.keyboard.press("Enter")
    variable(page, "window.said").becomes([["cell", {"actual": 0, "called": 999}]])
    page.close()


def test_names_are_text(chromium: Browser) -> None:
    data = made_data(14, 500)
    data["shown"]["names"][3] = "<img src=x onerror=window.hit=1>"
    page = mounted(chromium, data)
    page.get_by_label("Find a class in the matrix").fill("onerror")
    expect(page.locator(".om-words")).to_contain_text("<img src=x")
    expect_never(page, "window.hit")
    expect(page.locator("img")).to_have_count(0)
    page.close()


def test_long_names_that_begin_alike_can_be_told_apart(script: Page) -> None:
    start = "Malignant neoplasm of the " + "very " * 20
    names = [f"{start}{organ}, {side}" for organ in ("lung", "skin", "bone") for side in ("left", "right")]
    names += ["other (3 classes)"]
    ask = "([names, letters]) => names.map((name) => om.shortened(name, letters, names))"
    for letters in (12, 18, 24, 40):
        found = computed(script, ask, [names, letters])
        assert len(set(found)) == len(names), found
        assert all(len(each) <= letters for each in found)
        assert found[-1] == (names[-1] if letters >= 17 else f"{names[-1][: letters - 1]}…")


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_ink_of_every_shade_is_pythons(script: Page, palette: Palette) -> None:
    """And so each digit has a contrast of 4.5 with its cell, in every view."""
    shades = [
        blend(palette.surface, hue, place / 255)
        for hue in (palette.negative, palette.positive)
        for place in range(256)
    ]
    given = [
        [[int(shade[at : at + 2], 16) for at in (1, 3, 5)] for shade in shades],
        [palette.ink, palette.surface],
    ]
    inks = computed(script, "([grounds, preferred]) => grounds.map(each => om.inkOn(each, preferred))", given)
    assert [ink.upper() for ink in inks] == [legible(shade, palette.ink, palette.surface) for shade in shades]
    assert min(contrast(ink, shade) for ink, shade in zip(inks, shades, strict=True)) >= LEAST_CONTRAST
