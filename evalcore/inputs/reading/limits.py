"""How much one source may hold: what keeps a stranger's file from filling the memory."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["Limits"]

# What a small file may hold, and what each of its bytes may become: tables of predictions seldom shrink to a
# twentieth, bombs to a thousandth.
_SMALL, _TIMES = 256 << 20, 100
_FEW_VALUES, _VALUES_EACH = 4_000_000, 4


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
    tags : int
        Tags of one part of a workbook: each cell has up to four.
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
    tags: int = 100_000_000
    cell_length: int = 1_000_000
    members: int = 200
    broken_lines: int = 200_000
    depth: int = 3

    def fair_to(self, weight: int) -> Limits:
        """Limits for a stranger's file: what it may hold stands in proportion to what it weighs.

        Parameters
        ----------
        weight : int
            Bytes of the file as it came.

        Examples
        --------
        >>> Limits().fair_to(100_000).size == 256 << 20, Limits().fair_to(100_000_000).size == Limits().size
        (True, True)
        """
        values = max(_FEW_VALUES, _VALUES_EACH * weight)
        return replace(
            self,
            size=min(self.size, max(_SMALL, _TIMES * weight)),
            values=min(self.values, values),
            tags=min(self.tags, values),
        )
