"""NumPy's npy and npz files, without ever opening a pickle."""

from __future__ import annotations

import io
import math
import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.archives import Member
from evalcore.inputs.reading.limits import Limits
from evalcore.inputs.reading.read_table import ReadTable
from evalcore.inputs.reading.values.frames import to_frame, typed_column
from evalcore.inputs.reading.values.headers import column_names

__all__ = ["read_npy", "read_npz"]


def read_npy(raw: bytes, *, name: str, limits: Limits) -> ReadTable:
    """Read one array: a column, a matrix of columns, or a structured array of fields.

    Raises
    ------
    InputError
        Where the array is damaged, holds Python objects, or is no table.
    """
    columns = _columns("", _array(raw, name=name, limits=limits), name=name, limits=limits)
    return ReadTable(_frame(columns), name, "NumPy array (npy)")


def read_npz(parts: list[Member], *, name: str, limits: Limits) -> tuple[ReadTable, ...]:
    """Read several arrays: those of equal length are one table, the longest first.

    Parameters
    ----------
    parts : list of Member
        The archive's npy files, unpacked.

    Raises
    ------
    InputError
        As `read_npy`; and where no array is a column or a matrix.
    """
    by_length: dict[int, dict[str, Any]] = {}
    ignored = []
    for part in parts:
        key = part.name.removesuffix(".npy")
        array = _array(part.content, name=f"{name}: {key}" if name else key, limits=limits)
        if array.ndim in (1, 2):
            columns = _columns(key, array, name=name, limits=limits)
            by_length.setdefault(len(array), {}).update(columns)
        else:
            ignored.append(key)
    by_length.pop(0, None)
    if not by_length:
        raise InputError(say.archive_without_tables(name, ""))
    notes = (say.parts_ignored(ignored),) if ignored else ()
    return tuple(
        ReadTable(
            _frame(columns),
            name if len(by_length) == 1 else f"{name}: {', '.join(columns)[:60]}",
            "NumPy arrays (npz)",
            notes,
        )
        for _, columns in sorted(by_length.items(), key=lambda item: -item[0])
    )


def _array(raw: bytes, *, name: str, limits: Limits) -> npt.NDArray[Any]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about headers that Python 2 wrote
            if _says_more_than_it_holds(raw):
                raise ValueError
            array: npt.NDArray[Any] = np.lib.format.read_array(io.BytesIO(raw), allow_pickle=False)
    except MemoryError:
        raise
    except Exception as error:  # the header is parsed as Python: a damaged one raises nearly anything
        objects = "allow_pickle" in str(error)
        raise InputError(
            say.refused(name, "pickle") if objects else say.broken(name, "a NumPy array")
        ) from None
    if array.nbytes == 0 and array.size:
        raise InputError(say.broken(name, "a NumPy array"))
    if array.ndim and len(array) > limits.rows:
        raise InputError(say.too_many_rows(name, len(array), limits.rows))
    if array.size > limits.cells:
        rows = len(array)
        raise InputError(say.too_many_cells(name, rows, array.size // rows, limits.cells))
    return array


def _says_more_than_it_holds(raw: bytes) -> bool:
    """Whether the header names more values than there are: NumPy would take the memory first."""
    file = io.BytesIO(raw)
    version = np.lib.format.read_magic(file)
    if version not in ((1, 0), (2, 0)):
        return False
    read_header = (
        np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    )
    shape, _, kind = read_header(file)
    return not kind.hasobject and math.prod(shape) * kind.itemsize > len(raw) - file.tell()


def _columns(key: str, array: npt.NDArray[Any], *, name: str, limits: Limits) -> dict[str, Any]:
    if array.ndim not in (1, 2):
        raise InputError(say.unreadable_array(name, key, array.shape))
    if array.dtype.names is not None and array.ndim == 1:
        fields = {f"{key}.{field}" if key else field: array[field] for field in array.dtype.names}
        if any(field.ndim > 1 or field.dtype.names for field in fields.values()):
            raise InputError(say.unreadable_array(name, key, array.shape))
        return {field: _column(values, name, key) for field, values in fields.items()}
    width = 1 if array.ndim == 1 else array.shape[1]
    if width > limits.columns:
        raise InputError(say.too_many_columns(name, width, limits.columns))
    if len(array) == 0 or width == 0:
        if key:
            return {}
        raise InputError(say.empty_file(name))
    if width == 1:
        return {key or "column_1": _column(array.reshape(-1), name, key)}
    return {
        f"{key}.{place}" if key else f"column_{place + 1}": _column(array[:, place], name, key)
        for place in range(width)
    }


def _column(values: npt.NDArray[Any], name: str, key: str) -> Any:
    kind = values.dtype.kind
    if kind in "USm":
        try:
            texts = np.char.decode(values, "utf-8", errors="replace") if kind == "S" else values.astype(str)
            return typed_column(key, texts.tolist()).values
        except (SystemError, ValueError):  # code points that do not exist
            raise InputError(say.broken(name, "a NumPy array")) from None
    if kind == "M":
        return pa.chunked_array([pa.array(values.astype("datetime64[us]"))])
    if kind not in "biuf":
        raise InputError(say.unreadable_array(name, key, values.shape))
    if values.dtype.itemsize > 8:
        values = values.astype(np.float64)
    native = np.ascontiguousarray(values.astype(values.dtype.newbyteorder("="), copy=False))
    return pa.chunked_array([pa.array(native)])


def _frame(columns: dict[str, Any]) -> Any:
    names = column_names(list(columns)).names
    return to_frame(dict(zip(names, columns.values(), strict=True)))
