"""How the scores of each class are spread: exact counts in bins with round edges."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.sweep.shown_range import LARGEST, score_range
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = [
    "ScoreHistogram",
    "score_histogram",
]


@dataclass(frozen=True, eq=False)
class ScoreHistogram:
    """Cases of each class per bin of scores.

    Parameters
    ----------
    edges : ndarray of float64, shape (b + 1,)
        Ascending, in the score's unit. Bin i holds scores from ``edges[i]`` up to, not including,
        ``edges[i + 1]``: so a threshold at an edge parts whole bins. The first bin also holds all
        lower scores, the last one all higher scores.
    positives, negatives : ndarray, shape (b,)
        Actual positives and negatives per bin; sums of weights where cases are weighted.
    discrete : bool
        Whether each bin that holds anything holds one score, the one at its left edge.
    note : str
        What the end bins hold beside their own scores; empty where nothing.
    """

    edges: npt.NDArray[np.float64]
    positives: npt.NDArray[Any]
    negatives: npt.NDArray[Any]
    discrete: bool = False
    note: str = ""


def score_histogram(sweep: ThresholdSweep, *, max_bins: int = 60) -> ScoreHistogram:
    """Bin the scores of a sweep, exactly.

    A few evenly spread scores (hard labels, deciles) get one bin each; all others get bins whose
    width is 1, 2 or 5 times a power of ten. Infinite scores, and the far ends of scores so
    heavy-tailed that they would press all others into a few bins, are counted in the end bins.

    Parameters
    ----------
    sweep : ThresholdSweep
    max_bins : int, default 60
        At least 2.

    Returns
    -------
    ScoreHistogram

    Raises
    ------
    InputError
        Where `max_bins` is under 2.

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> histogram = score_histogram(ThresholdSweep.from_scores([0, 1, 1, 0], [1, 2, 2, 1]))
    >>> histogram.positives.tolist(), histogram.negatives.tolist(), histogram.discrete
    ([0, 0, 2], [2, 0, 0], True)
    """
    if max_bins < 2:
        raise InputError(f"max_bins must be at least 2, got {max_bins}")
    scores = sweep.thresholds
    finite = np.clip(scores[np.isfinite(scores)][::-1].astype(float), -LARGEST, LARGEST)
    edges = _edges_of_single_scores(finite, max_bins)
    discrete = edges is not None
    if edges is None:
        edges = _round_edges(*score_range(scores, sweep.true_positives, sweep.false_positives), max_bins)
    at_least = sweep.at(edges)
    positives, negatives = _between(at_least.tp, sweep.positives), _between(at_least.fp, sweep.negatives)
    return ScoreHistogram(edges, positives, negatives, discrete, _note(sweep, finite, edges))


def _between(at_least: npt.NDArray[Any], total: Any) -> npt.NDArray[Any]:
    """Turn counts at or above each edge into counts per bin, the ends taking all that is beyond."""
    counts = np.append(at_least[:-1], 0)
    counts[0] = total
    inside: npt.NDArray[Any] = counts[:-1] - counts[1:]
    return inside


def _edges_of_single_scores(finite: npt.NDArray[np.float64], max_bins: int) -> npt.NDArray[np.float64] | None:
    """Edges of one bin per score, or None where scores are too many or too uneven for that."""
    if not 2 <= len(finite) <= max_bins:
        return None
    gap = float(np.diff(finite).min())
    if gap * 2 * max_bins < finite[-1] - finite[0]:
        return None
    # A bin begins at its score and, where there is room, ends before the middle of the gap above: a
    # threshold at the score, which flags it, then lies before the bar, and one half-way lies behind it.
    ends = finite + gap * (0.45 if len(finite) <= 20 else 1.0)
    apart = np.append(finite[1:] - ends[:-1] > gap * 1e-6, True)
    return np.sort(np.concatenate((finite, ends[apart])))


def _round_edges(low: float, high: float, max_bins: int) -> npt.NDArray[np.float64]:
    """Edges at multiples of 1, 2 or 5 times a power of ten, around low..high."""
    if high <= low:
        # One score: a bar of a hundredth of its size, so that the axis still tells where it is.
        high = low + max(abs(low) * 0.01, 1e-300)
    exponent = math.floor(math.log10(high / max_bins - low / max_bins))
    for factor, power in ((1, 0), (2, 0), (5, 0), (1, 1), (2, 1)):
        step = float(f"{factor}e{exponent + power}")
        first, last = math.floor(low / step), math.ceil(high / step)
        if last - first <= max_bins:
            break
    # Spelt as decimals, so that an edge at 0.3 is the same number as a score of 0.3.
    return np.array([float(f"{factor * k}e{exponent + power}") for k in range(first, last + 1)])


def _note(sweep: ThresholdSweep, finite: npt.NDArray[np.float64], edges: npt.NDArray[np.float64]) -> str:
    """Say what the end bins hold beside their own scores."""
    said = []
    if len(finite) < len(sweep):
        said.append("Infinite scores are counted in the end bars.")
    if len(finite) and (finite[0] < edges[0] or finite[-1] > edges[-1]):
        said.append(f"Scores beyond {edges[0]:.6g} and {edges[-1]:.6g} are counted in the end bars.")
    return " ".join(said)
