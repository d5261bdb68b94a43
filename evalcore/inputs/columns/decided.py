"""Columns of classes that follow from the scores beside them: decisions, whatever they are called.

A truth is never known from the scores alone: a model that is always right is rarer by far than a column
`Class` or `response` that holds what was decided.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, sample_positions
from evalcore.inputs.columns.spelling import encode_labels

__all__ = ["follows_from", "without_verdicts"]

_FEWEST = 20
Codes = npt.NDArray[np.intp]


def follows_from(candidate: ColumnProfile, scores: Sequence[ColumnProfile]) -> bool:
    """Whether a column of classes is cut from one score by thresholds, or is the highest of several.

    Parameters
    ----------
    candidate : ColumnProfile
        With labels.
    scores : sequence of ColumnProfile
        Columns of numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"p": np.arange(40) / 40, "called": np.arange(40) > 25, "odd": np.arange(40) % 2})
    >>> profiles = profile_table(table)
    >>> follows_from(profiles["called"], [profiles["p"]]), follows_from(profiles["odd"], [profiles["p"]])
    (True, False)
    """
    positions = sample_positions(len(candidate.column))
    found = encode_labels(candidate.column.iloc[positions])  # of the sample: many columns are tried
    codes = found.codes
    numbers = [as_numbers(each.column.iloc[positions]) for each in scores if each.kind == "number"]
    apiece = 2 < len(found.labels) <= len(numbers)  # a score for each class: no single one tells all of them
    if not apiece and any(_cut(codes, each) for each in numbers):
        return True
    return len(numbers) > 1 and _is_highest(codes, np.column_stack(numbers))


def _cut(codes: Codes, numbers: npt.NDArray[np.float64]) -> bool:
    """Whether the classes lie one above the other on the score, without any overlap."""
    known = (codes >= 0) & ~np.isnan(numbers)
    codes, numbers = codes[known], numbers[known]
    if codes.size < _FEWEST or len(np.unique(numbers)) < 3:
        return False
    order = np.argsort(numbers, kind="stable")
    codes, numbers = codes[order], numbers[order]
    changes = codes[1:] != codes[:-1]
    tied = (numbers[1:] == numbers[:-1]) & changes
    return bool(not tied.any() and 1 <= changes.sum() == len(np.unique(codes)) - 1)


def _is_highest(codes: Codes, numbers: npt.NDArray[np.float64]) -> bool:
    """Whether each class goes with one column that is the highest, and each column with one class."""
    known = (codes >= 0) & ~np.isnan(numbers).any(axis=1)
    codes, highest = codes[known], numbers[known].argmax(axis=1)
    if codes.size < _FEWEST or len(np.unique(codes)) < 2:
        return False
    pairs = {(int(code), int(place)) for code, place in zip(codes, highest, strict=True)}
    return len(pairs) == len({code for code, _ in pairs}) == len({place for _, place in pairs})


def without_verdicts(truth: ColumnProfile, predictions: list[ColumnProfile]) -> list[ColumnProfile]:
    """Leave out columns that only say whether another prediction is right.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"y": [0, 1, 1, 0] * 9, "pred": [0, 1, 0, 0] * 9})
    >>> columns = profile_table(table.assign(pred_correct=table["y"] == table["pred"]))
    >>> [each.name for each in without_verdicts(columns["y"], [columns["pred"], columns["pred_correct"]])]
    ['pred']
    """
    positions = sample_positions(len(truth.column))

    def spelt(profile: ColumnProfile) -> npt.NDArray[np.object_]:
        return np.array([*profile.codes.labels, None], dtype=object)[profile.codes.codes[positions]]

    def verdict(profile: ColumnProfile, other: ColumnProfile) -> bool:
        right = (spelt(other) == actual).astype(int)
        codes = profile.codes.codes[positions]
        pairs = set(zip(codes.tolist(), right.tolist(), strict=True))
        return len(pairs) == 2 and len({code for code, _ in pairs}) == 2 == len(set(right.tolist()))

    if len(predictions) < 2:
        return predictions
    actual = spelt(truth)
    said = [
        each
        for each in predictions
        if each.distinct == 2 and len(truth.codes.labels) >= 2
        and any(other is not each and _same_spelling(truth, other) and verdict(each, other) for other in predictions)
    ]  # fmt: skip
    return [each for each in predictions if each not in said] or predictions


def _same_spelling(truth: ColumnProfile, other: ColumnProfile) -> bool:
    """Whether every label of a prediction is spelt as one of the truth's."""
    return set(other.codes.labels) <= set(truth.codes.labels)
