"""From Arrow columns of any type, or Python values, to a pandas table of plain types."""

from __future__ import annotations

import json
from collections.abc import Iterable, MutableMapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.values.cells import as_unicode, column_kind
from evalcore.inputs.reading.values.settling import TypedColumn, settle_text, settle_type
from evalcore.inputs.reading.values.wrapped import unwrapped

__all__ = ["flat_columns", "settled_text", "to_frame", "typed_column"]

_EXACT = 1 << 53
"""Whole numbers beyond this are not exact as float64."""
_LAYERS = 4
_SAMPLE = 2000
_DEEPEST = 20


def to_frame(columns: MutableMapping[str, Any]) -> pd.DataFrame:
    """Make a pandas table of plain types from Arrow columns.

    Parameters
    ----------
    columns : mapping of name to pyarrow.ChunkedArray
        Of equal length. Is emptied, so that each column's memory is free once it has been copied.

    Returns
    -------
    DataFrame
        Integers with missing values become float64, or text where float64 would change a digit; booleans with
        missing values, dates and times with a zone become text; what is nested becomes JSON text.

    Examples
    --------
    >>> import pyarrow as pa
    >>> to_frame({"a": pa.chunked_array([[1, None]]), "b": pa.chunked_array([[True, None]])}).to_dict("list")
    {'a': [1.0, nan], 'b': ['True', nan]}
    """
    table = pa.table({name: _plain(columns.pop(name)) for name in list(columns)})
    frame: pd.DataFrame = table.to_pandas(split_blocks=True, self_destruct=True, ignore_metadata=True)
    return frame


def flat_columns(columns: Iterable[tuple[str, Any]], *, width: int) -> list[tuple[str, Any]]:
    """Take nested Arrow columns apart: records by their fields, equally long lists of numbers by place.

    Parameters
    ----------
    columns : iterable of (name, pyarrow.ChunkedArray)
    width : int
        Longest list that becomes columns.

    Returns
    -------
    list of (name, pyarrow.ChunkedArray)
        The parts of `scores` are `scores.cat` or `scores.0`.

    Examples
    --------
    >>> import pyarrow as pa
    >>> column = pa.chunked_array([[[0.75, 0.25], [0.5, 0.5]]])
    >>> [name for name, _ in flat_columns([("probabilities", column)], width=10)]
    ['probabilities.0', 'probabilities.1']
    """
    flat: list[tuple[str, Any]] = []
    waiting = [(name, column, 0) for name, column in columns][::-1]
    while waiting:
        name, column, depth = waiting.pop()
        if isinstance(column.type, pa.BaseExtensionType):
            column = pa.chunked_array([chunk.storage for chunk in column.chunks], column.type.storage_type)
        kind = column.type
        if pa.types.is_struct(kind) and depth < _DEEPEST and kind.num_fields:
            fields = zip(
                (kind.field(place).name for place in range(kind.num_fields)), column.flatten(), strict=True
            )
            waiting += [(f"{name}.{field}", values, depth + 1) for field, values in fields][::-1]
        elif length := _list_length(column, width):
            flat += [(f"{name}.{place}", pc.list_element(column, place)) for place in range(length)]
        else:
            flat.append((name, column))
    return flat


def typed_column(name: str, values: Sequence[object]) -> TypedColumn:
    """Make a typed column of Python values: numbers in quotes become numbers, mixtures become text.

    Parameters
    ----------
    name : str
        The column's name, for the notes.
    values : sequence
        None is missing.

    Examples
    --------
    >>> typed_column("score", ["0.5", None]).values.to_pylist()
    [0.5, None]
    >>> typed_column("epoch", [1, "best"]).values.to_pylist()
    ['1', 'best']
    """
    kinds = {type(value) for value in values} - {type(None)}
    if kinds <= {bool} or kinds <= {float} or kinds <= {int} or kinds <= {int, float}:
        try:
            type_ = pa.float64() if float in kinds or not kinds else None
            return TypedColumn(pa.chunked_array([pa.array(values, type_)]))
        except (pa.ArrowInvalid, OverflowError):
            pass  # whole numbers beyond 64 bits, or beyond the exact range of floats, stay text
    if kinds == {bytes}:
        return TypedColumn(pa.chunked_array([pa.array(values, pa.binary())]))
    texts = [None if value is None else as_unicode(_text(value)) for value in values]
    return settled_text(name, pa.chunked_array([pa.array(texts, pa.string())]))


def settled_text(name: str, column: Any, *, layers: int = _LAYERS) -> TypedColumn:
    """Give a column of texts the type that its cells agree on, as in delimited text.

    Parameters
    ----------
    name : str
        The column's name, for the notes.
    column : pyarrow.ChunkedArray of string
        Null is missing.
    layers : int, optional
        How often what stands around the values is taken away: `np.str_('1:yes')`.
    """
    plain = unwrapped(column) if layers else None
    if plain is not None:
        inner = settled_text(name, plain[0], layers=layers - 1)
        return TypedColumn(inner.values, (say.taken_out(name, plain[1]), *inner.notes))
    sample = column_kind(each for each in column.slice(0, _SAMPLE).to_pylist() if each is not None)
    return settle_text(name, column) if sample == "text" else settle_type(name, column)


def _list_length(column: Any, width: int) -> int:
    """The length that all lists of numbers of a column share, 0 where they do not."""
    kind = column.type
    lists = pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
    if not lists or not (pa.types.is_integer(kind.value_type) or pa.types.is_floating(kind.value_type)):
        return 0
    ends = pc.min_max(pc.list_value_length(column)).as_py()
    return int(ends["min"]) if ends["min"] == ends["max"] and ends["min"] and ends["min"] <= width else 0


def _plain(column: Any) -> Any:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain(pc.cast(column, kind.value_type))
    if pa.types.is_run_end_encoded(kind):
        return _plain(pa.chunked_array([pc.run_end_decode(chunk) for chunk in column.chunks]))
    if pa.types.is_null(kind) or pa.types.is_decimal(kind):
        return pc.cast(column, pa.float64())
    if pa.types.is_boolean(kind):
        return pc.if_else(column, "True", "False") if column.null_count else column
    if pa.types.is_integer(kind):
        return _plain_whole(column)
    if (pa.types.is_timestamp(kind) and kind.tz is None) or not (
        pa.types.is_temporal(kind) or pa.types.is_nested(kind)
    ):
        return column
    if pa.types.is_date(kind) or pa.types.is_time(kind):
        return pc.cast(column, pa.string())
    return pa.chunked_array(
        [pa.array([None if each is None else _text(each) for each in column.to_pylist()], pa.string())]
    )


def _plain_whole(column: Any) -> Any:
    if not column.null_count:
        return column
    ends = pc.min_max(column).as_py()
    exact = ends["min"] is None or max(-ends["min"], ends["max"]) <= _EXACT
    return pc.cast(column, pa.float64() if exact else pa.string())


def _text(value: object) -> str:
    """A cell as text: words as they are, what is nested as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, default=str, ensure_ascii=False)
    return str(value)
