"""What each column holds: looked at on a sample of rows, on all rows where that is needed.

Finding roles must stay quick on a million rows of fifty columns, so a column is first seen
through at most `SAMPLE_ROWS` rows spread evenly over the table.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.context import read_together
from evalcore.inputs.columns.names import NameReading, read_name
from evalcore.inputs.columns.spelling import LabelCodes, encode_labels
from evalcore.inputs.reading.values.cells import is_float

__all__ = [
    "SAMPLE_ROWS",
    "ColumnProfile",
    "as_numbers",
    "is_percent",
    "profile_table",
    "sample_positions",
    "sums_to_one",
]

SAMPLE_ROWS = 4096
MAX_LABELS = 1100
ColumnKind = Literal["empty", "boolean", "number", "text", "time", "bytes", "list", "other"]
_FILE = re.compile(
    r"\.(png|jpe?g|gif|bmp|tiff?|webp|npy|npz|dcm|nii(\.gz)?|svs|mha|heic|avif)$", re.IGNORECASE
)
_PERCENT = re.compile(r"^\s*\d+([.,]\d+)?\s*%\s*$")
_STARRED = re.compile(r"^\s*\*?\d+(\.\d+)?(e-?\d+)?\s*$", re.IGNORECASE)
"""A number, with a star where it is the highest of its row."""
_NAMED, _TINY = 0.8, 20
"""In so few rows a column that its name calls a truth or a prediction may have each label once."""
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}.*)?$|^\d{1,2}/\d{1,2}/\d{2,4}$")


@dataclass(frozen=True, eq=False)
class ColumnProfile:
    """One column, seen through the sample.

    Parameters
    ----------
    name : str
    position : int
        Place among the table's columns.
    kind : str
        "empty", "boolean", "number", "text", "time", "bytes", "list" or "other".
    column : Series
        All rows.
    sample : Series
        The sampled rows, missing ones left out.
    size : int
        Rows sampled, missing ones counted.
    together : NameReading or None
        What the name says beside the other names, where that is not what it says alone.
    """

    name: str
    position: int
    kind: ColumnKind
    column: pd.Series
    sample: pd.Series
    size: int
    together: NameReading | None = None

    @cached_property
    def reading(self) -> NameReading:
        """What the name says."""
        return self.together or read_name(self.name)

    @cached_property
    def numbers(self) -> npt.NDArray[np.float64]:
        """The sampled values as numbers; empty for what is not a number."""
        if self.kind not in ("number", "boolean"):
            return np.empty(0)
        return as_numbers(self.sample)

    @cached_property
    def distinct(self) -> int:
        """Distinct values in the sample."""
        if self.kind in ("bytes", "list", "other"):
            return int(self.sample.map(repr).nunique())
        return int(self.sample.nunique())

    @property
    def unique(self) -> bool:
        """Whether no sampled value comes twice."""
        return self.size > 1 and self.distinct == len(self.sample) == self.size

    @property
    def missing(self) -> int:
        """Sampled rows without a value."""
        return self.size - len(self.sample)

    @cached_property
    def low(self) -> float:
        """Smallest sampled number."""
        return float(self.numbers.min()) if self.numbers.size else float("nan")

    @cached_property
    def high(self) -> float:
        """Largest sampled number."""
        return float(self.numbers.max()) if self.numbers.size else float("nan")

    @cached_property
    def integral(self) -> bool:
        """Whether every sampled number is whole."""
        finite = self.numbers[np.isfinite(self.numbers)]
        return bool(finite.size) and bool((finite == np.floor(finite)).all())

    @property
    def in_unit(self) -> bool:
        """Whether every sampled number lies in [0, 1]."""
        return bool(self.numbers.size) and self.low >= 0 and self.high <= 1

    @property
    def continuous(self) -> bool:
        """Whether it can be a score: numbers of more than two values, not an index."""
        return self.kind == "number" and self.distinct > 2

    @property
    def labelled(self) -> bool:
        """Whether it can be a column of labels: few distinct values, each coming again."""
        if self.kind not in ("boolean", "number", "text") or self.distinct < 1:
            return False
        if self.distinct <= 2:
            return True
        if self.kind == "number" and not self.integral:
            return self.distinct <= 3
        if (
            self.reading.role in ("truth", "prediction")
            and self.reading.strength >= _NAMED
            and len(self.sample) <= _TINY
        ):
            return self.kind == "text" or self.integral  # each label perhaps once
        limit = min(MAX_LABELS, len(self.sample) * 0.5) if len(self.sample) > 20 else len(self.sample) - 1
        if self.reading.role not in ("truth", "prediction"):
            limit = min(limit, 200 if self.kind == "text" else 30)
        return self.distinct <= limit

    @cached_property
    def codes(self) -> LabelCodes:
        """Labels of all rows (not of the sample)."""
        return encode_labels(self.column)

    @cached_property
    def files(self) -> bool:
        """Whether the texts are names of image files."""
        if self.kind != "text" or not len(self.sample):
            return False
        head = self.sample.iloc[:50].tolist()
        return sum(bool(_FILE.search(str(text).strip())) for text in head) > 0.8 * len(head)

    @property
    def mean_length(self) -> float:
        """Mean number of characters of a sampled text."""
        return float(self.sample.iloc[:200].astype(str).str.len().mean()) if self.kind == "text" else 0.0


def as_numbers(column: pd.Series) -> npt.NDArray[np.float64]:
    """Return a column as float64, what is no number as nan.

    Examples
    --------
    >>> as_numbers(pd.Series(["0.5", "x", None])).tolist()
    [0.5, nan, nan]
    """
    if column.dtype == np.float64:
        return column.to_numpy()
    if is_percent(column):
        column = column.astype(str).str.strip().str.removesuffix("%")
    elif _is_starred(column):
        column = column.astype(str).str.strip().str.removeprefix("*")
    numbers = pd.to_numeric(column, errors="coerce")
    return np.asarray(numbers.to_numpy(dtype=np.float64, na_value=np.nan))


def is_percent(column: pd.Series) -> bool:
    """Whether a column holds texts such as `45.3 %`.

    Examples
    --------
    >>> is_percent(pd.Series(["45.3%", "7 %"])), is_percent(pd.Series([0.5]))
    (True, False)
    """
    if pd.api.types.is_numeric_dtype(column.dtype) or not len(column):
        return False
    head = column.dropna().iloc[:20]
    return bool(len(head)) and all(isinstance(value, str) and _PERCENT.match(value) for value in head)


def _is_starred(column: pd.Series) -> bool:
    """Whether a column holds texts such as `*0.9` and `0.1`."""
    if pd.api.types.is_numeric_dtype(column.dtype) or not len(column):
        return False
    head = column.dropna().iloc[:50]
    return bool(len(head)) and all(isinstance(value, str) and _STARRED.match(value) for value in head)


def sample_positions(rows: int) -> npt.NDArray[np.intp]:
    """Positions of at most `SAMPLE_ROWS` rows, spread evenly.

    Examples
    --------
    >>> sample_positions(3).tolist(), len(sample_positions(10**6))
    ([0, 1, 2], 4096)
    """
    if rows <= SAMPLE_ROWS:
        return np.arange(rows, dtype=np.intp)
    return np.linspace(0, rows - 1, SAMPLE_ROWS).astype(np.intp)


def _kind(sample: pd.Series) -> ColumnKind:
    if not len(sample):
        return "empty"
    dtype: Any = sample.dtype
    if pd.api.types.is_bool_dtype(dtype):
        return "boolean"
    if pd.api.types.is_numeric_dtype(dtype):
        return "number"
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return "time"
    first = sample.iloc[0]
    if isinstance(first, (bytes, bytearray)):
        return "bytes"
    if isinstance(first, (list, tuple, np.ndarray)):
        return "list"
    if isinstance(first, (bool, np.bool_)):
        return "boolean" if sample.map(lambda value: isinstance(value, (bool, np.bool_))).all() else "text"
    if not isinstance(first, (str, int, float, np.number)):
        return "other" if not isinstance(first, pd.Timestamp) else "time"
    return _kind_of_text(sample)


def _kind_of_text(sample: pd.Series) -> ColumnKind:
    head = [_plain_text(value).strip() for value in sample.iloc[:50].tolist()]
    if all(map(_PERCENT.match, head)):
        return "number"
    tail = [_plain_text(value).strip() for value in sample.iloc[-50:].tolist()]
    if all(map(_STARRED.match, head + tail)) and not np.isnan(as_numbers(sample)).any():
        return "number"  # a star marks the highest of a row
    if all(map(is_float, head + tail)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if pd.to_numeric(sample, errors="coerce").notna().all():
                return "number"
    if sum(bool(_DATE.match(text)) for text in head) > 0.8 * len(head):
        return "time"
    if all(text[:1] == "[" and text[-1:] == "]" for text in head):
        return "list"
    return "text"


def _plain_text(value: object) -> str:
    """A cell as a text that can be written as UTF-8, whatever it holds."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def profile_table(table: pd.DataFrame) -> dict[str, ColumnProfile]:
    """Profile every column.

    Parameters
    ----------
    table : DataFrame
        With distinct names of type str.

    Returns
    -------
    dict of str to ColumnProfile
        In the table's order.

    Examples
    --------
    >>> profile_table(pd.DataFrame({"p": [0.5, 0.25, 0.75]}))["p"].in_unit
    True
    """
    positions = sample_positions(len(table))
    sampled = table if len(positions) == len(table) else table.take(positions)
    profiles = {}
    together = read_together({str(name): read_name(str(name)) for name in table.columns})
    for position, name in enumerate(table.columns):
        sample = sampled.iloc[:, position].dropna()
        kind = _kind(sample)
        if (
            kind == "text" and sample.dtype == object
        ):  # of cells that are no texts, or none that can be written
            sample = pd.Series([_plain_text(each) for each in sample.tolist()], sample.index, dtype=object)
        profiles[name] = ColumnProfile(
            name, position, kind, table.iloc[:, position], sample, len(positions), together.get(name)
        )
    return profiles


def sums_to_one(profiles: dict[str, ColumnProfile], columns: Sequence[str]) -> bool:
    """Whether the columns are probabilities that add up to 1 in nearly all sampled rows.

    Examples
    --------
    >>> sums_to_one(profile_table(pd.DataFrame({"a": [0.25, 1.0], "b": [0.75, 0.0]})), ["a", "b"])
    True
    """
    positions = sample_positions(len(profiles[columns[0]].column))
    values = np.column_stack([as_numbers(profiles[name].column.iloc[positions]) for name in columns])
    values = values[~np.isnan(values).any(axis=1)]
    if not len(values) or values.min() < -1e-6 or values.max() > 1 + 1e-6:
        return False
    return bool((np.abs(values.sum(axis=1) - 1) < 0.02).mean() > 0.9)
