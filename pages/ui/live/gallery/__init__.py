"""A gallery of cases as a Streamlit component: one page of small pictures, and the case that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["gallery"]

FOLDER = Path(__file__).parent


@cache
def _component() -> Any:
    return st.components.v2.component(
        "operating_point_gallery",
        html='<div class="og-gallery"></div>',
        css=(FOLDER / "gallery.css").read_text(encoding="utf-8"),
        js=(FOLDER / "gallery.js").read_text(encoding="utf-8"),
    )


def gallery(data: dict[str, Any], *, key: str, on: dict[str, Callable[[], None]]) -> None:
    """Mount the gallery.

    Parameters
    ----------
    data : dict
        As `GalleryData` in gallery.js.
    key : str
        The session key under which callbacks find what was said.
    on : dict of callables
        One for each of page (the page that is wanted, from 0) and chosen (a tile's key, or -1 for none).
    """
    _component()(data=data, key=key, **{f"on_{name}_change": call for name, call in on.items()})
