"""Columns that are hidden within others: a class in the folder of a path, a label at the end of an id."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.columns.spelling import match_labels
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.wording import say

__all__ = ["CASE", "FOLDER", "LABEL", "derive_columns"]

FOLDER = "{column} (folder)"
CASE = "{column} (case id)"
LABEL = "{column} (label)"
_MOST_FOLDERS = 1100
_MOST_LABELS = 60
_SIDES = frozenset({"left", "right", "l", "r", "od", "os"})

Profiles = Mapping[str, ColumnProfile]


def derive_columns(table: pd.DataFrame, profiles: Profiles, findings: Findings) -> pd.DataFrame:
    """Add columns for what is hidden in others, where predictions cannot be understood without.

    Parameters
    ----------
    table : DataFrame
    profiles : mapping of str to ColumnProfile
    findings : Findings
        Gets a warning that says what was taken from where.

    Returns
    -------
    DataFrame
        The table itself where nothing is hidden.

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"path": ["test/cat/1.jpg", "test/dog/2.jpg"] * 3, "pred": ["cat", "dog"] * 3})
    >>> derive_columns(table, profile_table(table), Findings())["path (folder)"].tolist()[:2]
    ['cat', 'dog']
    """
    texts = [each for each in profiles.values() if each.kind == "text" and not each.missing]
    true = any(each.reading.role == "truth" and each.labelled for each in profiles.values())
    predicted = next((each for each in texts if each.reading.role == "prediction" and each.labelled), None)
    for each in texts:
        folders = _folders(each, predicted) if predicted is not None and not true else None
        name = FOLDER.format(column=each.name)
        if folders is not None and name not in table.columns:
            findings.warn(say(messages.TRUTH_IN_FOLDER, column=each.name))
            return table.assign(**{name: folders})
    for each in texts:
        parts = _labels_at_the_end(each)
        label = LABEL.format(column=each.name)
        if parts is not None and label not in table.columns:
            findings.warn(say(messages.LABEL_IN_ID, column=each.name))
            return table.assign(**{CASE.format(column=each.name): parts[0], label: parts[1]})
    return table


def _folders(paths: ColumnProfile, predicted: ColumnProfile) -> pd.Series | None:
    """The folders of paths, where they are the classes that were predicted."""
    head = paths.sample.iloc[:200].astype(str)
    if not head.str.contains(r"[/\\]", regex=True).all():
        return None
    if not _matching(_parents(paths.sample), predicted):
        return None
    folders = _parents(paths.column)
    return folders if _matching(folders, predicted) else None


def _parents(paths: pd.Series) -> pd.Series:
    parts = paths.astype(str).str.replace("\\", "/", regex=False).str.split("/")
    return parts.str[-2]


def _matching(folders: pd.Series, predicted: ColumnProfile) -> bool:
    known = tuple(map(str, folders.dropna().unique()[: _MOST_FOLDERS + 1]))
    if not 2 <= len(known) <= min(_MOST_FOLDERS, len(folders) // 2):
        return False
    match = match_labels(known, predicted.codes.labels)
    return match.how in ("same", "spelling") and not match.strangers


def _labels_at_the_end(ids: ColumnProfile) -> tuple[pd.Series, pd.Series] | None:
    """`ID_1f_any` as `ID_1f` and `any`, where every case has every label."""
    if ids.reading.role not in ("id", "image") or not ids.unique or ids.files:
        return None
    head = ids.sample.iloc[:200].astype(str).str.rpartition("_")
    ends = set(head[2])
    if not 2 <= len(ends) <= _MOST_LABELS or (head[0] == "").any() or len(ids.column) < 4 * len(ends):
        return None
    if any(each.isdigit() for each in ends) or {each.casefold() for each in ends} <= _SIDES:
        return None
    parts = ids.column.astype(str).str.rpartition("_")
    cases, labels = parts[0], parts[2]
    full = cases.nunique() * labels.nunique() == len(cases)
    return (cases, labels) if full and labels.nunique() <= _MOST_LABELS else None
