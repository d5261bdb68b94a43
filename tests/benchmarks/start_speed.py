"""From the start of the process to the first picture, and a new browser on a warm server, beside an empty app.

::

    python -m tests.benchmarks.start_speed [--starts 5]

The two apps take turns, so that a busy moment of the machine meets both. Every visit has a browser profile of its
own (nothing of Streamlit's scripts is kept); the browser itself is running already, as a user's is.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.app_process import RunningApp, free_port, running_app, stop, wait_for_health
from tests.browser.chromium import launch_chromium, wait_until_run

BOUND = 1.6  # times the empty app
EMPTY = 'import streamlit as st\n\nst.write("Nothing but this.")\n'


@dataclass(frozen=True)
class Start:
    """Seconds of one start: until it answers, until the first visitor sees it, and what a second one waits."""

    healthy: float
    cold: float
    warm: float


@contextmanager
def empty_app(folder: Path) -> Iterator[RunningApp]:
    """Run an app of one line as Streamlit runs it by itself."""
    script, log, port = folder / "empty.py", folder / "empty.log", free_port()
    script.write_text(EMPTY, encoding="utf-8")
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += ["--server.fileWatcherType=none", f"--server.port={port}", "--server.address=127.0.0.1"]
    with log.open("ab") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_for_health(process, f"http://127.0.0.1:{port}", log=log, timeout=240)
        yield RunningApp(url=f"http://127.0.0.1:{port}", data=folder, log=log, started=started)
    finally:
        stop(process)


@contextmanager
def dashboard(folder: Path) -> Iterator[RunningApp]:
    """Run the dashboard as `make run` does."""
    with running_app(folder / "data", log=folder / "app.log") as app:
        yield app


def seen(browser: Browser, url: str, what: str) -> float:
    """Open an address in a new profile; return the time at which something is seen."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(url, wait_until="commit")
    page.locator(what).first.wait_for(timeout=120_000)
    now = time.perf_counter()
    wait_until_run(page)  # what is still on its way is not the next visit's
    context.close()
    return now


APPS = {
    "an empty Streamlit app": (empty_app, "text=Nothing but this."),
    "the dashboard": (dashboard, ".op-explorer svg"),
}


def start(browser: Browser, name: str) -> Start:
    """Start one of the apps, and visit it twice."""
    running, what = APPS[name]
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as app:
        healthy = time.perf_counter() - app.started
        cold = seen(browser, app.url, what) - app.started
        before = time.perf_counter()
        return Start(healthy, cold, seen(browser, app.url, what) - before)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="Start of the dashboard beside an empty app.")
    parser.add_argument("--starts", type=int, default=5, help="starts of each app")
    chosen = parser.parse_args()
    starts: dict[str, list[Start]] = {name: [] for name in APPS}
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        browser.new_page().goto("about:blank")
        for _ in range(chosen.starts):
            for name, each in starts.items():
                each.append(start(browser, name))
        browser.close()
    print("| what | " + " | ".join(APPS) + " | times | bound |\n|---|---|---|---|---|")
    for what, told in (
        ("healthy", "process to an answer"),
        ("cold", "process to what is seen first"),
        ("warm", "a new browser profile on the running server"),
    ):
        empty, ours = (statistics.median(getattr(one, what) for one in each) for each in starts.values())
        bound = "" if what == "healthy" else f"{BOUND:g}: {'kept' if ours <= BOUND * empty else 'missed'}"
        print(f"| {told} | {empty:.2f} s | {ours:.2f} s | {ours / empty:.2f} | {bound} |")


if __name__ == "__main__":
    main()
