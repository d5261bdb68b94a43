"""The map of the house: which folder imports from which, and how many modules each holds (`make map`).

Read from the source, so it is never out of date. `tests/test_architecture.py` holds the rules over the same map.
"""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOTS = ("evalcore", "pages")
#: What counts as a module of a folder.
MODULES = (".py", ".js")

Graph = Mapping[str, set[str]]


def names_imported(tree: ast.Module, package: Iterable[str]) -> Iterator[str]:
    """Full names of all that is imported, wherever in the file; for type checking only as well."""
    above_all = list(package)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = above_all[: len(above_all) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


@cache
def modules() -> Mapping[str, Path]:
    """Every Python module of the product by its name."""
    paths = [ROOT / "app.py", *(path for root in ROOTS for path in sorted((ROOT / root).rglob("*.py")))]
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in paths
        if path.is_file()
    }


@cache
def imports() -> Graph:
    """From each module to those of the product that it imports."""
    known = modules()
    graph: dict[str, set[str]] = {}
    for name, path in known.items():
        package = path.relative_to(ROOT).parent.parts
        named = names_imported(ast.parse(path.read_text("utf-8")), package)
        found = (each if each in known else each.rpartition(".")[0] for each in named)
        graph[name] = {each for each in found if each in known and each != name}
    return graph


def within(package: str, graph: Graph | None = None) -> dict[str, Counter[str]]:
    """From each child of a package (module or folder) to its siblings, with how many imports there are."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    start = f"{package}." if package else ""
    for name, others in (imports() if graph is None else graph).items():
        for other in others:
            if name.startswith(start) and other.startswith(start):
                mine, its = (each[len(start) :].partition(".")[0] for each in (name, other))
                if mine != its:
                    found[mine][its] += 1
    return dict(found)


def packages() -> list[str]:
    """Every folder of the product that holds modules, from the top."""
    folders = {path.relative_to(ROOT).parent for path in modules().values()} - {Path(".")}
    return sorted(
        {".".join(each.parts) for folder in folders for each in (folder, *folder.parents) if each.parts}
    )


def circles(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Groups of names each of which leads to all others (Tarjan's strongly connected components)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        number[name] = lowest[name] = len(number)
        stack.append(name)
        for other in graph.get(name, ()):
            if other not in number:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in stack:
                lowest[name] = min(lowest[name], number[other])
        if lowest[name] == number[name]:
            place = stack.index(name)
            if len(stack) - place > 1:
                found.append(sorted(stack[place:]))
            del stack[place:]

    for name in graph:
        if name not in number:
            visit(name)
    return found


def folders(*roots: str) -> dict[str, int]:
    """How many modules lie directly in each folder, Python and JavaScript; `__init__.py` is the folder itself."""
    count: Counter[str] = Counter()
    for root in roots or (*ROOTS, "tests"):
        for path in (ROOT / root).rglob("*"):
            if path.suffix in MODULES and path.name != "__init__.py":
                count[path.relative_to(ROOT).parent.as_posix()] += 1
    return dict(sorted(count.items()))


def drawn() -> Iterator[str]:
    """The map as lines of text."""
    for package in ("", *packages()):
        graph = within(package)
        if not graph:
            continue
        yield f"{package or 'everything'}"
        width = max(map(len, graph))
        yield from (
            f"  {name:{width}} -> {', '.join(f'{other} {count}' for other, count in sorted(to.items()))}"
            for name, to in sorted(graph.items())
        )
        yield ""
    yield "modules  folder"
    yield from (f"{count:7}  {folder}" for folder, count in folders().items())


if __name__ == "__main__":
    print("\n".join(drawn()))
