"""Every sentence that people read about their file: used, short, on one line, and as `tests/sentences.txt` has it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import evalcore
from evalcore.inputs.building import messages
from evalcore.wording import joined, listing, say
from tests import sentences

SOURCES = [path.read_text("utf-8") for path in Path(evalcore.__file__).parent.rglob("*.py")]
USED = {
    name for source in SOURCES for name in re.findall(r"\b(?:\w*messages|say)\.([A-Za-z_0-9]+)\b", source)
}
# Templates with which the input is refused, whole or as one of two.
REFUSING = {
    name
    for source in SOURCES
    for raised in re.findall(r"raise InputError\(\s*(?:say\(\s*)?([^,)]*)", source)
    for name in re.findall(r"\b\w*messages\.([A-Z_0-9]+)\b", raised)
}
TEMPLATES = sentences.templates()
TOLD = sentences.sentences()
# Whoever is refused is told what to do, in the imperative, or what is allowed.
WHAT_TO_DO = re.compile(
    r"(: |; |, or )(add|check|choose|delete|download|drop|export|fetch|give|keep|leave|name|pack|send|save|unpack|use|"
    r"a column must|at most)\b|\bmust\b|it holds|the nearest are|the roles are|at most"
)


def test_sentences_are_as_they_were_written_out() -> None:
    assert sentences.FILE.read_text("utf-8") == sentences.written(), (
        "sentences have changed: write them out with `make sentences`, and read the diff as people will"
    )


@pytest.mark.parametrize("name", sorted(TOLD))
def test_sentence_is_short_and_on_one_line(name: str) -> None:
    for told in TOLD[name]:
        assert told
        assert len(told) <= 200
        assert "\n" not in told
        assert told == told.strip()


@pytest.mark.parametrize("name", sorted(TOLD))
def test_sentence_is_used(name: str) -> None:
    assert name.partition("[")[0].rpartition(".")[2] in USED | {"REFUSALS"}


@pytest.mark.parametrize("name", sorted(each for each in TEMPLATES if each.rpartition(".")[2] in REFUSING))
def test_refusal_says_what_to_do(name: str) -> None:
    assert WHAT_TO_DO.search(TOLD[name][0]), TOLD[name][0]


def test_refusals_are_found() -> None:
    assert len(REFUSING) > 20


def test_lists_of_names() -> None:
    assert listing([]) == ""
    assert listing(["a"]) == '"a"'
    assert listing(list("abcdefgh")) == '"a", "b", "c", "d", "e", "f" and 2 more'


def test_long_names_are_cut() -> None:
    said = say(messages.MISSING_TRUTH, column="x" * 200)
    assert len(said) < 90
    assert said.endswith('x…"')


def test_braces_in_names_are_text() -> None:
    assert say(messages.MISSING_TRUTH, column="{label}") == 'no truth in "{label}"'


def test_joined_names_can_be_taken_apart() -> None:
    assert joined(["a", "b, c"]) == 'a,"b, c"'
