"""What is refused, and in which words: other kinds of files, damage, and every limit."""

from __future__ import annotations

import gzip
import io
import lzma
import pickle
import tarfile
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import IO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.compression import Budget
from evalcore.inputs.reading.reader import Limits, read_table, read_tables

CSV = b"truth,score\n1,0.5\n0,0.25\n"


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"), io.BytesIO())
    return out.getvalue()


KINDS = {
    "bmp": b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28",
    "gif": b"GIF89a\x01\x00",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "png": b"\x89PNG\r\n\x1a\n\x00",
    "tiff": b"II*\x00\x08\x00",
    "webp": b"RIFF\x00\x00\x00\x00WEBP",
    "pdf": b"%PDF-1.7\n%\xe2\xe3",
    "html": b"\n<!DOCTYPE html>\n<html><head><title>predictions.csv</title>",
    "xml": b'<?xml version="1.0"?><a/>',
    "pickle": pickle.dumps({"truth": [1, 0]}),
    "torch": zipped(("archive/data.pkl", b"\x80\x02"), ("archive/data/0", b"\0")),
    "hdf5": b"\x89HDF\r\n\x1a\n",
    "sqlite": b"SQLite format 3\x00",
    "matlab": b"MATLAB 5.0 MAT-file, Platform: GLNXA64",
    "rds": b"X\n\x00\x00\x00\x03",
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "office": zipped(("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")),
    "opendocument": zipped(("mimetype", b"application/vnd.oasis"), ("META-INF/manifest.xml", b"<a/>")),
    "old feather": b"FEA1\x00\x00",
    "avro": b"Obj\x01\x04",
    "orc": b"ORC\x0a",
    "tar": tar(),
    "7z": b"7z\xbc\xaf\x27\x1c",
    "rar": b"Rar!\x1a\x07\x00",
    "lz4": b"\x04\x22\x4d\x18",
    "program": b"\x7fELF\x02",
    "lfs pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
}


def test_every_kind_is_here() -> None:
    assert set(KINDS) == set(say.REFUSALS)


