"""The app with a database that cannot be used: samples and uploads go on, and what is wrong is said."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from evalcore.errors import StoreError
from evalcore.sharing.store.store import EvaluationStore
from pages.ui import compute
from pages.ui.compute import evaluations
from tests.pages.app_pages import ROOT, page, said
from tests.pages.test_data_page import data_page, upload

SAMPLE = "sample-mnist-5"
CSV = b"truth,score\n" + b"".join(b"%d,%.3f\n" % (n % 2, (n * 37 % 100) / 100) for n in range(60))
PAGES = ("pages/decide/threshold.py", "pages/decide/errors.py", "pages/start/data.py", "pages/start/help.py")


def drop_column(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE operating_point_evaluations DROP COLUMN roles")
        connection.commit()


def make_newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE operating_point_store SET version = 7")
        connection.commit()


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no database": (lambda file: file.write_text("x" * 5000), "is damaged"),
    "a column lacks": (drop_column, 'lacks the column "roles"'),
    "a newer version": (make_newer, "got version 7"),
}


@pytest.fixture
def damaged(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    do, words = FAULTS[request.param]
    EvaluationStore(None, tmp_path, retention=None, size_limit=None).close()
    do(tmp_path / "evaluations.sqlite")
    monkeypatch.setenv("OPERATING_POINT_DATA", str(tmp_path))
    evaluations._opened_store.clear()
    yield words
    evaluations._opened_store.clear()


@pytest.mark.parametrize("damaged", FAULTS, indirect=True)
def test_samples_and_uploads_go_on(damaged: str) -> None:
    for path in PAGES:
        app = page(path, SAMPLE)
        assert (damaged in said(app)) or path != PAGES[2]
    app = upload(data_page(), "mine.csv", CSV)
    assert "60 cases" in said(app)
    identifier = (
        app.query_params["e"][0] if isinstance(app.query_params["e"], list) else app.query_params["e"]
    )
    assert "mine" in said(page(PAGES[0], identifier))


@pytest.mark.parametrize("damaged", ["no database"], indirect=True)
def test_a_link_to_an_earlier_evaluation_says_both(damaged: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["e"] = "A" * 22
    app.run()
    assert not app.exception
    assert damaged in said(app)
    assert "earlier evaluations are not there" in said(app)


def test_a_database_that_fails_while_the_app_runs_costs_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> object:
        raise StoreError("the database of saved evaluations does not answer: disk I/O error")

    st.cache_resource.clear()
    store = compute.store()
    for name in ("recent", "entries", "annotations"):
        monkeypatch.setattr(store, name, fail)
    for path in PAGES:
        page(path, SAMPLE)
    assert "disk I/O error" in said(page(PAGES[2], SAMPLE))
