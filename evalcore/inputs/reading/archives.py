"""Zip archives: their members as bytes, never past a limit."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.compression import Budget
from evalcore.inputs.reading.limits import Limits

__all__ = ["Member", "archive_kind", "members", "unpacked_size"]


_NOTES = frozenset({"readme", "license", "licence", "copying", "notice", "changelog", "citation"})


@dataclass(frozen=True)
class Member:
    """A file in an archive, unpacked."""

    name: str
    content: bytes


def archive_kind(raw: bytes, *, name: str = "") -> str:
    """Tell what a zip archive is by what lies in it.

    Returns
    -------
    str
        "workbook", "npz", "archive", or a key of `reading_messages.REFUSALS`.

    Raises
    ------
    InputError
        Where the archive is damaged.
    """
    names = [info.filename for info in _opened(raw, name).infolist()]
    if "xl/workbook.xml" in names:
        return "workbook"
    if "[Content_Types].xml" in names:
        return "office"
    if "mimetype" in names and "META-INF/manifest.xml" in names:
        return "opendocument"
    if any(PurePosixPath(each).name == "data.pkl" for each in names):
        return "torch"
    if names and all(each.endswith(".npy") for each in names):
        return "npz"
    return "archive"


def members(raw: bytes, *, limits: Limits, budget: Budget, name: str = "") -> Iterator[Member]:
    """Unpack an archive's files one after the other.

    Folders, hidden files, what macOS adds and, beside others, files called README or LICENSE are passed over.

    Raises
    ------
    InputError
        Where the archive is damaged, locked, of too many files, or holds more than the budget.
    """
    archive = _opened(raw, name)
    files = [
        info
        for info in archive.infolist()
        if not info.filename.endswith("/") and not _is_hidden(info.filename)
    ]
    files = [info for info in files if not _is_note(info.filename)] or files
    if len(files) > limits.members:
        raise InputError(say.too_many_members(name, len(files), limits.members))
    # zipfile reads no member beyond what is said of it, so a bomb is refused before it is unpacked.
    if sum(info.file_size for info in files) > budget.left:
        raise InputError(say.too_large(name, budget.limit))
    for info in files:
        if info.flag_bits & 1:
            raise InputError(say.encrypted(name))
        try:
            with archive.open(info) as stream:
                content = budget.read(stream, name=name)
        except (InputError, MemoryError):
            raise
        except Exception:  # as in _opened
            raise InputError(say.broken(name, "a zip archive")) from None
        yield Member(info.filename, content)


def unpacked_size(raw: bytes, *, name: str = "") -> int:
    """The bytes that an archive says it holds; zipfile reads no member beyond what is said of it."""
    return sum(info.file_size for info in _opened(raw, name).infolist())


def _opened(raw: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except Exception:  # zipfile does not wrap the errors of what it calls: damage raises nearly anything
        raise InputError(say.broken(name, "a zip archive")) from None


def _is_hidden(path: str) -> bool:
    return not path or any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(path).parts)


def _is_note(path: str) -> bool:
    """Whether a text is called README or the like: one line of prose would pass for a table of one row."""
    name = PurePosixPath(path)
    return name.stem.casefold() in _NOTES and name.suffix.casefold() in ("", ".txt", ".md", ".rst")
