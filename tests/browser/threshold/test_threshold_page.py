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
from tests.browser.waiting import (
    SentMessages,
    address,
    attribute,
    expect_never,
    expect_no_wider,
    number,
    reading,
    resting_box,
    wait_for_frames,
    wait_for_rest,
)

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
    root.wait_for()
    return root


@reading
def threshold(page: Page) -> float:
    return number(explorer(page), "data-threshold").once()


@reading
def cells(page: Page, *names: str) -> list[float]:
    return [number(page.locator(f"[data-cell='{name}']")).once() for name in names]


@reading
def checked(page: Page) -> float:
    """Compare what is on screen with scikit-learn at the threshold on screen; return that."""
    now = threshold(page).once()
    called = (now <= SCORE).astype(int)
    expected = confusion_matrix(TRUTH, called, labels=[0, 1]).ravel()
    assert cells(page, "tn", "fp", "fn", "tp").once() == expected.tolist()
    for name, metric in RATES.items():
        shown = number(page.locator(f"[data-metric='{name}']")).once()
        assert shown == pytest.approx(metric(TRUTH, called), abs=1e-12), name
    return now


def upload(page: Page, name: str = "predictions.csv", content: bytes | None = None) -> None:
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": content or csv()}]
    )
    page.get_by_text("understood as").first.wait_for()
    wait_for_rest(page)


def open_upload(page: OpenPage, **options: str) -> Page:
    tab = page("/data", **options)
    upload(tab)
    explorer(tab)
    return tab


