"""Rows with their decision: the same calls as the threshold's, and no formula of a spreadsheet."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

import evalcore as ec
from evalcore.__main__ import main

TABLE = pd.DataFrame(
    {
        "name": ["=HYPERLINK(A1)", "+1+1", "@x", "plain", "-2+3", "left out"],
        "label": ["=yes", "no", "=yes", "no", "no", None],
        "score": [0.9, 0.5, 0.4, 0.2, 0.1, 0.3],
    }
)


def test_rows_are_called_as_the_threshold_says_and_hold_no_formula(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    TABLE.to_csv(tmp_path / "p.csv", index=False)
    out, rows = str(tmp_path / "r.html"), tmp_path / "rows.csv"
    options = ["--truth", "label", "--score", "score", "--positive", "=yes", "--threshold", "0.4"]
    assert main(["report", str(tmp_path / "p.csv"), "-o", out, "--decisions", str(rows), *options]) == 0
    told = pd.read_csv(rows)
    assert told["decision"].tolist() == ["'=yes", "'=yes", "'=yes", "no", "no"]
    assert told["score by Operating Point"].tolist() == [0.9, 0.5, 0.4, 0.2, 0.1]
    assert not any(cell.startswith(("=", "+", "@")) for cell in told["name"])
    point = ec.ThresholdSweep.from_scores(TABLE["label"][:5] == "=yes", TABLE["score"][:5]).at(0.4)
    assert (told["decision"] == "'=yes").sum() == point.tp + point.fp
    assert io.BytesIO(rows.read_bytes()).read(4) == b"name"


def test_other_tasks_have_no_such_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pets.csv"
    pd.DataFrame({"actual": ["cat", "dog", "owl"] * 9, "predicted": ["cat", "dog", "dog"] * 9}).to_csv(
        path, index=False
    )
    rows = tmp_path / "rows.csv"
    assert main(["report", str(path), "-o", str(tmp_path / "r.html"), "--decisions", str(rows)]) == 2
    assert "--decisions" in capsys.readouterr().err
    assert not rows.exists()
