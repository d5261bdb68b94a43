"""The Calibration page: its figures are evalcore's, and it says what it cannot say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import brier_score_loss, log_loss
from streamlit.testing.v1 import AppTest

import evalcore as ec
from evalcore.describing.calibration_words import CAUSES
from evalcore.metrics.probability.parts import called_class, part_calibrations
from evalcore.numbers import coefficient, points, signed
from pages.ui import compute
from tests.pages.app_pages import page, said

CALIBRATION = "pages/understand/calibration.py"
RANDOM = np.random.default_rng(11)
SAID = np.round(RANDOM.beta(1.3, 2, 600), 3)
#: Less extreme than said: what is said is 1.8 times too sure.
TRUE = 1 / (1 + ((1 - SAID.clip(0.001, 0.999)) / SAID.clip(0.001, 0.999)) ** (1 / 1.8))
TRUTH = (RANDOM.random(600) < TRUE).astype(int)
TABLE = pd.DataFrame({"label": TRUTH, "prob": SAID, "site": np.where(RANDOM.random(600) < 0.4, "A", "B")})


def saved(rows: pd.DataFrame, **roles: Any) -> str:
    opened = ec.open_predictions(rows, roles=ec.Roles(**roles) if roles else None, title="Trust")
    return compute.store().save(opened, owner="owner-of-calibration-tests").id


def figures(app: AppTest) -> dict[str, str]:
    table = app.table[0].value
    return dict(zip(table["figure"].str.strip(), table["value"].str.replace("\\", ""), strict=True))


def test_figures_are_scikit_learns_and_the_verdict_is_said() -> None:
    app = page(CALIBRATION, saved(TABLE))
    shown = figures(app)
    assert shown["Brier score"].startswith(coefficient(brier_score_loss(TRUTH, SAID)))
    assert shown["Log loss"].startswith(coefficient(log_loss(TRUTH, SAID)))
    assert shown["Prediction bias"].startswith(signed(float(SAID.mean() - TRUTH.mean()), points))
    assert "cannot be taken at their word" in said(app)
    assert CAUSES in said(app)


def test_buckets_are_chosen() -> None:
    app = page(CALIBRATION, saved(TABLE))
    app.get("button_group")[0].set_value("uniform").run()
    app.get("button_group")[1].set_value(5).run()
    assert not app.exception
    table = next(each.value for each in app.dataframe if "probability" in each.value.columns)
    assert len(table) == 5
    np.testing.assert_array_equal(table["cases"], np.histogram(SAID, np.linspace(0, 1, 6))[0].astype(str))


def test_groups_have_their_own_bias() -> None:
    app = page(CALIBRATION, saved(TABLE, groups=["site"]))
    assert "Within groups" in said(app)
    table = next(each.value for each in app.dataframe if "site" in each.value.columns)
    for name, bias in zip(table["site"], table["bias"], strict=True):
        here = TABLE["site"] == name
        assert bias == pytest.approx(float(SAID[here].mean() - TRUTH[here].mean()))


def test_groups_that_follow_from_the_truth_say_nothing() -> None:
    rows = TABLE.assign(
        digit=np.where(TRUTH == 1, "five", np.where(RANDOM.random(600) < 0.5, "two", "three"))
    )
    app = page(CALIBRATION, saved(rows, groups=["digit", "site"]))
    assert any("site" in each.value.columns for each in app.dataframe)
    assert not any("digit" in each.value.columns for each in app.dataframe)


def test_a_mapping_is_a_preview_with_the_same_decisions() -> None:
    app = page(CALIBRATION, saved(TABLE))
    found = ec.recalibrate(TRUTH, SAID, "platt")
    table = next(each.value for each in app.dataframe if "before" in each.value.columns)
    assert table["after"].tolist()[1] == coefficient(found.after["log_loss"])
    assert "never applied" in said(app)
    assert "with it the same cases are called" in said(app)


def test_scores_that_are_no_probabilities_say_so() -> None:
    rows = TABLE.assign(prob=np.log(SAID.clip(0.001, 0.999) / (1 - SAID.clip(0.001, 0.999))) * 3).rename(
        columns={"prob": "decision_function"}
    )
    app = page(CALIBRATION, saved(rows))
    assert "These scores are no probabilities" in said(app)
    before = next(each.value for each in app.dataframe if "before" in each.value.columns)["before"]
    assert set(before) == {"no probabilities"}


def classes(n: int = 300) -> pd.DataFrame:
    raw = RANDOM.dirichlet((1, 1, 1), n)
    names = np.array(["cat", "dog", "owl"])
    drawn = [names[RANDOM.choice(3, p=each)] for each in raw]
    return pd.DataFrame({"truth": drawn, **dict(zip(names, raw.T, strict=True))})


def test_classes_have_a_table_and_the_called_class_a_diagram() -> None:
    rows = classes()
    opened = ec.open_predictions(rows)
    model = opened.models[0]
    app = page(CALIBRATION, saved(rows))
    assert "The called class" in said(app)
    told = called_class(opened.predictions, model)
    assert told is not None
    assert figures(app)["Brier score"].startswith(coefficient(float(np.mean((told[1] - told[0]) ** 2))))
    table = next(each.value for each in app.dataframe if "calibration error" in each.value.columns)
    expected = part_calibrations(opened.predictions, model)
    assert table["class"].tolist() == [each.name for each in expected]
    assert table["calibration error"].tolist() == [each.error for each in expected]


@pytest.mark.parametrize("truth", [[0, 1, 0, 1], [0, 0, 0, 1]])
def test_four_rows_do_not_break_it(truth: list[int]) -> None:
    app = page(CALIBRATION, saved(pd.DataFrame({"label": truth, "prob": [0.1, 0.5, 0.5, 0.9]})))
    assert "there are too few to say much" in said(app)


def test_two_probabilities_make_two_buckets() -> None:
    rows = pd.DataFrame({"label": [0, 1, 1, 0, 1] * 20, "prob": [0.3, 0.7, 0.7, 0.3, 0.3] * 20})
    app = page(CALIBRATION, saved(rows))
    table = next(each.value for each in app.dataframe if "probability" in each.value.columns)
    assert table["cases"].tolist() == ["60", "40"]


def test_names_from_a_file_are_no_markup() -> None:
    rows = classes().replace({"truth": {"cat": "![](http://x/)"}}).rename(columns={"cat": "![](http://x/)"})
    app = page(CALIBRATION, saved(rows))
    raw = " ".join(each.value for kind in ("markdown", "caption", "subheader") for each in app.get(kind))
    assert "![](" not in raw
