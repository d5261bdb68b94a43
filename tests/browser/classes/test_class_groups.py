"""Groups of classes in a real browser: given in a file, carried by the link, dropped with the evaluation."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.waiting import address, reading, wait_for_rest

LEVEL = "2 groups of your own"
MAP = "digit,shape\n" + "".join(f"{d},{'round' if d in (0, 3, 6, 8, 9) else 'straight'}\n" for d in range(10))


@reading
def link(tab: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address(tab).once()).query)


def test_groups_of_a_file_are_at_every_page_and_in_the_link(page: OpenPage) -> None:
    tab = page("/classes?e=sample-digits")
    tab.get_by_role("tab", name="Groups").click()
    tab.get_by_text("Give the classes groups").click()
    tab.locator("input[type=file]").set_input_files(
        {"name": "map.csv", "mimeType": "text/csv", "buffer": MAP.encode()}
    )
    expect(tab.get_by_text("map.csv")).to_be_visible()
    wait_for_rest(tab)  # the name is there before the server has the file
    tab.get_by_role("button", name="Use these groups").click()
    expect(tab.get_by_role("heading", name=re.compile(LEVEL))).to_be_visible()
    expect(tab.get_by_text("1,797 cases, 2 classes")).to_be_visible()

    tab.get_by_role("link", name="Errors").click()
    expect(tab.get_by_text(f"Which digit is it?, in {LEVEL}. Model: prob.")).to_be_visible()
    given = {"level": [LEVEL], "groups": ["round=0,3,6,8-9&straight=1-2,4-5,7"]}
    link(tab).fits(lambda said: given.items() <= said.items())
    there = address(tab).fits(lambda url: "groups=" in url)

    other = page(f"/classes?{urlsplit(there).query}")
    expect(other.get_by_text("1,797 cases, 2 classes")).to_be_visible()
    other.get_by_role("tab", name="Groups").click()
    other.get_by_text("Give the classes groups").click()
    other.get_by_role("button", name="Forget my groups").click()
    expect(other.get_by_text("1,797 cases, 10 classes")).to_be_visible()
    link(other).fits(lambda said: not {"groups", "level"} & set(said))


def test_another_evaluation_starts_with_every_class(page: OpenPage) -> None:
    tab = page("/data?e=sample-digits&groups=round%3D0%2C3&level=9+groups+of+your+own")
    expect(tab.get_by_test_id("stSidebar").get_by_text("Level", exact=True)).to_be_visible()
    link(tab).fits(lambda said: said.get("level") == ["9 groups of your own"])
    tab.locator(".st-key-open_sample-mnist-test button").click()
    link(tab).fits(
        lambda said: said.get("e") == ["sample-mnist-test"] and not {"groups", "level"} & set(said)
    )
    expect(tab.get_by_test_id("stSidebar").get_by_text("Level", exact=True)).to_be_hidden()
