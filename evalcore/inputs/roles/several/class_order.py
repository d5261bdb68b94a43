"""Numbered probability columns: which of them is which class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.inputs.columns.profile import sample_positions
from evalcore.inputs.columns.spelling import LabelCodes
from evalcore.inputs.plan import messages

__all__ = ["ClassOrder", "find_class_order"]

_AS_GOOD = 0.02


@dataclass(frozen=True)
class ClassOrder:
    """The classes in the order of the columns.

    Parameters
    ----------
    classes : tuple of str
    how : str
        In words.
    confidence : float
    candidates : tuple of tuple of str
        This order first, then the next likely one.
    """

    classes: tuple[str, ...]
    how: str
    confidence: float
    candidates: tuple[tuple[str, ...], ...]


def _agreement(
    values: npt.NDArray[np.float64], codes: npt.NDArray[np.intp], count: int
) -> npt.NDArray[np.float64]:
    """Entry (i, j): sampled rows of label j whose highest column is i."""
    top = values.argmax(axis=1)
    known = (codes >= 0) & ~np.isnan(values).any(axis=1)
    table = np.zeros((count, count))
    np.add.at(table, (top[known], codes[known]), 1)
    return table


def find_class_order(
    values: npt.NDArray[np.float64],
    truth: LabelCodes,
    decisions: LabelCodes | None,
    mapping: Mapping[str, str],
) -> ClassOrder:
    """Find which class each numbered column speaks for.

    Parameters
    ----------
    values : ndarray, shape (s, K)
        The columns on the sampled rows.
    truth : LabelCodes
        Of all rows, K labels in the order in which encoders number them.
    decisions : LabelCodes or None
        The model's own decisions, which tell best.
    mapping : mapping of str to str
        From the labels of the decisions to those of the truth.

    Returns
    -------
    ClassOrder

    Examples
    --------
    >>> values = np.array([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]])
    >>> find_class_order(values, LabelCodes(np.array([0, 1, 0]), ("cat", "dog")), None, {}).classes
    ('cat', 'dog')
    """
    positions = sample_positions(truth.codes.size)
    count = len(truth.labels)
    codes, how = truth.codes[positions], messages.BY_THE_TRUTH
    if decisions is not None and set(mapping.values()) >= set(truth.labels):
        places = [
            truth.labels.index(mapping[each]) if mapping.get(each) in truth.labels else -1
            for each in decisions.labels
        ]
        codes, how = np.array([*places, -1])[decisions.codes[positions]], messages.BY_THE_DECISIONS
    table = _agreement(values, codes, count)
    total = max(table.sum(), 1.0)
    from scipy.optimize import linear_sum_assignment  # late: it takes 0.3 s to import, and few need it

    columns, labels = linear_sum_assignment(-table)
    best = float(table[columns, labels].sum() / total)
    usual = float(np.trace(table) / total)
    alphabetical = tuple(truth.labels)
    if usual >= best - _AS_GOOD:
        return ClassOrder(
            alphabetical, messages.IN_LABEL_ORDER, 0.9 if usual > 1.2 / count else 0.5, (alphabetical,)
        )
    found = tuple(truth.labels[label] for label in labels)
    # an order that only the truth suggests is the one that flatters the model: a person is asked
    sure = best - usual > 0.2 and how == messages.BY_THE_DECISIONS
    return ClassOrder(found, how, 0.9 if sure else 0.5, (found, alphabetical))
