"""Speed and memory of `ThresholdSweep` beside scikit-learn and a bare sort, as ratios within one run.

python tests/benchmarks/sweep_speed.py [--rows 1e4 1e5 1e6 1e7] [--repeats 5]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score, roc_curve

sys.path.insert(0, str(Path(__file__).parents[2]))

from evalcore.metrics.sweep.sweep import ThresholdSweep

KINDS = ("float64", "float32", "decision score", "3 decimals", "weighted")


def rows_of(kind: str, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Truth (10 % positives), scores and weights."""
    random = np.random.default_rng(0)
    truth = random.random(size) < 0.1
    score = random.normal(size=size) + 1.5 * truth
    weight = random.gamma(2.0, size=size) if kind == "weighted" else None
    if kind == "decision score":
        return truth, 1000 * score, weight
    probability = 1 / (1 + np.exp(1 - 2 * score))
    if kind == "3 decimals":
        probability = np.round(probability, 3)
    return truth, probability.astype(np.float32 if kind == "float32" else np.float64), weight


def four_calls(truth: np.ndarray, score: np.ndarray, weight: np.ndarray | None) -> None:
    """What scikit-learn needs for the same figures."""
    roc_curve(truth, score, sample_weight=weight)
    precision_recall_curve(truth, score, sample_weight=weight)
    roc_auc_score(truth, score, sample_weight=weight)
    average_precision_score(truth, score, sample_weight=weight)


def with_areas(truth: np.ndarray, score: np.ndarray, weight: np.ndarray | None) -> ThresholdSweep:
    sweep = ThresholdSweep.from_scores(truth, score, weight=weight)
    assert sweep.roc_auc > sweep.average_precision
    return sweep


def with_curves(truth: np.ndarray, score: np.ndarray, weight: np.ndarray | None) -> None:
    sweep = with_areas(truth, score, weight)
    sweep.roc()
    sweep.precision_recall()


def medians(tasks: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Median seconds of each task; they take turns, so that a busy moment of the machine meets all."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(repeats):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(each) for name, each in times.items()}


def peak(task: Callable[[], object]) -> int:
    """Largest memory held at once by what a task allocates, in bytes."""
    tracemalloc.start()
    kept = task()
    largest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return largest


def measure(kind: str, size: int, repeats: int) -> list[str]:
    truth, score, weight = rows_of(kind, size)
    arguments = (truth, score, weight)
    sweep = with_areas(*arguments)
    thresholds = np.random.default_rng(1).choice(score, 1000).tolist()
    took = medians(
        {
            "sort": lambda: np.sort(score),
            "sweep": lambda: ThresholdSweep.from_scores(truth, score, weight=weight),
            "areas": lambda: with_areas(*arguments),
            "curves": lambda: with_curves(*arguments),
            "at": lambda: [sweep.at(each) for each in thresholds],
            "thin": lambda: sweep.thin(2048),
        },
        repeats,
    )
    theirs = medians({"four": lambda: four_calls(*arguments)}, max(1, repeats // 3))["four"]
    memory = peak(lambda: ThresholdSweep.from_scores(truth, score, weight=weight))
    return [
        f"{size:.0e}".replace("e+0", "e"),
        kind,
        *(f"{1000 * each:.1f}" for each in (took["sort"], took["sweep"], theirs)),
        *(f"{took[name] / took['sort']:.2f}" for name in ("sweep", "areas", "curves")),
        *(f"{theirs / took[name]:.0f}" for name in ("areas", "curves")),
        f"{1e6 * took['at'] / len(thresholds):.1f}",
        f"{1000 * took['thin']:.1f}",
        f"{memory / score.nbytes:.1f}",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=float, nargs="+", default=[1e4, 1e5, 1e6])
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    options = parser.parse_args()
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    print(f"NumPy {np.__version__}, SIMD: {', '.join(found)}; 10 % positives; medians of {options.repeats}.")
    print(
        "Areas: sweep, ROC AUC, average precision. Curves: these and all points of both curves as arrays.\n"
    )
    columns = (
        "rows", "scores", "np.sort, ms", "sweep, ms", "scikit-learn's four calls, ms", "sweep / sort",
        "areas / sort", "curves / sort", "scikit-learn / areas", "scikit-learn / curves", "at(), us",
        "thin(2048), ms", "peak memory / scores",
    )  # fmt: skip
    print("|" + "|".join(f" {each} " for each in columns) + "|")
    print("|" + "|".join("---" for _ in columns) + "|")
    for size in options.rows:
        for kind in options.kinds:
            print(
                "|" + "|".join(f" {each} " for each in measure(kind, int(size), options.repeats)) + "|",
                flush=True,
            )


if __name__ == "__main__":
    main()
