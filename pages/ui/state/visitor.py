"""Who is looking: an opaque token per browser, so that recent evaluations are found again after a reload.

Streamlit can read cookies but not set them; a component without any picture sets this one.
"""

from __future__ import annotations

import re
import secrets

import streamlit as st

from pages.ui.state.keys import VISITOR, VISITOR_COOKIE

_COOKIE = "operating_point_browser"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")
_SCRIPT = """
export default function(component) {
    const { name, token } = component.data;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=${token}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
"""


def visitor() -> str:
    """Return this browser's token; a new browser gets one with `remember_visitor`."""
    known = _cookie()
    own = known if _TOKEN.fullmatch(known) else secrets.token_urlsafe(24)
    token: str = st.session_state.setdefault(VISITOR, own)
    return token


def _cookie() -> str:
    value = st.context.cookies.get(_COOKIE, "")
    return value if isinstance(value, str) else ""


def remember_visitor() -> None:
    """Ask the browser to keep its token for a year."""
    if _cookie() != visitor():
        st.components.v2.component("operating_point_visitor", js=_SCRIPT)(
            data={"name": _COOKIE, "token": visitor()}, key=VISITOR_COOKIE, height=1
        )
