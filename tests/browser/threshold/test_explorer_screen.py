"""The explorer as people meet it: what is seen at once, what it says, and what a finger, a key or a click does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from evalcore import numbers
from pages.ui.live.explorer import MODULES, joined_script
from tests.browser.conftest import OpenPage
from tests.browser.waiting import (
    address,
    attribute,
    computed,
    number,
    reading,
    resting_box,
    text_of,
    wait_for_frames,
    wait_for_rest,
)

START = "/?e=sample-mnist-5"
PICTURES = ("histogram", "matrix", "roc", "pr", "rates")


def opened(page: OpenPage, path: str = START, *, size: tuple[int, int] | None = None, **options: str) -> Page:
    tab = page(path, **options)
    if size:
        tab.set_viewport_size({"width": size[0], "height": size[1]})
    tab.locator(".op-explorer[data-threshold]").wait_for()
    return tab


@reading
def box_of(target: Locator) -> FloatRect:
    box = target.bounding_box()
    assert box is not None, "it has no place"
    return box


@reading
def scrolled(tab: Page) -> float:
    return float(tab.get_by_test_id("stMain").evaluate("main => main.scrollTop"))


@reading
def picture_in_its_card(tab: Page, name: str) -> None:
    """Assert that a picture is large enough to read and ends within its plot and its card."""
    plot_part = tab.locator(f"[data-op='{name}-plot']")
    parts = (tab.locator(f"[data-op='{name}']"), plot_part, plot_part.locator("svg"))
    card, plot, picture = (box_of(part).once() for part in parts)
    assert picture["height"] >= 120, name
    assert picture["width"] <= plot["width"] + 1, name
    assert picture["y"] + picture["height"] <= card["y"] + card["height"], name


@reading
def readout_as_said(tab: Page) -> str:
    """The threshold beside the hand, which is the one that is said."""
    readout = text_of(tab.locator("[data-op='readout']")).once()
    assert readout == text_of(tab.locator("[data-slot='threshold']")).once()
    return readout


@reading
def line_between_words(tab: Page, key: str) -> None:
    """Assert that the line crosses no words, and that the words on its two sides do not meet."""
    line = box_of(tab.locator(".op-cut-line")).once()
    for each in tab.locator("[data-field], .op-cut-label").all():
        words = box_of(each).once()
        # A word's box is larger than its letters by the halo around them.
        top, bottom = words["y"] + 4, words["y"] + words["height"] - 4
        assert bottom <= line["y"] or line["y"] + line["height"] <= top, (key, each.text_content())
    left, right = (box_of(tab.locator(f"[data-field='{name}']")).once() for name in ("tn", "fp"))
    assert left["x"] + left["width"] < right["x"], key


@reading
def parts_of_a_thousand(tab: Page) -> list[int]:
    said = text_of(tab.locator("[data-op='thousand']")).once()
    found = re.match(
        r"In every 1,000 cases: (\d+) caught, (\d+) false alarms?, (\d+) missed, (\d+) left alone", said
    )
    assert found, said
    return [int(each) for each in found.groups()]


@reading
def negative_to_positive(tab: Page) -> float:
    """How many times as tall the tallest bar of the negative class is as the positive class's."""
    fills = [tab.locator(f"path.op-fill-{name}").all() for name in ("negative", "positive")]
    assert all(fills), "no bars"
    negative, positive = (max(box_of(each).once()["height"] for each in fill) for fill in fills)
    assert positive > 0, "no height"
    return negative / positive


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_all_pictures_are_seen_at_once(page: OpenPage, size: tuple[int, int]) -> None:
    tab = opened(page, size=size)
    for name in PICTURES:
        tab.wait_for_function(
            """([name, height]) => {
                const shadows = [...document.querySelectorAll('*')].map((e) => e.shadowRoot).filter(Boolean);
                const roots = [document, ...shadows];
                const part = roots.map((r) => r.querySelector(`[data-op='${name}']`)).find(Boolean);
                const box = part && part.getBoundingClientRect();
                return box && box.top >= 60 && box.bottom <= height && box.width > 150;
            }""",
            arg=[name, size[1]],
        )
    for name in ("histogram", "roc", "pr"):
        picture_in_its_card(tab, name).fits()


