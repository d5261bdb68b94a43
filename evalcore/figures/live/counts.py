"""What the page of counts shows of models side by side: one JSON-ready dictionary of texts and shares.

The page's component (`pages/ui/live/counts/`) lays it out; every number is spelt here.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from evalcore import numbers
from evalcore.metrics.cases.cell import CELL_WORDS
from evalcore.metrics.rates.confusion import Confusion, divide
from evalcore.metrics.summaries.side_by_side import RateBeside, SideBySide

__all__ = ["counts_data"]


def counts_data(found: SideBySide, *, positive: str, negative: str) -> dict[str, Any]:
    """Spell models side by side for the browser.

    Examples
    --------
    >>> from evalcore.metrics.summaries.side_by_side import side_by_side
    >>> found = side_by_side({"m": Confusion(760, 14, 67, 47)}, positive="yes", negative="no")
    >>> data = counts_data(found, positive="yes", negative="no")
    >>> data["models"][0]["cells"]["fn"]
    {'count': '67', 'share': '58.8 % of row', 'word': 'missed'}
    >>> data["rates"][0]["models"][0]["value"]
    '41.2 %'
    """
    return {
        "names": {"positive": positive, "negative": negative},
        "words": {cell: asdict(words) for cell, words in CELL_WORDS.items()},
        "reference": found.reference,
        "models": [
            {
                "name": each.name,
                "sentence": each.sentence,
                "baseline": each.baseline,
                "cells": _cells(each.confusion),
                "totals": {
                    "positive": numbers.count(float(each.confusion.positives)),
                    "negative": numbers.count(float(each.confusion.negatives)),
                },
            }
            for each in found.models
        ],
        "rates": [
            {
                "label": rate.metric.label,
                "short": rate.metric.short,
                "formula": rate.metric.formula,
                "models": [_rate(each.rates[place], each.name == found.reference) for each in found.models],
            }
            for place, rate in enumerate(found.models[0].rates)
        ],
    }


def _cells(point: Confusion) -> dict[str, dict[str, str]]:
    rows = {"tp": point.positives, "fn": point.positives, "fp": point.negatives, "tn": point.negatives}
    cells = {}
    for cell, words in CELL_WORDS.items():
        count = float(getattr(point, cell))
        cells[cell] = {
            "count": numbers.count(count),
            "share": f"{numbers.share(float(divide(count, rows[cell])))} of row",
            "word": words.one if count == 1 else words.many,
        }
    return cells


def _rate(rate: RateBeside, is_reference: bool) -> dict[str, Any]:
    signed = rate.metric.bounds[0] < 0
    spell = numbers.coefficient if signed else numbers.share
    interval = (
        f"{numbers.coefficient(rate.low)} to {numbers.coefficient(rate.high)}"
        if signed
        else numbers.share_range(rate.low, rate.high)
    )
    low, high = rate.metric.bounds
    known = not math.isnan(rate.value)
    return {
        "value": spell(rate.value),
        "interval": interval if known and not math.isnan(rate.low) else "",
        "why": rate.undefined,
        # Where the value and the ends of the interval lie on the metric's scale, from 0 to 1.
        "places": [_place(each, low, high) for each in (rate.value, rate.low, rate.high)] if known else [],
        "change": "" if is_reference else _change(rate, signed),
        "differs": rate.differs,
    }


def _place(value: float, low: float, high: float) -> float | None:
    return None if math.isnan(value) else (value - low) / (high - low)


def _change(rate: RateBeside, signed: bool) -> str:
    if math.isnan(rate.change):
        return ""
    spell = numbers.coefficient if signed else numbers.points
    said = numbers.signed(rate.change, spell)
    if math.isnan(rate.change_low):
        return said
    ends = (
        numbers.signed(each, numbers.coefficient if signed else _bare)
        for each in (rate.change_low, rate.change_high)
    )
    return f"{said} ({' to '.join(ends)})"


def _bare(value: float) -> str:
    """Points without their word, for the ends of an interval."""
    return numbers.points(value).removesuffix(" points")
