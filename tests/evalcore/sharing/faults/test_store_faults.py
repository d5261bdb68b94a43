"""Crashes, full disks, damaged files and databases that fail: what was there stays."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from evalcore.errors import InputError
from evalcore.sharing.store.store import EvaluationStore

ME = "my browser's token"


class Crash(BaseException):
    """Ends the work as a closed session would."""


def raising(error: BaseException):
    def fail(*args, **options):
        raise error

    return fail


def tables_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".parquet", ".part"))


@pytest.mark.parametrize("call", ["replace", "fsync", "open"])
def test_full_disk_is_said_and_leaves_what_was_there(store, make_evaluation, folder, monkeypatch, call):
    kept = store.save(make_evaluation(1), owner=ME)
    with monkeypatch.context() as patch:
        patch.setattr(
            f"evalcore.sharing.store.contents.os.{call}",
            raising(OSError(errno.ENOSPC, "No space left on device")),
        )
        with pytest.raises(InputError, match=r"^the evaluation could not be saved: the disk is full$"):
            store.save(make_evaluation(2), owner=ME)
    assert tables_in(folder) == [f"{kept.id}.parquet"]
    assert store.recent(ME) == (kept,)
    assert store.open(kept.id).fingerprint == kept.fingerprint
    store.save(make_evaluation(2), owner=ME)


def test_disk_that_fills_while_the_table_is_written(store, evaluation, folder, monkeypatch):
    class FullDisk:
        def __init__(self, file):
            self.file = file

        def __getattr__(self, name):
            return getattr(self.file, name)

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self.file.close()

        def write(self, data):
            if self.file.tell() > 100:
                raise OSError(errno.ENOSPC, "No space left on device")
            return self.file.write(data)

    fdopen = os.fdopen
    with monkeypatch.context() as patch:
        patch.setattr("evalcore.sharing.store.contents.os.fdopen", lambda *args: FullDisk(fdopen(*args)))
        with pytest.raises(InputError, match="the disk is full"):
            store.save(evaluation, owner=ME)
    assert tables_in(folder) == []
    assert store.recent(ME) == ()


def test_disk_without_permission_is_said(store, evaluation, monkeypatch):
    monkeypatch.setattr(
        "evalcore.sharing.store.contents.os.open", raising(PermissionError(errno.EACCES, "Permission denied"))
    )
    with pytest.raises(InputError, match=r"^the evaluation could not be saved: Permission denied$"):
        store.save(evaluation, owner=ME)


@pytest.mark.parametrize("error", [Crash(), MemoryError(), RuntimeError("bug")])
def test_interrupted_save_leaves_no_file(store, evaluation, folder, monkeypatch, error):
    for name in ("evalcore.sharing.store.contents.write_table", "evalcore.sharing.store.records._content"):
        with monkeypatch.context() as patch:
            patch.setattr(name, raising(error))
            with pytest.raises(type(error)):
                store.save(evaluation, owner=ME)
        assert tables_in(folder) == []
        assert store.recent(ME) == ()


def test_failing_commit_leaves_neither_row_nor_file(store, evaluation, folder, monkeypatch):
    failure = sa.exc.OperationalError("COMMIT", {}, Exception("broken"))
    with monkeypatch.context() as patch:
        patch.setattr(sa.engine.default.DefaultDialect, "do_commit", raising(failure))
        with pytest.raises(
            InputError, match=r"^the database of saved evaluations does not answer: Exception$"
        ):
            store.save(evaluation, owner=ME)
    assert tables_in(folder) == []
    assert store.recent(ME) == ()
    assert store.open(store.save(evaluation, owner=ME).id).fingerprint == evaluation.fingerprint


def test_commit_that_came_through_before_the_connection_broke_keeps_its_file(store, evaluation, monkeypatch):
    commit = sa.engine.default.DefaultDialect.do_commit

    def commit_then_break(dialect, connection):
        commit(dialect, connection)
        raise sa.exc.OperationalError("COMMIT", {}, Exception("connection lost"))

    with monkeypatch.context() as patch:
        patch.setattr(sa.engine.default.DefaultDialect, "do_commit", commit_then_break)
        with pytest.raises(InputError, match="does not answer"):
            store.save(evaluation, owner=ME)
    (saved,) = store.recent(ME)
    assert store.open(saved.id).fingerprint == evaluation.fingerprint


KILLED = """
import os, sys
from datetime import timedelta
from pathlib import Path
from evalcore.inputs.opening import open_predictions
from evalcore.sharing.store.store import EvaluationStore

