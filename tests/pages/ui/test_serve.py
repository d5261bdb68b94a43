"""What the server makes ready while it waits for its first visitor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

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
