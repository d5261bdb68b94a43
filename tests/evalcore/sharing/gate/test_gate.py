"""The gate: requirements by file, by decision, by slice, against older predictions; exit codes, what is written."""

from __future__ import annotations

import json
import math
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

import evalcore as ec
from evalcore.__main__ import main
from evalcore.errors import InputError
from evalcore.metrics.goals.terms import Costs
from evalcore.sharing.decisions.decision import Decision
from evalcore.sharing.gate.baseline import differences_to
from evalcore.sharing.gate.judging import Gate, hold
from evalcore.sharing.gate.requirement import read_no_worse, read_requirement

ROOT = Path(__file__).parents[4]
RANDOM = np.random.default_rng(3)
TRUTH = RANDOM.integers(0, 2, 300)
TABLE = pd.DataFrame(
    {
        "case": [f"c{row}" for row in range(300)],
        "label": TRUTH,
        "prob": np.round(RANDOM.random(300) * 0.7 + 0.3 * TRUTH, 3),
        "site": np.where(np.arange(300) < 200, "north", "south"),
    }
)
ROLES = {"truth": "label", "score": "prob", "id": "case", "positive": "1"}
OPTIONS = ["--truth", "label", "--score", "prob", "--id", "case", "--positive", "1"]


def opened(table: pd.DataFrame = TABLE) -> ec.Evaluation:
    return ec.open_predictions(table, **ROLES)


def held(*texts: str, **more: object) -> Gate:
    return hold(opened(), [read_requirement(each) for each in texts], **more)  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    TABLE.to_csv(tmp_path / "predictions.csv", index=False)
    return tmp_path / "predictions.csv"


def test_an_area_is_held_by_its_estimate_or_by_the_limit_of_its_interval() -> None:
    figure = ec.compare(opened().predictions).models[0].figures["roc_auc"]
    between = (figure.low + figure.value) / 2
    plain, sure = held(f"auc >= {between}", f"auc >= {between} with 95 % confidence").answers
    assert (plain.status, sure.status) == ("met", "failed")
    assert [(each.value, each.low, each.high) for each in plain.figures] == [
        (figure.value, figure.low, figure.high)
    ]
    wider = held(f"auc >= {between} with 99.9 % confidence").answers[0]
    assert wider.figures[0].low < figure.low


def test_losses_have_limits_from_above() -> None:
    figures = ec.compare(opened().predictions).models[0].figures
    for name in ("brier_score", "log_loss", "average_precision"):
        sign = "<=" if name != "average_precision" else ">="
        word = name.replace("_", " ")
        assert held(f"{word} {sign} {figures[name].value}").status == "met"
        other = figures[name].value + (-0.001 if sign == "<=" else 0.001)
        assert held(f"{word} {sign} {other}").status == "failed"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("auc >= 95", "an area lies from 0 to 1"),
        ("max f1", "must state a limit"),
        ("beauty >= 1", "measure"),
        ("auc >= 0.9 with 200 % confidence", "between 0 and 100"),
    ],
)
def test_a_slip_in_a_requirement_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_requirement(text)


@pytest.mark.parametrize("text", ["auc", "auc:", "auc:-1", "fpr:0.1", "beauty:0.1"])
def test_a_slip_in_a_margin_is_told(text: str) -> None:
    with pytest.raises(InputError, match="--no-worse"):
        read_no_worse(text)


def test_what_one_class_leaves_undefined_is_not_judged() -> None:
    table = TABLE.assign(site=np.where((TRUTH == 1) | (np.arange(300) < 250), "both", "none"))
    found = hold(opened(table), [read_requirement("auc >= 0.5")], within=["site"])
    assert {each.rows: each.status for each in found.answers} == {
        "all cases": "met",
        "site = both": "met",
        "site = none": "unknown",
    }
    assert found.status == "unknown"


