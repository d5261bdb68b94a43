"""How far the opening of a large file has come: the share of its bytes that are consumed, then named steps.

Who opens a file passes a listener; the readers below find it without a parameter of their own. Nothing is
counted where nobody listens, or where the file is small.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

import pyarrow as pa

__all__ = ["SMALL", "Progress", "Stage", "counted", "counted_bytes", "stage", "told", "watched"]

Progress = Callable[[float, str], None]
"""Gets the share that is done, from 0 to 1, and what is being done, in words. Calls may come from any thread."""

SMALL = 4 << 20
"""Bytes that are read in no time: not counted."""


class _Listener:
    """Tells one listener a share that never goes back, though a parser may start over."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._share = 0.0
        self._lock = Lock()

    def tell(self, share: float, text: str) -> None:
        with self._lock:
            self._share = max(self._share, min(share, 1.0))
            self._progress(self._share, text)


@dataclass(frozen=True)
class Stage:
    """A part of the work, from one share of the whole to another.

    Parameters
    ----------
    listener : object
    low, high : float
        Where the part begins and ends, as shares of the whole.
    text : str
        What is done in it.
    """

    listener: _Listener
    low: float
    high: float
    text: str

    def tell(self, share: float) -> None:
        """Say that this share of the part is done."""
        self.listener.tell(self.low + share * (self.high - self.low), self.text)


_stage: ContextVar[Stage | None] = ContextVar("stage", default=None)


@contextmanager
def watched(progress: Progress | None) -> Iterator[None]:
    """Let a listener hear of what is opened in this context; None leaves the one who listens already.

    Examples
    --------
    >>> heard = []
    >>> with watched(lambda share, text: heard.append((share, text))):
    ...     with stage(0.5, 1.0, "Reading"):
    ...         with stage(0.5, 1.0):
    ...             pass
    >>> heard
    [(0.5, 'Reading'), (0.75, 'Reading')]
    """
    if progress is None:
        yield
        return
    token = _stage.set(Stage(_Listener(progress), 0.0, 1.0, ""))
    try:
        yield
    finally:
        _stage.reset(token)


@contextmanager
def stage(low: float, high: float, text: str = "") -> Iterator[None]:
    """Work on a part of what is being done: from and to these shares of it.

    Parameters
    ----------
    low, high : float
    text : str, optional
        What is done; as in the whole where empty.
    """
    outer = _stage.get()
    if outer is None:
        yield
        return
    width = outer.high - outer.low
    inner = Stage(outer.listener, outer.low + low * width, outer.low + high * width, text or outer.text)
    inner.tell(0.0)
    token = _stage.set(inner)
    try:
        yield
    finally:
        _stage.reset(token)


def told(share: float, text: str) -> None:
    """Pass on what another process says of the part that is being done.

    Examples
    --------
    >>> heard = []
    >>> with watched(lambda share, text: heard.append((share, text))):
    ...     told(0.5, "Reading")
    >>> heard
    [(0.5, 'Reading')]
    """
    current = _stage.get()
    if current is not None:
        replace(current, text=text).tell(share)


def counted(buffer: Any) -> Any:
    """Open an Arrow buffer as a file that tells how much of it was read; nothing is copied.

    Examples
    --------
    >>> counted(pa.py_buffer(b"1,0.5")).read()
    b'1,0.5'
    """
    current = _stage.get()
    if current is None or buffer.size < SMALL:
        return pa.BufferReader(buffer)
    return pa.PythonFile(_CountedBuffer(buffer, current), mode="r")


def counted_bytes(raw: bytes) -> io.BytesIO:
    """Open bytes as a file that tells how much of it was read.

    Examples
    --------
    >>> counted_bytes(b"1,0.5").read()
    b'1,0.5'
    """
    current = _stage.get()
    return io.BytesIO(raw) if current is None or len(raw) < SMALL else _CountedBytes(raw, current)


class _CountedBuffer:
    """What Arrow asks of a file: its blocks are slices of the buffer, not copies."""

    closed = False

    def __init__(self, buffer: Any, of: Stage) -> None:
        self._buffer, self._stage, self._place = buffer, of, 0

    def read_buffer(self, size: int) -> Any:
        part = self._buffer.slice(self._place, max(0, min(size, self._buffer.size - self._place)))
        self._place += part.size
        self._stage.tell(self._place / self._buffer.size)
        return part

    def read(self, size: int = -1) -> bytes:
        part: bytes = self.read_buffer(self._buffer.size if size < 0 else size).to_pybytes()
        return part

    def seek(self, offset: int, whence: int = 0) -> int:
        self._place = offset + {0: 0, 1: self._place, 2: self._buffer.size}[whence]
        return self._place

    def tell(self) -> int:
        return self._place

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True


class _CountedBytes(io.BytesIO):
    """Counts in steps: a decompressor asks for a few kilobytes at a time."""

    _STEP = 1 << 20

    def __init__(self, raw: bytes, of: Stage) -> None:
        super().__init__(raw)
        self._stage, self._size, self._told = of, len(raw), 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        if self.tell() - self._told >= self._STEP:
            self._told = self.tell()
            self._stage.tell(self._told / self._size)
        return found
