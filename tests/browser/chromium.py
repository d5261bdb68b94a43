"""The browser that the tests and the screenshots drive."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Playwright

from tests.browser.waiting import PATIENCE

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
VIEWPORTS = {"wide": (1400, 900), "phone": (390, 844)}
Viewport = Literal["wide", "phone"]
ColorScheme = Literal["light", "dark"]


def launch_chromium(playwright: Playwright) -> Browser:
    """Start the machine's own Chromium, without a window.

    Raises
    ------
    RuntimeError
        Where there is none.
    """
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise RuntimeError(f"no browser: install one of {', '.join(NAMES)} (Debian: apt install chromium)")
    return patient(playwright.chromium.launch(executable_path=path, args=list(FLAGS)))


def patient(browser: Browser) -> Browser:
    """Give all pages that a browser will open, blank ones too, the time that a busy machine needs.

    What passes does not wait any longer for it. Playwright's own half a minute is not enough where ten others work.
    """

    def with_patience(opens: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(opens)
        def opened(**options: Any) -> Any:
            new = opens(**options)
            new.set_default_timeout(1000 * PATIENCE)
            return new

        return opened

    browser.new_context = with_patience(browser.new_context)  # type: ignore[method-assign]
    browser.new_page = with_patience(browser.new_page)  # type: ignore[method-assign]
    return browser


def open_page(browser: Browser, url: str, *, viewport: Viewport, color_scheme: ColorScheme) -> Page:
    """Open an address of the app in a fresh profile and wait until the page has run."""
    width, height = VIEWPORTS[viewport]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=color_scheme,
        has_touch=viewport == "phone",
        is_mobile=viewport == "phone",
        accept_downloads=True,
    )
    page = context.new_page()
    page.goto(url)
    wait_until_run(page)
    return page


def wait_until_run(page: Page) -> None:
    """Wait until the page's script has run and nothing runs.

    Good after opening an address. After a click the run may not have begun yet: wait for what
    the click should bring instead.
    """
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
