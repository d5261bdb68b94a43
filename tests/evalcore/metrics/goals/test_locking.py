"""The lock on a test part: what it holds for, and what becomes of it."""

from dataclasses import replace

import pytest

from evalcore.metrics.goals.locking import LOCKED, OPENED, LockedChoice, LockState, lock_state

FIRST = LockedChoice("data", "forest", "split", "validation", "test", "max f1", 0.45)
SECOND = replace(FIRST, goal="recall >= 0.9", threshold=0.2)


def test_a_lock_holds_until_it_is_opened():
    assert lock_state([], FIRST.subject) == LockState()
    assert lock_state([(LOCKED, FIRST)], FIRST.subject) == LockState(FIRST, 0)
    assert lock_state([(LOCKED, FIRST), (LOCKED, SECOND)], FIRST.subject).choice == FIRST
    assert lock_state([(LOCKED, FIRST), (OPENED, FIRST), (OPENED, FIRST)], FIRST.subject) == LockState(
        None, 1
    )
    history = [(LOCKED, FIRST), (OPENED, FIRST), (LOCKED, SECOND)]
    assert lock_state(history, FIRST.subject) == LockState(SECOND, 1)


@pytest.mark.parametrize(
    "change", [{"model": "svm"}, {"testing": "other"}, {"data": "new"}, {"column": "file"}]
)
def test_another_test_part_has_a_lock_of_its_own(change):
    other = replace(FIRST, **change)
    assert lock_state([(LOCKED, FIRST)], other.subject) == LockState()


def test_another_goal_or_choosing_part_is_the_same_lock():
    for other in (SECOND, replace(FIRST, choosing="train")):
        assert lock_state([(LOCKED, FIRST)], other.subject).choice == FIRST


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"model": 1}', FIRST.written().replace("0.45", "NaN")]
)
def test_what_is_no_choice_is_none(text):
    assert LockedChoice.read(text) is None
