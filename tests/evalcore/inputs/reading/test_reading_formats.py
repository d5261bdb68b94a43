"""Every format but delimited text and JSON, and every packing around it."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from evalcore.errors import InputError
from evalcore.inputs.reading.reader import read_table, read_tables

CSV = b"truth,score\n1,0.5\n0,0.25\n"
FRAME = pd.DataFrame({"truth": [1, 0], "score": [0.5, 0.25]})


def parquet(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out)
    return out.getvalue()


def parquet_of(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pa.parquet.write_table(table, out)
    return out.getvalue()


def feather(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_feather(out)
    return out.getvalue()


def arrow_stream(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    table = pa.Table.from_pandas(frame)
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


def npy(array: np.ndarray[Any, Any]) -> bytes:
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def npz(**arrays: Any) -> bytes:
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


def json_lines(frame: pd.DataFrame) -> bytes:
    return frame.to_json(orient="records", lines=True).encode()


SAME = {
    "Parquet": parquet(FRAME),
    "Feather (Arrow)": feather(FRAME),
    "Arrow stream": arrow_stream(FRAME),
    "NumPy arrays (npz)": npz(truth=FRAME["truth"], score=FRAME["score"]),
    "JSON": as_json(FRAME.to_dict("records")),
    "JSON Lines": json_lines(FRAME),
    "Excel workbook": xlsx(Sheet=[["truth", "score"], [1, 0.5], [0, 0.25]]),
    "comma-separated text": CSV,
    "comma-separated text, gzip": gzip.compress(CSV),
    "comma-separated text, bzip2": bz2.compress(CSV),
    "comma-separated text, xz": lzma.compress(CSV),
    "comma-separated text, zstd": pa.compress(CSV, codec="zstd", asbytes=True),
    "comma-separated text, zip": zipped(a=CSV),
    "comma-separated text, gzip, zip": zipped(a=gzip.compress(CSV)),
    "Parquet, gzip": gzip.compress(parquet(FRAME)),
}


@pytest.mark.parametrize(("words", "raw"), SAME.items(), ids=SAME)
def test_the_same_table_from_every_format(words: str, raw: bytes) -> None:
    got = read_table(raw, name="misleading.png")
    assert got.format == words
    pd.testing.assert_frame_equal(got.table, FRAME)


def test_sources(tmp_path: Path) -> None:
    path = tmp_path / "predictions.dat"
    path.write_bytes(CSV)
    for source in (path, str(path), CSV, bytearray(CSV), io.BytesIO(CSV), path.open("rb")):
        got = read_table(source)  # type: ignore[arg-type]
        pd.testing.assert_frame_equal(got.table, FRAME)
        assert got.name == (
            "predictions.dat" if not isinstance(source, bytes | bytearray | io.BytesIO) else ""
        )
        if hasattr(source, "close"):
            source.close()
    assert read_table(path, name="mine").name == "mine"
    assert read_table(gzip.compress(CSV), name="a.csv.gz").name == "a.csv"


# ---- Parquet and Arrow ----


def test_a_named_index_becomes_a_column() -> None:
    got = read_table(parquet(FRAME.set_index(pd.Index(["a", "b"], name="case"))))
    assert list(got.table.columns) == ["case", "truth", "score"]
    assert got.table["case"].tolist() == ["a", "b"]
    assert got.notes == ('The table\'s index became the column "case".',)


def test_an_index_without_a_name_is_called_index() -> None:
    got = read_table(parquet(FRAME.set_index(pd.Index([7, 9]))))
    assert got.table["index"].tolist() == [7, 9]
    sliced = read_table(parquet(pd.concat([FRAME, FRAME], ignore_index=True).iloc[2:]))
    assert sliced.table["index"].tolist() == [2, 3]


def test_types_become_plain() -> None:
    table = pa.table(
        {
            "whole": pa.array([1, None, 3], pa.int32()),
            "small": pa.array([0.5, None, 0.25], pa.float32()),
            "flag": pa.array([True, None, False]),
            "label": pa.array(["a", None, "b"]).dictionary_encode(),
            "day": pa.array([0, None, 1], pa.date32()),
            "money": pa.array([1, None, 2]).cast(pa.decimal128(22, 2)),
            "at": pa.array([0, None, 1], pa.timestamp("s")),
            "there": pa.array([0, None, 1], pa.timestamp("s", "Europe/Berlin")),
            "nothing": pa.nulls(3),
            "image": pa.array([b"\x89PNG", None, b""], pa.binary()),
            "long": pa.array(["a", None, "b"], pa.large_string()),
            "took": pa.array([1, None, 2], pa.duration("s")),
        }
    )
    got = read_table(parquet_of(table.drop_columns(["took"]))).table
    kinds = {name: str(kind) for name, kind in got.dtypes.items()}
    assert kinds == {
        "whole": "float64",
        "small": "float32",
        "flag": "str",
        "label": "str",
        "day": "str",
        "money": "float64",
        "at": "datetime64[ms]",
        "there": "str",
        "nothing": "float64",
        "image": "object",
        "long": "str",
    }
    assert got["day"][2] == "1970-01-02"
    assert got["flag"][0] == "True"
    assert got.isna().iloc[1].all()


def test_nested_columns_are_taken_apart() -> None:
    table = pa.table(
        {
            "probabilities": pa.array([[0.75, 0.25], [0.5, 0.5]]),
            "meta": pa.array([{"site": "a", "age": {"years": 3}}, {"site": "b", "age": {"years": 4}}]),
            "tags": pa.array([["x"], ["y", "z"]]),
        }
    )
    got = read_table(parquet_of(table)).table
    assert list(got.columns) == ["probabilities.0", "probabilities.1", "meta.site", "meta.age.years", "tags"]
    assert got["tags"].tolist() == ['["x"]', '["y", "z"]']


def test_empty_parquet() -> None:
    with pytest.raises(InputError, match="but no rows below them"):
        read_table(parquet(FRAME.iloc[:0]))
    with pytest.raises(InputError, match="is empty"):
        read_table(parquet(pd.DataFrame()))


# ---- NumPy ----


def test_arrays() -> None:
    assert read_table(npy(np.array([0.5, 0.25]))).table["column_1"].tolist() == [0.5, 0.25]
    assert read_table(npy(np.eye(3, dtype=np.float32))).table.dtypes.tolist() == [np.float32] * 3
    assert read_table(npy(np.array(["a", "b"]))).table["column_1"].tolist() == ["a", "b"]
    assert read_table(npy(np.array([b"a", b"b"]))).table["column_1"].tolist() == ["a", "b"]
    assert read_table(npy(np.array([True, False]))).table["column_1"].dtype == np.bool_
    assert read_table(npy(np.array([1, 2], dtype=">i4"))).table["column_1"].tolist() == [1, 2]
    assert read_table(npy(np.asfortranarray(np.arange(6.0).reshape(3, 2)))).table["column_2"].tolist() == [
        1,
        3,
        5,
    ]
    fields = np.array([(1, 0.5), (0, 0.25)], dtype=[("truth", "i8"), ("score", "f8")])
    pd.testing.assert_frame_equal(read_table(npy(fields)).table, FRAME)


def test_arrays_of_several_lengths() -> None:
    raw = npz(y=np.arange(3), p=np.eye(3), classes=np.array(["a", "b"]), seed=np.array(1))
    tables = read_tables(raw, name="out.npz")
    assert [each.table.shape for each in tables] == [(3, 4), (2, 1)]
    assert list(tables[0].table.columns) == ["y", "p.0", "p.1", "p.2"]
    assert tables[0].notes == ('Not part of the table and left out: "seed".',)


@pytest.mark.parametrize("array", [np.array(3), np.zeros((2, 2, 2)), np.array([1j])])
def test_arrays_that_are_no_table(array: np.ndarray[Any, Any]) -> None:
    with pytest.raises(InputError, match=r"a table has one or two dimensions"):
        read_table(npy(array))


def test_arrays_of_objects_are_not_opened() -> None:
    raw = io.BytesIO()
    np.save(raw, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(InputError, match="pickle, which is never opened"):
        read_table(raw.getvalue())
    with pytest.raises(InputError, match="pickle, which is never opened"):
        read_table(zipped(**{"y.npy": raw.getvalue()}))


# ---- Excel ----


def test_workbook_of_several_sheets() -> None:
    raw = xlsx(
        notes=[["Made by hand"]],
        test=[
            ["Predictions of model A"],
            [],
            ["id", "truth", "score"],
            ["007", 1, 0.5],
            ["008", 0, 1.0],
            ["009", 0, 0.5],
        ],
        empty=[],
    )
    tables = read_tables(raw, name="out.xlsx")
    table = next(each for each in tables if each.name == "out.xlsx: test").table
    assert list(table.columns) == ["id", "truth", "score"]
    assert table["id"].tolist() == ["007", "008", "009"]
    assert table["score"].dtype == np.float64


def test_a_workbook_that_is_empty() -> None:
    with pytest.raises(InputError, match="is empty"):
        read_table(xlsx(Sheet=[]))


# ---- zip ----


def test_zip_of_several() -> None:
    raw = zipped(
        **{
            "a.csv": CSV,
            "sub/b.csv": CSV * 1 + b"1,0.5\n",
            "README.pdf": b"%PDF-1.7",
            "__MACOSX/a.csv": b"\0",
        }
    )
    tables = read_tables(raw, name="all.zip")
    assert [each.name for each in tables] == ["a.csv", "sub/b.csv"]
    assert tables[0].notes[-1].startswith('Left out of the archive: "README.pdf"')
    largest = read_table(raw)
    assert largest.name == "sub/b.csv"
    assert largest.notes[-1] == (
        'The file holds several tables; "sub/b.csv" has most rows and was taken. The others: "a.csv".'
    )


def test_zip_in_zip() -> None:
    pd.testing.assert_frame_equal(read_table(zipped(a=zipped(b=CSV))).table, FRAME)


def test_parquet_of_texts_that_are_no_unicode() -> None:
    buffers = [None, pa.py_buffer(np.array([0, 2, 5], dtype=np.int32).tobytes()), pa.py_buffer(b"ab\xffcd")]
    texts = pa.Array.from_buffers(pa.string(), 2, buffers)
    file = io.BytesIO()
    pa.parquet.write_table(pa.table({"label": texts, "score": [0.5, 0.25]}), file)
    with pytest.raises(InputError, match="begins as a Parquet file but is damaged"):
        read_table(file.getvalue())


@pytest.mark.parametrize(
    "text",
    [
        b'[{"label": 1, "sc\\ud800ore": 0.5}, {"label": 0, "sc\\ud800ore": 0.25}]',
        b'{"label": [1, 0], "sc\\ud800ore": [0.5, 0.25]}',
        b'{"columns": ["label", "sc\\ud800ore"], "data": [[1, 0.5], [0, 0.25]]}',
    ],
)
def test_names_that_are_no_unicode(text: bytes) -> None:
    read = read_table(text)
    assert list(read.table.columns) == ["label", "sc?ore"]
    assert read.notes == ()
