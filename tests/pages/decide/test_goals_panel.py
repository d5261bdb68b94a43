"""What do you need? on the Threshold page: goal, costs, prevalence and resamples."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import evalcore as ec
from evalcore.metrics.goals.costs import cost_curve
from evalcore.metrics.goals.solving import solve_goal
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.rates.intervals import confusion_interval
from evalcore.numbers import share_within
from pages.ui import compute
from tests.pages.app_pages import in_link, page, said

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


def sweep() -> ec.ThresholdSweep:
    rows = table()
    return ec.ThresholdSweep.from_scores(rows["label"], rows["prob"])


def button(app: AppTest, key: str):
    return next(each for each in app.button if each.key == key)


def test_a_goal_in_the_link_is_solved_and_the_button_goes_there(saved: str) -> None:
    goal = "max precision where recall >= 0.9"
    point = solve_goal(sweep(), goal)
    app = page(THRESHOLD, saved, goal=goal)
    assert f"Threshold {point.threshold:.6g}: {point.confusion.predicted_positives} of 500" in said(app)
    button(app, "go_to_goal").click().run()
    assert app.number_input(key="t").value == pytest.approx(point.threshold)
    assert "does not keep" not in said(app)


def test_what_the_present_threshold_breaks_is_told(saved: str) -> None:
    app = page(THRESHOLD, saved, goal="recall >= 95 %", t="0.9")
    here = sweep().at(0.9).recall
    assert f"does not keep to it: recall >= 95 % (here {100 * here:.3g} %)" in said(app)


def test_an_infeasible_goal_says_what_would_have_to_give(saved: str) -> None:
    app = page(THRESHOLD, saved, goal="recall >= 0.99 and precision >= 0.99")
    assert "No threshold meets" in said(app)
    assert "with precision >= 0.99 kept, recall is at most" in said(app)
    button(app, "go_to_goal").click().run()
    assert not app.exception


@pytest.mark.parametrize("text", ["max precison", "<b>recall</b>", "recall >=", "![](http://x)"])
def test_a_slip_is_answered_and_nothing_is_lost(saved: str, text: str) -> None:
    app = page(THRESHOLD, saved, goal=text)
    assert "Goal: " in said(app)
    assert app.text_input(key="goal_box_threshold").value == text


def test_a_preset_fills_the_box(saved: str) -> None:
    app = page(THRESHOLD, saved)
    app.button_group(key="goal_preset").set_value("Catch 90 %").run()
    assert not app.exception
    assert app.text_input(key="goal_box_threshold").value == "max precision where recall >= 90 %"


def test_costs_are_those_of_the_rows(saved: str) -> None:
    app = page(THRESHOLD, saved, miss="20", alarm="3", t="0.5")
    app.session_state["goals_tab"] = "Costs"
    app.run()
    best = cost_curve(sweep(), Costs(fp=3, fn=20))
    here = Costs(fp=3, fn=20).of(sweep().at(0.5))
    assert f"the 500 cases cost {here:,.6g} in all" in said(app)
    assert f"The least is {best.best_total:,.6g}, at {best.best_threshold:.6g}" in said(app)
    app.selectbox(key="amounts").set_value("amount").run()
    rows = table()
    missed = rows[(rows["label"] == 1) & (rows["prob"] < 0.5)]["amount"].sum()
    alarms = rows[(rows["label"] == 0) & (rows["prob"] >= 0.5)]["amount"].sum()
    assert f"the 500 cases cost {20.0 * missed + 3 * alarms:,.6g} in all" in said(app)


def test_another_prevalence_follows_bayes(saved: str) -> None:
    app = page(THRESHOLD, saved, prev="1 in 200", t="0.5")
    point = sweep().at(0.5)
    precision = 0.005 * point.recall / (0.005 * point.recall + 0.995 * point.false_positive_rate)
    assert "Shown for a prevalence of **0.5 %**" in said(app)
    assert f"{100 * precision:.1f} % of those are right" in said(app)
    assert "prevalence must be written as" in said(page(THRESHOLD, saved, prev="often")).lower()


def test_resamples_are_drawn_when_asked_for(saved: str) -> None:
    app = page(THRESHOLD, saved, goal="max f1")
    assert "resamples)" not in said(app)
    app.toggle(key="resample").set_value(True).run()
    assert not app.exception
    assert "ROC AUC 0." in said(app)
    assert "can be met in 100 % of the resamples" in said(app)


def test_counts_have_goals_too() -> None:
    table = pd.DataFrame({"score": [0.9, 0.5, 0.1], "positives": [8, 3, 2], "negatives": [1, 4, 9]})
    kept = (
        compute.store().save(ec.open_predictions(table, title="Counted"), owner="owner-of-the-goals-tests").id
    )
    app = page(THRESHOLD, kept, goal="recall >= 0.8")
    assert "Threshold 0.5: 16 of 27" in said(app)
    assert "counts only" in said(app)


def test_weighted_cases_do_not_narrow_the_intervals() -> None:
    rows = table().assign(w=100.0)
    opened = ec.open_predictions(rows, title="Weighted", weight="w")
    kept = compute.store().save(opened, owner="owner-of-the-goals-tests").id
    point = solve_goal(sweep(), "max f1").confusion
    limits = confusion_interval(point, "recall")
    told = said(page(THRESHOLD, kept, goal="max f1", prev="1 in 200"))
    assert share_within(point.recall, limits.low, limits.high) in told


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
        compute.cost_at(opened, model, Costs(), 0.0, "amount", threshold)
        compute.cost_curve_of(opened, model, Costs(fn=threshold), 0.0, "amount")
    assert len([each for each in made if each.get("weight") is not None]) == 1


def test_the_goal_of_the_one_who_saved_it_is_kept_with_the_evaluation() -> None:
    opened = ec.open_predictions(table(seed=5), title="Kept goal")
    identifier = compute.store().save(opened, owner="owner-of-the-goals-tests").id
    stranger = page(THRESHOLD, identifier, goal="max precision")
    assert compute.store().entries(identifier, owner="owner-of-the-goals-tests") == ()
    assert in_link(stranger, "goal") == "max precision"
    keeper = "owner-of-the-goals-tests"
    mine = page(THRESHOLD, identifier, session={"visitor": keeper}, goal="recall >= 80 %")
    assert [each.text for each in compute.store().entries(identifier, owner=keeper)] == ["recall >= 80 %"]
    mine.text_input(key="goal_box_threshold").set_value("max nonsense").run()
    assert [each.text for each in compute.store().entries(identifier, owner=keeper)] == ["recall >= 80 %"]
    for script in (THRESHOLD, VALIDATION):
        other = page(script, identifier)
        assert in_link(other, "goal") == "recall >= 80 %"
