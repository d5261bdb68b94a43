"""What is said of groups of cases beside each other, for people who know no statistics."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.slices.slice_table import Order, SliceTable
from evalcore.numbers import UNDEFINED, count, points, share, share_range, signed

__all__ = ["FEW_BEHIND", "SLICE_RATES", "behind_sentences", "slice_rows", "slice_sentence", "telling_rate"]

#: Rates that groups are compared by: each is a share of some cases, with an interval.
SLICE_RATES = (
    "recall",
    "false_positive_rate",
    "precision",
    "accuracy",
    "predicted_positive_rate",
    "prevalence",
)
#: A rate of fewer cases than this says little, and is marked.
FEW_BEHIND = 30


def slice_sentence(table: SliceTable, place: int, metric: str) -> str:
    """Say how a group stands to all other cases.

    Parameters
    ----------
    table : SliceTable
    place : int
        Of the group.
    metric : str
        One of `SLICE_RATES`.

    Examples
    --------
    >>> import evalcore as ec
    >>> rows = pd.DataFrame({"y": [0, 1, 0, 1] * 9, "prob": [0.1, 0.9, 0.4, 0.3] * 9, "site": list("aabb") * 9})
    >>> slice_sentence(ec.slice_table(ec.open_predictions(rows).predictions, "site"), 1, "recall")
    'site = b: recall 0 % against 100 % elsewhere (0 of 9).'
    """
    label, words = METRICS[metric].label.lower(), table.grouping.words[place]
    value, cases = float(table.rate(metric)[place]), float(table.behind(metric)[1][place])
    if not cases:
        return f"{words}: {label} is not defined, for {table.confusion[place].undefined(metric)}."
    hits = float(table.behind(metric)[0][place])
    other = share(float(table.elsewhere.value(metric)[place]))
    return f"{words}: {label} {share(value)} against {other} elsewhere ({count(hits)} of {count(cases)})."


def behind_sentences(table: SliceTable, metric: str, *, most: int = 5) -> list[str]:
    """Say which groups are worse than all other cases by more than chance would have it, furthest behind first.

    A group is told where the interval of its difference does not hold 0; such intervals are not corrected for
    the number of groups.

    Examples
    --------
    >>> import evalcore as ec
    >>> rows = pd.DataFrame({"y": [0, 1, 0, 1] * 9, "prob": [0.1, 0.9, 0.4, 0.3] * 9, "site": list("aabb") * 9})
    >>> behind_sentences(ec.slice_table(ec.open_predictions(rows).predictions, "site"), "recall")
    ['site = b: recall 0 % against 100 % elsewhere (0 of 9).']
    """
    better = METRICS[metric].higher_is_better
    interval = table.gap(metric)[1]
    low, high = np.asarray(interval.low), np.asarray(interval.high)
    worse = (low > 0) | (high < 0) if better is None else high < 0 if better else low > 0
    there = [place for place in table.order("gap", metric).tolist() if worse[place]]
    return [slice_sentence(table, place, metric) for place in there[:most]]


def telling_rate(table: SliceTable) -> str:
    """Return the first of `SLICE_RATES` that is defined in two groups: of groups of one class each, recall is not.

    Examples
    --------
    >>> import evalcore as ec
    >>> rows = pd.DataFrame({"label": [0, 1, 0] * 9, "prob": [0.1, 0.9, 0.6] * 9, "digit": list("abc") * 9})
    >>> opened = ec.open_predictions(rows, roles=ec.Roles(truth="label", scores=("prob",)))
    >>> telling_rate(ec.slice_table(opened.predictions, "digit"))
    'false_positive_rate'
    """
    for metric in SLICE_RATES:
        if np.count_nonzero(~np.isnan(table.rate(metric))) >= 2:
            return metric
    return SLICE_RATES[0]


def slice_rows(table: SliceTable, metric: str, by: Order) -> pd.DataFrame:
    """Return a row for each group in an order: what the page shows, with its numbers spelt.

    Examples
    --------
    >>> import evalcore as ec
    >>> rows = pd.DataFrame({"y": [0, 1, 0, 1] * 9, "prob": [0.1, 0.9, 0.4, 0.3] * 9, "site": list("aabb") * 9})
    >>> found = slice_rows(ec.slice_table(ec.open_predictions(rows).predictions, "site"), "recall", "worst")
    >>> found[["group", "value", "behind"]].iloc[0].tolist()
    ['site = b', '0 %', '0 of 9, few']
    """
    hits, cases = table.behind(metric)
    interval, (gap, apart) = table.interval(metric), table.gap(metric)
    found = pd.DataFrame(
        {
            "group": table.grouping.words,
            "cases": table.cases,
            "positive": table.rate("prevalence"),
            "value": [share(each) for each in table.rate(metric).tolist()],
            "interval": [share_range(*ends) for ends in _ends(interval.low, interval.high)],
            "behind": [_behind(*each) for each in _ends(hits, cases)],
            "gap": [signed(each, points) for each in gap.tolist()],
            "gap interval": [
                f"{signed(low, points)} to {signed(high, points)}".replace(" points to", " to")
                if not np.isnan(low)
                else UNDEFINED
                for low, high in _ends(apart.low, apart.high)
            ],
            "roc_auc": [each.roc_auc for each in table.within],
            "bias": [each.bias for each in table.within],
        }
    )
    # What no group has, such as a bias of scores that are no probabilities, would be a column of dashes.
    empty = [name for name in ("roc_auc", "bias") if found[name].isna().all()]
    return found.drop(columns=empty).iloc[table.order(by, metric)]


def _ends(first: object, second: object) -> list[tuple[float, float]]:
    return list(zip(np.asarray(first).tolist(), np.asarray(second).tolist(), strict=True))


def _behind(hits: float, cases: float) -> str:
    if not cases:
        return UNDEFINED
    return f"{count(hits)} of {count(cases)}{', few' if cases < FEW_BEHIND else ''}"
