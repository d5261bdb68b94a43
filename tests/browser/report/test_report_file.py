"""The report opened from a file with the network cut: alive, exact, and silent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

import evalcore as ec
from evalcore.sharing.report.live import Asked
from evalcore.sharing.report.page import report_html
from tests.browser.waiting import number, reading, resting_box, wait_for_frames

RANDOM = np.random.default_rng(8)
TRUTH = RANDOM.integers(0, 2, 5000)
SCORES = {name: RANDOM.random(5000) * 0.7 + gap * TRUTH for name, gap in (("first", 0.3), ("<b>second", 0.1))}
SWEEPS = {name: ec.ThresholdSweep.from_scores(TRUTH, each) for name, each in SCORES.items()}


@pytest.fixture
def report(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """The report of two models, open without a network; nothing may be asked for and nothing may go wrong."""
    opened = ec.open_predictions(
        pd.DataFrame({"label": TRUTH, **SCORES}), truth="label", score=list(SCORES), positive="1"
    )
    path = tmp_path / "report.html"
    path.write_text(report_html(opened, Asked(goal="max precision where recall >= 0.9")), encoding="utf-8")
    context = chromium.new_context(offline=True, viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    wrong: list[str] = []
    asked: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    tab.on("request", lambda request: asked.append(str(request)))
    tab.goto(path.as_uri())
    yield tab
    context.close()
    assert [each for each in wrong if "ResizeObserver loop" not in each] == []
    assert len(asked) == 1, asked  # the file itself


@reading
def exact(tab: Page, name: str) -> float:
    """The present threshold, once all cells of the matrix are evalcore's at it."""
    threshold = number(tab.locator(".op-explorer"), "data-threshold").once()
    point = SWEEPS[name].at(threshold)
    shown = {cell: number(tab.locator(f"[data-cell='{cell}']")).once() for cell in ("tp", "fp", "fn", "tn")}
    assert shown == {"tp": point.tp, "fp": point.fp, "fn": point.fn, "tn": point.tn}
    return threshold


def test_the_report_is_alive_from_a_file_without_a_network(report: Page) -> None:
    goal = ec.find_operating_point(SWEEPS["first"], "max precision where recall >= 0.9").threshold
    exact(report, "first").becomes(goal)
    report.locator(".op-histogram").scroll_into_view_if_needed()
    box = resting_box(report.locator("[data-op='histogram-plot']"))
    report.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.5 * box["height"])
    report.mouse.down()
    for share in (0.6, 0.5, 0.4, 0.3):
        report.mouse.move(box["x"] + share * box["width"], box["y"] + 0.5 * box["height"])
        wait_for_frames(report, 1)
    report.mouse.up()
    exact(report, "first").fits(lambda threshold: 0.1 < threshold < 0.45)
    report.get_by_role("button", name="Pin this point").click()
    expect(report.get_by_role("button", name="Unpin")).to_be_visible()
    report.get_by_role("button", name="What do you need?").click()
    report.get_by_role("tab", name="Costs").click()
    report.get_by_label("Cost of each case that is missed").fill("50")
    expect(report.locator("[data-panel='costs']")).to_contain_text("Least")
    report.get_by_label("Model", exact=True).select_option("<b>second")
    other = ec.find_operating_point(SWEEPS["<b>second"], "max precision where recall >= 0.9").threshold
    exact(report, "<b>second").becomes(other)
    expect(report.get_by_role("tab", name="Costs")).to_have_attribute("aria-selected", "true")
    expect(report.locator("main b")).to_have_count(0)
