"""The mean image and the most typical cases on the Errors page, from every kind of image that there is."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from evalcore.inputs.opening import open_predictions
from pages.ui import compute
from pages.ui.cases import typical

ROOT = Path(__file__).parents[2]
rng = np.random.default_rng(23)
N = 60
TRUTH = rng.integers(0, 3, N)
CALLED = np.where(rng.random(N) < 0.5, TRUTH, rng.integers(0, 3, N))
TABLE = pd.DataFrame({"actual": TRUTH, "predicted": CALLED})
WRONG = int((TRUTH != CALLED).sum())


def image(size: tuple[int, ...]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(rng.integers(0, 256, size).astype(np.uint8)).save(file, "PNG")
    return file.getvalue()


def page(table: pd.DataFrame, **link: str) -> AppTest:
    saved = compute.store().save(open_predictions(table, title="Things"), owner="test-typical")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["e"] = saved.id
    for key, value in link.items():
        app.query_params[key] = value
    app.switch_page("pages/decide/errors.py").run()
    assert not app.exception
    return app


def asked(app: AppTest) -> str:
    next(each for each in app.toggle if each.label.startswith("Mean image")).set_value(True).run()
    assert not app.exception
    kinds = ("markdown", "caption", "info")
    told = " ".join(each.value for kind in kinds for each in app.get(kind))
    return told.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def test_pixel_columns() -> None:
    pixels = pd.DataFrame(rng.integers(0, 17, (N, 64)), columns=[f"pixel_{i}" for i in range(64)])
    text = asked(page(TABLE.join(pixels)))
    assert f"Over all {WRONG} images of this cell, at 8 × 8 pixels." in text


def test_unlike_sizes_and_colours_are_said() -> None:
    photos = [image((9, 9, 3) if row % 5 else (12, 18)) for row in range(N)]
    text = asked(page(TABLE.assign(photo=photos)))
    other = sum(row % 5 == 0 for row in np.flatnonzero(TRUTH != CALLED))
    assert "at 9 × 9 pixels" in text
    assert f"{other} had another size and were scaled to this one." in text


def test_a_pair_of_classes() -> None:
    i, j = np.unravel_index(np.histogram2d(TRUTH, CALLED, bins=3)[0].argmax(), (3, 3))
    count = int(((i == TRUTH) & (j == CALLED)).sum())
    found = TABLE.assign(photo=[image((6, 6)) for _ in range(N)])
    text = asked(page(found, actual=str(i), called=str(j)))
    assert f"Over all {count} images of this cell" in text


def test_of_many_a_part_is_drawn_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typical, "MOST_IMAGES", 10)
    text = asked(page(TABLE.assign(photo=[image((6, 6)) for _ in range(N)])))
    assert f"Over 10 of the {WRONG} images of this cell, evenly drawn, at 6 × 6 pixels." in text


def test_images_that_cannot_be_read_are_no_average() -> None:
    text = asked(page(TABLE.assign(photo=[b"\x89PNG\r\n\x1a\nbroken"] * N)))
    assert "None of these rows has an image to average." in text


def test_links_are_never_fetched() -> None:
    app = page(TABLE.assign(photo=[f"https://example.org/{row}.png" for row in range(N)]))
    assert not [each for each in app.toggle if each.label.startswith("Mean image")]
