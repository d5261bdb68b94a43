"""What people say of a file, in a real browser: an answer with its figures and rows in sight, and names."""

from __future__ import annotations

import numpy as np
import pandas as pd
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.waiting import address, expect_never, expect_no_wider, reading

rng = np.random.default_rng(3)
N = 300
JAIL = (rng.random(N) < 0.4).astype(int)
MOVED = np.where(rng.random(N) < 0.3, 1 - JAIL, JAIL)
TWO_TRUTHS = pd.DataFrame(
    {
        "id": range(N),
        "jailed": JAIL,
        "moved": MOVED,
        "decile_score": np.clip((3 + 3 * JAIL + rng.normal(size=N)).round(), 1, 10),
    }
)
TWO_MODELS = pd.DataFrame(
    {
        "label": JAIL,
        **{f"clf{k}_prob": np.clip(0.3 * JAIL + 0.6 * rng.random(N), 0, 1).round(4) for k in (1, 2)},
    }
)


def open_file(page: OpenPage, name: str, table: pd.DataFrame, **options: str) -> Page:
    tab = page("/data", **options)
    drop(tab, name, table)
    return tab


def drop(tab: Page, name: str, table: pd.DataFrame) -> None:
    file = {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": table.to_csv(index=False).encode()}
    tab.locator("input[type=file]").set_input_files([file])
    expect(tab.get_by_role("heading", name=name).first).to_be_visible()


def option(tab: Page, words: str) -> Locator:
    """The card of one answer."""
    return tab.get_by_test_id("stVerticalBlock").filter(has=tab.get_by_text(words)).last


@reading
def example_rows(card: Locator) -> list[str]:
    return [each.split("\t")[0] for each in card.locator("tbody tr").all_inner_texts()]


def test_a_question_is_answered_by_its_figures_and_remembered(page: OpenPage) -> None:
    tab = open_file(page, "first quarter", TWO_TRUTHS)
    expect(tab.get_by_text("Which column is the truth?")).to_be_visible()
    taken, other = option(tab, "The truth is in “jailed”"), option(tab, "The truth is in “moved”")
    expect(taken).to_contain_text(f"of {N} cases are “1”")
    expect(other).to_contain_text("ROC AUC")
    first = example_rows(taken).fits(lambda rows: len(rows) == 3)
    example_rows(other).becomes(first)
    other.get_by_role("button", name="Take this instead").click()
    expect(tab.get_by_text("Which column is the truth?")).to_have_count(0)
    expect(tab.get_by_text(f"{N} cases, {MOVED.sum()} of them “1”")).to_be_visible()
    drop(tab, "second quarter", TWO_TRUTHS.iloc[:200])
    expect(tab.get_by_text("You answered for files with these columns")).to_be_visible()
    expect(tab.get_by_text(f"200 cases, {MOVED[:200].sum()} of them “1”")).to_be_visible()
    tab.get_by_role("button", name="Ask me again").click()
    expect(tab.get_by_text("Which column is the truth?")).to_be_visible()


def test_a_question_fits_a_phone(page: OpenPage) -> None:
    tab = open_file(page, "by phone", TWO_TRUTHS, viewport="phone")
    expect(tab.get_by_role("button", name="Take this instead")).to_be_visible()
    expect_no_wider(tab)


def test_names_are_seen_by_whoever_has_the_link(page: OpenPage) -> None:
    tab = open_file(page, "two models", TWO_MODELS)
    tab.get_by_text("Name the classes and models").click()
    tab.get_by_label("1", exact=True).fill("malignant <img src=x onerror='window.ran=1'>")
    tab.get_by_placeholder("clf2_prob").fill("Random forest")
    tab.get_by_role("button", name="Keep these names").click()
    expect(tab.get_by_text("The names are kept")).to_be_visible()
    link = address(tab).fits(lambda url: "e=" in url).partition("?")[2]
    second = page(f"/?{link}")
    matrix = second.locator(".op-explorer[data-threshold]")
    expect(matrix).to_contain_text("malignant <img")
    expect(second.get_by_text("clf1_prob", exact=True)).to_be_visible()
    second.get_by_test_id("stSelectbox").filter(has_text="Model").first.click()
    second.get_by_role("option", name="Random forest").click()
    expect(second.get_by_text("Model: Random forest")).to_be_visible()
    expect_never(second, "window.ran")
    second.get_by_role("link", name="Data").click()
    second.get_by_role("button", name="Names as in the file").click()
    expect(second.get_by_text("All names are as in the file.")).to_be_visible()
    tab.reload()
    expect(tab.get_by_text("of them “malignant")).to_be_visible()
