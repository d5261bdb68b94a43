"""The Data page without a browser: what is taken in, what is said of it, and what is refused."""

from __future__ import annotations

import io
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from evalcore.inputs.opening import open_predictions
from evalcore.inputs.progress import Progress
from pages.ui import compute
from tests.pages.app_pages import open_id

ROOT = Path(__file__).parents[2]
DATA = "pages/start/data.py"
THRESHOLD = "pages/decide/threshold.py"
rng = np.random.default_rng(4)
TRUTH = (rng.random(80) < 0.4).astype(int)
TABLE = pd.DataFrame(
    {
        "outcome": np.where(TRUTH == 1, "sick", "healthy"),
        "prob": np.clip(rng.normal(0.4 + 0.3 * TRUTH, 0.2), 0, 1).round(3),
        "second_prob": np.clip(rng.normal(0.4 + 0.1 * TRUTH, 0.2), 0, 1).round(3),
        "clinic": rng.choice(["north", "south"], 80),
    }
)


def data_page() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    app.switch_page(DATA).run()
    assert not app.exception
    return app


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    """Upload, and come back to the Data page where that led to another."""
    app.file_uploader[0].upload(name, content, "text/csv").run()
    assert not app.exception
    return back_to_data(app)


def back_to_data(app: AppTest) -> AppTest:
    if not app.file_uploader:
        app.switch_page(DATA).run()
        assert not app.exception
    return app


def said(app: AppTest) -> str:
    kinds = ("header", "subheader", "markdown", "caption", "info", "success", "warning", "error")
    told = " ".join(each.value for kind in kinds for each in app.get(kind))
    return told.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def errors(app: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in app.error]


def test_what_was_recognised_is_shown_with_reasons() -> None:
    app = upload(data_page(), "clinic.csv", TABLE.to_csv(index=False).encode())
    text = said(app)
    assert f"80 cases, {TRUTH.sum()} of them “sick”" in text
    assert "prob, second_prob" in text
    boxes = {each.label: each.value for each in app.selectbox}
    assert boxes["Truth"] == "outcome"
    assert boxes["Positive class"] == "sick"
    assert app.multiselect[0].value == ["prob", "second_prob"]
    assert app.dataframe[0].value.index[0] == 1


def test_a_role_can_be_put_right() -> None:
    app = upload(data_page(), "clinic.csv", TABLE.to_csv(index=False).encode())
    box = next(each for each in app.selectbox if each.label == "Positive class")
    box.set_value("healthy").run()
    assert not app.exception
    assert f"{(TRUTH == 0).sum()} of them “healthy”" in said(app)


def test_a_role_that_cannot_be_changes_nothing() -> None:
    app = upload(data_page(), "clinic.csv", TABLE.to_csv(index=False).encode())
    box = next(each for each in app.selectbox if each.label == "Truth")
    box.set_value("prob").run()
    assert not app.exception
    assert errors(app)
    assert f"{TRUTH.sum()} of them “sick”" in said(app)


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    zeros = b"0" * 400_000_000
    with zipfile.ZipFile(
        buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1
    ) as archive:  # made fast, not small
        for number in range(6):
            archive.writestr(f"{number}.csv", zeros)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("header.csv", b"label,score\n"),
        ("page.csv", b"<!doctype html><html><body>404</body></html>"),
        ("model.pkl", b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00\x8c\x04test\x94."),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(500)),
        ("noise.csv", bytes(range(256)) * 40),
        ("metrics.csv", b"model,Accuracy,Precision,Recall,F1\na,0.9,0.8,0.7,0.75\nb,0.8,0.7,0.6,0.65\n"),
        ("no_truth.csv", b"id,prob\n1,abc\n2,def\n"),
    ],
)
def test_a_bad_file_gets_one_sentence_and_nothing_is_lost(name: str, content: bytes) -> None:
    app = upload(data_page(), "clinic.csv", TABLE.to_csv(index=False).encode())
    before = app.query_params["e"]
    upload(app, name, content)
    assert len(errors(app)) == 1
    assert len(errors(app)[0]) > 15
    assert app.query_params["e"] == before
    assert "Nothing was opened. “clinic” is still open, as it was." in said(app)
    # What is open would look like what became of the file.
    assert "of them “sick”" not in said(app)


def test_a_zip_bomb_is_refused() -> None:
    app = upload(data_page(), "bomb.zip", zip_bomb())
    assert len(errors(app)) == 1