folder, moment = Path(sys.argv[1]), sys.argv[2]
store = EvaluationStore(None, folder, retention=timedelta(days=30), size_limit=None)
store._sweep_when_due = lambda: None
die = lambda *args, **options: os._exit(9)
if moment == "before the file has its name":
    os.replace = die
elif moment == "before the commit":
    import sqlalchemy
    sqlalchemy.engine.default.DefaultDialect.do_commit = die
elif moment == "between the row and the file of a deletion":
    store._folder.remove = die
if moment.endswith("deletion"):
    store.delete(sys.argv[3], owner="my browser's token")
store.save(open_predictions(Path("sample_data/breast_cancer.csv")), owner="my browser's token")
"""


@pytest.mark.parametrize(
    ("moment", "kept"),
    [
        ("before the file has its name", True),
        ("before the commit", True),
        ("between the row and the file of a deletion", False),
    ],
)
def test_killed_process_leaves_at_most_a_file_that_the_next_sweep_removes(
    make_store, evaluation, folder, clock, moment, kept
):
    store = make_store()
    saved = store.save(evaluation, owner=ME)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, folder, moment, saved.id], check=False, capture_output=True, text=True
    )
    assert done.returncode == 9, done.stderr
    assert store.recent(ME) == ((saved,) if kept else ())
    assert len(tables_in(folder)) == (2 if kept else 1)
    store.sweep_expired()
    assert len(tables_in(folder)) == (2 if kept else 1)  # it may still be at work
    store.sweep_expired(clock.now + timedelta(hours=2))
    assert tables_in(folder) == ([f"{saved.id}.parquet"] if kept else [])
    if kept:
        assert store.open(saved.id).fingerprint == evaluation.fingerprint
    assert make_store().recent(ME) == ((saved,) if kept else ())  # a restart of the server


def damage(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    match how:
        case "removed":
            path.unlink()
            return
        case "cut short":
            del content[-10:]
        case "empty":
            content.clear()
        case "one bit":
            content[len(content) // 2] ^= 1
        case "its last part":
            content[-20] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("how", ["removed", "cut short", "empty", "one bit", "its last part"])
def test_damaged_data_are_refused_in_one_sentence_and_healed_by_saving_again(store, evaluation, folder, how):
    saved = store.save(evaluation, owner=ME)
    damage(folder / f"{saved.id}.parquet", how)
    sentence = "no longer there" if how == "removed" else "damaged"
    for action in (store.open, lambda key: store.update_roles(key, saved.roles, owner=ME)):
        with pytest.raises(
            InputError, match=rf"^the data of this evaluation are {sentence}: upload the file again$"
        ):
            action(saved.id)
    assert store.recent(ME) == (saved,)
    assert store.save(evaluation, owner=ME).id == saved.id
    assert store.open(saved.id).fingerprint == evaluation.fingerprint


def test_row_that_goes_while_its_file_is_healed_is_said(store, evaluation, folder, monkeypatch):
    saved = store.save(evaluation, owner=ME)
    damage(folder / f"{saved.id}.parquet", "empty")
    write = store._write

    def deleted_meanwhile(*args):
        store.delete(saved.id, owner=ME)
        return write(*args)

    monkeypatch.setattr(store, "_write", deleted_meanwhile)
    with pytest.raises(InputError, match="was deleted while it was being saved"):
        store.save(evaluation, owner=ME)


def test_data_can_be_deleted_although_they_are_gone(store, evaluation, folder):
    saved = store.save(evaluation, owner=ME)
    (folder / f"{saved.id}.parquet").unlink()
    store.delete(saved.id, owner=ME)
    assert store.recent(ME) == ()


def test_file_that_cannot_be_removed_yet_is_said_and_removed_later(
    store, evaluation, folder, clock, monkeypatch
):
    saved = store.save(evaluation, owner=ME)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", raising(PermissionError(errno.EACCES, "Permission denied")))
        with pytest.raises(
            InputError, match=r"the evaluation's file could not be removed yet \(Permission denied\)"
        ):
            store.delete(saved.id, owner=ME)
        assert store.sweep_expired(clock.now + timedelta(hours=2)) == 0
    assert len(tables_in(folder)) == 1
    store.sweep_expired(clock.now + timedelta(hours=2))
    assert tables_in(folder) == []


@pytest.mark.parametrize("action", ["delete", "sweep"])
def test_full_disk_can_be_cleared(store, evaluation, folder, clock, monkeypatch, action):
    saved = store.save(evaluation, owner=ME)
    commit = sa.engine.default.DefaultDialect.do_commit

    def commit_where_there_is_room(dialect, connection):
        if tables_in(folder):
            raise sa.exc.OperationalError("COMMIT", {}, Exception("database or disk is full"))
        commit(dialect, connection)

    monkeypatch.setattr(sa.engine.default.DefaultDialect, "do_commit", commit_where_there_is_room)
    if action == "delete":
        store.delete(saved.id, owner=ME)
    else:
        assert store.sweep_expired(clock.now + timedelta(days=31)) == 1
    assert tables_in(folder) == []
    assert store.recent(ME) == ()


def test_database_that_cannot_be_written_to_does_not_stop_anyone_from_looking(
    store, evaluation, clock, monkeypatch
):
    saved = store.save(evaluation, owner=ME)
    clock.forward(days=2)
    monkeypatch.setattr(store._database, "change", raising(InputError("read only")))
    assert store.open(saved.id).fingerprint == evaluation.fingerprint
    assert store.find(saved.id).used == saved.used


def test_sweep_touches_nothing_that_is_not_the_stores(store, make_store, evaluation, folder, clock, tmp_path):
    saved = store.save(evaluation, owner=ME)
    other = make_store(f"sqlite:///{tmp_path / 'other.sqlite'}")  # another database, the same folder
    others = other.save(evaluation, owner=ME)
    strangers = ["notes.txt", "A" * 22, "A" * 22 + ".parquet", "predictions.parquet", "x.part", ".hidden"]
    for name in strangers:
        (folder / name).write_text("mine")
        os.utime(folder / name, (0, 0))
    for each in (store, other):
        each.sweep_expired(clock.now + timedelta(days=29))
    assert {*strangers, f"{saved.id}.parquet", f"{others.id}.parquet"} <= {
        path.name for path in folder.iterdir()
    }
    assert store.open(saved.id).fingerprint == other.open(others.id).fingerprint


def test_folder_or_database_that_cannot_be_used_is_said(make_store, tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(InputError, match=r"^the data folder must be a folder that can be written to, got"):
        make_store(path=file)
    with pytest.raises(InputError, match=r"^the data folder must be a folder that can be written to, got"):
        make_store(path=file / "inside")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "evaluations.sqlite").write_text("this is no database" * 100)
    with pytest.raises(
        InputError,
        match=r'^the database "evaluations.sqlite" of saved evaluations is damaged \(it is no SQLite',
    ):
        make_store()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "must be one that SQLAlchemy knows"),
        ("postgres://user:secret@host/name", "must be one that SQLAlchemy knows"),
        ("sqlite://", "SQLite in memory, which keeps nothing"),
        ("sqlite:///:memory:", "SQLite in memory, which keeps nothing"),
        ("mysql+pymysql://user:secret@localhost/name", "driver of a mysql database must be installed"),
    ],
)
def test_database_url_that_cannot_be_used_is_said_without_its_password(make_store, url, words):
    with pytest.raises(InputError, match=words) as caught:
        make_store(url)
    assert "secret" not in str(caught.value)


def test_database_of_another_version_is_left_alone(store, evaluation, make_store, folder):
    saved = store.save(evaluation, owner=ME)
    store.close()
    engine = sa.create_engine(f"sqlite:///{folder / 'evaluations.sqlite'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE operating_point_store SET version = 99")
    with pytest.raises(InputError, match="must be of version 1, got version 99"):
        make_store()
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE operating_point_store SET version = 1")
    engine.dispose()
    assert make_store().find(saved.id) == saved


def test_clock_of_the_system_is_used_by_default(folder, evaluation):
    store = EvaluationStore(None, folder, retention=None, size_limit=None)
    before = time.time()
    created = store.save(evaluation, owner=ME).created
    store.close()
    assert int(before) <= created.timestamp() <= time.time()  # between the two, however long it took
