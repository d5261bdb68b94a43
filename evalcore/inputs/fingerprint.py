"""A digest of a table's content and roles: the same figures have the same digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from evalcore.predictions.evaluation import Roles

__all__ = ["FORMAT_VERSION", "fingerprint", "start_fingerprint"]

FORMAT_VERSION = 1  # raise it when the same table and roles begin to give other figures


def _column_digest(column: pd.Series) -> bytes:
    digest = hashlib.sha256(str(column.name).encode())
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufmM":
        values = np.ascontiguousarray(column.to_numpy())
        digest.update(values.dtype.str.encode())
        digest.update(values.view(np.uint8).data)
    else:
        for part in _text_parts(column):
            digest.update(part)
    return digest.digest()


def _text_parts(column: pd.Series) -> tuple[memoryview, memoryview]:
    """Lengths and letters of a column of texts or bytes; anything else is taken as it is printed."""
    try:
        texts = pa.array(column, pa.large_string(), from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
        texts = pa.array([ascii(_whole(value)) for value in column], pa.large_string())
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    if texts.null_count:
        texts = pc.fill_null(texts, "\x00")
    _, places, letters = texts.buffers()
    offsets = np.frombuffer(places, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    held = memoryview(letters)[offsets[0] : offsets[-1]] if letters is not None else memoryview(b"")
    return np.diff(offsets).view(np.uint8).data, held


def _whole(value: Any) -> Any:
    """A long array is printed with its middle left out; a list is printed whole."""
    return value.tolist() if isinstance(value, np.ndarray) else value


def fingerprint(table: pd.DataFrame, roles: Roles) -> str:
    """Return the hex digest of a table with its roles.

    Parameters
    ----------
    table : DataFrame
    roles : Roles

    Returns
    -------
    str
        32 hex digits.

    Examples
    --------
    >>> table = pd.DataFrame({"y": [0, 1], "p": [0.25, 0.75]})
    >>> fingerprint(table, Roles(truth="y")) == fingerprint(table.copy(), Roles(truth="y"))
    True
    """
    return start_fingerprint(table)(roles)


def start_fingerprint(table: pd.DataFrame) -> Callable[[Roles], str]:
    """Begin with the columns' digests beside other work, before the roles are known.

    Parameters
    ----------
    table : DataFrame
        Not to be changed until the digest is there.

    Returns
    -------
    callable
        Waits for the columns and returns `fingerprint(table, roles)`.

    Examples
    --------
    >>> table = pd.DataFrame({"y": [0, 1]})
    >>> start_fingerprint(table)(Roles(truth="y")) == fingerprint(table, Roles(truth="y"))
    True
    """
    pool = ThreadPoolExecutor(2)  # hashing lets go of the interpreter's lock
    waiting = [pool.submit(_column_digest, table.iloc[:, place]) for place in range(table.shape[1])]
    pool.shutdown(wait=False)

    def finish(roles: Roles) -> str:
        digest = hashlib.sha256()
        digest.update(repr((FORMAT_VERSION, len(table), astuple(roles))).encode())
        for each in waiting:
            digest.update(each.result())
        return digest.hexdigest()[:32]

    return finish
