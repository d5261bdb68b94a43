"""A table of confusion matrices, one for each threshold: the counts behind a curve, as many tools print them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.ready_made import messages
from evalcore.inputs.ready_made.checking import read_counts
from evalcore.inputs.ready_made.matrices import cell_columns
from evalcore.inputs.roles.binary.unit import kind_of
from evalcore.predictions.counts import ModelCounts
from evalcore.predictions.score_unit import default_threshold
from evalcore.wording import say

__all__ = ["find_threshold_table"]

_NAMES = frozenset(["threshold", "thresholds", "cutoff", "cut off", "cut"])
_FEWEST = 3


def find_threshold_table(
    table: pd.DataFrame, profiles: Mapping[str, ColumnProfile], findings: Findings
) -> ModelCounts | None:
    """Take the differences of the counts at falling thresholds: the cases that lie between two of them.

    Parameters
    ----------
    table : DataFrame
    profiles : mapping of str to ColumnProfile
    findings : Findings
        Gets a warning where cases lie below the lowest threshold.

    Returns
    -------
    ModelCounts or None
        None where the rows are not one model's matrices in the order of a threshold.

    Raises
    ------
    InputError
        Where a count is blank or negative.

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"threshold": [0.8, 0.5, 0.2], "tp": [2, 3, 4], "fp": [0, 1, 5],
    ...                       "fn": [2, 1, 0], "tn": [5, 4, 0]})
    >>> found = find_threshold_table(table, profile_table(table), Findings())
    >>> found.scores.tolist(), found.positives.tolist(), found.negatives.tolist()
    ([0.8, 0.5, 0.2], [2.0, 1.0, 1.0], [0.0, 1.0, 4.0])
    """
    columns = cell_columns(profiles)
    named = [each for each in profiles.values() if " ".join(each.reading.words) in _NAMES]
    if columns is None or len(named) != 1 or named[0].kind != "number" or len(table) < _FEWEST:
        return None
    order = np.argsort(-as_numbers(table[named[0].name]), kind="stable")
    scores = as_numbers(table[named[0].name])[order]
    for name in columns.values():
        blank = np.flatnonzero(np.isnan(as_numbers(table[name])))
        if blank.size:
            raise InputError(say(messages.COUNT_MISSING, column=name, row=int(blank[0]) + 1))
    counts = read_counts(table, list(columns.values()), findings)[order]
    cells = {cell: counts[:, i] for i, cell in enumerate(columns)}
    positives, negatives = cells["tp"] + cells["fn"], cells["fp"] + cells["tn"]
    falling = bool((np.diff(scores) < 0).all())
    rising = all((np.diff(cells[cell]) >= 0).all() for cell in ("tp", "fp"))
    if not (falling and rising and np.ptp(positives) == 0 and np.ptp(negatives) == 0):
        return None
    at_score = [np.diff(cells[cell], prepend=0.0) for cell in ("tp", "fp")]
    if cells["fn"][-1] + cells["tn"][-1] > 0:
        below = _below(scores)
        scores = np.append(scores, below)
        at_score = [np.append(at_score[0], cells["fn"][-1]), np.append(at_score[1], cells["tn"][-1])]
        findings.warn(
            say(messages.BELOW_LOWEST, value=f"{below:g}", count=int(cells["fn"][-1] + cells["tn"][-1]))
        )
    some = np.isfinite(scores) & (at_score[0] + at_score[1] > 0)
    kind = kind_of(named[0])
    kind = "ordinal" if kind == "hard_label" else kind
    start = default_threshold(kind, scores[some], None)
    return ModelCounts(
        named[0].name, scores[some], at_score[0][some], at_score[1][some], kind, start.value, start.reason
    )


def _below(scores: np.ndarray) -> float:
    """A score below all thresholds: zero for probabilities, else as far below as they are apart."""
    finite = scores[np.isfinite(scores)]
    if finite[-1] > 0 and finite[0] <= 1:
        return 0.0
    return float(finite[-1] - np.ptp(finite) / max(finite.size - 1, 1))
