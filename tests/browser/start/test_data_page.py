"""Keeping what was uploaded, in a real browser: second tab, restart, rename, delete, paste."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.app_process import running_app
from tests.browser.chromium import open_page
from tests.browser.conftest import OpenPage
from tests.browser.threshold.test_threshold_page import csv, explorer, open_upload, threshold, upload
from tests.browser.waiting import address

FILE = "truth,score\n1,0.9\n0,0.2\n1,0.7\n0,0.4\n1,0.3\n0,0.1\n"


def test_rename_and_delete(page: OpenPage) -> None:
    tab = page("/data")
    upload(tab, "first_try.csv")
    link = address(tab).fits(lambda url: "e=" in url)
    tab.reload()
    row = tab.get_by_text("Your recent evaluations")
    row.wait_for()
    tab.locator("[data-testid=stPopoverButton], [data-testid=stPopover] button").first.click()
    name = tab.get_by_label("Name", exact=True)
    name.fill("Renamed <b>now</b>")
    name.press("Enter")
    tab.get_by_role("button", name="Rename").click()
    expect(tab.get_by_role("heading", name="Renamed <b>now</b>")).to_be_visible()
    tab.reload()
    tab.locator("[data-testid=stPopoverButton], [data-testid=stPopover] button").first.click()
    tab.get_by_role("button", name="Delete with its data").click()
    expect(tab.get_by_text("Your recent evaluations")).to_have_count(0)
    gone = page("/" + link.split("/", 3)[3])
    expect(gone.get_by_test_id("stAlert").first).to_be_visible()


def test_paste_from_a_spreadsheet(page: OpenPage) -> None:
    tab = page("/data")
    tab.get_by_text("Paste from a spreadsheet").click()
    tab.get_by_label("Cells").fill(FILE.replace(",", "\t"))
    tab.get_by_role("button", name="Open what I pasted").click()
    expect(tab.get_by_text("6 cases, 3 of them")).to_be_visible()


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
    expect(tab.get_by_test_id("stAlert").first).to_be_visible()
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
