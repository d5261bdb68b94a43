"""Unpacking one compressed stream, never past a limit."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from typing import IO, Any, cast

import pyarrow as pa

from evalcore.errors import InputError
from evalcore.inputs.progress import counted, counted_bytes
from evalcore.inputs.reading import messages as say

__all__ = ["COMPRESSIONS", "Budget", "decompress"]

COMPRESSIONS = {"gzip": "gzip", "bzip2": "bzip2", "xz": "xz", "zstd": "zstd"}
"""Kinds of compression that are read, and their names in words."""
_CHUNK = 4 << 20
_FAILURES = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, pa.ArrowException)


class Budget:
    """How many bytes may still be unpacked: shared by all layers of one file.

    Parameters
    ----------
    limit : int

    Examples
    --------
    >>> import io
    >>> budget = Budget(5)
    >>> budget.read(io.BytesIO(b"abc")), budget.left
    (b'abc', 2)
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit

    def read(self, stream: IO[bytes], *, name: str = "") -> bytes:
        """Read a stream to its end; InputError where it holds more than what is left."""
        out = io.BytesIO()
        while chunk := stream.read(min(_CHUNK, self.left + 1)):
            self.left -= len(chunk)
            if self.left < 0:
                raise InputError(say.too_large(name, self.limit))
            out.write(chunk)
        return out.getvalue()


def decompress(raw: bytes, kind: str, *, budget: Budget, name: str = "") -> bytes:
    """Decompress a stream.

    Parameters
    ----------
    raw : bytes
    kind : str
        A key of `COMPRESSIONS`.
    budget : Budget
        Is charged with what comes out.
    name : str
        The file's name, for the message.

    Raises
    ------
    InputError
        Where the stream is damaged, or holds more than the budget.

    Examples
    --------
    >>> import gzip
    >>> decompress(gzip.compress(b"1,0.5"), "gzip", budget=Budget(100))
    b'1,0.5'
    """
    try:
        with _opened(raw, kind) as stream:
            return budget.read(stream, name=name)
    except (InputError, MemoryError):
        raise
    except _FAILURES:
        raise InputError(say.broken(name, f"{COMPRESSIONS[kind]} data")) from None


def _opened(raw: bytes, kind: str) -> IO[bytes]:
    source = counted_bytes(raw)
    if kind == "gzip":
        return cast(IO[bytes], gzip.GzipFile(fileobj=source))
    if kind == "bzip2":
        return cast(IO[bytes], bz2.BZ2File(source))
    if kind == "xz":
        return cast(IO[bytes], lzma.LZMAFile(source))
    arrow: Any = pa.CompressedInputStream(counted(pa.py_buffer(raw)), "zstd")
    return cast(IO[bytes], arrow)