def test_a_slice_is_held_at_the_threshold_that_all_cases_choose() -> None:
    found = held("recall >= 0.9", within=["site"])
    sweep = ec.ThresholdSweep.from_scores(TRUTH, TABLE["prob"])
    chosen = ec.find_operating_point(sweep, "recall >= 0.9").threshold
    assert [each.rows for each in found.answers] == ["all cases", "site = north", "site = south"]
    for each, mask in zip(
        found.answers[1:], (TABLE["site"] == "north", TABLE["site"] == "south"), strict=True
    ):
        part = ec.ThresholdSweep.from_scores(TRUTH[mask], TABLE["prob"][mask]).at(chosen)
        assert each.threshold == chosen
        assert each.figures[0].value == part.recall
        assert each.status == ("met" if part.recall >= 0.9 else "failed")
        assert each.cases == mask.sum()


def test_with_a_decision_its_own_threshold_must_keep_all() -> None:
    sweep = ec.ThresholdSweep.from_scores(TRUTH, TABLE["prob"])
    decision = Decision(0.5, goal="max precision where recall >= 0.2", positive="1")
    own, asked = held("recall >= 0.9", decision=decision).answers
    assert own.requirement == "max precision where recall >= 0.2"
    assert (own.status, own.threshold) == ("met", 0.5)
    assert asked.figures[0].value == sweep.at(0.5).recall
    assert asked.status == "failed"
    assert "recall >= 0.9 is not kept" in asked.reason
    with pytest.raises(InputError, match="calls cases"):
        held("recall >= 0.9", decision=Decision(0.5, positive="yes"))
    with pytest.raises(InputError, match="speaks for"):
        held("recall >= 0.9", decision=Decision(0.5, positive="0"))


def test_a_decisions_prevalence_and_costs_are_kept() -> None:
    point = ec.ThresholdSweep.from_scores(TRUTH, TABLE["prob"]).at(0.5)
    rare = held("precision >= 0.2", decision=Decision(0.5, prevalence=0.01)).answers[0]
    share = 0.01 * point.recall / (0.01 * point.recall + 0.99 * point.false_positive_rate)
    assert math.isclose(rare.figures[0].value, share)
    assert "at prevalence 1.0 %" in rare.reason
    cost = 50 * point.fn + point.fp
    decision = Decision(0.5, costs=Costs(fp=1, fn=50))
    assert held(f"cost <= {cost}", decision=decision).status == "met"
    assert held(f"cost <= {cost - 1}", decision=decision).status == "failed"


def test_a_decision_comes_back_as_it_was_written() -> None:
    made = Decision(
        math.inf,
        "m",
        "1",
        "logit",
        "max f1",
        Costs(1, 2, 3, 4),
        0.2,
        "abc",
        "Eve",
        "2026-11-26T00:00:00Z",
        "=1+1",
    )
    assert Decision.read(made.written()) == made
    for text, told in (
        ("[]", "JSON object"),
        ("{", "must be JSON"),
        ('{"threshold": true}', '"threshold" must be a number'),
        ('{"threshold": "high"}', '"threshold" must be a number'),
        ('{"threshold": 1, "goal": "max beauty"}', "beauty"),
        ('{"threshold": 1, "rule": "score > threshold"}', "rule"),
        ('{"threshold": 1, "costs": {"fx": 1}}', "costs"),
    ):
        with pytest.raises(InputError, match=told):
            Decision.read(text)


def test_the_same_cases_are_compared_pair_by_pair_in_any_order() -> None:
    old = TABLE.assign(prob=np.clip(TABLE["prob"] + RANDOM.normal(0, 0.05, 300), 0, 1))
    both = TABLE.assign(old=old["prob"])
    beside = ec.compare(
        ec.open_predictions(both, truth="label", score=["old", "prob"], positive="1").predictions,
        baseline="old",
    )
    wanted = beside.model("prob").figures["roc_auc"]
    mixed = old.iloc[RANDOM.permutation(300)].reset_index(drop=True)
    found = differences_to(opened(), opened(mixed), "prob")
    assert found.how == "on the same 300 cases"
    told = found.changes["roc_auc"]
    assert np.allclose(
        (told.change, told.low, told.high), (wanted.change, wanted.change_low, wanted.change_high)
    )
    others = differences_to(opened(), opened(old.assign(case=[f"d{row}" for row in range(300)])), "prob")
    assert "300 others before" in others.how
    apart = others.changes["roc_auc"]
    assert math.isclose(apart.change, told.change)
    assert apart.high - apart.low > told.high - told.low


