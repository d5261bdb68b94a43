"""The Errors page in a real browser: images of the MNIST samples, a zip of images, hostile cells."""

from __future__ import annotations

import base64
import io
import re
import zipfile

import numpy as np
import pandas as pd
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.app_process import ROOT
from tests.browser.conftest import OpenPage
from tests.browser.waiting import expect_loaded, expect_never, text_of


def tiles(page: Page) -> Locator:
    found = page.locator(".og-tile")
    found.first.wait_for()
    return found


def test_the_images_behind_a_cell(page: OpenPage) -> None:
    tab = page("/errors?e=sample-mnist-5-images&cell=False+negatives")
    expect(tiles(tab)).to_have_count(60)
    expect(tab.locator(".og-where").first).to_have_text("1–60 of 107")
    # Those on the screen; the others come as they are scrolled to.
    expect_loaded(tiles(tab).locator("img"), 12, at_least=True)
    first = tiles(tab).first
    expect(first).to_contain_text("called not 5")
    expect(first).to_contain_text("is 5")

    first.click()
    detail = tab.locator(".og-detail")
    expect(detail.locator("dl")).to_contain_text("random_forest_probability")
    table = pd.read_parquet(ROOT / "sample_data/mnist_5_images.parquet")
    missed = table[(table["actual"] == "5") & (table["sgd_decision_score"] < 0)]
    worst = missed["sgd_decision_score"].idxmin()
    expect(detail).to_contain_text(f"Row {worst + 1:,}: wrong")
    detail.get_by_role("button", name="Close").click()
    expect(detail).to_be_hidden()

    tab.get_by_role("button", name="Next").click()
    expect(tab.locator(".og-where").first).to_have_text("61–107 of 107")
    expect(tiles(tab)).to_have_count(47)
    expect(tab.get_by_role("button", name="Next")).to_be_disabled()


def test_from_the_threshold_page_with_the_same_cell(page: OpenPage) -> None:
    tab = page("/?e=sample-mnist-5-images&t=2000&cell=True+positives")
    expect(tiles(tab)).to_have_count(60)
    where = text_of(tab.locator(".og-where").first).fits(lambda words: words.startswith("1–60 of"))
    tab.get_by_role("link", name="Errors").click()
    tab.get_by_role("heading", name="Errors").wait_for()
    expect(tab.locator(".og-where").first).to_have_text(where)
    expect(tab).to_have_url(re.compile(r"[?&]t=2000"))


def test_one_class_taken_for_another(page: OpenPage) -> None:
    tab = page("/errors?e=sample-mnist-test&actual=4&called=9")
    table = pd.read_parquet(ROOT / "sample_data/mnist_test.parquet")
    called = table[[f"network_prob_{digit}" for digit in range(10)]].to_numpy().argmax(axis=1)
    count = int(((table["actual"] == 4) & (called == 9)).sum())
    expect(tiles(tab)).to_have_count(count)
    expect_loaded(tiles(tab).locator("img"), count)


def png(shade: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.full((40, 40, 3), shade, dtype=np.uint8)).save(file, "PNG")
    return file.getvalue()


def upload(tab: Page, *files: tuple[str, bytes]) -> None:
    given = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files
    ]
    tab.locator("input[type=file]").set_input_files(given)  # type: ignore[arg-type]
    tab.get_by_text("understood as").first.wait_for()  # on the page that the upload led to
    tab.get_by_role("link", name="Errors").click()
    # That page has such tiles too.
    expect(tab.get_by_role("heading", name="Errors")).to_be_visible()


def cases(images: list[str]) -> bytes:
    rows = len(images)
    table = pd.DataFrame(
        {"image": images, "label": [0, 1] * (rows // 2), "prob": np.linspace(0.95, 0.55, rows)}
    )
    return table.to_csv(index=False).encode()


def test_a_zip_of_images(page: OpenPage) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for i in range(40):
            archive.writestr(f"photos/{i}.png", png(6 * i))
    tab = page("/data")
    upload(tab, ("cases.csv", cases([f"{i}.png" for i in range(40)])), ("photos.zip", file.getvalue()))
    expect(tiles(tab)).to_have_count(20)  # every second one is a false alarm
    expect_loaded(tiles(tab).locator("img"), 20)


def test_what_a_file_says_is_never_run(page: OpenPage) -> None:
    hostile = [
        '<img src=x onerror="window.hit=1">',
        "javascript:window.hit=1",
        "data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9IndpbmRvdy5oaXQ9MSIvPg==",
        "data:text/html,<script>window.hit=1</script>",
    ]
    good = f"data:image/png;base64,{base64.b64encode(png(90)).decode()}"
    images = [hostile[i // 2 % 4] if i % 6 == 0 else good for i in range(48)]
    tab = page("/data")
    upload(tab, ("cases.csv", cases(images)))
    expect(tiles(tab)).to_have_count(24)
    expect_loaded(tiles(tab).locator("img"), 16)
    expect(tab.locator(".og-grey")).to_have_count(8)
    tiles(tab).first.click()
    tab.locator(".og-detail dl").wait_for()
    expect_never(tab, "window.hit")
