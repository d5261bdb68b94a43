"""The Errors page without a browser: cells, order, search, flips, suspect labels, and where it does not apply."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from sklearn.metrics import confusion_matrix
from streamlit.testing.v1 import AppTest

from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Roles
from evalcore.sharing.store.annotations import Annotation
from pages.ui import compute
from tests.pages.app_pages import box

ROOT = Path(__file__).parents[2]
rng = np.random.default_rng(8)
TRUTH = (rng.random(300) < 0.3).astype(int)
SCORE = np.clip(rng.normal(0.35 + 0.3 * TRUTH, 0.18), 0, 1).round(4)
TABLE = pd.DataFrame({"name": [f"case {i:03d}" for i in range(300)], "label": TRUTH, "prob": SCORE})


def png(shade: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.full((6, 6), shade % 256, dtype=np.uint8)).save(file, "PNG")
    return file.getvalue()


def saved(table: pd.DataFrame) -> str:
    return compute.store().save(open_predictions(table, title="Cases"), owner="test-errors").id


@pytest.fixture(scope="module")
def plain() -> str:
    return saved(TABLE)


def page(identifier: str, **link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["e"] = identifier
    for key, value in link.items():
        app.query_params[key] = value
    app.switch_page("pages/decide/errors.py").run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    kinds = ("header", "markdown", "caption", "info", "success", "warning", "error")
    told = " ".join(each.value for kind in kinds for each in app.get(kind))
    return told.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def shown(app: AppTest) -> pd.DataFrame:
    return app.dataframe[0].value


@pytest.mark.parametrize("threshold", [0.5, 0.37])
@pytest.mark.parametrize("cell", ["True positives", "False positives", "False negatives", "True negatives"])
def test_each_cell_has_its_cases(plain: str, cell: str, threshold: float) -> None:
    app = page(plain, cell=cell, t=str(threshold))
    matrix = confusion_matrix(TRUTH, threshold <= SCORE).ravel()
    count = matrix[["True negatives", "False positives", "False negatives", "True positives"].index(cell)]
    assert f"**{count:,}** cases" in said(app)
    table = shown(app)
    assert len(table) == count
    right = cell.startswith("True")
    assert ((table["prob"] >= threshold) == ("positives" in cell)).all()
    assert ((table["prob"] >= threshold) == (table["label"] == 1)).eq(right).all()


def test_orders(plain: str) -> None:
    app = page(plain, cell="False positives")
    assert shown(app)["prob"].is_monotonic_decreasing
    box(app, "Order").set_value("most_uncertain").run()
    assert shown(app)["prob"].is_monotonic_increasing
    box(app, "Order").set_value("file").run()
    assert shown(app).index.is_monotonic_increasing


def test_search(plain: str) -> None:
    app = page(plain, cell="True negatives")
    name = shown(app)["name"].iloc[3]
    app.text_input[0].set_value(name.upper()).run()
    assert shown(app)["name"].tolist() == [name]
    app.text_input[0].set_value("nowhere").run()
    assert "No such case with “nowhere” in any column." in said(app)


def test_search_looks_at_whole_values_of_the_chosen_column(plain: str) -> None:
    app = page(plain, cell="True negatives")
    first = shown(app)["prob"].iloc[0]
    app.text_input[0].set_value(f"{first}").run()
    assert set(shown(app)["prob"]) == {first}
    box(app, "In").set_value("name").run()
    assert f"No such case with “{first}” in “name”." in said(app)
    app.text_input[0].set_value(str(first).removeprefix("0.")).run()
    assert "No such case" in said(app), "digits inside a score are not looked at"


def test_flips_between_the_pinned_and_the_present_point(plain: str) -> None:
    app = page(plain, view="What flips", pin="0.6", t="0.4")
    between = (SCORE >= 0.4) & (SCORE < 0.6)
    assert f"**{between.sum():,}** of 300 calls flip" in said(app)
    caught = shown(app)
    assert caught["prob"].between(0.4, 0.6, inclusive="left").all()
    assert (caught["label"] == 1).all()
    assert len(caught) == (between & (TRUTH == 1)).sum()


@pytest.mark.parametrize(
    ("link", "inside"),
    [
        ("0.3~0.7~", (SCORE >= 0.3) & (SCORE < 0.7)),
        ("0.3~~positive", (SCORE >= 0.3) & (TRUTH == 1)),
        ("~0.4~negative", (SCORE < 0.4) & (TRUTH == 0)),
    ],
)
def test_a_range_of_scores(plain: str, link: str, inside: np.ndarray) -> None:
    app = page(plain, view="Range of scores", range=link)
    assert f"**{inside.sum():,}** cases" in said(app)
    assert sorted(shown(app)["name"]) == TABLE["name"][inside].tolist()
    next(each for each in app.button if each.label == "Clear the range").click().run()
    assert "range" not in app.query_params
    assert app.segmented_control[0].value == "Cases"


@pytest.mark.parametrize(
    "link", ["", "a~b~", "0.7~0.3~", "nan~1~", "0.1~0.2~maybe", "0.1~0.2~positive~x", "5"]
)
def test_a_range_that_makes_no_sense_is_none(plain: str, link: str) -> None:
    app = page(plain, view="Range of scores", range=link)
    assert app.segmented_control[0].value == "Cases"


def test_nothing_is_pinned_yet(plain: str) -> None:
    app = page(plain, view="What flips")
    assert "Pin a threshold on the Threshold page" in said(app)
    next(each for each in app.button if each.label == "Pin the present threshold").click().run()
    assert "**0** of 300 calls flip" in said(app)


def test_suspect_labels(plain: str) -> None:
    app = page(plain, view="Suspect labels")
    found = compute.suspects(compute.evaluation(plain), "prob")
    assert found is not None
    wrong = (SCORE >= 0.5) != TRUTH
    assert f"**{len(found)}** of 300 labels are confidently contradicted by prob" in said(app)
    assert f"**{wrong[found.cases].mean() * len(found) / wrong.sum():.1%}**".replace("%", " %") in said(app)
    figures = shown(app)
    assert figures["Accuracy"].iloc[0] == pytest.approx(1 - wrong.mean())
    assert figures["Accuracy"].iloc[1] == pytest.approx(1 - np.delete(wrong, found.cases).mean())


def two_models() -> str:
    noisy = np.clip(SCORE + np.random.default_rng(4).normal(0, 0.12, 300), 0, 1).round(4)
    other = (SCORE * 20 - 10).round(3)
    table = TABLE.assign(prob_two=noisy, decision_score=other).rename(columns={"prob": "prob_one"})
    roles = Roles(truth="label", scores=("prob_one", "prob_two", "decision_score"), positive="1")
    return compute.store().save(open_predictions(table, roles=roles), owner="test-errors").id


def test_suspects_of_several_models() -> None:
    identifier = two_models()
    app = page(identifier, view="Suspect labels", m="prob_one")
    opened = compute.evaluation(identifier)
    assert opened.models == ("prob_one", "prob_two", "decision_score")
    one, two = (set(compute.suspects(opened, name).cases) for name in ("prob_one", "prob_two"))  # type: ignore[union-attr]
    assert f"**{len(one)}** of 300 labels are confidently contradicted by prob_one" in said(app)
    wrong = (SCORE >= 0.5) != TRUTH
    for choice, cases, who in (("any", one | two, "at least one"), ("all", one & two, "all")):
        choose(app, "Contradicted by", choice)
        assert f"**{len(cases)}** of 300 labels are confidently contradicted by {who} of 2 models" in said(
            app
        )
        share = wrong[list(cases)].sum() / wrong.sum()
        assert f"the prob_one model's {wrong.sum()} errors: **{share:.1%}**".replace("%", " %") in said(app)


def test_suspects_where_the_present_model_has_no_probabilities() -> None:
    app = page(two_models(), view="Suspect labels", m="decision_score")
    assert "by at least one of 2 models (prob_one, prob_two)" in said(app)


def test_marks_are_kept_for_the_visitor(plain: str) -> None:
    found = compute.suspects(compute.evaluation(plain), "prob")
    assert found is not None
    row = int(found.cases[0])
    compute.store().annotate(plain, {row: Annotation(True, "look again")}, owner="a browser")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["visitor"] = "a browser"
    app.query_params["e"], app.query_params["view"] = plain, "Suspect labels"
    app.switch_page("pages/decide/errors.py").run()
    assert f"1 of {len(found)} marked as wrong, 1 with a comment" in said(app)
    figures = shown(app)
    wrong = (SCORE >= 0.5) != TRUTH
    assert figures["cases counted"].iloc[2] == "Without the 1 marked as wrong"
    assert figures["Accuracy"].iloc[2] == pytest.approx(1 - np.delete(wrong, row).mean())
    editor = app.dataframe[-1].value
    assert editor["label is wrong"].tolist() == [True] + [False] * (len(editor) - 1)
    assert editor["comment"].iloc[0] == "look again"
    assert "0 of" in said(page(plain, view="Suspect labels")), "another visitor has no marks"


def test_all_suspects_can_be_paged_through() -> None:
    truth = np.arange(1000) % 2
    score = np.where(np.arange(1000) < 500, 0.9 - 0.8 * truth, 0.2 + 0.6 * truth).round(3)
    identifier = saved(pd.DataFrame({"label": truth, "prob": score + np.arange(1000) / 1e5}))
    app = page(identifier, view="Suspect labels")
    count = len(compute.suspects(compute.evaluation(identifier), "prob"))  # type: ignore[arg-type]
    assert count > 200
    pages = -(-count // 100)
    box = next(each for each in app.number_input if each.label.startswith("Page"))
    assert box.label == f"Page, of {pages}"
    first = app.dataframe[-1].value
    box.set_value(pages).run()
    last = app.dataframe[-1].value
    assert len(last) == count - 100 * (pages - 1)
    assert not set(first.index) & set(last.index)


def test_decision_scores_have_no_suspects() -> None:
    identifier = saved(TABLE.assign(prob=SCORE * 20 - 10).rename(columns={"prob": "decision_score"}))
    assert "need probabilities" in said(page(identifier, view="Suspect labels"))


def test_several_classes() -> None:
    app = page("sample-digits")
    table = pd.read_csv(ROOT / "sample_data/digits.csv")
    wrong = table[table["actual"] != table["predicted"]]
    assert f"**{len(wrong):,}** cases" in said(app)
    actual, called = (int(each) for each in wrong.groupby(["actual", "predicted"]).size().idxmax())
    box(app, "Actual class").set_value(str(actual)).run()
    box(app, "Called").set_value(str(called)).run()
    pair = wrong[(wrong["actual"] == actual) & (wrong["predicted"] == called)]
    assert f"**{len(pair)}** cases" in said(app)
    assert sorted(shown(app)["image_id"]) == sorted(pair["image_id"])


def choose(app: AppTest, label: str, option: str) -> None:
    """Choose one of the buttons that hang together."""
    next(each for each in app.segmented_control if each.label == label).set_value(option).run()
    assert not app.exception


def digits() -> tuple[np.ndarray, np.ndarray]:
    table = pd.read_csv(ROOT / "sample_data/digits.csv")
    return (table["actual"] == 8).to_numpy(), table["prob_8"].to_numpy()


def test_one_class_against_the_rest() -> None:
    eight, score = digits()
    app = page("sample-digits", k="8", rest="1", t="0.3", cell="False negatives")
    assert "“8” against all other classes" in said(app)
    assert f"**{(eight & (score < 0.3)).sum()}** cases" in said(app)
    choose(app, "Decided", False)
    assert "rest" not in app.query_params
    assert box(app, "Actual class").value == "any class"
    choose(app, "Decided", True)
    assert app.query_params["rest"] == "1"
    assert "“8” against all other classes" in said(app)


def test_flips_of_one_class_against_the_rest() -> None:
    eight, score = digits()
    app = page("sample-digits", k="8", rest="1", view="What flips", pin="0.6", t="0.3")
    between = (score >= 0.3) & (score < 0.6)
    assert f"**{between.sum():,}** of {len(score):,} calls flip" in said(app)
    assert len(shown(app)) == (between & eight).sum()


def test_a_pair_that_another_page_asks_for_is_shown() -> None:
    app = page("sample-digits", k="8", rest="1")
    app.session_state["actual"], app.session_state["called"] = "8", "1"
    app.run()
    assert box(app, "Actual class").value == "8"
    assert "actual 8, called 1" in said(app)


def test_one_label_of_several() -> None:
    app = page("sample-mnist-labels", k="odd", cell="False negatives")
    table = pd.read_parquet(ROOT / "sample_data/mnist_labels.parquet")
    missed = ((table["odd"] == 1) & (table["odd_prob"] < 0.5)).sum()
    assert f"**{missed}** cases" in said(app)
    assert "“image” holds images." in said(app)


def test_counts_have_no_cases() -> None:
    assert "There are no cases to look at" in said(page("sample-hot-dog"))


def test_bad_images_do_not_end_the_page() -> None:
    images = [png(i) if i % 3 else b"\x89PNG\r\n\x1a\nbroken" for i in range(300)]
    app = page(saved(TABLE.assign(photo=images)), cell="True negatives")
    assert "“photo” holds images." in said(app)


def test_a_zip_of_images_beside_the_table() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for i in range(299):
            archive.writestr(f"photos/case {i:03d}.png", png(i))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    app.switch_page("pages/start/data.py").run()
    table = TABLE.to_csv(index=False).encode()
    photos = ("photos.zip", file.getvalue(), "application/zip")
    app.file_uploader[0].set_value([("cases.csv", table, "text/csv"), photos])
    app.run()
    app.switch_page("pages/start/data.py").run()  # an upload leads to what it shows
    assert not app.exception
    assert '1 of 300 rows have no image in "photos.zip", the first of them row 300' in said(app)
    app.switch_page("pages/decide/errors.py").run()
    assert "“image from zip” holds images." in said(app)


def test_typical_images_only_when_asked_for() -> None:
    shades = [png(i) for i in range(299)]
    app = page(saved(TABLE.assign(photo=[*shades, b"\x89PNG\r\n\x1a\nbroken"])), cell="True negatives")
    assert "Mean image" not in said(app)
    app.toggle[0].set_value(True).run()
    assert not app.exception
    inside = np.flatnonzero((SCORE < 0.5) & (TRUTH == 0))
    assert f"Over all {len(inside):,} images of this cell, at 6 × 6 pixels." in said(app)
    assert ("1 could not be read." in said(app)) == (299 in inside)
    assert "**Most typical**" in said(app)
    assert "**Most atypical**" in said(app)


def test_no_average_without_images(plain: str) -> None:
    assert not page(plain, cell="True negatives").toggle
