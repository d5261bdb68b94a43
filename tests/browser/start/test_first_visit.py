"""A first visit in a real browser: what this is, the tour by mouse, keyboard and phone, and never again."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.threshold.test_threshold_page import explorer, upload
from tests.browser.waiting import address, expect_no_wider, reading, wait_for_rest

STEPS = 5


def tour(tab: Page) -> Locator:
    return tab.locator("[data-operating-point-tour]")


def at_step(tab: Page, step: int) -> None:
    expect(tab.locator(f"[data-operating-point-tour][data-step='{step}']")).to_be_attached()


@reading
def cookie(tab: Page) -> bool:
    """Whether the browser remembers that nobody need be shown around."""
    kept: list[Any] = tab.context.cookies()
    return any(each["name"] == "operating_point_shown" for each in kept)


@reading
def card_and_part(tab: Page, part: str) -> tuple[bool, bool]:
    """Whether the card lies within the window, and whether the part it tells of is seen outside of the card."""
    card, window = tab.locator("[data-operating-point-tour] .card").bounding_box(), tab.viewport_size
    box = tab.locator(part).first.bounding_box()
    assert card is not None
    assert window is not None
    assert box is not None
    inside = card["x"] >= 0 and card["y"] >= 0 and card["x"] + card["width"] <= window["width"] + 1
    inside = inside and card["y"] + card["height"] <= window["height"] + 1
    seen = (
        box["y"] < card["y"] - 20
        or box["x"] + box["width"] < card["x"] + 1
        or box["y"] > card["y"] + card["height"] - 1
    )
    return inside, seen and box["y"] > 0


def test_the_first_line_says_what_this_is(page: OpenPage) -> None:
    tab = page("/")
    expect(tab.get_by_text("See what a classifier does at every decision threshold")).to_be_in_viewport()
    expect(tab.get_by_role("button", name="Show me around")).to_be_in_viewport()
    tab.get_by_role("button", name="Use my own predictions").click()
    expect(tab.get_by_role("heading", name="Your predictions")).to_be_visible()
    cookie(tab).becomes(True)
    tab.goto(address(tab).fits(lambda url: "/data" in url).split("/data")[0])
    explorer(tab)
    expect(tab.get_by_role("heading", name="Is this handwritten digit a 5?")).to_be_visible()
    expect(tab.get_by_role("button", name="Show me around")).to_have_count(0)


def test_the_tour_by_keyboard_and_never_again(page: OpenPage) -> None:
    tab = page("/")
    explorer(tab)
    button = tab.get_by_role("button", name="Show me around")
    button.focus()
    tab.keyboard.press("Enter")
    at_step(tab, 1)
    expect(tab.get_by_role("dialog", name="One line decides")).to_be_visible()
    expect(tab.get_by_role("button", name="Next", exact=True)).to_be_focused()
    for step in range(2, STEPS + 1):
        tab.keyboard.press("ArrowRight" if step % 2 else "Enter")
        at_step(tab, step)
    tab.keyboard.press("ArrowLeft")
    at_step(tab, STEPS - 1)
    tab.keyboard.press("Escape")
    expect(tour(tab)).to_have_count(0)
    cookie(tab).becomes(True)
    expect(button).to_have_count(0)
    tab.reload()
    explorer(tab)
    expect(button).to_have_count(0)
    expect(tour(tab)).to_have_count(0)


def test_the_tour_on_a_phone_shows_what_it_tells_of(page: OpenPage) -> None:
    tab = page("/", viewport="phone")
    explorer(tab)
    tab.get_by_role("button", name="Show me around").tap()
    for step, part in enumerate(
        (".op-histogram", ".op-matrix", ".op-story", ".op-curve", ".st-key-cases_below"), 1
    ):
        at_step(tab, step)
        card_and_part(tab, part).becomes((True, True))
        expect_no_wider(tab)
        if step < STEPS:
            tab.get_by_role("button", name="Next", exact=True).tap()
    tab.get_by_role("dialog").get_by_role("button", name="Use my own predictions").tap()
    expect(tab.get_by_role("heading", name="Your predictions")).to_be_visible()
    cookie(tab).becomes(True)


def test_what_lies_under_the_tour_stays_live(page: OpenPage) -> None:
    tab = page("/")
    root = explorer(tab)
    tab.get_by_role("button", name="Show me around").click()
    at_step(tab, 1)
    tab.locator("input[type=range].op-range").focus()
    tab.keyboard.press("ArrowRight")
    expect(root).not_to_have_attribute("data-threshold", "0")
    at_step(tab, 1)


def test_help_shows_around_again(page: OpenPage) -> None:
    tab = page("/help?e=sample-breast-cancer")
    expect(tab.get_by_text("at least", exact=True)).to_be_visible()
    for said in (
        "(TP + TN) / all",
        "ROC AUC",
        "Page Up, Page Down",
        "Each is kept until 30 days after it was last opened.",
    ):
        expect(tab.get_by_text(said).first).to_be_visible()
    tab.get_by_role("button", name="Show me around").click()
    at_step(tab, 1)
    expect(tab).to_have_title(re.compile("^Threshold · Is this handwritten digit a 5"))
    tab.get_by_role("button", name="Skip").click()
    expect(tour(tab)).to_have_count(0)


def test_whoever_has_evaluations_is_not_welcomed(page: OpenPage) -> None:
    tab = page("/data")
    upload(tab)
    tab.goto(address(tab).fits(lambda url: "e=" in url).split("?")[0].rstrip("/") + "/?e=sample-mnist-5")
    explorer(tab)
    wait_for_rest(tab)
    expect(tab.get_by_role("button", name="Show me around")).to_have_count(0)
