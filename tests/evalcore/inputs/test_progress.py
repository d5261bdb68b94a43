"""How far an opening has come: real shares, in order, without a change to what is read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import threading
import zipfile
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from evalcore.errors import InputError
from evalcore.inputs import progress
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.reading.formats import json_lines
from evalcore.inputs.reading.reader import read_table, read_tables
from evalcore.inputs.reading.text import parsing

ROWS = 60_000
RNG = np.random.default_rng(3)
TABLE = pd.DataFrame(
    {"id": range(ROWS), "label": RNG.integers(0, 2, ROWS), "prob": RNG.random(ROWS), "site": "north"}
)
CSV = TABLE.to_csv(index=False).encode()
BLOCK = 64 << 10


class Heard:
    """A listener that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[float, str]] = []

    def __call__(self, share: float, text: str) -> None:
        self.told.append((share, text))

    @property
    def shares(self) -> list[float]:
        return [share for share, _ in self.told]

    @property
    def texts(self) -> list[str]:
        return list(dict.fromkeys(text for _, text in self.told))


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of two megabytes stands for a large one."""
    monkeypatch.setattr(progress, "SMALL", 1000)
    monkeypatch.setattr(progress._CountedBytes, "_STEP", BLOCK)
    monkeypatch.setattr(parsing, "_BLOCK", BLOCK)
    monkeypatch.setattr(json_lines, "_BLOCK", BLOCK)


def zipped(raw: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", raw[: len(raw) // 2].rpartition(b"\n")[0])
        archive.writestr("b.csv", raw)
    return file.getvalue()


def as_lines(raw: bytes) -> bytes:
    return pd.read_csv(io.BytesIO(raw)).to_json(orient="records", lines=True).encode()


@pytest.mark.parametrize(
    "written",
    [bytes, gzip.compress, bz2.compress, lambda raw: lzma.compress(raw, preset=0), pa.Codec("zstd").compress, zipped,
     as_lines],
    ids=["plain", "gzip", "bzip2", "xz", "zstd", "zip", "lines"],
)  # fmt: skip
def test_shares_grow_to_the_end_and_the_table_is_the_same(written: Callable[[bytes], bytes]) -> None:
    raw = bytes(memoryview(written(CSV)))
    heard = Heard()
    read = read_table(raw, name="a.csv", progress=heard)
    pd.testing.assert_frame_equal(read.table, read_table(raw, name="a.csv").table)
    assert heard.shares == sorted(heard.shares)
    assert heard.shares[0] == 0.0
    assert 0.95 < heard.shares[-1] <= 1.0
    assert len(set(heard.shares)) > 6


def test_the_share_is_that_of_the_bytes() -> None:
    heard = Heard()
    read_table(CSV, name="a.csv", progress=heard)
    header = CSV.index(b"\n") + 1
    consumed = len(CSV) - header
    expected = [min(1.0, BLOCK * (place + 1) / consumed) for place in range(-(-consumed // BLOCK))]
    told = sorted(set(heard.shares) - {0.0})
    np.testing.assert_allclose(told[: len(expected)], expected)
    assert heard.texts == ['Reading "a.csv"']


def test_a_parser_that_starts_over_does_not_go_back() -> None:
    late = CSV.replace(b",north\n", b",1\n", ROWS - 50)  # the column of numbers turns out to hold words
    heard = Heard()
    read = read_table(late, progress=heard)
    assert read.table["site"].iloc[-1] == "north"
    assert heard.shares == sorted(heard.shares)


def test_steps_of_an_opening_have_names() -> None:
    heard = Heard()
    truth, scores = TABLE[["id", "label"]], TABLE[["id", "prob"]]
    sources = [
        (f"{name}.csv", each.to_csv(index=False).encode()) for name, each in (("t", truth), ("p", scores))
    ]
    opened = open_predictions(*sources, progress=heard)
    assert opened.fingerprint == open_predictions(*sources).fingerprint
    assert heard.texts == [
        "Reading",
        'Reading "t.csv"',
        'Reading "p.csv"',
        "Joining the files",
        "Finding which column is what",
        "Checking the predictions",
    ]
    assert heard.shares == sorted(heard.shares)
    assert heard.shares[-1] < 1.0


def test_a_small_file_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SMALL", 4 << 20)
    heard = Heard()
    read_table(CSV, name="a.csv", progress=heard)
    assert heard.told == [(0.0, 'Reading "a.csv"')]
    with progress.watched(heard):
        assert isinstance(progress.counted(pa.py_buffer(CSV)), pa.BufferReader)
    assert isinstance(progress.counted(pa.py_buffer(bytes(8 << 20))), pa.BufferReader)  # nobody listens


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: gzip.compress(raw)[:-5000],
        lambda raw: raw[: len(raw) // 2] + b'7,1,0.5,"no end\n' * 3 + raw[len(raw) // 2 :] + b"x" * 2_000_000,
        lambda raw: raw[: len(raw) // 2] + bytes(range(128, 256)) * 4 + raw[len(raw) // 2 :],
        lambda raw: b"id,label,prob\n",
    ],
)
def test_an_error_in_the_middle_is_the_same_sentence(damage: Callable[[bytes], bytes]) -> None:
    """And where it can be mended, the same table."""
    raw = damage(CSV)

    def outcome(listener: progress.Progress | None) -> object:
        try:
            return [each.table.shape for each in read_tables(raw, name="a", progress=listener)]
        except InputError as error:
            return str(error)

    assert outcome(Heard()) == outcome(None)


def test_a_listener_s_own_error_comes_through() -> None:
    class Stopped(Exception):
        pass

    def listen(share: float, text: str) -> None:
        if share > 0.3:
            raise Stopped

    with pytest.raises(Stopped):
        open_predictions(("a.csv", CSV), progress=listen)
    assert open_predictions(("a.csv", CSV)).models == ("prob",)


def test_two_openings_at_once_do_not_hear_each_other() -> None:
    heard = [Heard(), Heard()]
    threads = [
        threading.Thread(target=read_table, args=(CSV,), kwargs={"name": f"{place}.csv", "progress": each})
        for place, each in enumerate(heard)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.texts for each in heard] == [['Reading "0.csv"'], ['Reading "1.csv"']]
