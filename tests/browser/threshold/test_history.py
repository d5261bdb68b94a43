"""Back, Forward, Undo and Redo: one entry for each thing done, and the address never says what the screen does not."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.waiting import address, box_value, number, reading, resting_box, variable, wait_for_rest

START = "/?e=sample-mnist-5"
CANCER = "/?e=sample-breast-cancer"


def opened(page: OpenPage, path: str = START) -> Page:
    tab = page(path)
    tab.locator(".op-explorer[data-threshold]").wait_for()
    wait_for_rest(tab)
    return tab


@reading
def screen(tab: Page) -> dict[str, str | None]:
    """Read the point that the explorer shows, and assert that the box and the address say the same."""
    explorer = tab.locator(".op-explorer")
    shown = float(explorer.get_attribute("data-threshold") or "nan")
    pin = tab.locator("[data-op='pin']").inner_text()
    cell = tab.locator("[data-op='cells'] [aria-pressed='true']").get_attribute("data-cell")
    box = float(tab.get_by_label("Threshold", exact=True).input_value())
    assert box == pytest.approx(shown)
    link = {
        name: values[0] for name, values in parse_qs(urlsplit(tab.evaluate("location.href")).query).items()
    }
    assert float(link.get("t", "0")) == pytest.approx(shown), "the link says another threshold"
    assert ("pin" in link) == pin.startswith("Unpin"), "the link says another pin"
    words = {"fp": None, "fn": "Missed", "tp": "Caught", "tn": "Left alone"}
    assert link.get("cell") == words[str(cell)], "the link says another cell"
    return {"t": link.get("t"), "pin": link.get("pin"), "cell": link.get("cell")}


def press(tab: Page, *keys: str) -> None:
    tab.locator("[data-op='range']").focus()
    for key in keys:
        tab.keyboard.press(key)


def drag(tab: Page, by: float) -> None:
    """Drag the threshold in the histogram by a share of its width, in many steps."""
    place = resting_box(tab.locator("[data-op='histogram-plot']"))
    x, y = place["x"] + place["width"] * 0.5, place["y"] + place["height"] * 0.5
    tab.mouse.move(x, y)
    tab.mouse.down()
    for step in range(20):
        tab.mouse.move(x + by * place["width"] * (step + 1) / 20, y)
    tab.mouse.up()


@reading
def entries(tab: Page) -> int:
    return int(variable(tab, "history.length").once())


def test_back_and_forward_undo_and_redo_each_thing_done(page: OpenPage) -> None:
    tab = opened(page)
    before = entries(tab).fits()
    drag(tab, 0.1)
    first = screen(tab).fits(lambda now: now["t"] is not None)
    drag(tab, 0.3)
    second = screen(tab).fits(lambda now: now["t"] not in (None, first["t"]))
    tab.locator("[data-op='pin']").click()
    third = screen(tab).fits(lambda now: now["pin"] is not None)
    tab.locator("[data-op='cells'] [data-cell='fn']").click()
    fourth = screen(tab).becomes(third | {"cell": "Missed"})
    entries(tab).becomes(before + 4)  # one for each thing done
    for there in (third, second, first, {"t": None, "pin": None, "cell": None}):
        tab.go_back()
        screen(tab).becomes(there)
    for there in (first, second, third, fourth):
        tab.go_forward()
        screen(tab).becomes(there)


def test_a_typed_threshold_is_one_entry_too(page: OpenPage) -> None:
    tab = opened(page, CANCER)
    box = tab.get_by_label("Threshold", exact=True)
    box.fill("0.25")
    box.press("Enter")
    number(tab.locator(".op-explorer"), "data-threshold").becomes(0.25)
    address(tab).fits(lambda url: "t=0.25" in url)
    tab.go_back()
    number(tab.locator(".op-explorer"), "data-threshold").becomes(0.5)
    box_value(box).becomes("0.5")


def test_a_change_of_page_is_one_entry_and_back_restores_its_point(page: OpenPage) -> None:
    tab = opened(page, CANCER + "&t=0.25&pin=0.75&cell=Missed")
    before = entries(tab).fits()
    tab.get_by_role("link", name="Errors").click()
    tab.get_by_role("heading", name="Errors").wait_for()
    address(tab).fits(lambda url: "/errors?" in url and "t=0.25" in url and "pin=0.75" in url)
    wait_for_rest(tab)
    entries(tab).becomes(before + 1)
    box = tab.get_by_label("Threshold", exact=True)
    box.fill("0.6")
    box.press("Enter")
    address(tab).fits(lambda url: "t=0.6" in url)
    tab.go_back()
    box_value(box).becomes("0.25")
    tab.go_back()
    number(tab.locator(".op-explorer"), "data-threshold").becomes(0.25)
    address(tab).fits(lambda url: "/errors" not in url and "t=0.25" in url and "pin=0.75" in url)
    tab.go_forward()
    address(tab).fits(lambda url: "/errors?" in url)
    box_value(box).becomes("0.25")
    wait_for_rest(tab)  # whoever goes on sees where they are
    tab.go_forward()
    box_value(box).becomes("0.6")
    wait_for_rest(tab)
    tab.reload()
    box_value(box).becomes("0.6")
    wait_for_rest(tab)
    tab.go_back()
    box_value(box).becomes("0.25")
    address(tab).fits(lambda url: "t=0.25" in url)


def test_model_and_slice_come_back(page: OpenPage) -> None:
    tab = opened(page, CANCER)
    tab.get_by_role("combobox", name="Within").click()
    tab.get_by_role("option", name="fold = 2 (114)").click()
    caption = tab.get_by_text("114 cases, 43 of them")
    caption.wait_for()
    address(tab).fits(lambda url: "within=fold%3D2" in url)
    tab.get_by_role("combobox", name="Model").click()
    tab.get_by_role("option").nth(1).click()
    expect(tab.get_by_text("Model: gradient_boosting")).to_be_visible()
    address(tab).fits(lambda url: "m=gradient" in url and "within=" in url)
    tab.go_back()
    expect(tab.get_by_text("Model: logistic")).to_be_visible()
    expect(caption).to_be_visible()
    tab.go_back()
    expect(tab.get_by_text("569 cases, 212 of them")).to_be_visible()
    address(tab).fits(lambda url: "within" not in url and "m=" not in url)


def test_undo_and_redo_by_button_and_by_key(page: OpenPage) -> None:
    tab = opened(page)
    undo, redo = (tab.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    expect(undo).to_be_disabled()
    press(tab, "PageUp")
    first = screen(tab).fits(lambda now: now["t"] is not None)
    tab.locator("[data-op='pin']").click()
    second = screen(tab).fits(lambda now: now["pin"] is not None)
    tab.locator("[data-op='cells'] [data-cell='tp']").click()
    third = screen(tab).becomes(second | {"cell": "Caught"})
    undo.click()
    screen(tab).becomes(second)
    press(tab, "Control+z")
    screen(tab).becomes(first)
    press(tab, "Control+z")
    screen(tab).becomes({"t": None, "pin": None, "cell": None})
    expect(undo).to_be_disabled()
    press(tab, "Control+Shift+Z")
    screen(tab).becomes(first)
    press(tab, "Control+y")
    screen(tab).becomes(second)
    redo.click()
    screen(tab).becomes(third)
    expect(redo).to_be_disabled()
    # Each of these was something done: Back takes the last one back.
    tab.go_back()
    screen(tab).becomes(second)


def test_the_undo_key_leaves_a_text_alone(page: OpenPage) -> None:
    tab = opened(page, CANCER)
    press(tab, "PageUp")
    now = number(tab.locator(".op-explorer"), "data-threshold").fits(lambda value: value != 0.5)
    address(tab).fits(lambda url: "t=" in url)
    box = tab.get_by_label("Threshold", exact=True)
    box.focus()
    tab.keyboard.press("Control+z")
    wait_for_rest(tab)
    number(tab.locator(".op-explorer"), "data-threshold").becomes(now)


def test_two_tabs_go_their_own_ways(page: OpenPage) -> None:
    one = opened(page, CANCER + "&t=0.25")
    other = one.context.new_page()
    other.goto(address(one).fits(lambda url: "t=0.25" in url))
    number(other.locator(".op-explorer"), "data-threshold").becomes(0.25)
    press(other, "PageUp")
    moved = number(other.locator(".op-explorer"), "data-threshold").fits(lambda value: value != 0.25)
    address(other).fits(lambda url: f"t={moved}" in url)
    number(one.locator(".op-explorer"), "data-threshold").becomes(0.25)
    other.go_back()
    number(other.locator(".op-explorer"), "data-threshold").becomes(0.25)
    address(one).fits(lambda url: "t=0.25" in url)
