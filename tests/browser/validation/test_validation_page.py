"""The lock on a test part and the folds, as people meet them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.waiting import expect_no_wider, wait_for_rest


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose test part is worse than its validation part: 400 rows, a model, a split."""
    random = np.random.default_rng(21)
    truth = random.integers(0, 2, 400)
    gap = np.where(np.arange(400) < 200, 2.0, 0.5)
    score = np.round(1 / (1 + np.exp(-(random.normal(size=400) + gap * truth - gap / 2))), 3)
    path = tmp_path_factory.mktemp("parted") / "parted.csv"
    split = ["validation"] * 200 + ["test"] * 200
    pd.DataFrame({"label": truth, "prob": score, "split": split}).to_csv(path, index=False)
    return path


def validation(tab: Page) -> None:
    tab.get_by_role("link", name="Validation").click()
    expect(tab.get_by_role("heading", name="Does it hold?")).to_be_visible()


def test_the_test_part_stays_hidden_until_it_is_locked_and_opening_is_recorded(
    page: OpenPage, parted: Path
) -> None:
    tab = page("/data")
    tab.locator("input[type=file]").set_input_files(parted)
    tab.get_by_text("understood as").wait_for()  # on the page that the upload led to
    validation(tab)
    lock = tab.get_by_role("button", name="Lock the choice and look")
    expect(lock).to_be_visible()
    expect(tab.get_by_text("is shown once the choice is locked")).to_be_visible()
    expect(tab.get_by_text("Of 1,000 cases like those of “test”")).to_have_count(0)
    lock.click()
    expect(tab.get_by_text("Of 1,000 cases like those of “test”")).to_be_visible()
    expect(lock).to_have_count(0)
    tab.get_by_text("Record of this lock (1)").click()
    expect(tab.get_by_text("locked by you")).to_be_visible()
    tab.get_by_role("button", name="Open the lock").click()
    tab.get_by_role("button", name="Open it").click()
    expect(tab.get_by_text("“test” has been looked at before (once)")).to_be_visible()
    expect(tab.get_by_text("Of 1,000 cases like those of “test”")).to_have_count(0)
    expect(tab.get_by_text("Record of this lock (2)")).to_be_visible()


def test_folds_are_shown_as_curves_with_their_mean(page: OpenPage) -> None:
    tab = page("/validation?e=sample-mnist-5")
    expect(tab.get_by_role("heading", name="Fold by fold")).to_be_visible()
    for key in ("folds_vertical", "folds_by_threshold"):
        # Three folds, their mean, and the two edges of its band.
        curves = tab.locator(f".st-key-{key} .scatterlayer .trace")
        expect(curves.nth(3)).to_be_attached()
    expect(tab.get_by_text("ROC AUC of all rows together")).to_be_visible()
    tab.get_by_role("radio", name="Thirds of the file as it lies").click()
    expect(tab.get_by_text("in 3 of 3 folds")).to_be_visible()


def test_a_phone_shows_it_without_scrolling_sideways(page: OpenPage) -> None:
    tab = page("/validation?e=sample-mnist-5", viewport="phone")
    expect(tab.get_by_role("heading", name="Chosen on one half, judged on the other")).to_be_visible()
    wait_for_rest(tab)
    expect_no_wider(tab)
