"""Every page within a slice: what it counts, that rows keep their numbers, and where there is nothing to count."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Roles
from pages.ui import compute
from tests.pages.app_pages import box, page, said

THRESHOLD, ERRORS, VALIDATION = (f"pages/decide/{name}.py" for name in ("threshold", "errors", "validation"))
CLASSES, OUTPUTS = "pages/understand/classes.py", "pages/understand/outputs.py"

rng = np.random.default_rng(5)
SITES = np.array(["A", "B", "C"])[np.arange(120) % 3]
# Of site C all cases are negative, which leaves half of all figures undefined there.
TRUTH = np.where(SITES == "C", 0, rng.integers(0, 2, 120))
TABLE = pd.DataFrame(
    {
        "label": TRUTH,
        "prob": np.clip(rng.normal(0.3 + 0.4 * TRUTH, 0.2), 0, 1).round(3),
        "other_prob": np.clip(rng.normal(0.4 + 0.2 * TRUTH, 0.2), 0, 1).round(3),
        "site": SITES,
        "fold": np.arange(120) % 5 + 1,
    }
)


def saved(table: pd.DataFrame, roles: Roles | None = None) -> str:
    opened = open_predictions(table, title="Cases", **({"roles": roles} if roles else {}))
    return compute.store().save(opened, owner="test-within").id


@pytest.fixture(scope="module")
def two_classes() -> str:
    return saved(TABLE)


def test_the_choice_is_there_and_says_how_many(two_classes: str) -> None:
    app = page(THRESHOLD, two_classes)
    assert box(app, "Within").options[:4] == [
        "All rows (120)",
        "site = A (40)",
        "site = B (40)",
        "site = C (40)",
    ]
    assert "fold = 5 (24)" in box(app, "Within").options
    box(app, "Within").set_value("site=B").run()
    assert not app.exception
    assert "of them “1”. Within site = B. Model" in said(app)
    assert f"40 cases, {TRUTH[SITES == 'B'].sum()} of them" in said(app)


@pytest.mark.parametrize("path", [THRESHOLD, ERRORS, VALIDATION])
@pytest.mark.parametrize("slice_", ["site=A", "site=C", "fold=3"])
def test_every_page_of_two_classes(two_classes: str, path: str, slice_: str) -> None:
    app = page(path, two_classes, within=slice_)
    assert f"within {slice_.replace('=', ' = ')}" in said(app)
    assert not app.error


def test_rows_keep_their_numbers(two_classes: str) -> None:
    app = page(ERRORS, two_classes, within="site=B", cell="Caught", t="0.4")
    inside = (SITES == "B") & (TRUTH == 1) & (TABLE["prob"] >= 0.4)
    assert sorted(app.dataframe[0].value.index) == (np.flatnonzero(inside) + 1).tolist()


def test_the_threshold_and_the_pin_stay(two_classes: str) -> None:
    app = page(THRESHOLD, two_classes, t="0.31", pin="0.62")
    box(app, "Within").set_value("site=A").run()
    assert app.number_input(key="t").value == 0.31
    assert app.session_state["pinned_threshold"] == 0.62
    box(app, "Within").set_value("").run()
    assert app.number_input(key="t").value == 0.31


def test_a_slice_that_is_not_there_is_all_rows(two_classes: str) -> None:
    app = page(THRESHOLD, two_classes, within="site=Z")
    assert box(app, "Within").value == ""
    assert "120 cases" in said(app)
    assert "within" not in app.query_params


def test_counts_have_no_choice() -> None:
    app = page(THRESHOLD, "sample-hot-dog")
    assert "Within" not in [each.label for each in app.selectbox]


def test_several_classes() -> None:
    app = page(CLASSES, "sample-digits", within="fold=2")
    table = pd.read_csv("sample_data/digits.csv")
    count = int((table["fold"] == 2).sum())
    assert f"{count} cases" in said(app)
    for path in (THRESHOLD, ERRORS):
        app.switch_page(path).run()
        assert not app.exception
        assert "within fold = 2" in said(app)
    whole = page(THRESHOLD, "sample-digits")
    assert box(app, "Class against the rest").value == box(whole, "Class against the rest").value


def test_labels_that_are_known_in_some_slices_only() -> None:
    rows = np.arange(60)
    table = pd.DataFrame(
        {
            "true_wet": rows % 2,
            "true_hot": np.where(rows % 3 == 0, np.nan, rows // 2 % 2),
            "prob_wet": ((rows * 7) % 10) / 10,
            "prob_hot": ((rows * 3) % 10) / 10,
            "site": np.array(["north", "south", "east"])[rows % 3],
        }
    )
    identifier = saved(table)
    app = page(THRESHOLD, identifier, within="site=north", k="hot")
    assert "There is no case to count" in said(app)
    for path in (ERRORS, CLASSES):
        app.switch_page(path).run()
        assert not app.exception
        assert not app.error


def link(app: AppTest) -> dict[str, str]:
    return {
        name: values if isinstance(values, str) else values[0] for name, values in app.query_params.items()
    }


def test_the_link_reproduces_it(two_classes: str) -> None:
    app = page(THRESHOLD, two_classes)
    box(app, "Within").set_value("fold=2").run()
    assert link(app)["within"] == "fold=2"
    app.switch_page(VALIDATION).run()
    assert link(app)["within"] == "fold=2"
    assert "within fold = 2" in said(
        page(VALIDATION, two_classes, **{k: v for k, v in link(app).items() if k != "e"})
    )
