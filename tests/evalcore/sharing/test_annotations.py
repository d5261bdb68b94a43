"""Notes on rows: whose they are, how long they live, and that data folders of an earlier time still open."""

from __future__ import annotations

import sqlite3

import pytest

from evalcore.errors import InputError
from evalcore.sharing.store.annotations import LONGEST_COMMENT, Annotation

ME, YOU = "my browser's token", "your browser's token"
SAMPLE = "sample-mnist-5"
WRONG, SAID = Annotation(wrong=True), Annotation(comment="eine 7, keine 1 ✓ <b>")


@pytest.fixture
def saved(store, evaluation):
    return store.save(evaluation, owner=ME).id


def held(folder) -> int:
    with sqlite3.connect(folder / "evaluations.sqlite") as connection:
        return connection.execute("SELECT count(*) FROM operating_point_annotations").fetchone()[0]


def test_notes_survive_a_restart(make_store, saved):
    make_store().annotate(saved, {3: WRONG, 17: SAID}, owner=ME)
    assert make_store().annotations(saved, owner=ME) == {3: WRONG, 17: SAID}


def test_a_later_note_takes_the_place_of_the_earlier_one(store, saved):
    store.annotate(saved, {3: WRONG, 17: SAID}, owner=ME)
    store.annotate(saved, {3: SAID, 17: Annotation(), 20: WRONG}, owner=ME)
    assert store.annotations(saved, owner=ME) == {3: SAID, 20: WRONG}


def test_everyone_has_notes_of_their_own(store, saved):
    """On evaluations of others and on samples alike."""
    for evaluation_id in (saved, SAMPLE):
        store.annotate(evaluation_id, {1: WRONG}, owner=ME)
        assert store.annotations(evaluation_id, owner=YOU) == {}
        store.annotate(evaluation_id, {1: SAID}, owner=YOU)
        assert store.annotations(evaluation_id, owner=ME) == {1: WRONG}
        assert store.annotations(evaluation_id, owner=YOU) == {1: SAID}


def test_each_label_of_a_row_has_its_own_notes(store, saved):
    store.annotate(saved, {1: WRONG}, owner=ME, about="large" * 100)
    store.annotate(saved, {1: SAID}, owner=ME, about="odd")
    assert store.annotations(saved, owner=ME) == {}
    assert store.annotations(saved, owner=ME, about="large" * 100) == {1: WRONG}
    assert store.annotations(saved, owner=ME, about="odd") == {1: SAID}


def test_the_token_is_not_kept(store, saved, folder):
    store.annotate(saved, {1: WRONG}, owner=ME)
    assert ME.encode() not in b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_notes_go_with_their_evaluation(store, saved, folder):
    store.annotate(saved, {1: WRONG}, owner=ME)
    store.annotate(saved, {2: SAID}, owner=YOU)
    store.annotate(SAMPLE, {1: WRONG}, owner=ME)
    store.delete(saved, owner=ME)
    assert held(folder) == 1
    with pytest.raises(InputError, match="this evaluation was deleted"):
        store.annotate(saved, {1: WRONG}, owner=ME)


def test_notes_expire_with_their_evaluation_and_on_samples_by_themselves(store, saved, folder, clock):
    store.annotate(saved, {1: WRONG}, owner=ME)
    store.annotate(SAMPLE, {1: WRONG}, owner=ME)
    clock.forward(days=20)
    store.open(saved)
    store.annotate(SAMPLE, {2: WRONG}, owner=ME)
    clock.forward(days=15)
    store.sweep_expired()
    assert store.annotations(saved, owner=ME) == {1: WRONG}, "used since, so it lives and so do its notes"
    assert store.annotations(SAMPLE, owner=ME) == {2: WRONG}
    clock.forward(days=40)
    store.sweep_expired()
    assert held(folder) == 0


def test_other_roles_keep_the_notes(store, saved, evaluation):
    store.annotate(saved, {1: WRONG}, owner=ME)
    store.update_roles(saved, evaluation.roles, owner=ME)
    assert store.annotations(saved, owner=ME) == {1: WRONG}


def test_many_notes_at_once(store, saved):
    notes = {row: Annotation(True, str(row)) for row in range(2345)}
    store.annotate(saved, notes, owner=ME)
    assert store.annotations(saved, owner=ME) == notes
    store.annotate(saved, dict.fromkeys(notes, Annotation()), owner=ME)
    assert store.annotations(saved, owner=ME) == {}


def test_what_is_refused_changes_nothing(store, saved, monkeypatch):
    store.annotate(saved, {1: WRONG}, owner=ME)
    with pytest.raises(InputError, match="comment on row 8 must have at most 2,000 letters, got 2,001"):
        store.annotate(saved, {1: SAID, 7: Annotation(comment="x" * (LONGEST_COMMENT + 1))}, owner=ME)
    monkeypatch.setattr("evalcore.sharing.store.annotations.MOST_ROWS", 3)
    with pytest.raises(InputError, match="at most 3 rows"):
        store.annotate(saved, dict.fromkeys(range(4), SAID), owner=ME)
    with pytest.raises(InputError, match="owner must be the browser's own token"):
        store.annotate(saved, {1: SAID}, owner="")
    assert store.annotations(saved, owner=ME) == {1: WRONG}


def test_a_data_folder_of_an_earlier_time_opens(make_store, folder, evaluation):
    """Before there were notes, a database had no table for them."""
    first = make_store()
    saved = first.save(evaluation, owner=ME).id
    first.close()
    with sqlite3.connect(folder / "evaluations.sqlite") as connection:
        connection.execute("DROP TABLE operating_point_annotations")
    connection.close()
    again = make_store()
    assert again.open(saved).fingerprint == evaluation.fingerprint
    assert again.annotations(saved, owner=ME) == {}
    again.annotate(saved, {1: WRONG}, owner=ME)
    assert make_store().annotations(saved, owner=ME) == {1: WRONG}
