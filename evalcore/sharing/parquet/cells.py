"""One cell of any type as JSON and back, equal in value and in type.

Columns that hold one type go to Parquet as that type (see `columns`). What is left are the
columns of a real file where text, numbers and gaps stand side by side, and nested values.
Their cells become JSON in which a plain text, number, truth value or None stands for itself
and everything else is an object of one key, which names the type. Nothing here can run code
from a saved file, as unpickling would.
"""

from __future__ import annotations

import base64
import datetime
import decimal
import json
import uuid
import zoneinfo
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from evalcore.errors import InputError

__all__ = ["cell_from_json", "cell_to_json", "same_cell"]

_NUMPY_KINDS = "biufcmMSU"  # no objects and no records: their bytes say nothing by themselves


def cell_to_json(value: Any) -> str:
    """Write one cell as JSON in ASCII, so that any text survives, lone surrogates too.

    Parameters
    ----------
    value : object
        None, bool, int, float, str, bytes, dates and times, Decimal, UUID, pandas' NA, NaT, Timestamp
        and Timedelta, NumPy scalars and arrays, and lists, tuples, sets and dicts of these.

    Raises
    ------
    InputError
        If the value is of another type.

    Examples
    --------
    >>> cell_to_json([1, 2.5, "a", None, b"x"])
    '[1, 2.5, "a", null, {"bytes": "eA=="}]'
    """
    return json.dumps(_encode(value))


def cell_from_json(text: str) -> Any:
    """Read a cell that `cell_to_json` wrote.

    Examples
    --------
    >>> cell_from_json(cell_to_json({1: (2, "a")}))
    {1: (2, 'a')}
    """
    return _decode(json.loads(text))


def same_cell(one: Any, other: Any) -> bool:
    """Whether two nested cells are equal in value, in type and in the order of keys; NaN equals NaN.

    Examples
    --------
    >>> same_cell([1, {"a": None}], [1, {"a": None}]), same_cell([1], [1.0])
    (True, False)
    """
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return same_cell(list(one.items()), list(other.items()))
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same_cell, one, other))
    if isinstance(one, float):
        return one.hex() == float(other).hex()  # tells -0.0 from 0.0
    # Equal decimals and moments may still be written differently (1.0 and 1.00, two time zones).
    return one is other or bool(one == other and (isinstance(one, (str, bytes)) or repr(one) == repr(other)))


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _timezone(value: datetime.datetime | datetime.time | pd.Timestamp) -> str | None:
    """Name the time zone so that it can be built again; None where there is none."""
    zone = value.tzinfo
    if zone is None:
        return None
    if isinstance(zone, zoneinfo.ZoneInfo) and zone.key:
        return zone.key
    if isinstance(zone, datetime.timezone):
        offset = zone.utcoffset(None)
        return f"{offset.total_seconds()!r}"
    raise InputError(f"a time zone in a saved table must be a named zone or a fixed offset, got {zone!r}")


def _zone(name: str | None) -> datetime.tzinfo | None:
    if name is None:
        return None
    try:
        return datetime.timezone(datetime.timedelta(seconds=float(name)))
    except ValueError:
        return zoneinfo.ZoneInfo(name)


def _encode_moment(value: datetime.datetime | datetime.time) -> list[Any]:
    return [value.replace(tzinfo=None).isoformat(), _timezone(value), value.fold]


def _encode_timestamp(value: pd.Timestamp) -> list[Any]:
    return [value.asm8.view("i8").item(), value.unit, _timezone(value)]


def _decode_timestamp(body: list[Any]) -> pd.Timestamp:
    count, unit, zone = body
    moment = pd.Timestamp(np.datetime64(count, unit))
    return moment if zone is None else moment.tz_localize("UTC").tz_convert(_zone(zone))


def _encode_array(value: np.ndarray) -> list[Any]:
    if value.dtype.kind == "O":
        return ["O", list(value.shape), [_encode(each) for each in value.ravel()]]
    if value.dtype.kind not in _NUMPY_KINDS:
        raise InputError(f"an array in a saved table must hold plain values, got dtype {value.dtype}")
    return [value.dtype.str, list(value.shape), _text(np.ascontiguousarray(value).tobytes())]


