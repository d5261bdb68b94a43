"""Predictions against older ones: on the same cases pair by pair, else as two independent samples."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.comparing.comparison import compare
from evalcore.metrics.rates.proportions import difference_limits
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.tasks import TASKS

__all__ = ["Difference", "Differences", "differences_to"]

_OLD, _NEW = "before", "now"


@dataclass(frozen=True)
class Difference:
    """A figure now less the same before, with the interval of that."""

    change: float
    low: float
    high: float


@dataclass(frozen=True)
class Differences:
    """All figures of a model against an older one's.

    Parameters
    ----------
    values : mapping of str to (float, float)
        Now and before.
    changes : mapping of str to Difference
    how : str
        Which cases were compared, in words.
    """

    values: Mapping[str, tuple[float, float]]
    changes: Mapping[str, Difference]
    how: str


def differences_to(
    now: Evaluation, before: Evaluation, model: str, threshold: float = math.nan, *, confidence: float = 0.95
) -> Differences:
    """Compare a model with the one of the same name of another evaluation, or with the only one there.

    Cases are the same where both files name them by the same ids, or, without ids, where the truth is the same row
    by row; then the intervals are those of `evalcore.metrics.comparing.comparison.compare`, and what both share
    cancels. Else the two are independent samples.

    Parameters
    ----------
    now, before : Evaluation
        Of two classes, by rows.
    model : str
    threshold : float, optional
        Of both; each one's default where it is nan.
    confidence : float, default 0.95

    Raises
    ------
    InputError
        Where they cannot be compared.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"label": [0, 0, 1, 1] * 9, "prob": [0.1, 0.4, 0.35, 0.8] * 9})
    >>> worse = table.assign(prob=[0.1, 0.4, 0.35, 0.3] * 9)
    >>> found = differences_to(ec.open_predictions(worse), ec.open_predictions(table), "prob")
    >>> found.changes["roc_auc"].change, found.how
    (-0.25, 'on the same 36 cases')
    """
    mine, theirs = _binary(now), _binary(before)
    if (mine.positive, mine.negative) != (theirs.positive, theirs.negative):
        raise InputError(
            f'the baseline\'s positive class is "{theirs.positive}" and here it is "{mine.positive}": '
            "state --positive"
        )
    names = [each.name for each in theirs.models]
    if model not in names and len(names) > 1:
        raise InputError(f'the baseline has no model "{model}", only {", ".join(names)}')
    own = replace(mine.model(model), name=_NEW)
    old = replace(theirs.model(model if model in names else names[0]), name=_OLD)
    at = {each.name: each.default_threshold if math.isnan(threshold) else threshold for each in (own, old)}
    places = _same_cases(now, before)
    if places is not None:
        both = replace(mine, models=(replace(old, values=old.values[places]), own))
        found = compare(both, at, baseline=_OLD, confidence=confidence)
        first, second = found.model(_NEW).figures, found.model(_OLD).figures
        return Differences(
            {name: (each.value, second[name].value) for name, each in first.items() if name in second},
            {
                name: Difference(each.change, each.change_low, each.change_high)
                for name, each in first.items()
            },
            f"on the same {mine.cases:,} cases",
        )
    here = compare(replace(mine, models=(own,)), at, confidence=confidence).models[0].figures
    there = compare(replace(theirs, models=(old,)), at, confidence=confidence).models[0].figures
    changes = {}
    for name in [name for name in here if name in there]:
        one, other = here[name], there[name]
        low, high = difference_limits(one.value, (one.low, one.high), other.value, (other.low, other.high))
        changes[name] = Difference(one.value - other.value, float(low), float(high))
    return Differences(
        {name: (here[name].value, there[name].value) for name in changes},
        changes,
        f"{mine.cases:,} cases now, {theirs.cases:,} others before",
    )


def _binary(evaluation: Evaluation) -> BinaryPredictions:
    if not isinstance(evaluation.predictions, BinaryPredictions):
        raise InputError(
            f"--baseline compares two classes row by row, got {TASKS[evaluation.task].recognised}"
        )
    return evaluation.predictions


def _same_cases(now: Evaluation, before: Evaluation) -> npt.NDArray[np.intp] | None:
    """For each case now its place before; None where they are other cases."""
    mine, theirs = _binary(now), _binary(before)
    if len(mine.truth) != len(theirs.truth):
        return None
    places = np.arange(len(mine.truth), dtype=np.intp)
    if now.roles.id is not None and before.roles.id is not None:
        names, old = mine.texts(now.roles.id), theirs.texts(before.roles.id)
        known = {name: place for place, name in enumerate(old)}
        if len(known) < len(old) or len(set(names)) < len(names) or set(names) != set(known):
            return None
        places = np.array([known[name] for name in names], dtype=np.intp)
    if (mine.weights is None) != (theirs.weights is None):
        return None
    same = np.array_equal(mine.truth, theirs.truth[places])
    if mine.weights is not None and theirs.weights is not None:
        same = same and np.array_equal(mine.weights, theirs.weights[places])
    return places if same else None
