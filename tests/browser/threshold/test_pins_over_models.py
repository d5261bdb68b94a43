"""Another model: the pin stays where the units of the scores agree, and else it is said, once, that it is gone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.waiting import address, number, wait_for_rest


def choose_model(tab: Page, name: str) -> None:
    tab.get_by_role("combobox", name="Model").click()
    tab.get_by_role("option", name=name).click()


def opened(page: OpenPage, path: str) -> Page:
    tab = page(path)
    tab.locator(".op-explorer[data-threshold]").wait_for()
    wait_for_rest(tab)
    return tab


def test_the_pin_stays_where_units_agree(page: OpenPage) -> None:
    tab = opened(page, "/?e=sample-breast-cancer&t=0.3&pin=0.7")
    choose_model(tab, "gradient_boosting_probability")
    expect(tab.get_by_text("Model: gradient_boosting_probability")).to_be_visible()
    wait_for_rest(tab)
    expect(tab.locator("[data-op='pin']")).to_have_text("Unpin 0.7")
    number(tab.locator(".op-explorer"), "data-threshold").becomes(0.3)
    address(tab).fits(lambda url: "pin=0.7" in url and "t=0.3" in url and "m=gradient" in url)
    expect(tab.get_by_test_id("stToast")).to_have_count(0)


def test_where_they_do_not_it_is_said_and_back_restores_it(page: OpenPage) -> None:
    tab = opened(page, "/?e=sample-mnist-5&t=2000&pin=1000")
    choose_model(tab, "random_forest_probability")
    toast = tab.get_by_test_id("stToast")
    expect(toast).to_contain_text("The pin at 1,000 is gone: these scores have another unit.")
    expect(toast).to_have_count(1)
    expect(tab.locator("[data-op='pin']")).to_have_text("Pin this point")
    # A threshold of the other model means nothing here: there is nothing to undo.
    expect(tab.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    address(tab).fits(lambda url: "m=random_forest" in url and "pin=" not in url and "&t=" not in url)
    tab.go_back()
    expect(tab.locator("[data-op='pin']")).to_have_text("Unpin 1,000")
    number(tab.locator(".op-explorer"), "data-threshold").becomes(2000)
