"""Browser tests wait for what they expect, and no test asserts by the clock: both read from the source.

In `tests/browser/**/test_*.py`

- a page is read (`READS`) only in a function marked `@reading`: its asserts are tried again until they hold;
- `.once()`, which reads without a wait, stands only in such a function;
- no other assert looks at a reading, neither directly nor through a name that holds what `.fits()` without a
  condition said: what is expected is said to `.becomes(value)` or `.fits(condition)`, which wait for it;
- nothing sleeps for a fixed time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BROWSER = ROOT / "tests" / "browser"

#: Methods of Playwright that read at once. What waits by itself (`expect(...)`, `wait_for...`) is not among them.
READS = {
    "all",
    "all_inner_texts",
    "all_text_contents",
    "bounding_box",
    "content",
    "count",
    "evaluate",
    "evaluate_all",
    "evaluate_handle",
    "eval_on_selector",
    "eval_on_selector_all",
    "get_attribute",
    "inner_html",
    "inner_text",
    "input_value",
    "is_checked",
    "is_disabled",
    "is_editable",
    "is_enabled",
    "is_hidden",
    "is_visible",
    "query_selector",
    "query_selector_all",
    "text_content",
    "title",
}
#: Of these methods numpy, pandas and strings have a namesake: a read of a page is made without an argument.
BARE_ONLY = {"all", "count", "title"}
#: What is not a page but has an address.
SERVERS = {"app", "again", "app_server"}
SLEEPS = {"sleep", "wait_for_timeout"}
#: Polls of their own, with a pause between two looks.
POLLS = {"tests/browser/waiting.py", "tests/browser/app_process.py"}
CLOCKS = {"perf_counter", "perf_counter_ns", "monotonic", "monotonic_ns", "process_time", "process_time_ns"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def is_reading(node: ast.AST) -> bool:
    return isinstance(node, FUNCTIONS) and any(
        isinstance(each, ast.Name) and each.id == "reading" for each in node.decorator_list
    )


def called(node: ast.AST) -> str:
    """The name of the function or method that a call calls, else nothing."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def reads_a_page(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READS:
        if node.func.attr in BARE_ONLY and (node.args or node.keywords):
            return False
        # `.all()` of a comparison, a call or a column is numpy's or pandas'.
        return not (
            node.func.attr == "all" and isinstance(node.func.value, (ast.Compare, ast.Call, ast.Subscript))
        )
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "url"
        and not (isinstance(node.value, ast.Name) and node.value.id in SERVERS)
    )


def outside(node: ast.AST) -> Iterator[ast.AST]:
    """What lies under a node, but in no `@reading` function."""
    for child in ast.iter_child_nodes(node):
        if not is_reading(child):
            yield child
            yield from outside(child)


def readings_of(tree: ast.AST) -> set[str]:
    return {node.name for node in ast.walk(tree) if is_reading(node)}  # type: ignore[attr-defined]


def faults(source: str, known: set[str] = frozenset()) -> list[str]:  # type: ignore[assignment]
    """What a browser test does without a wait; `known` are the readings that it may import."""
    tree = ast.parse(source)
    readings = readings_of(tree) | known
    found = []
    for node in outside(tree):
        if reads_a_page(node):
            what = called(node) or "url"
            found.append((node.lineno, f"reads `{what}` outside a @reading function"))
        elif called(node) == "once":
            found.append((node.lineno, "reads `.once()` outside a @reading function"))
        elif isinstance(node, FUNCTIONS):
            held = held_by(node)
            found += [
                (each.lineno, "asserts what a page said: let .becomes or .fits wait for it")
                for each in outside(node)
                if isinstance(each, ast.Assert)
                and (
                    looks_at(each.test, held) or any(called(part) in readings for part in ast.walk(each.test))
                )
            ]
    found += [(node.lineno, "sleeps for a fixed time") for node in ast.walk(tree) if called(node) in SLEEPS]
    return [f"line {line}: {fault}" for line, fault in sorted(set(found))]


