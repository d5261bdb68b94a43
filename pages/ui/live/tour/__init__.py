"""The tour as a Streamlit component: five steps on the live page, each beside what it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["Step", "tour"]

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Step:
    """One step of a tour.

    Parameters
    ----------
    target : str
        A selector of what the step is about; several parts are framed together.
    title, text : str
        What is said of it.
    """

    target: str
    title: str
    text: str


@cache
def _component() -> Any:
    return st.components.v2.component(
        "operating_point_tour", js=(FOLDER / "tour.js").read_text(encoding="utf-8")
    )


def tour(steps: Sequence[Step], *, key: str, on_end: Callable[[], None], on_own: Callable[[], None]) -> None:
    """Show somebody around.

    Parameters
    ----------
    steps : sequence of Step
    key : str
    on_end : callable
        Called once when it is over, to the end or not.
    on_own : callable
        Called in its place where somebody goes on to predictions of their own.
    """
    _component()(
        data={
            "steps": [asdict(each) for each in steps],
            "style": (FOLDER / "tour.css").read_text(encoding="utf-8"),
        },
        key=key,
        height=1,
        on_end_change=on_end,
        on_own_change=on_own,
    )
