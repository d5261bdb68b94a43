"""A small part of `make fuzz`: mutated layouts give figures or one sentence."""

from __future__ import annotations

import random

import pytest

from tests import fuzz

pytestmark = pytest.mark.whole


def test_mutated_layouts_give_figures_or_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    found = fuzz.run(150, 7)
    assert found.total() == 150
    assert found["crash"] == 0, capsys.readouterr().out
    assert min(found["opened"], found["refused"]) > 0  # the mutations neither spare nor ruin every file


def test_the_same_seed_meets_the_same_input() -> None:
    sources = (("a.csv", b"truth,score\n1,0.5\n0,0.25\n" * 5),)
    first, again, other = (fuzz.mutated(sources, random.Random(seed)) for seed in (3, 3, 4))
    assert first == again != other


def test_what_offends_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(fuzz, "open_predictions", crash)
    assert fuzz.outcome((("a.csv", b"a"),))[0] == "crash"

    def turn(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(fuzz, "open_predictions", turn)
    monkeypatch.setattr(fuzz, "SECONDS", 0.05)
    assert fuzz.outcome((("a.csv", b"a"),))[0] == "slow"
