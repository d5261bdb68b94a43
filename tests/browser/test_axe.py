"""Every page by axe-core, light and dark: nothing that it calls serious or critical."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.chromium import ColorScheme
from tests.browser.conftest import OpenPage
from tests.browser.waiting import wait_for_rest

MNIST = "e=sample-mnist-5"
#: Each page by its name in the menu, on a sample that it has something to show of.
PAGES = {
    f"/?{MNIST}": "Threshold",
    f"/?{MNIST}&tool=goal": "Threshold",
    f"/?{MNIST}&tool=costs": "Threshold",
    f"/?{MNIST}&tool=cases": "Threshold",
    f"/?{MNIST}&tool=review": "Threshold",
    f"/data?{MNIST}": "Data",
    f"/errors?{MNIST}": "Errors",
    f"/compare?{MNIST}": "Compare",
    f"/slices?{MNIST}": "Slices",
    "/history?e=sample-hot-dog-training": "History",
    f"/validation?{MNIST}": "Validation",
    f"/calibration?{MNIST}": "Calibration",
    f"/help?{MNIST}": "Help",
    "/classes?e=sample-digits": "Classes",
    "/outputs?e=sample-mnist-denoising": "Image outputs",
    "/counts?e=sample-hot-dog": "Counts",
}
#: Streamlit's own markup, which an app cannot change: a menu with headings is a list of lists of links.
STREAMLITS = {"list": "stSidebarNavItems", "listitem": "stSidebarNav"}


def is_streamlits(rule: str, node: dict[str, Any]) -> bool:
    where = " ".join(map(str, node["target"])) + node["html"]
    return rule in STREAMLITS and ("stSidebarNav" in where or "stMain" not in where)


LOOKS: list[tuple[str, ColorScheme]] = [
    *((address, "light") for address in PAGES),
    *((address, "dark") for address in PAGES if "tool=" not in address or "tool=cases" in address),
]


@pytest.mark.parametrize(("address", "color_scheme"), LOOKS)
def test_nothing_serious(page: OpenPage, address: str, color_scheme: ColorScheme) -> None:
    tab = page(address, color_scheme=color_scheme)
    expect(tab.locator("[data-testid='stSidebarNavLink'][aria-current='page']")).to_contain_text(
        PAGES[address]
    )
    if PAGES[address] == "Threshold":
        expect(tab.locator(".op-explorer[data-threshold]")).to_be_visible()
    wait_for_rest(tab)
    found = Axe().run(tab).response["violations"]
    assert [
        (each["id"], node["target"], node["html"][:160], node["failureSummary"][:200])
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
        if not is_streamlits(each["id"], node)
    ] == []
