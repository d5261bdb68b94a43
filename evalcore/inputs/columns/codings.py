"""Truth and decisions coded differently: matched by spelling, else by how the rows agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evalcore.inputs.columns.association import label_association
from evalcore.inputs.columns.spelling import LabelCodes, LabelMatch, match_labels

__all__ = ["match_codings"]

_RELATED = 0.3
_FAR_BETTER = 0.25


def _by_agreement(truth: LabelCodes, other: LabelCodes) -> tuple[dict[str, str], float]:
    """Match labels one to one so that as many rows as possible agree; also the share that does."""
    known = (truth.codes >= 0) & (other.codes >= 0)
    shape = (len(other.labels), len(truth.labels))
    together = np.zeros(shape)
    np.add.at(together, (other.codes[known], truth.codes[known]), 1)
    from scipy.optimize import linear_sum_assignment  # late: it takes 0.3 s to import, and few need it

    rows, columns = linear_sum_assignment(-together)
    mapping = {other.labels[row]: truth.labels[column] for row, column in zip(rows, columns, strict=True)}
    return mapping, float(together[rows, columns].sum() / max(together.sum(), 1))


def _share(truth: LabelCodes, other: LabelCodes, mapping: dict[str, str]) -> float:
    places = np.array(
        [
            truth.labels.index(mapping[each]) if mapping.get(each) in truth.labels else -2
            for each in other.labels
        ]
    )
    known = (truth.codes >= 0) & (other.codes >= 0)
    return float((places[other.codes[known]] == truth.codes[known]).mean()) if known.any() else 0.0


def match_codings(truth: LabelCodes | None, classes: Sequence[str], other: LabelCodes) -> LabelMatch | None:
    """Find how the labels of a column of decisions stand for the classes.

    Parameters
    ----------
    truth : LabelCodes or None
        The truth on the same rows; None where it has no column of its own (one-hot).
    classes : sequence of str
    other : LabelCodes
        The decisions.

    Returns
    -------
    LabelMatch or None
        `how` is "agreement" where the rows, not the spelling, tell; None where nothing does.

    Examples
    --------
    >>> truth = LabelCodes(np.array([0, 1, 0, 1]), ("cat", "dog"))
    >>> match_codings(truth, ("cat", "dog"), LabelCodes(np.array([0, 1, 0, 1]), ("0", "1"))).mapping
    {'0': 'cat', '1': 'dog'}
    """
    match = match_labels(list(classes), list(other.labels))
    if truth is None or len(other.labels) > 1100:
        return match if match.how != "none" else None
    doubtful = match.how == "none" or match.strangers
    if not doubtful:
        return match
    few = len(other.labels) <= len(truth.labels)
    if not few or label_association(truth.codes, other.codes) < _RELATED:
        return match if match.how != "none" else None
    mapping, agreeing = _by_agreement(truth, other)
    if match.how == "none" or agreeing > _share(truth, other, dict(match.mapping)) + _FAR_BETTER:
        return LabelMatch(mapping, "agreement")
    return match
