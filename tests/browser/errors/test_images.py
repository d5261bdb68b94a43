"""Averages of images, and images as outputs, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage


def expect_pictures(tab: Page, count: int) -> None:
    """Wait until so many pictures that the server made have come, each of a size to be seen."""
    tab.wait_for_function(
        """count => {
            const all = [...document.querySelectorAll('[data-testid="stImage"] img')];
            return all.length === count && all.every((one) => one.complete && one.naturalWidth > 100);
        }""",
        arg=count,
    )


def test_the_mean_image_comes_when_it_is_asked_for(page: OpenPage) -> None:
    tab = page("/errors?e=sample-mnist-test&actual=4&called=9")
    tab.locator(".og-tile").first.wait_for()
    expect(tab.get_by_text("Mean image", exact=True)).to_have_count(0)
    tab.get_by_text("Mean image, most typical and most atypical cases").click()
    expect(tab.get_by_text("Mean image", exact=True)).to_be_visible()
    expect(tab.locator(".og-grid")).to_have_count(3)
    expect_pictures(tab, 1)
    # The galleries of a few pictures have no pages to turn.
    expect(tab.locator(".og-bar:visible")).to_have_count(0)


def test_images_as_outputs_follow_the_threshold(page: OpenPage) -> None:
    tab = page("/outputs?e=sample-mnist-denoising", color_scheme="dark")
    expect(tab.get_by_text(re.compile(r"^Row \d+: off by"))).to_have_count(8)
    expect_pictures(tab, 9)  # eight cases, and the scale of differences
    recall = tab.get_by_test_id("stMetric").filter(has_text="Recall").get_by_test_id("stMetricValue")
    expect(recall).to_have_text("59.1 %")
    slider = tab.get_by_role("slider")
    slider.focus()
    slider.press("ArrowLeft")
    expect(tab).to_have_url(re.compile(r"[?&]t=127"))
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    expect(tab.get_by_label("Threshold", exact=True)).to_have_value("125")
    tab.get_by_label("Threshold", exact=True).fill("64")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"[?&]t=64"))
    # From darker pixels on more of the ink is caught.
    expect(recall).to_have_text("69.1 %")
    tab.get_by_text("Open all pixels on the Threshold page").click()
    tab.get_by_text("Confusion matrix").first.wait_for()
    expect(tab.get_by_label("Threshold", exact=True)).to_have_value("64")
