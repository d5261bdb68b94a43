"""Confidence intervals for the metrics of a confusion matrix (that of the ROC area is in `sweep.delong`).

All of them are closed formulas (nothing iterates), so that the explorer can follow a moving
threshold with the same arithmetic; Clopper-Pearson alone needs a special function.
"""

from __future__ import annotations

import numpy as np

from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import Confusion, Value, divide
from evalcore.metrics.rates.proportions import Interval, clopper_pearson, normal_quantile, plain, wilson

__all__ = [
    "INTERVAL_METRICS",
    "RATE_PARTS",
    "Interval",
    "clopper_pearson",
    "confusion_interval",
    "wilson",
]

#: The metrics that are a share of some cases: successes and cases, as counts of `Confusion`.
RATE_PARTS = {
    "accuracy": ("correct", "total"),
    "precision": ("tp", "predicted_positives"),
    "recall": ("tp", "positives"),
    "specificity": ("tn", "negatives"),
    "false_positive_rate": ("fp", "negatives"),
    "false_negative_rate": ("fn", "positives"),
    "negative_predictive_value": ("tn", "predicted_negatives"),
    "false_discovery_rate": ("fp", "predicted_positives"),
    "false_omission_rate": ("fn", "predicted_negatives"),
    "predicted_positive_rate": ("predicted_positives", "total"),
    "prevalence": ("positives", "total"),
    "threat_score": ("tp", "flagged_or_missed"),
}

#: Names of the metrics that `confusion_interval` knows.
INTERVAL_METRICS = frozenset({*RATE_PARTS, "f1", "balanced_accuracy", "youden_j", "matthews_corrcoef"})


def confusion_interval(
    confusion: Confusion,
    metric: str,
    *,
    confidence: float = 0.95,
    effective_size: Value | None = None,
    squares: Confusion | None = None,
) -> Interval:
    """Confidence interval of a metric of a confusion matrix.

    - Plain rates: Wilson on the rate's own denominator.
    - F1: Wilson on F* = TP / (TP + FP + FN), mapped by F1 = 2 F* / (1 + F*), which only rises [1]_.
    - Balanced accuracy and Youden's J: recall and specificity come from different cases, so their
      Wilson limits are put together by their squared distances (MOVER) [2]_ [3]_.
    - Matthews correlation: delta method on the four multinomial counts [4]_ with Fisher's z
      transformation [5]_; one half is added to each count where a count is 0.

    Parameters
    ----------
    confusion : Confusion
        Counts, or arrays of counts.
    metric : str
        One of `INTERVAL_METRICS`.
    confidence : float, default 0.95
    effective_size : float, optional
        Kish's effective number of cases, (sum w)^2 / sum w^2, where cases are weighted: all counts
        are scaled to it. By default the counts are taken as they are.
    squares : Confusion, optional
        Sums of the squared weights in each cell, which are better than one size for all: each rate is then
        worth Kish's number of the cases of its own denominator. Where the weights hang on the class, one size
        for all may be wrong by any factor.

    Returns
    -------
    Interval
        Floats or arrays as the counts are; nan where the metric is undefined.

    Raises
    ------
    InputError
        Where the metric has no interval here, or where an option is out of range.

    References
    ----------
    .. [1] Hand, Christen & Kirielle (2021), Mach. Learn. 110, 451-456, doi:10.1007/s10994-021-05964-1
    .. [2] Newcombe (1998), Stat. Med. 17, 873-890 (method 10)
    .. [3] Zou & Donner (2008), Stat. Med. 27, 1693-1702, doi:10.1002/sim.3095
    .. [4] Bishop, Fienberg & Holland (1975), Discrete Multivariate Analysis, section 11.3
    .. [5] Itaya, Tamura, Hayashi & Yamamoto (2024), Stat. Med., doi:10.1002/sim.10303

    Examples
    --------
    >>> interval = confusion_interval(Confusion(760, 14, 67, 47), "recall")
    >>> round(interval.low, 3), round(interval.high, 3), interval.method
    (0.326, 0.504, 'Wilson')
    """
    if metric not in INTERVAL_METRICS:
        raise InputError(f"metric must be one of {', '.join(sorted(INTERVAL_METRICS))}, got {metric!r}")
    scale: Value = 1.0
    if effective_size is not None:
        if not np.all((np.asarray(effective_size) > 0) & np.isfinite(effective_size)):
            raise InputError(f"effective_size must be a finite number above 0, got {effective_size}")
        scale = divide(effective_size, confusion.total)

    def worth(cases: str) -> Value:
        return scale if squares is None else divide(getattr(confusion, cases), getattr(squares, cases))

    def of_rate(name: str) -> Interval:
        successes, cases = (getattr(confusion, part) for part in RATE_PARTS[name])
        scale = worth(RATE_PARTS[name][1])
        return wilson(np.nan_to_num(successes * scale), np.nan_to_num(cases * scale), confidence=confidence)

    if metric in RATE_PARTS:
        return of_rate(metric)
    if metric == "f1":
        inner = of_rate("threat_score")
        low, high = (2 * limit / (1 + limit) for limit in (inner.low, inner.high))
        return Interval(low, high, confidence, "Wilson, by F*")
    if metric == "matthews_corrcoef":
        return _matthews_interval(confusion, worth("total"), confidence)
    recall, specificity = of_rate("recall"), of_rate("specificity")
    below = np.hypot(confusion.recall - recall.low, confusion.specificity - specificity.low)
    above = np.hypot(recall.high - confusion.recall, specificity.high - confusion.specificity)
    part = 0.5 if metric == "balanced_accuracy" else 1.0
    value = confusion.value(metric)
    return Interval(plain(value - part * below), plain(value + part * above), confidence, "MOVER of Wilson")


def _matthews_interval(confusion: Confusion, scale: Value, confidence: float) -> Interval:
    """Delta method and Fisher's z; empty cells get a half (else the width could be 0)."""
    z = normal_quantile(confidence)
    estimate = np.asarray(confusion.matthews_corrcoef)
    cells = confusion.matrix * np.asarray(scale)
    cells = np.where((cells == 0).any(axis=0), cells + 0.5, cells)
    (tn, fp), (fn, tp) = cells
    total = tn + fp + fn + tp
    with np.errstate(divide="ignore", invalid="ignore"):
        actual, called = (tp + fn) / total, (tp + fp) / total
        # Skew of both margins: (share of positives - share of negatives) / standard deviation.
        skew_actual = (2 * actual - 1) / np.sqrt(actual * (1 - actual))
        skew_called = (2 * called - 1) / np.sqrt(called * (1 - called))
        phi = np.asarray(Confusion(tn, fp, fn, tp).matthews_corrcoef)
        variance = (
            1
            - phi**2
            + (phi + phi**3 / 2) * skew_actual * skew_called
            - 0.75 * phi**2 * (skew_actual**2 + skew_called**2)
        ) / total
        half = z * np.sqrt(np.maximum(variance, 0)) / (1 - phi**2)
        low, high = np.tanh(np.arctanh(phi) - half), np.tanh(np.arctanh(phi) + half)
    # The added halves pull phi inwards; the limits still go around what was observed.
    low, high = np.minimum(low, estimate), np.maximum(high, estimate)
    return Interval(plain(low), plain(high), confidence, "delta method, Fisher's z")
