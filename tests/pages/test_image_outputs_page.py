"""The page of images as outputs without a browser, and its pixels on the Threshold page."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from sklearn import metrics
from streamlit.testing.v1 import AppTest

from evalcore import numbers
from evalcore.inputs.opening import open_predictions
from pages.ui import compute
from tests.pages.app_pages import said, tiles

ROOT = Path(__file__).parents[2]
rng = np.random.default_rng(41)
CLEAN = (rng.random((20, 6, 6)) < 0.4).astype(np.uint8) * 255
NOISY = np.clip(CLEAN + rng.integers(0, 100, CLEAN.shape), 0, 255).astype(np.uint8)
MADE = np.where(rng.random(CLEAN.shape) < 0.97, CLEAN, 255 - NOISY).astype(np.uint8)
PAGE = "pages/understand/outputs.py"


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def table() -> pd.DataFrame:
    parts = {"noisy": NOISY, "clean": CLEAN, "cleaned": MADE}
    return pd.DataFrame({name: [png(each) for each in images] for name, images in parts.items()})


def saved(found: pd.DataFrame) -> str:
    return compute.store().save(open_predictions(found, title="Spots"), owner="test-images").id


@pytest.fixture(scope="module")
def identifier() -> str:
    return saved(table())


def page(path: str, identifier: str, **link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["e"] = identifier
    for key, value in link.items():
        app.query_params[key] = value
    app.switch_page(path).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("threshold", [128, 200])
def test_figures(identifier: str, threshold: int) -> None:
    shown = tiles(page(PAGE, identifier, t=str(threshold)))
    true, called = CLEAN.ravel() >= 128, threshold <= MADE.ravel()
    assert shown["Mean absolute error"] == numbers.level(
        metrics.mean_absolute_error(CLEAN.ravel() * 1.0, MADE.ravel())
    )
    assert shown["The input as it came"] == numbers.level(np.abs(NOISY * 1.0 - CLEAN).mean())
    assert shown["Pixel accuracy"] == numbers.share(metrics.accuracy_score(true, called))
    assert shown["Precision"] == numbers.share(metrics.precision_score(true, called))
    assert shown["Recall"] == numbers.share(metrics.recall_score(true, called))
    whole = ((CLEAN >= 128) == (threshold <= MADE)).all(axis=(1, 2)).mean()
    assert shown["Joint accuracy"] == numbers.share(whole)


def test_the_most_wrong_image_comes_first(identifier: str) -> None:
    app = page(PAGE, identifier)
    error = np.abs(MADE * 1.0 - CLEAN).mean(axis=(1, 2))
    worst = int(error.argmax())
    cases = [each.value for each in app.caption if each.value.startswith("Row ")]
    assert len(cases) == 8
    wrong = int(((CLEAN[worst] >= 128) != (MADE[worst] >= 128)).sum())
    spelt = "1 pixel is" if wrong == 1 else f"{wrong} pixels are"
    assert cases[0] == f"Row {worst + 1}: off by {error[worst]:.1f} on average; {spelt} called wrongly."
    next(each for each in app.selectbox if each.label == "Order").set_value("file").run()
    next(each for each in app.number_input if each.label == "Page, of 3").set_value(3).run()
    assert not app.exception
    assert [each.value.split(":")[0] for each in app.caption if each.value.startswith("Row ")] == [
        f"Row {row}" for row in (17, 18, 19, 20)
    ]


def test_the_threshold_moves_here_too(identifier: str) -> None:
    app = page(PAGE, identifier)
    next(each for each in app.number_input if each.label == "Threshold").set_value(255.0).run()
    assert not app.exception
    assert tiles(app)["Recall"] == numbers.share(
        metrics.recall_score(CLEAN.ravel() >= 128, MADE.ravel() >= 255)
    )


def test_all_pixels_on_the_threshold_page(identifier: str) -> None:
    app = page("pages/decide/threshold.py", identifier)
    ink = int((CLEAN >= 128).sum())
    assert f"720 cases, {ink} of them “ink”" in said(app)
    assert "Every pixel of every image is a case" in said(app)
    assert next(each for each in app.number_input if each.label == "Threshold").value == 128


def test_the_data_page_says_what_it_is(identifier: str) -> None:
    app = page("pages/start/data.py", identifier)
    assert "20 rows, recognised as images as outputs" in said(app)
    assert "See the images" in [each.label for each in app.button]


def test_what_is_left_out_is_said() -> None:
    found = table().astype(object)
    found.loc[0, "cleaned"] = b"\x89PNG\r\n\x1a\nbroken"
    found.loc[1, "cleaned"] = png(np.zeros((9, 9), np.uint8))
    text = said(page(PAGE, saved(found)))
    assert "1 row was left out: an image could not be read." in text
    assert "1 row was left out: the images are not of the usual 6 × 6 pixels." in text
    assert "18 images of 6 × 6 pixels" in text


def test_pixels_as_lists_are_kept() -> None:
    parts = {"noisy": NOISY, "clean": CLEAN, "cleaned": MADE}
    found = pd.DataFrame({name: [each.tolist() for each in images] for name, images in parts.items()})
    assert "20 images of 6 × 6 pixels" in said(page(PAGE, saved(found)))


def test_nothing_that_can_be_compared_is_said() -> None:
    found = table()
    found["cleaned"] = [png(np.zeros((4, 4), np.uint8))] * 20
    assert "No row has readable images of one size" in said(page(PAGE, saved(found)))


def test_other_evaluations_are_told_why() -> None:
    assert "This page compares images that a model made" in said(page(PAGE, "sample-mnist-5-small"))
    assert "There are no cases to look at" in said(page("pages/decide/errors.py", "sample-mnist-denoising"))


def test_the_sample_has_two_models() -> None:
    app = page(PAGE, "sample-mnist-denoising", m="cleaned_median")
    assert tiles(app)["Mean absolute error"] == "48.7"
    assert tiles(app)["The input as it came"] == "45.7"
