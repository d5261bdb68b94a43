"""What passes between the server and the process that reads: small JSON heads, and tables as Arrow streams."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, BinaryIO

import pyarrow as pa

from evalcore.inputs.reading.read_table import ReadTable
from evalcore.inputs.reading.values.frames import to_frame

__all__ = ["packed_tables", "receive", "send", "unpacked_tables"]

_HEAD = struct.Struct("<QQ")


def send(stream: BinaryIO, head: dict[str, Any], body: bytes | memoryview = b"") -> None:
    """Write one message: a head of plain values, and bytes.

    Examples
    --------
    >>> import io
    >>> stream = io.BytesIO()
    >>> send(stream, {"name": "a.csv"}, b"1,0.5")
    >>> _ = stream.seek(0)
    >>> receive(stream)
    ({'name': 'a.csv'}, b'1,0.5')
    """
    text = json.dumps(head).encode("utf-8")
    stream.write(_HEAD.pack(len(text), len(body)))
    stream.write(text)
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Read one message; EOFError where the other side is gone."""
    sizes = _exactly(stream, _HEAD.size)
    text, body = _HEAD.unpack(sizes)
    head: dict[str, Any] = json.loads(_exactly(stream, text))
    return head, _exactly(stream, body)


def packed_tables(tables: Sequence[ReadTable]) -> tuple[dict[str, Any], memoryview]:
    """Tables as a head and the bytes of Arrow streams, one behind the other."""
    out = pa.BufferOutputStream()
    ends = []
    for each in tables:
        table = pa.Table.from_pandas(each.table, preserve_index=False)
        with pa.ipc.new_stream(out, table.schema) as writer:
            writer.write_table(table)
        ends.append(out.tell())
    about = [{"name": each.name, "format": each.format, "notes": list(each.notes)} for each in tables]
    return {"tables": about, "ends": ends}, memoryview(out.getvalue())


def unpacked_tables(head: dict[str, Any], body: bytes) -> tuple[ReadTable, ...]:
    """The tables that `packed_tables` packed."""
    whole = pa.py_buffer(body)
    tables = []
    start = 0
    for about, end in zip(head["tables"], head["ends"], strict=True):
        with pa.ipc.open_stream(pa.BufferReader(whole.slice(start, end - start))) as reader:
            table = reader.read_all()
        columns = dict(zip(table.column_names, table.columns, strict=True))
        tables.append(ReadTable(to_frame(columns), about["name"], about["format"], tuple(about["notes"])))
        start = end
    return tuple(tables)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if content is None or len(content) < size:
        raise EOFError
    return content
