"""The explorer's tools in a real browser: a goal and another prevalence, live, in the link, and within the window."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from evalcore.inputs.opening import open_predictions
from evalcore.metrics.deciding.review_band import least_review, review_between
from evalcore.metrics.goals.costs import cost_curve
from evalcore.metrics.goals.prevalence import at_prevalence
from evalcore.metrics.goals.solving import solve_goal
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.sweep.sweep import ThresholdSweep
from tests.browser.app_process import ROOT
from tests.browser.conftest import OpenPage
from tests.browser.waiting import (
    SentMessages,
    address,
    attribute,
    number,
    reading,
    resting_box,
    wait_for_frames,
)

MNIST = "/?e=sample-mnist-5"
CANCER = "/?e=sample-breast-cancer"
PICTURES = ("histogram", "matrix", "roc", "pr", "tool")


def opened(page: OpenPage, path: str, **options: str) -> Page:
    tab = page(path, **options)
    explorer(tab)
    return tab


def explorer(tab: Page) -> Locator:
    root = tab.locator(".op-explorer[data-threshold]")
    root.wait_for()
    return root


def cancer() -> ThresholdSweep:
    predictions = open_predictions(ROOT / "sample_data" / "breast_cancer.csv").predictions
    return ThresholdSweep.from_scores(predictions.truth, predictions.models[0].values)


@reading
def place_in_window(tab: Page, name: str) -> float:
    box = tab.locator(f"[data-op='{name}']").bounding_box()
    assert box is not None, name
    assert box["width"] > 150, name
    return box["y"] + box["height"]


def drag_threshold(tab: Page, start: float, end: float) -> None:
    """Press on the histogram, move, and keep the button down."""
    box = resting_box(tab.locator("[data-op='histogram-plot'] svg"))
    middle = box["y"] + 0.4 * box["height"]
    tab.mouse.move(box["x"] + start * box["width"], middle)
    tab.mouse.down()
    tab.mouse.move(box["x"] + end * box["width"], middle, steps=25)
    wait_for_frames(tab)


def test_a_new_visitor_sees_no_tool_and_one_way_in(page: OpenPage) -> None:
    tab = opened(page, MNIST)
    ask = tab.get_by_role("button", name="What do you need?")
    expect(ask).to_have_attribute("aria-expanded", "false")
    expect(tab.locator("[data-op='tool']")).to_be_hidden()
    expect(tab.locator("[data-op='mark']")).to_be_hidden()
    ask.click()
    expect(tab.get_by_role("tab", name="Goal")).to_have_attribute("aria-selected", "true")
    expect(tab.locator("[data-op='rates']")).to_be_hidden()
    tab.get_by_role("button", name="Close the tools").click()
    expect(tab.locator("[data-op='rates']")).to_be_visible()
    expect(ask).to_be_focused()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_all_pictures_are_seen_beside_the_open_tool(page: OpenPage, size: tuple[int, int]) -> None:
    tab = opened(page, f"{MNIST}&tool=goal&goal=recall+%3E%3D+90+%25&prev=0.5+%25")
    tab.set_viewport_size({"width": size[0], "height": size[1]})
    for name in PICTURES:
        place_in_window(tab, name).fits(lambda bottom: bottom <= size[1])


def test_a_goal_jumps_stays_marked_and_says_what_a_move_costs(page: OpenPage) -> None:
    tab = opened(page, CANCER)
    goal = "max precision where recall >= 95 %"
    point = solve_goal(cancer(), goal)
    tab.get_by_role("button", name="What do you need?").click()
    box = tab.get_by_label("Goal in words")
    box.fill(goal)
    box.press("Enter")
    number(explorer(tab), "data-threshold").becomes(point.threshold)
    status = tab.locator("[data-op='goal-status']")
    expect(status).to_contain_text("this is the goal's threshold")
    expect(status).to_have_attribute("data-kept", "yes")
    for name in ("histogram", "roc", "pr"):
        expect(tab.locator(f"[data-op='{name}-plot'] .op-goal-mark")).to_be_visible()
    address(tab).fits(lambda link: "goal=max" in link and "tool=goal" in link)

    sent = SentMessages(tab)
    before = attribute(tab.locator("[data-op='roc-plot'] .op-goal-mark"), "d").fits()
    drag_threshold(tab, 0.5, 0.97)
    here = number(explorer(tab), "data-threshold").fits(lambda now: now > point.threshold)
    missed = round(float(cancer().at(here).fn - point.confusion.fn))
    expect(status).to_contain_text(re.compile(r"points short of the goal \(95\.0\s%\)"))
    expect(status).to_contain_text(f"{missed} more missed")
    expect(status).to_have_attribute("data-kept", "no")
    attribute(tab.locator("[data-op='roc-plot'] .op-goal-mark"), "d").becomes(before)
    sent.none_so_far()
    tab.mouse.up()
    sent.just(1)
    tab.reload()
    expect(status).to_contain_text("more missed")
    tab.get_by_role("button", name=re.compile("Go to the goal's threshold")).click()
    number(explorer(tab), "data-threshold").becomes(point.threshold)


def test_a_goal_is_built_of_three_controls(page: OpenPage) -> None:
    tab = opened(page, CANCER)
    tab.get_by_role("button", name="What do you need?").click()
    tab.get_by_label("What is to be best").select_option("max recall")
    tab.get_by_label("What must be kept").select_option("precision")
    tab.get_by_label("Limit in percent").fill("97")
    tab.get_by_role("button", name="Find", exact=True).click()
    expect(tab.get_by_label("Goal in words")).to_have_value("max recall where precision >= 97 %")
    number(explorer(tab), "data-threshold").becomes(
        solve_goal(cancer(), "max recall where precision >= 97 %").threshold
    )


def test_an_infeasible_goal_says_what_would_have_to_give(page: OpenPage) -> None:
    tab = opened(page, f"{MNIST}&tool=goal&goal=recall+%3E%3D+0.9+and+precision+%3E%3D+0.9")
    panel = tab.locator("[data-panel='goal']")
    expect(panel).to_contain_text("No threshold meets")
    expect(panel).to_contain_text("with precision >= 0.9 kept, recall is at most 0.48")
    expect(tab.locator("[data-op='histogram-plot'] .op-goal-near")).to_be_visible()
    expect(tab.locator(".op-kept")).to_have_count(0)
    panel.get_by_role("button", name=re.compile("Go to what comes nearest")).click()
    expect(tab.locator("[data-op='goal-status']")).to_contain_text("this is what comes nearest")
    panel.get_by_label("Goal in words").fill("max beauty")
    panel.get_by_label("Goal in words").press("Enter")
    expect(panel).to_contain_text("Goal: ")


def test_another_prevalence_is_marked_everywhere_and_moves_without_the_server(page: OpenPage) -> None:
    tab = opened(page, f"{MNIST}&tool=prevalence")
    cell = {name: tab.locator(f"[data-cell='{name}']") for name in ("tn", "fp", "fn", "tp")}
    number(cell["tp"]).becomes(3530)
    box = tab.get_by_label("Share of positives where the model is used")
    box.fill("1 in 200")
    box.press("Enter")
    expect(tab.locator("[data-op='mark']")).to_have_text("Shown for prevalence 0.5 %")
    address(tab).fits(lambda link: "prev=1" in link)
    # 60,000 cases with 5,421 positives; 3,530 caught and 687 false alarms.
    share, alarms = 3530 / 5421, 687 / 54579
    precision = 0.005 * share / (0.005 * share + 0.995 * alarms)
    number(cell["tp"]).becomes(33)
    number(cell["fn"]).becomes(17)
    expect(tab.locator("[data-panel='prevalence']")).to_contain_text(
        f"{100 * precision:.1f} % of the calls are right"
    )
    expect(tab.locator("[data-op='sentence']")).to_contain_text("158 of 10,000 cases")
    attribute(tab.locator("[data-op='pr-figure']"), "title").fits(lambda text: "prevalence 0.5 %" in text)
    tab.get_by_role("button", name="Close the tools").click()
    number(tab.locator("[data-metric='precision']")).becomes(pytest.approx(precision))
    number(tab.locator("[data-metric='recall']")).becomes(pytest.approx(share))
    tab.get_by_role("button", name="What do you need?").click()
    tab.get_by_role("tab", name="Prevalence").click()
    address(tab).fits(lambda link: "tool=prevalence" in link)

    sent = SentMessages(tab)
    slider = resting_box(tab.get_by_label("Move the prevalence"))
    middle = slider["y"] + slider["height"] / 2
    tab.mouse.move(slider["x"] + 0.4 * slider["width"], middle)
    tab.mouse.down()
    tab.mouse.move(slider["x"] + 0.7 * slider["width"], middle, steps=15)
    number(cell["tp"]).fits(lambda caught: caught > 100)
    expect(tab.locator("[data-op='mark']")).not_to_have_text("Shown for prevalence 0.5 %")
    sent.none_so_far()
    tab.mouse.up()
    sent.just(1)
    tab.get_by_role("button", name=re.compile("As in these data")).click()
    expect(tab.locator("[data-op='mark']")).to_be_hidden()
    number(cell["tp"]).becomes(3530)


def test_the_mark_is_on_the_phone_and_on_saved_pictures(page: OpenPage) -> None:
    tab = opened(page, f"{MNIST}&prev=1+in+200", viewport="phone")
    expect(tab.locator("[data-op='summary']")).to_contain_text("Shown for prevalence 0.5 %")
    tab.get_by_label("Save the picture: Confusion matrix").click()
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Save as SVG").and_(tab.locator("details[open] button")).click()
    text = waiting.value.path().read_text("utf-8")
    assert "Shown for prevalence 0.5 %" in text.replace("</text><text", " ")


def test_figures_at_another_prevalence_are_evalcores(page: OpenPage) -> None:
    tab = opened(page, f"{CANCER}&prev=2+%25")
    here = number(explorer(tab), "data-threshold").fits()
    there = at_prevalence(cancer().at(here), 0.02)
    for name in ("precision", "accuracy", "f1", "matthews_corrcoef", "recall", "predicted_positive_rate"):
        number(tab.locator(f"[data-metric='{name}']")).becomes(pytest.approx(float(there.value(name))))


def test_costs_move_with_the_hand_and_the_least_is_evalcores(page: OpenPage) -> None:
    tab = opened(page, f"{CANCER}&tool=costs")
    sweep = cancer()
    best = cost_curve(sweep, Costs(fp=1, fn=10))
    number(tab.locator("[data-cost-line='least']")).becomes(pytest.approx(best.best_total))
    number(tab.locator("[data-cost-line='none']")).becomes(pytest.approx(best.none_total))
    number(tab.locator("[data-cost-line='all']")).becomes(pytest.approx(best.all_total))
    expect(tab.locator("[data-op='cost-interval']")).to_contain_text("optimistic: chosen on these rows")
    for part in (".op-cost-line", ".op-cost-dot", ".op-cost-range"):
        expect(tab.locator(f"[data-op='histogram-plot'] {part}")).to_be_attached()
    before = attribute(tab.locator("[data-op='roc-plot'] .op-iso:not(.op-iso-best)"), "y1").fits()

    sent = SentMessages(tab)
    drag_threshold(tab, 0.5, 0.8)
    here = sweep.at(number(explorer(tab), "data-threshold").fits(lambda now: now > 0.6))
    number(tab.locator("[data-cost-line='here']")).becomes(pytest.approx(float(10 * here.fn + here.fp)))
    attribute(tab.locator("[data-op='roc-plot'] .op-iso:not(.op-iso-best)"), "y1").fits(
        lambda now: now != before
    )
    expect(tab.locator("[data-op='cost-ratio']")).to_contain_text("false alarm")
    sent.none_so_far()
    tab.mouse.up()
    sent.just(1)

    miss = tab.locator("[data-cost='fn']")
    miss.fill("200")
    dear = cost_curve(sweep, Costs(fp=1, fn=200))
    number(tab.locator("[data-cost-line='least']")).becomes(pytest.approx(dear.best_total))
    miss.press("Enter")
    address(tab).fits(lambda link: "miss=200" in link and "tool=costs" in link)
    tab.get_by_role("button", name=re.compile("^Least, at")).click()
    number(explorer(tab), "data-threshold").fits(lambda now: sweep.at(now) == sweep.at(dear.best_threshold))


def icons(tab: Page) -> dict[str, int]:
    """Read how many of a thousand marks each cell has, once they add up."""
    cells = ("tp", "fn", "fp", "tn")
    return {cell: int(number(tab.locator(f"[data-icons='{cell}']")).fits()) for cell in cells}


def test_a_thousand_marks_move_with_the_threshold_and_the_prevalence(page: OpenPage) -> None:
    tab = opened(page, f"{MNIST}&tool=cases")
    marks = {cell: tab.locator(f"[data-icons='{cell}']") for cell in ("tp", "fn", "fp", "tn")}
    for cell, told in {"tp": 59, "fn": 32, "fp": 11, "tn": 898}.items():
        number(marks[cell]).becomes(told)
    expect(marks["fn"]).to_have_text("32 missed: are “5” and not called so.")
    expect(tab.locator("canvas.op-icons")).to_have_attribute(
        "aria-label", "59 caught, 32 missed, 11 false alarms, 898 left alone"
    )
    sent = SentMessages(tab)
    drag_threshold(tab, 0.5, 0.9)
    number(marks["tp"]).fits(lambda caught: caught < 30)
    assert sum(icons(tab).values()) == 1000
    sent.none_so_far()
    tab.mouse.up()
    sent.just(1)

    tab.get_by_role("tab", name="Prevalence").click()
    box = tab.get_by_label("Share of positives where the model is used")
    box.fill("1 in 200")
    box.press("Enter")
    expect(tab.locator("[data-op='mark']")).to_have_text("Shown for prevalence 0.5 %")
    tab.get_by_role("tab", name="1,000 cases").click()
    panel = tab.locator("[data-panel='cases']")
    expect(panel).to_contain_text("Of 1,000 cases like these (prevalence 0.5 %)")
    shown = icons(tab)
    assert shown["tp"] + shown["fn"] == 5
    assert sum(shown.values()) == 1000


def test_a_thousand_marks_are_spoken_of_in_peoples_own_words(page: OpenPage) -> None:
    tab = opened(page, f"{CANCER}&tool=cases&words=patients%7Chas+cancer%7Cgets+a+biopsy")
    expect(tab.locator("[data-panel='cases']")).to_contain_text("Of 1,000 patients like these")
    expect(tab.locator("[data-icons='fn']")).to_contain_text("have cancer but do not get a biopsy")


def test_bands_and_the_places_of_the_chosen_threshold_come_with_one_click(page: OpenPage) -> None:
    tab = opened(page, CANCER)
    expect(tab.locator(".op-band")).to_have_count(0)
    tab.get_by_role("button", name="What do you need?").click()
    tab.get_by_role("tab", name="How sure").click()
    for curve in ("roc", "pr"):
        expect(tab.locator(f"[data-op='{curve}-plot'] .op-band")).to_be_attached()
    expect(tab.locator("[data-op='histogram-plot'] .op-strip")).to_be_attached()
    expect(tab.locator("[data-op='chosen-words']")).to_contain_text("resamples would choose")
    address(tab).fits(lambda link: "bands=1" in link and "tool=sure" in link)
    low = attribute(tab.locator("[data-sure='f1']"), "data-low").fits(lambda text: text != "null")
    sent = SentMessages(tab)
    drag_threshold(tab, 0.5, 0.8)
    attribute(tab.locator("[data-sure='f1']"), "data-low").fits(lambda text: text not in (low, "null"))
    here = number(explorer(tab), "data-threshold").fits(lambda now: now > 0.6)
    recall = float(cancer().at(here).value("recall"))
    number(tab.locator("[data-sure='recall']"), "data-low").fits(lambda end: end <= recall)
    number(tab.locator("[data-sure='recall']"), "data-high").fits(lambda end: end >= recall)
    sent.none_so_far()
    tab.mouse.up()
    sent.just(1)
    tab.get_by_label("Draw the rows anew").uncheck()
    expect(tab.locator(".op-band")).to_have_count(0)
    address(tab).fits(lambda link: "bands=" not in link)


def test_two_thresholds_leave_cases_to_people_and_are_dragged_without_the_server(page: OpenPage) -> None:
    tab = opened(page, f"{MNIST}&tool=review")
    panel = tab.locator("[data-panel='review']")
    panel.get_by_label("Most wrong calls, in percent").fill("1")
    panel.get_by_role("button", name="Find the fewest reviews").click()
    predictions = open_predictions(ROOT / "sample_data" / "mnist_5.parquet").predictions
    sweep = ThresholdSweep.from_scores(predictions.truth, predictions.models[0].values)
    found = least_review(sweep, 0.01)
    number(panel, "data-review").becomes(pytest.approx(1 - found.coverage))
    number(panel, "data-error").becomes(pytest.approx(found.error))
    address(tab).fits(lambda link: "band=error" in link)
    low = number(panel, "data-low").becomes(found.low)

    here = number(explorer(tab), "data-threshold").fits()
    line = resting_box(tab.locator(".op-review-line[data-side='high'] circle"))
    sent = SentMessages(tab)
    tab.mouse.move(line["x"] + line["width"] / 2, line["y"] + line["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(line["x"] + 60, line["y"] + 5, steps=12)
    high = number(panel, "data-high").fits(lambda now: now > found.high + 100)
    band = review_between(sweep, low, high)
    number(panel, "data-error").fits(lambda error: error < found.error)
    number(panel, "data-review").fits(lambda load: load > 1 - found.coverage)
    assert band.review > found.review
    sent.none_so_far()
    tab.mouse.up()
    sent.just(1)
    number(explorer(tab), "data-threshold").becomes(here)
    address(tab).fits(lambda link: f"band={low}" in link)
