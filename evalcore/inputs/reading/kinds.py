"""What a file is, by its first bytes; its name is not asked."""

from __future__ import annotations

import re

from evalcore.training.readers.event_files import is_event_file

__all__ = ["recognise"]

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"PAR1", "parquet"),
    (b"ARROW1", "arrow"),
    (b"\xff\xff\xff\xff", "arrow stream"),
    (b"FEA1", "old feather"),
    (b"\x93NUMPY", "npy"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"%PDF-", "pdf"),
    (b"\x89HDF\r\n", "hdf5"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"MATLAB 5.0 MAT-file", "matlab"),
    (b"RDX2\n", "rds"),
    (b"RDX3\n", "rds"),
    (b"X\n\x00\x00\x00", "rds"),
    (b"A\n2\n", "rds"),
    (b"A\n3\n", "rds"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
    (b"Obj\x01", "avro"),
    (b"ORC\x0a", "orc"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x7fELF", "program"),
    (b"version https://git-lfs", "lfs pointer"),
)
# pickles of protocol 2 and later begin with their version and end with a full stop; older ones are text
_new_pickle = re.compile(rb"\x80[\x02-\x05]").match
_old_pickle = re.compile(
    rb"(?:\(lp\d+\n|\(dp\d+\n|c(?:copy_reg|pandas|numpy|sklearn|__builtin__|builtins)[\w.]*\n\w+\n)"
).match
_web_page = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
).match
_xml = re.compile(rb"\s*<\?xml\b").match


def recognise(raw: bytes) -> str:
    """Tell a file's kind from its first bytes.

    Returns
    -------
    str
        A format that is read ("parquet", "arrow", "arrow stream", "npy", "zip", "gzip", "bzip2", "xz",
        "zstd", "event log", "json", "text"), or a key of `reading_messages.REFUSALS` for one that is known and not
        read.

    Examples
    --------
    >>> recognise(b"PAR1..."), recognise(b"a,b"), recognise(b"<!DOCTYPE html>")
    ('parquet', 'text', 'html')
    """
    for start, kind in _STARTS:
        if raw.startswith(start):
            return kind
    if raw[:2] == b"BM" and len(raw) > 14 and raw[6:10] == bytes(4):
        return "bmp"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "webp"
    if is_event_file(raw):
        return "event log"
    if raw[257:262] == b"ustar":
        return "tar"
    if _new_pickle(raw) or _old_pickle(raw):
        return "pickle"
    head = raw[:4096].removeprefix(b"\xef\xbb\xbf")
    if _web_page(head):
        return "html"
    if _xml(head):
        return "xml"
    return "json" if _may_be_json(head) else "text"


def _may_be_json(head: bytes) -> bool:
    """An object, or a list of objects, lists, numbers or strings; a bare `[INFO]` is text."""
    return bool(re.match(rb'\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:[\{\["\]\-0-9]|null|true|false|NaN|$))', head))
