"""The list of samples: the real one, and what is said of a wrong one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evalcore.errors import InputError
from evalcore.sharing.samples import find_sample, is_sample_id, open_sample, read_samples

GOOD = {
    "id": "sample-a",
    "files": ["a.csv"],
    "title": "A",
    "summary": "What it is.",
    "about": "How it was made.",
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.csv").write_text("label,prob\n0,0.1\n1,0.9\n0,0.2\n1,0.8\n")
    return tmp_path


def write(folder, entries):
    (folder / "samples.json").write_text(json.dumps(entries))


def test_real_samples():
    samples = read_samples(Path("sample_data"))
    assert samples[0].first
    assert sum(sample.first for sample in samples) == 1
    assert all(file.is_file() for sample in samples for file in sample.files)
    assert find_sample(samples, "sample-mnist-5") is samples[0]


def test_sample_is_read_and_opened(folder):
    write(folder, [GOOD, {**GOOD, "id": "sample-b", "first": True, "hidden": True}])
    samples = read_samples(folder)
    assert [sample.id for sample in samples] == ["sample-b", "sample-a"]
    assert samples[0].hidden
    assert (samples[1].title, samples[1].files) == ("A", (folder / "a.csv",))
    evaluation = open_sample(samples[1])
    assert (evaluation.title, evaluation.task) == ("A", "binary")


def test_unknown_sample_is_said():
    with pytest.raises(InputError, match="there is no sample 'sample-x'"):
        find_sample((), "sample-x")


@pytest.mark.parametrize(
    "text", ["sample-", "sample-A", "sample-a/b", "sample-..", "sample-a\n", "a", "", None]
)
def test_ids_of_another_form(text):
    assert not is_sample_id(text)


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"id": "sample-a"}, "must be a JSON list, got dict"),
        ([1], "must have an id such as"),
        ([{**GOOD, "id": "../x"}], "must have an id such as"),
        ([GOOD, GOOD], "an id of its own, got 'sample-a' twice"),
        ([{**GOOD, "title": " "}], "must have a text for 'title'"),
        ([{**GOOD, "files": "a.csv"}], "must have a list of files"),
        ([{**GOOD, "files": []}], "must have a list of files"),
        ([{**GOOD, "files": ["../a.csv"]}], "files in its own folder, got '../a.csv'"),
        ([{**GOOD, "files": ["b.csv"]}], "names the file 'b.csv', which is not there"),
    ],
)
def test_wrong_list_is_said(folder, entries, words):
    write(folder, entries)
    with pytest.raises(InputError, match=words):
        read_samples(folder)


def test_list_that_is_not_there_or_not_json(tmp_path):
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_samples(tmp_path)
    (tmp_path / "samples.json").write_text("{")
    with pytest.raises(InputError, match="must be JSON"):
        read_samples(tmp_path)
