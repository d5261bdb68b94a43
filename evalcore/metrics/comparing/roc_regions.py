"""Where ROC curves cross: which model catches the most for how many false alarms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = ["RocRegion", "best_recall", "roc_regions"]

#: Shares of false alarms that are looked at: steps of a tenth of a percent.
STEPS = 1000


@dataclass(frozen=True)
class RocRegion:
    """A range of false positive rates in which one model catches the most.

    Parameters
    ----------
    low, high : float
        False positive rates, the first and the last that were looked at.
    models : tuple of str
        Who catches the most; several where they catch equally many.
    widest : float
        The largest lead over all others, in recall; 0 where several lead.
    at : float
        The false positive rate at which that is.
    """

    low: float
    high: float
    models: tuple[str, ...]
    widest: float
    at: float


def best_recall(sweep: ThresholdSweep, false_alarms: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return what a model catches where at most these shares of the negatives are called: no point in between.

    Parameters
    ----------
    sweep : ThresholdSweep
    false_alarms : array_like
        False positive rates, from 0 to 1.

    Examples
    --------
    >>> best_recall(ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), [0, 0.5, 1]).tolist()
    [0.5, 1.0, 1.0]
    """
    # Counts of weighted cases are sums: a share that is met up to rounding is met.
    allowed = np.asarray(false_alarms, dtype=float) * float(sweep.negatives) * (1 + 1e-12)
    last = np.searchsorted(sweep.false_positives, allowed, side="right") - 1
    caught = np.where(last < 0, 0, sweep.true_positives[np.maximum(last, 0)])
    found: npt.NDArray[np.float64] = caught / float(sweep.positives)
    return found


def roc_regions(sweeps: Mapping[str, ThresholdSweep]) -> tuple[RocRegion, ...]:
    """Say which model catches the most for every share of false alarms, in steps of a tenth of a percent.

    Parameters
    ----------
    sweeps : mapping of str to ThresholdSweep
        Models by name, judged on the same rows.

    Returns
    -------
    tuple of RocRegion
        From few false alarms to many; where they are more than one, the curves cross between them.

    Raises
    ------
    InputError
        Without two models, or where a class has no cases.

    Examples
    --------
    >>> truth = [0, 0, 0, 0, 1, 1, 1, 1]
    >>> early = ThresholdSweep.from_scores(truth, [1, 2, 6, 5, 8, 7, 4, 3])
    >>> late = ThresholdSweep.from_scores(truth, [1, 2, 3, 8, 7, 6, 5, 4])
    >>> [(each.models, each.low, each.high) for each in roc_regions({"early": early, "late": late})]
    [(('early',), 0.0, 0.249), (('late',), 0.25, 0.499), (('early', 'late'), 0.5, 1.0)]
    """
    if len(sweeps) < 2:
        raise InputError("curves cross where there are two models or more; here there is one")
    if any(not (each.positives > 0 and each.negatives > 0) for each in sweeps.values()):
        raise InputError("a ROC curve needs cases of both classes")
    names = list(sweeps)
    grid = np.arange(STEPS + 1) / STEPS
    caught = np.array([best_recall(each, grid) for each in sweeps.values()])
    leads = caught >= caught.max(axis=0) - 1e-12
    ordered = np.sort(caught, axis=0)
    lead = np.where(leads.sum(axis=0) == 1, ordered[-1] - ordered[-2], 0.0)
    starts = np.flatnonzero(np.append(True, (leads[:, 1:] != leads[:, :-1]).any(axis=0)))
    found = []
    for start, end in zip(starts, np.append(starts[1:], len(grid)), strict=True):
        widest = start + int(np.argmax(lead[start:end]))
        found.append(
            RocRegion(
                float(grid[start]),
                float(grid[end - 1]),
                tuple(name for name, leading in zip(names, leads[:, start], strict=True) if leading),
                float(lead[widest]),
                float(grid[widest]),
            )
        )
    return tuple(found)