def test_the_pictures_stay_where_they_are_while_the_hand_drags(page: OpenPage) -> None:
    tab = opened(page, size=(1280, 720))
    picture = tab.locator("[data-op='histogram-plot'] svg")
    box = resting_box(picture)
    tab.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    tab.mouse.down()
    for share in (0.2, 0.4, 0.6, 0.8, 0.98):
        tab.mouse.move(box["x"] + share * box["width"], box["y"] + 0.5 * box["height"], steps=3)
        wait_for_frames(tab)
        readout_as_said(tab).fits()
        box_of(picture).becomes(box)
    tab.mouse.up()


@pytest.mark.parametrize("viewport", ["wide", "phone"])
def test_the_line_crosses_no_words(page: OpenPage, viewport: str) -> None:
    tab = opened(page, viewport=viewport)
    slider = tab.get_by_role("slider", name="Decision threshold")
    for key in ("Home", "PageUp", "PageUp", "PageUp", "End", "PageDown"):
        slider.press(key)
        wait_for_frames(tab)
        line_between_words(tab, key).fits()


def test_cells_sentence_and_histogram_use_the_same_words(page: OpenPage) -> None:
    tab = opened(page)
    for cell, word, technical in (
        ("tp", "caught", "true positive"),
        ("fp", "false alarms", "false positive"),
        ("fn", "missed", "false negative"),
        ("tn", "left alone", "true negative"),
    ):
        button = tab.locator(f"[data-cell='{cell}']")
        expect(button.locator(".op-cell-word")).to_have_text(word)
        expect(button.locator(".op-cell-technical")).to_have_text(technical)
        count = numbers.count(number(button).fits(lambda cases: cases > 0))
        expect(tab.locator(f"[data-field='{cell}']")).to_have_text(f"{count} {word}")
        if cell != "tn":
            expect(tab.locator("[data-op='sentence']")).to_contain_text(re.compile(rf"{count} .*{word}"))
        expect(tab.get_by_test_id("stButtonGroup").get_by_text(word.capitalize(), exact=True)).to_be_visible()
    parts_of_a_thousand(tab).fits(lambda parts: sum(parts) == 1000)


def test_an_operating_point_says_what_it_does_and_why(page: OpenPage) -> None:
    tab = opened(page)
    balanced = tab.get_by_role("button", name="Catch and precision balanced (F1)")
    tab.locator("[data-rule='default']").focus()
    tab.keyboard.press("Tab")
    expect(balanced).to_be_focused()
    expect(tab.locator(".op-tooltip")).to_contain_text("The best balance of precision and recall")
    tab.get_by_text("More points").click()
    hidden = tab.locator("[data-rule='youden_j']")
    expect(hidden).to_contain_text("The greatest sum of recall and specificity")
    hidden.click()
    expect(hidden).to_have_attribute("aria-pressed", "true")
    expect(hidden).to_be_hidden()


def test_the_scale_is_said_and_can_be_chosen(page: OpenPage) -> None:
    tab = opened(page)
    legend = tab.locator("[data-op='legend']")
    choice = tab.get_by_label("Height of the bars")
    expect(choice).to_have_value("one")
    expect(legend).to_contain_text("one scale for both")
    # 54,579 against 5,421 cases: on one scale the smaller class is drawn smaller.
    negative_to_positive(tab).fits(lambda times: times > 4)
    choice.select_option("own")
    expect(legend).to_contain_text("heights of the two cannot be compared")
    negative_to_positive(tab).becomes(pytest.approx(1, rel=0.1))
    choice.select_option("log")
    expect(legend).to_contain_text("logarithmic")
    expect(
        tab.locator("[data-op='histogram-plot'] .op-tick-label", has_text=re.compile("^100$")).first
    ).to_be_visible()


def test_a_click_on_a_cell_leads_to_its_cases_and_escape_back(page: OpenPage) -> None:
    tab = opened(page)
    tab.locator("[data-cell='fn']").click()
    expect(tab.get_by_role("heading", name="Cases behind a cell: 1,891 missed")).to_be_in_viewport()
    tab.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 300")
    expect(tab.get_by_role("button", name="Download all 1,891")).to_be_visible()
    expect(tab.locator("[data-op='to-cases']")).to_have_text("See 1,891 missed below ↓")
    tab.keyboard.press("Escape")
    expect(tab.locator("[data-op='sentence']")).to_be_in_viewport()


