"""The Errors page: search of whole values by column, and a case that Escape closes."""

from __future__ import annotations

import pandas as pd
from playwright.sync_api import Page, expect

from tests.browser.app_process import ROOT
from tests.browser.conftest import OpenPage
from tests.browser.waiting import wait_for_rest

THRESHOLD = 0.3


def caught() -> pd.DataFrame:
    table = pd.read_csv(ROOT / "sample_data/breast_cancer.csv")
    return table[
        (table["diagnosis"] == "malignant") & (table["logistic_regression_probability"] >= THRESHOLD)
    ]


def search(tab: Page, text: str, column: str | None = None) -> None:
    box = tab.get_by_role("textbox", name="Search", exact=True)
    box.fill(text)
    box.press("Enter")
    if column is not None:
        tab.get_by_role("combobox", name="In", exact=True).click()
        tab.get_by_role("option", name=column, exact=True).click()


def test_a_number_is_found_by_its_value_in_the_chosen_column(page: OpenPage) -> None:
    rows = caught()
    anywhere = int((rows.select_dtypes("number") == 4).any(axis=1).sum())
    in_fold = int((rows["fold"] == 4).sum())
    assert 0 < in_fold < anywhere < len(rows), "a case of the test: the columns must differ"
    tab = page(f"/errors?e=sample-breast-cancer&t={THRESHOLD}&cell=Caught")
    expect(tab.get_by_text(f"{len(rows)} cases,")).to_be_visible()
    search(tab, "4")
    expect(tab.get_by_text(f"{anywhere} cases,")).to_contain_text("with “4” in any column")
    search(tab, "4.0", "fold")
    expect(tab.get_by_text(f"{in_fold} cases,")).to_contain_text("with “4.0” in “fold”")
    search(tab, "no such word")
    expect(tab.get_by_text("No such case with “no such word” in “fold”.")).to_be_visible()


def test_escape_closes_a_case_and_leads_back_to_its_tile(page: OpenPage) -> None:
    tab = page("/errors?e=sample-mnist-5-images&cell=Missed")
    tile = tab.locator(".og-tile").nth(2)
    tile.click()
    detail = tab.locator(".og-detail")
    expect(detail).to_contain_text("wrong")
    detail.get_by_role("button", name="Close").focus()
    tab.keyboard.press("Escape")
    expect(detail).to_be_hidden()
    expect(tile).to_be_focused()
    expect(tile).to_have_attribute("aria-pressed", "false")
    # The server has heard of it: nothing brings the case back.
    wait_for_rest(tab)
    expect(detail).to_be_hidden()
