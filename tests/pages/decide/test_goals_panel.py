"""What the explorer's tools are told by the Threshold page: goal, costs, prevalence, from the link."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import evalcore as ec
from evalcore.metrics.deciding.review_band import least_review
from evalcore.metrics.goals.costs import cost_curve
from evalcore.metrics.goals.prevalence import at_prevalence
from evalcore.metrics.goals.solving import solve_goal
from evalcore.metrics.goals.terms import Costs
from pages.ui import compute
from tests.pages.app_pages import in_link, page

THRESHOLD, VALIDATION = "pages/decide/threshold.py", "pages/decide/validation.py"


def table(seed: int = 3) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, 500)
    score = np.round(1 / (1 + np.exp(-(random.normal(size=500) + 2 * truth - 1))), 3)
    return pd.DataFrame({"label": truth, "prob": score, "amount": random.integers(5, 900, 500)})


@pytest.fixture
def saved() -> str:
    opened = ec.open_predictions(table(), title="Goals")
    return compute.store().save(opened, owner="owner-of-the-goals-tests").id


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the explorer was handed last: its data, and what to call when it says something."""
    last: dict[str, Any] = {}

    def keep(data: dict[str, Any], *, key: str, on: dict[str, Any]) -> None:
        last.update(data=data, on=on)

    monkeypatch.setattr("pages.ui.live.explorer.explorer", keep)
    return last


def sweep() -> ec.ThresholdSweep:
    rows = table()
    return ec.ThresholdSweep.from_scores(rows["label"], rows["prob"])


def test_a_goal_in_the_link_is_told_with_its_place_and_its_ranges(saved: str, shown: dict[str, Any]) -> None:
    goal = "max precision where recall >= 0.9"
    page(THRESHOLD, saved, goal=goal, t="0.5")
    point = solve_goal(sweep(), goal)
    told = shown["data"]["told"]["goal"]
    assert (told["state"], told["threshold"]) == ("found", point.threshold)
    kept = [each for each in sweep().thresholds if sweep().at(each).recall >= 0.9]
    assert told["ranges"] == [["-Infinity", max(kept)]]
    assert shown["data"]["threshold"] == 0.5, "a link with a threshold is not moved by its goal"
    rows = {point["score"]: point for point in shown["data"]["points"]}
    assert any(
        (each["tp"], each["fp"]) == (point.confusion.tp, point.confusion.fp) for each in rows.values()
    ), "the found point has its exact row"


def test_an_infeasible_goal_says_what_would_have_to_give(saved: str, shown: dict[str, Any]) -> None:
    page(THRESHOLD, saved, goal="recall >= 0.99 and precision >= 0.99")
    told = shown["data"]["told"]["goal"]
    assert told["state"] == "infeasible"
    assert "with precision >= 0.99 kept, recall is at most" in told["message"]


@pytest.mark.parametrize("text", ["max precison", "<b>recall</b>", "recall >=", "![](http://x)"])
def test_a_slip_is_answered_and_nothing_is_lost(saved: str, shown: dict[str, Any], text: str) -> None:
    page(THRESHOLD, saved, goal=text)
    told = shown["data"]["told"]
    assert told["goal"]["state"] == "wrong"
    assert told["goal"]["message"].startswith("goal: ")
    assert told["desk"]["goal"] == text


def test_another_prevalence_moves_what_a_goal_finds(saved: str, shown: dict[str, Any]) -> None:
    goal = "max recall where precision >= 0.5"
    page(THRESHOLD, saved, goal=goal, prev="1 in 200")
    told = shown["data"]["told"]["goal"]
    assert told["prevalence"] == 0.005
    there = {each: at_prevalence(sweep().at(each), 0.005) for each in sweep().thresholds.tolist()}
    best = max(point.recall for point in there.values() if point.precision >= 0.5)
    assert at_prevalence(sweep().at(told["threshold"]), 0.005).recall == pytest.approx(best)
    page(THRESHOLD, saved, prev="often")
    assert shown["data"]["told"]["goal"]["prevalence"] is None


