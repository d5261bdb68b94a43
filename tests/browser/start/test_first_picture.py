"""The first page of a session in a real browser: the picture first, and all below it whatever happens meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_process import running_app
from tests.browser.chromium import open_page
from tests.browser.conftest import OpenPage
from tests.browser.threshold.test_threshold_page import explorer
from tests.browser.waiting import address, number, reading, resting_box


def expect_all(tab: Page) -> None:
    """Wait until the page is there down to its last chart."""
    explorer(tab)
    expect(tab.get_by_role("heading", name="Cases behind a cell")).to_be_visible()
    expect(tab.get_by_test_id("stDataFrame").first).to_be_visible()
    expect(tab.get_by_role("heading", name="Every threshold at once")).to_be_visible()
    expect(tab.get_by_test_id("stPlotlyChart").first).to_be_visible()


@reading
def order(tab: Page) -> list[str]:
    """Which came first, the picture or the chart below it."""
    found: list[str] = tab.evaluate("window.came ?? []")
    return found


NOTE_WHAT_COMES = """() => {
    window.came = [];
    const parts = { picture: ".op-explorer", chart: ".js-plotly-plot" };
    const note = () => {
        const roots = [document, ...[...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean)];
        for (const [name, part] of Object.entries(parts)) {
            if (!window.came.includes(name) && roots.some((root) => root.querySelector(part))) window.came.push(name);
        }
        if (window.came.length < 2) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
}"""


def test_the_picture_comes_before_what_is_below(page: OpenPage) -> None:
    tab = page("/help")
    tab.add_init_script(f"({NOTE_WHAT_COMES})()")
    tab.goto(f"{address(tab).fits().split('/help')[0]}/?e=sample-mnist-5")
    expect_all(tab)
    order(tab).becomes(["picture", "chart"])


@pytest.mark.parametrize("path", ["/nowhere", "/nowhere?e=sample-mnist-5"])
def test_below_is_there_after_a_page_that_is_not(page: OpenPage, path: str) -> None:
    tab = page(path)
    expect(tab.get_by_text("Page not found")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    expect_all(tab)


def test_below_is_there_where_the_very_first_visit_is_to_a_page_that_is_not(
    chromium: Browser, tmp_path: Path
) -> None:
    with running_app(tmp_path / "data", log=tmp_path / "log") as app:
        tab = open_page(chromium, f"{app.url}/nowhere", viewport="wide", color_scheme="light")
        expect_all(tab)
        tab.context.close()


def test_a_drag_while_the_rest_is_on_its_way(page: OpenPage) -> None:
    tab = page("/help")
    tab.goto(f"{address(tab).fits().split('/help')[0]}/?e=sample-mnist-5")
    explorer(tab)
    box = resting_box(tab.locator("[data-op='histogram-plot'] svg"))
    tab.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    tab.mouse.down()
    tab.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.5 * box["height"], steps=5)
    tab.mouse.up()
    moved = number(tab.locator(".op-explorer"), "data-threshold").fits(lambda now: now != 0)
    expect(tab.get_by_label("Threshold", exact=True)).to_have_value(f"{moved:g}")
    expect_all(tab)
    number(tab.locator(".op-explorer"), "data-threshold").becomes(moved)


def test_who_leaves_meanwhile_finds_all_on_return(page: OpenPage) -> None:
    tab = page("/help")
    tab.goto(f"{address(tab).fits().split('/help')[0]}/?e=sample-mnist-5")
    explorer(tab)
    tab.get_by_role("link", name="Errors").click()
    tab.get_by_role("heading", name="Errors").wait_for()
    tab.get_by_role("link", name="Threshold").click()
    expect_all(tab)
