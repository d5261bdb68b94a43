"""The Validation page: parts, folds and halves."""

from __future__ import annotations

import numpy as np
import pandas as pd

import evalcore as ec
from evalcore.metrics.goals.validation import across_folds, confirm
from evalcore.metrics.rates.intervals import confusion_interval
from evalcore.numbers import share_within
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


def test_the_test_part_is_hidden_until_the_choice_is_locked() -> None:
    rows = table(split=["validation"] * 150 + ["test"] * 250)
    app = page(VALIDATION, saved(rows), goal="recall >= 90 %")
    parts = sweeps(rows, "split")
    found = confirm(parts["validation"], parts["test"], "recall >= 90 %")
    assert f"chooses {found.threshold:.6g}" in said(app)
    assert not [each for each in app.dataframe if "kept on test" in each.value.columns]
    app.button(key="lock").click().run()
    shown = next(each.value for each in app.dataframe if "kept on test" in each.value.columns)
    assert shown["kept on test"][0].startswith(f"{100 * found.kept.recall:.1f} %")
    assert "locked: validation/test/recall >= 90 %" in said(app)
    app.button(key="unlock").click().run()
    assert not [each for each in app.dataframe if "kept on test" in each.value.columns]
    assert "opened: validation/test/recall >= 90 %" in said(app)
    app.text_input(key="goal_box_validation").set_value("max f1").run()
    assert not app.exception


def test_each_fold_is_judged_at_the_threshold_of_the_others() -> None:
    rows = table(fold=np.arange(400) % 4)
    app = page(VALIDATION, saved(rows), goal="max accuracy", t="0.5")
    shown = next(each.value for each in app.dataframe if "fold" in each.value.columns)
    found = across_folds(sweeps(rows, "fold"), 0.5, "max accuracy")
    assert list(shown["accuracy at 0.5"]) == [f"{100 * each.fixed.accuracy:.1f} %" for each in found]
    assert list(shown["threshold of the others"]) == [f"{each.chosen_threshold:.6g}" for each in found]
    assert "mean of the folds" in said(app)


def test_without_parts_the_rows_are_halved_at_random() -> None:
    app = page(VALIDATION, saved(table()))
    assert "100 times at random: f1 is" in said(app)
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
