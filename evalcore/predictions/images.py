"""Images as outputs: for each row a target and what a model made, every pixel of it an output."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.numbers import count
from evalcore.predictions.evaluation import Omission, Undivided

__all__ = ["ImageBatch", "ImageOutputs", "Picture", "Pixels", "Rows"]

Pixels = npt.NDArray[Any]
Rows = npt.NDArray[np.intp]


class Picture(Protocol):
    """An image for each row; where it is from and how it is read is not known here."""

    @property
    def name(self) -> str:
        """The column's name."""

    def image(self, table: pd.DataFrame, position: int) -> Pixels | None:
        """Return one row's pixels from 0 to 255, shape (height, width) or (height, width, 3); None for none."""


@dataclass(frozen=True, eq=False)
class ImageOutputs(Undivided):
    """A target and one or more outputs for each row, all of them images.

    Parameters
    ----------
    target : Picture
    models : tuple of Picture
        What each model made, by the name of its column.
    input : Picture or None
        What the models were given.
    table : DataFrame
        As it was read.
    rows : ndarray of intp, shape (n,)
        The position in `table` of each row that is evaluated.
    omitted : tuple of Omission

    Examples
    --------
    >>> import evalcore as ec
    >>> flat = [[0] * 64, [255] * 64]
    >>> table = pd.DataFrame({"noisy": flat, "clean": flat, "denoised": flat})
    >>> predictions = ec.open_predictions(table).predictions
    >>> predictions.input.name, predictions.target.name, predictions.models[0].name
    ('noisy', 'clean', 'denoised')
    """

    target: Picture
    models: tuple[Picture, ...]
    input: Picture | None
    table: pd.DataFrame
    rows: Rows
    omitted: tuple[Omission, ...] = ()

    @property
    def positive(self) -> None:
        """No class is the positive one."""

    @property
    def cases(self) -> float:
        """Number of cases, each counted once whatever its weight."""
        return len(self.rows)

    @property
    def subject(self) -> str:
        """How many images."""
        return f"{count(self.cases)} images"

    def with_table(self, table: pd.DataFrame) -> Self:
        """Return the same predictions beside another table of the same rows."""
        return replace(self, table=table)

    @property
    def case_rows(self) -> Rows:
        """The position in the table of each case."""
        return self.rows

    def taking(self, places: Rows) -> Self:
        """Return some of the cases, by their places among all."""
        return replace(self, rows=self.rows[places])

    def model(self, name: str) -> Picture:
        """Return the model called `name`; KeyError where there is none."""
        return {each.name: each for each in self.models}[name]


@dataclass(frozen=True, eq=False)
class ImageBatch:
    """The pixels of many rows, all of one size, from 0 to 255.

    Parameters
    ----------
    target, output : ndarray, shape (n, height, width) or (n, height, width, 3)
    input : ndarray of the same shape, or None
        None where there is none, or where any of them has another size.
    rows : ndarray of intp, shape (n,)
        The position of each in the table.
    unlike : int
        How many rows were left out because their images have another size than most targets.
    unread : int
        How many were left out because an image could not be read.
    total : int
        Of how many rows these were drawn, evenly, where there are more than the most.
    """

    target: Pixels
    output: Pixels
    input: Pixels | None
    rows: Rows
    unlike: int
    unread: int
    total: int

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.target.shape[1], self.target.shape[2]
