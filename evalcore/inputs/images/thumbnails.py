"""From a stranger's image bytes to a small picture that a page may show, or the reason why not.

Whatever came in is decoded by Pillow and encoded anew: a page never gets bytes that a file brought. Only
formats of plain pixels are opened; SVG, which can hold scripts, never is.
"""

from __future__ import annotations

import base64
import io
import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

__all__ = [
    "FORMATS",
    "LARGEST_FILE",
    "LARGEST_IMAGE",
    "Thumbnail",
    "fitted_pixels",
    "picture_of_pixels",
    "pixels_of_bytes",
    "thumbnail_of_bytes",
]

#: What is opened, by Pillow's names.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
#: Bytes of one image as it came.
LARGEST_FILE = 30_000_000
#: Pixels of one image: a few kilobytes can unpack to gigabytes.
LARGEST_IMAGE = 50_000_000

_DEEP = {"I", "F", "I;16", "I;16B", "I;16L", "I;16N"}


@dataclass(frozen=True)
class Thumbnail:
    """What to show for one row: exactly one of the three fields is set.

    Parameters
    ----------
    data : bytes or None
        A PNG or WebP that was made here.
    link : str
        An http(s) address that the viewer's own browser may load; the server never does.
    problem : str
        Why there is no picture, in a few words.
    """

    data: bytes | None = None
    link: str = ""
    problem: str = ""

    @property
    def url(self) -> str:
        """What an image element may load: a `data:` URL, a link, or nothing.

        Examples
        --------
        >>> Thumbnail(problem="no image").url
        ''
        """
        if self.data is None:
            return self.link
        kind = "png" if self.data.startswith(b"\x89PNG") else "webp"
        return f"data:image/{kind};base64,{base64.b64encode(self.data).decode('ascii')}"


def thumbnail_of_bytes(raw: bytes, *, size: int) -> Thumbnail:
    """Make a thumbnail of an image file's bytes.

    Parameters
    ----------
    raw : bytes
        Anything at all.
    size : int
        The longer side at most, in pixels; smaller images stay as they are.

    Returns
    -------
    Thumbnail
        With a picture, upright as its EXIF says, or with the problem. Never raises for what the bytes are.

    Examples
    --------
    >>> thumbnail_of_bytes(b"<svg onload='alert(1)'/>", size=96).problem
    'SVG drawings are not shown'
    >>> thumbnail_of_bytes(b"", size=96).problem
    'no image'
    """
    found = _fitted_image(raw, size)
    return Thumbnail(problem=found) if isinstance(found, str) else Thumbnail(data=_encoded(found))


def pixels_of_bytes(raw: bytes, *, size: int) -> npt.NDArray[np.uint8] | None:
    """Return the pixels of an image file, as they are where it is small enough.

    Parameters
    ----------
    raw : bytes
        Anything at all.
    size : int
        As in `thumbnail_of_bytes`.

    Returns
    -------
    ndarray of uint8, shape (height, width) or (height, width, 3), or None
        Grey, or red, green and blue; what is transparent lies on white. None where there is no picture.

    Examples
    --------
    >>> pixels = np.array([[0, 128], [255, 7]], dtype=np.uint8)
    >>> pixels_of_bytes(picture_of_pixels(pixels, size=96).data, size=96).tolist()
    [[0, 128], [255, 7]]
    """
    found = _fitted_image(raw, size)
    if isinstance(found, str):
        return None
    if found.mode == "RGBA":
        found = Image.alpha_composite(Image.new("RGBA", found.size, "white"), found).convert("RGB")
    return np.asarray(found)


def fitted_pixels(pixels: npt.NDArray[np.uint8], *, size: int) -> npt.NDArray[np.uint8]:
    """Return pixels at most `size` wide and high; smaller images stay as they are.

    Examples
    --------
    >>> fitted_pixels(np.zeros((40, 20), dtype=np.uint8), size=10).shape
    (10, 5)
    """
    return np.asarray(_fitted(Image.fromarray(pixels), size))


def picture_of_pixels(pixels: npt.NDArray[np.uint8], *, size: int) -> Thumbnail:
    r"""Make a thumbnail of an array of pixels.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width) or (height, width, 3)
    size : int
        As in `thumbnail_of_bytes`.

    Examples
    --------
    >>> picture_of_pixels(np.zeros((8, 8), dtype=np.uint8), size=96).data[:4]
    b'\x89PNG'
    """
    return Thumbnail(data=_encoded(_fitted(Image.fromarray(pixels), size)))


def _fitted_image(raw: bytes, size: int) -> Image.Image | str:
    """The image, upright, of eight bits and not too large; or why there is none."""
    if not raw:
        return "no image"
    if len(raw) > LARGEST_FILE:
        return f"larger than {LARGEST_FILE // 1_000_000} MB"
    if _is_markup(raw):
        return "SVG drawings are not shown" if b"<svg" in raw[:2000] else "not an image"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decoded(raw, size)
    except UnidentifiedImageError:
        return "not a PNG, JPEG, WebP, GIF, BMP or TIFF image"
    except Image.DecompressionBombError:
        return _too_many_pixels()
    except (
        Exception
    ):  # Pillow's decoders raise nearly anything on damaged files: one bad row must not end a page
        return "damaged image"


def _is_markup(raw: bytes) -> bool:
    return raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _too_many_pixels() -> str:
    return f"more than {LARGEST_IMAGE // 1_000_000} million pixels"


def _decoded(raw: bytes, size: int) -> Image.Image | str:
    with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
        # Nothing is unpacked before this line: opening reads the header only.
        if opened.width * opened.height > LARGEST_IMAGE:
            return _too_many_pixels()
        if opened.format == "JPEG":
            opened.draft(None, (2 * size, 2 * size))
        upright: Image.Image = ImageOps.exif_transpose(opened)
        return _fitted(_eight_bits(upright), size)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Bring any mode to grey, colour, or colour with transparency, at eight bits."""
    if image.mode in _DEEP:
        values = np.asarray(image, dtype=np.float64)
        values = np.nan_to_num(values - np.nanmin(values), nan=0.0, posinf=0.0, neginf=0.0)
        return Image.fromarray((values * (255 / max(float(values.max()), 1e-300))).astype(np.uint8))
    colour = "RGBA" if image.has_transparency_data else "RGB"
    target = "L" if image.mode in ("L", "1") else colour
    if image.mode == target:
        image.load()
        return image
    return image.convert(target)


def _fitted(image: Image.Image, size: int) -> Image.Image:
    if max(image.size) > size:
        image.thumbnail((size, size), Image.Resampling.BICUBIC)
    return image


def _encoded(image: Image.Image) -> bytes:
    file = io.BytesIO()
    # Nothing but pixels goes out: the position that a phone wrote into a photo stays here.
    image.info = {}
    if image.mode == "L" or image.width * image.height <= 4096:
        image.save(file, "PNG", compress_level=1)
    else:
        image.save(file, "WEBP", quality=80, method=0, exif=b"", icc_profile=b"")
    return file.getvalue()
