"""Columns hidden within others: folders of paths, labels at the end of ids."""

from __future__ import annotations

import pandas as pd
import pytest

from evalcore.inputs.columns.hidden import derive_columns
from evalcore.inputs.columns.profile import profile_table
from evalcore.inputs.plan.findings import Findings


def derived(table: pd.DataFrame) -> list[str]:
    found = derive_columns(table, profile_table(table), Findings())
    return [name for name in found.columns if name not in table.columns]


def test_folder_of_windows_paths() -> None:
    table = pd.DataFrame(
        {"file": [r"D:\set\cat\1.png", r"D:\set\dog\2.png"] * 4, "prediction": ["dog", "cat"] * 4}
    )
    assert derived(table) == ["file (folder)"]


@pytest.mark.parametrize(
    "change",
    [
        {"label": ["cat", "dog"] * 4},  # there is a truth
        {"prediction": ["fox", "owl"] * 4},  # the folders are no classes that were predicted
        {"file": [f"set/{i}/a.png" for i in range(8)]},  # every folder comes once
    ],
)
def test_no_folder_is_taken(change: dict[str, list[str]]) -> None:
    table = pd.DataFrame({"file": ["set/cat/1.png", "set/dog/2.png"] * 4, "prediction": ["dog", "cat"] * 4})
    assert not derived(table.assign(**change))


def test_labels_at_the_end_of_ids() -> None:
    ids = [f"ID_{i}_{name}" for i in range(10) for name in ("any", "subdural")]
    table = pd.DataFrame({"ID": ids, "Label": [0, 1] * 10})
    assert derived(table) == ["ID (case id)", "ID (label)"]
    assert not derived(table.iloc[:-1])  # not every case has every label
    sides = [f"P{i}_{side}" for i in range(10) for side in ("left", "right")]
    assert not derived(table.assign(ID=sides))
