"""The per-class table with intervals, and the report as text to copy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalcore.metrics.class_ranking import ClassAreas
from evalcore.metrics.intervals import confusion_interval
from evalcore.metrics.multiclass import AVERAGES, ClassConfusion

__all__ = ["RATES", "class_table", "classification_report"]

#: The rates of the table, in order.
RATES = ("precision", "recall", "f1", "specificity")


def class_table(
    confusion: ClassConfusion, areas: ClassAreas | None = None, *, confidence: float = 0.95
) -> pd.DataFrame:
    """One row a class: its counts, rates with their intervals, and areas where scores are known.

    Parameters
    ----------
    confusion : ClassConfusion
    areas : ClassAreas, optional
        Of the same classes in the same order.
    confidence : float, default 0.95

    Returns
    -------
    DataFrame, shape (K, columns)
        Columns `class`, `support`, `called`, `tp`, `fp`, `fn`, `tn`; `precision`, `recall`, `f1`,
        `specificity`, each with `_low` and `_high`; `roc_auc`, `average_precision` where `areas` is given.
        Undefined is nan.

    Examples
    --------
    >>> confusion = ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "dog"), 14)
    >>> table = class_table(confusion)
    >>> table.loc[0, ["tp", "fp", "fn", "tn"]].tolist(), round(float(table.loc[0, "recall_low"]), 3)
    ([8, 1, 2, 3], 0.49)
    """
    rest = confusion.against_rest
    columns: dict[str, Any] = {
        "class": list(confusion.classes),
        "support": confusion.support,
        "called": confusion.called,
    }
    columns |= {cell: getattr(rest, cell) for cell in ("tp", "fp", "fn", "tn")}
    for rate in RATES:
        columns[rate] = rest.value(rate)
        limits = confusion_interval(
            rest, rate, confidence=confidence, effective_size=confusion.effective_size or None
        )
        columns[f"{rate}_low"], columns[f"{rate}_high"] = limits.low, limits.high
    if areas is not None:
        columns["roc_auc"], columns["average_precision"] = areas.roc_auc, areas.average_precision
    return pd.DataFrame(columns)


def classification_report(confusion: ClassConfusion, *, digits: int = 4) -> str:
    """Return the classification report as text, laid out as scikit-learn's.

    Classes that neither occur nor are called are left out; an undefined rate is a dash, and counts as 0 in
    the averages.

    Parameters
    ----------
    confusion : ClassConfusion
    digits : int, default 4

    Examples
    --------
    >>> confusion = ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "dog"), 14)
    >>> print(classification_report(confusion, digits=2))
                  precision    recall  f1-score   support
    <BLANKLINE>
             cat       0.89      0.80      0.84        10
             dog       0.60      0.75      0.67         4
    <BLANKLINE>
        accuracy                           0.79        14
       macro avg       0.74      0.78      0.75        14
    weighted avg       0.81      0.79      0.79        14
    """
    wide = max(len("weighted avg"), *(len(name) for name in confusion.classes))

    def line(name: str, values: list[str], support: float) -> str:
        cells = "".join(f" {value:>9}" for value in values)
        return f"{name:>{wide}} {cells} {support:>9.10g}"

    def number(value: float) -> str:
        return "-" if np.isnan(value) else f"{value:.{digits}f}"

    names = ("precision", "recall", "f1")
    rest = confusion.against_rest
    rates = [rest.value(name) for name in names]
    head = (
        f"{'':>{wide}} "
        + "".join(f" {name:>9}" for name in ("precision", "recall", "f1-score"))
        + f" {'support':>9}"
    )
    body = [
        line(confusion.classes[i], [number(each[i]) for each in rates], float(confusion.support[i]))
        for i in np.flatnonzero(confusion.occurring)
    ]
    summary = [line("accuracy", ["", "", number(confusion.accuracy)], confusion.total)]
    for how in ("macro", "weighted"):
        assert how in AVERAGES
        values = [number(confusion.average(name, how)) for name in names]
        summary.append(line(f"{how} avg", values, confusion.total))
    return "\n".join([head, "", *body, "", *summary])
