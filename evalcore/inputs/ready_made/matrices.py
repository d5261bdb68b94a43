"""Confusion matrices in a table: ready-made, as a list of cells, as TP/FP/FN/TN, or behind a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.names import words_of
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers
from evalcore.inputs.columns.spelling import encode_labels, match_labels, spell
from evalcore.inputs.columns.words import COUNT, PREDICTION, STRONG_TRUTH, WEAK_TRUTH

__all__ = ["CountedMatrix", "Matrices", "cell_columns", "find_matrices"]

Profiles = dict[str, ColumnProfile]
_PREFIXES = STRONG_TRUTH | PREDICTION | WEAK_TRUTH | {"as", "is"}
_TOTALS = frozenset({"total", "totals", "all", "sum", "overall"})
_CELLS = {
    "tp": ("tp", "true positive", "true positives"), "fp": ("fp", "false positive", "false positives"),
    "fn": ("fn", "false negative", "false negatives"), "tn": ("tn", "true negative", "true negatives"),
}  # fmt: skip
_AVERAGES = ("accuracy", "macro avg", "weighted avg", "micro avg", "samples avg")


@dataclass(frozen=True, eq=False)
class CountedMatrix:
    """One model's confusion matrix as it was found in a file.

    Parameters
    ----------
    name : str
        The model's name.
    labels : tuple of str
        The classes in the file's order.
    cells : ndarray of float64, shape (k, k)
        Rows actual, columns predicted.
    """

    name: str
    labels: tuple[str, ...]
    cells: npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Matrices:
    """The matrices of a table, one for each model, and the columns that they were found in.

    Parameters
    ----------
    matrices : tuple of CountedMatrix
    roles : dict of str to str
        From a field of `Roles` to the column that carries it.
    """

    matrices: tuple[CountedMatrix, ...]
    roles: dict[str, str | None] = field(default_factory=dict)


def _bare(label: str) -> str:
    """`Actual_Adult`, `Predicted Adult`, `true: Adult` are all "Adult"."""
    text = spell(label)
    for mark in ("_", ":", " ", "-", "=", "."):
        head, found, tail = text.partition(mark)
        if found and tail and set(words_of(head)) and set(words_of(head)) <= _PREFIXES:
            return _bare(tail)
    return text


def _points(texts: Sequence[str], words: frozenset[str]) -> bool:
    return bool(texts) and all(set(words_of(text)[:1]) & words for text in texts)


def _square(table: pd.DataFrame, profiles: Profiles) -> CountedMatrix | None:
    """A ready-made matrix: a column of labels, and for each label a column of counts."""
    if not 2 <= len(table) <= 1001 or abs(len(profiles) - len(table) - 1) > 1:
        return None
    first, *others = profiles.values()
    if any(each.kind != "number" or each.missing for each in others) or first.kind not in (
        "text",
        "number",
        "boolean",
    ):
        return None
    spelt = [spell(value) for value in first.column]
    rows = [i for i, text in enumerate(spelt) if text.casefold() not in _TOTALS]
    columns = [each.name for each in others if each.name.casefold() not in _TOTALS]
    labels = [_bare(spelt[i]) for i in rows]
    heads = [_bare(name) for name in columns]
    if len(labels) != len(heads) or len(labels) < 2 or len(set(labels)) != len(labels):
        return None
    match = match_labels(labels, heads)
    if match.how == "none" or match.strangers or len(set(match.mapping.values())) != len(labels):
        return None
    matched = [match.mapping[head] for head in heads]
    cells = np.column_stack([as_numbers(table[columns[matched.index(label)]]) for label in labels])[rows]
    if (cells < 0).any():
        return None
    turned = _points([spelt[i] for i in rows], PREDICTION) or _points(columns, STRONG_TRUTH)
    return CountedMatrix("", tuple(labels), cells.T if turned else cells)


def _bare_square(table: pd.DataFrame, profiles: Profiles) -> CountedMatrix | None:
    """Nothing but numbers, as many rows as columns, without names: rows actual, columns predicted."""
    size = len(table)
    nameless = all(name == f"column_{i + 1}" or name == str(i) for i, name in enumerate(profiles))
    if not nameless or not 2 <= size == len(profiles) <= 1000:
        return None
    if any(
        each.kind != "number" or each.missing or not each.integral or each.low < 0
        for each in profiles.values()
    ):
        return None
    cells = np.column_stack([as_numbers(table[name]) for name in profiles])
    return CountedMatrix("", tuple(map(str, range(size))), cells)


def _count_column(profiles: Profiles) -> str | None:
    for profile in profiles.values():
        if profile.reading.words and set(profile.reading.words) <= COUNT and profile.kind == "number":
            return profile.name
    return None


def _one_of_role(profiles: Profiles, role: str) -> ColumnProfile | None:
    found = [each for each in profiles.values() if each.reading.role == role and each.kind != "empty"]
    return found[0] if len(found) == 1 else None


def _in_file_order(profile: ColumnProfile) -> tuple[str, ...]:
    """The labels of a column in the order in which they first come."""
    codes = profile.codes
    return tuple(codes.labels[place] for place in pd.unique(codes.codes[codes.codes >= 0]).tolist())


def _long(table: pd.DataFrame, profiles: Profiles) -> Matrices | None:
    """A row for each cell: (model), actual, predicted, count."""
    count = _count_column(profiles)
    truth, guess = _one_of_role(profiles, "truth"), _one_of_role(profiles, "prediction")
    model = _one_of_role(profiles, "model")
    if count is None or truth is None or guess is None or truth.missing or guess.missing:
        return None
    labels = _in_file_order(truth)
    match = match_labels(labels, guess.codes.labels)
    if match.how == "none" or len(labels) > 1000:
        return None
    labels += match.strangers
    codes = model.codes if model else encode_labels(pd.Series(["matrix"] * len(table)))
    if len(table) > max(len(codes.labels), 1) * len(labels) ** 2:
        return None
    rows = np.array([labels.index(label) for label in truth.codes.labels])[truth.codes.codes]
    columns = np.array([labels.index(match.mapping[label]) for label in guess.codes.labels])[
        guess.codes.codes
    ]
    weights = as_numbers(table[count])
    names = list(_in_file_order(model)) if model else [""]
    found = []
    for name in names:
        mine = codes.codes == codes.labels.index(name) if model else np.ones(len(table), dtype=bool)
        cells = np.zeros((len(labels), len(labels)))
        np.add.at(cells, (rows[mine], columns[mine]), weights[mine])
        found.append(CountedMatrix(name, labels, cells))
    roles = {
        "truth": truth.name,
        "predicted_label": guess.name,
        "model": model.name if model else None,
        "weight": count,
    }
    return Matrices(tuple(found), roles)


def cell_columns(profiles: Mapping[str, ColumnProfile]) -> dict[str, str] | None:
    """Find the columns with the counts of `tp`, `fp`, `fn` and `tn`; None where one is not there.

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"TP": [3], "FP": [1], "false_negatives": [2], "tn": [4]})
    >>> cell_columns(profile_table(table))["fn"]
    'false_negatives'
    """
    spoken = {" ".join(each.reading.words): each for each in profiles.values() if each.kind == "number"}
    found = {
        cell: next((spoken[name] for name in names if name in spoken), None) for cell, names in _CELLS.items()
    }
    columns = {cell: each.name for cell, each in found.items() if each is not None}
    counts = [as_numbers(each.column) for each in found.values() if each is not None]
    fit = len(columns) == len(_CELLS) and not any(np.isnan(each).any() or (each < 0).any() for each in counts)
    return columns if fit else None


def _four_cells(table: pd.DataFrame, profiles: Profiles) -> Matrices | None:
    """A row for each model with its TP, FP, FN and TN."""
    columns = cell_columns(profiles)
    if columns is None or len(table) > 1000:
        return None
    numbers = {cell: as_numbers(table[name]) for cell, name in columns.items()}
    texts = [each for each in profiles.values() if each.kind == "text" and each.unique]
    names = (
        [spell(value) for value in texts[0].column] if texts else [f"row {i + 1}" for i in range(len(table))]
    )
    found = tuple(
        CountedMatrix(
            name if len(table) > 1 or texts else "",
            ("negative", "positive"),
            np.array([[numbers["tn"][i], numbers["fp"][i]], [numbers["fn"][i], numbers["tp"][i]]]),
        )
        for i, name in enumerate(names)
    )
    return Matrices(found, {"model": texts[0].name if texts else None})


def _report(profiles: Profiles) -> CountedMatrix | None:
    """A classification report of two classes: recall times support gives the right calls, which are whole."""
    named = {" ".join(each.reading.words): each for each in profiles.values()}
    recall, support = named.get("recall"), named.get("support")
    labels = next((each for each in profiles.values() if each.kind == "text" and each.position == 0), None)
    if (
        recall is None
        or support is None
        or labels is None
        or "precision" not in named
        or recall.kind != "number"
    ):
        return None
    spelt = [spell(value) for value in labels.column]
    rows = [i for i, text in enumerate(spelt) if text.casefold() not in _AVERAGES]
    if len(rows) != 2:
        return None
    sizes, right = as_numbers(support.column)[rows], as_numbers(recall.column)[rows]
    hits = np.round(sizes * right)
    cells = np.array([[hits[0], sizes[0] - hits[0]], [sizes[1] - hits[1], hits[1]]])
    return CountedMatrix("", (spelt[rows[0]], spelt[rows[1]]), cells)


def find_matrices(table: pd.DataFrame, profiles: Profiles) -> Matrices | None:
    """Find confusion matrices in a table.

    Parameters
    ----------
    table : DataFrame
    profiles : dict of str to ColumnProfile

    Returns
    -------
    Matrices or None
        None where the table is something else.

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> actual = ["Actual_no", "Actual_yes"]
    >>> table = pd.DataFrame({"": actual, "Predicted_no": [5, 1], "Predicted_yes": [2, 3]})
    >>> found = find_matrices(table, profile_table(table)).matrices[0]
    >>> found.labels, found.cells.tolist()
    (('no', 'yes'), [[5.0, 2.0], [1.0, 3.0]])
    """
    single = _square(table, profiles) or _bare_square(table, profiles) or _report(profiles)
    if single is not None:
        return Matrices((single,))
    return _long(table, profiles) or _four_cells(table, profiles)
