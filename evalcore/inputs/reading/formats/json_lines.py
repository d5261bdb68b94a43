"""JSON Lines of flat records, which is most of them: Arrow reads these fast."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.json as pjson

from evalcore.inputs.progress import counted
from evalcore.inputs.reading.limits import Limits
from evalcore.inputs.reading.text.delimiters import first_lines
from evalcore.inputs.reading.values.frames import settled_text
from evalcore.inputs.reading.values.settling import TypedColumn

__all__ = ["flat_lines"]

_SAMPLE = 1000
_nested = re.compile(rb":\s*\{").search
_BLOCK = 8 << 20
_TYPES = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), str: pa.string()}


def flat_lines(text: bytes, *, limits: Limits) -> dict[str, TypedColumn] | None:
    r"""Read lines that are records of plain values.

    Parameters
    ----------
    text : bytes
        UTF-8.
    limits : Limits

    Returns
    -------
    dict of name to TypedColumn, or None
        None where the text is anything else: nested, mixed, damaged or wide. It then needs a closer look.

    Examples
    --------
    >>> columns = flat_lines(b'{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n', limits=Limits())
    >>> columns["a"].values.to_pylist()
    [1, 2]
    """
    # such marks within texts only cost the fast way; without any, no depth can hurt Arrow's parser
    if text[:1] != b"{" or b"[" in text or _nested(text):
        return None
    types = _types(text)
    if types is None or len(types) > limits.columns or text.count(b"{") * len(types) > limits.cells:
        return None
    try:
        table = pjson.read_json(
            counted(pa.py_buffer(text)),
            read_options=pjson.ReadOptions(block_size=_BLOCK),
            parse_options=pjson.ParseOptions(
                explicit_schema=pa.schema(list(types.items())), unexpected_field_behavior="error"
            ),
        )
    except (pa.ArrowException, UnicodeDecodeError):
        return None
    columns = zip(table.column_names, table.columns, strict=True)
    return {
        name: settled_text(name, values) if values.type == pa.string() else TypedColumn(values)
        for name, values in columns
    }


def _types(text: bytes) -> dict[str, Any] | None:
    """Each field's type by the first lines; None where a line is no flat record, or a field is of two types."""
    kinds: dict[str, type] = {}
    lines = first_lines(text)
    if len(lines) < 2:
        return None
    for line in islice(lines, _SAMPLE):
        try:
            record = json.loads(line.text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(record, dict):
            return None
        for name, value in record.items():
            known, kind = kinds.get(name), type(value)
            if value is None:
                kinds.setdefault(name, type(None))
            elif {known, kind} == {int, float}:
                kinds[name] = float
            elif kind not in _TYPES or known not in (None, kind, type(None)):
                return None
            else:
                kinds[name] = kind
    if type(None) in kinds.values() or len(kinds) == 0:
        return None
    return {name: _TYPES[kind] for name, kind in kinds.items()}
