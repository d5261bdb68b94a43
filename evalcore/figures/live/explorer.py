"""What the live explorer draws from: one JSON-ready dictionary, every number in it exact.

The explorer itself is JavaScript (`pages/ui/live/explorer/`); it knows nothing but this dictionary,
so that the dashboard and a single offline file can both show it.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from evalcore.describing.explained import caveat_at_any_threshold
from evalcore.describing.plain_words import PlainWords
from evalcore.figures.live.explorer_desk import NOTHING_TOLD
from evalcore.metrics.cases.cell import CELL_WORDS
from evalcore.metrics.deciding.hull import hull_rows
from evalcore.metrics.goals.operating_point import UndefinedRuleError, find_by_rule
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.sweep.delong import AucInterval
from evalcore.metrics.sweep.distribution import ScoreHistogram
from evalcore.metrics.sweep.marked_range import ScoreRange
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.metrics.sweep.thinning import CurvePath, ThinSweep

__all__ = [
    "BUTTONS",
    "DEFAULT_TILES",
    "Preset",
    "explorer_data",
    "explorer_point",
    "find_presets",
    "fine_step",
]

#: The rates whose tiles are shown until somebody picks others.
DEFAULT_TILES = (
    "accuracy",
    "precision",
    "recall",
    "specificity",
    "false_positive_rate",
    "f1",
    "balanced_accuracy",
    "matthews_corrcoef",
    "predicted_positive_rate",
)

#: The operating points that have a button, in order.
BUTTONS = (
    "default",
    "max_f1",
    "max_accuracy",
    "youden_j",
    "closest_to_corner",
    "max_matthews_corrcoef",
    "equal_error_rate",
    "predicted_prevalence",
)

#: What the button of each rule does, in plain words, and what the field calls it.
BUTTON_WORDS = {
    "default": ("Default", "as the scores come"),
    "max_f1": ("Catch and precision balanced", "F1"),
    "youden_j": ("Right in both classes alike", "Youden's J"),
    "closest_to_corner": ("Nearest to perfect", "ROC corner"),
    "max_accuracy": ("Fewest errors", "accuracy"),
    "max_matthews_corrcoef": ("Calls that follow the truth best", "Matthews"),
    "equal_error_rate": ("Equal error rates in both classes", "equal error rate"),
    "predicted_prevalence": ("Call as many as there are", "prevalence"),
    "max_fbeta": ("Catching counts more", "F-beta"),
}


def _number(value: float) -> float | str | None:
    """Spell a number for JSON: infinities as text that JavaScript's `Number` reads, nan as null."""
    if math.isnan(value):
        return None
    return float(value) if math.isfinite(value) else ("Infinity" if value > 0 else "-Infinity")


def _numbers(values: Any) -> list[float | int | str | None]:
    array = np.asarray(values)
    if np.isfinite(array).all():
        plain: list[float | int | str | None] = array.tolist()
        return plain
    return [_number(each) for each in array.tolist()]


def _path(path: CurvePath | None) -> dict[str, Any] | None:
    return None if path is None else {"x": _numbers(path.x), "y": _numbers(path.y)}


def _exact_point(sweep: ThresholdSweep, threshold: float) -> dict[str, Any]:
    """Return the row of the full sweep that a threshold falls in, with its exact counts."""
    scores = sweep.thresholds
    at_least = int(len(scores) - np.searchsorted(scores[::-1], scores.dtype.type(threshold), side="left"))
    score = float(scores[at_least - 1]) if at_least else math.inf
    below = float(scores[at_least]) if at_least < len(scores) else -math.inf
    confusion = sweep.at(threshold)
    return {"score": _number(score), "below": _number(below), "tp": confusion.tp, "fp": confusion.fp}


@dataclass(frozen=True)
class Preset:
    """An operating point with a button.

    Parameters
    ----------
    rule, explanation : str
        As in `OperatingPoint`; where there is no such point, the explanation says why.
    label, field : str
        What the button does, and what the field calls it.
    threshold : float or None
        None where the rule is not defined for these data.
    """

    rule: str
    label: str
    field: str
    explanation: str
    threshold: float | None


def find_presets(sweep: ThresholdSweep, rules: Iterable[str], *, default: float) -> tuple[Preset, ...]:
    """Find the point of each rule; a rule that these data do not define keeps its place, with the reason.

    Examples
    --------
    >>> sweep = ThresholdSweep.from_scores([1, 1], [0.2, 0.7])
    >>> [(each.rule, each.threshold) for each in find_presets(sweep, ["default", "youden_j"], default=0.5)]
    [('default', 0.5), ('youden_j', None)]
    """

    def preset(rule: str) -> Preset:
        words = BUTTON_WORDS[rule]
        try:
            point = find_by_rule(sweep, rule, default=default)
        except UndefinedRuleError as error:
            return Preset(rule, *words, f"Not defined here: {error}", None)
        return Preset(rule, *words, point.explanation, point.threshold)

    return tuple(preset(rule) for rule in rules)


def fine_step(histogram: ScoreHistogram) -> float:
    """Return the step of the arrow keys: the power of ten next below a thousandth of the drawn range.

    Examples
    --------
    >>> import numpy as np
    >>> fine_step(ScoreHistogram(np.array([0.0, 0.5, 1.0]), np.array([1, 2]), np.array([2, 1])))
    0.001
    """
    wide = float(histogram.edges[-1] - histogram.edges[0])
    return float(f"1e{math.floor(math.log10(wide / 1000) + 1e-9)}")


