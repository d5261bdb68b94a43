"""The Validation page: parts, folds and halves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import evalcore as ec
from evalcore.metrics.goals.validation import across_folds, confirm, honest_splits
from evalcore.metrics.rates.intervals import confusion_interval
from evalcore.numbers import points, share, share_within, signed
from pages.ui import compute
from tests.pages.app_pages import page, said

VALIDATION = "pages/decide/validation.py"


def table(**more) -> pd.DataFrame:
    random = np.random.default_rng(9)
    truth = random.integers(0, 2, 400)
    score = np.round(1 / (1 + np.exp(-(random.normal(size=400) + 1.5 * truth))), 3)
    return pd.DataFrame({"label": truth, "prob": score, **more})


def saved(rows: pd.DataFrame) -> str:
    opened = ec.open_predictions(rows, title="Parts")
    return compute.store().save(opened, owner="owner-of-validation-tests").id


def sweeps(rows: pd.DataFrame, column: str) -> dict[str, ec.ThresholdSweep]:
    return {
        str(name): ec.ThresholdSweep.from_scores(part["label"], part["prob"])
        for name, part in rows.groupby(column)
    }


def confirmed(app: AppTest) -> pd.DataFrame | None:
    return next((each.value for each in app.dataframe if "kept on test" in each.value.columns), None)


def test_the_test_part_is_hidden_until_the_choice_is_locked() -> None:
    rows = table(split=["validation"] * 150 + ["test"] * 250)
    identifier = saved(rows)
    app = page(VALIDATION, identifier, goal="recall >= 90 %")
    parts = sweeps(rows, "split")
    found = confirm(parts["validation"], parts["test"], "recall >= 90 %")
    assert f"chooses {found.threshold:.6g}" in said(app)
    assert confirmed(app) is None
    kept = f"{100 * found.kept.recall:.1f} %"
    assert kept not in said(app)
    app.button(key="lock").click().run()
    shown = confirmed(app)
    assert shown["kept on test"][0].startswith(kept)
    assert shown["lost"][0] == signed(found.optimism("recall"), points)
    limits = found.optimism_interval("recall", parts["validation"], parts["test"])
    assert (
        shown["95 % interval of the loss"][0]
        == f"{signed(limits.low, points)} to {signed(limits.high, points)}"
    )
    assert "locked by you" in said(app)


def test_while_it_is_locked_no_other_threshold_is_shown() -> None:
    rows = table(split=["validation"] * 150 + ["test"] * 250, more=2)
    identifier = saved(rows)
    app = page(VALIDATION, identifier, goal="recall >= 90 %")
    app.button(key="lock").click().run()
    locked = confirmed(app)
    app.text_input(key="goal_box_validation").set_value("max precision").run()
    assert confirmed(app).equals(locked)
    assert "The box above asks for “max precision”; the lock holds “recall >= 90 %”" in said(app)
    assert "lock" not in [each.key for each in app.button]
    app.button(key="unlock").click().run()
    assert confirmed(app) is None
    assert "opened by you" in said(app)
    assert "has been looked at before (once)" in said(app)


def test_the_lock_is_kept_with_the_evaluation_for_everyone() -> None:
    """Another session, as another browser: the token is of the session."""
    rows = table(split=["validation"] * 150 + ["test"] * 250, more=1)
    identifier = saved(rows)
    mine = page(VALIDATION, identifier, goal="max f1")
    mine.button(key="lock").click().run()
    other = page(VALIDATION, identifier, goal="max recall")
    assert confirmed(other).equals(confirmed(mine))
    assert "locked by visitor" in said(other)
    other.button(key="unlock").click().run()
    again = page(VALIDATION, identifier, goal="max f1")
    assert confirmed(again) is None
    assert "opened by visitor" in said(again)
    again.button(key="lock").click().run()
    assert "no independent confirmation" in said(again)


def test_two_files_are_two_parts(tmp_path: Path) -> None:
    first, second = table(), table().iloc[::-1].assign(prob=lambda rows: rows["prob"] ** 2)
    for name, rows in (("model_val", first), ("model_test", second)):
        rows.to_csv(tmp_path / f"{name}.csv", index=False)
    opened = ec.open_predictions(tmp_path / "model_val.csv", tmp_path / "model_test.csv")
    identifier = compute.store().save(opened, owner="owner-of-validation-tests").id
    app = page(VALIDATION, identifier, goal="max f1")
    assert app.selectbox(key="testing_part").value.startswith("model_test")
    found = confirm(
        *(ec.ThresholdSweep.from_scores(each["label"], each["prob"]) for each in (first, second)), "max f1"
    )
    assert f"chooses {found.threshold:.6g}" in said(app)


def test_the_test_part_has_no_say_in_folds_and_halves() -> None:
    split = ["validation"] * 150 + ["test"] * 250
    rows = table(split=split, fold=np.arange(400) % 3)
    app = page(VALIDATION, saved(rows), goal="max accuracy", t="0.5")
    shown = next(each.value for each in app.dataframe if "fold" in each.value.columns)
    assert [int(each) for each in shown["cases"]] == [50, 50, 50]
    part = rows[rows["split"] == "validation"]
    splits = honest_splits(part["label"].to_numpy(), part["prob"].to_numpy(), "max accuracy")
    assert f"accuracy {share(splits.promised.mean())} on the half that chose" in said(app)


def test_each_fold_is_judged_at_the_threshold_of_the_others() -> None:
    rows = table(fold=np.arange(400) % 4)
    app = page(VALIDATION, saved(rows), goal="max accuracy", t="0.5")
    shown = next(each.value for each in app.dataframe if "fold" in each.value.columns)
    found = across_folds(sweeps(rows, "fold"), 0.5, "max accuracy")
    assert list(shown["accuracy at 0.5"]) == [f"{100 * each.fixed.accuracy:.1f} %" for each in found]
    assert list(shown["threshold of the others"]) == [f"{each.chosen_threshold:.6g}" for each in found]
    assert "mean of the folds" in said(app)
    assert list(shown["accuracy there"]) == [share(each.chosen.accuracy) for each in found]


def test_pooled_and_mean_areas_are_told_apart_where_the_scales_differ() -> None:
    rows = table(fold=np.arange(400) % 4)
    assert "one threshold can serve them all" in said(page(VALIDATION, saved(rows)))
    moved = rows.assign(prob=(rows["prob"] + rows["fold"] * 3) / 12)
    assert "far more than chance" in said(page(VALIDATION, saved(moved)))


def test_the_lazy_baseline_of_the_mnist_sample() -> None:
    app = page(VALIDATION, "sample-mnist-5")
    shown = next(each.value for each in app.dataframe if "fold" in each.value.columns)
    assert list(shown["lazy rule"]) == ["91.0 %"] * 3


def test_without_parts_the_rows_are_halved_at_random() -> None:
    app = page(VALIDATION, saved(table()))
    assert "100 times at random, on average: f1" in said(app)
    app.text_input(key="goal_box_validation").set_value("precision >= 1 and recall >= 1").run()
    assert "No half of the rows can meet" in said(app)


def test_counts_have_no_rows_to_part() -> None:
    counted = pd.DataFrame({"score": [0.9, 0.1], "positives": [8, 2], "negatives": [1, 9]})
    assert "holds counts only" in said(page(VALIDATION, saved(counted)))


def test_weighted_cases_do_not_narrow_the_intervals() -> None:
    rows = table(split=["validation"] * 150 + ["test"] * 250, w=[100.0] * 400)
    opened = ec.open_predictions(rows, title="Weighted parts", weight="w")
    app = page(
        VALIDATION,
        compute.store().save(opened, owner="owner-of-validation-tests").id,
        goal="recall >= 90 %",
    )
    app.button(key="lock").click().run()
    shown = next(each.value for each in app.dataframe if "kept on test" in each.value.columns)
    parts = sweeps(rows, "split")
    found = confirm(parts["validation"], parts["test"], "recall >= 90 %").kept
    limits = confusion_interval(found, "recall")
    assert shown["kept on test"][0] == share_within(found.recall, limits.low, limits.high)


def test_the_mnist_sample_shows_the_published_accuracies() -> None:
    """SGD's within what the version of scikit-learn changes; the never-5 baseline's exactly, case by case."""
    app = page(VALIDATION, "sample-mnist-5")
    shown = next(each.value for each in app.dataframe if "fold" in each.value.columns)
    right = [int(each.replace(",", "")) / 20_000 for each in shown["right"]]
    assert right == pytest.approx([0.9502, 0.96565, 0.96495], abs=0.02)
    app.button_group(key="folds_by_fold").set_value(compute.THIRDS).run()
    assert not app.exception
    shown = next(each.value for each in app.dataframe if "fold" in each.value.columns)
    lazily = [int(each.replace(",", "")) / 20_000 for each in shown["lazily right"]]
    assert lazily == [0.91125, 0.90855, 0.90915]


def test_a_goal_with_costs_is_judged_by_its_own_costs() -> None:
    rows = table(fold=np.arange(400) % 4, more=5)
    goal = "min cost (miss 7, false alarm 2)"
    app = page(VALIDATION, saved(rows), goal=goal)
    shown = next(each.value for each in app.dataframe if "fold" in each.value.columns)
    found = across_folds(sweeps(rows, "fold"), 0.5, goal)
    assert list(shown["cost there"]) == [f"{7 * each.chosen.fn + 2 * each.chosen.fp:.4g}" for each in found]
