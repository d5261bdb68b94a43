"""How long a cold import of evalcore takes, and a cold start of the app to its first picture.

::

    python -m tests.benchmarks.import_time [--runs 7] [--starts 3]

Each run is a new process (and for the app a new browser profile), so nothing is kept between them but the
operating system's cache of files. The bounds are the project's: see README.md beside this script.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.app_process import ROOT, running_app
from tests.browser.chromium import launch_chromium

IMPORT_BOUND = 1.0  # seconds more than numpy + pandas
START_BOUND = 3.0  # seconds from the start of the process to the first picture


def import_seconds(modules: str) -> float:
    """Return how long a new Python takes to start and to import the modules."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {modules}"], cwd=ROOT, check=True)
    return time.perf_counter() - start


def start_seconds(browser: Browser) -> tuple[float, float]:
    """Return the seconds from the start of the app to its health and to its first picture."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder) / "data", log=Path(folder) / "log") as app,
    ):
        healthy = time.perf_counter() - app.started
        page = browser.new_page()
        page.goto(app.url, wait_until="commit")
        page.locator(".op-explorer svg").first.wait_for(timeout=60_000)
        drawn = time.perf_counter() - app.started
        page.close()
    return healthy, drawn


def tell(what: str, seconds: list[float], bound: float | None = None) -> None:
    """Print a row of the table."""
    median = statistics.median(seconds)
    verdict = "" if bound is None else f"{bound:g} s: {'kept' if median <= bound else 'missed'}"
    print(f"| {what} | {median:.2f} s | {min(seconds):.2f} - {max(seconds):.2f} s | {verdict} |", flush=True)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="Cold import of evalcore, cold start of the app.")
    parser.add_argument("--runs", type=int, default=7, help="imports of each kind")
    parser.add_argument("--starts", type=int, default=3, help="starts of the app; 0 leaves them out")
    chosen = parser.parse_args()

    print("| what | median | range | bound |\n|---|---|---|---|")
    import_seconds("numpy, pandas, evalcore")  # brings the files into the system's cache
    pairs = [(import_seconds("numpy, pandas"), import_seconds("evalcore")) for _ in range(chosen.runs)]
    tell("import numpy, pandas", [without for without, _ in pairs])
    tell("import evalcore", [with_it for _, with_it in pairs])
    tell("evalcore more than numpy, pandas", [with_it - without for without, with_it in pairs], IMPORT_BOUND)

    if chosen.starts:
        with sync_playwright() as playwright:
            browser = launch_chromium(playwright)
            browser.new_page().goto("about:blank")  # the browser itself is running already
            starts = [start_seconds(browser) for _ in range(chosen.starts)]
            browser.close()
        tell("app: process to health", [healthy for healthy, _ in starts])
        tell("app: process to first picture", [drawn for _, drawn in starts], START_BOUND)


if __name__ == "__main__":
    main()
