"""Files that were made to crash, hang or bloat a reader: an evaluation or one sentence, and memory in bounds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation
from tests.evalcore.inputs.reading.hostile_files import hostile, whole
from tests.hanging import may_not_hang

ROOT = Path(__file__).parents[4]
WHOLE = whole()
few = settings(max_examples=60, deadline=None)


def outcome(raw: bytes) -> Evaluation | str:
    with may_not_hang():
        try:
            found: Evaluation | str = open_predictions(("file", raw))
        except InputError as refusal:
            found = str(refusal)
            assert 15 < len(found) < 400
            assert "\n" not in found
    return found


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_whole_opens_or_is_told_apart(kind: str) -> None:
    """Else the tests below would be of nothing."""
    found = outcome(WHOLE[kind])
    assert isinstance(found, Evaluation) or kind in ("npy", "npz")


@few
@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 1))
def test_files_cut_short(kind: str, share: float) -> None:
    outcome(WHOLE[kind][: int(len(WHOLE[kind]) * share)])


@few
@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 1), st.integers(1, 40), st.binary(max_size=40))
def test_files_with_a_piece_of_something_else(kind: str, share: float, lost: int, put: bytes) -> None:
    raw = WHOLE[kind]
    place = int(len(raw) * share)
    outcome(raw[:place] + put + raw[place + lost :])


@few
@given(st.sampled_from(sorted(WHOLE)), st.sampled_from(sorted(WHOLE)), st.floats(0, 1), st.floats(0, 1))
def test_two_files_in_one(first: str, second: str, until: float, since: float) -> None:
    one, two = WHOLE[first], WHOLE[second]
    outcome(one[: int(len(one) * until)] + two[int(len(two) * since) :])


PROGRAM = """
import resource
from tests.evalcore.inputs.reading.hostile_files import hostile
from tests.evalcore.inputs.reading.test_hostile_files import outcome, whole
for raw in whole().values():
    outcome(raw)
for name, raw in hostile():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = outcome(raw)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10
    said = found if isinstance(found, str) else found.task
    print(f"{grown} MB\\t{name}\\t{said}")
"""


@pytest.mark.whole
def test_hostile_files_in_a_process_of_their_own() -> None:
    """A crash of the whole process would be seen here, and memory is that of this process alone."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    told = [line.split("\t") for line in run.stdout.splitlines()]
    assert run.returncode == 0, run.stderr[-2000:]
    assert len(told) == sum(1 for _ in hostile())
    assert [line for line in told if int(line[0].split()[0]) > 1200] == []
