"""What is said of models beside each other, in sentences for people who know no statistics."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from evalcore.metrics.classes.compared_parts import PART_FIGURES, ComparedParts
from evalcore.metrics.comparing.calls_together import CallsTogether
from evalcore.metrics.comparing.comparison import FIGURES, LOSSES, ComparedModel, Comparison
from evalcore.metrics.comparing.paired import Figure
from evalcore.metrics.comparing.roc_regions import RocRegion
from evalcore.metrics.deciding.mixing import HullCorner, Mixing
from evalcore.metrics.rates.definitions import METRICS
from evalcore.numbers import coefficient, count, points, probability_of_chance, score, share, share_range
from evalcore.wording import quoted

__all__ = [
    "FIGURE_NAMES",
    "SHARES",
    "agreement_sentence",
    "comparison_sentence",
    "comparison_tables",
    "crossing_sentence",
    "error_sentence",
    "mixing_sentence",
    "part_figures_sentence",
    "parts_tables",
]

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
#: So many stretches of the ROC curve are told one by one; of more their sum tells more.
_TOLD = 4
#: A gain below this is not worth a lot.
_LITTLE = 0.005
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
    return _figure_sentence(name, found.baseline, metric, label, figure)


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


def part_figures_sentence(found: ComparedParts, name: str) -> str:
    r"""Say how good a model is over all classes or labels, by macro F1, and how it stands to the baseline.

    Parameters
    ----------
    found : ComparedParts
    name : str
        Of a model.

    Returns
    -------
    str
        Plain text.
    """
    model = {each.name: each for each in found.models}[name]
    label = "macro F1"
    return _figure_sentence(name, found.baseline, "f1", label, model.figures["macro_f1"])


def parts_tables(found: ComparedParts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures over all classes or labels, a row for each model, and a row for each difference of a part.

    Parameters
    ----------
    found : ComparedParts

    Returns
    -------
    figures, parts : DataFrame
        At full precision; what is defined for no model has no column.
    """
    first = {"all_right": "All labels right"} if found.labels else {}
    figures = pd.DataFrame(
        [
            {"model": each.name}
            | {
                {**PART_FIGURES, **first}[metric]: each.figures[metric].value
                if metric in each.figures
                else math.nan
                for metric in PART_FIGURES
                if any(metric in other.figures for other in found.models)
            }
            for each in found.models
        ]
    )
    kind = "label" if found.labels else "class"
    rows = [
        {kind: part, "model": each.name} | _figure_row(metric, figure)
        for each in found.models
        if each.name != found.baseline
        for part, held in each.parts.items()
        for metric, figure in held.items()
    ]
    return figures, pd.DataFrame(rows)


def agreement_sentence(found: CallsTogether, first: str, second: str) -> str:
    r"""Say how alike two models call, and whether their errors are the same.

    Parameters
    ----------
    found : CallsTogether
    first, second : str
        Of its models.

    Returns
    -------
    str
        Plain text.

    Examples
    --------
    >>> import numpy as np
    >>> from evalcore.metrics.comparing.calls_together import calls_together
    >>> calls = {"a": np.array([0, 1, 1, 0]) == 1, "b": np.array([1, 1, 1, 0]) == 1}
    >>> agreement_sentence(calls_together(np.array([1, 1, 0, 0]), calls), "a", "b")
    'They call 75.0 % of the cases alike (kappa 0.500).'
    """
    i, j = found.models.index(first), found.models.index(second)
    kappa = found.kappa[i, j]
    beyond = "" if math.isnan(kappa) else f" (kappa {coefficient(kappa)})"
    return f"They call {share(found.same[i, j])} of the cases alike{beyond}."


