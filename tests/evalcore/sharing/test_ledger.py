"""What was decided about an evaluation: who sees it, how long it lives, that nothing is taken back."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from evalcore.errors import InputError
from evalcore.sharing.store import ledger

ME, YOU = "my browser's token", "your browser's token"
SAMPLE = "sample-mnist-5"


@pytest.fixture
def saved(store, evaluation):
    return store.save(evaluation, owner=ME).id


def said(store, evaluation_id, owner=ME):
    return [(each.kind, each.text) for each in store.entries(evaluation_id, owner=owner)]


def test_entries_survive_a_restart_in_their_order(make_store, saved, clock):
    make_store().enter(saved, "locked", "a <b>", owner=ME)
    clock.forward(minutes=1)
    make_store().enter(saved, "opened", "ß ✓", owner=ME)
    assert said(make_store(), saved) == [("locked", "a <b>"), ("opened", "ß ✓")]
    first, second = make_store().entries(saved, owner=ME)
    assert (second.when - first.when).total_seconds() == 60
    assert first.when.tzinfo is not None


def test_everyone_sees_who_decided_on_a_saved_evaluation(store, saved):
    store.enter(saved, "locked", "mine", owner=ME)
    store.enter(saved, "opened", "yours", owner=YOU)
    mine, yours = store.entries(saved, owner=YOU)
    assert (mine.own, mine.keeper, yours.own, yours.keeper) == (False, True, True, False)
    assert mine.mark != yours.mark
    assert ME not in repr(mine)


def test_on_a_sample_everyone_decides_alone(store):
    store.enter(SAMPLE, "locked", "mine", owner=ME)
    store.enter(SAMPLE, "locked", "yours", owner=YOU)
    assert said(store, SAMPLE) == [("locked", "mine")]
    assert said(store, SAMPLE, YOU) == [("locked", "yours")]


def test_entries_go_with_their_evaluation(store, saved, clock, folder):
    def held() -> int:
        with sqlite3.connect(folder / "evaluations.sqlite") as connection:
            return connection.execute("SELECT count(*) FROM operating_point_entries").fetchone()[0]

    store.enter(saved, "locked", "x", owner=ME)
    store.enter(SAMPLE, "locked", "y", owner=ME)
    store.delete(saved, owner=ME)
    assert held() == 1
    clock.forward(days=40)
    store.sweep_expired()
    assert held() == 0


def test_what_cannot_be_kept_is_said(store, saved, monkeypatch):
    store.delete(saved, owner=ME)
    with pytest.raises(InputError, match="was deleted"):
        store.enter(saved, "locked", "x", owner=ME)
    with pytest.raises(InputError, match="at most 4,000 letters"):
        store.enter(SAMPLE, "words", "x" * 4001, owner=ME)
    monkeypatch.setattr(ledger, "MOST_ENTRIES", 2)
    store.enter(SAMPLE, "words", "x", owner=ME)
    store.enter(SAMPLE, "words", "y", owner=ME)
    with pytest.raises(InputError, match="at most 2 entries"):
        store.enter(SAMPLE, "words", "z", owner=ME)


def test_two_visitors_at_once_lose_nothing(store, saved):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: store.enter(saved, "locked", str(number), owner=ME), range(12)))
    assert sorted(text for _, text in said(store, saved)) == sorted(map(str, range(12)))


def test_a_data_folder_of_an_earlier_time_still_opens(make_store, saved, folder):
    with sqlite3.connect(folder / "evaluations.sqlite") as connection:
        connection.execute("DROP TABLE operating_point_entries")
    store = make_store()
    assert said(store, saved) == []
    store.enter(saved, "locked", "x", owner=ME)
    assert said(store, saved) == [("locked", "x")]
