"""Open a page of the app without a browser, and read what it says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]


def page(path: str, identifier: str, *, session: Mapping[str, Any] | None = None, **link: str) -> AppTest:
    """Open a page with an evaluation and more parameters of its link; no exception may show."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["e"] = identifier
    for key, value in link.items():
        app.query_params[key] = value
    for key, value in (session or {}).items():
        app.session_state[key] = value
    app.run()
    app.switch_page(path).run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    """All the page's sentences, one after the other."""
    kinds = ("header", "subheader", "markdown", "caption", "info", "warning", "error")
    told = " ".join(each.value for kind in kinds for each in app.get(kind))
    return told.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def box(app: AppTest, label: str) -> Any:
    """The select box with this label."""
    return next(each for each in app.selectbox if each.label == label)


def tiles(app: AppTest) -> dict[str, str]:
    """What each tile shows, by its label."""
    return {each.label: each.value for each in app.metric}


def in_link(app: AppTest, key: str) -> str:
    """What the address says of a parameter; an empty text for nothing."""
    found = app.query_params.get(key, "")
    return found if isinstance(found, str) else found[0]


def open_id(app: AppTest) -> str:
    """The id of the evaluation that the link names."""
    return in_link(app, "e")
