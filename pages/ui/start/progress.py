"""A bar for work that takes long: the work is done beside the page's own thread, which shows how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import TypeVar

import streamlit as st

from evalcore.inputs.progress import Progress
from pages.ui import phrases

Result = TypeVar("Result")
_EVERY = 0.15  # seconds between two looks


class Abandoned(Exception):
    """Nobody waits for the work any more: the page was left or reloaded."""


def with_progress(work: Callable[[Progress], Result]) -> Result:
    """Do work in a thread of its own and show how far it has come; what it raises is raised here.

    Parameters
    ----------
    work : callable
        Is given a listener to tell; must not use Streamlit. Where the page is left meanwhile, the listener
        ends the work with an exception.

    Returns
    -------
    What the work returns.
    """
    told = [(0.0, "")]
    left = False

    def listen(share: float, text: str) -> None:
        if left:
            raise Abandoned
        told[0] = share, text

    start = time.monotonic()
    bar = st.progress(0.0, text=_caption(*told[0], seconds=0.0))
    pool = ThreadPoolExecutor(1)
    future = pool.submit(work, listen)
    try:
        while True:
            try:
                return future.result(timeout=_EVERY)
            except NotYet:
                if future.done():
                    raise  # the work itself ran out of some time
                share, text = told[0]
                bar.progress(share, text=_caption(share, text, seconds=time.monotonic() - start))
    finally:
        left = True
        pool.shutdown(wait=False)
        bar.empty()


def _caption(share: float, text: str, *, seconds: float) -> str:
    what = phrases.plain(text) or "Reading"
    return f"{what} … {share:.0%}, {seconds:.0f} s"
