"""What was deleted: gone for everybody, brought back by its owner for a while, then gone for good."""

from __future__ import annotations

import errno
from datetime import timedelta

import pytest

from evalcore.errors import InputError
from evalcore.sharing.store.annotations import Annotation
from evalcore.sharing.store.store import UNDO_TIME
from tests.evalcore.sharing.test_store import ME, NOT_THERE, YOU, assert_same_evaluation, tables_in


def test_what_was_deleted_is_gone_for_everybody_and_comes_back_as_it_was(store, evaluation, clock):
    saved = store.save(evaluation, owner=ME)
    store.annotate(saved.id, {3: Annotation(wrong=True, comment="a typo")}, owner=YOU)
    gone = store.discard(saved.id, owner=ME)
    assert (gone.id, gone.title, gone.rows) == (saved.id, "some scores", 40)
    assert gone.until == clock.now + UNDO_TIME
    for look in (store.open, store.find):
        with pytest.raises(InputError, match=NOT_THERE):
            look(saved.id)
    assert store.recent(ME) == ()
    assert store.discarded(owner=ME) == (gone,)
    assert store.restore(saved.id, owner=ME).title == "some scores"
    assert_same_evaluation(store.open(saved.id), evaluation)
    assert store.annotations(saved.id, owner=YOU)[3].comment == "a typo"
    assert store.discarded(owner=ME) == ()


def test_nobody_else_deletes_sees_or_brings_back(store, evaluation):
    saved = store.save(evaluation, owner=ME)
    with pytest.raises(InputError, match="only the browser that saved"):
        store.discard(saved.id, owner=YOU)
    store.discard(saved.id, owner=ME)
    assert store.discarded(owner=YOU) == ()
    with pytest.raises(InputError, match="can no longer be brought back"):
        store.restore(saved.id, owner=YOU)
    with pytest.raises(InputError, match=NOT_THERE):
        store.delete(saved.id, owner=YOU)
    assert [each.id for each in store.discarded(owner=ME)] == [saved.id]


def test_after_its_time_it_goes_for_good(store, make_evaluation, folder, clock):
    first, second = (store.save(make_evaluation(seed), owner=ME) for seed in range(2))
    store.annotate(first.id, {0: Annotation(wrong=True, comment="")}, owner=ME)
    store.discard(first.id, owner=ME)
    clock.forward(minutes=59)
    store.discard(second.id, owner=ME)
    store.sweep_expired(clock.now + timedelta(minutes=30))
    assert tables_in(folder) == [f"{second.id}.parquet"]
    assert store.annotations(first.id, owner=ME) == {}
    clock.forward(hours=2)
    assert store.discarded(owner=ME) == ()
    with pytest.raises(InputError, match="can no longer be brought back"):
        store.restore(second.id, owner=ME)
    store.sweep_expired()
    assert tables_in(folder) == []


def test_its_file_is_no_leftover(store, evaluation, folder, clock):
    saved = store.save(evaluation, owner=ME)
    clock.forward(hours=5)
    store.discard(saved.id, owner=ME)
    store.sweep_expired()
    assert tables_in(folder) == [f"{saved.id}.parquet"]


def test_it_can_be_deleted_for_good_at_once(store, evaluation, folder):
    saved = store.save(evaluation, owner=ME)
    store.discard(saved.id, owner=ME)
    store.delete(saved.id, owner=ME)
    assert (store.discarded(owner=ME), tables_in(folder)) == ((), [])


def test_the_same_file_saved_meanwhile_stays_beside_it(store, evaluation):
    saved = store.save(evaluation, owner=ME)
    store.discard(saved.id, owner=ME)
    again = store.save(evaluation, owner=ME)
    assert again.id != saved.id
    store.restore(saved.id, owner=ME)
    assert {each.id for each in store.recent(ME)} == {saved.id, again.id}
    for each in (saved, again):
        assert_same_evaluation(store.open(each.id), evaluation)


def test_whoever_deletes_to_make_room_gets_the_room(make_store, make_evaluation):
    size = make_store().save(make_evaluation(0), owner=YOU).size
    store = make_store(size_limit=int(2.5 * size))
    mine = store.save(make_evaluation(1), owner=ME)
    with pytest.raises(InputError, match="there is no room"):
        store.save(make_evaluation(2), owner=ME)
    store.discard(mine.id, owner=ME)
    store.save(make_evaluation(2), owner=ME)
    assert store.discarded(owner=ME) == ()


def test_a_full_disk_is_cleared_of_what_was_deleted(store, make_evaluation, monkeypatch):
    saved = store.save(make_evaluation(1), owner=ME)
    store.discard(saved.id, owner=ME)
    write, tries = store._folder.write, []

    def full_at_first(*args):
        tries.append(args)
        if len(tries) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(*args)

    monkeypatch.setattr(store._folder, "write", full_at_first)
    assert store.open(store.save(make_evaluation(2), owner=ME).id).title == "some scores"
    assert store.discarded(owner=ME) == ()


def test_the_bin_is_emptied_in_time_although_nobody_comes(make_store, evaluation, folder, clock, monkeypatch):
    planned = []

    class Timer:
        daemon = False

        def __init__(self, seconds, work):
            planned.append((seconds, work))

        def start(self): ...

        def cancel(self): ...

        def is_alive(self):
            return True

    monkeypatch.setattr("evalcore.sharing.store.store.threading.Timer", Timer)
    store = make_store()
    store.discard(store.save(evaluation, owner=ME).id, owner=ME)
    ((seconds, work),) = planned
    assert seconds > UNDO_TIME.total_seconds()
    clock.forward(seconds=seconds)
    work()
    assert tables_in(folder) == []
