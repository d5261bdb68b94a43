"""The threshold page in a real browser: every number on screen against scikit-learn's at that threshold."""

from __future__ import annotations

import io
import re

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    confusion_matrix,
    f1_score,
    matthews_corrcoef,
    precision_score,
    recall_score,
    roc_auc_score,
)

from tests.browser.conftest import OpenPage

rng = np.random.default_rng(5)
TRUTH = (rng.random(900) < 0.3).astype(int)
SCORE = np.clip(rng.normal(0.35 + 0.3 * TRUTH, 0.18), 0, 1).round(4)
TABLE = pd.DataFrame({"image": [f"img_{i:04d}.png" for i in range(900)], "label": TRUTH, "prob": SCORE})
RATES = {
    "accuracy": accuracy_score,
    "precision": precision_score,
    "recall": recall_score,
    "f1": f1_score,
    "balanced_accuracy": balanced_accuracy_score,
    "matthews_corrcoef": matthews_corrcoef,
}


def csv() -> bytes:
    buffer = io.StringIO()
    TABLE.to_csv(buffer, index=False)
    return buffer.getvalue().encode()


def explorer(page: Page) -> Locator:
    root = page.locator(".op-explorer[data-threshold]")
    root.wait_for(timeout=30_000)
    return root


def threshold(page: Page) -> float:
    return float(explorer(page).get_attribute("data-threshold") or "nan")


def cell(page: Page, name: str) -> float:
    return float(page.locator(f"[data-cell='{name}']").get_attribute("data-value") or "nan")


def check_numbers(page: Page) -> float:
    """Compare what is on screen with scikit-learn at the threshold on screen."""
    now = threshold(page)
    called = (now <= SCORE).astype(int)
    expected = confusion_matrix(TRUTH, called, labels=[0, 1]).ravel()
    assert [cell(page, name) for name in ("tn", "fp", "fn", "tp")] == expected.tolist()
    for name, metric in RATES.items():
        shown = page.locator(f"[data-metric='{name}']").get_attribute("data-value")
        assert float(shown or "nan") == pytest.approx(metric(TRUTH, called), abs=1e-12), name
    return now


def upload(page: Page, name: str = "predictions.csv", content: bytes | None = None) -> None:
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": content or csv()}]
    )
    page.get_by_text("is open. Check what was recognised").wait_for(timeout=30_000)


def open_upload(page: OpenPage, **options: str) -> Page:
    tab = page("/data", **options)
    upload(tab)
    tab.get_by_role("button", name="Move the threshold").click()
    explorer(tab)
    return tab


