"""People's own words in the explorer, and every rate explained under the pointer and the focus."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.waiting import text_of

START = "/?e=sample-mnist-5"
WORDS = "digits|is a five|is set aside"
HOSTILE = "<img src=x onerror=window.bad=1>|is **x**|gets [a](http://b)"


def opened(page: OpenPage, path: str) -> Page:
    tab = page(path)
    tab.locator(".op-explorer[data-threshold]").wait_for(timeout=60_000)
    return tab


def test_the_sentences_are_said_in_peoples_own_words(page: OpenPage) -> None:
    tab = opened(page, f"{START}&words={quote(WORDS)}")
    expect(tab.locator("[data-op='sentence']")).to_contain_text(
        "4,217 of 60,000 digits (7.0 %) are set aside: "
    )
    expect(tab.locator("[data-op='cells']")).to_contain_text("are not a five54,579")
    expect(tab.locator("[data-op='thousand']")).to_contain_text(
        "In every 1,000 digits: 59 are a five and are set aside, 11 are set aside but are not a five, "
        "32 are a five but are not set aside, 898 are not a five and are not set aside."
    )
    # No line ends between a number and its sign.
    text_of(tab.locator("[data-op='thousand']")).fits(lambda text: "91.0\N{NO-BREAK SPACE}%" in text)
    expect(tab.locator("[data-cell='fp']")).to_have_attribute("title", "are set aside but are not a five")


def test_words_that_are_typed_reach_the_pictures(page: OpenPage) -> None:
    tab = opened(page, START)
    tab.get_by_text("Say it in your own words").click()
    for label, text in zip(
        ("What are cases called?", "What is a positive one?", "What happens to a flagged one?"),
        WORDS.split("|"),
        strict=True,
    ):
        tab.get_by_label(label).fill(text)
    tab.get_by_role("button", name="Use these words").click()
    expect(tab.locator("[data-op='thousand']")).to_contain_text("In every 1,000 digits")
    expect(tab.get_by_role("heading", name="Of 1,000 digits like these")).to_be_visible()


def test_hostile_words_are_text(page: OpenPage) -> None:
    tab = opened(page, f"{START}&words={quote(HOSTILE)}")
    expect(tab.locator("[data-op='thousand']")).to_contain_text(
        "In every 1,000 <img src=x onerror=window.bad=1>"
    )
    expect(tab.locator("[data-op='thousand'] img")).to_have_count(0)
    expect(tab.locator("main a[href='http://b']")).to_have_count(0)


def test_each_rate_is_explained_on_hover_and_on_focus(page: OpenPage) -> None:
    tab = opened(page, START)
    accuracy = tab.locator("[data-metric='accuracy']")
    told = accuracy.get_by_role("tooltip", include_hidden=True)
    expect(told).to_be_hidden()
    accuracy.hover()
    expect(told).to_be_visible()
    expect(told).to_contain_text("(TP + TN) / all")
    expect(told).to_contain_text("= (3,530 + 53,892) / 60,000 = 95.7 %")
    expect(told).to_contain_text("always says “negative” is right in 91.0 %")
    precision = tab.locator("[data-metric='precision']")
    precision.focus()
    expect(precision.get_by_role("tooltip")).to_contain_text(
        "It moves with the share of positives, here 9.0 %."
    )
    tab.keyboard.press("Escape")
    expect(precision.get_by_role("tooltip", include_hidden=True)).to_be_hidden()
