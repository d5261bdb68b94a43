"""What must not surprise: dead links, files that cannot be read, rows that are looked within on every page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.waiting import address, number, wait_for_rest

PAGES = ("Errors", "Validation", "Calibration", "Threshold")
NOT_DATA = {
    "name": "page.csv",
    "mimeType": "text/csv",
    "buffer": b"<!doctype html><html><body>404</body></html>",
}


@pytest.mark.parametrize("path", ["/", "/data", "/errors", "/classes"])
def test_a_dead_link_says_so_once(page: OpenPage, path: str) -> None:
    tab = page(f"{path}?e=AAAAAAAAAAAAAAAAAAAAAA")
    told = tab.get_by_text("There is no saved evaluation under this link")
    expect(told).to_be_visible()
    wait_for_rest(tab)
    expect(told).to_have_count(1)
    expect(tab.get_by_test_id("stAlert")).to_have_count(1)
    expect(tab.get_by_role("button", name="Copy the link")).to_have_count(0)


def test_a_failed_upload_leaves_nothing_that_looks_like_its_result(page: OpenPage) -> None:
    tab = page("/data?e=sample-breast-cancer")
    expect(tab.get_by_text("What was recognised")).to_be_visible()
    wait_for_rest(tab)
    tab.locator("input[type=file]").set_input_files([NOT_DATA])
    expect(tab.get_by_text("is a web page (HTML)")).to_be_visible()
    expect(tab.get_by_text("Nothing was opened.")).to_be_visible()
    wait_for_rest(tab)
    for words in ("What was recognised", "Open now", "First rows"):
        expect(tab.get_by_text(words)).to_have_count(0)
    address(tab).fits(lambda url: "e=sample-breast-cancer" in url)


def test_the_rows_looked_within_are_those_of_every_page_and_link(page: OpenPage) -> None:
    tab = page("/?e=sample-breast-cancer")
    tab.locator(".op-explorer[data-threshold]").wait_for()
    wait_for_rest(tab)
    tab.get_by_role("combobox", name="Within").click()
    tab.get_by_role("option", name="fold = 2 (114)").click()
    expect(tab.get_by_text("114 cases, 43 of them")).to_contain_text("Within fold = 2.")
    wait_for_rest(tab)
    for name in PAGES:
        tab.get_by_role("link", name=name, exact=True).click()
        expect(tab).to_have_title(f"{name} · Is this breast tumour malignant? · Operating Point")
        expect(tab.get_by_text("ithin fold = 2").first).to_be_visible()
        address(tab).fits(lambda url: "within=fold%3D2" in url)
        wait_for_rest(tab)
    other = page("/" + address(tab).fits(lambda url: "within=" in url).split("/", 3)[3])
    expect(other.get_by_text("114 cases, 43 of them")).to_be_visible()
    number(other.locator("[data-op='cells'] [data-cell='tp']")).fits(lambda count: count <= 43)
