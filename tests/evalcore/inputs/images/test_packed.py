"""Which sources are zip archives."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from evalcore.inputs.images.packed import zip_content

PACKED = b"PK\x03\x04 and more"


class OneWay(io.RawIOBase):
    """A stream that cannot go back."""

    def read(self, size: int = -1) -> bytes:  # noqa: ARG002
        raise AssertionError("what cannot be put back must not be taken")


def test_paths_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(PACKED)
    (tmp_path / "a.csv").write_bytes(b"x,y")
    for source in (tmp_path / "a.zip", str(tmp_path / "a.zip"), ("a.zip", PACKED)):
        assert zip_content(source) == ("a.zip", PACKED)
    for source in (tmp_path / "a.csv", ("a.zip", b"PK"), tmp_path / "none.zip", tmp_path, "x\n" * 5000, "\0"):
        assert zip_content(source) is None


@pytest.mark.parametrize("source", [pd.DataFrame({"a": [1]}), None, 7, OneWay()])
def test_anything_else_is_no_archive(source: object) -> None:
    assert zip_content(source) is None


def test_a_stream_is_left_where_it_was() -> None:
    stream = io.BytesIO(b"before" + PACKED)
    stream.seek(6)
    assert zip_content(stream) == ("", PACKED)
    assert stream.tell() == 6
