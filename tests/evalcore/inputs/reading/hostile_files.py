"""Files made to break a reader: what they hold is far from what they say, or far more than they weigh."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import zipfile
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

FRAME = pd.DataFrame(
    {"id": range(40), "label": [0, 1] * 20, "prob": np.linspace(0, 1, 40), "site": ["a", "b"] * 20}
)
CSV = FRAME.to_csv(index=False).encode()


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def workbook() -> bytes:
    file = io.BytesIO()
    FRAME.to_excel(file, index=False)
    return file.getvalue()


def written(method: str) -> bytes:
    file = io.BytesIO()
    getattr(FRAME, method)(file)
    return file.getvalue()


def saved(array: np.ndarray, save: Callable[..., None] = np.save) -> bytes:
    file = io.BytesIO()
    save(file, array)
    return file.getvalue()


def whole() -> dict[str, bytes]:
    """One sound file of each kind."""
    lines = FRAME.to_json(orient="records", lines=True).encode()
    return {
        "csv": CSV,
        "utf-16": CSV.decode().encode("utf-16"),
        "gzip": gzip.compress(CSV),
        "bzip2": bz2.compress(CSV),
        "xz": lzma.compress(CSV),
        "zstd": bytes(memoryview(pa.Codec("zstd").compress(CSV))),
        "zip": zipped({"a.csv": CSV, "b.json": lines}),
        "parquet": written("to_parquet"),
        "feather": written("to_feather"),
        "xlsx": workbook(),
        "npz": saved(FRAME["prob"].to_numpy(), np.savez),
        "npy": saved(FRAME[["label", "prob"]].to_numpy()),
        "json": json.dumps({"log": {"history": FRAME.to_dict("records"), "more": [1, {"a": None}]}}).encode(),
        "lines": lines,
    }


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TEXTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def with_sheet(xml: bytes, texts: bytes = b"") -> bytes:
    """The workbook with another sheet, and with texts that its cells name by number."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["xl/worksheets/sheet1.xml"] = xml
    if texts:
        files["xl/sharedStrings.xml"] = texts
        types = "[Content_Types].xml"
        told = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TEXTS}"/></Types>'
        files[types] = files[types].replace(b"</Types>", told.encode())
    return zipped(files)


def sheet(rows: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def shared(texts: str) -> bytes:
    return f'<?xml version="1.0"?><sst xmlns="{_MAIN}">{texts}</sst>'.encode()


def _npy(shape: str, kind: str = "<f8", content: bytes = b"\0" * 64) -> bytes:
    head = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head) + 1) + head + b"\n" + content


def _laughs() -> str:
    """Entities of entities: a few hundred bytes that unfold to 10^9 letters."""
    names = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY x0 "ha">{names}]>'


def _forged_zip() -> bytes:
    """A member that says to be of four gigabytes."""
    raw = bytearray(zipped({"a.csv": CSV}))
    place = raw.rindex(b"PK\x01\x02")
    raw[place + 24 : place + 28] = struct.pack("<I", 0xFFFFFFF0)
    return bytes(raw)


def _layers(depth: int) -> bytes:
    raw = CSV
    for _ in range(depth):
        raw = zipped({"inner.zip": raw})
    return raw


def hostile() -> Iterator[tuple[str, bytes]]:
    """Names and contents; each weighs little and opens in a moment, or is refused."""
    yield "lists in lists", b"[" * 200_000
    yield "lists in lists, closed", b"[" * 100_000 + b"]" * 100_000
    yield "objects in objects", b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    yield "objects in objects, ten to the line", (b'{"a":' * 900 + b"1" + b"}" * 900 + b"\n") * 50
    yield "a new name in each line", b"".join(b'{"k%d": 1}\n' % n for n in range(30_000))
    yield "a new name in each record", b"[" + b",".join(b'{"k%d": 1}' % n for n in range(30_000)) + b"]"
    yield "a new name deep down", b"".join(b'{"a": {"k%d": {"b": 1}}}\n' % n for n in range(30_000))
    yield "a number of many digits", b'[{"a": ' + b"9" * 200_000 + b'}, {"a": 1}]'
    yield "a number of many digits in a csv", b"label,prob\n1," + b"9" * 200_000 + b"\n0,0.5\n"
    yield "an exponent", b"label,prob\n1,1e999999999\n0,-1e999999999\n"
    yield "half a character", b'[{"a": "\\ud800", "label": 1}, {"a": "\\udc00", "label": 0}]'
    yield "a million columns", b",".join([b"a"] * 1_000_000) + b"\n" + b",".join([b"1"] * 1_000_000)
    yield "a million delimiters", b"," * 1_000_000
    yield "a million quotes", b'"' * 1_000_001
    yield "an open quote", b'a,b\n"' + b"x,1\n" * 200_000
    yield "a million line ends", b"label,prob\n" + b"\n" * 1_000_000 + b"1,0.5"
    yield "a million returns", b"label,prob\r" + b"\r" * 1_000_000 + b"1,0.5"
    yield "a million comments", b"#\n" * 500_000 + b"label,prob\n1,0.5\n0,0.25\n"
    yield "zeros", bytes(1_000_000)
    yield "a mark and nothing", b"\xff\xfe"
    yield "half a UTF-16", CSV.decode().encode("utf-16")[:-1]
    yield "an array of 10^15 numbers", _npy("(1000000000000000,)")
    yield "an array of 10^9 columns", _npy("(1, 1000000000)")
    yield "an array of a negative size", _npy("(-1, 2)")
    yield "an array of nothing", _npy("(0, 5)", content=b"")
    yield "an array of no width", _npy("(1000000000000, 0)", content=b"")
    yield "an array of objects", _npy("(3,)", "|O")
    yield "an array of long texts", _npy("(2,)", "<U1000000000")
    yield "an array whose header is a program", _npy("(3,), 'x': __import__('os').getcwd()")
    yield "arrays of 10^15 numbers", zipped({"a.npy": _npy("(1000000000000000,)"), "b.npy": _npy("(2,)")})
    yield "a zip that says 4 GB", _forged_zip()
    yield "a zip in a zip", _layers(20)
    yield "a zip of many", zipped({f"{n}.csv": CSV for n in range(500)})
    yield (
        "a zip of hostile names",
        zipped({"../../a.csv": CSV, "/etc/b.csv": CSV, "c\n\0.csv": CSV, " ": CSV}),
    )
    yield "a bomb", gzip.compress(gzip.compress(bytes(300_000_000), 9), 9)
    yield "a bomb of lines", gzip.compress(b"1,0.5\n" * 3_000_000, 1)[:-10]
    yield "many gzip streams", gzip.compress(b"1,0.5\n") * 5000
    yield (
        "a sheet that laughs",
        with_sheet(sheet('<row r="1"><c t="inlineStr"><is><t>&x9;</t></is></c></row>', _laughs())),
    )
    yield "a sheet's last row", with_sheet(sheet('<row r="1048576"><c r="ALL1048576"><v>1</v></c></row>'))
    yield (
        "a sheet's cell beyond the last",
        with_sheet(sheet('<row r="99999999999"><c r="ZZZZZZ9"><v>1</v></c></row>')),
    )
    yield "a sheet cut short", with_sheet(sheet('<row r="1"><c><v>1')[:-40])
    for name, raw in whole().items():
        if name in ("parquet", "feather"):
            # every length and count in the last bytes, as large as can be
            for place in range(len(raw) - 12, len(raw) - 60, -6):
                forged = raw[:place] + b"\xff\xff\xff\x7f" + raw[place + 4 :]
                yield f"{name} with a length of its own at {place}", forged