def test_costs_are_told_with_where_resamples_find_the_least(saved: str, shown: dict[str, Any]) -> None:
    page(THRESHOLD, saved, tool="costs", miss="20", alarm="3", t="0.5")
    told = shown["data"]["told"]
    assert told["desk"]["costs"] == {"fn": 20.0, "fp": 3.0, "tp": 0.0, "tn": 0.0, "review": 0.0, "band": 1.0}
    best = cost_curve(sweep(), Costs(fp=3, fn=20)).best_threshold
    sure = told["costs"]["sure"]
    interval = sure["interval"]
    assert interval["low"] <= best <= interval["high"]
    assert interval["low"] < interval["high"]
    curve = cost_curve(sweep(), Costs(fp=3, fn=20))
    for threshold, low, high in zip(
        sure["thresholds"], sure["band"]["low"], sure["band"]["high"], strict=True
    ):
        place = int(np.flatnonzero(curve.thresholds == threshold)[0])
        assert low < curve.total[place] / curve.cases < high
    assert told["costs"]["columns"] == ["amount"]


def test_each_cases_own_amount_is_told_for_every_row(saved: str, shown: dict[str, Any]) -> None:
    page(THRESHOLD, saved, tool="costs", amounts="amount", t="0.5123", prev="5 %")
    rows, amounts = table(), shown["data"]["told"]["costs"]["amounts"]
    for score, tp, fp in zip(amounts["score"], amounts["tp"], amounts["fp"], strict=True):
        called = rows[rows["prob"] >= score]
        assert tp == called[called["label"] == 1]["amount"].sum()
        assert fp == called[called["label"] == 0]["amount"].sum()
    points = shown["data"]["points"]
    known = {float(each) for each in [*shown["data"]["table"]["score"], *(each["score"] for each in points)]}
    assert known - {float("inf")} <= set(amounts["score"]), (
        "every row that the explorer can show has its amounts"
    )


def test_costs_by_amounts_have_their_own_band(saved: str, shown: dict[str, Any]) -> None:
    page(THRESHOLD, saved, tool="costs", amounts="amount", t="0.5")
    sure = shown["data"]["told"]["costs"]["sure"]
    rows = table()
    priced = ec.ThresholdSweep.from_scores(rows["label"], rows["prob"], weight=rows["amount"])
    curve = cost_curve(sweep(), Costs(fp=1, fn=10), amounts=priced)
    inside = [
        low < curve.total[int(np.flatnonzero(curve.thresholds == threshold)[0])] / curve.cases < high
        for threshold, low, high in zip(
            sure["thresholds"], sure["band"]["low"], sure["band"]["high"], strict=True
        )
    ]
    assert all(inside)
    assert sure["interval"]["low"] <= curve.best_threshold <= sure["interval"]["high"]


def test_a_goals_promise_is_told_beside_what_rows_left_out_keep(saved: str, shown: dict[str, Any]) -> None:
    page(THRESHOLD, saved, tool="sure", bands="1", goal="max precision where recall >= 90 %")
    chosen = shown["data"]["told"]["sure"]["chosen"]
    best, limit = chosen["kept"]
    assert (best["label"], best["holds"], limit["label"]) == ("Precision", None, "recall >= 90 %")
    share = {name: float(limit[name].rstrip(" %")) for name in ("promised", "kept", "low", "high")}
    assert share["promised"] >= 90
    assert share["kept"] < share["promised"]
    assert share["low"] < share["kept"] < share["high"]
    assert 0.2 < limit["holds"] < 0.9
    # Where the tool is closed nobody sees it, and it is not counted.
    page(THRESHOLD, saved, tool="goal", bands="1", goal="max precision where recall >= 90 %")
    assert shown["data"]["told"]["sure"]["chosen"]["kept"] == []


def test_resamples_price_a_goal_with_the_costs_that_were_said(saved: str, shown: dict[str, Any]) -> None:
    places = {}
    for miss in ("1", "60"):
        page(THRESHOLD, saved, tool="sure", bands="1", goal="min cost", miss=miss)
        places[miss] = shown["data"]["told"]["sure"]["chosen"]["high"]
    assert places["60"] < places["1"]


