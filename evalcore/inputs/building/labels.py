"""From a table and settled roles to validated predictions of several labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.building import messages
from evalcore.inputs.building.binary import read_score, read_weights
from evalcore.inputs.building.file_rule import find_rule
from evalcore.inputs.building.rows import RowChoice, keep_rows
from evalcore.inputs.columns.lists import label_sets, list_separator, number_lists
from evalcore.inputs.columns.profile import as_numbers
from evalcore.inputs.columns.spelling import encode_labels, polarity
from evalcore.inputs.plan import messages as plan_messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import LabelLayout, LongLabels
from evalcore.inputs.roles.several.long_labels import grid_of_labels
from evalcore.predictions.evaluation import Omission
from evalcore.predictions.labels import LabelModel, LabelPredictions
from evalcore.predictions.score_unit import default_threshold
from evalcore.wording import say

__all__ = ["build_labels"]

Table = npt.NDArray[np.float64]


def _flags(column: pd.Series) -> npt.NDArray[np.float64]:
    """0, 1 or nan; texts such as yes and no are read as what they say."""
    if pd.api.types.is_bool_dtype(column.dtype) or pd.api.types.is_numeric_dtype(column.dtype):
        return as_numbers(column)
    codes = encode_labels(column)
    numbers = np.array([*(_said(label) for label in codes.labels), np.nan])
    return np.asarray(numbers[codes.codes])


def _said(label: str) -> float:
    said = polarity(label)
    return np.nan if said == 0 else float(said > 0)


@dataclass(frozen=True, eq=False)
class _Grids:
    """Tables with a row for each case and a column for each label.

    `first` is the row of the table that each case begins with; None where each row is a case.
    """

    truth: Table
    scores: tuple[Table, ...]
    decided: Table | None
    first: npt.NDArray[np.intp] | None = None


def _scores(table: pd.DataFrame, columns: Sequence[str]) -> Table:
    return np.column_stack([np.asarray(read_score(table[name]), dtype=np.float64) for name in columns])


def _filled(column: pd.Series, separator: str, findings: Findings | None) -> pd.Series:
    """Take an empty cell for a list of no labels, where lists are written without brackets: there is no other way."""
    empty = column.isna()
    bracketed = column.dropna().iloc[:50].astype(str).str.startswith(("[", "(", "{")).any()
    if not separator or bracketed or not empty.any():
        return column
    if findings is not None:
        findings.warn(say(plan_messages.EMPTY_LISTS, column=str(column.name), count=int(empty.sum())))
    return column.fillna("")


def _grids(table: pd.DataFrame, layout: LabelLayout, findings: Findings | None) -> _Grids:
    others = tuple(_scores(table, each.columns) for each in layout.others)
    wide = len(layout.scores) == len(layout.labels) > 1
    if layout.long is not None:
        return _long_grids(table, layout, layout.long)
    if len(layout.truths) == len(layout.labels) and len(layout.labels) > 1:
        truth = np.column_stack([_flags(table[name]) for name in layout.truths])
        decided = (
            np.column_stack([_flags(table[name]) for name in layout.predicted]) if layout.predicted else None
        )
        return _Grids(truth, (_scores(table, layout.scores), *others) if layout.scores else (), decided)
    lists = [table[name] for name in (*layout.truths, *layout.predicted)]
    separators = [list_separator(each.dropna().iloc[:500]) for each in lists]
    lists = [_filled(each, sign, findings) for each, sign in zip(lists, separators, strict=True)]
    labels, tables = label_sets(lists, separators)
    if wide:
        places = [labels.index(label) for label in layout.labels]
        return _Grids(tables[0][:, places], (_scores(table, layout.scores), *others), None)
    numbers: tuple[Table, ...] = ()
    if layout.scores:
        found = number_lists(table[layout.scores[0]], len(layout.labels))
        if found is None:
            raise InputError(
                say(plan_messages.LISTS_DIFFER, column=layout.scores[0], count=len(layout.labels))
            )
        numbers = (found,)
    return _Grids(tables[0], numbers, tables[1] if layout.predicted else None)


def _long_grids(table: pd.DataFrame, layout: LabelLayout, long: LongLabels) -> _Grids:
    def grid(values: Table) -> Table:
        return grid_of_labels(table, long, layout.labels, values)[0]

    truth, first = grid_of_labels(table, long, layout.labels, _flags(table[layout.truths[0]]))
    scores = tuple(grid(np.asarray(read_score(table[name]), dtype=np.float64)) for name in layout.scores)
    decided = grid(_flags(table[layout.predicted[0]])) if layout.predicted else None
    for each in scores or ([decided] if decided is not None else []):
        truth = np.where(np.isnan(each), np.nan, truth)
    return _Grids(truth, scores, decided, first)


def _thresholds(layout: LabelLayout, scores: Table, decided: Table | None) -> npt.NDArray[np.float64]:
    """Where each label starts: the file's own rule where it has one."""
    starts = [default_threshold(layout.kind, scores[:, i], None).value for i in range(scores.shape[1])]
    if decided is not None:
        for i, usual in enumerate(starts):
            known = ~np.isnan(decided[:, i])
            rule = find_rule(scores[known, i], decided[known, i] == 1, usual=usual) if known.any() else None
            starts[i] = rule.threshold if rule is not None and rule.exact else usual
    return np.array(starts)


