"""A database that is damaged, lacks something or is another program's: refused in words, and left as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from evalcore.errors import StoreError
from evalcore.sharing.store.soundness import BACKUP
from evalcore.sharing.store.store import EvaluationStore

ME = "my browser's token"


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # what is written stands in the file itself
        connection.execute(statement)
        connection.commit()


def overwrite(file: Path, start: int, content: bytes) -> None:
    raw = bytearray(file.read_bytes())
    raw[start : start + len(content)] = content
    file.write_bytes(raw)


FAULTS = {
    "no database": (lambda file: file.write_text("hello" * 1000), "is damaged .it is no SQLite file."),
    "a few bytes": (lambda file: file.write_bytes(b"SQLi"), "is damaged .it is no SQLite file."),
    "cut short": (lambda file: file.write_bytes(file.read_bytes()[:6000]), "is damaged"),
    "bad pages": (lambda file: overwrite(file, 4096, b"\xa5" * 12_000), "is damaged"),
    "a header alone": (lambda file: overwrite(file, 16, b"\xff" * 84), "is damaged"),
    "a column lacks": (
        lambda file: change(file, "ALTER TABLE operating_point_evaluations DROP COLUMN findings"),
        'lacks the column "findings" of its table "operating_point_evaluations"',
    ),
    "a newer version": (
        lambda file: change(file, "UPDATE operating_point_store SET version = 2"),
        "must be of version 1, got version 2",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_sound_is_refused_in_a_sentence_and_left_as_it_is(
    fault, make_store, make_evaluation, folder
):
    store = make_store()
    store.save(make_evaluation(1), owner=ME)
    store.close()
    file = folder / "evaluations.sqlite"
    change(file, "SELECT 1")
    do, words = FAULTS[fault]
    do(file)
    before = file.read_bytes()
    with pytest.raises(StoreError, match=words) as caught:
        make_store()
    assert file.read_bytes() == before
    assert str(folder) not in str(caught.value)  # visitors read it
    assert ["\n" in str(caught.value), "Traceback" in str(caught.value)] == [False, False]


def backups(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"evaluations.sqlite{BACKUP}*"))


def test_a_database_of_an_earlier_time_is_copied_before_it_gets_a_table(
    make_store, make_evaluation, folder, clock
):
    store: EvaluationStore = make_store()
    saved = store.save(make_evaluation(1), owner=ME)
    store.close()
    assert not backups(folder)  # a new one, or a sound one, needs none
    change(folder / "evaluations.sqlite", "DROP TABLE operating_point_names")
    later = make_store()
    assert later.find(saved.id) == saved
    (copy,) = backups(folder)
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert connection.execute("SELECT id FROM operating_point_evaluations").fetchall() == [(saved.id,)]
    assert "operating_point_names" not in tables
    make_store()
    assert backups(folder) == [copy]
    later.sweep_expired(clock.now + timedelta(days=29))
    assert backups(folder) == [copy]
    later.sweep_expired(clock.now + timedelta(days=31))  # what was deleted since is not kept for ever
    assert not backups(folder)


def test_the_backup_is_named_and_put_in_place_it_works(make_store, make_evaluation, folder):
    store = make_store()
    saved = store.save(make_evaluation(1), owner=ME)
    store.close()
    file = folder / "evaluations.sqlite"
    change(file, "DROP TABLE operating_point_names")
    make_store().close()
    (copy,) = backups(folder)
    for each in folder.glob("evaluations.sqlite-*"):
        each.unlink()
    file.write_bytes(b"zeros and other things")
    with pytest.raises(StoreError, match=f'put the backup "{copy.name}" in its place'):
        make_store()
    copy.rename(file)
    assert make_store().find(saved.id) == saved
