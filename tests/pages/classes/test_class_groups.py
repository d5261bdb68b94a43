"""Levels of classes in the dashboard: every page at the chosen level, and groups that people give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from sklearn import metrics

from evalcore import numbers
from evalcore.inputs.opening import open_predictions
from pages.ui import compute
from tests.pages.app_pages import box, open_id, page, said, tiles

ROOT = Path(__file__).parents[2]
NAMES = ("animal/cat", "animal/dog", "plant/oak", "vehicle/car", "vehicle/van")
GROUPS = np.array(["animal", "animal", "plant", "vehicle", "vehicle"])
rng = np.random.default_rng(8)
TRUTH = rng.integers(0, 5, 200)
RAW = np.exp(rng.normal(size=(200, 5)) + 1.3 * np.eye(5)[TRUTH])
P = RAW / RAW.sum(axis=1, keepdims=True)
CALLED = P.argmax(axis=1)
SUMS = np.column_stack([P[:, name == GROUPS].sum(axis=1) for name in ("animal", "plant", "vehicle")])
COARSE = np.array([0, 0, 1, 2, 2])[TRUTH]
LEVEL = "3 groups by name"


def saved(names: tuple[str, ...] = NAMES) -> str:
    table = pd.DataFrame(
        {"actual": np.array(names)[TRUTH], **{f"prob_{name}": P[:, i] for i, name in enumerate(names)}}
    )
    return compute.store().save(open_predictions(table, title="Things"), owner="test-groups").id


def test_every_class_says_what_the_groups_forgive() -> None:
    app = page("pages/understand/classes.py", saved(), tab="Groups")
    assert box(app, "Level").options == ["All 5 classes", LEVEL]
    wrong = TRUTH != CALLED
    within = int((wrong & (GROUPS[TRUTH] == GROUPS[CALLED])).sum())
    text = said(app)
    assert f"Of the {wrong.sum()} errors among the 5 classes, {within} (" in text
    assert (
        f"with the highest sum, in {numbers.share(metrics.accuracy_score(COARSE, SUMS.argmax(axis=1)))}"
        in text
    )


def test_the_classes_page_at_the_coarser_level() -> None:
    app = page("pages/understand/classes.py", saved(), tab="All figures")
    box(app, "Level").set_value(LEVEL).run()
    assert not app.exception
    assert "200 cases, 3 classes" in said(app)
    assert f"Things, in {LEVEL}" in said(app)
    shown = tiles(app)
    assert shown["Accuracy"] == numbers.share(metrics.accuracy_score(COARSE, SUMS.argmax(axis=1)))
    assert shown["ROC AUC against rest, macro"] == numbers.coefficient(
        metrics.roc_auc_score(COARSE, SUMS, multi_class="ovr")
    )
    app = page("pages/understand/classes.py", open_id(app), tab="Class by class", level=LEVEL)
    report = metrics.classification_report(
        COARSE, SUMS.argmax(axis=1), target_names=["animal", "plant", "vehicle"], digits=4
    )
    assert app.code[0].value.split() == report.split()


def test_a_group_against_the_rest_on_the_threshold_page() -> None:
    app = page("pages/decide/threshold.py", saved(), level=LEVEL, k="plant")
    assert box(app, "Level").value == LEVEL
    assert f"{(COARSE == 1).sum()} of them “plant”" in said(app)
    box(app, "Level").set_value("All 5 classes").run()
    assert not app.exception
    assert box(app, "Class against the rest").value in NAMES


def test_the_errors_page_at_the_coarser_level() -> None:
    app = page("pages/decide/errors.py", saved(), level=LEVEL)
    wrong = int((SUMS.argmax(axis=1) != COARSE).sum())
    assert f"**{wrong}** cases" in said(app)
    assert box(app, "Actual class").options == ["any class", "animal", "plant", "vehicle"]


def test_two_groups_on_the_errors_page_have_names_not_signs() -> None:
    app = page("pages/decide/errors.py", saved(), groups="alive=0-2&made=3-4", level="2 groups of your own")
    assert box(app, "Actual class").options == ["any class", "alive", "made"]


def test_groups_of_a_person_come_with_the_link() -> None:
    plain = tuple(name.partition("/")[2] for name in NAMES)
    app = page(
        "pages/understand/classes.py",
        saved(plain),
        groups="alive=0-2&made=3-4",
        level="2 groups of your own",
        tab="Groups",
    )
    # The classes come in the file's order of columns: cat, dog, oak, car, van.
    alive = np.isin(TRUTH, (0, 1, 2)).astype(int)
    called = P[:, :3].sum(axis=1) >= P[:, 3:].sum(axis=1)
    assert f"{numbers.share((alive == called).mean())} of all calls are right" in said(app)
    assert "200 cases, 2 classes" in said(app)
    next(each for each in app.button if each.label == "Forget my groups").click().run()
    assert not app.exception
    assert "200 cases, 5 classes" in said(app)
    assert "Level" not in [each.label for each in app.selectbox]


def test_a_link_with_groups_of_other_classes_is_passed_over() -> None:
    app = page("pages/understand/classes.py", saved(), groups="x=0-99", level="2 groups of your own")
    assert "200 cases, 5 classes" in said(app)


def test_a_file_gives_the_classes_groups() -> None:
    plain = tuple(name.partition("/")[2] for name in NAMES)
    app = page("pages/understand/classes.py", saved(plain), tab="Groups")
    assert "Do some classes belong together?" in said(app)
    table = pd.DataFrame({"class": plain, "superclass": ["a", "a", "b", "c", "c"]})
    app.file_uploader(key="groups_file").upload("map.csv", table.to_csv(index=False).encode(), "text/csv")
    next(each for each in app.button if each.label == "Use these groups").click().run()
    assert not app.exception
    assert box(app, "Level").value == "3 groups of your own"
    assert "200 cases, 3 classes" in said(app)


def test_groups_that_are_none_are_told() -> None:
    plain = tuple(name.partition("/")[2] for name in NAMES)
    app = page("pages/understand/classes.py", saved(plain), tab="Groups")
    next(each for each in app.button if each.label == "Use these groups").click().run()
    assert "Every class is a group of its own" in said(app)


def test_two_classes_have_no_level() -> None:
    app = page("pages/decide/threshold.py", "sample-mnist-5-small")
    assert "Level" not in [each.label for each in app.selectbox]
