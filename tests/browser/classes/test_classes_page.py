"""The Classes page in a real browser: the live matrix, the images behind its cells, the policy that moves."""

from __future__ import annotations

import io
import re
from functools import cache

import numpy as np
import pandas as pd
from playwright.sync_api import Locator, Page, expect

from evalcore import numbers
from tests.browser.app_process import ROOT
from tests.browser.conftest import OpenPage
from tests.browser.waiting import (
    SentMessages,
    address,
    attribute,
    expect_no_wider,
    number,
    reading,
    resting_box,
    text_of,
    wait_for_frames,
)


@cache
def digits() -> tuple[np.ndarray, np.ndarray]:
    """The truth and the probabilities of the MNIST test sample."""
    table = pd.read_parquet(ROOT / "sample_data/mnist_test.parquet")
    return table["actual"].to_numpy(), table[[f"network_prob_{digit}" for digit in range(10)]].to_numpy()


def matrix(page: Page) -> Locator:
    """The one matrix of the page."""
    found = page.locator(".om-matrix")
    expect(found).to_have_attribute("data-drawn", re.compile(r"\d"))
    return found


def cell_place(canvas: Locator, row: int, column: int, many: int = 10) -> tuple[float, float]:
    """Where a cell of the whole matrix lies on the screen, by the picture's own plan."""
    box = resting_box(canvas)
    plan = attribute(canvas, "data-plot").fits(lambda words: len(words.split()) == 4)
    left, top, wide, high = map(float, plan.split())
    return box["x"] + left + (column + 0.5) * wide / many, box["y"] + top + (row + 0.5) * high / many


def test_a_click_on_a_cell_shows_its_images(page: OpenPage) -> None:
    tab = page("/classes?e=sample-mnist-test")
    truth, said = digits()
    count = int(((truth == 7) & (said.argmax(axis=1) == 2)).sum())
    canvas = matrix(tab).locator("canvas")
    tab.mouse.move(*cell_place(canvas, 7, 2))
    share = count / (truth == 7).sum()
    expect(tab.locator(".om-tip").first).to_contain_text(
        f"{count} of {(truth == 7).sum():,} “7” were called “2” ({numbers.share(share)})"
    )
    tab.mouse.click(*cell_place(canvas, 7, 2))
    expect(tab.get_by_text(f"{count} cases, the surest calls first: actual 7, called 2")).to_be_visible()
    expect(tab.locator(".og-tile")).to_have_count(count)
    expect(tab.locator(".og-tile").first).to_contain_text("called 2")
    expect(tab.locator(".og-tile").first).to_contain_text("is 7")

    tab.get_by_role("button", name="Open these on the Errors page").click()
    tab.get_by_role("heading", name="Errors").wait_for()
    expect(tab).to_have_url(re.compile(r"actual=7"))
    expect(tab).to_have_url(re.compile(r"called=2"))
    expect(tab.locator(".og-tile")).to_have_count(count)
    there = address(tab).fits(lambda url: "actual=7" in url and "called=2" in url)
    again = page("/" + there.split("/", 3)[3])
    expect(again.locator(".og-tile")).to_have_count(count)


@reading
def policy_share(tab: Page) -> float:
    """Compare what is on screen with the sample at the least certainty that is said; return the share decided."""
    policy = matrix(tab)
    sentence = text_of(policy.locator(".om-said")).once()
    found = re.search(r"at least ([\d.]+)\.$", sentence)
    truth, said = digits()
    sure = said.max(axis=1)
    decided = sure >= said.dtype.type(found[1] if found else "-inf")

    def shown(name: str) -> float:
        return number(policy.locator(f"[data-figure='{name}']")).once()

    assert abs(shown("coverage") - decided.mean()) < 1e-12
    assert abs(shown("accuracy") - (said.argmax(axis=1) == truth)[decided].mean()) < 1e-12
    assert shown("undecided") == (~decided).sum()
    return float(decided.mean())


def test_the_policy_follows_the_slider_and_python_hears_once(page: OpenPage) -> None:
    tab = page("/classes?e=sample-mnist-test")
    policy = matrix(tab)
    policy_share(tab).becomes(1.0)
    curve = policy.locator(".om-svg")
    curve.scroll_into_view_if_needed()
    sent = SentMessages(tab)
    box = resting_box(curve)
    tab.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 60)
    tab.mouse.down()
    seen = [1.0]
    for share in (0.8, 0.6, 0.7, 0.85):
        tab.mouse.move(box["x"] + box["width"] * share, box["y"] + 60, steps=4)
        wait_for_frames(tab)
        # Where the pointer is, give or take the steps of the policy and the frame of the curve.
        here = policy_share(tab).fits(
            lambda decided, share=share: decided not in seen and abs(decided - share) < 0.12
        )
        seen.append(here)
    sent.none_so_far()
    tab.mouse.up()
    tab.wait_for_url(re.compile(r"[?&]sure=0\.\d+"))
    sent.just(1)
    policy_share(tab).becomes(seen[-1])

    tab.get_by_label("Share of cases that are decided").press("ArrowLeft")
    policy_share(tab).fits(lambda decided: decided < seen[-1])

    tab.get_by_text("Leave unsure cases to a person").click()
    tab.get_by_role("button", name="Decide every case").click()
    expect(policy.locator("[data-figure='undecided']")).to_have_text("0")
    tab.wait_for_url(re.compile(r"^[^?]*\?(?!.*sure=)"))
    policy_share(tab).becomes(1.0)
    tab.get_by_role("spinbutton", name="Least certainty").fill("0.9")
    tab.get_by_role("spinbutton", name="Least certainty").press("Enter")
    expect(policy.locator(".om-said")).not_to_contain_text("Every case")
    policy_share(tab).fits(lambda decided: 0.5 < decided < 1)


def test_a_thousand_classes(page: OpenPage) -> None:
    rng = np.random.default_rng(2)
    names = np.array([f"kind {i:03d}" for i in range(1000)])
    truth = rng.permutation(np.arange(3000) % 1000)
    called = np.where(rng.random(3000) < 0.8, truth, rng.integers(0, 1000, 3000))
    table = pd.DataFrame(
        {"actual": names[truth], "predicted": names[called], "confidence": rng.random(3000).round(4)}
    )
    buffer = io.StringIO()
    table.to_csv(buffer, index=False)
    tab = page("/data", viewport="phone", color_scheme="dark")
    content = {"name": "kinds.csv", "mimeType": "text/csv", "buffer": buffer.getvalue().encode()}
    tab.locator("input[type=file]").set_input_files([content])  # type: ignore[list-item]
    first = matrix(tab)  # an upload leads to what shows it
    expect(tab.get_by_text("970 classes are folded into “other”")).to_be_visible()
    tab.get_by_label("Classes shown").click()
    tab.get_by_role("option", name="All 1,000").click()
    expect(tab.get_by_text("970 classes are folded into “other”")).to_have_count(0)
    expect(first).to_have_attribute("data-shown", "1000")
    first.get_by_label("Find a class in the matrix").fill("kind 777")
    right = int(((truth == 777) & (called == 777)).sum())
    expect(first.locator(".om-words")).to_contain_text(
        f"“kind 777”: 3 cases, {(called == 777).sum()} calls, {right} right."
    )
    expect_no_wider(tab)
