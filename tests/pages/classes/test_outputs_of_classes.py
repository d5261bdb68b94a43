"""Several outputs a row on the pages: all together, each as a task of its own, and the link that carries it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalcore import numbers
from evalcore.inputs.opening import open_predictions
from pages.ui import compute
from tests.pages.app_pages import box, page, said

ROOT = Path(__file__).parents[2]
rng = np.random.default_rng(17)
N = 150
COLOURS = np.array(["red", "green", "blue"])
DIGIT, INK = rng.integers(0, 4, N), rng.integers(0, 3, N)
CALLED_DIGIT = np.where(rng.random(N) < 0.8, DIGIT, rng.integers(0, 4, N))
CALLED_INK = np.where(rng.random(N) < 0.6, INK, rng.integers(0, 3, N))
TABLE = pd.DataFrame(
    {
        "digit_true": DIGIT,
        "digit_pred": CALLED_DIGIT,
        "colour_true": COLOURS[INK],
        "colour_pred": COLOURS[CALLED_INK],
    }
)


@pytest.fixture(scope="module")
def identifier() -> str:
    return compute.store().save(open_predictions(TABLE, title="Marks"), owner="test-outputs").id


def test_all_outputs_together_and_the_first_of_them(identifier: str) -> None:
    app = page("pages/understand/classes.py", identifier)
    right = np.column_stack([DIGIT == CALLED_DIGIT, INK == CALLED_INK])
    shown = {each.label: each.value for each in app.metric}
    assert shown["Joint accuracy"] == numbers.share(right.all(axis=1).mean())
    assert shown["Wrong outputs a row"] == numbers.coefficient((~right).sum(axis=1).mean())
    assert f"All 2 outputs are right in {numbers.share(right.all(axis=1).mean())} of the rows" in said(app)
    assert f"{numbers.share(right[:, 0].mean())} of all calls are right" in said(app)
    table = app.dataframe[0].value
    assert table["output"].tolist() == ["digit", "colour"]
    assert table["accuracy"].tolist() == pytest.approx(right.mean(axis=0).tolist())
    assert "150 rows with 2 outputs each" in said(app)
    assert "Marks: digit" in said(app)


def test_another_output_is_chosen(identifier: str) -> None:
    app = page("pages/understand/classes.py", identifier)
    box(app, "Output").set_value("colour").run()
    assert not app.exception
    assert "Marks: colour" in said(app)
    assert f"{numbers.share((INK == CALLED_INK).mean())} of all calls are right" in said(app)
    assert set(box(app, "Class against the rest").options) == set(COLOURS)


def test_the_link_carries_the_output(identifier: str) -> None:
    # Of decisions alone no threshold can be moved: the link leads to the classes, with what it says.
    app = page("pages/decide/threshold.py", identifier, o="colour", k="blue")
    assert "Marks: colour" in said(app)
    assert f"{numbers.share((INK == CALLED_INK).mean())} of all calls are right" in said(app)
    assert box(app, "Class against the rest").value == "blue"


def test_the_errors_of_an_output(identifier: str) -> None:
    app = page("pages/decide/errors.py", identifier, o="colour")
    assert f"**{(INK != CALLED_INK).sum()}** cases" in said(app)


def test_the_data_page_shows_the_whole(identifier: str) -> None:
    app = page("pages/start/data.py", identifier)
    assert "150 rows, recognised as several outputs a row, each of them a class." in said(app)
    assert box(app, "Truth").value == "digit_true,colour_true"
    assert "See the classes" in [each.label for each in app.button]
