"""Time grows as the input does: every text tenfold, in every place, within a bound that only a line keeps.

At 5,000 letters a cubic pattern took 14 seconds, at 30,000 it would take 50 minutes; a linear one takes a moment.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import InputError
from evalcore.inputs.columns.names import MOST_LETTERS, words_of
from evalcore.inputs.columns.profile import profile_table
from evalcore.inputs.columns.spelling import match_labels
from evalcore.inputs.fingerprint import fingerprint
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Roles
from tests.processor_time import TooSlowError, processor_seconds

pytestmark = pytest.mark.whole
LETTERS, SECONDS, ROWS = 30_000, 15.0, 12
TEXTS = (
    "a",
    "word ",
    "_",
    "a_",
    "1",
    " ",
    "aB",
    "[",
    "é",
    "真",
    "a1",
    "1,",
    "not ",
    "1:",
    "np.float32(",
    "1e",
)
Place = Callable[[str], list[list[str]]]


def _table(head: list[str], row: Callable[[int], list[str]]) -> list[list[str]]:
    return [head, *map(row, range(ROWS))]


PLACES: dict[str, Place] = {
    "the name of a score": lambda text: _table(
        ["truth", f"{text}_prob"], lambda i: [str(i % 2), str(i / 12)]
    ),
    "a class and its column": lambda text: _table(
        ["truth", "prob cat", f"prob {text}"], lambda i: [["cat", text][i % 2], str(1 - i / 12), str(i / 12)]
    ),
    "labels": lambda text: _table(
        ["truth", "pred"], lambda i: [["cat", text, f"{text}b"][i % 3], ["cat", text, f"{text}b"][i // 2 % 3]]
    ),
    "one score": lambda text: _table(
        ["truth", "score"], lambda i: [str(i % 2), text if i == 5 else str(i / 12)]
    ),
    "ranges beside counts": lambda text: _table(
        ["positives", text, "bin"], lambda i: [str(i % 2), str(i), text]
    ),
}


def content(rows: list[list[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


@pytest.mark.parametrize("place", PLACES)
def test_a_long_text_takes_no_longer_than_it_is(place: str) -> None:
    for text in TEXTS:
        raw = content(PLACES[place]((text * LETTERS)[:LETTERS] + "x"))
        try:
            with processor_seconds(SECONDS):
                open_predictions(("a.csv", raw))
        except InputError:
            pass
        except TooSlowError as error:
            pytest.fail(f"{text!r} as {place}: {error}")


def test_thousands_of_columns_are_profiled_and_digested_in_time() -> None:
    rng = np.random.default_rng(0)
    numbers = {f"f{k}": rng.random(ROWS) for k in range(3000)}
    texts = {f"t{k}": [f"{k} and {row}" for row in range(ROWS)] for k in range(3000)}
    table = pd.DataFrame({"truth": np.arange(ROWS) % 2, **numbers, **texts})
    with processor_seconds(60):
        assert len(profile_table(table)) == 6001
        assert len(fingerprint(table, Roles(truth="truth"))) == 32


def test_no_more_of_a_name_is_read_than_is_stated() -> None:
    assert len(words_of("a " * 10 * MOST_LETTERS)) == MOST_LETTERS / 2


@pytest.mark.parametrize(
    ("known", "other", "mapping"),
    [
        (["1", "2"], ["class_1", "class 2"], None),
        (["class_1", "class_2"], ["2", "1"], {"2": "class_2", "1": "class_1"}),
        (["0", "1"], ["LABEL_0", "LABEL_1"], {"LABEL_0": "0", "LABEL_1": "1"}),
        (["0", "1"], ["a0b0", "a0b1"], {}),
        (["0", "1"], ["-0", "-2"], None),
        (["5", "6"], ["x" + "1" * 5000, "x" + "2" * 5000], {}),
    ],
)
def test_numbers_at_the_end_of_labels(
    known: list[str], other: list[str], mapping: dict[str, str] | None
) -> None:
    found = dict(match_labels(known, other).mapping)
    assert mapping is None or found == mapping


def test_what_stands_around_a_value_is_taken_away_a_few_times_only() -> None:
    raw = content(
        _table(["truth", "score", "text"], lambda i: [str(i % 2), str(i / 12), "1:" * 3000 + "yes"])
    )
    assert open_predictions(("a.csv", raw)).predictions.cases == ROWS
