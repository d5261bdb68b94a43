"""Fixtures of the browser tests: one Chromium and one app for all of them, a fresh profile for each page.

`chromium` is Playwright's `Browser`; `app_server.url` is the app's address; `page` opens pages::

    def test_phone(page):
        phone = page("/?e=sample-mnist-5", viewport="phone", color_scheme="dark")
        phone.get_by_text("Confusion matrix").wait_for()
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.app_process import ROOT, RunningApp, running_app, tail
from tests.browser.chromium import ColorScheme, Viewport, launch_chromium, open_page
from tests.browser.waiting import PATIENCE

OpenPage = Callable[..., Page]

# A page that is slow on a busy machine is not wrong: what passes does not wait any longer for it.
expect.set_options(timeout=1000 * PATIENCE)

opened = pytest.StashKey[list[Page]]()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, started once."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def app_server(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app, started once with an empty data folder, after its first page has been drawn."""
    folder = tmp_path_factory.mktemp("app")
    with running_app(folder / "data", log=folder / "app.log") as app:
        # The first run imports all that pages need: no test should pay for that, nor time out by it.
        open_page(chromium, app.url, viewport="wide", color_scheme="light").context.close()
        yield app


@pytest.fixture
def page(request: pytest.FixtureRequest, chromium: Browser, app_server: RunningApp) -> Iterator[OpenPage]:
    """Open addresses of the app, each in a profile of its own; at the end none may have gone wrong."""
    pages = request.node.stash[opened] = []
    errors: list[str] = []

    def opener(path: str = "/", *, viewport: Viewport = "wide", color_scheme: ColorScheme = "light") -> Page:
        new = open_page(chromium, app_server.url + path, viewport=viewport, color_scheme=color_scheme)
        new.on("pageerror", lambda error: errors.append(str(error)))
        pages.append(new)
        return new

    yield opener

    shown = [text for each in pages for text in each.get_by_test_id("stException").all_inner_texts()]
    for each in pages:
        each.context.close()
    # A size that changed once more within a frame is drawn in the next one: a busy browser says so, nothing raised.
    raised = [each for each in errors if "ResizeObserver loop" not in each]
    assert raised == [], "a script in the page raised"
    assert shown == [], "the page shows an exception"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a test fails, add what the app printed and keep pictures of its pages."""
    report = yield
    if report.when == "call" and report.failed:
        app = getattr(item, "funcargs", {}).get("app_server")
        if isinstance(app, RunningApp):
            report.sections.append(("what the app printed", tail(app.log)))
        for number, each in enumerate(item.stash.get(opened, [])):
            if not each.is_closed():
                picture = picture_path(item, number)
                each.screenshot(path=picture, full_page=True)
                report.sections.append(("picture", str(picture)))
    return report


def picture_path(item: pytest.Item, number: int) -> Path:
    folder = ROOT / "screenshots" / "failed"
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(letter if letter.isalnum() else "-" for letter in item.name)[:80]
    return folder / f"{name}-{number}.png"
