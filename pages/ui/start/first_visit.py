"""A cold deep link: what to do when the server's very first visit is to a page other than the first.

Until `st.navigation` has run once in a server's life, Streamlit takes the `pages` folder for its older kind of
multipage app and tells that first visitor "Page not found", above the very page that was asked for.
One reload, asked for by a component without any picture, shows it as everybody after sees it.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

_SCRIPT = "export default function() {\n    location.reload();\n}"


def is_taken_for_legacy() -> bool:
    """Tell whether this run was started as Streamlit's older kind of multipage app; ask before `st.navigation`."""
    return bool(getattr(PagesManager, "uses_pages_directory", False))


def reload_once() -> None:
    """Have the browser load the page again."""
    st.components.v2.component("operating_point_reload", js=_SCRIPT)(key="reload", height=1)