def drag(page: Page, target: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None

    def place(at: tuple[float, float]) -> tuple[float, float]:
        return box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"]

    page.mouse.move(*place(start))
    page.mouse.down()
    page.mouse.move(*place(end), steps=12)
    page.mouse.up()


def test_upload_drag_and_reload(page: OpenPage) -> None:
    tab = open_upload(page)
    assert check_numbers(tab) == 0.5
    roc = tab.locator("[data-op='roc-figure']").get_attribute("data-value")
    assert float(roc or "nan") == pytest.approx(roc_auc_score(TRUTH, SCORE), abs=1e-12)
    pr = tab.locator("[data-op='pr-figure']").get_attribute("data-value")
    assert float(pr or "nan") == pytest.approx(average_precision_score(TRUTH, SCORE), abs=1e-12)

    histogram = tab.locator("[data-op='histogram-plot'] svg")
    drag(tab, histogram, (0.5, 0.5), (0.7, 0.5))
    first = check_numbers(tab)
    assert 0.6 < first < 0.8
    tab.wait_for_url(re.compile(rf"t={re.escape(repr(first))}"))
    expect(tab.get_by_label("Threshold", exact=True)).to_have_value(f"{first:g}")

    for name in ("roc", "pr"):
        handle = tab.locator(f"[data-op='{name}-plot'] circle.op-point")
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        assert box is not None
        tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        tab.mouse.down()
        tab.mouse.move(box["x"] + 60, box["y"] + 10, steps=8)
        tab.mouse.up()
        assert check_numbers(tab) != first

    last = threshold(tab)
    tab.wait_for_url(re.compile(rf"t={re.escape(repr(last))}"))
    link = tab.url
    tab.reload()
    assert check_numbers(tab) == last

    colleague = page("/" + link.split("/", 3)[3])
    assert check_numbers(colleague) == last


def test_keyboard_alone(page: OpenPage) -> None:
    tab = open_upload(page)
    slider = tab.get_by_role("slider", name="Decision threshold")
    slider.focus()
    seen = [threshold(tab)]
    for key, moves in (("ArrowRight", 1), ("ArrowLeft", -1), ("PageUp", 1), ("PageDown", -1)):
        tab.keyboard.press(key)
        tab.wait_for_timeout(80)
        seen.append(check_numbers(tab))
        assert (seen[-1] - seen[-2]) * moves > 0, key
    tab.keyboard.press("Home")
    tab.wait_for_timeout(80)
    assert cell(tab, "tn") == 0
    assert cell(tab, "fn") == 0
    tab.keyboard.press("End")
    tab.wait_for_timeout(80)
    assert cell(tab, "tp") == 0
    assert cell(tab, "fp") == 0
    assert "recall" in (slider.get_attribute("aria-valuetext") or "")


def test_typed_threshold_moves_the_pictures(page: OpenPage) -> None:
    tab = open_upload(page)
    box = tab.get_by_label("Threshold", exact=True)
    box.fill("0.4321")
    box.press("Enter")
    expect(explorer(tab)).to_have_attribute("data-threshold", "0.4321")
    check_numbers(tab)


def test_a_jump_a_pin_and_the_cases(page: OpenPage) -> None:
    tab = open_upload(page)
    tab.get_by_role("button", name="Pin this point").click()
    tab.locator("[data-rule='max_f1']").click()
    best = check_numbers(tab)
    grid = np.unique(SCORE)
    assert f1_score(TRUTH, best <= SCORE) == pytest.approx(
        max(f1_score(TRUTH, each <= SCORE) for each in grid)
    )
    expect(tab.get_by_role("button", name="Unpin 0.5")).to_be_visible()
    expect(tab.locator("[data-cell='tp'] .op-cell-detail")).to_contain_text("to pinned")
    tab.locator("[data-cell='fn']").click()
    missed = int(((best > SCORE) & (TRUTH == 1)).sum())
    expect(tab.get_by_role("button", name=f"Download all {missed}")).to_be_visible()
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name=f"Download all {missed}").click()
    rows = pd.read_csv(waiting.value.path())
    assert len(rows) == missed
    assert (rows["label"] == 1).all()
    assert (rows["prob"] < best).all()
    tab.reload()
    expect(tab.get_by_role("button", name="Unpin 0.5")).to_be_visible()


def test_the_matrix_as_shares(page: OpenPage) -> None:
    tab = open_upload(page)
    tab.get_by_role("radio", name="Row").click()
    tp, fn = cell(tab, "tp"), cell(tab, "fn")
    expect(tab.locator("[data-cell='tp'] .op-cell-value")).to_have_text(f"{100 * tp / (tp + fn):.1f} %")


def test_no_message_to_the_server_while_dragging(page: OpenPage) -> None:
    tab = open_upload(page)
    tab.wait_for_timeout(1500)
    tab.evaluate(
        """() => { window.sent = 0; const plain = WebSocket.prototype.send;
        WebSocket.prototype.send = function (...all) { window.sent += 1; return plain.apply(this, all); }; }"""
    )
    box = tab.locator("[data-op='histogram-plot'] svg").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    tab.mouse.move(box["x"] + 0.3 * box["width"], middle)
    tab.mouse.down()
    tab.mouse.move(box["x"] + 0.8 * box["width"], middle, steps=40)
    assert tab.evaluate("window.sent") == 0
    tab.mouse.up()
    tab.wait_for_timeout(1500)
    assert tab.evaluate("window.sent") == 1


def test_dark_and_phone(page: OpenPage) -> None:
    tab = open_upload(page, viewport="phone", color_scheme="dark")
    expect(explorer(tab)).to_have_attribute("data-theme", "dark")
    check_numbers(tab)
    wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "nothing is wider than the phone"


def test_text_from_a_file_is_never_markup(page: OpenPage) -> None:
    table = TABLE.assign(label=np.where(TRUTH == 1, "<img src=x onerror=window.hacked=1>", "**no** `x` $a$"))
    tab = page("/data")
    upload(tab, "a_[b](http://evil)_<i>.csv", table.to_csv(index=False).encode())
    tab.get_by_role("button", name="Move the threshold").click()
    explorer(tab)
    assert tab.evaluate("window.hacked") is None
    assert tab.locator("img[src='x']").count() == 0
    expect(tab.locator("[data-op='sentence']")).to_contain_text("<img src=x onerror=window.hacked=1>")
