"""The frame around every page: titles, the menu, the link to copy, the sidebar of a phone, toolbars."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.threshold.test_threshold_page import explorer
from tests.browser.waiting import address, reading, variable, wait_for_rest


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/?e=sample-breast-cancer", "Threshold · Is this breast tumour malignant? · Operating Point"),
        ("/errors?e=sample-breast-cancer", "Errors · Is this breast tumour malignant? · Operating Point"),
        ("/?e=sample-hot-dog", "Counts · Hot dog, or not hot dog? · Operating Point"),
        ("/help?e=sample-digits", "Help · Which digit is it? · Operating Point"),
        ("/?e=AAAAAAAAAAAAAAAAAAAAAA", "Threshold · Operating Point"),
    ],
)
def test_titles_name_page_and_evaluation(page: OpenPage, path: str, title: str) -> None:
    expect(page(path)).to_have_title(title)


def test_the_menu_has_nothing_for_developers(page: OpenPage) -> None:
    tab = page("/help")
    tab.get_by_test_id("stMainMenu").click()
    expect(tab.get_by_text("About")).to_be_visible()
    for word in ("Rerun", "Clear cache", "Deploy", "Print", "Record", "Report a bug", "Get help"):
        expect(tab.get_by_text(word, exact=False)).to_have_count(0)


def test_the_link_is_copied_and_says_what_it_holds(page: OpenPage) -> None:
    tab = page("/?e=sample-breast-cancer&t=0.31")
    explorer(tab)
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.get_by_role("button", name="Copy the link").click()
    expect(tab.get_by_text("Copied. It holds this page, the evaluation and the threshold.")).to_be_visible()
    variable(tab, "navigator.clipboard.readText()").fits(
        lambda text: "e=sample-breast-cancer" in text and "t=0.31" in text
    )


def test_a_link_that_cannot_be_copied_is_shown(page: OpenPage) -> None:
    tab = page("/help")
    tab.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    tab.goto(address(tab).fits(lambda url: "/help" in url).split("/help")[0] + "/?e=sample-breast-cancer")
    explorer(tab)
    tab.get_by_role("button", name="Copy the link").click()
    expect(tab.get_by_label("The link, to copy by hand")).to_have_value(re.compile("e=sample-breast-cancer"))


@reading
def sidebar_is_closed(tab: Page) -> bool:
    box = tab.get_by_test_id("stSidebar").bounding_box()
    return box is None or box["x"] + box["width"] <= 1


def test_the_sidebar_of_a_phone_closes_after_a_choice(page: OpenPage) -> None:
    tab = page("/?e=sample-breast-cancer", viewport="phone")
    explorer(tab)
    tab.get_by_test_id("stExpandSidebarButton").tap()
    sidebar_is_closed(tab).becomes(False)
    wait_for_rest(tab)  # while it slides in, a list that opens would close again
    tab.get_by_role("combobox", name=re.compile("Model")).click()
    tab.get_by_role("option", name="gradient_boosting_probability").click()
    sidebar_is_closed(tab).becomes(True)
    wait_for_rest(tab)
    tab.get_by_test_id("stExpandSidebarButton").tap()
    sidebar_is_closed(tab).becomes(False)
    tab.get_by_role("link", name="Help").tap()
    expect(tab.get_by_role("heading", name="Help", exact=True)).to_be_visible()
    sidebar_is_closed(tab).becomes(True)


@reading
def covered(tab: Page) -> list[str]:
    """Widgets and headings that a table's toolbar covers."""
    found: list[str] = tab.evaluate(
        """() => {
            const all = (selector) => [...document.querySelectorAll(selector)];
            const bars = all('[data-testid="stElementToolbar"]').map((each) => each.getBoundingClientRect());
            const meet = (a, b) => a.left < b.right && b.left < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom;
            const covers = (box) => box.width > 0 && bars.some((bar) => meet(bar, box));
            const parts = '[data-baseweb="select"], [data-testid="stButtonGroup"] button, input, h1, h2, h3';
            const seen = (part) => part.checkVisibility(); // not so what a closed expander holds
            const hit = all(parts).filter((part) => seen(part) && covers(part.getBoundingClientRect()));
            return hit.map((part) => part.getAttribute("aria-label") ?? part.textContent);
        }"""
    )
    return found


@pytest.mark.parametrize(
    "path", ["/?e=sample-breast-cancer", "/errors?e=sample-breast-cancer", "/classes?e=sample-digits"]
)
def test_toolbars_cover_nothing_on_a_phone(page: OpenPage, path: str) -> None:
    tab = page(path, viewport="phone")
    tab.get_by_test_id("stElementToolbar").first.wait_for(state="attached")
    wait_for_rest(tab)
    covered(tab).becomes([])
