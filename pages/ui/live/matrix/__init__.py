"""The live matrix of several classes as a Streamlit component: the thin Python side."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui.live.explorer import joined_script

__all__ = ["live_matrix", "matrix_script"]

FOLDER = Path(__file__).parent
#: Every module after the ones that it imports.
MODULES = ("steps.js", "picture.js", "policy.js", "matrix.js")


def matrix_script() -> str:
    """Return the script with what it takes from the explorer, as one."""
    shared = joined_script("base/shortest.js", "base/numbers.js", "base/svg.js")
    return f"{shared}\n{joined_script(*MODULES, folder=FOLDER)}"


@cache
def _component() -> Any:
    return st.components.v2.component(
        "operating_point_matrix",
        html='<div class="om-matrix"></div>',
        css=(FOLDER / "matrix.css").read_text(encoding="utf-8"),
        js=matrix_script(),
    )


def live_matrix(data: dict[str, Any], *, key: str, on: dict[str, Callable[[], None]]) -> None:
    """Mount the matrix.

    Parameters
    ----------
    data : dict
        As `MatrixData` in matrix.js.
    key : str
        The session key under which callbacks find what was said.
    on : dict of callables
        One for cell (positions of the actual and the called class); with a policy one for limit (the least
        certainty or a threshold, or None).
    """
    _component()(data=data, key=key, **{f"on_{name}_change": call for name, call in on.items()})
