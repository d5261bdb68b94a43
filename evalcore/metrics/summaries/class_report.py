"""The per-class table with intervals, and the report as text to copy."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore import numbers
from evalcore.metrics.cases.cell import CELL_WORDS
from evalcore.metrics.classes.confusion import AVERAGES, Average, ClassConfusion
from evalcore.metrics.classes.label_confusion import LABEL_AVERAGES, LabelConfusion
from evalcore.metrics.classes.ranking import ClassAreas
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.intervals import confusion_interval

__all__ = [
    "AREAS",
    "RATES",
    "area_columns",
    "averages_table",
    "class_table",
    "classification_report",
    "totals_sentence",
    "with_intervals",
]

#: The rates of the table, in order; and the areas.
RATES = ("precision", "recall", "f1", "specificity")
AREAS = ("roc_auc", "average_precision")


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
        `specificity`, each with `_low` and `_high`; `roc_auc`, `average_precision`, with their limits, where
        `areas` is given.
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
            rest,
            rate,
            confidence=confidence,
            effective_size=confusion.effective_size or None,
            squares=confusion.squares_against_rest,
        )
        columns[f"{rate}_low"], columns[f"{rate}_high"] = limits.low, limits.high
    if areas is not None:
        columns |= area_columns(areas)
    return pd.DataFrame(columns)


def area_columns(areas: ClassAreas) -> dict[str, npt.NDArray[np.float64]]:
    """Columns of the areas, each with its limits where they are known.

    Examples
    --------
    >>> list(area_columns(ClassAreas(np.array([0.9]), np.array([0.8]), np.array([5.0]))))
    ['roc_auc', 'average_precision']
    """
    columns: dict[str, npt.NDArray[np.float64]] = {}
    for name in AREAS:
        columns[name] = getattr(areas, name)
        if name in areas.limits:
            limits = areas.limits[name]
            columns |= {f"{name}_low": np.asarray(limits.low), f"{name}_high": np.asarray(limits.high)}
    return columns


def with_intervals(table: pd.DataFrame) -> pd.DataFrame:
    """Put each pair of limits into one column of text beside its rate, to be read.

    Examples
    --------
    >>> table = pd.DataFrame({"class": ["a"], "recall": [0.9], "recall_low": [0.85], "recall_high": [0.94]})
    >>> with_intervals(table).iloc[0].to_dict()
    {'class': 'a', 'recall': 0.9, 'recall_interval': '85.0 to 94.0 %'}
    """
    columns: dict[str, Any] = {}
    for name in map(str, table.columns):
        rate, _, limit = name.rpartition("_")
        if limit == "low":
            pairs = zip(table[name], table[f"{rate}_high"], strict=True)
            columns[f"{rate}_interval"] = [_range(low, high, share=rate not in AREAS) for low, high in pairs]
        elif limit != "high":
            columns[name] = table[name]
    return pd.DataFrame(columns)


def _range(low: float, high: float, *, share: bool) -> str:
    if np.isnan(low) or np.isnan(high):
        return ""
    if share:
        return numbers.share_range(low, high)
    return f"{numbers.coefficient(low)} to {numbers.coefficient(high)}"


def averages_table(confusion: ClassConfusion | LabelConfusion) -> pd.DataFrame:
    """One row a rate, one column a way to average it over classes or labels.

    Parameters
    ----------
    confusion : ClassConfusion or LabelConfusion

    Returns
    -------
    DataFrame
        Indexed by the rate's name: precision, recall, f1, threat_score (the Jaccard index), and for classes
        specificity. Columns `macro`, `weighted`, `micro`, and for labels `samples`.

    Examples
    --------
    >>> confusion = ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "dog"), 14)
    >>> averages_table(confusion).round(3).loc["f1"].tolist()
    [0.754, 0.792, 0.786]
    """
    rates = ["precision", "recall", "f1", "threat_score"]
    if isinstance(confusion, ClassConfusion):
        rates.append("specificity")
        ways: tuple[Average, ...] = ("macro", "weighted", "micro")
        values = {str(how): [confusion.average(rate, how) for rate in rates] for how in ways}
    else:
        values = {how: [confusion.average(rate, how) for rate in rates] for how in LABEL_AVERAGES}
    return pd.DataFrame(values, index=pd.Index(rates, name="rate"))


def totals_sentence(cells: Confusion, *, word: str) -> str:
    """Say the sums of the cells over all classes or labels: what micro averages are made from.

    Examples
    --------
    >>> confusion = ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "dog"), 14)
    >>> totals_sentence(confusion.against_rest, word="class")
    'Each class against the rest, added up: 11 true positives, 3 false positives, 3 false negatives, 11 true negatives.'
    """
    sums = {cell: float(getattr(cells, cell).sum()) for cell in CELL_WORDS}
    listed = ", ".join(
        f"{numbers.count(total)} {CELL_WORDS[cell].technical}s" for cell, total in sums.items()
    )
    against = " against the rest" if word == "class" else ""
    return f"Each {word}{against}, added up: {listed}."


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
