"""Calming a course: the running mean that people know from TensorBoard, means over a window, and fewer points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

__all__ = ["centred_means", "running_mean", "thinned"]

Numbers = npt.NDArray[np.float64]


def running_mean(values: Numbers, weight: float) -> Numbers:
    """Smooth exponentially without the bias of the start, as TensorBoard does.

    Parameters
    ----------
    values : ndarray of float64
    weight : float
        From 0 (nothing is smoothed) to below 1: how much of what was before is kept at each value.

    Returns
    -------
    ndarray of float64
        nan where a value is.

    Examples
    --------
    >>> running_mean(np.array([1.0, 2.0, 3.0]), 0.5).round(4).tolist()
    [1.0, 1.6667, 2.4286]
    """
    if not weight:
        return values
    smoothed = np.full(len(values), np.nan)
    mean = share = 0.0
    for place, value in enumerate(values.tolist()):
        if np.isfinite(value):
            mean = weight * mean + (1 - weight) * value
            share = weight * share + (1 - weight)
            smoothed[place] = mean / share
    return smoothed


def centred_means(values: Numbers, window: int) -> Numbers:
    """Mean of each value with its neighbours; nan where the window does not fit.

    Examples
    --------
    >>> centred_means(np.array([1.0, 2.0, 6.0, 1.0]), 3).tolist()
    [nan, 3.0, 3.0, nan]
    """
    means = np.full(len(values), np.nan)
    half = window // 2
    if len(values) >= window:
        means[half : len(values) - half] = np.lib.stride_tricks.sliding_window_view(values, window).mean(
            axis=1
        )
    return means


def thinned(steps: Numbers, values: Numbers, most: int = 1500) -> tuple[Numbers, Numbers]:
    """Keep so few points that a picture can hold them: of each stretch its lowest and highest value, ends included.

    Examples
    --------
    >>> steps = np.arange(10.0)
    >>> thinned(steps, np.array([0, 1, 9, 1, 0, 0, -5, 0, 1, 2.0]), most=4)[1].tolist()
    [0.0, 9.0, -5.0, 2.0]
    """
    if len(values) <= most:
        return steps, values
    edges = np.linspace(0, len(values), max(most // 2, 1) + 1).astype(int)
    kept = {0, len(values) - 1}
    for start, end in pairwise(edges.tolist()):
        part = values[start:end]
        if end > start and np.isfinite(part).any():
            kept |= {start + int(np.nanargmin(part)), start + int(np.nanargmax(part))}
    places = np.array(sorted(kept))
    return steps[places], values[places]
