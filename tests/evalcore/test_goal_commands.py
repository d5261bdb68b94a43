"""Goals on the command line: the same language, the same answers, and exit codes for a build."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalcore.__main__ import main
from evalcore.metrics.goals.solving import solve_goal
from evalcore.metrics.sweep.sweep import ThresholdSweep

RANDOM = np.random.default_rng(2)
TRUTH = RANDOM.integers(0, 2, 400)
FIRST, SECOND = (np.round(RANDOM.random(400) * 0.7 + gap * TRUTH, 3) for gap in (0.3, 0.05))
GOAL = "max precision where recall >= 0.9"
HARD = "recall >= 0.95 at precision >= 0.8"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "two models.csv"
    pd.DataFrame({"label": TRUTH, "prob_good": FIRST, "prob_poor": SECOND}).to_csv(path, index=False)
    return str(path)


def test_a_goal_is_answered_for_every_model(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", file, "--json", "--goal", GOAL]) == 0
    told = json.loads(capsys.readouterr().out)["goals"]
    for name, score in (("prob_good", FIRST), ("prob_poor", SECOND)):
        point = solve_goal(ThresholdSweep.from_scores(TRUTH, score), GOAL)
        assert told[name] == [
            {
                "goal": GOAL,
                "met": True,
                "threshold": point.threshold,
                "confusion": point.confusion.matrix.tolist(),
            }
        ]


def test_in_words_the_threshold_is_printed_or_why_there_is_none(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", file, "--goal", HARD]) == 1
    told = capsys.readouterr().out
    assert "Goals\n  prob_good: no threshold meets" in told or "is met at threshold" in told
    assert (
        "prob_poor: no threshold meets “recall >= 0.95 and precision >= 0.8”: with precision >= 0.8 kept"
        in told
    )
    assert "(nearest: threshold 0." in told


@pytest.mark.parametrize(("requirement", "code"), [("recall >= 0.5 at precision >= 0.5", 0), (HARD, 1)])
def test_a_requirement_is_a_gate_for_a_build(
    file: str, requirement: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", file, "--require", requirement, "--require", "recall >= 0.1"]) == code
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6  # a heading, two models by two requirements, and what it all comes to
    assert any(line.startswith("FAILED ") for line in lines) == bool(code)
    assert main(["check", file, "--json", "--require", requirement]) == code
    assert json.loads(capsys.readouterr().out)["met"] == (not code)


@pytest.mark.parametrize(
    ("goal", "told"), [("max precison", "did you mean “precision”?"), ("recall >= 90", "90 %")]
)
def test_a_slip_is_one_sentence(file: str, goal: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command, option in (("describe", "--goal"), ("check", "--require")):
        assert main([command, file, option, goal]) == 2
        said = capsys.readouterr()
        assert told in said.err
        assert not said.out
        assert len(said.err.splitlines()) == 1


def test_several_classes_have_no_one_threshold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pets.csv"
    pd.DataFrame({"actual": ["cat", "dog", "owl"] * 9, "predicted": ["cat", "dog", "dog"] * 9}).to_csv(
        path, index=False
    )
    assert main(["check", str(path), "--require", "recall >= 0.5"]) == 2
    assert "needs two classes" in capsys.readouterr().err


def test_counts_have_goals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "counts.csv"
    pd.DataFrame({"score": [0.9, 0.5, 0.1], "positives": [8, 3, 2], "negatives": [1, 4, 9]}).to_csv(
        path, index=False
    )
    assert main(["check", str(path), "--require", "recall >= 0.8"]) == 0
    assert "at threshold 0.5: recall" in capsys.readouterr().out
