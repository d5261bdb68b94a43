"""Columns of classes that follow from the scores beside them: decisions, whatever they are called.

A truth is never known from the scores alone: a model that is always right is rarer by far than a column
`Class` or `response` that holds what was decided.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evalcore.inputs.column_profile import ColumnProfile, as_numbers, sample_positions

__all__ = ["follows_from"]

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
    >>> from evalcore.inputs.column_profile import profile_table
    >>> table = pd.DataFrame({"p": np.arange(40) / 40, "called": np.arange(40) > 25, "odd": np.arange(40) % 2})
    >>> profiles = profile_table(table)
    >>> follows_from(profiles["called"], [profiles["p"]]), follows_from(profiles["odd"], [profiles["p"]])
    (True, False)
    """
    positions = sample_positions(len(candidate.column))
    codes = candidate.codes.codes[positions]
    numbers = [as_numbers(each.column.iloc[positions]) for each in scores if each.kind == "number"]
    if any(_cut(codes, each) for each in numbers):
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