def crossing_sentence(regions: Sequence[RocRegion]) -> str:
    r"""Say which model catches the most for how many false alarms.

    Parameters
    ----------
    regions : sequence of RocRegion

    Returns
    -------
    str
        Plain text.

    Examples
    --------
    >>> first, second = RocRegion(0, 0.1, ("a",), 0.05, 0.04), RocRegion(0.101, 1, ("b",), 0.02, 0.3)
    >>> print(crossing_sentence([first, second]).replace(", ", ",\n"))
    The ROC curves cross: "a" catches the most up to 10.0 % false alarms (by 5.0 points at most),
    "b" above that (by 2.0 points at most).
    >>> crossing_sentence([second])
    'No ROC curve crosses that of "b": it catches the most for every share of false alarms (by 2.0 points at most).'
    """
    led = _without_ties(regions)
    if not led:
        return "The ROC curves are the same: all models catch equally many for every share of false alarms."
    if len({each.models[0] for each in led}) == 1:
        most = max(each.widest for each in led)
        return (
            f"No ROC curve crosses that of {quoted(led[0].models[0])}: it catches the most for every share of false "
            f"alarms (by {points(most)} at most)."
        )
    if len(led) <= _TOLD:
        parts = [
            f"{quoted(each.models[0])} {'catches the most ' if not place else ''}"
            f"{_stretch(each, first=not place, last=place == len(led) - 1)} (by {points(each.widest)} at most)"
            for place, each in enumerate(led)
        ]
        return f"The ROC curves cross: {', '.join(parts)}."
    shares: dict[str, float] = {}
    for each in led:
        shares[each.models[0]] = shares.get(each.models[0], 0.0) + each.high - each.low + 0.001
    told = ", ".join(
        f"{quoted(name)} for {share(min(held, 1.0))}"
        for name, held in sorted(shares.items(), key=lambda pair: -pair[1])
    )
    return (
        f"The ROC curves cross {len(led) - 1} times: of all shares of false alarms {told} catches the most "
        f"(by {points(max(each.widest for each in led))} at most)."
    )


def mixing_sentence(found: Mixing) -> str:
    """Say what deciding by lot between two operating points would give over the best single one.

    Parameters
    ----------
    found : Mixing

    Returns
    -------
    str
        Plain text.
    """
    gain = found.recall - found.alone
    if gain < _LITTLE:
        return (
            f"Deciding by lot between two thresholds would catch at most {points(gain)} more than one alone."
        )
    ends = [_corner(each) for each in (found.before, found.after)]
    return (
        f"Deciding by lot, {share(found.share)} of the cases by {ends[1]} and the rest by {ends[0]}, would catch "
        f"{share(found.recall)} for {share(found.false_positive_rate)} false alarms; the best single threshold catches "
        f"{share(found.alone)} there. These rows chose both: on others it is less."
    )


def _without_ties(regions: Sequence[RocRegion]) -> list[RocRegion]:
    """Stretches that one model leads: where several are level, who led before goes on."""
    led: list[RocRegion] = []
    for each in regions:
        if len(each.models) > 1:
            continue
        if led and led[-1].models == each.models:
            widest = max(led[-1], each, key=lambda region: region.widest)
            led[-1] = RocRegion(led[-1].low, each.high, each.models, widest.widest, widest.at)
        else:
            led.append(each)
    return led


def _figure_sentence(name: str, baseline: str, metric: str, label: str, figure: Figure) -> str:
    said = f"{quoted(name)}: {label} {_spelt(metric, figure.value)}"
    if name == baseline:
        return f"{said} ({_between(metric, figure.low, figure.high)}); the others are compared with it."
    if not figure.change:
        return f"{said}, the same as {quoted(baseline)}."
    ends = sorted((abs(figure.change_low), abs(figure.change_high)))
    if figure.differs:
        return (
            f"{said}, {_way(metric, figure)} than {quoted(baseline)} by {_gap(metric, abs(figure.change))} "
            f"({_between(metric, *ends)})."
        )
    more = figure.more_cases
    needed = (
        "" if math.isnan(more) or more < 1 else f"; about {count(round(more))} more cases like these would"
    )
    return (
        f"{said}. These data cannot tell it from {quoted(baseline)}{needed}: the difference lies between "
        f"{_signed(metric, figure.change_low)} and {_signed(metric, figure.change_high)}."
    )


def _stretch(region: RocRegion, *, first: bool, last: bool) -> str:
    if first:
        return f"up to {share(region.high)} false alarms"
    return "above that" if last else f"up to {share(region.high)}"


def _corner(corner: HullCorner) -> str:
    if not corner.model:
        return "calling " + ("nothing" if corner.threshold > 0 else "everything")
    return f"{quoted(corner.model)} at {score(corner.threshold)}"


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
    return {"model": model.name} | _figure_row(metric, figure) | {"more cases": figure.more_cases}


def _figure_row(metric: str, figure: Figure) -> dict[str, object]:
    return {
        "figure": metric,
        "value": figure.value,
        "difference": figure.change,
        "low": figure.change_low,
        "high": figure.change_high,
        "p": figure.p,
        "p, Holm": figure.adjusted,
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
