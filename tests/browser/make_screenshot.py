"""Take the README's picture from the running app, and pictures of every page to look at.

::

    python -m tests.browser.make_screenshot                       # sample_data/screenshot.png
    python -m tests.browser.make_screenshot --pages screenshots   # and each page: wide, phone, dark
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.app_process import ROOT, running_app
from tests.browser.chromium import ColorScheme, Viewport, launch_chromium, open_page
from tests.browser.waiting import wait_for_rest

README_PICTURE = ROOT / "sample_data" / "screenshot.png"
README_HEIGHT = 1000
MOST_BYTES = 300_000
LOOKS: tuple[tuple[str, Viewport, ColorScheme], ...] = (
    ("wide", "wide", "light"),
    ("phone", "phone", "light"),
    ("dark", "wide", "dark"),
)


def readme_picture(browser: Browser, url: str, path: Path) -> None:
    """Take the explorer on the first sample, as a visitor meets it."""
    page = open_page(browser, url, viewport="wide", color_scheme="light")
    page.set_viewport_size({"width": 1400, "height": README_HEIGHT})
    page.locator('[data-testid="stApp"] .op-explorer svg').first.wait_for()
    settle(page)
    page.screenshot(path=path)
    page.context.close()
    size = path.stat().st_size
    print(f"{path}: {size:,} bytes")
    if size > MOST_BYTES:
        raise SystemExit(f"{path} has {size:,} bytes, more than {MOST_BYTES:,}: lower README_HEIGHT")


def page_pictures(browser: Browser, url: str, folder: Path) -> None:
    """Take every page of the menu in each look, whole: Streamlit scrolls within the window."""
    folder.mkdir(parents=True, exist_ok=True)
    first = open_page(browser, url, viewport="wide", color_scheme="light")
    links = first.get_by_test_id("stSidebarNavLink").evaluate_all("links => links.map(link => link.href)")
    first.context.close()
    for link in dict.fromkeys(links):
        name = link.removeprefix(url).partition("?")[0].strip("/").replace("/", "-") or "start"
        for look, viewport, color_scheme in LOOKS:
            page = open_page(browser, link, viewport=viewport, color_scheme=color_scheme)
            settle(page)
            height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
            width = page.viewport_size["width"] if page.viewport_size else 1400
            page.set_viewport_size({"width": width, "height": max(int(height), 400)})
            settle(page)
            path = folder / f"{name}-{look}.png"
            page.screenshot(path=path)
            page.context.close()
            print(path)


def settle(page: Page) -> None:
    """Wait until fonts and charts have been drawn."""
    page.evaluate("document.fonts.ready.then(() => true)")
    wait_for_rest(page)


def main() -> None:
    """Start the app, take the pictures."""
    parser = argparse.ArgumentParser(description="The README's picture, and pictures of every page.")
    parser.add_argument("--output", type=Path, default=README_PICTURE, metavar="FILE")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="also take every page into this folder")
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder) / "data", log=Path(folder) / "log") as app,
        sync_playwright() as playwright,
    ):
        browser = launch_chromium(playwright)
        readme_picture(browser, app.url, chosen.output)
        if chosen.pages:
            page_pictures(browser, app.url, chosen.pages)
        browser.close()


if __name__ == "__main__":
    main()
