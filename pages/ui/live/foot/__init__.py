"""The foot of the sidebar as a Streamlit component: it copies the link, and closes the sidebar of a phone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["foot"]

FOLDER = Path(__file__).parent


@cache
def _component() -> Any:
    return st.components.v2.component(
        "operating_point_foot",
        html='<div class="of-foot"></div>',
        css=(FOLDER / "foot.css").read_text(encoding="utf-8"),
        js=(FOLDER / "foot.js").read_text(encoding="utf-8"),
    )


def foot(words: Mapping[str, str], *, chosen: str, note: str, key: str) -> None:
    """Mount the foot.

    Parameters
    ----------
    words : mapping of str to str
        What a parameter of the link holds, in words; others are not spoken of.
    chosen : str
        All that is chosen in the sidebar: where it changes on a phone, the sidebar closes.
    note : str
        Who can open the link.
    key : str
    """
    _component()(data={"words": dict(words), "chosen": chosen, "note": note}, key=key)
