"""TensorBoard's records: a length, its check sum, the data, theirs; the sums are CRC-32C, masked.

The format is TensorFlow's TFRecord, as its documentation gives it: little-endian `uint64 length`,
`uint32 masked_crc32c(length)`, the data, `uint32 masked_crc32c(data)`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

__all__ = ["BrokenRecordError", "begins_with_record", "masked_crc", "records_in"]

_HEAD = struct.Struct("<QI")
_FOOT = struct.Struct("<I")
_CHECKED = 1 << 16
"""Larger records are images and graphs: they are passed over and not checked."""


class BrokenRecordError(ValueError):
    """A record's check sum is not that of its bytes."""


def _table() -> tuple[int, ...]:
    sums = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
        sums.append(value)
    return tuple(sums)


_TABLE = _table()


def masked_crc(data: bytes) -> int:
    """Return the masked CRC-32C of bytes.

    Examples
    --------
    >>> hex(masked_crc(b"123456789"))
    '0xc78ab0e5'
    """
    value = 0xFFFFFFFF
    for byte in data:
        value = _TABLE[(value ^ byte) & 0xFF] ^ (value >> 8)
    value ^= 0xFFFFFFFF
    return (((value >> 15) | (value << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def begins_with_record(raw: bytes) -> bool:
    """Whether a file begins with a record: its length and the check sum of that."""
    return (
        len(raw) >= _HEAD.size and raw[5:8] == bytes(3) and masked_crc(raw[:8]) == _HEAD.unpack_from(raw)[1]
    )


def records_in(raw: bytes) -> Iterator[bytes]:
    """Give the data of each record; a last one that was cut off while it was written is left out.

    Parameters
    ----------
    raw : bytes

    Raises
    ------
    BrokenRecordError
        Where a check sum is wrong: what follows cannot be found.

    Examples
    --------
    >>> import struct
    >>> length = struct.pack("<Q", 2)
    >>> sums = [struct.pack("<I", masked_crc(each)) for each in (length, b"ab")]
    >>> list(records_in(length + sums[0] + b"ab" + sums[1] + length))
    [b'ab']
    """
    place, end = 0, len(raw)
    while place + _HEAD.size <= end:
        length, check = _HEAD.unpack_from(raw, place)
        if masked_crc(raw[place : place + 8]) != check:
            raise BrokenRecordError(place)
        start = place + _HEAD.size
        place = start + length + _FOOT.size
        if place > end:
            return
        data = raw[start : start + length]
        if length <= _CHECKED:
            if masked_crc(data) != _FOOT.unpack_from(raw, start + length)[0]:
                raise BrokenRecordError(start)
            yield data
