"""Sentences to people begin with a capital and end once: those of errors, and those that pages say of every sample."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from pages.ui import compute
from pages.ui.phrases import sentence
from tests.pages.app_pages import page

ROOT = Path(__file__).parents[3]
#: What computes shows nothing: whoever shows what it returns makes the sentence.
FILES = sorted(
    each
    for each in [*ROOT.glob("pages/**/*.py"), ROOT / "app.py"]
    if not each.is_relative_to(ROOT / "pages/ui/compute")
)
PAGES = {
    "threshold": "pages/decide/threshold.py",
    "errors": "pages/decide/errors.py",
    "counts": "pages/understand/counts.py",
    "classes": "pages/understand/classes.py",
    "compare": "pages/decide/compare.py",
    "slices": "pages/decide/slices.py",
    "calibration": "pages/understand/calibration.py",
    "outputs": "pages/understand/outputs.py",
    "history": "pages/training/history.py",
}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no case is left", "No case is left."),
        ("no case is left.", "No case is left."),
        ("Is it a 5?", "Is it a 5?"),
        ("“a” is empty", "“a” is empty."),
    ],
)
def test_a_sentence_begins_with_a_capital_and_ends_once(text: str, told: str) -> None:
    assert sentence(text) == told


def unfinished(tree: ast.AST) -> list[int]:
    """Lines in which an error's own words are shown to people as they are."""
    finished = {
        id(part)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == "sentence"
        for part in ast.walk(call)
    }
    return [
        call.lineno
        for handler in ast.walk(tree)
        if isinstance(handler, ast.ExceptHandler) and handler.name
        for call in ast.walk(handler)
        if isinstance(call, ast.Call)
        and ast.unparse(call) == f"str({handler.name})"
        and id(call) not in finished
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_an_error_says_is_made_a_sentence(path: Path) -> None:
    assert unfinished(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_the_test_finds_what_is_none() -> None:
    wrong = "try:\n    a()\nexcept E as error:\n    st.error(plain(str(error)))"
    assert unfinished(ast.parse(wrong)) == [4]
    assert unfinished(ast.parse(wrong.replace("str(error)", "sentence(str(error))"))) == []


@pytest.mark.parametrize("sample", [each.id for each in compute.samples()])
def test_no_page_of_a_sample_warns_and_all_begins_with_a_capital(sample: str) -> None:
    for name in sorted(compute.evaluation(sample).traits.pages):
        app = page(PAGES[name], sample)
        assert [each.value for each in app.warning] == [], "nothing here asks to be confirmed"
        said = [each.value for kind in ("info", "success", "error", "caption") for each in app.get(kind)]
        small = [text for text in said if re.match(r"[*_\\\s]*[a-z]", text)]
        assert small == [], f"{name} begins sentences without a capital"
