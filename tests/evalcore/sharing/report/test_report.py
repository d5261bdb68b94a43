"""The report in one file: small, offline, exact, and no text of a file is ever markup in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import evalcore as ec
from evalcore.__main__ import main
from evalcore.describing.plain_words import PlainWords
from evalcore.errors import InputError
from evalcore.metrics.goals.terms import Costs
from evalcore.sharing.report.live import Asked
from evalcore.sharing.report.page import report_html

ROOT = Path(__file__).parents[4]
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028'\"&"
RANDOM = np.random.default_rng(5)
TRUTH = RANDOM.integers(0, 2, 4000)
SCORE = RANDOM.random(4000) * 0.7 + 0.3 * TRUTH


def opened(**more: Any) -> ec.Evaluation:
    table = pd.DataFrame({"label": TRUTH, "prob": SCORE, **more})
    return ec.open_predictions(table, truth="label", score=["prob", *more], positive="1")


def data_of(text: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/json" id="op-data">(.*?)</script>', text)
    assert found is not None
    told: list[dict[str, Any]] = json.loads(found[1])
    return told


class Seen(HTMLParser):
    """The elements of a page and what their attributes say."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]


def test_all_rows_that_the_browser_gets_fit_in_300_kb() -> None:
    text = report_html(opened())
    assert len(data_of(text)[0]["table"]["score"]) > 1500
    assert len(text.encode()) < 300_000


def test_the_policy_lets_only_its_own_script_run_and_nothing_be_asked_for() -> None:
    text = report_html(opened())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    script = text[text.rindex("<script>") + 8 : text.rindex("</script>")]
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{allowed}';" in policy[1]
    assert policy[1].startswith("default-src 'none'; ")
    assert not re.search(r"(?:src|href)=[\"']", text)
    assert not re.search(r"url\((?!#)[^)$]*http", text)
    assert "import " not in re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL).replace("import(", "")


def test_points_are_evalcores_own() -> None:
    goal = "max precision where recall >= 0.9"
    text = report_html(opened(), Asked(goal=goal, costs=Costs(fp=2, fn=9), prevalence=0.05))
    told = data_of(text)[0]
    sweep = ec.ThresholdSweep.from_scores(TRUTH, SCORE)
    assert told["summary"]["roc_auc"] == sweep.roc_auc
    assert told["threshold"] == told["told"]["goal"]["threshold"]
    assert told["told"]["desk"]["costs"]["fn"] == 9
    rows = {(each["tp"], each["fp"]) for each in told["points"]}
    point = sweep.at(told["threshold"])
    assert (point.tp, point.fp) in rows
    plain = report_html(opened(), Asked(threshold=0.5))
    assert f"<td>{sweep.at(0.5).tp:,}</td>" in plain


@pytest.mark.parametrize("words", [None, PlainWords("patients", "has the disease", "gets a biopsy")])
def test_the_front_page_says_it_in_plain_words(words: PlainWords | None) -> None:
    text = report_html(opened(), Asked(threshold=0.5, words=words))
    point = ec.ThresholdSweep.from_scores(TRUTH, SCORE).at(0.5)
    said = words or PlainWords(positive="is “1”", flagged="is called “1”")
    for line in said.in_a_thousand(point).values():
        assert f"<li>{line}</li>" in text


def test_names_are_text_and_never_markup() -> None:
    harmless = report_html(opened(other=SCORE))
    table = pd.DataFrame({"label": np.where(TRUTH == 1, HOSTILE, "no"), "p": SCORE, HOSTILE: SCORE})
    evaluation = ec.open_predictions(table, truth="label", score=["p", HOSTILE], positive=HOSTILE)
    words = PlainWords("<b>", "is <i>", "gets <u>")
    text = report_html(evaluation, Asked(who=HOSTILE, words=words))
    assert HOSTILE not in text
    assert "alert(1)" in text
    mine, theirs = Seen(text), Seen(harmless)
    assert set(mine.tags) <= set(theirs.tags)
    assert mine.tags.count("script") == theirs.tags.count("script") == 2
    assert set(mine.attributes) <= set(theirs.attributes)
    assert data_of(text)[1]["names"]["positive"] == evaluation.predictions.positive


def test_where_figures_are_from_is_told() -> None:
    table = pd.DataFrame({"label": [0, 1, 0, 1, None], "prob": [0.1, 0.9, 0.4, 0.6, 0.5]})
    evaluation = ec.open_predictions(table)
    text = report_html(evaluation, Asked(who="Eve", when="2026-11-26"))
    for each in (evaluation.fingerprint, "Eve", "2026-11-26", evaluation.predictions.omitted[0].reason):
        assert escape(each) in text
    unmet = report_html(
        evaluation, Asked(goal="recall >= 1 and precision > 1 %, accuracy > 0.999 and f1 < 0.1")
    )
    assert "It is not met" in unmet


@pytest.mark.parametrize("name", ["digits.csv", "hot_dog.csv", "mnist_5_small.csv"])
def test_every_kind_of_sample_has_a_report(name: str) -> None:
    evaluation = ec.open_predictions(ROOT / "sample_data" / name)
    text = report_html(evaluation)
    assert evaluation.fingerprint in text
    assert ("op-data" in text) == (evaluation.task in ("binary", "counts"))


def test_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.html"
    sample = str(ROOT / "sample_data/breast_cancer.csv")
    assert main(["report", sample, "-o", str(out), "--prevalence", "1 in 200", "--who", "Eve"]) == 0
    assert "KB" in capsys.readouterr().out
    assert data_of(out.read_text(encoding="utf-8"))[0]["told"]["desk"]["prevalence"] == "0.005"
    assert main(["report", sample, "-o", str(out), "--words", "patients"]) == 2
    assert "--words" in capsys.readouterr().err


def test_a_goal_that_is_not_understood_is_said_in_the_file_or_refused() -> None:
    with pytest.raises(InputError, match="beauty"):
        report_html(opened(), Asked(goal="max beauty"))
