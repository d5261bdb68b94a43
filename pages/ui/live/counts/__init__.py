"""Models side by side as a Streamlit component: their matrices, and a table of their rates."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui.live.explorer import FOLDER as EXPLORER
from pages.ui.live.explorer import joined_script

__all__ = ["counts_pictures"]

FOLDER = Path(__file__).parent


@cache
def _component() -> Any:
    # The cells look as those of the explorer do.
    styles = [EXPLORER / "explorer.css", FOLDER / "counts.css"]
    return st.components.v2.component(
        "operating_point_counts",
        html='<div class="op-explorer oc-counts"></div>',
        css="\n".join(path.read_text(encoding="utf-8") for path in styles),
        js=f"{joined_script('base/svg.js')}\n{joined_script('counts.js', folder=FOLDER)}",
    )


def counts_pictures(data: dict[str, Any], *, key: str) -> None:
    """Mount the pictures.

    Parameters
    ----------
    data : dict
        From `evalcore.figures.live.counts.counts_data`.
    key : str
    """
    _component()(data=data, key=key)