def drag(page: Page, target: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    box = resting_box(target)

    def place(at: tuple[float, float]) -> tuple[float, float]:
        return box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"]

    page.mouse.move(*place(start))
    page.mouse.down()
    page.mouse.move(*place(end), steps=12)
    page.mouse.up()
    wait_for_frames(page)


@reading
def in_the_link(tab: Page) -> float:
    """The threshold on screen, once the link carries it: the server has heard."""
    now, link = threshold(tab).once(), address(tab).once()
    assert re.search(rf"[?&]t={re.escape(repr(now))}(&|$)", link), f"{now} is not in {link}"
    return now


def test_upload_drag_and_reload(page: OpenPage) -> None:
    tab = open_upload(page)
    checked(tab).becomes(0.5)
    roc = pytest.approx(roc_auc_score(TRUTH, SCORE), abs=1e-12)
    number(tab.locator("[data-op='roc-figure']")).becomes(roc)
    pr = pytest.approx(average_precision_score(TRUTH, SCORE), abs=1e-12)
    number(tab.locator("[data-op='pr-figure']")).becomes(pr)

    histogram = tab.locator("[data-op='histogram-plot'] svg")
    drag(tab, histogram, (0.5, 0.5), (0.7, 0.5))
    checked(tab).fits(lambda now: 0.6 < now < 0.8)
    first = in_the_link(tab).fits(lambda now: 0.6 < now < 0.8)
    expect(tab.get_by_label("Threshold", exact=True)).to_have_value(f"{first:g}")

    for name in ("roc", "pr"):
        handle = tab.locator(f"[data-op='{name}-plot'] circle.op-point")
        before = checked(tab).fits()
        box = resting_box(handle)
        tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        tab.mouse.down()
        tab.mouse.move(box["x"] + 60, box["y"] + 10, steps=8)
        tab.mouse.up()
        wait_for_frames(tab)
        checked(tab).fits(lambda now, before=before: now != before)

    last = in_the_link(tab).fits()
    link = address(tab).fits(lambda url: "t=" in url)
    tab.reload()
    checked(tab).becomes(last)

    colleague = page("/" + link.split("/", 3)[3])
    checked(colleague).becomes(last)


def test_keyboard_alone(page: OpenPage) -> None:
    tab = open_upload(page)
    slider = tab.get_by_role("slider", name="Decision threshold")
    slider.focus()
    before = checked(tab).becomes(0.5)
    for key, moves in (("ArrowRight", 1), ("ArrowLeft", -1), ("PageUp", 1), ("PageDown", -1)):
        tab.keyboard.press(key)
        before = checked(tab).fits(lambda now, was=before, moves=moves: (now - was) * moves > 0)
    tab.keyboard.press("Home")
    cells(tab, "tn", "fn").becomes([0, 0])
    tab.keyboard.press("End")
    cells(tab, "tp", "fp").becomes([0, 0])
    attribute(slider, "aria-valuetext").fits(lambda words: "recall" in words)


def test_typed_threshold_moves_the_pictures(page: OpenPage) -> None:
    tab = open_upload(page)
    box = tab.get_by_label("Threshold", exact=True)
    box.fill("0.4321")
    box.press("Enter")
    checked(tab).becomes(0.4321)


def test_a_jump_a_pin_and_the_cases(page: OpenPage) -> None:
    tab = open_upload(page)
    tab.get_by_role("button", name="Pin this point").click()
    address(tab).fits(lambda url: "pin=0.5" in url)
    tab.locator("[data-rule='max_f1']").click()
    most = pytest.approx(max(f1_score(TRUTH, each <= SCORE) for each in np.unique(SCORE)))
    best = checked(tab).fits(lambda now: f1_score(TRUTH, now <= SCORE) == most)
    expect(tab.locator("[data-op='pin']")).to_have_text("Unpin 0.5")
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
    expect(tab.locator("[data-op='pin']")).to_have_text("Unpin 0.5")


def test_the_matrix_as_shares(page: OpenPage) -> None:
    tab = open_upload(page)
    tab.get_by_role("radio", name="Row").click()
    called = SCORE >= 0.5
    tp, fn = ((TRUTH == 1) & called).sum(), ((TRUTH == 1) & ~called).sum()
    expect(tab.locator("[data-cell='tp'] .op-cell-value")).to_have_text(f"{100 * tp / (tp + fn):.1f} %")


def test_no_message_to_the_server_while_dragging(page: OpenPage) -> None:
    tab = open_upload(page)
    checked(tab).becomes(0.5)
    sent = SentMessages(tab)
    box = resting_box(tab.locator("[data-op='histogram-plot'] svg"))
    middle = box["y"] + box["height"] / 2
    tab.mouse.move(box["x"] + 0.3 * box["width"], middle)
    tab.mouse.down()
    tab.mouse.move(box["x"] + 0.8 * box["width"], middle, steps=40)
    checked(tab).fits(lambda now: now > 0.6)
    sent.none_so_far()
    tab.mouse.up()
    sent.just(1)


def test_the_curves_that_are_looked_at_are_drawn_and_follow(page: OpenPage) -> None:
    tab = open_upload(page)
    charts = tab.locator(".js-plotly-plot:visible")
    titles = charts.locator(".gtitle")
    expect(titles.filter(has_text="Rates at every threshold")).to_be_visible()
    tab.get_by_role("tab", name="Gain and lift").click()
    for title in ("Cumulative gain", "Lift"):
        expect(titles.filter(has_text=title)).to_be_visible()
    box = tab.get_by_label("Threshold", exact=True)
    box.fill("0.4321")
    box.press("Enter")
    checked(tab).becomes(0.4321)
    expect(tab.get_by_role("tab", name="Gain and lift")).to_have_attribute("aria-selected", "true")
    for title in ("Cumulative gain", "Lift"):
        expect(titles.filter(has_text=title)).to_be_visible()


def test_dark_and_phone(page: OpenPage) -> None:
    tab = open_upload(page, viewport="phone", color_scheme="dark")
    expect(explorer(tab)).to_have_attribute("data-theme", "dark")
    checked(tab).becomes(0.5)
    expect_no_wider(tab)


def test_text_from_a_file_is_never_markup(page: OpenPage) -> None:
    table = TABLE.assign(label=np.where(TRUTH == 1, "<img src=x onerror=window.hacked=1>", "**no** `x` $a$"))
    tab = page("/data")
    content = {
        "name": "a_[b](http://evil)_<i>.csv",
        "mimeType": "text/csv",
        "buffer": table.to_csv(index=False).encode(),
    }
    tab.locator("input[type=file]").set_input_files([content])
    # Which class the threshold decides for is asked in the file's own words.
    expect(tab.get_by_text("Which class should the threshold decide for?").first).to_be_visible()
    tab.get_by_role("link", name="Threshold").click()
    explorer(tab)
    expect(tab.locator("[data-op='sentence']")).to_contain_text("<img src=x onerror=window.hacked=1>")
    expect_never(tab, "window.hacked")
    expect(tab.locator("img[src='x']")).to_have_count(0)
