"""What the server makes ready while it waits for its first visitor, and that the picture is drawn first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui import compute
from pages.ui.compute import kept as kept_module
from pages.ui.compute.shelf import Shelf
from pages.ui.start import serve
from tests.pages.app_pages import ROOT


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf with nothing on it, as in a new server."""
    empty = Shelf(1 << 30, 1 << 30)
    monkeypatch.setattr(kept_module, "SHELF", empty)
    return empty


def test_what_a_first_visit_shows_is_there(shelf: Shelf) -> None:
    serve.warm()
    put: list[object] = []
    shelf.put = lambda *args, **kwargs: put.append(args)  # type: ignore[method-assign]
    opened = compute.evaluation(compute.samples()[0].id)
    compute.explorer_table(opened, opened.models[0])
    assert put == [], "computed again"


def test_all_that_pages_are_made_of_is_imported(shelf: Shelf) -> None:
    serve.warm()
    for path in (ROOT / "pages/ui").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        assert name in sys.modules


def test_a_file_that_cannot_be_opened_is_left_to_the_visit(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "nothing.csv"
    file.write_text("a\n")
    monkeypatch.setattr(sys, "argv", ["app.py", str(file)])
    compute.command_line_evaluation.clear()
    serve.warm()
    assert len(shelf) == 0
    compute.command_line_evaluation.clear()


def test_it_starts_the_app_with_the_options_that_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr("streamlit.web.cli.main", lambda args, prog_name: told.append((args, prog_name)))
    monkeypatch.setattr(serve, "_warm_once_served", lambda: told.append("warming"))
    serve.main(["--server.port", "9000", "--", "file.csv"])
    expected = ["run", str(ROOT / "app.py"), "--server.port", "9000", "--", "file.csv"]
    assert sorted(told, key=str) == sorted([(expected, "streamlit"), "warming"], key=str)


def test_a_session_waits_once_and_then_never_again(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("pages.ui.state.first_picture.sleep", waits.append)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for _ in range(3):
        app.run()
        assert not app.exception
        assert len(waits) == 1
        assert [tab.label for tab in app.tabs][-1] == "Gain and lift"


def test_a_run_that_was_broken_off_is_followed_by_one_that_does_not_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []

    def broken_off(seconds: float) -> None:
        waits.append(seconds)
        st.rerun()

    monkeypatch.setattr("pages.ui.state.first_picture.sleep", broken_off)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    assert not app.exception
    assert len(waits) == 1
    assert [tab.label for tab in app.tabs][-1] == "Gain and lift"
