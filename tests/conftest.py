"""What all tests share: a data folder of their own, and browser tests last."""

from __future__ import annotations

import os
import shutil
import tempfile

import hypothesis
import pytest

# A shared or busy machine must not fail a test for being slow: tests/benchmarks/ measures speed.
# A submission is judged by the same examples each time; whoever works here meets new ones with every run.
SAME_EXAMPLES = "OPERATING_POINT_SAME_EXAMPLES" in os.environ
hypothesis.settings.register_profile("house", deadline=None, print_blob=True, derandomize=SAME_EXAMPLES)
hypothesis.settings.load_profile("house")

data_folder = pytest.StashKey[str]()

# Tests of the whole: the app, the store, Plotly, hundreds of whole files. Too slow for the loop while working.
WHOLE_PARTS = ("/tests/pages/", "/tests/sample_data/", "/sharing/", "/figures/", "test_published_layouts")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests out of the data folder of whoever runs them; set before anything is imported."""
    config.stash[data_folder] = tempfile.mkdtemp(prefix="operating-point-tests-")
    os.environ["OPERATING_POINT_DATA"] = config.stash[data_folder]


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[data_folder], ignore_errors=True)


@pytest.fixture(autouse=True)
def without_a_breath(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without a browser waits for none to draw."""
    if "/tests/pages/" in request.path.as_posix():
        monkeypatch.setattr("pages.ui.state.first_picture.BREATH", 0.0)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name files by their size: archives hold the time, and two workers must collect the same names."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in tests/browser/, and run it last.

    Playwright keeps an event loop running once it has started, which code under other tests must not meet.
    """
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker("browser")
        elif any(part in item.path.as_posix() for part in WHOLE_PARTS):
            item.add_marker("whole")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
