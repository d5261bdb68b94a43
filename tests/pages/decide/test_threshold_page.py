"""The Threshold page without a browser: what Python shows, holds in the link and refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import evalcore as ec
from evalcore.sharing.report.live import Asked
from pages.ui import compute

ROOT = Path(__file__).parents[3]
rng = np.random.default_rng(8)
TRUTH = (rng.random(300) < 0.4).astype(int)
SCORE = np.clip(rng.normal(0.4 + 0.2 * TRUTH, 0.2), 0, 1).round(3)
TABLE = pd.DataFrame({"label": TRUTH, "prob": SCORE, "name": [f"case {i}" for i in range(300)]})


@pytest.fixture(scope="module")
def saved() -> str:
    return (
        compute.store()
        .save(ec.open_predictions(TABLE, title="Made here"), owner="a test's browser, whoever")
        .id
    )


def open_app(**link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return " ".join(
        each.value
        for kind in ("caption", "info", "error", "warning", "header", "subheader")
        for each in app.get(kind)
    )


def component_data(app: AppTest) -> dict[str, Any]:
    """Return what the explorer was given."""
    found = [each.proto for each in app.get("bidi_component") if "explorer" in each.proto.component_name]
    assert len(found) == 1
    data: dict[str, Any] = json.loads(found[0].json)
    return data


def test_a_first_visit_shows_the_first_sample() -> None:
    app = open_app()
    assert app.header[0].value.replace("\\", "") == "Is this handwritten digit a 5?"
    assert app.number_input(key="t").value == 0
    # The address itself is brought to this by the browser: what Python sets would be an entry of its history.
    assert app.session_state["link_says"] == {"e": "sample-mnist-5"}


def test_the_link_decides_threshold_and_cell(saved: str) -> None:
    app = open_app(e=saved, t="0.61", cell="False negatives")
    assert app.number_input(key="t").value == 0.61
    expected = ((SCORE < 0.61) & (TRUTH == 1)).sum()
    assert f"{expected} of {expected} shown" in texts(app).replace("\\", "")
    shown = app.dataframe[0].value
    assert (shown["label"] == 1).all()
    assert (shown["prob"] < 0.61).all()
    assert shown["prob"].is_monotonic_increasing, "furthest from the threshold first"


def test_the_heading_says_how_many_cases_are_behind_the_cell(saved: str) -> None:
    missed = ((SCORE < 0.61) & (TRUTH == 1)).sum()
    app = open_app(e=saved, t="0.61", cell="Missed")
    assert f"Cases behind a cell: {missed} missed" in [each.value for each in app.subheader]


@pytest.mark.parametrize("bad", ["nan", "inf", "<script>", "1e999", ""])
def test_a_bad_threshold_in_the_link_is_the_default(saved: str, bad: str) -> None:
    assert open_app(e=saved, t=bad).number_input(key="t").value == 0.5


def test_typing_moves_the_cases(saved: str) -> None:
    app = open_app(e=saved)
    app.number_input(key="t").set_value(0.25).run()
    expected = ((SCORE >= 0.25) & (TRUTH == 0)).sum()
    assert f"{expected} of {expected} shown" in texts(app).replace("\\", "")


def test_a_value_that_is_not_on_the_scale_is_refused_in_words(saved: str) -> None:
    app = open_app(e=saved, t="0.61")
    app.number_input(key="t").set_value(7.0).run()
    assert app.number_input(key="t").value == 0.61
    assert [each.value for each in app.toast] == [
        "7 is not on this score's scale, which goes from 0 to 1. The threshold stays at 0.61."
    ]
    app.number_input(key="t").set_value(0.7).run()
    assert app.number_input(key="t").value == 0.7


def test_older_links_name_cells_as_the_field_does(saved: str) -> None:
    for name in ("False negatives", "Missed", "fn"):
        assert open_app(e=saved, cell=name).session_state["cell"] == "fn", name


def test_an_emptied_box_is_what_it_was(saved: str) -> None:
    app = open_app(e=saved, t="0.25")
    app.number_input(key="t").set_value(None).run()
    expected = ((SCORE >= 0.25) & (TRUTH == 0)).sum()
    assert f"{expected} of {expected} shown" in texts(app).replace("\\", "")
    assert app.query_params["t"] in ("0.25", ["0.25"])


def test_another_model_starts_at_its_own_default() -> None:
    app = open_app(t="1200.5")
    assert app.number_input(key="t").value == 1200.5
    app.selectbox(key="m").set_value("random_forest_probability").run()
    assert app.number_input(key="t").value == 0.5


def test_counts_have_points_but_no_rows() -> None:
    app = open_app(e="sample-hot-dog", m="class weights 7:1")
    assert "holds counts only" in texts(app)
    assert not app.dataframe


@pytest.mark.parametrize("identifier", ["sample-nothing", "A" * 22, "../../etc/passwd", "<b>x</b>"])
def test_a_link_to_nothing_says_so_and_keeps_working(identifier: str) -> None:
    app = open_app(e=identifier)
    assert app.error or app.header[0].value.replace("\\", "") == "Is this handwritten digit a 5?"
    assert "<b>" not in texts(app)


def test_one_class_only_is_shown_with_what_can_be_said() -> None:
    table = pd.DataFrame({"label": [1, 1, 1, 1], "prob": [0.2, 0.4, 0.6, 0.8]})
    evaluation = ec.open_predictions(table, truth="label", score="prob")
    app = open_app(e=compute.store().save(evaluation, owner="o").id)
    presets = {each["rule"]: each for each in component_data(app)["presets"]}
    assert presets["youden_j"]["threshold"] is None
    assert "negatives" in presets["youden_j"]["explanation"]


def test_constant_scores_are_one_step() -> None:
    table = pd.DataFrame({"label": [0, 1, 0, 1], "prob": [0.3] * 4})
    evaluation = ec.open_predictions(table, truth="label", score="prob", positive="1")
    open_app(e=compute.store().save(evaluation, owner="o").id)


def test_the_numbers_behind_the_explorer_are_the_sweeps(saved: str) -> None:
    data = component_data(open_app(e=saved))
    assert data["table"]["positives"] == TRUTH.sum()
    assert data["threshold"] == 0.5
    assert [preset["rule"] for preset in data["presets"]] == list(compute.BUTTONS)
    assert len(data["table"]["score"]) == len(np.unique(SCORE))


def several_models() -> str:
    table = TABLE.assign(prob_two=SCORE[::-1], decision=(SCORE - 0.5) * 8)
    roles = ec.predictions.evaluation.Roles(
        truth="label", scores=("prob", "prob_two", "decision"), positive="1"
    )
    return compute.store().save(ec.open_predictions(table, roles=roles), owner="test-models").id


def test_another_model_of_the_same_unit_keeps_threshold_and_pin() -> None:
    app = open_app(e=several_models(), t="0.61", pin="0.3")
    app.selectbox(key="m").set_value("prob_two").run()
    assert app.number_input(key="t").value == 0.61
    assert component_data(app)["pinned"] == 0.3
    assert app.query_params["pin"] == ["0.3"] or app.query_params["pin"] == "0.3"
    assert not app.toast


def test_another_model_of_another_unit_drops_the_pin_and_says_so() -> None:
    app = open_app(e=several_models(), t="0.61", pin="0.3")
    app.selectbox(key="m").set_value("decision").run()
    assert app.number_input(key="t").value == 0
    assert component_data(app)["pinned"] is None
    assert "pin" not in app.query_params
    assert "The pin at 0.3 is gone" in app.toast[0].value.replace("\\", "")
    assert "these scores have another unit" in app.toast[0].value.replace("\\", "")
    # Points of other scores mean nothing here: only the browser's Back leads to them.
    assert next(each for each in app.button if each.label == "Undo").disabled


def test_undo_and_redo_go_through_all_that_was_chosen(saved: str) -> None:
    app = open_app(e=saved)
    assert app.button(key="undo").disabled
    assert app.button(key="redo").disabled
    app.number_input(key="t").set_value(0.61).run()
    app.segmented_control(key="cell").set_value("tp").run()
    app.button(key="undo").click().run()
    assert (app.number_input(key="t").value, app.segmented_control(key="cell").value) == (0.61, "fp")
    assert "cell" not in app.query_params
    app.button(key="undo").click().run()
    assert app.number_input(key="t").value == 0.5
    assert "t" not in app.query_params
    assert app.button(key="undo").disabled
    app.button(key="redo").click().run()
    app.button(key="redo").click().run()
    assert (app.number_input(key="t").value, app.segmented_control(key="cell").value) == (0.61, "tp")
    assert component_data(app)["threshold"] == 0.61
    app.button(key="undo").click().run()
    app.number_input(key="t").set_value(0.2).run()
    assert app.button(key="redo").disabled, "what is done anew leaves nothing to redo"


def test_the_report_file_is_of_what_is_on_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[tuple[str, ...], Asked]] = []
    monkeypatch.setattr(
        "pages.ui.decide.report_download.report_html",
        lambda opened, wanted: asked.append((opened.models, wanted)) or "x",
    )
    made: dict[str, Any] = {}
    monkeypatch.setattr(
        st, "download_button", lambda label, data, *rest, **options: made.update({label: data})
    )
    open_app(e=several_models(), m="prob_two", t="0.61", goal="recall >= 0.5")
    assert made["Report in one file"]() == b"x"
    models, wanted = asked[-1]
    assert models == ("prob_two", "prob", "decision")
    assert (wanted.threshold, wanted.goal) == (0.61, "recall >= 0.5")
