"""Where the image of each row is: bytes, text or links in a column, or one column for each pixel."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.images.pixels import PixelColumns, find_pixel_columns, raw_pixels
from evalcore.inputs.images.thumbnails import (
    LARGEST_FILE,
    Thumbnail,
    fitted_pixels,
    picture_of_pixels,
    pixels_of_bytes,
    thumbnail_of_bytes,
)
from evalcore.predictions.evaluation import Evaluation

__all__ = ["ImageSource", "columns_to_show", "find_images", "image_of_cell", "looks_like_image"]

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")
_LINK = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_IMAGE_LINK = re.compile(r"\.(png|jpe?g|webp|gif|bmp|tiff?)($|[?#])", re.IGNORECASE)
_DATA_URI = re.compile(r"data:image/[\w.+-]+(;[\w=.+-]+)*;base64,", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/_\-\s]{40,}={0,2}\s*")
_LOOKED_AT = 40
_LINKS = "links to images"


@dataclass(frozen=True, eq=False)
class ImageSource:
    """The images of a table's rows, each made into a small picture when it is asked for.

    Parameters
    ----------
    table : DataFrame
        As it was read.
    columns : tuple of str
        Where the images are: one column, or one for each pixel.
    description : str
        What was found, in words.
    pixels : PixelColumns or None
        How the columns make an image, where each is one pixel.
    linked : bool
        Whether the images are elsewhere, and loaded by the viewer's browser only.
    """

    table: pd.DataFrame
    columns: tuple[str, ...]
    description: str
    pixels: PixelColumns | None = None
    linked: bool = False

    def thumbnail(self, position: int, size: int = 96) -> Thumbnail:
        """Return the picture of one row.

        Parameters
        ----------
        position : int
            The row's position in `table`, from 0.
        size : int
            The longer side at most, in pixels.

        Returns
        -------
        Thumbnail
            A picture made here, a link for the viewer's browser, or the reason why there is none.

        Examples
        --------
        >>> source = find_images(pd.DataFrame({"photo": ["https://example.org/a.jpg", "https://example.org/b.jpg"]}))
        >>> source.thumbnail(1).link
        'https://example.org/b.jpg'
        """
        if self.pixels is not None:
            found = self.pixels.image(self.table, position)
            return (
                Thumbnail(problem="missing pixels") if found is None else picture_of_pixels(found, size=size)
            )
        found_there = image_of_cell(self.table[self.columns[0]].iloc[position])
        if isinstance(found_there, Thumbnail):
            return found_there
        if isinstance(found_there, bytes):
            return thumbnail_of_bytes(found_there, size=size)
        return picture_of_pixels(found_there, size=size)

    def array(self, position: int, size: int = 96) -> npt.NDArray[np.uint8] | None:
        """Return the pixels of one row's picture.

        Parameters
        ----------
        position, size : int
            As in `thumbnail`.

        Returns
        -------
        ndarray of uint8, shape (height, width) or (height, width, 3), or None
            None where there is no picture, or only a link to one: this program never fetches.

        Examples
        --------
        >>> pixels = pd.DataFrame(np.full((2, 64), 16), columns=[f"pixel_{i}" for i in range(64)])
        >>> find_images(pixels).array(1)[0, :3].tolist()
        [255, 255, 255]
        """
        if self.pixels is not None:
            found = self.pixels.image(self.table, position)
        else:
            there = image_of_cell(self.table[self.columns[0]].iloc[position])
            if isinstance(there, bytes):
                return pixels_of_bytes(there, size=size)
            found = None if isinstance(there, Thumbnail) else there
        return None if found is None else fitted_pixels(found, size=size)


def find_images(found: Evaluation | pd.DataFrame) -> ImageSource | None:
    """Find where the images of an evaluation's rows are.

    Looked for, in this order: the column whose role is image; any column with image files as bytes (also the
    ``{bytes, path}`` records of Hugging Face), `data:` URIs or base64; one column for each pixel of a square
    image; a column of links to images.

    Parameters
    ----------
    found : Evaluation or DataFrame

    Returns
    -------
    ImageSource or None
        None where the rows have no image that can be shown: names of files alone are none.

    Examples
    --------
    >>> find_images(pd.DataFrame({"truth": [1, 0], "score": [0.75, 0.5]})) is None
    True
    >>> pixels = pd.DataFrame(np.zeros((3, 64), dtype=int), columns=[f"pixel_{i}" for i in range(64)])
    >>> find_images(pixels).description
    '64 pixel columns make images of 8 x 8'
    """
    table, stated, taken = _looked_at(found)
    names = [name for name in table.columns if name not in taken]
    if stated in table.columns:
        source = _of_column(table, stated, stated=True)
        if source is not None:
            return source
    inside = [_of_column(table, name) for name in names if _may_hold_images(table[name])]
    stored = next((each for each in inside if each is not None and not each.linked), None)
    if stored is not None:
        return stored
    pixels = find_pixel_columns(table, taken=taken)
    if pixels is not None:
        return ImageSource(table, pixels.columns, pixels.description, pixels)
    return next((each for each in inside if each is not None), None)


def looks_like_image(raw: bytes) -> bool:
    """Whether bytes begin as an image file of a format that is shown.

    Examples
    --------
    >>> looks_like_image(b"GIF89a..."), looks_like_image(b"truth,score")
    (True, False)
    """
    return raw.startswith(_SIGNATURES) or (raw[:4] == b"RIFF" and raw[8:12] == b"WEBP")


def _looked_at(found: Evaluation | pd.DataFrame) -> tuple[pd.DataFrame, str, frozenset[str]]:
    """The table, the column that has the role, and the columns that are something else."""
    if isinstance(found, pd.DataFrame):
        return found, "", frozenset()
    roles = found.roles
    scored = (name for model in found.predictions.models for name in getattr(model, "columns", ()))
    return found.table, roles.image or "", frozenset([*roles.scores, *scored, roles.truth or ""])


def _may_hold_images(column: pd.Series) -> bool:
    """Whether a column is worth a look: numbers, flags and times hold no image."""
    return column.dtype.kind not in "biufcmM" and not isinstance(column.dtype, pd.CategoricalDtype)


def _sampled(column: pd.Series) -> list[Any]:
    """A few cells that are not missing, from all over the column."""
    present = np.flatnonzero(column.notna().to_numpy())
    chosen = present[np.linspace(0, len(present) - 1, min(_LOOKED_AT, len(present))).astype(int)]
    return [column.iloc[place] for place in chosen]


def _of_column(table: pd.DataFrame, name: str, *, stated: bool = False) -> ImageSource | None:
    cells = _sampled(table[name])
    if not cells:
        return None
    kinds = [_kind(cell, named=stated) for cell in cells]
    usual = max(set(kinds), key=kinds.count)
    # Some bad cells are shown as such; a column that is mostly something else is none of images.
    if not usual or kinds.count("") > len(kinds) / 2:
        return None
    return ImageSource(table, (name,), f"“{name}” holds {usual}", linked=usual == _LINKS)


def _kind(cell: Any, *, named: bool) -> str:
    if isinstance(cell, dict):
        cell = cell.get("bytes")
    if isinstance(cell, bytes | bytearray | memoryview):
        raw = bytes(cell)
        if looks_like_image(raw):
            return "images"
        return "raw pixels" if raw_pixels(raw) is not None else ""
    if not isinstance(cell, str):
        return ""
    if _DATA_URI.match(cell):
        return "images as data URIs"
    if _LINK.fullmatch(cell.strip()):
        return _LINKS if named or _IMAGE_LINK.search(_path_of(cell)) else ""
    return "images as base64" if looks_like_image(_decoded(cell[:400]) or b"") else ""


def _path_of(link: str) -> str:
    """Return a link's path, or nothing where it is no proper link.

    Examples
    --------
    >>> _path_of("https://example.org/cat.png?size=2")
    '/cat.png'
    """
    try:
        return urlsplit(link.strip()).path
    except ValueError:
        return ""


def _decoded(text: str) -> bytes | None:
    """Base64 of either alphabet, with or without its end; None for anything else."""
    if not _BASE64.fullmatch(text):
        return None
    packed = re.sub(r"\s", "", text).rstrip("=").replace("-", "+").replace("_", "/")
    packed = packed[: len(packed) - (len(packed) % 4 == 1)]
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4))
    except (binascii.Error, ValueError):
        return None


def image_of_cell(cell: Any) -> bytes | npt.NDArray[np.uint8] | Thumbnail:
    """Return what a cell holds: an image file's bytes, bare grey pixels, or what to show in their place.

    Examples
    --------
    >>> image_of_cell(bytes(784)).shape, image_of_cell(None).problem
    ((28, 28), 'no image')
    """
    if isinstance(cell, dict):
        cell = cell.get("bytes")
    if isinstance(cell, bytes | bytearray | memoryview):
        raw = bytes(cell)
        pixels = None if looks_like_image(raw) else raw_pixels(raw)
        return raw if pixels is None else pixels
    if not isinstance(cell, str) or not cell.strip():
        return Thumbnail(problem="no image")
    text = cell.strip()
    if len(text) > 2 * LARGEST_FILE:
        return Thumbnail(problem=f"larger than {LARGEST_FILE // 1_000_000} MB")
    if _LINK.fullmatch(text):
        return Thumbnail(link=text) if len(text) <= 2000 else Thumbnail(problem="the link is too long")
    packed = _DATA_URI.match(text)
    raw_text = _decoded(text[packed.end() :] if packed else text)
    if raw_text is None:
        return Thumbnail(
            problem="the image was not in the zip" if _IMAGE_LINK.search(text) else "not an image"
        )
    return raw_text


def columns_to_show(table: pd.DataFrame, source: ImageSource | None) -> list[str]:
    """Return the columns that people can read: neither images nor pixels.

    Examples
    --------
    >>> columns_to_show(pd.DataFrame({"truth": [1], "photo": [b"..."]}), None)
    ['truth']
    """
    hidden = set(source.columns) if source is not None and not source.linked else set()
    return [name for name in table.columns if name not in hidden and not _holds_bytes(table[name])]


def _holds_bytes(column: pd.Series) -> bool:
    present: Iterable[Any] = column.dropna().iloc[:1] if _may_hold_images(column) else ()
    return any(isinstance(cell, bytes | bytearray | memoryview | dict) for cell in present)
