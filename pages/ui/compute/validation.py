"""Parts of the rows (folds, splits) as sweeps of their own, computed once and kept."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import numpy as np

from evalcore.metrics.goals.validation import HonestSplits, honest_splits
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.metrics.uncertainty.fold_means import MeanRoc, threshold_mean, vertical_mean
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui.compute.kept import kept

#: More parts than this are no folds.
MOST_PARTS = 50
#: In place of a column: thirds of the rows as the file has them, one after the other.
THIRDS = "\0thirds"
#: The column that names the file of each row, where several were opened together.
_FILES = "file"
_RATES = np.linspace(0.0, 1.0, 201)
_MOST_THRESHOLDS = 401

#: A column and one of its values: the rows that are meant, or left out.
Part = tuple[str, str]


def part_columns(opened: Evaluation) -> dict[str, str]:
    """Return the columns that part the rows, by what they are: split, fold.

    Two files that were opened together part the rows as a split column does.
    """
    names = {"split": opened.roles.split or _FILES, "fold": opened.roles.fold}
    return {
        role: name
        for role, name in names.items()
        if name and name in opened.table.columns and (name != _FILES or _several(opened, name))
    }


def _several(opened: Evaluation, column: str) -> bool:
    return 2 <= opened.table[column].nunique() <= MOST_PARTS


def _names(found: BinaryPredictions, column: str) -> Any:
    if column == THIRDS:
        places = np.argsort(np.argsort(found.rows, kind="stable"), kind="stable")
        return (1 + places * 3 // max(len(places), 1)).astype(str)
    return found.texts(column)


def _mask(found: BinaryPredictions, within: Part | None, without: Part | None) -> Any:
    kept_rows = np.ones(len(found.truth), bool)
    if within is not None:
        kept_rows &= _names(found, within[0]) == within[1]
    if without is not None:
        kept_rows &= _names(found, without[0]) != without[1]
    return kept_rows


@kept(most=16)
def parts_of(
    opened: Evaluation, model: str, column: str, without: Part | None = None
) -> dict[str, ThresholdSweep]:
    """Return one sweep for each value of a column; what is left out is in none of them."""
    found: BinaryPredictions = opened.predictions
    names, allowed = _names(found, column), _mask(found, None, without)
    weights, score = found.weights, found.model(model).values
    parts = {}
    for name in sorted(set(names[allowed]), key=lambda text: (len(text), text))[:MOST_PARTS]:
        here = allowed & (names == name)
        if weights is None or weights[here].any():
            parts[name] = ThresholdSweep.from_scores(
                found.truth[here], score[here], weight=None if weights is None else weights[here]
            )
    return parts


@kept(most=16)
def pooled_parts(opened: Evaluation, model: str, column: str, without: Part | None = None) -> ThresholdSweep:
    """Return the sweep of all parts together."""
    return reduce(add, parts_of(opened, model, column, without).values())


@kept(most=8)
def mean_curves(
    opened: Evaluation, model: str, column: str, without: Part | None = None
) -> tuple[MeanRoc, MeanRoc]:
    """Return the mean ROC curve of the parts at equal false positive rates, and at equal thresholds."""
    parts = list(parts_of(opened, model, column, without).values())
    every = pooled_parts(opened, model, column, without).thresholds.astype(float)
    # As many steps in score as a picture can show, evenly by cases.
    places = np.unique(np.linspace(0, len(every) - 1, min(len(every), _MOST_THRESHOLDS)).astype(int))
    return vertical_mean(parts, _RATES), threshold_mean(parts, np.append(np.inf, every[places]))


@kept(most=16, spinner="Splitting the rows 100 times …")
def splits_of(opened: Evaluation, model: str, goal: str, within: Part | None = None) -> HonestSplits:
    """Return how a goal fares when it is chosen on one half of the rows and judged on the other."""
    found: BinaryPredictions = opened.predictions
    here = _mask(found, within, None)
    weights = None if found.weights is None else found.weights[here]
    return honest_splits(found.truth[here], found.model(model).values[here], goal, weight=weights)
