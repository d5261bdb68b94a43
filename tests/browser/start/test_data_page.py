"""Keeping what was uploaded, in a real browser: second tab, restart, rename, delete, paste."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.app_process import running_app
from tests.browser.chromium import open_page
from tests.browser.conftest import OpenPage
from tests.browser.threshold.test_threshold_page import csv, explorer, open_upload, threshold, upload
from tests.browser.waiting import address, wait_for_rest

FILE = "truth,score\n1,0.9\n0,0.2\n1,0.7\n0,0.4\n1,0.3\n0,0.1\n"


def test_rename_delete_and_bring_back(page: OpenPage) -> None:
    tab = page("/data")
    upload(tab, "first_try.csv")
    link = address(tab).fits(lambda url: "e=" in url)
    tab.get_by_role("link", name="Data").click()
    expect(tab.get_by_role("heading", name="Your evaluations")).to_be_visible()
    tab.get_by_role("button", name="Rename").click()
    name = tab.get_by_label("Name", exact=True)
    name.fill("Renamed <b>now</b>")
    name.press("Enter")
    expect(tab.get_by_role("heading", name="Renamed <b>now</b>")).to_be_visible()
    tab.get_by_role("button", name="Delete").click()
    expect(tab.get_by_role("button", name="Yes, delete")).to_be_visible()
    wait_for_rest(tab)  # the row is drawn anew: a click in between would meet a button that goes
    tab.get_by_role("button", name="Yes, delete").click()
    expect(
        tab.get_by_text("“Renamed <b>now</b>” is deleted. “Is this handwritten digit a 5?” is shown now.")
    ).to_be_visible()
    gone = page("/" + link.split("/", 3)[3])
    expect(gone.get_by_test_id("stAlert")).to_have_count(1)
    expect(gone.get_by_test_id("stAlert")).to_contain_text("There is no saved evaluation under this link")
    gone.get_by_role("link", name="Go to the Data page").click()
    expect(gone.get_by_role("button", name="Bring it back")).to_have_count(0)
    tab.get_by_role("button", name="Bring it back").click()
    expect(tab.get_by_text("is back, under the same link")).to_be_visible()
    again = page("/" + link.split("/", 3)[3])
    explorer(again)


def test_a_sample_leads_to_its_picture_and_back(page: OpenPage) -> None:
    tab = page("/data")
    tab.locator(".st-key-open_sample-breast-cancer button").click()
    explorer(tab)
    expect(
        tab.get_by_text("Opened “Is this breast tumour malignant?”: understood as two classes")
    ).to_be_visible()
    tab.get_by_role("button", name="Change what was understood").click()
    expect(tab.get_by_role("heading", name="Is this breast tumour malignant?")).to_be_in_viewport()
    expect(tab.get_by_label("Positive class")).to_be_in_viewport()


def test_a_question_keeps_the_page_and_stands_on_top(page: OpenPage) -> None:
    tab = page("/data")
    fruit = "fruit,score\n" + "".join(
        f"{'apple' if i % 3 else 'pear'},0.{i % 10}{i}\n" for i in range(10, 70)
    )
    tab.locator("input[type=file]").set_input_files(
        [{"name": "fruit.csv", "mimeType": "text/csv", "buffer": fruit.encode()}]
    )
    expect(tab.get_by_text("“fruit” is open.")).to_be_in_viewport()
    expect(tab.get_by_role("heading", name="fruit")).to_be_in_viewport()


def test_paste_from_a_spreadsheet(page: OpenPage) -> None:
    tab = page("/data")
    tab.get_by_text("Paste from a spreadsheet").click()
    tab.get_by_label("Cells").fill(FILE.replace(",", "\t"))
    tab.get_by_role("button", name="Open what I pasted").click()
    expect(tab.get_by_text("6 cases, 3 of them")).to_be_visible()
    explorer(tab)


def test_a_bad_file_leaves_what_was_there(page: OpenPage) -> None:
    tab = open_upload(page)
    before = address(tab).fits(lambda url: "e=" in url).split("e=")[1].split("&")[0]
    tab.get_by_role("link", name="Data").click()
    tab.locator("input[type=file]").set_input_files(
        [
            {
                "name": "page.csv",
                "mimeType": "text/csv",
                "buffer": b"<!doctype html><html><body>404</body></html>",
            }
        ]
    )
    expect(tab.get_by_test_id("stAlert")).to_have_count(1)
    expect(tab.get_by_text("is still open, as it was")).to_be_visible()
    address(tab).fits(lambda url: before in url)


@pytest.mark.parametrize("at", ["/", "/data"])
def test_a_restart_shows_the_same_evaluation(chromium: Browser, tmp_path: Path, at: str) -> None:
    with running_app(tmp_path / "data", log=tmp_path / "log") as app:
        # By the first page: a server's very first visit elsewhere is loaded a second time (`first_visit`),
        # which would take a file away that was dropped in between.
        tab = open_page(chromium, app.url, viewport="wide", color_scheme="light")
        tab.goto(f"{app.url}/data")
        upload(tab, "kept.csv", csv())
        identifier = address(tab).fits(lambda url: "e=" in url).split("e=")[1].split("&")[0]
        tab.context.close()
    with running_app(tmp_path / "data", log=tmp_path / "log") as again:
        tab = open_page(
            chromium, f"{again.url}{at}?e={identifier}&t=0.44", viewport="wide", color_scheme="light"
        )
        if at == "/":
            threshold(tab).becomes(0.44)
        else:
            expect(tab.get_by_role("heading", name="kept")).to_be_visible()
        expect(tab.get_by_text("Page not found")).to_have_count(0)
        tab.context.close()


def test_a_file_named_on_the_command_line(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "from_the_shell.csv"
    file.write_text(FILE)
    with running_app(tmp_path / "data", log=tmp_path / "log", arguments=[str(file)]) as app:
        tab = open_page(chromium, app.url, viewport="wide", color_scheme="light")
        explorer(tab)
        expect(tab.get_by_text("6 cases, 3 of them")).to_be_visible()
        tab.context.close()
