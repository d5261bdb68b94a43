"""Check a folder of real files against its MANIFEST.tsv: `python tests/wild.py FOLDER`.

The manifest has a row for each file with the columns `file`, `kind` and `reference_figures` (and any others).
Files that share their number (`34a_...`,
`34b_...`) are opened together. Each reference figure `name=value` must
be found among what `python -m evalcore describe --json` tells, to 1e-6,
or to the digits given where these are
fewer; a file that is not predictions must be refused. Exit 1 where anything is wrong.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evalcore.__main__ import main as evalcore_main

TOLERANCE = 1e-6
TASKS = {
    "binary": {"binary"}, "multimodel": {"binary"}, "multiclass": {"multiclass"},
    "multilabel": {"multilabel"},
    "counts": {"counts", "multiclass"}, "history": {"history"}, "two": {"binary", "multiclass", "multilabel"},
}  # fmt: skip
NAMES = {"mcc": "matthews_corrcoef", "brier": "brier_score", "accuracy_argmax": "accuracy"}
#: Figures of the manifest by a rule that scikit-learn 1.9.1 no longer has: rows that add up to 1 but for rounding are
#: not divided by their sum, and a probability of 0 is held at the double's epsilon. Its own figures of today.
TODAY = {
    ("15_alzheimer_py.tsv", "roc_auc_ovr_macro"): "0.900272",
    ("15_alzheimer_py.tsv", "roc_auc_ovo_macro"): "0.910840",
    ("15_alzheimer_py.tsv", "roc_auc_ovr_weighted"): "0.892467",
    ("59a_nannyml_housing_analysis.csv", "log_loss"): "0.633769",
}
_FIGURE = re.compile(r"^([A-Za-z_0-9]+)=(-?[\d.]+(?:e-?\d+)?)$")
_BEST = re.compile(r"^(?:best|min|max) (\w+)=([\d.]+)(?: at \w+ (\d+))?$")
_MACRO = re.compile(r"^macro over \d+=([\d.]+)$")
_SUBSET = re.compile(r"^([^/:=]+)/([^/:=]+)/fold(\w+)$")


@dataclass
class Outcome:
    """What came of one file or group of files."""

    name: str
    came_out: str
    checked: int = 0
    wrong: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def described(files: Sequence[Path], options: Sequence[str] = ()) -> tuple[int, dict[str, Any], str]:
    """Run `describe --json`; its exit code, JSON and standard error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = evalcore_main(["describe", *map(str, files), "--json", *options])
    return code, json.loads(out.getvalue() or "{}"), err.getvalue().strip()


def figures_of(models: dict[str, Any], *, weighted: bool) -> Iterator[tuple[str, float]]:
    """Every figure of every model and label as (name, value); weighted ones end in `_weighted`."""
    mark = "_weighted" if weighted else ""
    for figures in models.values():
        for key, value in figures.items():
            if key == "unweighted":
                yield from figures_of({"": value}, weighted=False)
            elif key == "labels":
                yield from figures_of(value, weighted=weighted)
            elif key == "confusion" and isinstance(value, list) and len(value) == 2:
                yield from zip(
                    (f"{cell}{mark}" for cell in ("tn", "fp", "fn", "tp")),
                    (*value[0], *value[1]),
                    strict=True,
                )
            elif isinstance(value, (int, float)):
                yield key + mark, value
                if key in ("n", "positives", "n_classes"):
                    yield key, value


def slack(text: str) -> float:
    """1e-6, or half of the last digit where the reference has fewer."""
    decimals = len(text.partition(".")[2].partition("e")[0])
    return TOLERANCE if "e" in text or decimals >= 6 else 0.5 * 10.0**-decimals + 1e-12


