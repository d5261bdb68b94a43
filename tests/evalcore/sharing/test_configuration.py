"""The environment's variables: defaults, values, and one sentence for what is not allowed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from evalcore.errors import InputError
from evalcore.sharing.store.configuration import Configuration, read_configuration
from evalcore.sharing.store.store import store_from_environment

DEFAULT = Path("beside/app/.data")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, Configuration(DEFAULT)),
        ({"OPERATING_POINT_DATA": " ", "OPERATING_POINT_DATABASE_URL": ""}, Configuration(DEFAULT)),
        ({"OPERATING_POINT_DATA": "/srv/data"}, Configuration(Path("/srv/data"))),
        ({"OPERATING_POINT_DATA": "~/data"}, Configuration(Path.home() / "data")),
        ({"OPERATING_POINT_DATABASE_URL": "sqlite:///x.db"}, Configuration(DEFAULT, url="sqlite:///x.db")),
        ({"OPERATING_POINT_RETENTION_DAYS": "0.5"}, Configuration(DEFAULT, retention=timedelta(hours=12))),
        ({"OPERATING_POINT_RETENTION_DAYS": "Never"}, Configuration(DEFAULT, retention=None)),
        ({"OPERATING_POINT_SIZE_LIMIT_MB": "10"}, Configuration(DEFAULT, size_limit=10_000_000)),
        ({"OPERATING_POINT_SIZE_LIMIT_MB": "none"}, Configuration(DEFAULT, size_limit=None)),
    ],
)
def test_values(environ, expected):
    assert read_configuration(environ, default_folder=DEFAULT) == expected


@pytest.mark.parametrize("name", ["OPERATING_POINT_RETENTION_DAYS", "OPERATING_POINT_SIZE_LIMIT_MB"])
@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "1e99", "a week", "30 days", "1,5"])
def test_bad_values_are_named(name, value):
    with pytest.raises(InputError, match=rf"^{name} must be a number above 0 and at most .*, got '{value}'$"):
        read_configuration({name: value}, default_folder=DEFAULT)


def test_store_is_made_from_the_environment(tmp_path):
    environ = {"OPERATING_POINT_DATA": str(tmp_path / "a" / "b"), "OPERATING_POINT_RETENTION_DAYS": "7"}
    store = store_from_environment(environ, default_folder=DEFAULT)
    assert store.retention == timedelta(days=7)
    assert store.size_limit == 2_000_000_000
    assert (tmp_path / "a" / "b" / "evaluations.sqlite").is_file()
    store.close()


def test_bad_folder_in_the_environment_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="the data folder must be a folder that can be written to"):
        store_from_environment({"OPERATING_POINT_DATA": str(tmp_path / "file")}, default_folder=DEFAULT)
