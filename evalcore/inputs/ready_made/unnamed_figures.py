"""A training's figures whose names no list knows: a step that counts, and numbers that move smoothly with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.columns.words import EPOCH

__all__ = ["is_smooth", "smooth_figures", "without_doubles"]

_FEWEST = 3
_SMOOTH = 0.2
"""The way that a course goes up and down, in its range and for each step: about 1/3 for numbers without order."""
_DOUBLES = ("__MIN", "__MAX")


def smooth_figures(profiles: Mapping[str, ColumnProfile]) -> list[str]:
    """Find the figures of a training by their courses; none where the table may hold cases.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile

    Returns
    -------
    list of str

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"Step": [1, 2, 3, 4], "run-a - mauc": [0.5, 0.6, 0.7, 0.8]})
    >>> smooth_figures(profile_table(table)), smooth_figures(profile_table(table[["run-a - mauc"]]))
    (['run-a - mauc'], [])
    """
    steps = [each for each in profiles.values() if _counts(each)]
    others = [each for each in profiles.values() if each not in steps and each.kind != "empty"]
    if not steps or not others or any(each.kind != "number" for each in others):
        return []
    if any(each.reading.role in ("truth", "prediction", "id") for each in others):
        return []
    moving = [each for each in others if is_smooth(each)]
    return [each.name for each in others] if len(moving) >= len(others) / 2 else []


def _counts(profile: ColumnProfile) -> bool:
    if profile.kind != "number" or not set(profile.reading.words) & EPOCH or profile.missing:
        return False
    numbers = profile.numbers
    return len(numbers) >= _FEWEST and bool((np.diff(numbers) > 0).all())


def is_smooth(profile: ColumnProfile) -> bool:
    """Tell whether numbers move little from row to row, as a figure does from step to step.

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"a": [0.9, 0.7, 0.6, 0.5], "b": [0.1, 0.9, 0.2, 0.8]})
    >>> [is_smooth(each) for each in profile_table(table).values()]
    [True, False]
    """
    numbers = profile.numbers[np.isfinite(profile.numbers)]
    if len(numbers) < _FEWEST or np.ptp(numbers) == 0 or profile.distinct <= 2:
        return False
    way = np.abs(np.diff(numbers)).sum() / np.ptp(numbers)
    return bool(way <= max(1.5, _SMOOTH * (len(numbers) - 1)))


def without_doubles(table: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Leave out the lowest and highest values of a chart (Weights & Biases) where they are the figure again.

    Examples
    --------
    >>> without_doubles(pd.DataFrame({"a": [1.0], "a__MIN": [1.0], "a__MAX": [1.5]}), ["a", "a__MIN", "a__MAX"])
    ['a', 'a__MAX']
    """
    doubles = {
        name
        for name in names
        for ending in _DOUBLES
        if name.endswith(ending)
        and (base := name.removesuffix(ending)) in names
        and table[base].equals(table[name])
    }
    return [name for name in names if name not in doubles]
