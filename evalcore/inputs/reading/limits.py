"""How much one source may hold: what keeps a stranger's file from filling the memory."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True)
class Limits:
    """Bounds on what is read from one source; each has a message of its own.

    Parameters
    ----------
    size : int
        Bytes of data after decompression, over all members of an archive.
    rows, columns : int
        Rows and columns of one table.
    cells : int
        Cells (rows times columns) of one table in formats where few bytes can hold many rows: Parquet, Arrow,
        XLSX, npy, JSON.
    values : int
        Values of one JSON document, each of which becomes an object of Python's.
    cell_length : int
        Characters of one cell of text.
    members : int
        Files in a zip archive, or sheets in a workbook.
    broken_lines : int
        Lines of one text whose quotation marks are not in pairs; each takes time to mend.
    depth : int
        Layers of packing: a gzip file in a zip archive has two.

    Examples
    --------
    >>> Limits(columns=100).columns
    100
    """

    size: int = 2 << 30
    rows: int = 20_000_000
    columns: int = 20_000
    cells: int = 250_000_000
    values: int = 40_000_000
    cell_length: int = 1_000_000
    members: int = 200
    broken_lines: int = 200_000
    depth: int = 3
