"""The Classes page, and a class against the rest on the Threshold page, without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics
from streamlit.testing.v1 import AppTest

from evalcore import numbers
from evalcore.inputs.opening import open_predictions
from pages.ui import compute
from tests.pages.app_pages import box, page, said, tiles

ROOT = Path(__file__).parents[2]
NAMES = ("cat", "dog", "eel")
rng = np.random.default_rng(12)
TRUTH = rng.choice(3, size=150, p=[0.3, 0.5, 0.2])
RAW = np.exp(rng.normal(size=(150, 3)) + 1.4 * np.eye(3)[TRUTH])
P = RAW / RAW.sum(axis=1, keepdims=True)
ANIMALS = pd.DataFrame(
    {"actual": np.array(NAMES)[TRUTH], **{f"prob_{name}": P[:, i] for i, name in enumerate(NAMES)}}
)
LABELS = pd.DataFrame(
    {f"true_{name}": (i == TRUTH).astype(int) | (rng.random(150) < 0.2) for i, name in enumerate(NAMES)}
    | {f"prob_{name}": P[:, i] for i, name in enumerate(NAMES)}
)


def classes_page(identifier: str, tab: str | None = None) -> AppTest:
    return page("pages/understand/classes.py", identifier, **({} if tab is None else {"tab": tab}))


def saved(table: pd.DataFrame) -> str:
    return compute.store().save(open_predictions(table, title="Animals"), owner="test-classes").id


def test_figures_of_all_classes() -> None:
    identifier = saved(ANIMALS)
    app = classes_page(identifier, "All figures")
    called = P.argmax(axis=1)
    shown = tiles(app)
    assert shown["Accuracy"] == numbers.share((called == TRUTH).mean())
    assert shown["F1, macro"] == numbers.share(metrics.f1_score(TRUTH, called, average="macro"))
    area = metrics.roc_auc_score(TRUTH, P, multi_class="ovr")
    assert shown["ROC AUC against rest, macro"] == numbers.coefficient(area)
    text = said(app)
    assert "150 cases, 3 classes" in text
    right, lazy = numbers.share((called == TRUTH).mean()), numbers.share((TRUTH == 1).mean())
    assert f"{right} of all calls are right; always calling “dog”, the lazy rule, {lazy}." in text
    wrong = metrics.confusion_matrix(TRUTH, called) * (1 - np.eye(3, dtype=int))
    i, j = np.unravel_index(wrong.argmax(), wrong.shape)
    assert f"{NAMES[i]} is taken for {NAMES[j]} in" in text
    app = classes_page(identifier, "Class by class")
    report = metrics.classification_report(TRUTH, called, target_names=NAMES, digits=4)
    assert app.code[0].value.split() == report.split()


def test_rows_behind_a_cell_can_be_chosen() -> None:
    app = classes_page(saved(ANIMALS))
    box(app, "Actual").set_value("dog").run()
    box(app, "Called").set_value("dog").run()
    assert not app.exception
    right = int(((P.argmax(axis=1) == 1) & (TRUTH == 1)).sum())
    assert f"{right} of {right} shown" in said(app)
    assert f"**{right}** cases, the surest calls first: actual dog, called dog" in said(app)


def test_a_cell_opens_on_the_errors_page() -> None:
    app = classes_page(saved(ANIMALS))
    box(app, "Actual").set_value("eel").run()
    box(app, "Called").set_value("dog").run()
    next(each for each in app.button if each.label == "Open these on the Errors page").click().run()
    assert not app.exception
    assert app.header[0].value == "Errors"
    assert (box(app, "Actual class").value, box(app, "Called").value) == ("eel", "dog")


def policy(app: AppTest) -> dict[str, Any]:
    """What the live matrix of the policy is sent."""
    sent = [json.loads(each.proto.json) for each in app.get("bidi_component") if each.proto.json]
    found: dict[str, Any] = next(each for each in sent if each.get("policy"))
    return found


def undecided(app: AppTest) -> pd.DataFrame:
    return next(each.value for each in app.dataframe if "Undecided" in each.value)


def least_certainty(app: AppTest):  # type: ignore[no-untyped-def]
    return next(each for each in app.number_input if each.label == "Least certainty")


def test_abstaining() -> None:
    app = classes_page(saved(ANIMALS))
    assert policy(app)["policy"]["limit"] is None
    least_certainty(app).set_value(0.6).run()
    assert not app.exception
    sure, right = P.max(axis=1) >= 0.6, P.argmax(axis=1) == TRUTH
    rest = undecided(app)
    assert rest["Undecided"].tolist() == np.bincount(TRUTH[~sure], minlength=3).tolist()
    assert rest["Decided"].sum() == sure.sum()
    assert rest["Right"].sum() == (sure & right).sum()
    assert policy(app)["policy"]["limit"] == 0.6


def test_the_best_certainty_is_found_and_set() -> None:
    app = classes_page(saved(ANIMALS))
    before = policy(app)["id"]
    next(each for each in app.button if each.label == "Fewest wrong").click().run()
    assert not app.exception
    assert undecided(app)["Decided"].sum() >= 0.9 * len(TRUTH)
    assert policy(app)["policy"]["limit"] == least_certainty(app).value is not None
    assert policy(app)["id"] != before
    next(each for each in app.button if each.label == "Decide every case").click().run()
    assert undecided(app)["Undecided"].sum() == 0


@pytest.mark.parametrize("rule", ["thresholds", "cost"])
def test_other_rules(rule: str) -> None:
    app = classes_page(saved(ANIMALS))
    box(app, "Rule").set_value(rule).run()
    assert not app.exception
    assert undecided(app)["Right"].sum() == (P.argmax(axis=1) == TRUTH).sum()
    assert (policy(app)["policy"]["costs"] is not None) == (rule == "cost")


def test_the_slider_moves_the_threshold_of_one_class() -> None:
    app = classes_page(saved(ANIMALS))
    box(app, "Rule").set_value("thresholds").run()
    box(app, "The slider moves").set_value(2).run()
    assert not app.exception
    sent = policy(app)
    assert (sent["policy"]["name"], sent["policy"]["place"], sent["policy"]["limit"]) == ("dog", 1, 0.0)
    assert sent["table"]["reach"] is not None
    least_certainty(app).set_value(0.5).run()
    assert policy(app)["id"] != sent["id"]
    assert undecided(app)["Undecided"].sum() == (P.max(axis=1) < 0.5).sum()


def test_decisions_alone() -> None:
    hard = pd.DataFrame({"actual": ANIMALS["actual"], "predicted": np.array(NAMES)[P.argmax(axis=1)]})
    app = classes_page(saved(hard), "All figures")
    assert "ROC AUC against rest, macro" not in tiles(app)
    assert "only this model's decisions" in said(app)


def test_several_labels() -> None:
    app = classes_page(saved(LABELS), "All figures")
    truth = LABELS.iloc[:, :3].to_numpy(dtype=int)
    shown = tiles(app)
    assert shown["Hamming loss"] == numbers.share(metrics.hamming_loss(truth, P >= 0.5))
    assert shown["F1, macro"] == numbers.share(metrics.f1_score(truth, P >= 0.5, average="macro"))
    for rule in ("one", "each", "max_f1", "recall"):
        box(app, "Thresholds").set_value(rule).run()
        assert not app.exception


def test_many_classes_are_folded_and_said() -> None:
    many = pd.DataFrame(
        {"actual": [f"c{i % 60}" for i in range(600)], "predicted": [f"c{i % 59}" for i in range(600)]}
    )
    text = said(classes_page(saved(many)))
    assert "30 classes are folded into “other”" in text


def test_two_classes_are_told_why() -> None:
    app = classes_page("sample-mnist-5-small")
    assert "three or more classes" in said(app)


def test_a_class_against_the_rest_on_the_threshold_page() -> None:
    identifier = saved(ANIMALS)
    app = page("pages/decide/threshold.py", identifier)
    assert box(app, "Class against the rest").value == "dog"
    assert f"{(TRUTH == 1).sum()} of them “dog”" in said(app)
    box(app, "Class against the rest").set_value("eel").run()
    assert not app.exception
    assert f"{(TRUTH == 2).sum()} of them “eel”" in said(app)


def test_the_link_carries_the_class() -> None:
    app = page("pages/decide/threshold.py", saved(ANIMALS), k="cat", t="0.7")
    assert f"{(TRUTH == 0).sum()} of them “cat”" in said(app)
    assert next(each for each in app.number_input if each.label == "Threshold").value == 0.7


def test_a_label_on_the_threshold_page() -> None:
    app = page("pages/decide/threshold.py", saved(LABELS))
    assert f"{int(LABELS['true_cat'].sum())} of them “cat”" in said(app)


def test_two_classes_have_no_class_to_choose() -> None:
    app = page("pages/decide/threshold.py", "sample-mnist-5-small")
    assert "Class against the rest" not in [each.label for each in app.selectbox]


def test_a_small_curve_opens_its_class_in_the_explorer() -> None:
    app = classes_page(saved(ANIMALS), "Curves")
    opening = [each for each in app.button if each.label.startswith("Open\\: ")]
    assert {each.label for each in opening} == {f"Open\\: {name}" for name in NAMES}
    worst = int(np.argmin([metrics.roc_auc_score(i == TRUTH, P[:, i]) for i in range(3)]))
    opening[0].click().run()
    assert not app.exception
    assert box(app, "Class against the rest").value == NAMES[worst]


def test_small_curves_of_labels() -> None:
    app = classes_page(saved(LABELS), "Curves")
    box(app, "Order").set_value("name").run()
    assert not app.exception
    assert len([each for each in app.button if each.label.startswith("Open\\: ")]) == 3


def test_the_page_opens_with_one_sentence_and_one_matrix() -> None:
    app = classes_page(saved(ANIMALS))
    sent = [json.loads(each.proto.json) for each in app.get("bidi_component") if each.proto.json]
    assert len([each for each in sent if "shown" in each]) == 1
    assert not app.metric, "figures are a click away"
    assert len(app.dataframe) == 2, "tables of classes are a click away"


def test_the_files_own_calls_come_first_where_the_scores_say_others() -> None:
    """The sentence, the matrix and the cases are of the same calls."""
    own = np.where(np.arange(150) < 30, 0, P.argmax(axis=1))
    app = classes_page(saved(ANIMALS.assign(predicted=np.array(NAMES)[own])))
    assert not app.exception
    if box(app, "Rule").value == "own":
        assert numbers.share((own == TRUTH).mean()) in said(app)
        box(app, "Rule").set_value("arg_max").run()
        assert policy(app)["policy"]["limit"] is None


def test_labels_open_with_one_sentence() -> None:
    truth = LABELS.iloc[:, :3].to_numpy(dtype=int)
    text = said(classes_page(saved(LABELS)))
    every = numbers.share(((P >= 0.5) == truth).all(axis=1).mean())
    sets = LABELS.iloc[:, :3].astype(int).value_counts()
    assert f"Every label is right in {every} of the rows (always the commonest set of labels" in text
    assert f"the lazy rule: {numbers.share(sets.max() / 150)})" in text