def test_rows_are_drawn_with_their_group_by_class_and_by_seed(shown: dict[str, Any]) -> None:
    rows = table()
    # Of one patient all rows have one score: twenty at a time are no twenty cases.
    rows["patient"] = [f"p{place // 20}" for place in range(len(rows))]
    rows = rows.sort_values("prob", ignore_index=True).assign(patient=rows["patient"], note=rows.index)
    kept = compute.store().save(ec.open_predictions(rows, title="Patients"), owner="owner-of-the-goals-tests")

    def wide(**parameters: str) -> tuple[float, float]:
        page(THRESHOLD, kept.id, tool="sure", bands="1", **parameters)
        return tuple(shown["data"]["told"]["sure"]["roc_auc"])

    alone, together = wide(), wide(together="patient")
    told = shown["data"]["told"]
    assert told["desk"]["together"] == "patient"
    assert told["sure"]["drawn"] == {"together": "patient", "groups": 25, "few": True}
    assert "note" not in told["sure"]["columns"]
    assert together[1] - together[0] > 1.5 * (alone[1] - alone[0])
    assert wide(together="nowhere") == alone
    assert wide(seed="7") != alone
    assert wide(seed="7") == wide(seed="7")
    classes = wide(strata="1")
    assert classes != alone
    assert in_link(page(THRESHOLD, kept.id, together="patient", seed="7", strata="1"), "seed") == "7"


def test_the_sweep_of_amounts_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    # Rows of its own: what is kept of those of the other tests is found whatever session asks.
    opened = ec.open_predictions(table(seed=4), title="Amounts")
    of_scores = ec.ThresholdSweep.from_scores
    monkeypatch.setattr(
        ec.ThresholdSweep, "from_scores", lambda *args, **more: made.append(more) or of_scores(*args, **more)
    )
    model = opened.models[0]
    for threshold in (0.2, 0.5, 0.7):
        compute.amounts_on_desk(opened, model, "amount", (threshold,))
        compute.cheapest_with_amounts(opened, model, Costs(fn=threshold), 0.0, "amount", None)
    assert len([each for each in made if each.get("weight") is not None]) == 1


def test_counts_have_goals_too(shown: dict[str, Any]) -> None:
    rows = pd.DataFrame({"score": [0.9, 0.5, 0.1], "positives": [8, 3, 2], "negatives": [1, 4, 9]})
    kept = compute.store().save(ec.open_predictions(rows, title="Counted"), owner="owner-of-the-goals-tests")
    page(THRESHOLD, kept.id, goal="recall >= 0.8")
    assert shown["data"]["told"]["goal"]["threshold"] == 0.5


def test_the_fewest_reviews_are_found_for_a_limit_in_the_link(saved: str, shown: dict[str, Any]) -> None:
    page(THRESHOLD, saved, tool="review", band="error <= 5 %", t="0.5")
    own = least_review(sweep(), 0.05)
    told = shown["data"]["told"]["review"]
    assert (told["low"], told["high"], told["limit"]) == (own.low, own.high, 0.05)
    exact = {each["score"] for each in shown["data"]["points"]}
    assert {min(each for each in sweep().thresholds if each >= end) for end in (own.low, own.high)} <= exact


@pytest.mark.parametrize(
    ("band", "told"),
    [
        ("0.3~0.6", (0.3, 0.6, "")),
        ("", (None, None, "")),
        ("0.6~0.3", (None, None, "not understood")),
        ("nan~1", (None, None, "not understood")),
        ("error <= 90 %", (None, None, "not understood")),
    ],
)
def test_two_thresholds_of_the_link_are_told(
    saved: str, shown: dict[str, Any], band: str, told: tuple[float | None, float | None, str]
) -> None:
    app = page(THRESHOLD, saved, tool="review", band=band)
    assert not app.exception
    found = shown["data"]["told"]["review"]
    assert (found["low"], found["high"]) == told[:2]
    assert told[2] in found["problem"]
    assert bool(found["problem"]) == bool(told[2])


def test_the_goal_of_the_one_who_saved_it_is_kept_with_the_evaluation() -> None:
    opened = ec.open_predictions(table(seed=5), title="Kept goal")
    identifier = compute.store().save(opened, owner="owner-of-the-goals-tests").id
    stranger = page(THRESHOLD, identifier, goal="max precision")
    assert compute.store().entries(identifier, owner="owner-of-the-goals-tests") == ()
    assert in_link(stranger, "goal") == "max precision"
    keeper = "owner-of-the-goals-tests"
    for goal in ("recall >= 80 %", "max nonsense"):
        page(THRESHOLD, identifier, session={"visitor": keeper}, goal=goal)
        assert [each.text for each in compute.store().entries(identifier, owner=keeper)] == ["recall >= 80 %"]
    for script in (THRESHOLD, VALIDATION):
        other = page(script, identifier)
        assert in_link(other, "goal") == "recall >= 80 %"
