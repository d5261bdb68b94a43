"""Where a row's image is found, and what becomes of it."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from evalcore.inputs.images.pixels import find_pixel_columns, raw_pixels
from evalcore.inputs.images.sources import columns_to_show, find_images
from evalcore.inputs.images.thumbnails import FORMATS, LARGEST_IMAGE, Thumbnail, thumbnail_of_bytes
from evalcore.inputs.opening import open_predictions

rng = np.random.default_rng(3)


def image_bytes(
    kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object
) -> bytes:
    file = io.BytesIO()
    channels = {"L": (), "RGB": (3,), "RGBA": (4,)}[mode]
    pixels = rng.integers(0, 255, (size[1], size[0], *channels)).astype(np.uint8)
    Image.fromarray(pixels).save(file, kind, **options)
    return file.getvalue()


def decoded(thumbnail: Thumbnail) -> Image.Image:
    assert thumbnail.problem == ""
    assert thumbnail.data is not None
    return Image.open(io.BytesIO(thumbnail.data))


# ----------------------------------------------------------------------------------------- thumbnails


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_becomes_png_or_webp(kind: str) -> None:
    made = thumbnail_of_bytes(image_bytes(kind, (300, 150)), size=96)
    assert decoded(made).format in ("PNG", "WEBP")
    assert decoded(made).size == (96, 48)
    assert made.url.startswith(("data:image/png;base64,", "data:image/webp;base64,"))


def test_small_images_keep_their_pixels() -> None:
    raw = image_bytes("PNG", (28, 28), "L")
    with Image.open(io.BytesIO(raw)) as original:
        assert np.array_equal(np.asarray(original), np.asarray(decoded(thumbnail_of_bytes(raw, size=96))))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_images_stand_upright(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    assert decoded(thumbnail_of_bytes(image_bytes(kind, (60, 30), exif=exif), size=96)).size == (30, 60)


def test_what_a_camera_wrote_does_not_go_out() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    made = thumbnail_of_bytes(image_bytes("JPEG", (200, 200), exif=exif), size=96)
    assert b"SECRET" not in (made.data or b"")


def test_sixteen_bits_are_stretched() -> None:
    file = io.BytesIO()
    Image.fromarray(np.array([[0, 30000], [60000, 15000]], dtype=np.uint16)).save(file, "PNG")
    assert np.asarray(decoded(thumbnail_of_bytes(file.getvalue(), size=96))).tolist() == [[0, 127], [255, 63]]


def test_a_bomb_is_not_unpacked() -> None:
    file = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(file, "PNG")
    assert LARGEST_IMAGE < 12_000**2
    assert len(file.getvalue()) < 100_000
    assert thumbnail_of_bytes(file.getvalue(), size=96).problem == "more than 50 million pixels"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "no image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "SVG drawings are not shown"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", "SVG drawings are not shown"),
        (b"<html></html>", "not an image"),
        (b"%PDF-1.4", "not a PNG, JPEG, WebP, GIF, BMP or TIFF image"),
        (image_bytes("PNG", (100, 100))[:2000], "damaged image"),
    ],
)
def test_what_is_no_image_says_why(raw: bytes, problem: str) -> None:
    assert thumbnail_of_bytes(raw, size=96) == Thumbnail(problem=problem)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([image_bytes(kind, (9, 9)) for kind in FORMATS]),
    st.integers(0, 200),
)
def test_no_bytes_raise(noise: bytes, image: bytes, place: int) -> None:
    for raw in (noise, image[:place] + noise + image[place + len(noise) :]):
        made = thumbnail_of_bytes(raw, size=32)
        assert bool(made.problem) != bool(made.url)


# --------------------------------------------------------------------------------------- where they are


def table_of(cells: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"truth": [0, 1] * (len(cells) // 2), "photo": pd.Series(cells, dtype=object)})


def packed(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@pytest.mark.parametrize(
    ("cell", "description"),
    [
        (lambda raw: raw, "“photo” holds images"),
        (lambda raw: {"bytes": raw, "path": "a.png"}, "“photo” holds images"),
        (lambda raw: f"data:image/png;base64,{packed(raw)}", "“photo” holds images as data URIs"),
        (packed, "“photo” holds images as base64"),
        (
            lambda raw: packed(raw).rstrip("=").replace("+", "-").replace("/", "_"),
            "“photo” holds images as base64",
        ),
    ],
)
def test_images_in_a_column(cell: object, description: str) -> None:
    raws = [image_bytes() for _ in range(4)]
    source = find_images(table_of([cell(raw) for raw in raws]))  # type: ignore[operator]
    assert source is not None
    assert source.description == description
    assert decoded(source.thumbnail(2)).size == (40, 20)


def test_links_are_handed_on_and_never_fetched() -> None:
    links = [f"https://example.org/{name}.jpg?w=1" for name in "abcd"]
    source = find_images(table_of(links))  # type: ignore[arg-type]
    assert source is not None
    assert source.linked
    assert source.thumbnail(3) == Thumbnail(link=links[3])
    assert source.thumbnail(3).url == links[3]


@pytest.mark.parametrize(
    "cells", [["a.png", "b.png"], ["javascript:alert(1)", "data:text/html,x"], ["file:///etc/passwd.png"] * 2]
)
def test_names_and_other_addresses_are_no_images(cells: list[str]) -> None:
    assert find_images(table_of(cells)) is None  # type: ignore[arg-type]


def test_a_bad_cell_among_good_ones_is_a_problem_of_its_own() -> None:
    good = image_bytes()
    source = find_images(table_of([good, None, b"junk", good, good, good]))
    assert source is not None
    assert [bool(source.thumbnail(place).problem) for place in range(6)] == [
        False,
        True,
        True,
        False,
        False,
        False,
    ]


def test_hugging_face_records_in_parquet(tmp_path: Path) -> None:
    cells = [{"bytes": image_bytes(), "path": f"{place}.png"} for place in range(8)]
    table = pd.DataFrame({"image": cells, "label": [0, 1] * 4, "prob": np.linspace(0.1, 0.9, 8)})
    table.to_parquet(tmp_path / "hf.parquet")
    evaluation = open_predictions(tmp_path / "hf.parquet")
    source = find_images(evaluation)
    assert source is not None
    assert source.columns == ("image.bytes",)
    assert decoded(source.thumbnail(7)).size == (40, 20)
    assert "image.bytes" not in columns_to_show(evaluation.table, source)


@pytest.mark.parametrize(
    ("names", "side", "channels"),
    [
        ([f"pixel{place}" for place in range(784)], 28, 1),
        ([f"{row}x{column}" for row in range(1, 29) for column in range(1, 29)], 28, 1),
        ([f"pixel_{row}_{column}" for row in range(8) for column in range(8)], 8, 1),
        ([f"image.{place}" for place in range(3072)], 32, 3),
        ([str(place) for place in range(784)], 28, 1),
    ],
)
def test_pixel_columns(names: list[str], side: int, channels: int) -> None:
    values = rng.integers(0, 256, (5, len(names)))
    source = find_images(pd.DataFrame(values, columns=names).assign(truth=[0, 1, 0, 1, 1]))
    assert source is not None
    assert source.pixels is not None
    assert (source.pixels.side, source.pixels.channels) == (side, channels)
    shown = decoded(source.thumbnail(3)).convert("L" if channels == 1 else "RGB")
    if channels == 1:
        assert np.asarray(shown).reshape(-1).tolist() == values[3].tolist()


@pytest.mark.parametrize(
    "names", [[f"prob_{place}" for place in range(64)], [f"V{place}" for place in range(64)], ["x1", "x2"]]
)
def test_other_numbered_columns_are_no_pixels(names: list[str]) -> None:
    assert find_pixel_columns(pd.DataFrame(rng.random((4, len(names))), columns=names)) is None


@pytest.mark.parametrize(
    ("low", "high", "white"), [(0, 1.0, 1), (0, 16.0, 16), (0, 255.0, 255), (-1, 1.0, None), (0, 300.0, None)]
)
def test_the_value_of_white(low: float, high: float, white: float | None) -> None:
    table = pd.DataFrame(
        np.linspace(low, high, 128).reshape(2, 64), columns=[f"pixel{place}" for place in range(64)]
    )
    found = find_pixel_columns(table)
    assert (None if found is None else found.white) == white


def test_bare_pixels_in_a_cell() -> None:
    cells = [rng.integers(0, 256, 784).astype(np.uint8).tobytes() for _ in range(4)]
    source = find_images(table_of(cells))  # type: ignore[arg-type]
    assert source is not None
    assert np.asarray(decoded(source.thumbnail(1))).tobytes() == cells[1]
    assert raw_pixels(b"a" * 784) is None
