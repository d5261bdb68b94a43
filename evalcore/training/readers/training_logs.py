"""Whatever a training printed, as delimited text: the formats are tried one after the other."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from evalcore.training.readers.fastai_table import read_fastai_table
from evalcore.training.readers.keras_log import read_keras_log
from evalcore.training.readers.rounds_log import read_rounds_log

__all__ = ["printed_history"]

_HEAD = 1 << 16
_LARGEST = 1 << 26
"""Nobody prints so much in a training; a table may be as large."""
_READERS: tuple[Callable[[str], dict[str, list[str]] | None], ...] = (
    read_keras_log,
    read_fastai_table,
    read_rounds_log,
)


def printed_history(text: bytes) -> bytes | None:
    r"""Turn a printed training log into delimited text.

    Parameters
    ----------
    text : bytes
        UTF-8.

    Returns
    -------
    bytes or None
        None where the text is no such log: its first 64 KB hold no line of one.

    Examples
    --------
    >>> printed_history(b"Epoch 1/2\n1/1 - 1s - loss: 0.5\nEpoch 2/2\n1/1 - 1s - loss: 0.25\n")
    b'epoch,loss\n1,0.5\n2,0.25\n'
    >>> printed_history(b"epoch,loss\n1,0.5\n") is None
    True
    """
    if len(text) > _LARGEST:
        return None
    head = text[:_HEAD].decode("utf-8", "replace")
    for read in _READERS:
        if read(head):
            columns = read(text.decode("utf-8", "replace"))
            return None if columns is None else _written(columns)
    return None


def _written(columns: dict[str, list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return out.getvalue().encode()
