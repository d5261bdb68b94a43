"""Zip archives of images that come beside a table: each image goes to the row that names it.

Nothing is ever written under a name from an archive, and no such name is opened as a file: names are only
compared.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.columns.profile import sample_positions
from evalcore.inputs.fingerprint import fingerprint
from evalcore.inputs.images import messages
from evalcore.inputs.images.sources import looks_like_image
from evalcore.inputs.images.thumbnails import LARGEST_FILE
from evalcore.inputs.reading.limits import Limits
from evalcore.predictions.evaluation import Evaluation, RoleDecision
from evalcore.wording import say

__all__ = ["ImageArchive", "attach_images", "separate_images"]

Source = tuple[str, bytes]

#: Bytes of all images of one archive after unpacking, and how many there may be.
LARGEST_ARCHIVE = 600_000_000
MOST_IMAGES = 200_000
COLUMN = "image from zip"

_IMAGE_NAME = re.compile(r"\.(png|jpe?g|webp|gif|bmp|tiff?)$", re.IGNORECASE)
_FAILURES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, EOFError, ValueError,
             NotImplementedError, OverflowError)  # fmt: skip


@dataclass(frozen=True, eq=False)
class ImageArchive:
    """The images of one zip archive.

    Parameters
    ----------
    name : str
        The archive's own name.
    images : dict of str to bytes
        By path in the archive, in lower case, with forward slashes.
    """

    name: str
    images: dict[str, bytes]


def separate_images(sources: Sequence[Source]) -> tuple[tuple[Source, ...], tuple[ImageArchive, ...]]:
    r"""Tell tables from archives of images, among files that came together.

    Parameters
    ----------
    sources : sequence of (name, bytes)

    Returns
    -------
    tables : tuple of (name, bytes)
        What is no archive of images, and the other files that such an archive holds.
    archives : tuple of ImageArchive

    Raises
    ------
    InputError
        Where an archive of images is damaged, locked or larger than the limits.

    Examples
    --------
    >>> file = io.BytesIO()
    >>> with zipfile.ZipFile(file, "w") as archive:
    ...     archive.writestr("photos/a.png", b"\x89PNG\r\n\x1a\n...")
    ...     archive.writestr("predictions.csv", b"image,truth,score")
    >>> tables, archives = separate_images([("all.zip", file.getvalue())])
    >>> [name for name, _ in tables], list(archives[0].images)
    (['predictions.csv'], ['photos/a.png'])
    """
    tables: list[Source] = []
    archives: list[ImageArchive] = []
    for name, raw in sources:
        opened = _opened(raw)
        files = [] if opened is None else _files(opened)
        if opened is None or not any(_IMAGE_NAME.search(info.filename) for info in files):
            tables.append((name, raw))
            continue
        inner, archive = _unpacked(name, opened, files)
        tables += inner
        archives.append(archive)
    return tuple(tables), tuple(archives)


def attach_images(evaluation: Evaluation, archives: Sequence[ImageArchive]) -> Evaluation:
    """Put each image beside the row that names it.

    A row names an image by its path, by its file name, or by the name without its ending; the column whose
    cells do so most often is taken. The rows that have none are counted in a warning.

    Parameters
    ----------
    evaluation : Evaluation
    archives : sequence of ImageArchive

    Returns
    -------
    Evaluation
        With one more column and the role image for it; as it was, but for a warning, where no column names an
        image.
    """
    images = {path: raw for archive in archives for path, raw in archive.images.items()}
    if not images:
        return evaluation
    told = [archive.name for archive in archives]
    keys = _Keys(images)
    column = _best_column(evaluation.table, keys)
    if column is None:
        note = say(messages.IMAGES_NO_COLUMN, columns=told, value=next(iter(images)))
        return replace(evaluation, warnings=(*evaluation.warnings, note))
    matched = [keys.find(cell) for cell in evaluation.table[column]]
    found = sum(path is not None for path in matched)
    new = _free_name(evaluation.table)
    cells: list[Any] = [None if path is None else images[path] for path in matched]
    table = evaluation.table.assign(**{new: pd.Series(cells, index=evaluation.table.index, dtype=object)})
    roles = replace(evaluation.roles, image=new)
    notes = []
    if found < len(matched):
        first = next(place for place, path in enumerate(matched) if path is None)
        counts = {"lost": len(matched) - found, "count": len(matched), "row": first + 1}
        notes.append(say(messages.IMAGES_MISSING, columns=told, **counts))
    unused = len(images) - len({path for path in matched if path is not None})
    if unused:
        notes.append(say(messages.IMAGES_UNUSED, columns=told, unused=unused, count=len(images)))
    reason = say(messages.IMAGES_BY_COLUMN, columns=told, count=found, column=column)
    decisions = tuple(each for each in evaluation.decisions if each.role != "image")
    return replace(
        evaluation,
        predictions=evaluation.predictions.with_table(table),
        roles=roles,
        decisions=(*decisions, RoleDecision("image", (new,), reason)),
        fingerprint=fingerprint(table, roles),
        warnings=(*evaluation.warnings, *notes),
    )


class _Keys:
    """Finds an image by what a cell says of it; what would fit several images fits none."""

    def __init__(self, images: dict[str, bytes]) -> None:
        self.paths = dict.fromkeys(images)
        self.names = _only_ones((PurePosixPath(path).name, path) for path in images)
        self.stems = _only_ones((PurePosixPath(path).stem, path) for path in images)

    def find(self, cell: Any) -> str | None:
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        if not isinstance(cell, str | int | np.integer) or isinstance(cell, bool):
            return None
        text = _path(str(cell))
        parts = PurePosixPath(text).parts
        # The longest end of the path that is in the archive: "data/test/cat/1.png" is its "cat/1.png".
        for start in range(len(parts)):
            path = "/".join(parts[start:])
            if path in self.paths:
                return path
        name = parts[-1] if parts else ""
        return self.names.get(name) or self.stems.get(name)


def _only_ones(pairs: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    twice: set[str] = set()
    for key, path in pairs:
        if found.setdefault(key, path) != path:
            twice.add(key)
    return {key: path for key, path in found.items() if key not in twice}


def _path(text: str) -> str:
    return text.strip().replace("\\", "/").removeprefix("./").lstrip("/").casefold()


def _best_column(table: pd.DataFrame, keys: _Keys) -> str | None:
    best, most = None, 0
    places = sample_positions(len(table))
    for name in table.columns:
        kind = table[name].dtype.kind
        if kind in "fbcmM":
            continue
        cells = table[name].iloc[places]
        # Different images for different rows: a class that is called as a file is would fit one image only.
        found = len({path for path in map(keys.find, cells) if path is not None})
        if found > most:
            best, most = str(name), found
    return best


def _free_name(table: pd.DataFrame) -> str:
    name, number = COLUMN, 2
    while name in table.columns:
        name, number = f"{COLUMN} {number}", number + 1
    return name


def _opened(raw: bytes) -> zipfile.ZipFile | None:
    if raw[:4] != b"PK\x03\x04":
        return None
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except _FAILURES:
        return None  # the reader of tables says what is wrong with it


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        info
        for info in archive.infolist()
        if info.filename  # a damaged directory can give an empty name
        and not info.is_dir()
        and not any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(info.filename).parts)
    ]


def _unpacked(
    name: str, archive: zipfile.ZipFile, files: Sequence[zipfile.ZipInfo]
) -> tuple[list[Source], ImageArchive]:
    if len(files) > MOST_IMAGES:
        counts = {"count": len(files), "limit": MOST_IMAGES}
        raise InputError(say(messages.IMAGES_TOO_MANY, column=name, **counts))
    tables: list[Source] = []
    images: dict[str, bytes] = {}
    left = LARGEST_ARCHIVE
    beside = Limits().fair_to(sum(info.compress_size for info in files)).size  # for all that is no image
    for info in files:
        if info.flag_bits & 1:
            raise InputError(say(messages.IMAGES_LOCKED, column=name))
        is_image = _IMAGE_NAME.search(info.filename) is not None
        limit = min(LARGEST_FILE if is_image else beside, left)
        try:
            with archive.open(info) as stream:
                # What a header says of a size is not trusted: at most so many bytes are unpacked.
                content = stream.read(limit + 1)
        except _FAILURES:
            if not is_image:
                raise InputError(say(messages.IMAGES_DAMAGED, value=info.filename, column=name)) from None
            content = b""
        if len(content) > (left if is_image else min(beside, left)):
            most = LARGEST_ARCHIVE if len(content) > left else beside
            raise InputError(say(messages.IMAGES_TOO_LARGE, column=name, limit=most // 1_000_000))
        left -= len(content)
        if not is_image:
            beside -= len(content)
            tables.append((info.filename, content))
        elif len(content) <= LARGEST_FILE and looks_like_image(content):
            images[_path(info.filename)] = content
    return tables, ImageArchive(name, images)
