"""What small changes of a file do to its reading: layouts are perturbed, opened again and compared.

    python -m tests.perturbations [folder ...]

Every layout in which predictions are published is changed in ways that say nothing new (its columns or rows in another
order, a column added that has nothing to do with it, the columns' names spelt otherwise) and opened without help. A
folder may hold layouts as `tests.recognition` reads them, or files that share a number (`34a_...`, `34b_...`).

Outcomes: same (equal figures), asked and warned (other figures, with a new question or a new warning), refused, opened
(what was refused before, in silence), silent (other figures without a word), crash. The last three are named.
"""

from __future__ import annotations

import io
import json
import math
import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evalcore.describing.description import describe
from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.reading.reader import read_tables
from tests.recognition import of_folder, published

Table = pd.DataFrame
Change = Callable[[list[Table], np.random.Generator], list[Table]]

OFFENCES = ("silent", "opened", "crash")
#: Larger files are cut to their first rows: every layout is opened some twenty times.
MOST_ROWS, MOST_COLUMNS = 2000, 300
#: In these the order of rows says what is what.
_ORDERED = frozenset({"history", "counts"})
_DIGITS = 7


@dataclass(frozen=True)
class Files:
    """The tables of one layout, by the names of their files."""

    name: str
    tables: tuple[tuple[str, Table], ...]

    def changed(self, change: Change, seed: int) -> Files:
        """Return the same files after a change."""
        rng = np.random.default_rng(seed)
        tables = change([table for _, table in self.tables], rng)
        return Files(
            self.name, tuple((file, table) for (file, _), table in zip(self.tables, tables, strict=True))
        )


@dataclass(frozen=True)
class Reading:
    """What came out: the figures of each model, or why nothing did."""

    kind: str
    figures: Any = None
    asked: frozenset[tuple[str, str]] = frozenset()
    warned: frozenset[str] = frozenset()
    said: str = ""


# ------------------------------------------------------------------------------------------- changes


def _added(name: str, make: Callable[[int, np.random.Generator], Any], *, first: bool = False) -> Change:
    def change(tables: list[Table], rng: np.random.Generator) -> list[Table]:
        table = tables[0]
        free = name
        while free in table.columns:
            free += "_2"
        column = pd.DataFrame({free: make(len(table), rng)}, index=table.index)
        parts = [column, table] if first else [table, column]
        return [pd.concat(parts, axis=1), *tables[1:]]

    return change


def _columns(order: Callable[[int, np.random.Generator], Any]) -> Change:
    def change(tables: list[Table], rng: np.random.Generator) -> list[Table]:
        return [each.iloc[:, _in_place(each.columns, order(each.shape[1], rng))] for each in tables]

    return change


def _in_place(names: Iterable[Any], order: Any) -> list[int]:
    """Let the parts of a list (`scores.0`, `scores.1`), and columns without a name, stay in their order."""
    lists = ["" if is_number_of(name) else re.sub(r"\.\d+$", ".", name) for name in names]
    waiting = {name: iter([place for place, each in enumerate(lists) if each == name]) for name in lists}
    return [next(waiting[lists[place]]) for place in order]


def _rows(tables: list[Table], rng: np.random.Generator) -> list[Table]:
    """Files of one length may belong together by position: they get one order."""
    orders: dict[int, Any] = {}
    for each in tables:
        if len(each) not in orders:
            orders[len(each)] = rng.permutation(len(each))
    return [each.iloc[orders[len(each)]].reset_index(drop=True) for each in tables]


def is_number_of(name: Any) -> bool:
    """Tell whether a column has no name but its number."""
    return not isinstance(name, str) or re.fullmatch(r"(column_)?\d+", name) is not None


def _named(spell: Callable[[str], str]) -> Change:
    def change(tables: list[Table], rng: np.random.Generator) -> list[Table]:
        renamed = []
        for each in tables:
            names = [name if is_number_of(name) else spell(name) for name in each.columns]
            distinct = len(set(names)) == len(names)
            renamed.append(each.set_axis(names, axis=1) if distinct else each)
        return renamed

    return change


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_+", " ", name).strip() or name


