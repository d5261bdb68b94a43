"""How many bytes a kept value holds: arrays, tables, and whatever holds them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

#: Smaller pieces are counted with whatever holds them; larger ones once, however many values share them.
SMALL = 65_536
# So many of the cells of a long list or a column of objects say how large the others are.
_LOOKED_AT = 200


@dataclass
class Size:
    """What a value holds.

    Parameters
    ----------
    own : int
        Bytes of all small pieces.
    shared : dict of int to int
        Bytes of each large piece, by its identity: another value may hold the same one.
    """

    own: int = 0
    shared: dict[int, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        """Bytes of all pieces."""
        return self.own + sum(self.shared.values())


def size_of(value: Any) -> Size:
    """Count what a value holds; a piece that it holds twice counts once.

    A table and the arrays that were read from it count each: where they share their numbers, these count twice.
    Of long lists and of columns of objects some cells are looked at and stand for the others.

    Examples
    --------
    >>> numbers = np.zeros(100_000)
    >>> size_of((numbers, numbers, numbers[5:])).shared[id(numbers)]
    800000
    """
    size, seen, left = Size(), set(), [(value, 1.0)]
    while left:
        piece, times = left.pop()
        if isinstance(piece, np.ndarray):
            piece = _whole(piece)
        if id(piece) in seen:
            continue
        seen.add(id(piece))
        held = int(times * _bytes(piece))
        if held > SMALL:
            size.shared[id(piece)] = held
        else:
            size.own += held
        inside = _inside(piece)
        looked_at = inside[:: max(1, len(inside) // _LOOKED_AT)]
        if looked_at:
            times *= len(inside) / len(looked_at)
            left.extend((each, times) for each in looked_at)
    return size


def together(sizes: list[Size]) -> int:
    """Return the bytes of several values, each piece that they share counted once."""
    shared: dict[int, int] = {}
    for size in sizes:
        shared.update(size.shared)
    return sum(size.own for size in sizes) + sum(shared.values())


def _whole(part: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The array that a view is of: as long as the view is there, all of it is."""
    while isinstance(part.base, np.ndarray):
        part = part.base
    return part


def _bytes(piece: Any) -> int:
    if isinstance(piece, np.ndarray):
        return piece.nbytes
    if isinstance(piece, pd.DataFrame):
        return _bytes_of_table(piece)
    if isinstance(piece, (pd.Series, pd.Index)):
        return _bytes_of_table(piece.to_frame())
    return sys.getsizeof(piece, 64)


def _bytes_of_table(table: pd.DataFrame) -> int:
    held = int(table.memory_usage(index=True).sum())
    objects = [
        place for place, kind in enumerate(table.dtypes) if isinstance(kind, np.dtype) and kind.hasobject
    ]
    for place in objects:
        cells = table.iloc[:, place].to_numpy()
        looked_at = cells[:: max(1, len(cells) // _LOOKED_AT)]
        if len(looked_at):
            each = sum(_bytes_of_cell(cell) for cell in looked_at) / len(looked_at)
            held += int(each * len(cells))
    return held


def _bytes_of_cell(cell: Any) -> int:
    if isinstance(cell, (list, tuple)):
        return sys.getsizeof(cell) + sum(map(sys.getsizeof, cell))
    return sys.getsizeof(cell)


def _inside(piece: Any) -> list[Any]:
    if isinstance(piece, (str, bytes, int, float, type, pd.DataFrame, pd.Series, pd.Index)) or piece is None:
        return []
    if isinstance(piece, np.ndarray):
        return piece.ravel().tolist() if piece.dtype.hasobject else []
    if isinstance(piece, Mapping):
        return [*piece.keys(), *piece.values()]
    if isinstance(piece, (list, tuple, set, frozenset)):
        return list(piece)
    return list(getattr(piece, "__dict__", {}).values())