def test_an_error_that_nobody_foresaw_is_a_sentence_with_a_number(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inside a reader")

    app = data_page()
    monkeypatch.setattr("pages.ui.start.upload.open_predictions", broken)
    upload(app, "clinic.csv", TABLE.to_csv(index=False).encode())
    assert len(errors(app)) == 1
    number = errors(app)[0].split("the number ")[1].split()[0]
    assert number in caplog.text
    assert "inside a reader" in caplog.text
    assert "inside a reader" not in errors(app)[0]
    assert not app.exception


def test_missing_values_are_left_out_and_counted() -> None:
    table = TABLE.copy()
    table.loc[[3, 7], "prob"] = np.nan
    table.loc[11, "outcome"] = None
    app = upload(data_page(), "holes.csv", table.to_csv(index=False).encode())
    assert "77 cases" in said(app)
    assert "left out" in said(app)


def test_every_sample_opens() -> None:
    app = data_page()
    for button in [each.key for each in app.button if each.key and each.key.startswith("open_sample")]:
        back_to_data(app).button(key=button).click().run()
        assert not app.exception, button
        assert not app.error, button
        assert f"Opened “{compute.evaluation(button.removeprefix('open_')).title}”" in said(app), button
        assert not app.file_uploader, f"{button}: still on the Data page"


def test_rows_without_a_partner_are_shown_with_the_reason() -> None:
    truth = pd.DataFrame({"id": range(60), "label": [0, 1, 1] * 20})
    scores = pd.DataFrame({"id": range(4, 61), "prob": np.linspace(0, 1, 57)})
    app = data_page()
    files = [(f"{name}.csv", each.to_csv(index=False).encode(), "text/csv") for name, each in
             (("truth", truth), ("scores", scores))]  # fmt: skip
    app.file_uploader[0].upload(*files[0])
    app.file_uploader[0].upload(*files[1]).run()
    assert not app.exception
    back_to_data(app)
    labels = [each.label.replace("\\", "") for each in app.expander]
    assert "4 rows of “truth” have no partner" in labels
    assert "1 row of “scores” has no partner" in labels
    assert 'No row of "scores" has the same "id".' in said(app)
    shown = next(each.value for each in app.dataframe if len(each.value) == 4)
    assert shown["id"].tolist() == ["0", "1", "2", "3"]


def test_a_large_file_is_opened_beside_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    bars = []
    told = threading.Event()

    def progress(share: float, text: str) -> object:
        bars.append((share, text))
        if share > 0:
            told.set()
        return SimpleNamespace(progress=progress, empty=lambda: None)

    def slow(*sources: object, progress: Progress, **roles: object) -> object:
        assert threading.current_thread() is not script[0]
        progress(0.4, 'Reading "clinic.csv"')
        assert told.wait(60), "the page showed no progress while the file was opened"
        return open_predictions(*sources, progress=progress, **roles)

    script = []
    monkeypatch.setattr("pages.ui.start.upload.LARGE", 100)
    monkeypatch.setattr("pages.ui.start.upload.open_predictions", slow)
    monkeypatch.setattr(
        "pages.ui.start.progress.st.progress",
        lambda share, text: script.append(threading.current_thread()) or progress(share, text),
    )
    app = upload(data_page(), "clinic.csv", TABLE.to_csv(index=False).encode())
    assert "80 cases" in said(app)
    assert bars[0] == (0.0, "Reading … 0%, 0 s")
    assert any(share == pytest.approx(0.3) and "30%" in text for share, text in bars)
    upload(app, "page.csv", b"<!doctype html><html><body>404</body></html>" * 10)
    assert errors(app) == [
        '"page.csv" is a web page (HTML), not the data themselves: download the raw file instead of saving its page.'
    ]


def test_scores_without_a_truth_are_shown_with_the_share_flagged() -> None:
    table = TABLE[["clinic", "prob"]].assign(id=range(80))
    app = upload(data_page(), "scores.csv", table.to_csv(index=False).encode())
    text = said(app)
    assert "no truth column" in text
    assert f"**{(TABLE['prob'] >= 0.5).sum()}** of 80 rows are flagged" in text
    assert len(app.get("plotly_chart")) == 1
    box = next(each for each in app.number_input if each.label == "Threshold")
    box.set_value(0.25).run()
    assert not app.exception
    assert f"**{(TABLE['prob'] >= 0.25).sum()}** of 80 rows are flagged" in said(app)


def test_opening_leads_to_the_picture_and_back_to_what_was_understood() -> None:
    app = data_page()
    app.file_uploader[0].upload("clinic.csv", TABLE.to_csv(index=False).encode(), "text/csv").run()
    assert not app.file_uploader
    assert (
        "Opened “clinic”: understood as two classes, 80 cases; truth “outcome”; positive class “sick”"
        in said(app)
    )
    # AppTest does not learn of the turn to another page: without this it would send the click to the Data page.
    app.switch_page(THRESHOLD)
    app.button(key="arrival_change").click().run()
    assert not app.exception
    app.switch_page(DATA)
    headings = [each.value for each in (*app.subheader, *app.header)]
    assert headings.index("clinic") < len(headings)
    order = [each.value for each in app.main if each.type in ("header", "subheader")]
    assert order.index("clinic") < order.index("Your predictions")


def test_the_line_tells_that_there_are_remarks_on_the_file() -> None:
    holes = TABLE.assign(outcome=TABLE["outcome"].where(TABLE.index != 7))
    app = data_page()
    app.file_uploader[0].upload("clinic.csv", holes.to_csv(index=False).encode(), "text/csv").run()
    assert "79 cases" in said(app)
    assert "1 remark on the file." in said(app)
    assert app.button(key="arrival_change").label == "See the remarks, or change what was understood"


def test_the_line_is_said_once_and_can_be_closed() -> None:
    app = data_page()
    app.button(key="open_sample-breast-cancer").click().run()
    assert "Opened “Is this breast tumour malignant?”" in said(app)
    app.switch_page(THRESHOLD)
    app.button(key="arrival_close").click().run()
    assert app.number_input, "the picture stays"
    assert "Opened" not in said(app)
    app.switch_page(DATA).run()
    app.button(key="open_sample-breast-cancer").click().run()
    app.switch_page("pages/decide/errors.py").run()
    assert "Opened" not in said(app)


def test_a_question_keeps_the_data_page_and_stands_on_top() -> None:
    table = TABLE.assign(outcome=np.where(TRUTH == 1, "apple", "pear"))
    app = data_page()
    app.file_uploader[0].upload("fruit.csv", table.to_csv(index=False).encode(), "text/csv").run()
    assert not app.exception
    assert app.file_uploader, "a question is open: the page stays"
    assert "“fruit” is open." in said(app)
    order = [each.value for each in app.main if each.type in ("header", "subheader")]
    assert order.index("fruit") < order.index("Your predictions")


def test_own_evaluations_come_before_samples_and_failed_uploads_say_what_is_open() -> None:
    app = upload(data_page(), "clinic.csv", TABLE.to_csv(index=False).encode())
    order = [each.value for each in app.main if each.type in ("header", "subheader")]
    assert order.index("Your evaluations") < order.index("Samples")
    upload(app, "page.csv", b"<!doctype html><html><body>404</body></html>")
    assert "Nothing was opened. “clinic” is still open, as it was." in said(app)
    assert not app.success


def test_rename_delete_and_bring_back() -> None:
    app = upload(data_page(), "clinic.csv", TABLE.to_csv(index=False).encode())
    mine = open_id(app)
    app.button(key=f"rename_{mine}").click().run()
    app.text_input(key=f"title_{mine}").set_value("north of here")
    next(each for each in app.button if each.label == "Save the name").click().run()
    assert "north of here" in said(app)
    app.button(key=f"delete_{mine}").click().run()
    assert "Delete it with its data?" in said(app)
    app.button(key=f"keep_{mine}").click().run()
    assert compute.evaluation(mine).title == "north of here"
    app.button(key=f"delete_{mine}").click().run()
    app.button(key=f"yes_{mine}").click().run()
    assert not app.exception
    assert "“north of here” is deleted. “Is this handwritten digit a 5?” is shown now." in said(app)
    stranger = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    stranger.query_params["e"] = mine
    stranger.run()
    assert len(stranger.error) == 1
    assert stranger.error[0].value.startswith("There is no saved evaluation under this link")
    assert not stranger.info
    app.button(key=f"restore_{mine}").click().run()
    assert "“north of here” is back" in said(app)
    assert compute.evaluation(mine).title == "north of here"


def test_nobody_else_is_offered_what_was_deleted() -> None:
    app = upload(data_page(), "clinic.csv", TABLE.to_csv(index=False).encode())
    mine = open_id(app)
    app.button(key=f"delete_{mine}").click().run()
    app.button(key=f"yes_{mine}").click().run()
    keys = [each.key for each in data_page().button]
    assert [key for key in keys if key and mine in key] == []
