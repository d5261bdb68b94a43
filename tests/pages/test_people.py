"""What people say beside the file, without a browser: answers, names, columns of a table that was refused."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.evalcore.inputs import test_published_layouts  # noqa: F401  fills the list
from tests.evalcore.inputs.published.simulated import PUBLISHED
from tests.pages.app_pages import page, said
from tests.pages.test_data_page import data_page, errors, upload

rng = np.random.default_rng(8)
Y = (rng.random(120) < 0.4).astype(int)
MODELS = pd.DataFrame(
    {"label": Y, **{f"clf{k}_prob": np.clip(0.3 * Y + 0.6 * rng.random(120), 0, 1).round(4) for k in (1, 2)}}
)
CLASSES = pd.DataFrame({"y_true": rng.choice(["0", "1", "2"], 90), "y_pred": rng.choice(["0", "1", "2"], 90)})


def asking(name: str = "compas_scores") -> tuple[str, bytes]:
    source = PUBLISHED[name]().sources[0]
    assert isinstance(source, tuple)
    return source


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    [each for each in app.button if each.label == label][place].click().run()
    assert not app.exception
    return app


def test_a_question_shows_what_each_answer_gives() -> None:
    app = upload(data_page(), *asking())
    text = said(app)
    assert "Which column is the truth?" in text
    assert "The truth is in “two_year_recid”" in text
    assert "ROC AUC 0.802; 38.0 % of 400 cases are “1”" in text
    assert "ROC AUC 0.675; 10.3 % of 400 cases are “1”" in text
    tables = [each.value for each in app.table]
    assert [len(each) for each in tables] == [3, 3]
    assert tables[0].index.tolist() == tables[1].index.tolist()


def test_an_answer_is_taken_remembered_and_forgotten() -> None:
    name, content = asking()
    app = upload(data_page(), name, content)
    press(app, "Take this instead")
    assert "Which column is the truth?" not in said(app)
    assert "41 of them “1”" in said(app)
    other = pd.read_csv(io.BytesIO(content)).iloc[:300]
    upload(app, "next month.csv", other.to_csv(index=False).encode())
    assert "Which column is the truth?" not in said(app)
    assert next(each.value for each in app.selectbox if each.label == "Truth") == "is_violent_recid"
    assert "You answered for files with these columns: The truth is in “is_violent_recid”" in said(app)
    press(app, "Ask me again")
    assert "Which column is the truth?" in said(app)
    assert next(each.value for each in app.selectbox if each.label == "Truth") == "two_year_recid"
    assert "You answered" not in said(app)


def test_what_was_taken_can_be_confirmed() -> None:
    app = upload(data_page(), *asking())
    press(app, "Yes, that is right")
    assert "Which column is the truth?" not in said(app)
    assert "152 of them “1”" in said(app)
    upload(app, *asking())
    assert "Which column is the truth?" not in said(app)


def test_nobody_elses_answers_are_taken() -> None:
    press(upload(data_page(), *asking()), "Take this instead")
    other = upload(data_page(), *asking())
    assert "Which column is the truth?" in said(other)


def named(app: AppTest, **names: str) -> AppTest:
    for label, name in names.items():
        next(each for each in app.text_input if each.label.replace("\\", "") == label).set_value(name)
    return press(app, "Keep these names")


def test_names_are_said_on_every_page_and_to_whoever_has_the_link() -> None:
    app = upload(data_page(), "two.csv", MODELS.to_csv(index=False).encode())
    named(app, **{"1": "malignant", "0": "benign <b>", "clf2_prob": "Random forest"})
    assert "of them “malignant”" in said(app)
    identifier = app.query_params["e"]
    identifier = identifier[0] if isinstance(identifier, list) else identifier
    for path in ("pages/decide/threshold.py", "pages/decide/errors.py", "pages/start/data.py"):
        other = page(path, identifier)
        box = next(each for each in other.selectbox if each.label == "Model")
        assert box.options == ["clf1_prob", "Random forest"]
        text = said(other)
        assert "malignant" in text or path.endswith("errors.py"), path
        assert "“1”" not in text, path
    press(app, "Names as in the file")
    assert "of them “1”" in said(app)


def test_another_visitor_names_a_copy() -> None:
    app = upload(data_page(), "two.csv", MODELS.to_csv(index=False).encode())
    first = app.query_params["e"]
    identifier = first[0] if isinstance(first, list) else first
    other = named(page("pages/start/data.py", identifier), **{"1": "theirs"})
    assert other.query_params["e"] != first
    assert "of them “theirs”" in said(other)
    assert "of them “1”" in said(page("pages/start/data.py", identifier))


def test_classes_are_named_and_two_of_one_name_are_refused() -> None:
    app = upload(data_page(), "classes.csv", CLASSES.to_csv(index=False).encode())
    named(app, **{"1": "Birds", "2": "Birds"})
    assert any("would both be called" in each for each in errors(app))
    named(app, **{"1": "Birds", "2": "Cats"})
    identifier = app.query_params["e"]
    identifier = identifier[0] if isinstance(identifier, list) else identifier
    for path in ("pages/understand/classes.py", "pages/decide/errors.py"):
        text = str([each.options for each in page(path, identifier).selectbox])
        assert "Birds" in text
        assert "'1'" not in text


def test_roles_are_put_right_in_the_files_own_words() -> None:
    app = upload(data_page(), "two.csv", MODELS.to_csv(index=False).encode())
    named(app, **{"1": "malignant", "0": "benign"})
    box = next(each for each in app.selectbox if each.label == "Positive class")
    assert box.options == ["malignant", "benign"]
    box.select("0").run() if "0" in box.options else box.select_index(1).run()
    assert not app.exception
    assert "of them “benign”" in said(app)


@pytest.mark.parametrize("column", ["Returned"])
def test_a_table_that_is_no_predictions_says_so_and_goes_on(column: str) -> None:
    sales = pd.DataFrame(
        {
            "Quantity": rng.poisson(4, 90),
            "Price": rng.gamma(2, 20, 90).round(2),
            "Region": rng.choice(["N", "S"], 90),
            column: rng.integers(0, 2, 90),
        }
    )
    app = upload(data_page(), "sales.csv", sales.to_csv(index=False).encode())
    assert len(errors(app)) == 1
    assert "Are these predictions all the same?" in said(app)
    next(each for each in app.selectbox if each.label == "What is true").set_value(column)
    next(each for each in app.multiselect if each.label == "Scores of the models").set_value(["Price"])
    press(app, "Go on with these columns")
    assert errors(app) == []
    assert "90 cases" in said(app)
    assert "model: Price" in said(app)
