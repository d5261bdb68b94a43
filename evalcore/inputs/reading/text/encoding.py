"""From a text's bytes in any common encoding to UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say

__all__ = ["DecodedText", "to_utf8"]

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# bytes that no text has: control characters but for tab, line ends, form feed, and DOS's end mark
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b"))


@dataclass(frozen=True)
class DecodedText:
    """UTF-8 without a mark, the name of the encoding that it came in, and notes."""

    text: bytes
    encoding: str
    notes: tuple[str, ...] = ()


def to_utf8(raw: bytes, *, name: str = "") -> DecodedText:
    """Find the encoding of a text and turn it into UTF-8.

    Parameters
    ----------
    raw : bytes
    name : str
        The file's name, for the message.

    Raises
    ------
    InputError
        Where the bytes are no text.

    Examples
    --------
    >>> to_utf8("café,1".encode("utf-16")).text.decode()
    'café,1'
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], encoding, name)
    head = raw[:4096]
    if head.count(0) > len(head) / 4:
        odd, even = head[1::2].count(0), head[::2].count(0)
        if max(odd, even) > 4 * min(odd, even):
            return _decoded(raw, "utf-16-le" if odd > even else "utf-16-be", name)
    if 0 in raw or len(head.translate(None, _CONTROL)) < len(head):
        raise InputError(say.binary_file(name))
    if raw.isascii() or _is_utf8(raw):
        return DecodedText(raw, "UTF-8")
    return _decoded(raw, "cp1252", name) if _is_1252(raw) else _decoded(raw, "latin-1", name)


def _decoded(raw: bytes, encoding: str, name: str) -> DecodedText:
    if encoding == "utf-8":
        if b"\0" in raw:
            raise InputError(say.binary_file(name))
        if _is_utf8(raw):
            return DecodedText(raw, "UTF-8")
        encoding = "cp1252" if _is_1252(raw) else "latin-1"
    try:
        text = b"".join(part.encode("utf-8") for part in _decode(raw, encoding))
    except UnicodeError:
        raise InputError(say.undecodable(name, encoding)) from None
    if b"\0" in text:
        raise InputError(say.binary_file(name))
    notes = (say.not_unicode(encoding),) if encoding in ("cp1252", "latin-1") else ()
    return DecodedText(text, encoding.upper().removesuffix("-LE").removesuffix("-BE"), notes)


def _decode(raw: bytes, encoding: str) -> Iterator[str]:
    """Piece by piece: the text of a large file is never held twice."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(raw), _CHUNK):
        yield decoder.decode(raw[start : start + _CHUNK])
    yield decoder.decode(b"", final=True)


def _is_utf8(raw: bytes) -> bool:
    try:
        for _ in _decode(raw, "utf-8"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _is_1252(raw: bytes) -> bool:
    """Windows' own punctuation stands where Latin-1 has control characters; five of its places are empty."""
    return not any(raw.find(byte) >= 0 for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
