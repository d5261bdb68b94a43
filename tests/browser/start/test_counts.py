"""Counts in a real browser: matrices side by side and what is said of them; no threshold, no curve."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.waiting import expect_never, expect_no_wider, reading

HOT_DOG = {
    "first model": [760, 14, 67, 47],
    "class weights 7:1": [744, 30, 43, 71],
    "20 more epochs": [693, 81, 33, 81],
}


@reading
def matrices(tab: Page) -> dict[str, list[int]]:
    found = {}
    for card in tab.locator(".oc-model").all():
        cells = [
            card.locator(f"[data-cell='{name}']").get_attribute("data-value")
            for name in ("tn", "fp", "fn", "tp")
        ]
        found[card.get_attribute("aria-label") or ""] = [int(each or -1) for each in cells]
    return found


@pytest.mark.parametrize("viewport", ["wide", "phone"])
def test_models_stand_side_by_side(page: OpenPage, viewport: str) -> None:
    tab = page("/?e=sample-hot-dog", viewport=viewport)
    matrices(tab).becomes(HOT_DOG)
    expect(
        tab.get_by_text("always calling “not hot dog” would be right in 87.2 %, just as often.")
    ).to_be_visible()
    recall = tab.get_by_role("row").filter(has=tab.get_by_text("Recall", exact=True))
    expect(recall).to_contain_text("62.3 %")
    expect(recall).to_contain_text("+21.1 points (+8.1 to +33.1)")
    for absent in (".op-histogram", ".op-curve", ".op-presets"):
        expect(tab.locator(absent)).to_have_count(0)
    expect(tab.get_by_label("Threshold", exact=True)).to_have_count(0)
    expect_no_wider(tab)


def test_the_sample_leads_to_counts_and_the_menu_has_no_threshold(page: OpenPage) -> None:
    tab = page("/data")
    tab.locator(".st-key-open_sample-hot-dog button").click()
    matrices(tab).becomes(HOT_DOG)
    links = tab.get_by_test_id("stSidebarNav")
    expect(links.get_by_role("link", name="Counts")).to_have_count(1)
    expect(links.get_by_role("link", name="Threshold")).to_have_count(0)
    expect(links.get_by_role("link", name="Errors")).to_have_count(0)


def test_names_from_a_file_are_never_markup(page: OpenPage) -> None:
    tab = page("/data")
    bad = "<img src=x onerror='window.ran = 1'>"
    table = f"model,actual,predicted,count\n{bad},{bad},{bad},5\n{bad},{bad},no,2\n{bad},no,{bad},1\n{bad},no,no,9\n"
    tab.locator("input[type=file]").set_input_files(
        [{"name": "counts.csv", "mimeType": "text/csv", "buffer": table.encode()}]
    )
    expect(tab.locator(".oc-model h3")).to_have_text(bad)
    expect_never(tab, "window.ran")
