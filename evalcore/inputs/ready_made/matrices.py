"""Confusion matrices in a table: ready-made, as a list of cells, as TP/FP/FN/TN, or behind a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.columns.names import words_of
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers
from evalcore.inputs.columns.spelling import encode_labels, match_labels, spell
from evalcore.inputs.columns.words import COUNT, PREDICTION, STRONG_TRUTH, WEAK_TRUTH
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.ready_made import messages
from evalcore.inputs.ready_made.checking import counts_of_shares, read_counts
from evalcore.wording import say

__all__ = ["CountedMatrix", "Matrices", "cell_columns", "find_matrices", "long_columns"]

Profiles = dict[str, ColumnProfile]
_PREFIXES = STRONG_TRUTH | PREDICTION | WEAK_TRUTH | {"as", "is"}
_TOTALS = frozenset({"total", "totals", "all", "sum", "overall"})
_MATRIX = frozenset({"matrix", "confusion", "cm"})
_NUMBER_OF = frozenset({"n", "num", "number", "count"})
_SIZES = frozenset({"n", "support", "count", "counts", "cases", "size"})
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
    lines : ndarray of intp, shape (k, k), or None
        The row of the table in which each cell stands; None where it has all of them.
    """

    name: str
    labels: tuple[str, ...]
    cells: npt.NDArray[np.float64]
    lines: npt.NDArray[np.intp] | None = None


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


def _square(table: pd.DataFrame, profiles: Profiles, findings: Findings) -> CountedMatrix | None:
    """A ready-made matrix: a column of labels, and for each label a column of counts."""
    if not 2 <= len(table) <= 1001 or abs(len(profiles) - len(table) - 1) > 2:
        return None
    first, *others = profiles.values()
    if any(each.kind not in ("number", "empty") for each in others) or first.kind not in (
        "text",
        "number",
        "boolean",
    ):
        return None
    spelt = [spell(value) for value in first.column]
    rows = [i for i, text in enumerate(spelt) if text.casefold() not in _TOTALS]
    sums = [each.name for each in others if each.name.casefold() in _TOTALS | _SIZES]
    if len(others) - len(sums) != len(rows):
        sums = [name for name in sums if name.casefold() in _TOTALS]
    columns = [each.name for each in others if each.name not in sums]
    labels = [_bare(spelt[i]) for i in rows]
    heads = [_bare(name) for name in columns]
    if len(labels) != len(heads) or len(labels) < 2 or len(set(labels)) != len(labels):
        return None
    match = match_labels(labels, heads)
    if match.how == "none" or match.strangers or len(set(match.mapping.values())) != len(labels):
        return None
    matched = [match.mapping[head] for head in heads]
    names = [columns[matched.index(label)] for label in labels]
    if any((as_numbers(table[name]) < 0).any() and not profiles[name].integral for name in names):
        return None
    turned = _points([spelt[i] for i in rows], PREDICTION) or _points(columns, STRONG_TRUTH)
    cells = read_counts(table, names, findings)[rows]
    sizes = as_numbers(table[sums[0]])[rows] if sums else None
    if sizes is not None and not (sizes > 0).all():
        sizes = None
    cells = counts_of_shares(cells, sizes, findings)
    lines = np.tile(np.array(rows, dtype=np.intp)[:, None], len(rows))
    return CountedMatrix("", tuple(labels), cells.T if turned else cells, lines.T if turned else lines)


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
    lines = np.tile(np.arange(size)[:, None], size)
    return CountedMatrix("", tuple(map(str, range(size))), cells, lines)


def _numbered_square(table: pd.DataFrame, profiles: Profiles, findings: Findings) -> CountedMatrix | None:
    """A list of labels beside a list of rows, as documents hold a matrix: `labels`, `matrix.0`, `matrix.1`, ..."""
    texts = [each for each in profiles.values() if each.kind == "text"]
    names = [each.name for each in profiles.values() if each.kind == "number"]
    stem = names[0].rpartition(".")[0] if names else ""
    if len(texts) != 1 or len(profiles) != len(names) + 1 or not 2 <= len(names) == len(table) <= 1000:
        return None
    if not set(words_of(stem)) & _MATRIX or names != [f"{stem}.{place}" for place in range(len(names))]:
        return None
    labels = tuple(spell(value) for value in texts[0].column)
    if texts[0].missing or len(set(labels)) < len(labels):
        return None
    cells = counts_of_shares(read_counts(table, names, findings), None, findings)
    return CountedMatrix("", labels, cells, np.tile(np.arange(len(names))[:, None], len(names)))


def _count_column(profiles: Profiles) -> str | None:
    numbers = [each for each in profiles.values() if each.kind == "number" and each.reading.words]
    for profile in numbers:
        if set(profile.reading.words) <= COUNT:
            return profile.name
    for profile in numbers:  # `nPredictions`, `num_images`: of what, does not matter
        if profile.reading.words[0] in _NUMBER_OF and profile.integral and profile.low >= 0:
            return profile.name
    return None


def _lone_number(profiles: Profiles) -> str | None:
    """The only column of whole numbers beside two of classes."""
    numbers = [each for each in profiles.values() if each.kind == "number"]
    whole = len(numbers) == 1 and len(profiles) == 3 and numbers[0].integral and numbers[0].low >= 0
    return numbers[0].name if whole else None