def explorer_data(
    sweep: ThresholdSweep,
    thin: ThinSweep,
    histogram: ScoreHistogram,
    presets: Sequence[Preset],
    *,
    positive: str,
    negative: str,
    auc: AucInterval,
) -> dict[str, Any]:
    """Gather the part of the explorer's data that stays while the threshold moves.

    Parameters
    ----------
    sweep : ThresholdSweep
        The full sweep: totals, summary figures and the exact rows of `presets`.
    thin : ThinSweep
        The rows that the browser gets.
    histogram : ScoreHistogram
    presets : sequence of Preset
        The buttons, in order.
    positive, negative : str
        The classes' labels.
    auc : AucInterval

    Returns
    -------
    dict
        JSON-ready. `id` is a digest of all the rest: equal data have equal ids.
    """
    below = np.asarray(thin.below, dtype=float)
    prevalence = sweep.positives / (sweep.positives + sweep.negatives)
    # Where the next row is also the next lower score there is no gap: null says so in fewer bytes.
    adjacent = np.append(below[:-1] == np.asarray(thin.score, dtype=float)[1:], True)
    data = {
        "table": {
            "score": _numbers(thin.score),
            "below": [None if same else _number(value) for value, same in zip(below, adjacent, strict=True)],
            "tp": _numbers(thin.true_positives),
            "fp": _numbers(thin.false_positives),
            "positives": float(sweep.positives),
            "negatives": float(sweep.negatives),
            "float32": sweep.thresholds.dtype == np.float32,
        },
        "points": [
            *(_exact_point(sweep, each.threshold) for each in presets if each.threshold is not None),
            # Whatever outcomes cost, the cheapest point is among these: the browser finds it exactly.
            *(_exact_point(sweep, float(sweep.thresholds[row - 1])) for row in hull_rows(sweep) if row),
        ],
        "paths": {"roc": _path(thin.roc_path), "precision_recall": _path(thin.precision_recall_path)},
        "histogram": {
            "edges": _numbers(histogram.edges),
            "positives": _numbers(histogram.positives),
            "negatives": _numbers(histogram.negatives),
        },
        "histogram_note": histogram.note,
        "names": {"positive": positive, "negative": negative},
        "summary": {
            "roc_auc": _number(sweep.roc_auc),
            "low": _number(auc.low),
            "high": _number(auc.high),
            "average_precision": _number(sweep.average_precision),
        },
        "cells": {cell: asdict(words) for cell, words in CELL_WORDS.items()},
        "presets": [asdict(preset) for preset in presets],
        "metrics": [
            {
                "name": metric.name,
                "label": metric.label,
                "short": metric.short,
                "formula": metric.formula,
                "coefficient": metric.bounds[0] < 0,
                "unbounded": math.isinf(metric.bounds[1]),
                "caveat": caveat_at_any_threshold(metric.name, prevalence),
            }
            for metric in METRICS.values()
        ],
        "mean_weights": list(sweep.mean_weights),
    }
    digest = hashlib.blake2b(json.dumps(data).encode(), digest_size=12).hexdigest()
    return {"id": digest, **data}


def explorer_point(
    data: dict[str, Any],
    sweep: ThresholdSweep,
    *,
    threshold: float,
    pinned: float | None,
    cell: str | None,
    tiles: Sequence[str],
    revision: int,
    score_range: ScoreRange | None = None,
    told: Mapping[str, Any] = NOTHING_TOLD,
    marks: Sequence[float] = (),
    own_words: PlainWords | None = None,
) -> dict[str, Any]:
    """Add the present point to the data of `explorer_data`, with the exact rows of every threshold named.

    What `told_of_desk` returns of goals and costs goes along, and `marks` are the thresholds that it names.
    Where a person said how cases, a positive and a flag are called, sentences are said in these words.
    """
    ends = (None, None) if score_range is None else (score_range.low, score_range.high)
    wanted = [each for each in (threshold, pinned, *ends, *marks) if each is not None]
    points = [*data["points"], *(_exact_point(sweep, each) for each in wanted)]
    present = {
        "threshold": threshold,
        "pinned": pinned,
        "cell": cell,
        "tiles": list(tiles),
        "revision": revision,
        "range": None if score_range is None else asdict(score_range),
        "told": dict(told),
    }
    if own_words is not None:
        said = own_words.written()
        spoken = {
            cell: {"one": own_words.of_one(cell), "many": own_words.of_many(cell)} for cell in CELL_WORDS
        }
        # Other words are other texts to draw, so that the data are others too.
        digest = hashlib.blake2b(said.encode(), digest_size=12).hexdigest()
        present |= {
            "own_words": {"cases": own_words.cases, "cells": spoken, **_sides(own_words)},
            "id": f"{data['id']}/{digest}",
        }
    return {**data, "points": points, **present}


def _sides(words: PlainWords) -> dict[str, dict[str, dict[str, str]]]:
    """What the cases of each class, and of each call, are called."""
    sides = {"positive": True, "negative": False}
    return {
        kind: {side: {"one": say(holds, number=1), "many": say(holds)} for side, holds in sides.items()}
        for kind, say in (("truth", words.truth), ("call", words.call))
    }
