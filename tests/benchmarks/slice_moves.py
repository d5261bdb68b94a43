"""What a move of the threshold costs on 100 groups of 10^6 rows: counts, a rate, its interval, the gap, the order.

Run: `python -m tests.benchmarks.slice_moves`. Prints a Markdown table.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from evalcore.metrics.slices.slice_table import SliceTable, slice_table
from evalcore.metrics.slices.sorted_groups import sort_groups
from evalcore.predictions.binary import BinaryPredictions, ModelScores
from tests.benchmarks.explorer_frames import percentile

ROWS, GROUPS, MOVES = 1_000_000, 100, 200


def made(rows: int = ROWS, groups: int = GROUPS) -> BinaryPredictions:
    """Make cases in groups of unequal size, of which some are judged worse than others."""
    rng = np.random.default_rng(1)
    place = np.minimum(rng.geometric(0.03, rows), groups) - 1
    truth = (rng.random(rows) < 0.2).astype(np.uint8)
    score = 1 / (1 + np.exp(-rng.normal((1 + place % 7 / 7) * truth, 1)))
    table = pd.DataFrame({"group": pd.Categorical([f"g{i}" for i in range(groups)])[place]})
    model = ModelScores("m", score, "probability", 0.5, "")
    return BinaryPredictions(truth, (model,), "1", "0", table, np.arange(rows))


def timed(act: Callable[[float], object]) -> list[float]:
    """Milliseconds of each move, to places all over the range."""
    found = []
    for number in range(MOVES):
        threshold = (number * 0.618034) % 1
        start = time.perf_counter()
        act(threshold)
        found.append(1000 * (time.perf_counter() - start))
    return found


def shown(table: SliceTable, threshold: float) -> None:
    """All that a row of the page shows of the moved table."""
    moved = table.at(threshold)
    moved.interval("recall")
    moved.gap("recall")
    moved.order("gap", "recall")


def main() -> None:
    """Time and print."""
    predictions = made()
    start = time.perf_counter()
    table = slice_table(predictions, "group")
    once = time.perf_counter() - start
    start = time.perf_counter()
    sort_groups(predictions.truth, predictions.models[0].values, table.grouping.places, len(table))
    sorting = time.perf_counter() - start
    print(f"| {len(table)} groups, {ROWS:,} rows | median | 95th percentile |\n|---|---|---|")
    acts: dict[str, Callable[[float], object]] = {
        "a move: counts of every group, ms": table.sorted_groups.at,
        "a move: rate, interval, gap and order as well, ms": lambda threshold: shown(table, threshold),
    }
    for name, act in acts.items():
        took = timed(act)
        print(f"| {name} | {percentile(took, 0.5):.2f} | {percentile(took, 0.95):.2f} |")
    print(f"| once: sorted within groups, s | {sorting:.2f} | |")
    print(f"| once: the whole table with areas and biases, s | {once:.2f} | |")


if __name__ == "__main__":
    main()
