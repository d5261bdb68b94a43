"""What is said of models beside each other, in sentences for people who know no statistics."""

from __future__ import annotations

import math

import pandas as pd

from evalcore.metrics.comparing.comparison import FIGURES, LOSSES, ComparedModel, Comparison
from evalcore.metrics.comparing.paired import Figure
from evalcore.metrics.rates.definitions import METRICS
from evalcore.numbers import coefficient, count, points, probability_of_chance, share, share_range
from evalcore.wording import quoted

__all__ = ["FIGURE_NAMES", "SHARES", "comparison_sentence", "comparison_tables", "error_sentence"]

_AREAS = {
    "roc_auc": "ROC AUC",
    "average_precision": "Average precision",
    "brier_score": "Brier score",
    "log_loss": "Log loss",
}
#: How each figure is called.
FIGURE_NAMES = {name: _AREAS.get(name) or METRICS[name].label for name in FIGURES}
#: Those that are written as percent; of the others three decimals tell.
SHARES = frozenset(FIGURES) - set(_AREAS) - {"matthews_corrcoef"}
_NEITHER = frozenset({"predicted_positive_rate"})


def comparison_sentence(found: Comparison, name: str, metric: str) -> str:
    """Say how a model stands to the baseline by one figure.

    Parameters
    ----------
    found : Comparison
    name : str
        Of a model.
    metric : str
        One of `FIGURES`.

    Returns
    -------
    str
        Plain text.

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"y": [0, 1, 0, 1] * 9, "a": [0.1, 0.9, 0.4, 0.6] * 9, "b": [0.9, 0.8, 0.3, 0.2] * 9})
    >>> opened = ec.open_predictions(table, truth="y", score=["a", "b"], positive="1")
    >>> comparison_sentence(ec.compare(opened.predictions, baseline="b"), "a", "roc_auc")
    '"a": ROC AUC 1.000, better than "b" by 0.750 (0.582 to 0.918).'
    """
    figure = found.model(name).figures.get(metric)
    label = FIGURE_NAMES[metric]
    if figure is None or math.isnan(figure.value):
        return f"{quoted(name)}: {label} is not defined here."
    said = f"{quoted(name)}: {label} {_spelt(metric, figure.value)}"
    if name == found.baseline:
        return f"{said} ({_between(metric, figure.low, figure.high)}); the others are compared with it."
    if not figure.change:
        return f"{said}, the same as {quoted(found.baseline)}."
    ends = sorted((abs(figure.change_low), abs(figure.change_high)))
    if figure.differs:
        return (
            f"{said}, {_way(metric, figure)} than {quoted(found.baseline)} by {_gap(metric, abs(figure.change))} "
            f"({_between(metric, *ends)})."
        )
    more = figure.more_cases
    needed = (
        "" if math.isnan(more) or more < 1 else f"; about {count(round(more))} more cases like these would"
    )
    return (
        f"{said}. These data cannot tell it from {quoted(found.baseline)}{needed}: the difference lies between "
        f"{_signed(metric, figure.change_low)} and {_signed(metric, figure.change_high)}."
    )


def error_sentence(found: Comparison, name: str) -> str:
    """Say how many errors a model mends and makes in comparison with the baseline."""
    changes = found.model(name).changes
    if changes is None:
        return ""
    said = (
        f"In place of {quoted(found.baseline)}, {quoted(name)} would mend {count(changes.fixed)} errors and make "
        f"{count(changes.broken)} new ones; {count(changes.both_wrong)} cases both get wrong."
    )
    if math.isnan(changes.p):
        return said
    if changes.p < 0.05:
        return f"{said} Chance does not explain so uneven a split (McNemar, p {probability_of_chance(changes.p)})."
    return f"{said} Chance may well explain that split (McNemar, p {probability_of_chance(changes.p)})."


def comparison_tables(found: Comparison) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures, a row for each model, and the differences, a row for each model and figure.

    Parameters
    ----------
    found : Comparison

    Returns
    -------
    figures, differences : DataFrame
        At full precision; nan where a figure is not defined.
    """
    figures = pd.DataFrame(
        [
            {
                "model": each.name,
                "threshold": each.threshold,
                **{name: each.figures[name].value if name in each.figures else math.nan for name in FIGURES},
            }
            for each in found.models
        ]
    )
    rows = [
        _difference_row(each, metric)
        for each in found.models
        if not each.lazy and each.name != found.baseline
        for metric in FIGURES
        if metric in each.figures
    ]
    return figures, pd.DataFrame(rows)


def _difference_row(model: ComparedModel, metric: str) -> dict[str, object]:
    figure = model.figures[metric]
    return {
        "model": model.name,
        "figure": metric,
        "value": figure.value,
        "difference": figure.change,
        "low": figure.change_low,
        "high": figure.change_high,
        "p": figure.p,
        "p, Holm": figure.adjusted,
        "more cases": figure.more_cases,
    }


def _way(metric: str, figure: Figure) -> str:
    if metric in _NEITHER:
        return "more" if figure.change > 0 else "less"
    return "better" if (figure.change > 0) != (metric in LOSSES) else "worse"


def _spelt(metric: str, value: float) -> str:
    return share(value) if metric in SHARES else coefficient(value)


def _gap(metric: str, value: float) -> str:
    return points(value) if metric in SHARES else coefficient(value)


def _signed(metric: str, value: float) -> str:
    return f"{'−' if value < 0 else '+'}{_gap(metric, abs(value))}"


def _between(metric: str, low: float, high: float) -> str:
    return share_range(low, high) if metric in SHARES else f"{coefficient(low)} to {coefficient(high)}"
