"""What makes the browser's Back and Forward undo and redo, and Ctrl+Z press Undo: a component without any picture."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["address"]

FOLDER = Path(__file__).parent


@cache
def _component() -> Any:
    script = (FOLDER / "address.js").read_text(encoding="utf-8")
    return st.components.v2.component("operating_point_address", js=script)


def address(*, key: str, undo: str, redo: str, first: str) -> None:
    """Mount it, once on every page.

    Parameters
    ----------
    key : str
    undo, redo : str
        The keys of the buttons that Ctrl+Z and Ctrl+Shift+Z press, where the page has them.
    first : str
        What an address without any parameter comes to, so that it needs no entry of its own in the history.
    """
    _component()(data={"undo": undo, "redo": redo, "first": first}, key=key, height=1)
