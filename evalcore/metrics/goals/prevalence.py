"""The same model where positives are rarer or commoner than in the test set: what moves and what stays."""

from __future__ import annotations

import math
import re

import numpy as np

from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import Confusion, Value, divide
from evalcore.metrics.rates.proportions import Interval, normal_quantile, plain, wilson

__all__ = ["at_prevalence", "parse_prevalence", "prevalence_interval", "prevalence_text"]


def _checked(prevalence: float) -> float:
    if not 0 < prevalence < 1:
        raise InputError(f"prevalence must lie between 0 and 1, got {prevalence}")
    return float(prevalence)


def parse_prevalence(text: str) -> float:
    """Read a prevalence as people write it: ``1 in 200``, ``0.5 %``, ``0,5%`` or ``0.005``.

    Raises
    ------
    InputError
        Where it is not a number between 0 and 1.

    Examples
    --------
    >>> parse_prevalence("1 in 200"), parse_prevalence("0,5 %"), parse_prevalence("0.005")
    (0.005, 0.005, 0.005)
    """
    said = re.fullmatch(
        r"\s*(\d[\d.,]{0,15})\s*(?:(%)|(?:in|of|/|out of|:)\s*(\d[\d.,]{0,15}))?\s*", text, re.IGNORECASE
    )
    if said is None:
        raise InputError(f'prevalence must be written as "1 in 200", "0.5 %" or "0.005", got "{text[:30]}"')
    try:
        part, whole = (_decimal(each) for each in (said[1], said[3] or ("100" if said[2] else "1")))
    except ValueError:
        raise InputError(f'prevalence must hold numbers, got "{text[:30]}"') from None
    return _checked(part / whole if whole else math.nan)


def prevalence_text(prevalence: float) -> str:
    """Write a prevalence so that it is told apart from its neighbours, however small.

    Examples
    --------
    >>> prevalence_text(0.005), prevalence_text(1e-6), prevalence_text(1 / 3)
    ('0.5 %', '0.0001 %', '33.3333 %')
    """
    return f"{float(f'{100 * prevalence:.6g}'):.12f}".rstrip("0").rstrip(".") + " %"


def _decimal(text: str) -> float:
    plain_text = re.sub(r",(?=\d{3}(?:\D|$))", "", text)
    return float(plain_text.replace(",", "."))


def at_prevalence(confusion: Confusion, prevalence: float) -> Confusion:
    """Return the counts that the same recall and false positive rate give at another prevalence.

    Each class is weighted so that positives are the wanted share of an unchanged total; recall, specificity and
    every rate within a class stay, precision, accuracy, flagged share and costs follow.

    Parameters
    ----------
    confusion : Confusion
        Counts, or arrays of counts.
    prevalence : float
        Above 0 and below 1.

    Raises
    ------
    InputError
        Where the prevalence is not between 0 and 1.

    References
    ----------
    Altman & Bland (1994), BMJ 309, 102 (predictive values by Bayes' rule).

    Examples
    --------
    >>> rare = at_prevalence(Confusion(tn=90, fp=10, fn=20, tp=80), 0.01)
    >>> round(rare.recall, 3), round(rare.precision, 4)
    (0.8, 0.0748)
    """
    wanted = _checked(prevalence)
    of_positives = divide(wanted * confusion.total, confusion.positives)
    of_negatives = divide((1 - wanted) * confusion.total, confusion.negatives)
    return Confusion(
        confusion.tn * of_negatives,
        confusion.fp * of_negatives,
        confusion.fn * of_positives,
        confusion.tp * of_positives,
    )


