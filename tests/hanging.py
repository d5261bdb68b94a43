"""A wide time-out against hanging, for tests whose subject may not take for ever: speed is measured elsewhere."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

#: Seconds: a hundred times what such a test takes on a busy machine.
FOR_EVER = 240


@contextmanager
def timer(
    kind: int, number: int, seconds: float, stop: Callable[[int, FrameType | None], None]
) -> Iterator[None]:
    """Have the operating system call `stop` by a signal, unless the block has ended before."""
    before = signal.signal(number, stop)
    signal.setitimer(kind, seconds)
    try:
        yield
    finally:
        signal.setitimer(kind, 0)
        signal.signal(number, before)


@contextmanager
def may_not_hang(seconds: float = FOR_EVER) -> Iterator[None]:
    """Fail, with the place where it hangs, if the block has not ended after a very long time.

    Where there is no alarm (Windows, a thread other than the first), `faulthandler_timeout` shows the place.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"still not done after {seconds:g} s: it hangs")

    with timer(signal.ITIMER_REAL, signal.SIGALRM, seconds, stop):
        yield
