"""Sentences of the reader; word for word they stand in `tests/sentences.txt`."""

from __future__ import annotations

import pytest

from evalcore.inputs.reading import messages as say
from tests import sentences

FUNCTIONS = {
    name.rpartition(".")[2]: function
    for name, function in sentences.functions().items()
    if name.startswith(sentences.READER)
}


def test_every_sentence_is_public() -> None:
    assert {*FUNCTIONS, "REFUSALS"} == set(say.__all__)


def test_what_is_called_is_there() -> None:
    assert set(sentences.CALLS) <= set(FUNCTIONS)


@pytest.mark.parametrize("kind", say.REFUSALS)
def test_a_kind_that_is_not_read_says_what_to_do(kind: str) -> None:
    assert any(
        f": {word} " in say.REFUSALS[kind]
        for word in ("export", "use", "save", "drop", "download", "fetch", "write")
    )


@pytest.mark.parametrize("what", ["spans", "stray", "short", "long", "comment", "left out"])
@pytest.mark.parametrize(("count", "start"), [(1, "1 row "), (2000, "2,000 rows ")])
def test_mended_lines(what: str, count: int, start: str) -> None:
    got = say.mended(what, count, 5, "a,b")
    assert got.startswith(start)
    assert got.endswith(' line 5, "a,b").' if count > 1 else ' (line 5, "a,b").')


def test_names_from_the_file_are_cut_and_on_one_line() -> None:
    assert say.empty_file("a\nb") == '"a b" is empty: export it again, or choose another file'
    assert len(say.empty_file("x" * 1000)) < 150
    assert say.header_alone("a", list("bcdefgh")).count('"') == 2 * 6
    assert "and 2 more" in say.header_alone("a", list("bcdefgh"))
