"""A bound on processor time that the operating system keeps, whatever a test does: no clock is read."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.hanging import timer

__all__ = ["TooSlowError", "processor_seconds"]


class TooSlowError(BaseException):
    """The time is spent; no `except Exception` on the way keeps it."""


@contextmanager
def processor_seconds(most: float) -> Iterator[None]:
    """Raise `TooSlowError` where the block takes more of the processor, however busy the machine is.

    Where the system has no such timer, there is no bound.
    """
    if not hasattr(signal, "ITIMER_PROF"):
        yield
        return

    def stop(*_: Any) -> None:
        raise TooSlowError(f"more than {most:g} seconds of the processor")

    with timer(signal.ITIMER_PROF, signal.SIGPROF, most, stop):
        yield
