"""Parts of the rows (folds, splits) as sweeps of their own, computed once and kept."""

from __future__ import annotations

from evalcore.metrics.goals.validation import HonestSplits, honest_splits
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from pages.ui.compute.kept import kept

#: More parts than this are no folds.
MOST_PARTS = 50


def part_columns(opened: Evaluation) -> dict[str, str]:
    """Return the columns that part the rows, by what they are: split, fold."""
    roles = {"split": opened.roles.split, "fold": opened.roles.fold}
    return {role: name for role, name in roles.items() if name and name in opened.table.columns}


@kept(most=16)
def parts_of(opened: Evaluation, model: str, column: str) -> dict[str, ThresholdSweep]:
    """Return one sweep for each value of a column."""
    found: BinaryPredictions = opened.predictions
    names = found.table[column].iloc[found.rows].astype(str).to_numpy()
    weights, score = found.weights, found.model(model).values
    parts = {}
    for name in sorted(set(names), key=lambda text: (len(text), text))[:MOST_PARTS]:
        here = names == name
        parts[name] = ThresholdSweep.from_scores(
            found.truth[here], score[here], weight=None if weights is None else weights[here]
        )
    return parts


@kept(most=16, spinner="Splitting the rows 100 times …")
def splits_of(opened: Evaluation, model: str, goal: str) -> HonestSplits:
    """Return how a goal fares when it is chosen on one half of the rows and judged on the other."""
    found: BinaryPredictions = opened.predictions
    return honest_splits(found.truth, found.model(model).values, goal, weight=found.weights)