def _decode_array(body: list[Any]) -> np.ndarray:
    dtype, shape, content = body
    if dtype == "O":
        flat = np.fromiter((_decode(each) for each in content), dtype=object, count=len(content))
        return flat.reshape(shape)
    return np.ndarray(shape, dtype=np.dtype(dtype), buffer=bytearray(base64.b64decode(content)))


def _encode_items(values: Iterable[Any]) -> list[Any]:
    return [_encode(each) for each in values]


def _decode_items(body: list[Any]) -> list[Any]:
    return [_decode(each) for each in body]


# Exact type -> (tag, to JSON, from JSON).
_TAGGED: dict[type, tuple[str, Callable[[Any], Any], Callable[[Any], Any]]] = {
    bytes: ("bytes", _text, base64.b64decode),
    bytearray: ("bytearray", _text, lambda body: bytearray(base64.b64decode(body))),
    tuple: ("tuple", _encode_items, lambda body: tuple(_decode_items(body))),
    set: ("set", _encode_items, lambda body: set(_decode_items(body))),
    frozenset: ("frozenset", _encode_items, lambda body: frozenset(_decode_items(body))),
    dict: (
        "dict",
        lambda value: [[_encode(key), _encode(each)] for key, each in value.items()],
        lambda body: {_decode(key): _decode(each) for key, each in body},
    ),
    complex: ("complex", lambda value: [value.real, value.imag], lambda body: complex(*body)),
    decimal.Decimal: ("decimal", str, decimal.Decimal),
    uuid.UUID: ("uuid", str, uuid.UUID),
    datetime.date: ("date", datetime.date.isoformat, datetime.date.fromisoformat),
    datetime.datetime: (
        "datetime",
        _encode_moment,
        lambda body: datetime.datetime.fromisoformat(body[0]).replace(tzinfo=_zone(body[1]), fold=body[2]),
    ),
    datetime.time: (
        "time",
        _encode_moment,
        lambda body: datetime.time.fromisoformat(body[0]).replace(tzinfo=_zone(body[1]), fold=body[2]),
    ),
    datetime.timedelta: (
        "timedelta",
        lambda value: [value.days, value.seconds, value.microseconds],
        lambda body: datetime.timedelta(*body),
    ),
    pd.Timestamp: ("timestamp", _encode_timestamp, _decode_timestamp),
    pd.Timedelta: (
        "pandas_timedelta",
        lambda value: [value.asm8.view("i8").item(), value.unit],
        lambda body: pd.Timedelta(np.timedelta64(*body)),
    ),
    type(pd.NA): ("missing", lambda _: "NA", lambda _: pd.NA),
    type(pd.NaT): ("no_time", lambda _: "NaT", lambda _: pd.NaT),
    np.ndarray: ("array", _encode_array, _decode_array),
    np.str_: ("numpy_text", str, np.str_),
    np.bytes_: (
        "numpy_bytes",
        lambda value: _text(bytes(value)),
        lambda body: np.bytes_(base64.b64decode(body)),
    ),
}
_DECODERS = {tag: decode for tag, _, decode in _TAGGED.values()}
_DECODERS["numpy"] = lambda body: _decode_array([body[0], [], body[1]])[()]
_PLAIN = (str, int, float, bool, type(None))


def _encode(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is list:
        return _encode_items(value)
    if kind in _TAGGED:
        tag, encode, _ = _TAGGED[kind]
        return {tag: encode(value)}
    if isinstance(value, np.generic) and value.dtype.kind in _NUMPY_KINDS:
        return {"numpy": [value.dtype.str, _text(value.tobytes())]}
    raise InputError(
        f"a saved table must hold text, numbers, dates, bytes, lists or dicts, got a {kind.__name__}"
    )


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return _decode_items(value)
    if isinstance(value, dict):
        [(tag, body)] = value.items()
        return _DECODERS[tag](body)
    return value