def _third_values(truth: Table, names: Sequence[str], rows: RowChoice) -> None:
    """Leave out the rows in which no label has a truth."""
    missing = np.isnan(truth)
    rows.leave_out(np.asarray(missing.all(axis=1)), say(messages.NO_LABEL_TRUTH, columns=list(names)))
    neither = ~np.isin(truth, (0, 1))
    rows.leave_out(np.asarray(neither.all(axis=1)), say(messages.NEITHER_TRUTH, columns=list(names)))


def build_labels(
    table: pd.DataFrame, layout: LabelLayout, findings: Findings | None = None
) -> LabelPredictions:
    """Build and validate predictions of several labels.

    Parameters
    ----------
    table : DataFrame
    layout : LabelLayout
    findings : Findings, optional
        Gets warnings where the truth of some label is missing, or a list is empty.

    Returns
    -------
    LabelPredictions

    Raises
    ------
    InputError
        Where no row is left, or lists have different lengths.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1, 0], "b": [0, 1], "p_a": [0.9, 0.1], "p_b": [0.2, 0.7]})
    >>> layout = LabelLayout(("a", "b"), ("a", "b"), ("p_a", "p_b"), (), "probability", "scores")
    >>> build_labels(table, layout).truth.tolist()
    [[1, 0], [0, 1]]
    """
    grids = _grids(table, layout, findings)
    truth, decided = grids.truth, grids.decided
    rows = RowChoice(len(truth))
    if grids.first is None:
        keep_rows(table, layout.rows.keep, rows)
    _third_values(truth, layout.truths, rows)
    if not grids.scores and decided is None:
        raise InputError(plan_messages.NO_PAIR)
    models = _models(layout, grids)
    for _, values, columns in models:
        lost = np.isnan(values) & np.isin(truth, (0, 1))
        rows.leave_out(np.asarray(lost.any(axis=1)), say(messages.MISSING_SCORES, columns=list(columns)))
    weights = read_weights(table, layout.rows.weight, rows) if grids.first is None else None
    rows.require_some()
    kept = rows.positions
    known: npt.NDArray[np.bool_] = np.isin(truth[kept], (0, 1))
    if not known.all() and findings is not None:
        findings.warn(say(messages.LABEL_GAPS, count=int((~known).any(axis=1).sum())))
    called = None if decided is None or not grids.scores else decided[kept]
    built = tuple(
        LabelModel(
            name, numbers, layout.kind, _thresholds(layout, numbers, called if not i else None), columns
        )
        for i, (name, values, columns) in enumerate(models)
        for numbers in [np.where(np.isnan(values[kept]), 0.0, values[kept])]
    )
    where = kept if grids.first is None else grids.first[kept]
    return LabelPredictions(
        np.where(known, truth[kept], 0).astype(np.uint8), layout.labels, built, table, where,
        None if weights is None else weights[kept], _omitted(rows, grids), None if known.all() else known,
    )  # fmt: skip


def _models(layout: LabelLayout, grids: _Grids) -> list[tuple[str, Table, tuple[str, ...]]]:
    """Each model's name, values and columns."""
    if not grids.scores:
        assert grids.decided is not None
        return [(layout.name, grids.decided, layout.predicted)]
    if layout.long is not None:
        return [(name, values, (name,)) for name, values in zip(layout.scores, grids.scores, strict=True)]
    named = [(layout.name, layout.scores), *((each.name, each.columns) for each in layout.others)]
    return [(name, values, columns) for (name, columns), values in zip(named, grids.scores, strict=True)]


def _omitted(rows: RowChoice, grids: _Grids) -> tuple[Omission, ...]:
    """What was left out; a case that spans several rows is known by its first."""
    first = grids.first
    if first is None:
        return tuple(rows.omitted)
    return tuple(
        replace(each, rows=tuple(int(first[row - 1]) + 1 for row in each.rows)) for each in rows.omitted
    )