class Checker:
    """One group of files against its reference text."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = list(files)
        self.averaged: list[float] = []
        self.code, self.told, self.error = described(files)
        self.outcome = Outcome(
            files[0].name,
            self.told.get("task", f"refused: {self.error}") if self.code == 0 else f"refused: {self.error}",
        )

    def expect(self, key: str, text: str, told: dict[str, Any], where: str = "") -> None:
        """One figure must be among those told."""
        text = TODAY.get((self.files[0].name, key), text)
        weighted = "weight" in told.get("roles", {}) and told["task"] != "counts"
        stem, mark, _ = (
            key.partition("_weighted") if key.endswith("_weighted") and weighted else (key, "", "")
        )
        name = NAMES.get(stem, stem) + mark
        self.outcome.checked += 1
        found = [
            value for known, value in figures_of(told.get("models", {}), weighted=weighted) if known == name
        ]
        if not any(abs(value - float(text)) <= slack(text) for value in found):
            self.outcome.wrong.append(f"{where}{key}={text}, got {sorted(set(found))[:6]}")

    def check(self, reference: str) -> None:
        """Check every figure of the reference text."""
        for part in reference.split(" | "):
            head, told = "", self.told
            for piece in (piece.strip() for piece in part.split(";")):
                found_head, colon, rest = piece.rpartition(": ")
                if colon and ("=" in rest or not _FIGURE.match(piece)):
                    head, piece = found_head.strip(), rest.strip()
                    told = self._told_of(head)
                self._piece(head, piece, told)

    def _told_of(self, head: str) -> dict[str, Any]:
        """What is told of a subset such as `best/Test/fold0`, asked for by options."""
        subset = _SUBSET.match(head)
        roles = self.told.get("roles", {})
        if subset is None or not {"epoch", "split", "fold"} <= set(roles):
            return self.told
        options = []
        for role, value in zip(("epoch", "split", "fold"), subset.groups(), strict=True):
            options += [f"--{role}", f"{roles[role].split('=')[0]}={value}"]
        return described(self.files, options)[1]

    def _piece(self, head: str, piece: str, told: dict[str, Any]) -> None:
        figure, best, macro = _FIGURE.match(piece), _BEST.match(piece), _MACRO.match(piece)
        if figure and told.get("task") == "history":
            self._rows(figure.group(2))
        elif figure and "misleading" not in head:
            if head.startswith("per-fold"):
                self._folds(piece)
            else:
                self.expect(*figure.groups(), told, f"{head}: " if head else "")
        elif best and told.get("task") == "history":
            self._history(*best.groups())
        elif macro:
            self._macro(macro.group(1))
        elif head.endswith("roc_auc") and "=" in piece:
            self._per_label(piece)
        elif head.startswith("per-fold") and "=" in piece:
            self._folds(piece)
        elif "=" in piece:
            self.outcome.unread.append(f"{head}: {piece}" if head else piece)

    def _folds(self, piece: str) -> None:
        column = self.told.get("roles", {}).get("fold", "")
        for label, value in (pair.strip().split("=") for pair in piece.split(",")):
            told = described(self.files, ["--fold", f"{column}={label}"])[1]
            self.expect("accuracy", value, told, f"{label}: ")

    def _per_label(self, piece: str) -> None:
        labels = next(iter(self.told["models"].values())).get("labels", {})
        for name, value in (pair.strip().split("=") for pair in piece.split(",")):
            mine = [each for label, each in labels.items() if label.split()[-1] == name]
            self.averaged += [each["roc_auc"] for each in mine]
            self.expect("roc_auc", value, {**self.told, "models": dict(enumerate(mine))}, f"label {name}: ")

    def _macro(self, value: str) -> None:
        self.expect(
            "roc_auc",
            value,
            {**self.told, "models": {"": {"roc_auc": sum(self.averaged) / len(self.averaged)}}},
        )

    def _rows(self, value: str) -> None:
        self.outcome.checked += 1
        if self.told["rows"] != int(value):
            self.outcome.wrong.append(f"rows={value}, got {self.told['rows']}")

    def _history(self, name: str, value: str, step: str | None) -> None:
        self.outcome.checked += 1
        best = self.told["best"].get(name)
        if (
            best is None
            or abs(best["value"] - float(value)) > slack(value)
            or (step and best["step"] != int(step))
        ):
            self.outcome.wrong.append(f"best {name}={value} at {step}, got {best}")


def check_group(rows: Sequence[dict[str, str]], folder: Path) -> Outcome:
    """Check files that belong together."""
    checker = Checker([folder / row["file"] for row in rows])
    outcome = checker.outcome
    kind = rows[0]["kind"].split("-")[0]
    refused = kind in ("no", "other")
    if refused != (checker.code == 2):
        outcome.wrong.append("should have been refused" if refused else checker.error)
    elif not refused and kind in TASKS and checker.told["task"] not in TASKS[kind]:
        outcome.wrong.append(f"task {checker.told['task']}, expected {kind}")
    elif not refused:
        for row in rows:
            checker.check(row["reference_figures"])
    outcome.name = " + ".join(row["file"] for row in rows)
    return outcome


def groups(rows: Sequence[dict[str, str]]) -> list[list[dict[str, str]]]:
    """Rows by the number that their files begin with, where a letter follows it."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        together = re.match(r"^(\d+)[a-z]_", row["file"])
        found.setdefault(together.group(1) if together else row["file"], []).append(row)
    return list(found.values())


def main(folder: str) -> int:
    """Check a folder and print a table of what came out."""
    with (Path(folder) / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    outcomes = [check_group(each, Path(folder)) for each in groups(rows)]
    for each in outcomes:
        mark = "wrong" if each.wrong else "ok"
        print(f"{mark:5} {each.name}: {each.came_out} ({each.checked} figures)")
        for text in each.wrong:
            print(f"        {text}")
        for text in each.unread:
            print(f"        not compared: {text}")
    right = sum(not each.wrong for each in outcomes)
    print(f"{right} of {len(outcomes)} right, {sum(each.checked for each in outcomes)} figures compared")
    return 0 if right == len(outcomes) else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tests/wild.py FOLDER")
    sys.exit(main(sys.argv[1]))
