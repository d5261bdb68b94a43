"""One column of a table as an Arrow array and back, equal in content, type and gaps.

pandas' own way to Parquet refuses columns of mixed type and changes others (None to NaN, a
NaN to a gap, arrays' types). Here each column is written as the Arrow type that holds it
exactly, with a small note (the `spec`, plain JSON) of what to make of it again; where no
Arrow type does, its cells go as JSON.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.types import pandas_dtype

from evalcore.errors import InputError
from evalcore.sharing.parquet.cells import cell_from_json, cell_to_json, same_cell

__all__ = [
    "Spec",
    "arrow_from_text",
    "arrow_to_text",
    "column_from_arrow",
    "column_to_arrow",
    "index_from_values",
]

Spec = dict[str, Any]

_GAPS = {"None": None, "nan": float("nan"), "NA": pd.NA, "NaT": pd.NaT}
_GAP_NAMES = {type(None): "None", float: "nan", type(pd.NA): "NA", type(pd.NaT): "NaT"}
_PLAIN_TYPES = {
    str: pa.large_string(),
    bytes: pa.large_binary(),
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
}


def column_to_arrow(values: Any) -> tuple[Any, Spec]:
    """Turn the values of one column into an Arrow array and the note that undoes it.

    Parameters
    ----------
    values : ndarray or ExtensionArray, shape (n,)
        What `Series.array` or `Index.array` holds.

    Returns
    -------
    array : pyarrow.Array, length n
    spec : dict
        JSON-able.

    Raises
    ------
    InputError
        If the column holds values that cannot be written without loss.

    Examples
    --------
    >>> array, spec = column_to_arrow(np.array(["a", None], dtype=object))
    >>> str(array.type), spec
    ('large_string', {'kind': 'plain', 'gap': 'None'})
    """
    if type(values) is pd.arrays.NumpyExtensionArray:  # pandas' text arrays are a kind of it
        values = values.to_numpy()
    dtype = values.dtype
    if isinstance(dtype, np.dtype):
        if dtype.kind == "O":
            return _objects_to_arrow(values)
        if dtype.kind in "biuf" and dtype.itemsize <= 8:
            native = values.astype(dtype.newbyteorder("="), copy=False)
            return pa.array(native, from_pandas=False), {"kind": "numpy", "dtype": dtype.str}
        if dtype.kind in "mM":
            # Arrow and Parquet do not have all of pandas' units; whole numbers keep them.
            return pa.array(np.asarray(values).view("i8")), {"kind": "time", "dtype": dtype.str}
        return _checked(values, *_cells_to_arrow(values, dtype=dtype.str))
    if isinstance(dtype, pd.CategoricalDtype):
        categories, inner = column_to_arrow(dtype.categories.array)
        spec = {"kind": "category", "ordered": dtype.ordered, "inner": inner}
        return pa.array(values.codes), spec | {"categories": arrow_to_text(categories)}
    if isinstance(dtype, pd.StringDtype):
        gap = "NA" if dtype.na_value is pd.NA else "nan"
        return pa.array(values, type=pa.large_string()), {
            "kind": "string",
            "storage": dtype.storage,
            "gap": gap,
        }
    if isinstance(dtype, pd.ArrowDtype):
        # Parquet gives some types back as others (seconds as milliseconds): the type goes along.
        kind = {"kind": "arrow", "type": arrow_to_text(pa.array([], type=dtype.pyarrow_dtype))}
        return pa.chunked_array(values.__arrow_array__()), kind
    if isinstance(dtype, pd.DatetimeTZDtype):
        return _checked(values, pa.array(values.asi8), {"kind": "time", "dtype": str(dtype)})
    return _checked(values, pa.array(values), {"kind": "extension", "dtype": str(dtype)})


def column_from_arrow(array: Any, spec: Spec) -> Any:
    """Make a column's values again from what `column_to_arrow` returned.

    Parameters
    ----------
    array : pyarrow.Array or pyarrow.ChunkedArray, length n
    spec : dict

    Returns
    -------
    ndarray or ExtensionArray, shape (n,)

    Examples
    --------
    >>> column_from_arrow(*column_to_arrow(np.array([1, "a", None], dtype=object)))
    array([1, 'a', None], dtype=object)
    """
    if isinstance(array, pa.Array):
        array = pa.chunked_array([array])
    match spec["kind"]:
        case "numpy":
            return array.to_numpy().astype(np.dtype(spec["dtype"]), copy=False)
        case "plain":
            return _with_gaps(array.to_pylist(), spec["gap"])
        case "arrays":
            return _with_gaps(_lists_to_numpy(array), spec["gap"])
        case "cells":
            mixed = _objects([cell_from_json(each) for each in array.to_pylist()])
            return mixed if spec["dtype"] is None else mixed.astype(np.dtype(spec["dtype"]))
        case "category":
            categories = column_from_arrow(arrow_from_text(spec["categories"]), spec["inner"])
            index = index_from_values(categories)
            return pd.Categorical.from_codes(array.to_numpy(), categories=index, ordered=spec["ordered"])
        case "string":
            strings: Any = pd.StringDtype(spec["storage"], na_value=pd.NA if spec["gap"] == "NA" else np.nan)
            return strings.__from_arrow__(array)
        case "arrow":
            return pd.arrays.ArrowExtensionArray(array.cast(arrow_from_text(spec["type"]).type))
        case "time":
            return _time_from_counts(array.to_numpy(), spec["dtype"])
        case "extension":
            return pandas_dtype(spec["dtype"]).__from_arrow__(array)  # type: ignore[union-attr]
        case kind:
            raise InputError(f"a saved column must be of a known kind, got {kind!r}")


def _objects_to_arrow(values: np.ndarray) -> tuple[Any, Spec]:
    """Write a column of Python objects: as one Arrow type where all are of one type, else cell by cell."""
    missing = pd.isna(values)
    gaps = {type(each) for each in values[missing]}
    kinds = {type(each) for each in values[~missing]}
    if len(kinds) > 1 or len(gaps) > 1 or not gaps <= _GAP_NAMES.keys():
        return _cells_to_arrow(values, dtype=None)
    gap = _GAP_NAMES[next(iter(gaps), type(None))]
    kind = next(iter(kinds), bool)
    try:
        if kind in _PLAIN_TYPES:
            return pa.array(values, type=_PLAIN_TYPES[kind], mask=missing), {"kind": "plain", "gap": gap}
        if kind is np.ndarray and _alike(values[~missing]):
            return pa.array(values, mask=missing, from_pandas=False), {"kind": "arrays", "gap": gap}
        if kind in (list, dict):
            array = pa.array(values, mask=missing, from_pandas=False)
            if all(map(same_cell, array.to_pylist(), _with_gaps(values, "None", where=missing))):
                return array, {"kind": "plain", "gap": gap}
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        pass  # numbers beyond 64 bits, text that is not Unicode, lists of mixed types: cell by cell
    return _cells_to_arrow(values, dtype=None)


def _cells_to_arrow(values: Any, *, dtype: str | None) -> tuple[Any, Spec]:
    texts = [cell_to_json(each) for each in values]
    return pa.array(texts, type=pa.large_string()), {"kind": "cells", "dtype": dtype}


def _alike(arrays: np.ndarray) -> bool:
    """Whether all are flat arrays of one numeric type, which an Arrow list holds as it is."""
    first = arrays[0].dtype
    return first.kind in "iuf" and first.isnative and all(a.ndim == 1 and a.dtype == first for a in arrays)


def _lists_to_numpy(lists: Any) -> list[Any]:
    found: list[Any] = []
    for chunk in lists.chunks:
        # A copy of each piece, which may be written to and keeps no other piece in memory.
        flat, ends = chunk.flatten().to_numpy(), np.cumsum(chunk.value_lengths().fill_null(0).to_numpy())
        cells = [each.copy() for each in np.split(flat, ends)[:-1]]
        found += [cell if valid else None for cell, valid in zip(cells, chunk.is_valid(), strict=True)]
    return found


def _objects(values: list[Any]) -> np.ndarray:
    # np.array would turn lists of one length into a second dimension.
    return np.fromiter(values, dtype=object, count=len(values))


def _with_gaps(values: Any, gap: str, *, where: np.ndarray | None = None) -> np.ndarray:
    cells = _objects(list(values))
    if where is None:
        where = np.fromiter((each is None for each in cells), dtype=bool, count=len(cells))
    for position in np.flatnonzero(where):
        cells[position] = _GAPS[gap]
    return cells


def index_from_values(values: Any) -> pd.Index:
    """Make an index of just these values and this type, without pandas' guesses."""
    index: pd.Index = pd.Index(values, dtype=values.dtype, tupleize_cols=False)
    return index


