"""TensorBoard's event files: the scalars in their records, without TensorFlow.

Each record is a protocol buffer `Event` (wall_time = 1, step = 2, summary = 5) whose summary holds values
(tag = 1, simple_value = 2, tensor = 8); newer writers put a scalar into a tensor of one number.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np

from evalcore.training.readers.event_records import BrokenRecordError, begins_with_record, records_in

__all__ = ["EventScalars", "is_event_file", "read_event_file"]

#: By step, the figures told of it, by tag.
EventScalars = dict[int, dict[str, float]]

_FLOAT, _DOUBLE = struct.Struct("<f"), struct.Struct("<d")
_NUMBERS = {1: (5, _FLOAT), 2: (6, _DOUBLE)}  # of a tensor: its type, the field of its values
_Field = tuple[int, int, bytes | int]


def is_event_file(raw: bytes) -> bool:
    """Whether bytes are an event file: a record with its check sum, that tells its version."""
    return b"brain.Event:" in raw[:64] and begins_with_record(raw)


def read_event_file(raw: bytes) -> tuple[EventScalars, bool]:
    """Read the scalars of an event file.

    Parameters
    ----------
    raw : bytes

    Returns
    -------
    dict of step to dict of tag to value, and bool
        The last value where a tag is told twice of a step; and whether the file is whole: what stands behind a
        broken record is lost.
    """
    found: EventScalars = {}
    try:
        for data in records_in(raw):
            step, values = _event(data)
            for tag, value in values:
                found.setdefault(step, {})[tag] = value
    except BrokenRecordError:
        return found, False
    return found, True


def _event(data: bytes) -> tuple[int, list[tuple[str, float]]]:
    step, values = 0, []
    for number, _, content in _fields(data):
        if number == 2 and isinstance(content, int):
            step = content
        elif number == 5 and isinstance(content, bytes):
            for inner, _, value in _fields(content):
                if inner == 1 and isinstance(value, bytes) and (scalar := _scalar(value)):
                    values.append(scalar)
    return step, values


def _scalar(data: bytes) -> tuple[str, float] | None:
    tag, number = "", None
    for field, kind, content in _fields(data):
        if field == 1 and isinstance(content, bytes):
            tag = content.decode("utf-8", "replace")
        elif field == 2 and kind == 5 and isinstance(content, bytes):
            number = _shortest(_FLOAT.unpack(content)[0])
        elif field == 8 and isinstance(content, bytes):
            number = _of_tensor(content)
    return (tag, number) if tag and number is not None else None


def _of_tensor(data: bytes) -> float | None:
    """The number of a tensor that holds one; None for texts, images and histograms."""
    fields = [(field, content) for field, _, content in _fields(data)]
    kind = next((content for field, content in fields if field == 1), None)
    if not isinstance(kind, int) or kind not in _NUMBERS:
        return None
    place, number = _NUMBERS[kind]
    contents = [content for field, content in fields if field in (4, place) and isinstance(content, bytes)]
    whole = next((each for each in contents if len(each) == number.size), None)
    if whole is None or len(contents) > 1:
        return None
    value = number.unpack(whole)[0]
    return _shortest(value) if number is _FLOAT else float(value)


def _shortest(value: float) -> float:
    """A number of single precision as it would be written: 0.001, not 0.0010000000474974513."""
    return float(str(np.float32(value)))


def _fields(data: bytes) -> Iterator[_Field]:
    """The fields of a protocol buffer: number, wire type, content; ends where the bytes are none."""
    place, end = 0, len(data)
    while place < end:
        key, place = _varint(data, place)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, place = _varint(data, place)
            yield number, kind, value
            continue
        if kind == 2:
            size, place = _varint(data, place)
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
        else:
            return
        if place + size > end:
            return
        yield number, kind, data[place : place + size]
        place += size


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(data) and shift < 70:
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
        shift += 7
    return (value - (1 << 64) if value >= 1 << 63 else value), place