def _one_of_role(profiles: Profiles, role: str, count: str | None) -> ColumnProfile | None:
    found = [
        each
        for each in profiles.values()
        if each.reading.role == role and each.kind != "empty" and each.name != count
    ]
    return found[0] if len(found) == 1 else None


def long_columns(profiles: Profiles) -> dict[str, ColumnProfile] | None:
    """Find the columns of a matrix that has a row for each cell: `truth`, `prediction` and `count`."""
    count = _count_column(profiles)
    truth, guess = _one_of_role(profiles, "truth", count), _one_of_role(profiles, "prediction", count)
    if count is None and truth and guess and truth.size == truth.distinct * guess.distinct > 1:
        count = _lone_number(profiles)  # a row for each pair of classes: whatever is there is how many
    if count is None or truth is None or guess is None or truth.missing or guess.missing:
        return None
    return {"truth": truth, "prediction": guess, "count": profiles[count]}


def _in_file_order(profile: ColumnProfile) -> tuple[str, ...]:
    """The labels of a column in the order in which they first come."""
    codes = profile.codes
    return tuple(codes.labels[place] for place in pd.unique(codes.codes[codes.codes >= 0]).tolist())


def _long(table: pd.DataFrame, profiles: Profiles, findings: Findings) -> Matrices | None:
    """A row for each cell: (model), actual, predicted, count."""
    told = long_columns(profiles)
    if told is None:
        return None
    count, truth, guess = told["count"].name, told["truth"], told["prediction"]
    model = _one_of_role(profiles, "model", count)
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
    given = [each.name for each in (truth, guess, model) if each is not None]
    sure = set(profiles[count].reading.words) <= COUNT and (as_numbers(table[count]) >= 0).all()
    if table.duplicated(given).any() and not sure:
        return None  # cases with a number that is no count
    weights = read_counts(table, [count], findings)[:, 0]
    names = list(_in_file_order(model)) if model else [""]
    found = []
    for name in names:
        mine = codes.codes == codes.labels.index(name) if model else np.ones(len(table), dtype=bool)
        cells = np.zeros((len(labels), len(labels)))
        np.add.at(cells, (rows[mine], columns[mine]), weights[mine])
        lines = np.zeros(cells.shape, dtype=np.intp)
        lines[rows[mine], columns[mine]] = np.flatnonzero(mine)
        found.append(CountedMatrix(name, labels, counts_of_shares(cells, None, findings), lines))
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
    return columns if len(columns) == len(_CELLS) else None


def _four_cells(table: pd.DataFrame, profiles: Profiles, findings: Findings) -> Matrices | None:
    """A row for each model with its TP, FP, FN and TN."""
    columns = cell_columns(profiles)
    if columns is None or len(table) > 1000:
        return None
    counts = read_counts(table, list(columns.values()), findings)
    numbers = {cell: counts[:, i] for i, cell in enumerate(columns)}
    texts = [each for each in profiles.values() if each.kind == "text" and each.unique]
    names = (
        [spell(value) for value in texts[0].column] if texts else [f"row {i + 1}" for i in range(len(table))]
    )
    found = tuple(
        CountedMatrix(
            name if len(table) > 1 or texts else "",
            ("negative", "positive"),
            counts_of_shares(
                np.array([[numbers["tn"][i], numbers["fp"][i]], [numbers["fn"][i], numbers["tp"][i]]]),
                None,
                findings,
            ),
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


def find_matrices(table: pd.DataFrame, profiles: Profiles, findings: Findings) -> Matrices | None:
    """Find confusion matrices in a table.

    Parameters
    ----------
    table : DataFrame
    profiles : dict of str to ColumnProfile
    findings : Findings
        Gets a warning where a count is blank, a matrix has no cases, or shares are multiplied.

    Returns
    -------
    Matrices or None
        None where the table is something else.

    Raises
    ------
    InputError
        Where a count is negative, all counts are 0, or the cells are shares.

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> actual = ["Actual_no", "Actual_yes"]
    >>> table = pd.DataFrame({"": actual, "Predicted_no": [5, 1], "Predicted_yes": [2, 3]})
    >>> found = find_matrices(table, profile_table(table), Findings()).matrices[0]
    >>> found.labels, found.cells.tolist()
    (('no', 'yes'), [[5.0, 2.0], [1.0, 3.0]])
    """
    single = (
        _square(table, profiles, findings)
        or _bare_square(table, profiles)
        or _numbered_square(table, profiles, findings)
        or _report(profiles)
    )
    found = Matrices((single,)) if single is not None else None
    found = found or _long(table, profiles, findings) or _four_cells(table, profiles, findings)
    return None if found is None else _with_cases(found, findings)


def _with_cases(found: Matrices, findings: Findings) -> Matrices:
    """Leave out models whose counts are all 0; refuse where there is no other."""
    kept = tuple(each for each in found.matrices if each.cells.sum() > 0)
    if not kept:
        raise InputError(messages.NO_CASES)
    if len(kept) < len(found.matrices):
        empty = [each.name for each in found.matrices if each not in kept]
        findings.warn(say(messages.MODELS_WITHOUT_CASES, labels=empty))
    return replace(found, matrices=kept)