def _texts(count: int, rng: np.random.Generator) -> list[str]:
    words = np.array(["she", "came", "again", "after", "lunch", "and", "went", "home", "without", "notes"])
    return [" ".join(rng.choice(words, 6)) + f", note {row}" for row in range(count)]


def _dates(count: int, rng: np.random.Generator) -> list[str]:
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 500, count), unit="D")
    return [f"{day:%Y-%m-%d}" for day in days]


ORDERS: Mapping[str, Change] = {"rows permuted": _rows, "rows permuted again": _rows}
CHANGES: Mapping[str, Change] = {
    "columns permuted": _columns(lambda count, rng: rng.permutation(count)),
    "columns permuted again": _columns(lambda count, rng: rng.permutation(count)),
    "columns reversed": _columns(lambda count, rng: np.arange(count)[::-1]),
    **ORDERS,
    "index added": _added("Unnamed: 0", lambda count, rng: range(count), first=True),
    "id added": _added("record_id", lambda count, rng: [f"r{v:06d}" for v in rng.permutation(count)]),
    "random number added": _added("noise", lambda count, rng: rng.random(count).round(6)),
    "random number first": _added("u", lambda count, rng: rng.random(count).round(6), first=True),
    "free text added": _added("comment", _texts),
    "date added": _added("created_at", _dates),
    "constant added": _added("version", lambda count, rng: np.full(count, 3)),
    "integer count added": _added("visits", lambda count, rng: rng.poisson(2.5, count)),
    "category added": _added("region", lambda count, rng: rng.choice(["north", "south", "west"], count)),
    "missing column added": _added("remarks", lambda count, rng: np.full(count, np.nan)),
    "names in capitals": _named(str.upper),
    "names in title case": _named(lambda name: _words(name).title()),
    "names spaced": _named(_words),
}


# ------------------------------------------------------------------------------------------- reading


def _content(table: Table) -> bytes:
    """Parquet keeps types and names as they are."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()


def _sources(files: Files) -> Iterator[Any]:
    for name, table in files.tables:
        try:
            yield name, _content(table)
        except Exception:  # cells that Arrow does not know go as they are
            yield table


def plain(name: Any) -> str:
    """A name without the marks and the case that a change may have touched."""
    return re.sub(r"[\W_]+", "", str(name)).casefold()


def comparable(value: Any) -> Any:
    """Figures without their order: labels by their names, matrices by their classes."""
    if isinstance(value, dict):
        mine = {plain(key): comparable(each) for key, each in value.items() if key != "classes"}
        if "classes" in value and isinstance(value.get("confusion"), list):
            classes = [plain(each) for each in value["classes"]]
            mine["confusion"] = {
                f"{row} {column}": count
                for row, line in zip(classes, value["confusion"], strict=False)
                for column, count in zip(classes, line, strict=False)
            }
        return mine
    if isinstance(value, list):
        return [comparable(each) for each in value]
    if isinstance(value, float):
        return "nan" if math.isnan(value) else float(f"{value:.{_DIGITS}g}")
    return plain(value) if isinstance(value, str) else value


def equal(one: Any, other: Any) -> bool:
    """Whether figures are the same but for the last digits: sums in another order round otherwise."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-7)
    return bool(one == other)


