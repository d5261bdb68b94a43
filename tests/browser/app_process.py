"""The dashboard as its own process, started as a user starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class RunningApp:
    """A dashboard that answers.

    Parameters
    ----------
    url : str
        Its address, without a slash at the end.
    data : Path
        Its data folder.
    log : Path
        The file with what it printed.
    started : float
        When its process was started, by `time.perf_counter`.
    """

    url: str
    data: Path
    log: Path
    started: float


@contextmanager
def running_app(
    data: Path, *, log: Path, arguments: Sequence[str] = (), timeout: float = 240
) -> Iterator[RunningApp]:
    """Run the dashboard from this checkout, as `make run` does, on a free port until the block ends.

    Parameters
    ----------
    data : Path
        The folder for saved evaluations (`OPERATING_POINT_DATA`): the same one again is a restart.
    log : Path
        Where to write what it prints; a second run is added at the end.
    arguments : sequence of str
        What follows `--`, such as a predictions file.
    timeout : float
        Seconds until it must be healthy.

    Raises
    ------
    RuntimeError
        Where it ends or is not healthy in time; the message has its log.
    """
    port = free_port()
    command = [sys.executable, "-m", "pages.ui.start.serve", "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    command += ["--", *arguments] if arguments else []
    with log.open("ab") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "OPERATING_POINT_DATA": str(data)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a group of its own, so that all of it can be ended
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for_health(process, url, log=log, timeout=timeout)
        yield RunningApp(url=url, data=data, log=log, started=started)
    finally:
        stop(process)


def free_port() -> int:
    """Find a port that is free; of several workers of pytest-xdist none finds another's."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    own = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % workers
    while True:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port: int = listener.getsockname()[1]
        if port // 100 % workers == own:  # not odd and even: Linux gives all odd ports first
            return port


def wait_for_health(process: subprocess.Popen[bytes], url: str, *, log: Path, timeout: float) -> None:
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the app ended with code {process.returncode}:\n{tail(log)}")
        try:
            # Any other path answers 200 with the page's shell, healthy or not.
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.read().strip() == b"ok":
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.05)
    raise RuntimeError(f"the app was not healthy within {timeout:g} s:\n{tail(log)}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started, gently first."""
    for ask in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, ask)
            process.wait(timeout=10)
        except ProcessLookupError:  # it is gone already
            process.wait(timeout=10)
            return
        except subprocess.TimeoutExpired:
            continue


def tail(log: Path, characters: int = 6000) -> str:
    """Return the end of what the app printed."""
    return log.read_text(encoding="utf-8", errors="replace")[-characters:]
