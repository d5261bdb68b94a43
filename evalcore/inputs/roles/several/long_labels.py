"""Labels below each other: a row for each case and label, with its truth and its score."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.columns.words import LABEL_NAMES
from evalcore.inputs.plan.layouts import LongLabels
from evalcore.inputs.plan.stated import Stated

__all__ = ["find_long_labels", "grid_of_labels"]

Profiles = Mapping[str, ColumnProfile]

_FULL = 0.95

_MOST_LABELS = 200


def find_long_labels(profiles: Profiles, stated: Stated) -> LongLabels | None:
    """Find a column of cases and one of labels, each pair of which comes once.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    stated : Stated

    Returns
    -------
    LongLabels or None

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> from evalcore.predictions.evaluation import Roles
    >>> table = pd.DataFrame({"image": np.repeat(range(30), 2), "finding": ["mass", "nodule"] * 30})
    >>> find_long_labels(profile_table(table), Stated(Roles(), tuple(table)))
    LongLabels(case='image', label='finding')
    """
    cases = [
        each
        for each in profiles.values()
        if each.reading.role in ("id", "image") and each.kind in ("text", "number") and not each.missing
    ]
    cases = [each for each in cases if not each.unique]
    labels = [
        each
        for each in profiles.values()
        if each.kind == "text" and not each.missing and 2 <= each.distinct <= _MOST_LABELS
        and set(each.reading.words) & LABEL_NAMES and each.name not in stated.truths
    ]  # fmt: skip
    for label in labels:
        for case in cases:
            if case.name != label.name and case.distinct > label.distinct and _full(case, label):
                return LongLabels(case.name, label.name)
    return None


def _full(case: ColumnProfile, label: ColumnProfile) -> bool:
    """Whether nearly every case has every label, and none twice."""
    cases, names = pd.factorize(case.column)
    several = label.column.nunique()
    if not _FULL <= len(case.column) / max(1, len(names) * several) <= 1:
        return False
    pairs = cases.astype(np.int64) * several + pd.factorize(label.column)[0]
    return len(pd.unique(pairs)) == len(pairs)


def grid_of_labels(
    table: pd.DataFrame, long: LongLabels, labels: tuple[str, ...], values: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp]]:
    """Bring a long column into a row for each case and a column for each label.

    Parameters
    ----------
    table : DataFrame
    long : LongLabels
    labels : tuple of str
    values : ndarray, shape (len(table),)

    Returns
    -------
    tuple of (ndarray, shape (cases, L), and ndarray of intp, shape (cases,))
        The values, nan where a case has no row for a label; and each case's first row.

    Examples
    --------
    >>> table = pd.DataFrame({"image": [7, 7, 8], "finding": ["a", "b", "b"]})
    >>> grid_of_labels(table, LongLabels("image", "finding"), ("a", "b"), np.array([1.0, 2.0, 3.0]))[0].tolist()
    [[1.0, 2.0], [nan, 3.0]]
    """
    cases, names = pd.factorize(table[long.case])
    places = pd.Index(labels).get_indexer(pd.Index(table[long.label].astype(str).str.strip()))
    grid = np.full((len(names), len(labels)), np.nan)
    given = (cases >= 0) & (places >= 0)
    grid[cases[given], places[given]] = values[given]
    first = np.full(len(names), len(table), dtype=np.intp)
    np.minimum.at(first, cases[cases >= 0], np.flatnonzero(cases >= 0))
    return grid, first
