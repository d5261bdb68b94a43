"""The Counts page without a browser: decisions have no threshold, and models stand side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from evalcore.inputs.opening import open_predictions
from pages.ui import compute
from tests.pages.app_pages import ROOT, open_id, page, said

COUNTS = "pages/understand/counts.py"


def menu(app: AppTest) -> set[str]:
    """The pages that have something to show."""
    opened = compute.evaluation(open_id(app))
    return set(opened.traits.pages)


def test_a_link_to_counts_shows_the_page_of_counts() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["e"] = "sample-hot-dog"
    app.run()
    assert not app.exception
    assert "there is no threshold to move and no curve" in said(app)
    assert not app.number_input
    assert menu(app) == {"counts"}


def test_differences_follow_the_model_at_the_left() -> None:
    app = page(COUNTS, "sample-hot-dog")
    assert "difference from “first model”" in said(app)
    next(each for each in app.selectbox if each.label == "Model").set_value("20 more epochs").run()
    assert "difference from “20 more epochs”" in said(app)


def save(table: pd.DataFrame, title: str) -> str:
    return compute.store().save(open_predictions(table, title=title), owner="a test").id


def test_predicted_labels_alone_are_shown_with_the_way_to_their_cases() -> None:
    table = pd.DataFrame({"actual": ["spam", "ham"] * 20, "predicted": ["spam"] * 15 + ["ham"] * 25})
    app = page(COUNTS, save(table, "letters"))
    assert "Only decisions are known" in said(app)
    assert menu(app) == {"counts", "errors", "slices"}
    assert [each.label for each in app.get("page_link")] == ["See the cases"]


def test_one_of_several_classes_against_the_rest() -> None:
    table = pd.DataFrame({"actual": list("abcabcabc"), "predicted": list("abcbcaabb")})
    app = page(COUNTS, save(table, "three"), k="b")
    assert "“b” against all other classes together" in said(app)
    assert menu(app) == {"counts", "errors", "slices", "classes"}


def test_counts_by_score_keep_their_threshold() -> None:
    table = pd.DataFrame({"score": [0.9, 0.6, 0.2], "positives": [8, 4, 2], "negatives": [1, 5, 9]})
    app = page("pages/decide/threshold.py", save(table, "by score"))
    assert any(each.label == "Threshold" for each in app.number_input)


def test_very_many_models_are_chosen_from() -> None:
    rng = np.random.default_rng(3)
    table = pd.DataFrame({"model": [f"m{i}" for i in range(30)],
                          **{cell: rng.integers(1, 90, 30) for cell in ("tp", "fp", "fn", "tn")}})  # fmt: skip
    app = page(COUNTS, save(table, "thirty"))
    assert len(app.multiselect[0].value) == 6


@pytest.mark.parametrize("script", ["decide/validation", "decide/errors", "understand/classes"])
def test_other_pages_say_why_they_have_nothing_to_show(script: str) -> None:
    app = page(f"pages/{script}.py", "sample-hot-dog")
    assert app.info or "counts" in said(app)
