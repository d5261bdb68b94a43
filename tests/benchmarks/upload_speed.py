"""From a CSV of 10^6 rows dropped into the browser to its picture, beside the bare typed parse of the same bytes.

::

    python -m tests.benchmarks.upload_speed [--rows 1e6] [--uploads 3]

The file is handed to the page as a hand does it; the upload, what is recognised, what is kept on disk and the drawing
of the picture are all in the time. Every upload has other numbers: nothing of it is known to the server.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
from playwright.sync_api import Browser, sync_playwright

from tests.browser.app_process import running_app
from tests.browser.chromium import launch_chromium, open_page

BOUND = 2.5  # seconds at 10^6 rows


@dataclass(frozen=True)
class Upload:
    """Seconds of one upload: the bare parse, until it is said what it was understood as, until its picture is there."""

    parse: float
    understood: float
    picture: float


def write_table(path: Path, rows: int, seed: int) -> None:
    """Write a table of ids, a truth and two scores."""
    random = np.random.default_rng(seed)
    truth = (random.random(rows) < 0.3).astype(np.int8)
    scores = {
        name: 1 / (1 + np.exp(-(random.normal(size=rows) + by * truth)))
        for name, by in (("forest", 1.5), ("logistic", 1.0))
    }
    columns = {"id": np.arange(rows), "label": truth, **{k: v.round(6) for k, v in scores.items()}}
    pa.csv.write_csv(pa.table(columns), path)


def upload(browser: Browser, url: str, path: Path) -> Upload:
    """Drop one file on the Data page of a new visitor."""
    start = time.perf_counter()
    pa.csv.read_csv(io.BytesIO(path.read_bytes()))
    parse = time.perf_counter() - start
    page = open_page(browser, f"{url}/data", viewport="wide", color_scheme="light")
    start = time.perf_counter()
    page.locator("input[type=file]").set_input_files(path)
    page.locator(".op-explorer[data-threshold] svg").first.wait_for()
    picture = time.perf_counter() - start
    page.get_by_text("understood as").first.wait_for()
    understood = time.perf_counter() - start
    page.context.close()
    return Upload(parse, understood, picture)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="A large CSV from the hand to its picture.")
    parser.add_argument("--rows", type=float, default=1e6)
    parser.add_argument("--uploads", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder, browser = Path(name), launch_chromium(playwright)
        with running_app(folder / "data", log=folder / "app.log") as app:
            open_page(browser, app.url, viewport="wide", color_scheme="light").context.close()
            found = []
            for seed in range(chosen.uploads):
                path = folder / f"predictions_{seed}.csv"
                write_table(path, int(chosen.rows), seed)
                size = path.stat().st_size / 1e6
                found.append(upload(browser, app.url, path))
        browser.close()
    parse, understood, picture = (
        statistics.median(getattr(each, what) for each in found)
        for what in ("parse", "understood", "picture")
    )
    verdict = "kept" if picture <= BOUND else "missed"
    print("| rows | MB | bare parse | what it was understood as | picture | picture / parse | bound |")
    print("|---|---|---|---|---|---|---|")
    print(
        f"| {chosen.rows:.0e} | {size:.0f} | {parse:.2f} s | {understood:.2f} s | {picture:.2f} s "
        f"| {picture / parse:.0f} | {BOUND:g} s: {verdict} |"
    )


if __name__ == "__main__":
    main()
