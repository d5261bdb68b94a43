"""The History page: its sentences are evalcore's, the boxes do what they say, and only a history has it."""

from __future__ import annotations

import evalcore as ec
from pages.ui import compute
from tests.pages.app_pages import box, page, said

HISTORY = "pages/training/history.py"
SAMPLE = "sample-hot-dog-training"


def saved(text: str) -> str:
    opened = ec.open_predictions(("log.txt", text.encode()), title="A log")
    return compute.store().save(opened, owner="owner-of-history-tests").id


def test_runs_that_go_on_are_laid_end_to_end() -> None:
    told = said(page(HISTORY, SAMPLE))
    assert "From epoch 8 on validation loss no longer falls" in told
    assert "best at epoch 2 of 30: 0.2481" in told


def test_runs_over_each_other_are_compared() -> None:
    app = page(HISTORY, SAMPLE)
    laid = next(each for each in app.button_group if each.label == "Laid")
    laid.set_value("Over each other").run()
    runs = next(each for each in app.button_group if each.label == "Runs")
    runs.set_value(list(compute.evaluation(SAMPLE).predictions.runs)).run()
    assert not app.exception
    assert "Best of 3 runs by validation loss: “first”, with 0.2338 at epoch 10." in said(app)
    assert len(app.dataframe[0].value) == 3


def test_another_figure_and_patience() -> None:
    app = page(HISTORY, SAMPLE)
    box(app, "Judge by").set_value("accuracy").run()
    next(each for each in app.number_input if each.label == "Patience in epochs").set_value(2).run()
    assert not app.exception
    told = said(app)
    assert "best at epoch 5 of 30: 92.2 %" in told
    assert "patience of 2 epochs" in told


def test_training_alone_and_names_from_the_file_are_no_markup() -> None:
    rows = "".join(f"**a** [x](y),{step},{0.9 / step:.3f}\n" for step in range(1, 13))
    rows += "".join(f"<b>b</b>,{step},{0.8 / step:.3f}\n" for step in range(1, 13))
    app = page(HISTORY, saved(f"run,epoch,loss\n{rows}"))
    assert "Nothing was measured on validation data" in said(app)
    assert all("[x](y)" not in each.value for each in app.markdown)


def test_only_a_history_has_the_page() -> None:
    app = page(HISTORY, "sample-breast-cancer")
    assert "This page shows how a training went" in said(app)


def test_a_history_turns_the_link_of_the_first_page_to_its_own() -> None:
    app = page("pages/decide/threshold.py", SAMPLE)
    assert "How did training go?" in said(app)
