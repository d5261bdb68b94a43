"""Headerless lines: numbers that their decimal comma split, and words with tags behind them."""

from __future__ import annotations

import numpy as np
import pytest

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.reading.reader import read_table

RNG = np.random.default_rng(1)


def test_shares_that_their_comma_split_are_refused_without_a_header() -> None:
    lines = [f"{i % 2},0,{value:04d}" for i, value in enumerate(RNG.integers(50, 9999, 40))]
    with pytest.raises(InputError, match="decimal comma"):
        read_table("\n".join(["1,1,0000", *lines]).encode(), name="a.csv")


@pytest.mark.parametrize(
    "lines",
    [
        [f"{i % 2},{i // 2 % 2},{value}" for i, value in enumerate(RNG.integers(1000, 9999, 40))],
        [f"{i % 2},0,{value}" for i, value in enumerate(RNG.integers(0, 9, 40))],
        [f"{i % 2},0,0.{value}" for i, value in enumerate(RNG.integers(1000, 9999, 40))],
    ],
)
def test_flags_and_counts_are_no_split_shares(lines: list[str]) -> None:
    assert read_table("\n".join(lines).encode(), name="a.csv").table.shape == (40, 3)


def tagged(errors: int) -> bytes:
    tags = ["O", "O", "O", "B-PER", "I-PER", "O", "B-LOC", "O"] * 5
    guessed = ["O" if place < errors else tag for place, tag in enumerate(tags)]
    lines = [
        f"word{place % 11} {one} {two}" for place, (one, two) in enumerate(zip(tags, guessed, strict=True))
    ]
    return "\n\n".join("\n".join(lines[start : start + 8]) for start in range(0, 40, 8)).encode()


def test_words_with_the_true_and_the_guessed_tag() -> None:
    opened = open_predictions(("test.output.txt", tagged(errors=5)))
    assert (opened.task, opened.roles.truth, opened.roles.predicted_label) == (
        "multiclass",
        "column_2",
        "column_3",
    )
    assert [each.role for each in opened.questions] == ["truth"]


def test_sentences_of_three_words_are_no_tags() -> None:
    words = np.array(["she", "came", "again", "after", "lunch", "home", "with", "notes"])
    text = "\n".join(" ".join(RNG.choice(words, 3)) for _ in range(40)).encode()
    assert read_table(text, name="a.txt").table.shape[1] == 1
