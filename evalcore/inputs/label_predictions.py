"""From a table and settled roles to validated predictions of several labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs import messages
from evalcore.inputs.column_profile import as_numbers
from evalcore.inputs.file_rule import find_rule
from evalcore.inputs.findings import Findings
from evalcore.inputs.label_lists import label_sets, list_separator, number_lists
from evalcore.inputs.labels import encode_labels, polarity
from evalcore.inputs.layouts import LabelLayout
from evalcore.inputs.predictions import read_score, read_weights
from evalcore.inputs.row_choice import RowChoice, keep_rows
from evalcore.inputs.score_kind import default_threshold
from evalcore.inputs.task_types import LabelModel, LabelPredictions

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


def _grids(table: pd.DataFrame, layout: LabelLayout) -> tuple[Table, Table | None, Table | None]:
    """Truth, scores and decisions of all rows, each of shape (rows, labels)."""
    if len(layout.truths) == len(layout.labels) and len(layout.labels) > 1:
        truth = np.column_stack([_flags(table[name]) for name in layout.truths])
        scores = (
            np.column_stack([np.asarray(read_score(table[name]), dtype=np.float64) for name in layout.scores])
            if layout.scores
            else None
        )
        decided = (
            np.column_stack([_flags(table[name]) for name in layout.predicted]) if layout.predicted else None
        )
        return truth, scores, decided
    lists = [table[name] for name in (*layout.truths, *layout.predicted)]
    separators = [list_separator(each.dropna().iloc[:500]) for each in lists]
    _, tables = label_sets(lists, separators)
    numbers = None
    if layout.scores:
        numbers = number_lists(table[layout.scores[0]], len(layout.labels))
        if numbers is None:
            raise InputError(
                messages.say(messages.LISTS_DIFFER, column=layout.scores[0], count=len(layout.labels))
            )
    return tables[0], numbers, tables[1] if layout.predicted else None


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
    rows.leave_out(
        np.asarray(missing.all(axis=1)), messages.say(messages.NO_LABEL_TRUTH, columns=list(names))
    )
    neither = ~np.isin(truth, (0, 1))
    rows.leave_out(np.asarray(neither.all(axis=1)), messages.say(messages.NEITHER_TRUTH, columns=list(names)))


def build_labels(
    table: pd.DataFrame, layout: LabelLayout, findings: Findings | None = None
) -> LabelPredictions:
    """Build and validate predictions of several labels.

    Parameters
    ----------
    table : DataFrame
    layout : LabelLayout
    findings : Findings, optional
        Gets a warning where the truth of some label is missing.

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
    rows = RowChoice(len(table))
    keep_rows(table, layout.rows.keep, rows)
    truth, scores, decided = _grids(table, layout)
    _third_values(truth, layout.truths, rows)
    values = scores if scores is not None else decided
    if values is None:
        raise InputError(messages.NO_PAIR)
    columns = layout.scores or layout.predicted
    rows.leave_out(
        np.any(np.isnan(values), axis=1), messages.say(messages.MISSING_SCORES, columns=list(columns))
    )
    weights = read_weights(table, layout.rows.weight, rows)
    rows.require_some()
    kept = rows.positions
    thresholds = _thresholds(
        layout, values[kept], None if decided is None or scores is None else decided[kept]
    )
    known: npt.NDArray[np.bool_] = np.isin(truth[kept], (0, 1))
    if not known.all() and findings is not None:
        findings.warn(messages.say(messages.LABEL_GAPS, count=int((~known).any(axis=1).sum())))
    model = LabelModel(layout.name, values[kept], layout.kind, thresholds, columns)
    return LabelPredictions(
        np.where(known, truth[kept], 0).astype(np.uint8), layout.labels, (model,), table, kept,
        None if weights is None else weights[kept], tuple(rows.omitted), None if known.all() else known,
    )  # fmt: skip
