"""Whatever the bytes: a table or one clear sentence; and what was written comes back."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.inputs.reading.reader import Limits, ReadTable, read_table, read_tables
from tests.hanging import may_not_hang

SMALL = Limits(size=1 << 24, cells=1_000_000)
few = settings(max_examples=150, deadline=None)
fewer = settings(max_examples=40, deadline=None)

FRAME = pd.DataFrame({"truth": [1, 0, 1], "score": [0.5, 0.25, 0.125], "label": ["a", "b", "c"]})


def _seeds() -> list[bytes]:
    parquet, feather, npy, npz, packed = (io.BytesIO() for _ in range(5))
    FRAME.to_parquet(parquet)
    FRAME.to_feather(feather)
    np.save(npy, np.eye(3))
    np.savez(npz, a=np.arange(3), b=np.array(["x", "y", "z"]))
    text = FRAME.to_csv(index=False).encode()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", text)
    return [
        parquet.getvalue(),
        feather.getvalue(),
        npy.getvalue(),
        npz.getvalue(),
        packed.getvalue(),
        text,
        gzip.compress(text),
        text.decode().encode("utf-16"),
        FRAME.to_json(orient="records").encode(),
        FRAME.to_json(orient="records", lines=True).encode(),
        json.dumps({"log": [{"a": 1, "b": {"c": [1, 2]}}, {"a": None}]}).encode(),
    ]


SEEDS = _seeds()


def tables_of(raw: bytes) -> tuple[ReadTable, ...]:
    """The tables, or none where the file is refused; and what holds of every table."""
    with may_not_hang():
        try:
            tables = read_tables(raw, limits=SMALL)
            said = ""
        except InputError as refusal:
            tables, said = (), str(refusal)
    assert len(said) < 400
    assert "\n" not in said
    for read in tables:
        assert len(read.table) > 0
        assert read.table.shape[1] > 0
        assert read.table.columns.is_unique
        assert all(isinstance(name, str) for name in read.table.columns)
        assert isinstance(read.table.index, pd.RangeIndex)
        assert all(note and "\n" not in note for note in read.notes)
    return tables


@few
@given(st.binary(max_size=400))
@example(b"\x93NUMPY\x01\x00v\x00{'d.+a|.;-'{[\xa9eescr': '<f8', 'fortran_order': False, }\n")
@example(b" \"\xa9'a-:}'\xc3.#\xff'\r 'eb.\n#.e0e'.][',|\xa91")
@example(b"\n" * 100_000 + b"1")
@example(b"a;b\n" + b"1" * 200_000 + b",5;2\n")
@example(b"a,b\n" + b'"x\n' * 2000)
def test_any_bytes(raw: bytes) -> None:
    tables_of(raw)


@few
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6),
    st.data(),
)
def test_damaged_files(seed: bytes, changes: list[tuple[int, int]], data: st.DataObject) -> None:
    raw = bytearray(seed)
    for place, byte in changes:
        raw[place % len(raw)] = byte
    tables_of(bytes(raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw))


@few
@given(st.text(alphabet="01.,;\t|\" \n\r#ab'-\\", max_size=120))
def test_any_text(text: str) -> None:
    tables_of(text.encode())


@few
@given(
    st.lists(
        st.lists(st.sampled_from(["0", "1", "0.5", "a", "b", '"', ""]), min_size=1, max_size=4),
        min_size=1,
        max_size=30,
    )
)
def test_no_row_is_lost_in_silence(rows: list[list[str]]) -> None:
    lines = [",".join(row) for row in rows]
    full = sum(bool(line.strip()) for line in lines)
    for read in tables_of("\n".join(lines).encode()):
        header = not any(name.startswith("column_1") for name in read.table.columns)
        missing = full - header - len(read.table)
        if missing > 0:
            assert any("left out" in note or "span" in note or "skipped" in note for note in read.notes), (
                read.notes
            )


numbers = st.floats(allow_nan=False, width=64)
words = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc", "Cs"]),
    min_size=1,
    max_size=8,
)
labels = words.map(lambda word: f"x{word}x")


@fewer
@given(
    st.lists(
        st.tuples(st.integers(-(2**62), 2**62), numbers, labels, st.booleans()), min_size=1, max_size=30
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
)
def test_text_comes_back(
    rows: list[tuple[int, float, str, bool]], delimiter: str, end: str, encoding: str, quoting: Any
) -> None:
    frame = pd.DataFrame(rows, columns=["count", "score", "label", "flag"]).astype({"label": "str"})
    text = frame.to_csv(index=False, sep=delimiter, lineterminator=end, quoting=quoting)
    assert_same(read_table(text.encode(encoding)).table, frame)


@fewer
@given(st.lists(st.tuples(st.integers(-(2**62), 2**62), numbers, labels), min_size=1, max_size=20))
def test_other_formats_come_back(rows: list[tuple[int, float, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["count", "score", "label"]).astype({"label": "str"})
    parquet, feather, npz = io.BytesIO(), io.BytesIO(), io.BytesIO()
    frame.to_parquet(parquet)
    frame.to_feather(feather)
    np.savez(npz, **{name: frame[name].to_numpy(str if name == "label" else None) for name in frame})  # type: ignore[arg-type]
    records = json.dumps(frame.to_dict("records")).encode()
    lines = "\n".join(json.dumps(row) for row in frame.to_dict("records")).encode()
    arrays = json.dumps(frame.to_dict("list")).encode()
    for raw in (parquet.getvalue(), feather.getvalue(), npz.getvalue(), records, lines, arrays):
        if raw is lines and len(frame) == 1:
            continue  # one object by itself is a document
        assert_same(read_table(raw).table, frame)


@fewer
@given(st.lists(st.sampled_from(["0", "1", "2", "17", "-1"]), min_size=1, max_size=50))
def test_bare_numbers_have_no_header(cells: list[str]) -> None:
    table = read_table("\n".join(cells).encode()).table
    assert table["column_1"].tolist() == [int(cell) for cell in cells]


@fewer
@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=30))
def test_bare_scores_have_no_header(rows: list[tuple[float, float]]) -> None:
    text = "".join(f"{first!r}\t{second!r}\n" for first, second in rows)
    np.testing.assert_array_equal(read_table(text.encode()).table.to_numpy(dtype=float), np.array(rows))


def assert_same(got: pd.DataFrame, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(got, expected, check_exact=True)