def differing(one: Any, other: Any, where: str = "") -> Iterator[str]:
    """Name what is not the same, with both values."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys([*one, *other]):
            yield from differing(one.get(key), other.get(key), f"{where} {key}".strip())
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for first, second in zip(one, other, strict=True):
            yield from differing(first, second, where)
    elif not equal(one, other):
        yield f"{where} {str(one)[:40]} -> {str(other)[:40]}"


def read(files: Files) -> Reading:
    """Open files without help."""
    try:
        opened = open_predictions(*_sources(files))
        told = json.loads(json.dumps(describe(opened)))
    except InputError as refused:
        return Reading("refused", said=str(refused))
    except Exception as error:  # a crash is an outcome here
        return Reading("crash", said=repr(error))
    models = {plain(name): comparable(each) for name, each in told.get("models", {}).items()}
    figures = {
        "task": told["task"],
        "positive": plain(told["positive"]),
        "models": models if len(models) > 1 else list(models.values()),
        "best": comparable(told.get("best", {})),
    }
    return Reading(
        "opened",
        figures,
        frozenset((each.role, plain(each.options)) for each in opened.questions)
        | frozenset((f"{each.role} chosen", plain(each.chosen)) for each in opened.questions),
        frozenset(re.sub(r"\d", "", plain(each)) for each in opened.warnings),
        f"{opened.task}, truth {opened.roles.truth}, scores {list(opened.roles.scores)[:4]}, "
        f"predicted {opened.roles.predicted_label}, positive {opened.roles.positive}",
    )


def outcome(before: Reading, after: Reading) -> str:
    """What a change did."""
    if after.kind == "crash":
        return "crash"
    if after.kind == before.kind and (after.kind == "refused" or equal(before.figures, after.figures)):
        return "same"
    if after.kind == "refused":
        return "refused"
    if after.asked - before.asked:
        return "asked"
    if after.warned - before.warned:
        return "warned"
    return "opened" if before.kind == "refused" else "silent"


# ------------------------------------------------------------------------------------------- layouts


def files_of(name: str, sources: Sequence[Any]) -> Files | None:
    """Read the tables of a layout; None where a source is no table."""
    tables: list[tuple[str, Table]] = []
    for source in sources:
        if isinstance(source, pd.DataFrame):
            tables.append(("table", source.reset_index(drop=True)))
            continue
        try:
            content = (
                read_tables(source[1], name=source[0]) if isinstance(source, tuple) else read_tables(source)
            )
        except InputError:
            return None
        tables += [(each.name, each.table) for each in content]
    kept = [(file, table.iloc[:MOST_ROWS, :MOST_COLUMNS]) for file, table in tables]
    return Files(name, tuple(kept)) if all(len(table) for _, table in kept) else None


def _numbered(folder: Path) -> Iterator[tuple[str, tuple[Path, ...]]]:
    groups: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("[0-9]*_*.*")):
        if path.is_file():
            groups.setdefault(re.match(r"\d+", path.name)[0], []).append(path)  # type: ignore[index]
    yield from ((paths[0].name, tuple(paths)) for paths in groups.values())


def layouts(folders: Iterable[Path]) -> Iterator[Files]:
    """All layouts: the published ones and those of folders."""
    named: list[tuple[str, tuple[Any, ...]]] = [(each.name, each.sources) for each in published()]
    for folder in folders:
        named += [(each.name, each.sources) for each in of_folder(folder)] or _numbered(folder)
    for name, sources in named:
        files = files_of(name, sources)
        if files is not None:
            yield files


def perturbed(files: Files, changes: Mapping[str, Change] = CHANGES) -> Iterator[tuple[str, str, str]]:
    """Each change, its outcome, and what came out before and after in words."""
    before = read(files)
    if before.kind == "crash":
        yield "unchanged", "crash", before.said
        return
    ordered = before.kind == "opened" and before.figures["task"] in _ORDERED
    for name, change in changes.items():
        if ordered and name in ORDERS:
            continue
        after = read(files.changed(change, zlib.crc32(f"{files.name} {name}".encode())))
        changed = "; ".join([*differing(before.figures, after.figures)][:2]) if after.figures else ""
        yield name, outcome(before, after), f"{before.said[:150]} -> {after.said[:150]} ({changed})"


def main(folders: Sequence[str]) -> int:
    """Run all and print the table; 1 where something crashed or more than 0.2 % changed silently."""
    found: dict[str, Counter[str]] = {name: Counter() for name in CHANGES}
    for files in layouts(map(Path, folders)):
        for change, result, said in perturbed(files):
            found.setdefault(change, Counter())[result] += 1
            if result in OFFENCES:
                print(f"  {result:7} {files.name}, {change}: {said}", flush=True)
    columns = ("same", "asked", "warned", "refused", *OFFENCES)
    total = sum(found.values(), Counter())
    print(f"\n{'':24}" + "".join(f"{name:>9}" for name in columns))
    for change, counts in {**found, "all": total}.items():
        print(f"{change:24}" + "".join(f"{counts[name]:9,}" for name in columns))
    share = (total["silent"] + total["opened"]) / max(total.total(), 1)
    print(
        f"\n{total.total():,} changes: {100 * share:.2f} % silent (at most 0.2), {total['crash']} crashes (none)"
    )
    return int(share > 0.002 or total["crash"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
