"""The live explorer as a Streamlit component: the thin Python side."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["explorer", "joined_script"]

FOLDER = Path(__file__).parent
#: Every module after the ones that it imports.
MODULES = (
    "base/shortest.js",
    "base/metrics.js",
    "base/numbers.js",
    "base/svg.js",
    "base/tooltip.js",
    "base/explained.js",
    "places.js",
    "saving.js",
    "base/table.js",
    "range.js",
    "brush.js",
    "heights.js",
    "histogram.js",
    "curve.js",
    "decide/lens.js",
    "decide/measures.js",
    "decide/goal.js",
    "decide/prevalence.js",
    "decide/money.js",
    "decide/icons.js",
    "decide/drawing.js",
    "decide/sure.js",
    "decide/costs.js",
    "decide/review.js",
    "decide/desk.js",
    "panels.js",
    "tiles.js",
    "presets.js",
    "explorer.js",
)
STYLES = ("explorer.css", "decide/decide.css")
_IMPORT = re.compile(
    r"^import .*? from \"\.{1,2}/(explorer/)?(base/|decide/)?\w+\.js\";\n", re.MULTILINE | re.DOTALL
)
_EXPORT = re.compile(r"^export (?!default )", re.MULTILINE)


def joined_script(*modules: str, folder: Path = FOLDER) -> str:
    """Join ES modules into one, as Streamlit takes inline script only: imports go, all else stays as it is."""
    texts = [(folder / name).read_text(encoding="utf-8") for name in modules]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)


@cache
def _component() -> Any:
    return st.components.v2.component(
        "operating_point_explorer",
        html=(FOLDER / "explorer.html").read_text(encoding="utf-8"),
        css="\n".join((FOLDER / name).read_text(encoding="utf-8") for name in STYLES),
        js=joined_script(*MODULES, "streamlit_adapter.js"),
    )


def explorer(data: dict[str, Any], *, key: str, on: dict[str, Callable[[], None]]) -> None:
    """Mount the explorer.

    Parameters
    ----------
    data : dict
        From `evalcore.figures.live.explorer.explorer_point`.
    key : str
        The session key under which callbacks find what was said.
    on : dict of callables
        One for each of threshold, pinned, cell, tiles, range, desk.
    """
    _component()(data=data, key=key, **{f"on_{name}_change": call for name, call in on.items()})