def _time_from_counts(counts: np.ndarray, dtype: str) -> Any:
    found = pandas_dtype(dtype)
    if not isinstance(found, pd.DatetimeTZDtype):
        return counts.view(found)
    plain = pd.DatetimeIndex(counts.view(f"M8[{found.unit}]"))
    return plain.tz_localize("UTC").tz_convert(found.tz).array


def _checked(values: Any, array: Any, spec: Spec) -> tuple[Any, Spec]:
    """Let a rare type through only where it comes back as it was."""
    try:
        again = column_from_arrow(array, spec)
        same = again.dtype == values.dtype and pd.Series(again).equals(pd.Series(values))
    except (AttributeError, TypeError, ValueError):  # a type that pandas cannot make again
        same = False
    if not same:
        raise InputError(f"a column of type {values.dtype} cannot be saved without loss")
    return array, spec


def arrow_to_text(array: Any) -> str:
    """Write a small Arrow array as text, for a place in the metadata."""
    sink = pa.BufferOutputStream()
    table = pa.table([array], names=["0"])
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    text: str = sink.getvalue().to_pybytes().hex()
    return text


def arrow_from_text(text: str) -> Any:
    """Read what `arrow_to_text` wrote, as a pyarrow.ChunkedArray."""
    with pa.ipc.open_stream(bytes.fromhex(text)) as reader:
        return reader.read_all().column(0)
