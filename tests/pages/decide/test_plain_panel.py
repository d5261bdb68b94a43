"""Of 1,000 cases in people's own words, and the drawer of figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import evalcore as ec
from evalcore.describing.plain_words import PlainWords
from evalcore.metrics.goals.prevalence import at_prevalence
from evalcore.numbers import share
from pages.ui import compute
from tests.pages.app_pages import in_link, page, said

THRESHOLD, VALIDATION = "pages/decide/threshold.py", "pages/decide/validation.py"
WORDS = PlainWords("patients", "has the disease", "gets a biopsy")


def table(seed: int) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, 300)
    score = np.round(1 / (1 + np.exp(-(random.normal(size=300) + 2 * truth - 1))), 3)
    return pd.DataFrame({"label": truth, "prob": score, "split": ["validation"] * 150 + ["test"] * 150})


def saved(rows: pd.DataFrame) -> str:
    opened = ec.open_predictions(rows, title="Words")
    return compute.store().save(opened, owner="owner-of-the-words-tests").id


def told(rows: pd.DataFrame, words: PlainWords) -> list[str]:
    point = ec.ThresholdSweep.from_scores(rows["label"], rows["prob"]).at(0.5)
    return [text.split(" ", 1)[1].rstrip(".") for text in words.in_a_thousand(point).values()]


def type_words(app: AppTest, *words: str) -> AppTest:
    boxes = [each for each in app.text_input if str(each.key).startswith("word_box_")]
    for box, text in zip(boxes, words, strict=True):
        box.set_value(text)
    return next(each for each in app.button if each.label == "Use these words").click().run()


def test_words_in_the_link_run_through_the_sentences() -> None:
    rows = table(1)
    app = page(THRESHOLD, saved(rows), words=WORDS.written(), t="0.5")
    assert "Of 1,000 patients like these" in said(app)
    assert all(text in said(app) for text in told(rows, WORDS))


def test_words_in_the_link_run_through_errors_and_calibration() -> None:
    rows = table(1)
    identifier = saved(rows)
    errors = said(page("pages/decide/errors.py", identifier, words=WORDS.written(), t="0.5"))
    alarms = int(((rows["prob"] >= 0.5) & (rows["label"] == 0)).sum())
    assert "Patients that get a biopsy but do not have the disease." in errors
    assert f"**{alarms}** patients, " in errors
    calibration = said(page("pages/understand/calibration.py", identifier, words=WORDS.written()))
    assert f"300 patients, {rows['label'].sum()} of them have the disease" in calibration
    assert "patients have the disease: the furthest of all buckets" in calibration
    assert "Over all patients it promises" in calibration
    assert "cases" not in said(page("pages/decide/errors.py", identifier, words=WORDS.written(), t="0.5"))


def test_words_that_are_markup_are_text_on_every_page() -> None:
    identifier = saved(table(1))
    hostile = "**bold**|is *x*|gets [a](http://b)"
    for place in (THRESHOLD, "pages/decide/errors.py", "pages/understand/calibration.py"):
        app = page(place, identifier, words=hostile)
        written = " ".join(
            each.value for kind in ("markdown", "caption", "subheader") for each in app.get(kind)
        )
        assert "[a](http" not in written
        assert r"\*\*bold\*\*" in written


def test_the_explorer_is_told_the_sides_of_its_matrix_in_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    last: dict[str, dict[str, dict[str, dict[str, str]]]] = {}
    monkeypatch.setattr(
        "pages.ui.live.explorer.explorer", lambda data, **more: last.update(own=data.get("own_words"))
    )
    page(THRESHOLD, saved(table(1)), words=WORDS.written())
    assert last["own"]["truth"]["negative"]["many"] == "do not have the disease"
    assert last["own"]["call"]["positive"]["one"] == "gets a biopsy"


def test_words_are_typed_kept_and_carried_by_the_link() -> None:
    rows = table(2)
    identifier = saved(rows)
    app = page(THRESHOLD, identifier, t="0.5")
    assert "Of 1,000 cases like these" in said(app)
    type_words(app, WORDS.cases, WORDS.positive, WORDS.flagged)
    assert not app.exception
    assert in_link(app, "words") == WORDS.written()
    assert all(text in said(app) for text in told(rows, WORDS))
    entries = compute.store().entries(identifier, owner="owner-of-the-words-tests")
    assert [each.text for each in entries] == [WORDS.written()]


def test_the_keepers_words_are_everyones_and_anothers_are_not() -> None:
    identifier = saved(table(3))
    compute.store().enter(identifier, "words", "mails|is spam|is blocked", owner="somebody-else")
    assert "Of 1,000 cases like these" in said(page(THRESHOLD, identifier))
    compute.store().enter(identifier, "words", WORDS.written(), owner="owner-of-the-words-tests")
    assert "Of 1,000 patients like these" in said(page(THRESHOLD, identifier))


def test_the_test_part_is_told_of_in_these_words() -> None:
    app = page(VALIDATION, saved(table(4)), words=WORDS.written(), goal="max f1")
    assert "patients" not in said(app)
    app.button(key="lock").click().run()
    assert "Of 1,000 patients like those of “test”" in said(app)
    assert "do not have the disease and do not get a biopsy" in said(app)


@pytest.mark.parametrize("words", ["<b>x</b>|is [a](http://b)|**c**", "a|b", "|||", "x" * 3000])
def test_words_of_a_link_are_data(words: str) -> None:
    app = page(THRESHOLD, saved(table(5)), words=words)
    markup = " ".join(each.value for kind in ("subheader", "markdown") for each in app.get(kind))
    assert "<b>" not in markup
    assert "[a](" not in markup


def test_an_empty_word_is_answered() -> None:
    app = type_words(page(THRESHOLD, saved(table(6))), "", "is ill", "is called")
    assert "What cases are called must be said" in said(app)


def test_the_drawer_has_the_present_numbers() -> None:
    rows = table(7)
    app = page(THRESHOLD, saved(rows), t="0.5")
    point = ec.ThresholdSweep.from_scores(rows["label"], rows["prob"]).at(0.5)
    formulas = " ".join(each.value for each in app.get("code"))
    assert f"TP / (TP + FP)\n= {point.tp} / ({point.tp} + {point.fp}) = " in formulas
    assert "A lazy rule that always says" in said(app)
    assert "says nothing of calibration" in said(app)
    labels = [each.label for each in app.metric]
    assert {"Accuracy", "ROC AUC"} <= set(labels)
    assert "Diagnostic odds ratio" not in labels
    app.toggle(key="all_figures").set_value(True).run()
    assert "Diagnostic odds ratio" in [each.label for each in app.metric]


def test_sentences_and_figures_follow_another_prevalence() -> None:
    rows = table(8)
    app = page(THRESHOLD, saved(rows), t="0.5", prev="1 in 200")
    point = ec.ThresholdSweep.from_scores(rows["label"], rows["prob"]).at(0.5)
    moved = at_prevalence(point, 0.005)
    assert said(app).count("Shown for prevalence 0.5 %") == 2
    assert all(
        text.split(" ", 1)[1].rstrip(".") in said(app) for text in PlainWords().in_a_thousand(moved).values()
    )
    precision = next(each.value for each in app.metric if each.label == "Precision")
    assert precision == share(moved.precision)
