"""A range of scores marked in the histogram, in a real browser: its counts and cases against numpy's."""

from __future__ import annotations

import numpy as np
import pandas as pd
from playwright.sync_api import Locator, Page, expect

from tests.browser.app_process import ROOT
from tests.browser.conftest import OpenPage
from tests.browser.waiting import SentMessages, address, box_value, number, reading, resting_box

TABLE = pd.read_parquet(ROOT / "sample_data/mnist_5_images.parquet")
POSITIVE = (TABLE["actual"] == "5").to_numpy()
SCORE = TABLE["sgd_decision_score"].to_numpy()
START = "/?e=sample-mnist-5-images"


def row(page: Page) -> Locator:
    return page.locator("[data-op='chosen']")


def brush(page: Page, start: tuple[float, float], end: tuple[float, float], *, shift: bool = True) -> None:
    """Mark a range from one place of the histogram to another, as shares of its width and height."""
    picture = page.locator("[data-op='histogram-plot'] svg")
    picture.wait_for()
    box = resting_box(picture)
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    if shift:
        page.keyboard.down("Shift")
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=10)
    page.mouse.up()
    if shift:
        page.keyboard.up("Shift")


@reading
def inside(page: Page) -> np.ndarray:
    """The cases of the range that the boxes name."""
    low, high = (box_value(row(page).get_by_label(name)).once() for name in ("Scores from", "Scores below"))
    found = (float(low or "-inf") <= SCORE) & (float(high or "inf") > SCORE)
    actual = box_value(row(page).get_by_label("Actual class")).once()
    return found if not actual else found & ((actual == "positive") == POSITIVE)


@reading
def ends_told(page: Page) -> tuple[float, float]:
    """The ends of the range in the boxes, once the words above the cases say the same."""
    low, high = (box_value(row(page).get_by_label(name)).once() for name in ("Scores from", "Scores below"))
    words = f"Scores from {low} to below {high}" if high else f"Scores of {low} and more"
    assert page.get_by_text(words).is_visible(), f"not told: {words}"
    return float(low), float(high or "inf")


@reading
def cases_in_range(page: Page) -> int:
    """Compare the counts in the picture and the cases below it with numpy's; return how many there are."""
    found = inside(page).once()
    count = int(found.sum())
    assert number(row(page), "data-positives").once() == (found & POSITIVE).sum()
    assert number(row(page), "data-negatives").once() == (found & ~POSITIVE).sum()
    assert page.get_by_role("button", name=f"Download all {count:,}").is_visible()
    return count


def test_a_brush_shows_the_cases_of_the_range(page: OpenPage) -> None:
    tab = page(START)
    tab.locator(".op-explorer[data-threshold]").wait_for()
    sent = SentMessages(tab)
    box = resting_box(tab.locator("[data-op='histogram-plot'] svg"))
    tab.keyboard.down("Shift")
    tab.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.3 * box["height"])
    tab.mouse.down()
    tab.mouse.move(box["x"] + 0.85 * box["width"], box["y"] + 0.85 * box["height"], steps=20)
    sent.none_so_far()
    tab.mouse.up()
    tab.keyboard.up("Shift")
    sent.just(1)
    count = cases_in_range(tab).fits(lambda cases: 0 < cases < len(SCORE))
    expect(row(tab).get_by_label("Actual class")).to_have_value("")
    expect(tab.locator("[data-op='histogram-plot'] .op-brush")).to_be_visible()
    expect(tab.locator("[data-cell][aria-pressed='true']")).to_have_count(0)
    expect(tab.locator(".op-explorer")).to_have_attribute("data-threshold", "0")  # it stays

    tab.reload()
    expect(row(tab)).to_be_visible()
    cases_in_range(tab).becomes(count)
    tab.get_by_role("button", name="Open on the Errors page").click()
    tab.get_by_role("heading", name="Errors").wait_for()
    expect(tab.locator(".og-where").first).to_contain_text(f"of {count:,}")
    expect(tab.locator(".og-tile img").first).to_be_visible()


def test_one_half_is_one_class_and_a_click_on_a_cell_ends_it(page: OpenPage) -> None:
    tab = page(START)
    brush(tab, (0.5, 0.3), (0.8, 0.35))
    expect(row(tab).get_by_label("Actual class")).to_have_value("negative")
    cases_in_range(tab).fits()
    tab.get_by_role("button", name="Select a range of scores").click()
    brush(tab, (0.75, 0.85), (0.999, 0.82), shift=False)
    expect(row(tab).get_by_label("Actual class")).to_have_value("positive")
    expect(row(tab).get_by_label("Scores below")).to_have_value("")  # up to the edge: no end
    cases_in_range(tab).fits()
    tab.locator("[data-cell='fn']").click()
    expect(tab.get_by_role("heading", name="Cases behind a cell")).to_be_visible()
    address(tab).fits(lambda url: "range=" not in url)


def test_by_keyboard_and_cleared(page: OpenPage) -> None:
    tab = page(START)
    tab.get_by_role("button", name="Select a range of scores").press("Enter")
    low, high = row(tab).get_by_label("Scores from"), row(tab).get_by_label("Scores below")
    low.fill("-1000")
    tab.keyboard.press("Tab")
    # What was typed moves to the nearest threshold whose counts the browser knows exactly.
    ends_told(tab).fits(lambda ends: abs(ends[0] + 1000) < 20 and ends[1] == np.inf)
    high.fill("1000")
    tab.keyboard.press("Tab")
    ends_told(tab).fits(lambda ends: abs(ends[0] + 1000) < 20 and abs(ends[1] - 1000) < 20)
    cases_in_range(tab).fits()
    tab.get_by_test_id("stButton").get_by_role("button", name="Clear the range").click()
    expect(tab.get_by_role("heading", name="Cases behind a cell")).to_be_visible()
    expect(tab.locator("[data-op='histogram-plot'] .op-brush")).to_be_hidden()
