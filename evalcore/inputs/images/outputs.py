"""Images as outputs: for each row a target and what a model made, every pixel of it an output."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.images import messages
from evalcore.inputs.images.sources import ImageSource, find_images
from evalcore.predictions.images import ImageBatch, ImageOutputs, Pixels, Rows
from evalcore.wording import say

__all__ = [
    "LARGEST_SIDE",
    "WHITE",
    "PictureColumn",
    "find_picture_column",
    "read_images",
]

#: Wider and higher images are made smaller before they are compared.
LARGEST_SIDE = 256
#: The value of white, whatever the unit of the file.
WHITE = 255.0
_SMALLEST = 4
_LOOKED_AT = 40


@dataclass(frozen=True, eq=False)
class PictureColumn:
    """A column that holds an image in each cell: a file's bytes, or its pixels as a list of numbers.

    Parameters
    ----------
    name : str
    source : ImageSource or None
        Where the cells hold image files; None where they list pixels.
    white : float
        Of listed pixels, the value of white: 1, 16 or 255.
    """

    name: str
    source: ImageSource | None
    white: float = WHITE

    def image(self, table: pd.DataFrame, position: int) -> Pixels | None:
        """Return one row's pixels from 0 to 255, shape (height, width) or (height, width, 3); None for none."""
        if self.source is not None:
            return self.source.array(position, LARGEST_SIDE)
        found = _listed(table[self.name].iloc[position])
        return None if found is None else found * (WHITE / self.white)


def find_picture_column(table: pd.DataFrame, name: str) -> PictureColumn | None:
    """Tell whether a column holds an image in each cell.

    Parameters
    ----------
    table : DataFrame
    name : str

    Returns
    -------
    PictureColumn or None
        None for a column of anything else; links are none, as nothing is fetched.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [[0.0] * 64, [1.0] * 64], "b": [[1, 2], [3, 4]]})
    >>> find_picture_column(table, "a").white, find_picture_column(table, "b")
    (1.0, None)
    """
    cells = table[name].dropna()
    if not len(cells):
        return None
    head = cells.iloc[np.linspace(0, len(cells) - 1, min(_LOOKED_AT, len(cells))).astype(int)]
    listed = [_listed(each) for each in head]
    known = [each for each in listed if each is not None]
    if len(known) > len(listed) / 2:
        low, high = min(float(each.min()) for each in known), max(float(each.max()) for each in known)
        # An output may run a little over both ends, as regressions do.
        if not (low >= -0.25 * max(high, 1) and 0 < high <= 1.25 * WHITE):
            return None
        white = next(each for each in (1.0, 16.0, WHITE) if high <= 1.25 * each)
        return PictureColumn(name, None, white)
    source = find_images(table[[name]])
    return None if source is None or source.linked else PictureColumn(name, source)


def _listed(cell: Any) -> npt.NDArray[np.float64] | None:
    """Pixels that a cell lists: two-dimensional, or flat and square."""
    if isinstance(cell, str):
        text = cell.strip()
        if not (text.startswith("[") and text.endswith("]")):
            return None
        try:
            cell = json.loads(text)
        except (ValueError, RecursionError):
            return None
    if not isinstance(cell, list | tuple | np.ndarray):
        return None
    try:
        values = np.array(
            [np.asarray(each, dtype=np.float64) for each in cell] if len(cell) else [], dtype=np.float64
        )
    except (TypeError, ValueError):
        return None
    if values.ndim == 1:
        side = int(np.sqrt(values.size))
        if side * side != values.size:
            return None
        values = values.reshape(side, side)
    fits = values.ndim == 2 or (values.ndim == 3 and values.shape[2] == 3)
    if not fits or min(values.shape[:2]) < _SMALLEST or max(values.shape[:2]) > LARGEST_SIDE:
        return None
    return values if np.isfinite(values).all() else None


def read_images(predictions: ImageOutputs, model: str, *, most: int = 5_000) -> ImageBatch:
    """Read the images of one model's rows.

    Parameters
    ----------
    predictions : ImageOutputs
    model : str
        Its name.
    most : int, default 5,000
        Of more rows so many are read, evenly drawn.

    Returns
    -------
    ImageBatch

    Raises
    ------
    InputError
        Where no row has a target and an output of one size.

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"noisy": [[1] * 64, [200] * 64], "clean": [[0] * 64, [255] * 64],
    ...                       "denoised": [[9] * 64, [250] * 64]})
    >>> batch = read_images(ec.open_predictions(table).predictions, "denoised")
    >>> batch.size, batch.output[:, 0, 0].tolist()
    ((8, 8), [9.0, 250.0])
    """
    rows, total = predictions.rows, len(predictions.rows)
    if total > most:
        rows = rows[np.linspace(0, total - 1, most).astype(np.intp)]
    made = predictions.model(model)
    pairs = [
        (row, predictions.target.image(predictions.table, row), made.image(predictions.table, row))
        for row in map(int, rows)
    ]
    known = [
        (row, target, output) for row, target, output in pairs if target is not None and output is not None
    ]
    sizes = Counter(target.shape[:2] for _, target, _ in known)
    usual = max(sizes, key=sizes.__getitem__, default=(0, 0))
    alike = [
        (row, target, output)
        for row, target, output in known
        if target.shape[:2] == usual and output.shape[:2] == usual
    ]
    if not alike:
        raise InputError(say(messages.NO_ALIKE_IMAGES, column=predictions.target.name, other=made.name))
    there = np.array([row for row, _, _ in alike], dtype=np.intp)
    colour = any(each.ndim == 3 for _, target, output in alike for each in (target, output))
    return ImageBatch(
        _stacked([target for _, target, _ in alike], colour=colour),
        _stacked([output for _, _, output in alike], colour=colour),
        _inputs(predictions, there, usual),
        there,
        len(known) - len(alike),
        len(pairs) - len(known),
        total,
    )


def _inputs(predictions: ImageOutputs, rows: Rows, size: tuple[int, ...]) -> Pixels | None:
    if predictions.input is None:
        return None
    found = [predictions.input.image(predictions.table, int(row)) for row in rows]
    there = [each for each in found if each is not None and each.shape[:2] == size]
    if len(there) < len(found):
        return None
    return _stacked(there, colour=any(each.ndim == 3 for each in there))


def _stacked(images: Sequence[Pixels], *, colour: bool) -> Pixels:
    """One array of all; uint8 stays, so that many images fit in memory."""
    if colour:
        images = [each if each.ndim == 3 else np.repeat(each[..., None], 3, axis=2) for each in images]
    return np.stack(images)
