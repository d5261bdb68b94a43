"""A whole sweep as it would be where positives are rarer or commoner."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import divide
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.metrics.uncertainty.bootstrap import BootstrapSweeps

__all__ = ["prevalence_factors", "resamples_at_prevalence", "reweighted", "sweep_at_prevalence"]

Floats = npt.NDArray[np.float64]


def sweep_at_prevalence(sweep: ThresholdSweep, prevalence: float) -> ThresholdSweep:
    """Return the sweep with each class weighted so that positives are the wanted share of an unchanged total.

    Parameters
    ----------
    sweep : ThresholdSweep
        With cases of both classes.
    prevalence : float
        Above 0 and below 1.

    Raises
    ------
    InputError
        Where the prevalence is not between 0 and 1, or a class has no cases.

    Examples
    --------
    >>> rare = sweep_at_prevalence(ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), 0.01)
    >>> round(rare.at(0.3).recall, 3), round(rare.at(0.3).precision, 3)
    (1.0, 0.02)
    """
    return reweighted(sweep, *prevalence_factors(sweep, prevalence))


def prevalence_factors(sweep: ThresholdSweep, prevalence: float) -> tuple[float, float]:
    """Return what a positive and a negative count for at another prevalence, the total unchanged.

    Raises
    ------
    InputError
        As `sweep_at_prevalence`.

    Examples
    --------
    >>> prevalence_factors(ThresholdSweep.from_scores([0, 0, 0, 1], [0.1, 0.4, 0.35, 0.8]), 0.5)
    (2.0, 0.6666666666666666)
    """
    if not 0 < prevalence < 1:
        raise InputError(f"prevalence must lie between 0 and 1, got {prevalence}")
    if not (sweep.positives > 0 and sweep.negatives > 0):
        raise InputError("another prevalence needs cases of both classes, got one class only")
    total = float(sweep.positives + sweep.negatives)
    return prevalence * total / float(sweep.positives), (1 - prevalence) * total / float(sweep.negatives)


def reweighted(sweep: ThresholdSweep, of_positives: float, of_negatives: float) -> ThresholdSweep:
    """Return a sweep in which each positive and each negative counts so many times."""
    positive, negative = sweep.mean_weights
    return replace(
        sweep,
        true_positives=np.asarray(sweep.true_positives * of_positives, dtype=float),
        false_positives=np.asarray(sweep.false_positives * of_negatives, dtype=float),
        mean_weights=(positive * of_positives, negative * of_negatives),
    )


def resamples_at_prevalence(
    found: BootstrapSweeps, prevalence: float, *, like: BootstrapSweeps | None = None
) -> BootstrapSweeps:
    """Return resamples in each of which positives are the wanted share; the prevalence is taken as known.

    Parameters
    ----------
    found : BootstrapSweeps
    prevalence : float
        Above 0 and below 1.
    like : BootstrapSweeps, optional
        The same resamples as they count cases, where `found` counts what cases are worth: these say what each class
        is multiplied by.

    Raises
    ------
    InputError
        Where the prevalence is not between 0 and 1.

    Examples
    --------
    >>> from evalcore.metrics.uncertainty.bootstrap import bootstrap
    >>> moved = resamples_at_prevalence(bootstrap([0, 0, 1, 1] * 20, [0.1, 0.4, 0.35, 0.8] * 20, resamples=50), 0.1)
    >>> bool(np.allclose(moved.confusion.prevalence, 0.1))
    True
    """
    if not 0 < prevalence < 1:
        raise InputError(f"prevalence must lie between 0 and 1, got {prevalence}")
    counted = found if like is None else like
    tp, fp = _moved(
        (found.true_positives, found.false_positives),
        (counted.true_positives, counted.false_positives),
        prevalence,
    )
    left = None
    if found.left_out is not None and counted.left_out is not None:
        left = _moved(found.left_out, counted.left_out, prevalence)
    return replace(found, true_positives=tp, false_positives=fp, left_out=left)


def _moved(
    moved: tuple[Floats, Floats], counted: tuple[Floats, Floats], prevalence: float
) -> tuple[Floats, Floats]:
    positives, negatives = (each[:, -1:] for each in counted)
    total = positives + negatives
    tp, fp = moved
    return tp * divide(prevalence * total, positives), fp * divide((1 - prevalence) * total, negatives)