def prevalence_interval(
    confusion: Confusion,
    metric: str,
    prevalence: float,
    *,
    confidence: float = 0.95,
    squares: Confusion | None = None,
) -> Interval:
    """Confidence interval of a rate at another prevalence, which is taken as known.

    Precision and negative predictive value: delta method on the log of the likelihood ratio, whose logit they are
    shifted by (Simel, Samsa & Matchar 1991, J. Clin. Epidemiol. 44, 763-770; one half is added to each cell where
    a cell is 0). Accuracy and flagged share: Wilson's limits of both classes' rates put together by their squared
    distances (Zou & Donner 2008, doi:10.1002/sim.3095). Recall and specificity: Wilson, as at any prevalence.

    Parameters
    ----------
    confusion : Confusion
        As it was counted, not adjusted.
    metric : str
        ``"precision"``, ``"negative_predictive_value"``, ``"accuracy"``, ``"predicted_positive_rate"``, ``"recall"``
        or ``"specificity"``.
    prevalence : float
    confidence : float, default 0.95
    squares : Confusion, optional
        Sums of the squared weights in each cell (`ThresholdSweep.squares`), where cases are weighted: each class is
        then worth Kish's number of its cases.

    Raises
    ------
    InputError
        Where the metric has no interval here.

    Examples
    --------
    >>> found = prevalence_interval(Confusion(tn=90, fp=10, fn=20, tp=80), "precision", 0.01)
    >>> round(found.low, 4), round(found.high, 4)
    (0.0426, 0.1279)
    """
    wanted = _checked(prevalence)
    if squares is not None:
        # Recall and specificity, of which all of these are made, stay when a class is scaled to its worth.
        of_positives = divide(confusion.positives, squares.positives)
        of_negatives = divide(confusion.negatives, squares.negatives)
        confusion = Confusion(
            *(np.nan_to_num(cell * of_negatives) for cell in (confusion.tn, confusion.fp)),
            *(np.nan_to_num(cell * of_positives) for cell in (confusion.fn, confusion.tp)),
        )
    if metric in ("recall", "specificity"):
        successes, cases = (
            (confusion.tp, confusion.positives) if metric == "recall" else (confusion.tn, confusion.negatives)
        )
        return wilson(successes, cases, confidence=confidence)
    if metric in ("precision", "negative_predictive_value"):
        return _predictive(confusion, metric, wanted, confidence)
    if metric not in ("accuracy", "predicted_positive_rate"):
        raise InputError(f"metric has no interval at another prevalence, got {metric!r}")
    caught = wilson(confusion.tp, confusion.positives, confidence=confidence)
    right = confusion.tn if metric == "accuracy" else confusion.fp
    other = wilson(right, confusion.negatives, confidence=confidence)
    recall, rate = confusion.recall, divide(right, confusion.negatives)
    value = wanted * recall + (1 - wanted) * rate
    below = np.hypot(wanted * (recall - caught.low), (1 - wanted) * (rate - other.low))
    above = np.hypot(wanted * (caught.high - recall), (1 - wanted) * (other.high - rate))
    return Interval(plain(value - below), plain(value + above), confidence, "MOVER of Wilson")


def _predictive(confusion: Confusion, metric: str, prevalence: float, confidence: float) -> Interval:
    z = normal_quantile(confidence)
    cells = confusion.matrix.astype(float)
    cells = np.where((cells == 0).any(axis=0), cells + 0.5, cells)
    (tn, fp), (fn, tp) = cells
    positives, negatives = tp + fn, tn + fp
    if metric == "precision":
        ratio, odds = (tp / positives) / (fp / negatives), prevalence / (1 - prevalence)
        spread = np.sqrt(1 / tp - 1 / positives + 1 / fp - 1 / negatives)
    else:
        ratio, odds = (tn / negatives) / (fn / positives), (1 - prevalence) / prevalence
        spread = np.sqrt(1 / tn - 1 / negatives + 1 / fn - 1 / positives)
    centre = np.log(ratio) + math.log(odds)
    low, high = _share(centre - z * spread), _share(centre + z * spread)
    estimate: Value = np.asarray(at_prevalence(confusion, prevalence).value(metric))
    low, high = np.fmin(low, estimate), np.fmax(high, estimate)
    undefined = np.isnan(estimate)
    return Interval(
        plain(np.where(undefined, np.nan, low)),
        plain(np.where(undefined, np.nan, high)),
        confidence,
        "delta method on the likelihood ratio",
    )


def _share(logit: Value) -> Value:
    return 1 / (1 + np.exp(-logit))