def test_end_on_the_precision_recall_curve_keeps_the_keyboard(page: OpenPage) -> None:
    tab = opened(page)
    handle = tab.get_by_role("slider", name="Operating point on the precision-recall curve")
    handle.focus()
    tab.keyboard.press("End")
    expect(tab.locator("[data-cell='tp']")).to_have_attribute("data-value", "0")
    expect(handle).to_be_focused()
    tab.keyboard.press("Home")
    expect(tab.locator("[data-cell='fn']")).to_have_attribute("data-value", "0")


@pytest.mark.parametrize(
    "title",
    [
        "Scores by actual class",
        "Confusion matrix",
        "ROC curve",
        "Precision–recall curve",
        "Rates with 95 % intervals",
    ],
)
def test_each_picture_can_be_saved(page: OpenPage, title: str) -> None:
    tab = opened(page)
    for kind, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        tab.get_by_label(f"Save the picture: {title}").click()
        with tab.expect_download() as waiting:
            tab.get_by_role("button", name=f"Save as {kind}").and_(
                tab.locator("details[open] button")
            ).click()
        content = waiting.value.path().read_bytes()
        assert content.startswith(begins)
        if kind == "SVG":
            text = content.decode()
            assert title in text
            assert "3,530 caught" in text.replace("</text><text", " ") or "3,530" in text
            assert "var(--" not in text, "a file has no page to take colours from"
        else:
            assert len(content) > 5000


def touch(tab: Page, points: list[tuple[float, float]]) -> None:
    """Move one finger along points, as the browser's own input: it decides between scrolling and the page."""
    session = tab.context.new_cdp_session(tab)
    for place, (x, y) in enumerate(points):
        kind = "touchStart" if place == 0 else "touchMove"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        wait_for_frames(tab, 1)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def test_a_swipe_scrolls_a_tap_and_a_drag_set(page: OpenPage) -> None:
    tab = opened(page, viewport="phone")
    root = tab.locator(".op-explorer")
    picture = tab.locator("[data-op='histogram-plot'] svg")
    picture.scroll_into_view_if_needed()
    for share in (0.2, 0.5, 0.8):
        box = resting_box(picture)
        before = scrolled(tab).fits()
        x, y = box["x"] + share * box["width"], min(box["y"] + 0.6 * box["height"], 760)
        # The finger rests before it leaves, so that the page does not roll on.
        touch(tab, [(x + step / 8, y - 9 * step) for step in [*range(16), 15, 15, 15]])
        tab.wait_for_function(f"document.querySelector('[data-testid=stMain]').scrollTop > {before + 40}")
        wait_for_frames(tab, 6)
        attribute(root, "data-threshold").becomes("0")  # a swipe never sets the threshold
    box = resting_box(picture)
    y = box["y"] + 0.4 * box["height"]
    touch(tab, [(box["x"] + 0.4 * box["width"], y)])
    tapped = number(root, "data-threshold").fits(lambda now: now != 0)
    # Two touches in a row are a double tap to the browser: the server has heard of the first one by now.
    address(tab).fits(lambda link: re.search(r"[?&]t=", link) is not None)
    wait_for_rest(tab)
    box = resting_box(picture)
    y = box["y"] + 0.4 * box["height"]
    touch(tab, [(box["x"] + (0.4 + 0.02 * step) * box["width"], y + step / 4) for step in range(16)])
    tab.wait_for_function(
        """(before) => [...document.querySelectorAll('*')].map((e) => e.shadowRoot).filter(Boolean)
            .some((r) => Number(r.querySelector('.op-explorer')?.dataset.threshold) > before + 20000)""",
        arg=tapped,
    )


def test_a_summary_stays_in_view_on_a_phone(page: OpenPage) -> None:
    tab = opened(page, viewport="phone")
    summary = tab.locator("[data-op='summary']")
    expect(summary).to_contain_text("3,530 caught")
    tab.locator("[data-op='pr']").scroll_into_view_if_needed()
    tab.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 600")
    expect(summary).to_be_in_viewport(ratio=0.9)
    box_of(summary).fits(lambda box: box["height"] < 80)
    for name in ("fp", "fn", "tn"):
        expect(summary.locator(f".op-summary-{name}")).to_be_visible()


