"""Every sentence that people read about their file, filled in and written out into `tests/sentences.txt`.

`make sentences` writes the file anew: a change of wording is one diff, to be read as people would read it. Rooms of
messages are found by their name (`messages.py`): constants are templates, public functions are called with samples.
"""

from __future__ import annotations

import importlib
import inspect
import string
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from evalcore.wording import say

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests" / "sentences.txt"
READER = "evalcore.inputs.reading.messages"

#: What stands in the fields of templates; a number for a field that is not named here and has a format.
FIELDS: Mapping[str, Any] = {
    "column": "y", "score": "p", "other": "z", "label": "yes", "value": "7", "columns": ["a", "b"],
    "labels": ["no", "yes"], "reason": "it is so", "threshold": "0.8", "mapping": "0 = no", "taken": "It was turned.",
    "count": 3, "limit": 1000, "lost": 2, "unused": 1, "one": 10, "two": 20, "row": 4,
    "role": "truth", "roles": ["id", "truth"],
    "reasons": "3 rows: no truth", "pairs": "a = x", "how": "by name", "meanings": "0 = no", "unit": "case",
}  # fmt: skip

#: What the reader's functions are called with where the samples below will not do.
CALLS: Mapping[str, Sequence[tuple[Any, ...]]] = {
    "archive_without_tables": [("a.zip", ""), ("a.zip", "it is a picture")],
    "blank_rows": [(1,), (2,)],
    "broken": [("a", "JSON")],
    "cell_too_long": [("a", "text", 3, 1000)],
    "empty_file": [("",), ("a",)],
    "mended": [
        (what, count, 3, "x")
        for what in ("spans", "stray", "short", "long", "comment", "left out")
        for count in (1, 2000)
    ],
    "missing_library": [("a", "an Excel workbook", "openpyxl")],
    "not_a_source": [("int",)],
    "not_unicode": [("latin-1",)],
    "read_as_missing": [("g", ["nan", "null"], 1)],
    "refused": [("a", "png"), ("a", "pickle")],
    "too_large": [("a", 1 << 30)],
    "too_many_cells": [("a", 1000, 2, 10)],
    "too_many_columns": [("a", 30, 20)],
    "too_many_members": [("a", 30, 20)],
    "undecodable": [("a", "utf-16-le")],
    "unreadable_array": [("a", "y", (2, 2, 2))],
}
#: Samples by the name of a parameter, then by its type.
SAMPLES: Mapping[str, Any] = {
    "name": "a.csv",
    "path": "a.csv",
    "line": 7,
    "text": "a,b",
    "cell": "x",
    "first": "Results",
}
BY_TYPE: Mapping[str, Any] = {"str": "p", "int": 2, "Sequence[str]": ["a", "b"], "float": 0.5}


@cache
def rooms() -> Mapping[str, ModuleType]:
    """All modules of messages by their names."""
    paths = sorted((ROOT / "evalcore").rglob("messages.py"))
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    return {name: importlib.import_module(name) for name in names}


def templates() -> dict[str, str]:
    """The constants by room and name; those that hold one for each of several cases by their keys too."""
    found: dict[str, str] = {}
    for room, module in rooms().items():
        for name, value in vars(module).items():
            if not name.isupper() or name.startswith("_"):
                continue
            if isinstance(value, str):
                found[f"{room}.{name}"] = value
            elif isinstance(value, Mapping):
                found |= {
                    f"{room}.{name}[{key}]": text for key, text in value.items() if isinstance(text, str)
                }
    return found


def functions() -> dict[str, Any]:
    """The public functions of the rooms by room and name."""
    return {
        f"{room}.{name}": value
        for room, module in rooms().items()
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == room and not name.startswith("_")
    }


def filled(template: str) -> str:
    """Fill a template in with the samples."""
    wanted = {field: spec for _, field, spec, _ in string.Formatter().parse(template) if field}
    return say(template, **{field: FIELDS.get(field, 3 if spec else field) for field, spec in wanted.items()})


def called(function: Any) -> Iterator[str]:
    """Call a function with the samples."""
    for arguments in CALLS.get(function.__name__, [_samples(function)]):
        yield function(*arguments)


def _samples(function: Any) -> tuple[Any, ...]:
    return tuple(
        SAMPLES.get(name, BY_TYPE.get(str(parameter.annotation), "p"))
        for name, parameter in inspect.signature(function).parameters.items()
    )


def sentences() -> dict[str, list[str]]:
    """All sentences as people read them, by room and name."""
    told = {name: [filled(template)] for name, template in templates().items()}
    return told | {name: list(called(function)) for name, function in functions().items()}


def written() -> str:
    """The file's text: a heading for each room, then each name with its sentences."""
    lines = ["Written by `make sentences`: do not edit by hand."]
    for room in rooms():
        mine = {
            name[len(room) + 1 :]: told for name, told in sentences().items() if name.startswith(f"{room}.")
        }
        lines += ["", room, *(f"  {name}: {text}" for name, told in sorted(mine.items()) for text in told)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
    print(f"{FILE.relative_to(ROOT)}: {sum(map(len, sentences().values()))} sentences")
