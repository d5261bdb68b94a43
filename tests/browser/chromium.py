"""The browser that the tests and the screenshots drive."""

from __future__ import annotations

import shutil
from typing import Literal

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
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


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
    # A page that is slow on a busy machine is not wrong: what passes does not wait any longer for it.
    context.set_default_timeout(1000 * PATIENCE)
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
