"""Many sessions at once: threads on one store, two stores on one folder, processes that start together."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest

from evalcore.errors import InputError

ME = "my browser's token"


def together(actions):
    """Run all at the same moment, each in its own thread; results or InputErrors, in order."""
    barrier = Barrier(len(actions))

    def run(action):
        barrier.wait()
        try:
            return action()
        except InputError as error:
            return error

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def tables_in(folder):
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".parquet", ".part"))


@pytest.mark.parametrize("count", [1, 2])
def test_same_file_saved_by_many_tabs_at_once_is_saved_once(make_store, evaluation, folder, count):
    stores = [make_store() for _ in range(count)]
    saved = together([lambda i=i: stores[i % count].save(evaluation, owner=ME) for i in range(8)])
    assert len({each.id for each in saved}) == 1
    assert tables_in(folder) == [f"{saved[0].id}.parquet"]
    assert [each.id for each in stores[0].recent(ME)] == [saved[0].id]


@pytest.mark.parametrize("count", [1, 2])
def test_many_sessions_save_open_rename_and_delete(make_store, make_evaluation, folder, count):
    stores = [make_store() for _ in range(count)]
    evaluations = [make_evaluation(seed) for seed in range(8)]

    def session(number):
        store, evaluation, owner = stores[number % count], evaluations[number], f"owner {number}"
        for turn in range(3):
            saved = store.save(evaluation, owner=owner)
            assert store.rename(saved.id, f"turn {turn}", owner=owner).title == f"turn {turn}"
            assert store.open(saved.id).fingerprint == evaluation.fingerprint
            store.sweep_expired()
            if number % 2:
                store.delete(saved.id, owner=owner)
        return saved.id

    ids = together([lambda i=i: session(i) for i in range(8)])
    assert tables_in(folder) == sorted(f"{each}.parquet" for each in ids[::2])
    for number in range(8):
        assert len(stores[-1].recent(f"owner {number}")) == (number + 1) % 2


def test_limit_holds_when_many_save_at_once(make_store, make_evaluation, folder):
    evaluations = [make_evaluation(seed) for seed in range(9)]
    size = make_store().save(evaluations[8], owner=ME).size
    limit = int(size * 3.5)
    stores = [make_store(size_limit=limit) for _ in range(2)]
    results = together([lambda i=i: stores[i % 2].save(evaluations[i], owner=f"{i}") for i in range(8)])
    refused = [each for each in results if isinstance(each, InputError)]
    assert len(refused) == 6
    assert all("there is no room" in str(each) for each in refused)
    assert len(tables_in(folder)) == 3
    assert sum(path.stat().st_size for path in folder.glob("*.parquet")) <= limit


def test_deletion_beside_reading_gives_the_table_or_one_sentence(make_store, make_evaluation, folder):
    stores = [make_store() for _ in range(2)]
    for seed in range(4):
        evaluation = make_evaluation(seed)
        key = stores[0].save(evaluation, owner=ME).id
        readers = [partial(stores[0].open, key) for _ in range(4)]
        results = together([partial(stores[1].delete, key, owner=ME), *readers])
        assert results[0] is None
        for each in results[1:]:
            if isinstance(each, InputError):
                assert "saved evaluation under this link" in str(each) or "no longer there" in str(each)
            else:
                assert each.fingerprint == evaluation.fingerprint
    assert tables_in(folder) == []


def test_processes_that_start_together_make_one_database(folder):
    code = (
        "import sys; from datetime import timedelta; from pathlib import Path\n"
        "from evalcore.sharing.store.store import EvaluationStore\n"
        "store = EvaluationStore(None, Path(sys.argv[1]), retention=None, size_limit=None)\n"
        "print(store._database.origin)"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    ended = [each.communicate() for each in started]
    assert [each.returncode for each in started] == [0] * 3, ended
    assert len({output for output, _ in ended}) == 1
