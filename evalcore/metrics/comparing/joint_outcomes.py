"""How two models call the same cases: eight counts, from which every rate's difference and its error follow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.metrics.comparing.influence import few_cases, rate_slopes
from evalcore.metrics.rates.confusion import Confusion
from evalcore.predictions.evaluation import FloatArray

__all__ = ["JointOutcomes"]

# A case's cell is 4 truth + 2 (the first model calls it) + (the second does).
_TRUTH, _FIRST, _SECOND = (np.arange(8) // unit % 2 for unit in (4, 2, 1))
_CELL_OF_FIRST, _CELL_OF_SECOND = 2 * _TRUTH + _FIRST, 2 * _TRUTH + _SECOND


@dataclass(frozen=True, eq=False)
class JointOutcomes:
    """Cases by their truth and by what two models call them.

    Parameters
    ----------
    weights : ndarray of float64, shape (8,)
        Sum of weights in each cell.
    spread : ndarray of float64, shape (g, 8) or (8,)
        Of each cluster, the sums of weights in the cells; of cases that stand for themselves the sums of squares.
    few : float
        What makes up for few cases, or few clusters.

    Examples
    --------
    >>> truth, first, second = np.array([1, 1, 0, 0]), np.array([0, 1, 1, 0]) == 1, np.array([1, 1, 0, 1]) == 1
    >>> found = JointOutcomes.of(truth, first, second, np.ones(4))
    >>> found.second.recall, found.first.recall, round(found.apart("recall"), 3)
    (1.0, 0.5, 0.408)
    """

    weights: FloatArray
    spread: FloatArray
    few: float

    @classmethod
    def of(
        cls,
        truth: npt.NDArray[Any],
        first: npt.NDArray[np.bool_],
        second: npt.NDArray[np.bool_],
        weight: FloatArray,
        clusters: npt.NDArray[np.intp] | None = None,
    ) -> JointOutcomes:
        """Count two models' calls of the same cases; `clusters` says what stands together, numbered from 0."""
        cell = (truth == 1).view(np.uint8) * np.uint8(4) + first.view(np.uint8) * np.uint8(2)
        cell = cell + second.view(np.uint8)
        held: FloatArray = np.bincount(cell, weight, 8).astype(np.float64)
        few = few_cases(weight)
        if clusters is None:
            return cls(held, np.bincount(cell, weight * weight, 8).astype(np.float64), few)
        groups = int(clusters.max()) + 1
        spread = np.bincount(clusters * 8 + cell, weight, 8 * groups).reshape(groups, 8)
        return cls(
            held,
            spread.astype(np.float64),
            few * math.sqrt(groups / (groups - 1)) if groups > 1 else math.nan,
        )

    @property
    def clustered(self) -> bool:
        """Whether cases stand together."""
        return self.spread.ndim == 2

    @cached_property
    def first(self) -> Confusion:
        """What the first model's calls come to."""
        return Confusion(*np.bincount(_CELL_OF_FIRST, self.weights, 4).tolist())

    @cached_property
    def second(self) -> Confusion:
        """What the second model's calls come to."""
        return Confusion(*np.bincount(_CELL_OF_SECOND, self.weights, 4).tolist())

    def error(self, metric: str) -> float:
        """Return the standard error of the second model's figure."""
        return self._deviation(rate_slopes(metric, self.second)[_CELL_OF_SECOND])

    def apart(self, metric: str) -> float:
        """Return the standard error of the second's figure less the first's: what both share cancels."""
        own = rate_slopes(metric, self.second)[_CELL_OF_SECOND]
        return self._deviation(own - rate_slopes(metric, self.first)[_CELL_OF_FIRST])

    def _deviation(self, slopes: FloatArray) -> float:
        if not self.clustered:
            return self.few * math.sqrt(float(self.spread @ (slopes * slopes)))
        parts = self.spread @ slopes
        return self.few * math.sqrt(float(parts @ parts))
