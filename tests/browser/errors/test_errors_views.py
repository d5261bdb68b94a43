"""The Errors page in a real browser: a class against the rest, what flips, marks that stay."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from playwright.sync_api import Page, expect

from tests.browser.app_process import ROOT
from tests.browser.conftest import OpenPage
from tests.browser.waiting import resting_box, wait_for_rest

TABLE = pd.read_parquet(ROOT / "sample_data/mnist_test.parquet")
EIGHT = (TABLE["actual"].astype(str) == "8").to_numpy()
SCORE = TABLE["network_prob_8"].to_numpy()


def wait_for_pictures(page: Page) -> None:
    page.locator(".og-tile img").first.wait_for()


def test_a_class_against_the_rest_from_cell_to_images_to_flips(page: OpenPage) -> None:
    tab = page("/errors?e=sample-mnist-test&k=8&t=0.2")
    tab.get_by_role("radio", name="“8” against the rest").click()
    expect(tab).to_have_url(re.compile("rest=1"))
    # The threshold is the one of this class; the cell's images follow.
    for name, inside in (
        ("Missed", EIGHT & (SCORE < 0.2)),
        ("False alarms", ~EIGHT & (SCORE >= 0.2)),
    ):
        tab.get_by_role("radio", name=name).click()
        expect(tab.get_by_text(f"{inside.sum()} cases")).to_be_visible()
        expect(tab.locator(".og-where").first).to_contain_text(f"of {inside.sum()}")
    worst = int(np.flatnonzero(~EIGHT)[SCORE[~EIGHT].argmax()])
    tile = tab.locator(".og-tile").first
    expect(tile).to_contain_text(f"is {TABLE['actual'].iloc[worst]}")
    expect(tile).to_contain_text("called 8")

    tab.get_by_role("radio", name="What flips").click()
    tab.get_by_role("button", name="Pin the present threshold").click()
    expect(tab.get_by_text("calls flip")).to_be_visible()
    box = tab.get_by_label("Threshold", exact=True)
    box.fill("0.7")
    box.press("Enter")
    between = (SCORE >= 0.2) & (SCORE < 0.7)
    expect(tab.get_by_text(f"{between.sum()} of 10,000 calls flip")).to_be_visible()
    tab.get_by_role("radio", name=f"Newly missed: {(between & EIGHT).sum()}").click()
    expect(tab.locator(".og-where").first).to_contain_text(f"of {(between & EIGHT).sum()}")

    tab.reload()
    expect(tab.get_by_text(f"{between.sum()} of 10,000 calls flip")).to_be_visible()


def test_marks_and_comments_stay_and_are_exported(page: OpenPage) -> None:
    tab = page("/errors?e=sample-mnist-test&view=Suspect+labels", viewport="wide")
    wait_for_pictures(tab)
    tab.locator(".og-tile").first.click()
    mark = tab.get_by_text(re.compile("Row .*: the label “6” is wrong"))
    mark.click()
    comment = tab.get_by_placeholder("A comment for whoever relabels")
    comment.fill("=1+1, surely a 1")
    comment.press("Enter")
    tab.get_by_role("tab", name="Mark and export").click()
    expect(tab.get_by_text("1 of 30 marked as wrong, 1 with a comment")).to_be_visible()

    # The second row's box, drawn on the editor's canvas: choose its cell, then press the space bar.
    canvas = tab.get_by_test_id("stDataFrame").last.locator("canvas").first
    wait_for_rest(tab)
    box = resting_box(canvas)
    tab.mouse.click(box["x"] + 130, box["y"] + 36 + 35 * 1.5)
    expect(tab.get_by_text("2 of 30 marked as wrong, 1 with a comment")).to_be_visible()

    tab.reload()
    wait_for_pictures(tab)
    tab.get_by_role("tab", name="Mark and export").click()
    expect(tab.get_by_text("2 of 30 marked as wrong, 1 with a comment")).to_be_visible()
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Download for relabelling").click()
    rows = pd.read_csv(waiting.value.path(), dtype={"current label": str, "suggested label": str})
    assert len(rows) == 30
    assert rows.index[rows["label is wrong"]].tolist() == [0, 1], rows.iloc[:, :4]
    assert rows["comment"].iloc[0] == "'=1+1, surely a 1", "a spreadsheet would take it for a formula"
    first = TABLE.iloc[rows["row"].iloc[0] - 1]
    assert rows["current label"].iloc[0] == str(first["actual"]) == "6"
    assert rows["suggested label"].iloc[0] == "1"

    someone = page("/errors?e=sample-mnist-test&view=Suspect+labels")
    wait_for_pictures(someone)
    someone.get_by_role("tab", name="Mark and export").click()
    expect(someone.get_by_text("0 of 30 marked as wrong, 0 with a comment")).to_be_visible()
