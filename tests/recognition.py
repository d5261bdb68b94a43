"""How well layouts are recognised: every labelled one is opened without a word of help, and graded.

    python -m tests.recognition [folder ...]

The layouts of the tests are always run. A folder may hold `*/expect.json` beside the files that it names (outcome
"right", "ask" or "refuse", task, and the figures of each model), or `NAME.expect.txt` beside `NAME.*`, where any
`word=0.123456` (accuracy, roc_auc) is a figure to be found again; both kinds are read.

Grades: right (the figures are there, whatever the model is called; or asked or refused where that is right), asked
and warned (other figures, with a question or a warning), wrong (other figures in silence), refused (where figures
were expected), crash.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evalcore.describing.description import describe
from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions

FIGURES = ("roc_auc", "accuracy", "balanced_accuracy", "best", "last")
_STATED = re.compile(r"\b(roc_auc|accuracy|balanced_accuracy|best|last)=(\d+\.\d+)")


@dataclass(frozen=True)
class Case:
    """One layout and what it should give."""

    name: str
    sources: tuple[Any, ...]
    outcome: str
    task: str | None
    figures: tuple[float, ...]


def grade(case: Case) -> tuple[str, str]:
    """Open one layout; its grade, and what came out in words."""
    try:
        opened = open_predictions(*case.sources)
        told = json.loads(json.dumps(describe(opened)))
    except InputError as refused:
        return ("right" if case.outcome in ("refuse", "ask") else "refused"), str(refused)
    except Exception as error:  # a crash is a grade here
        return "crash", repr(error)
    asked = bool(opened.questions)
    loud = "asked" if asked else "warned" if opened.warnings else "wrong"
    said = f"{opened.task}, truth {opened.roles.truth}, {[each.role for each in opened.questions]}"
    if case.outcome == "refuse":
        return ("right" if opened.task == "scores" else loud), said
    if case.outcome == "ask":
        return ("right" if loud != "wrong" else "wrong"), said
    have = list(numbers(told))
    missing = [each for each in case.figures if not any(abs(each - other) <= 2e-6 for other in have)]
    right = not missing and case.task in (None, opened.task)
    return ("right" if right else loud), f"{said}, missing {missing[:3]}"


def numbers(told: Any, name: str = "") -> Iterator[float]:
    """All figures of a description."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield from numbers(value, key)
    elif isinstance(told, list):
        for value in told:
            yield from numbers(value, name)
    elif isinstance(told, int | float) and not isinstance(told, bool):
        yield float(told)


def wanted(models: Any) -> Iterator[float]:
    """The figures of an expectation."""
    if isinstance(models, dict):
        for key, value in models.items():
            if key in FIGURES and isinstance(value, int | float):
                yield float(value)
            else:
                yield from wanted(value)


def of_folder(folder: Path) -> Iterator[Case]:
    """The layouts of a folder."""
    for path in sorted(folder.glob("*/expect.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        sources = tuple(path.parent / name for name in told["files"])
        figures = tuple(wanted(told.get("models", {})))
        yield Case(path.parent.name, sources, told["outcome"], told.get("task"), figures)
    for path in sorted(folder.glob("*.expect.txt")):
        name = path.name.removesuffix(".expect.txt")
        files = tuple(each for each in sorted(folder.glob(f"{name}.*")) if each != path)
        figures = tuple(float(value) for _, value in _STATED.findall(path.read_text(encoding="utf-8")))
        yield Case(name, files, "right", None, figures)


def report(title: str, cases: Iterable[Case]) -> None:
    """Grade layouts and print what is not right, and how many there are of each grade."""
    found: Counter[str] = Counter()
    for case in cases:
        mark, said = grade(case)
        found[mark] += 1
        if mark != "right":
            print(f"  {mark:8} {case.name}: {said[:160]}")
    print(f"{title}: {sum(found.values())} layouts, {dict(found)}")


def published() -> Iterator[Case]:
    """The layouts in which predictions are published, by task alone: their figures are tested elsewhere."""
    from tests.evalcore.inputs import test_published_layouts  # noqa: F401  fills the list
    from tests.evalcore.inputs.published.simulated import PUBLISHED

    for name, make in sorted(PUBLISHED.items()):
        layout = make()
        yield Case(name, layout.sources, "refuse" if layout.refused else "right", layout.task, ())


def unseen() -> Iterator[Case]:
    """The layouts that were written before the rules were asked."""
    from tests.evalcore.inputs.unseen import batches, challenges, exports, ready_tables, tallies  # noqa: F401
    from tests.evalcore.inputs.unseen.layouts import UNSEEN

    for name, make in sorted(UNSEEN.items()):
        yield replace(make(), name=name)


if __name__ == "__main__":
    report("published", published())
    report("unseen", unseen())
    for each in map(Path, sys.argv[1:]):
        report(str(each), of_folder(each))