#: Every text of the explorer against what lies behind it, by WCAG's formula.
CONTRAST = """root => {
    const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
    const curve = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const channel = (value) => curve(value / 255);
    const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const mix = (top, under, a) => [0, 1, 2].map((i) => a * top[i] + (1 - a) * under[i]);
    const over = (top, under) => mix(top, under, top[3] ?? 1);
    const behind = (element) => {
        const layers = [];
        for (let e = element; e; e = e.parentElement ?? e.getRootNode().host) {
            const colour = parse(getComputedStyle(e).backgroundColor);
            if (colour.length && colour[3] !== 0) { layers.push(colour); if ((colour[3] ?? 1) === 1) break; }
        }
        return layers.reverse().reduce((under, each) => over(each, under), [255, 255, 255]);
    };
    const low = [];
    for (const element of root.querySelectorAll('*')) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!own || !element.getClientRects().length || element.closest('.op-hidden')) continue;
        const style = getComputedStyle(element);
        const ground = behind(element);
        const ink = over(parse(element instanceof SVGElement ? style.fill : style.color), ground);
        const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < 4.5) low.push(`${element.textContent.slice(0, 30)}: ${ratio.toFixed(2)}`);
    }
    return low;
}"""


@reading
def low_in_contrast(tab: Page) -> list[str]:
    """The texts of the explorer and of the captions that are hard to read."""
    captions = tab.get_by_test_id("stCaptionContainer").all()
    return [text for part in (tab.locator(".op-explorer"), *captions) for text in part.evaluate(CONTRAST)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_texts_have_contrast(page: OpenPage, scheme: str) -> None:
    tab = opened(page, color_scheme=scheme)
    tab.get_by_text("More points").click()
    expect(tab.locator("[data-rule='youden_j']")).to_be_visible()
    expect(tab.locator(".op-explorer")).to_have_attribute("data-theme", scheme)
    wait_for_rest(tab)
    low_in_contrast(tab).becomes([])


@pytest.fixture(scope="module")
def script(chromium: Browser) -> Iterator[Page]:
    """A blank page with the explorer's modules loaded, without any app."""
    page = chromium.new_page()
    names = "formatShare, formatShareRange, formatCount, formatCoefficient, perThousand"
    page.add_script_tag(content=f"{joined_script(*MODULES)}\nwindow.op = {{ {names} }};", type="module")
    page.wait_for_function("window.op !== undefined")
    yield page
    page.close()


def test_numbers_are_written_as_python_writes_them(script: Page) -> None:
    rng = np.random.default_rng(17)
    shares = [
        *rng.random(300).tolist(),
        *(1 - 10 ** -rng.uniform(0, 9, 60)).tolist(),
        *(10 ** -rng.uniform(0, 9, 60)).tolist(),
    ]
    shares += [0.0, 1.0, 0.1225, 0.0005, 0.9995, -0.25, -0.0001, 0.5, 0.97949999]
    for name, mine in (("formatShare", numbers.share), ("formatCoefficient", numbers.coefficient)):
        assert computed(script, f"list => list.map(op.{name})", shares) == [mine(each) for each in shares], (
            name
        )
    pairs = [[min(a, b), max(a, b)] for a, b in zip(shares, reversed(shares), strict=True)]
    found = computed(script, "list => list.map(([a, b]) => op.formatShareRange(a, b))", pairs)
    assert found == [numbers.share_range(*each) for each in pairs]
    counts = [0, 1, 999, 1000, 54579, 0.25, 12.25, 1234.5678, 99999.95, 123456.7]
    assert computed(script, "list => list.map(op.formatCount)", counts) == [
        numbers.count(each) for each in counts
    ]


def test_parts_of_a_thousand_are_pythons(script: Page) -> None:
    rng = np.random.default_rng(23)
    cells = [
        *rng.integers(0, 5000, (200, 4)).tolist(),
        *(rng.random((100, 4)) * 50).tolist(),
        [1, 1, 1, 0],
        [0, 0, 0, 0],
        [1, 1, 1, 1],
    ]
    found = computed(script, "list => list.map(op.perThousand)", cells)
    for counts, whole in zip(cells, found, strict=True):
        assert whole == list(numbers.per_thousand(dict(zip("abcd", counts, strict=True))).values()), counts
