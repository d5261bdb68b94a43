"""What changes hands between two thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from evalcore.predictions.binary import BinaryPredictions

__all__ = ["FLIPS", "Flips", "flips_between"]

#: The four ways in which a call can flip, in words.
FLIPS: Mapping[str, str] = MappingProxyType(
    {
        "newly_caught": "Newly caught",
        "newly_missed": "Newly missed",
        "newly_false_alarms": "New false alarms",
        "newly_left_alone": "Newly left alone",
    }
)


@dataclass(frozen=True, eq=False)
class Flips:
    """Cases whose call differs between two thresholds.

    All are positions among the evaluated cases, in the file's order.

    Parameters
    ----------
    newly_caught : ndarray of intp
        Positives that only the second threshold flags.
    newly_missed : ndarray of intp
        Positives that only the first one flags.
    newly_false_alarms : ndarray of intp
        Negatives that only the second one flags.
    newly_left_alone : ndarray of intp
        Negatives that only the first one flags.
    """

    newly_caught: npt.NDArray[np.intp]
    newly_missed: npt.NDArray[np.intp]
    newly_false_alarms: npt.NDArray[np.intp]
    newly_left_alone: npt.NDArray[np.intp]

    def __len__(self) -> int:
        """Number of cases that flip."""
        return sum(len(getattr(self, name)) for name in FLIPS)


def flips_between(predictions: BinaryPredictions, model: str, *, before: float, after: float) -> Flips:
    """Return what flips when the threshold goes from `before` to `after`.

    Parameters
    ----------
    predictions : BinaryPredictions
    model : str
    before, after : float
        Thresholds in the score's unit, compared in the score's own type.

    Returns
    -------
    Flips

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"truth": [0, 1, 0, 1], "score": [0.9, 0.8, 0.6, 0.2]})
    >>> predictions = ec.open_predictions(table, truth="truth", score="score", positive="1").predictions
    >>> flips = flips_between(predictions, "score", before=0.5, after=0.85)
    >>> flips.newly_missed.tolist(), flips.newly_left_alone.tolist(), len(flips)
    ([1], [2], 2)
    """
    scores = predictions.model(model)
    first, second = scores.called(before), scores.called(after)
    positive = predictions.truth == 1
    gained, lost = second & ~first, first & ~second
    return Flips(
        np.flatnonzero(gained & positive),
        np.flatnonzero(lost & positive),
        np.flatnonzero(gained & ~positive),
        np.flatnonzero(lost & ~positive),
    )