def test_no_worse_by_estimate_or_with_confidence() -> None:
    old = opened(TABLE.assign(prob=np.clip(TABLE["prob"] + RANDOM.normal(0, 0.2, 300), 0, 1)))
    change = differences_to(opened(), old, "prob").changes["roc_auc"]
    assert change.change > 0
    for text, status in (
        ("auc:0", "met"),
        (f"auc:{max(-change.low, 0) + 0.001} with 95 % confidence", "met"),
        ("brier score:0.5", "met"),
        ("recall:1", "met"),
    ):
        found = hold(opened(), [], baseline=old, no_worse=[read_no_worse(text)])
        assert found.status == status, found
    back = hold(old, [], baseline=opened(), no_worse=[read_no_worse("auc:0")])
    assert back.status == "failed"
    assert "on the same 300 cases" in back.answers[0].reason


def test_commands_end_as_they_say(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy, xml = tmp_path / "decision.json", tmp_path / "gate.xml"
    policy.write_text(Decision(0.5, goal="recall >= 0.2").written(), encoding="utf-8")
    common = ["check", str(file), *OPTIONS]
    assert main([*common, "--require", "recall >= 0.9 at precision >= 0.5", "--require", "auc >= 0.7"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "All requirements are met."
    arguments = [*common, "--require", "auc >= 0.999", "--policy", str(policy), "--junit", str(xml), "--json"]
    assert main([*arguments, "--baseline", str(file), "--no-worse", "auc:0.01"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [each["status"] for each in told["answers"]] == ["met", "failed", "met"]
    suite = ElementTree.fromstring(xml.read_text(encoding="utf-8"))
    assert suite.attrib == {"tests": "3", "failures": "1", "errors": "0"}
    assert main([*common, "--require", "auc >= 0.5", "--no-worse", "auc:0.1"]) == 2
    assert "--baseline" in capsys.readouterr().err
    assert main([*common]) == 2
    assert main([*common, "--require", "auc >= 0.5", "--within", "nowhere"]) == 2
    assert 'no column "nowhere"' in capsys.readouterr().err
    assert main([*common, "--policy", str(tmp_path / "none.json")]) == 2


def test_decisions_alone_have_no_area(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "calls.csv"
    pd.DataFrame({"actual": ["a", "b"] * 20, "predicted": ["a", "b", "b", "b"] * 10}).to_csv(
        path, index=False
    )
    assert main(["check", str(path), "--require", "auc >= 0.5", "--positive", "b"]) == 2
    assert "NOT JUDGED" in capsys.readouterr().out
    assert main(["check", str(path), "--require", "recall >= 1", "--positive", "b"]) == 0


def test_the_readmes_step_for_github_runs_as_a_plain_shell(tmp_path: Path) -> None:
    """In a repository of its own that has a predictions file, with this project checked out beside it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    workflow = re.search(r"```yaml\n(.*?)```", readme, flags=re.DOTALL)
    assert workflow is not None
    step = re.search(r"- name: Gate\n\s+run: \|\n((?:\s{10}.*\n)+)", workflow[1])
    assert step is not None
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / "operating-point").symlink_to(ROOT)
    for name in re.findall(r"\b[\w/]+\.csv\b", step[1]):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / "sample_data/breast_cancer.csv").read_bytes())
    (tmp_path / "decision.json").write_text(Decision(0.5, goal="recall >= 0.5").written(), encoding="utf-8")
    (tmp_path / "python").write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8"
    )
    (tmp_path / "python").chmod(0o755)
    there = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    ran = subprocess.run(
        ["bash", "-e", "-c", step[1]], cwd=tmp_path, env=there, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "All requirements are met." in ran.stdout
    assert ElementTree.parse(tmp_path / "gate.xml").getroot().get("failures") == "0"
