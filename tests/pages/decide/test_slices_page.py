"""The Slices page: its figures are evalcore's, a group opens in the explorer, and links of ranges and pairs hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

import evalcore as ec
from evalcore.describing.slice_words import behind_sentences, slice_rows
from pages.ui import compute
from tests.pages.app_pages import box, page, said

SLICES, THRESHOLD = "pages/decide/slices.py", "pages/decide/threshold.py"
RANDOM = np.random.default_rng(4)
N = 400
TRUTH = RANDOM.integers(0, 2, N)
SITE = np.array(["A", "B", "C"])[RANDOM.integers(0, 3, N)]
# At site B the model hardly knows.
SCORE = RANDOM.normal(0.3 + np.where(SITE == "B", 0.02, 0.4) * TRUTH, 0.15)
TABLE = pd.DataFrame(
    {
        "truth": TRUTH,
        "prob": np.clip(SCORE, 0, 1).round(3),
        "site": SITE,
        "age": np.arange(N) % 70 + 20,
    }
)
ROLES = ec.Roles(truth="truth", scores=("prob",), positive="1", groups=("site",))


def opened(rows: pd.DataFrame = TABLE, roles: ec.Roles = ROLES) -> ec.Evaluation:
    return ec.open_predictions(rows, roles=roles, title="Sites")


def saved(**more: Any) -> str:
    return compute.store().save(opened(**more), owner="owner-of-slices-tests").id


def shown(app: AppTest) -> pd.DataFrame:
    return app.dataframe[0].value


def test_it_says_which_group_is_behind_and_shows_all() -> None:
    app = page(SLICES, saved(), t="0.45")
    table = ec.slice_table(opened().predictions, "site", threshold=0.45)
    told = behind_sentences(table, "recall")
    assert [each.partition(":")[0] for each in told] == ["site = B"]
    assert told[0] in said(app)
    expected = slice_rows(table, "recall", "gap")
    assert shown(app)["group"].tolist() == expected["group"].tolist()
    assert shown(app)["value"].tolist() == expected["value"].tolist()


def test_the_threshold_the_rate_and_the_order_are_followed() -> None:
    app = page(SLICES, saved(), t="0.45")
    app.number_input(key="t").set_value(0.3).run()
    box(app, "Compared by").set_value("false_positive_rate").run()
    app.get("button_group")[0].set_value("size").run()
    assert not app.exception
    table = ec.slice_table(opened().predictions, "site", threshold=0.3)
    expected = slice_rows(table, "false_positive_rate", "size")
    assert shown(app)[["group", "value", "gap"]].equals(expected[["group", "value", "gap"]])


def test_ranges_and_pairs() -> None:
    app = page(SLICES, saved())
    box(app, "And by").set_value("age").run()
    assert not app.exception
    table = ec.slice_table(opened().predictions, ("site", "age"))
    assert sorted(shown(app)["group"]) == sorted(table.grouping.words)
    assert "few" in " ".join(shown(app)["behind"])


def test_links_within_a_range_and_a_pair_open_on_other_pages() -> None:
    identifier = saved()
    table = ec.slice_table(opened().predictions, ("site", "age"))
    for place in (0, len(table) - 1):
        app = page(THRESHOLD, identifier, within=table.grouping.texts[place])
        assert f"Within {table.grouping.words[place]}." in said(app)
        assert f"{table.cases[place]} cases" in said(app)
        assert box(app, "Within").value == table.grouping.texts[place]
    app.switch_page(SLICES).run()
    assert not app.exception
    assert "This page shows all rows" in said(app)
    assert f"{N} cases" in said(app)


def test_decisions_alone_have_groups_and_no_threshold() -> None:
    rows = TABLE.assign(predicted=(TABLE["prob"] >= 0.45).astype(int)).drop(columns="prob")
    roles = ec.Roles(truth="truth", predicted_label="predicted", positive="1", groups=("site",))
    app = page(SLICES, saved(rows=rows, roles=roles))
    assert "site = B" in said(app)
    assert not app.number_input


def test_several_classes_are_looked_at_one_against_the_rest() -> None:
    app = page(SLICES, "sample-digits")
    assert shown(app)["group"].tolist()
    assert all(each.startswith("fold = ") for each in shown(app)["group"])


def test_groups_of_one_class_each_are_compared_by_a_rate_that_they_have() -> None:
    app = page(SLICES, "sample-mnist-5-small")
    assert box(app, "Compared by").value == "false_positive_rate"
    assert "False positive rate of all cases" in said(app)
    only = shown(app).set_index("group").loc["digit = 5"]
    assert (only["value"], only["behind"]) == ("–", "–")


def test_without_a_column_that_parts_the_cases_it_says_so() -> None:
    app = page(SLICES, saved(rows=TABLE[["truth", "prob"]], roles=ec.Roles(truth="truth", scores=("prob",))))
    assert "No column parts these cases into groups" in said(app)


def test_names_from_a_file_are_no_markup() -> None:
    rows = TABLE.assign(site=np.where(SITE == "B", "![](http://x/)", SITE))
    app = page(SLICES, saved(rows=rows), t="0.45")
    raw = " ".join(each.value for kind in ("markdown", "caption", "subheader") for each in app.get(kind))
    assert "![](" not in raw
    assert "site = ![](http://x/)" in said(app)