def looks_at(node: ast.AST, held: set[str]) -> bool:
    """Whether an expression has what was read with no condition, itself or by a name that holds it."""
    return any(
        (called(each) == "fits" and not each.args)  # type: ignore[attr-defined]
        or (isinstance(each, ast.Name) and each.id in held)
        for each in ast.walk(node)
    )


def held_by(function: ast.AST) -> set[str]:
    """The names within a function that hold what was read with no condition, also by way of other names."""
    held: set[str] = set()
    assigned = [
        (node.targets if isinstance(node, ast.Assign) else [node.target], node.value)
        for node in outside(function)
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr))
        and node.value is not None
    ]
    while True:
        more = {
            name.id
            for targets, value in assigned
            if looks_at(value, held)
            for target in targets
            for name in ast.walk(target)
            if isinstance(name, ast.Name)
        }
        if more <= held:
            return held
        held |= more


@cache
def known_readings() -> set[str]:
    return set().union(*(readings_of(ast.parse(path.read_text())) for path in BROWSER.rglob("*.py")))


@pytest.mark.parametrize("path", sorted(BROWSER.rglob("test_*.py")), ids=lambda path: path.stem)
def test_a_browser_test_waits_for_what_it_expects(path: Path) -> None:
    assert faults(path.read_text(), known_readings()) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("assert tab.locator('p').count() == 1", "count"),
        ("assert 'a' in tab.url", "url"),
        ("text = tab.locator('p').inner_text()", "inner_text"),
        ("assert tab.evaluate('window.hit') is None", "evaluate"),
        ("tab.wait_for_timeout(500)", "sleeps"),
        ("time.sleep(0.1)", "sleeps"),
        ("assert threshold(tab) == 0.5", "asserts"),
        ("assert threshold(tab).once() == 0.5", "once"),
        ("first = threshold(tab).fits()\n    twice = 2 * first\n    assert twice > 1", "asserts"),
        ("assert (first := threshold(tab).fits()) > 1", "asserts"),
    ],
)
def test_what_does_not_wait_is_found(line: str, fault: str) -> None:
    assert any(fault in each for each in faults(f"def test_it(tab):\n    {line}\n", {"threshold"}))


@pytest.mark.parametrize(
    "line",
    [
        "threshold(tab).becomes(0.5)",
        "best = threshold(tab).fits(lambda now: now > 1)\n    assert (table['score'] < best).all()",
        "expect(tab.locator('p')).to_have_count(1)",
        "assert table['label'].all()",
        "assert words.count('a') == 1",
        "page.goto(app.url)",
        "assert computed(tab, '() => 1') == 1",
        "@reading\n    def shown(tab):\n        assert tab.locator('p').count() == 1\n        return tab.url",
    ],
)
def test_what_waits_is_left_alone(line: str) -> None:
    assert faults(f"def test_it(tab, table, words, app):\n    {line}\n", {"threshold"}) == []


def other_tests() -> list[Path]:
    every = (ROOT / "tests").rglob("*.py")
    away = ("tests/benchmarks/", "tests/browser/")
    return sorted(path for path in every if not path.relative_to(ROOT).as_posix().startswith(away))


def test_no_unit_test_asserts_by_the_clock_or_sleeps() -> None:
    """Speed is measured in tests/benchmarks/: here a busy machine would fail what is right."""
    found = []
    for path in other_tests():
        for node in ast.walk(ast.parse(path.read_text())):
            name = called(node) or getattr(node, "attr", "")
            if name in CLOCKS or called(node) in SLEEPS:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {name}")  # type: ignore[attr-defined]
    assert found == []


def test_only_polls_pause() -> None:
    pausing = {
        path.relative_to(ROOT).as_posix()
        for path in BROWSER.rglob("*.py")
        if any(called(node) in SLEEPS for node in ast.walk(ast.parse(path.read_text())))
    }
    assert pausing == POLLS