@pytest.mark.parametrize(("kind", "raw"), KINDS.items(), ids=KINDS)
def test_other_kinds_of_files(kind: str, raw: bytes) -> None:
    with pytest.raises(InputError) as refusal:
        read_table(raw, name="predictions.csv")
    assert str(refusal.value) == f'"predictions.csv" {say.REFUSALS[kind]}'


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_is_never_opened(protocol: int, tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (tmp_path / "opened",)

    for value in (pd.DataFrame({"a": [1]}), {"a": [1]}, [1], Trap()):
        for raw in (pickle.dumps(value, protocol), gzip.compress(pickle.dumps(value, protocol))):
            with pytest.raises(InputError):
                read_table(raw)
    assert not (tmp_path / "opened").exists()


def test_web_page_with_a_mark_and_a_comment() -> None:
    with pytest.raises(InputError, match="is a web page"):
        read_table(b"\xef\xbb\xbf<!-- saved -->\n<html>")


def test_binary() -> None:
    for raw in (bytes(range(256)) * 4, b"a,b\n1,\x00\n", b"\x01\x02\x03", b"\xef\xbb\xbfa\x00b"):
        with pytest.raises(InputError, match="is a binary file of an unknown kind"):
            read_table(raw)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_text_that_breaks_its_encoding(encoding: str) -> None:
    with pytest.raises(InputError, match="text but is damaged"):
        read_table("a,b\n1,2\n".encode(encoding)[:-1])


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (gzip.compress(CSV)[:-9], "gzip data"),
        (lzma.compress(CSV)[:-9], "xz data"),
        (pa.compress(CSV, codec="zstd", asbytes=True)[:-5], "zstd data"),
        (b"BZh91AY", "bzip2 data"),
        (b"PAR1" + b"\0" * 20, "a Parquet file"),
        (b"ARROW1\0\0" + b"\0" * 20, "an Arrow file"),
        (b"\xff\xff\xff\xff\x10\x00\x00\x00", "an Arrow file"),
        (b"\x93NUMPY\x01\x00", "a NumPy array"),
        (b"PK\x03\x04", "a zip archive"),
        (zipped(("a.csv", CSV * 9))[:-30], "a zip archive"),
        (zipped(("xl/workbook.xml", b"<a/>")), "an Excel workbook"),
        (b'{"a": [1, 2', "JSON"),
    ],
)
def test_damaged(raw: bytes, what: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_table(raw)
    assert (
        str(refusal.value)
        == f"the file begins as {what} but is damaged or cut short: download or export it again"
    )


def test_missing_file(tmp_path: Path) -> None:
    for source in (tmp_path / "none.csv", str(tmp_path), "a\0b", "x" * 5000):
        with pytest.raises(InputError, match="there is no file"):
            read_table(source)


def test_not_a_source() -> None:
    for source in (3, None, io.StringIO("a,b\n1,2\n"), "a,b\n1,2\n"):
        with pytest.raises(InputError, match="source must be a path, bytes or a binary stream"):
            read_table(source)  # type: ignore[arg-type]


# ---- limits ----


def test_size(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    small = Limits(size=10)
    for source in (CSV, path, str(path), io.BytesIO(CSV)):
        with pytest.raises(InputError, match="holds more than 10 bytes of data once unpacked"):
            read_table(source, limits=small)


@pytest.mark.parametrize(
    ("packed", "most"),
    [
        # One byte past the limit is enough to know; a zip archive says its members' sizes beforehand.
        (gzip.compress, (5 << 20) + 1),
        (lzma.compress, (5 << 20) + 1),
        (lambda raw: zipped(("a.csv", raw)), 0),
    ],
    ids=["gzip", "xz", "zip"],
)
def test_bombs_stop_at_the_limit(packed: object, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[int] = []
    plain = Budget.read

    def counting(self: Budget, stream: IO[bytes], *, name: str = "") -> bytes:
        def read(size: int) -> bytes:
            chunk = stream.read(size)
            unpacked.append(len(chunk))
            return chunk

        return plain(self, SimpleNamespace(read=read), name=name)  # type: ignore[arg-type]

    monkeypatch.setattr(Budget, "read", counting)
    bomb = packed(bytes(50 << 20))  # type: ignore[operator]
    assert len(bomb) < 1 << 20
    with pytest.raises(InputError, match="holds more than 5 MB of data once unpacked"):
        read_table(bomb, limits=Limits(size=5 << 20))
    assert sum(unpacked) == most


def test_members_of_an_archive_share_the_limit() -> None:
    rows = b"truth,score\n" + b"1,0.5\n" * 1000
    raw = zipped(*((f"{place}.csv.gz", gzip.compress(rows)) for place in range(10)))
    assert len(read_tables(raw)) == 10
    with pytest.raises(InputError, match=r"holds more than 19\.53 KB"):
        read_tables(raw, limits=Limits(size=20_000))


def test_a_workbook_that_unpacks_to_much() -> None:
    raw = zipped(("xl/workbook.xml", b" " * 100_000))
    with pytest.raises(InputError, match=r"holds more than 48\.83 KB"):
        read_table(raw, limits=Limits(size=50_000))


def test_depth() -> None:
    raw = CSV
    for _ in range(4):
        raw = gzip.compress(raw)
    with pytest.raises(InputError, match="is packed more than 3 times over"):
        read_table(raw)


def test_members() -> None:
    raw = zipped(*((f"{place}.csv", CSV) for place in range(4)))
    with pytest.raises(InputError, match="holds 4 files or sheets; at most 3 are read"):
        read_table(raw, limits=Limits(members=3))


def test_archive_without_tables() -> None:
    with pytest.raises(InputError, match=r'"a\.png" is a PNG picture'):
        read_table(zipped(("a.png", KINDS["png"])))
    with pytest.raises(
        InputError, match=r'"x\.zip" holds no table that can be read: "a\.png" is a PNG picture'
    ):
        read_table(zipped(("a.png", KINDS["png"]), ("b.pdf", KINDS["pdf"])), name="x.zip")
    with pytest.raises(InputError, match="holds no table that can be read"):
        read_table(zipped())


def test_locked_archive() -> None:
    raw = bytearray(zipped(("a.csv", CSV)))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = raw.index(mark) + (6 if mark.endswith(b"\x04") else 8)
        raw[place] |= 1
    with pytest.raises(InputError, match="is locked with a password"):
        read_table(bytes(raw))


def test_columns() -> None:
    wide = (",".join(f"c{place}" for place in range(20)) + "\n" + ",".join("1" * 20) + "\n").encode()
    out = io.BytesIO()
    pa.parquet.write_table(pa.table({f"c{place}": [1] for place in range(20)}), out)
    matrix = io.BytesIO()
    np.save(matrix, np.zeros((2, 20)))
    lists = pa.BufferOutputStream()
    pa.parquet.write_table(pa.table({"a": [list(range(8))], "b": [list(range(8))]}), lists)
    records = ('[{"' + '": 1, "'.join(f"c{place}" for place in range(20)) + '": 1}]').encode()
    for raw in (wide, out.getvalue(), matrix.getvalue(), lists.getvalue().to_pybytes(), records):
        with pytest.raises(InputError, match=r"has \d+ columns; at most 10 are read"):
            read_table(raw, limits=Limits(columns=10))


def test_cells() -> None:
    out = io.BytesIO()
    pa.parquet.write_table(pa.table({"a": np.zeros(1000)}), out)
    matrix = io.BytesIO()
    np.save(matrix, np.zeros((500, 2)))
    for raw in (out.getvalue(), matrix.getvalue(), b"[" + b",".join([b'{"a": 1}'] * 1000) + b"]"):
        with pytest.raises(InputError, match="at most 100 cells are read"):
            read_table(raw, limits=Limits(cells=100))


def test_texts_of_a_dictionary_are_measured_before_they_are_written_out() -> None:
    out = io.BytesIO()
    text = pa.array(["x" * 10_000]).take(pa.array(np.zeros(2_000, np.int32)))
    pa.parquet.write_table(pa.table({"text": text}), out)
    assert len(out.getvalue()) < 50_000
    with pytest.raises(InputError, match="holds more than 10 MB"):
        read_table(out.getvalue(), limits=Limits(size=10 << 20))


def test_an_array_smaller_than_it_says() -> None:
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }"
    raw = b"\x93NUMPY\x01\x00" + (len(header) + 1).to_bytes(2, "little") + header + b"\n"
    with pytest.raises(InputError, match="begins as a NumPy array but is damaged"):
        read_table(raw)


def test_cell_length() -> None:
    with pytest.raises(InputError, match='a cell of more than 10 characters in column "text", row 2'):
        read_table(b"text,score\nshort,0.5\nfar too long,0.25\n", limits=Limits(cell_length=10))


def test_broken_quotes() -> None:
    raw = b"text,score\n" + b'"a,0.5\n' * 20
    assert len(read_table(raw).table) == 20
    with pytest.raises(InputError, match="more than 10 lines whose quotation marks are not in pairs"):
        read_table(raw, limits=Limits(broken_lines=10))


def test_notes_are_few() -> None:
    names = ",".join(f"c{place}" for place in range(50))
    rows = "\n".join(",".join(["50%"] * 50) for _ in range(3))
    notes = read_table(f"{names}\n{rows}\n".encode()).notes
    assert len(notes) == 21
    assert notes[-1] == "30 further notes of the same kinds were left out."
