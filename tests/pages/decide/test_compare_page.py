"""The Compare page: its figures are evalcore's, its footings hold, and what changes has its cases."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

import evalcore as ec
from evalcore.describing.comparison_words import (
    FIGURE_NAMES,
    agreement_sentence,
    comparison_sentence,
    crossing_sentence,
    error_sentence,
    mixing_sentence,
    part_figures_sentence,
)
from evalcore.metrics.classes.compared_parts import compare_parts
from evalcore.metrics.comparing.calls_together import calls_together
from evalcore.metrics.comparing.ensembles import with_ensemble
from evalcore.metrics.comparing.roc_regions import roc_regions
from evalcore.metrics.deciding.mixing import mixing
from pages.ui import compute
from tests.pages.app_pages import box, in_link, page, said

COMPARE = "pages/decide/compare.py"
RANDOM = np.random.default_rng(21)
TRUTH = (RANDOM.random(400) < 0.4).astype(int)
SHARED = RANDOM.normal(size=400)


def squashed(lift: float) -> Any:
    return np.round(1 / (1 + np.exp(-(SHARED + 0.6 * RANDOM.normal(size=400) + lift * TRUTH - 1))), 4)


TABLE = pd.DataFrame(
    {
        "truth": TRUTH,
        "forest_prob": squashed(2.5),
        "linear_prob": squashed(1.0),
        "site": np.where(RANDOM.random(400) < 0.5, "A", "B"),
    }
)


def opened(rows: pd.DataFrame = TABLE, **more: Any) -> ec.Evaluation:
    scores = [name for name in rows.columns if name.endswith("_prob")]
    roles = ec.Roles(truth="truth", scores=tuple(scores), positive="1", **more)
    return ec.open_predictions(rows, roles=roles, title="Two models")


def saved(rows: pd.DataFrame = TABLE, **more: Any) -> str:
    return compute.store().save(opened(rows, **more), owner="owner-of-compare-tests").id


def figures(app: AppTest) -> pd.DataFrame:
    return next(each.value for each in app.dataframe if "threshold" in each.value.columns)


def test_it_says_which_is_better_and_by_how_much() -> None:
    app = page(COMPARE, saved())
    found = ec.compare(opened().predictions)
    first, second = (each.name for each in opened().predictions.models)
    assert comparison_sentence(found, second, "roc_auc") in said(app)
    assert "worse than" in said(app)
    table = figures(app)
    assert table["model"].tolist() == [first, second, "Most frequent class", "Prior probability"]
    for name in FIGURE_NAMES:
        assert table[name][0] == found.model(first).figures[name].value
    assert error_sentence(found, second) in said(app)


def test_another_baseline_turns_it_round() -> None:
    app = page(COMPARE, saved())
    second = opened().predictions.models[1].name
    box(app, "Compared with").set_value(second).run()
    assert not app.exception
    assert f'better than "{second}"' in said(app)


def test_equal_recall_is_kept_by_all() -> None:
    app = page(COMPARE, saved())
    app.get("button_group")[0].set_value("recall").run()
    assert not app.exception
    assert (figures(app)["recall"][:2] >= 0.9).all()
    app.slider[0].set_value(0.5).run()
    assert (figures(app)["recall"][:2].between(0.5, 0.6)).all()


def test_the_goal_is_a_footing_where_there_is_one() -> None:
    app = page(COMPARE, saved(), goal="max precision where recall >= 95 %")
    app.get("button_group")[0].set_value("goal").run()
    assert not app.exception
    assert (figures(app)["recall"][:2] >= 0.95).all()


def test_what_nobody_can_meet_is_said() -> None:
    app = page(COMPARE, saved(), goal="max recall where precision >= 101 %")
    app.get("button_group")[0].set_value("goal").run()
    assert not app.exception
    assert "has no such threshold" in said(app)


def test_it_says_where_curves_cross_and_what_mixing_gives() -> None:
    app = page(COMPARE, saved())
    models = opened().predictions
    sweeps = {each.name: ec.ThresholdSweep.from_scores(models.truth, each.values) for each in models.models}
    assert crossing_sentence(roc_regions(sweeps)) in said(app)
    assert mixing_sentence(mixing(sweeps)) in said(app)
    corners = next(each.value for each in app.dataframe if list(each.value.columns)[-1] == "recall")
    assert corners["recall"].tolist() == [each.recall for each in mixing(sweeps).corners]


def test_the_cases_that_are_mended_are_shown() -> None:
    app = page(COMPARE, saved())
    found = ec.compare(opened().predictions)
    changes = found.models[1].changes
    control = app.get("button_group")[-1]
    assert f"Broken: {changes.broken}" in control.options
    control.set_value("broken").run()
    assert not app.exception
    assert f"{changes.broken} of {changes.broken} shown" in said(app)


def test_the_ensemble_is_a_model_of_its_own() -> None:
    app = page(COMPARE, saved(), ensemble="probabilities")
    table = figures(app)
    assert table["model"].tolist()[2] == "Mean of probabilities"
    found = ec.compare(with_ensemble(opened().predictions, "probabilities"))
    assert table["roc_auc"][2] == found.models[2].figures["roc_auc"].value
    box(app, "Put together").set_value("").run()
    assert not app.exception
    assert "Mean of probabilities" not in said(app)


def test_it_says_who_agrees_and_who_is_right_alone() -> None:
    app = page(COMPARE, saved(), ensemble="ranks")
    models = with_ensemble(opened().predictions, "ranks")
    calls = {each.name: each.called(each.default_threshold) for each in models.models}
    together = calls_together(models.truth, calls)
    first, second = list(calls)[:2]
    assert agreement_sentence(together, first, second) in said(app)
    alone = box(app, "Cases that few or no models get right")
    assert f"Only {first} right: {len(together.alone[first])}" in alone.options
    alone.set_value("").run()
    assert not app.exception
    assert f"{len(together.nobody)} of {len(together.nobody)} shown" in said(app)


def test_another_evaluation_of_the_same_cases_is_laid_beside() -> None:
    one = saved(TABLE[["truth", "forest_prob"]].assign(case_id=range(400)))
    two = saved(TABLE[["truth", "linear_prob"]].assign(case_id=range(400)).iloc[::-1])
    app = page(COMPARE, one, beside=two)
    assert 'is joined by "case_id": all 400 cases are in both' in said(app)
    assert figures(app)["model"].tolist()[:2] == ["forest_prob", "linear_prob"]
    # In another table's words the figures are those of one file that has both.
    found = ec.compare(opened().predictions)
    assert figures(app)["roc_auc"][1] == found.models[1].figures["roc_auc"].value


def test_an_evaluation_of_other_cases_is_refused_in_a_sentence() -> None:
    other = saved(TABLE.iloc[:90])
    app = page(COMPARE, saved(), beside=other)
    assert "no column names the cases of both" in said(app).lower()
    assert figures(app)["model"].tolist()[2:] == ["Most frequent class", "Prior probability"]
    assert "Beside it" not in [
        each.label for each in page(COMPARE, saved(), beside="gone-for-good").multiselect
    ]


def test_scores_are_laid_against_each_other_for_who_opens_it() -> None:
    app = page(COMPARE, saved(), session={"compare_scatter_open": True})
    assert "Each point is a case" in said(app)
    assert "Each point is a case" not in said(page(COMPARE, saved()))


def test_groups_stand_together() -> None:
    app = page(COMPARE, saved(groups=("site",)))
    box(app, "What stands together").set_value("site").run()
    assert not app.exception
    assert "2 groups stand together" in said(app)


def test_one_model_is_not_compared() -> None:
    app = page(COMPARE, saved(TABLE[["truth", "forest_prob"]]))
    assert "Comparing needs two models or more" in said(app)


def test_one_class_is_refused_in_a_sentence() -> None:
    app = page(COMPARE, saved(groups=("site",)), within="site=C")
    assert not app.exception
    rows = TABLE.assign(site=np.where(TRUTH == 1, "ill", "well"))
    app = page(COMPARE, saved(rows, groups=("site",)), within="site=ill")
    assert "Comparing needs cases of both classes" in said(app)


def test_names_from_a_file_are_no_markup() -> None:
    rows = TABLE.rename(columns={"forest_prob": "![](http://x/)_prob"})
    app = page(COMPARE, saved(rows))
    raw = " ".join(each.value for kind in ("markdown", "caption", "subheader") for each in app.get(kind))
    assert "![](" not in raw


def test_several_classes_are_compared_over_all_and_one_by_one() -> None:
    app = page(COMPARE, "sample-mnist-test")
    predictions = compute.evaluation("sample-mnist-test").predictions
    found = compare_parts(predictions)
    second = predictions.models[1].name
    assert part_figures_sentence(found, second) in said(app)
    table = next(each.value for each in app.dataframe if "Macro F1" in each.value.columns)
    assert table["Macro F1"].tolist() == [each.figures["macro_f1"].value for each in found.models]
    parts = next(each.value for each in app.dataframe if "class" in each.value.columns)
    assert len(parts) == 10
    widest = parts.iloc[0]
    assert widest["difference"] == found.models[1].parts[widest["class"]]["f1"].change
    assert "Over all classes" not in said(page(COMPARE, saved()))


def test_one_model_is_laid_beside_another_evaluation_of_this_browser() -> None:
    one = saved(TABLE[["truth", "forest_prob"]].assign(case_id=range(400)))
    two = saved(TABLE[["truth", "linear_prob"]].assign(case_id=range(400)))
    app = page(COMPARE, one, session={"visitor": "owner-of-compare-tests"})
    assert "choose it above" in said(app)
    choice = next(each for each in app.multiselect if each.label == "Beside it")
    choice.set_value([two]).run()
    assert not app.exception
    assert figures(app)["model"].tolist()[:2] == ["forest_prob", "linear_prob"]
    assert in_link(app, "beside") == two
