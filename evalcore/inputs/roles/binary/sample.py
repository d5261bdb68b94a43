"""Two classes on a sample of rows: how columns rank them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.inputs.columns.association import rank_auc
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, sample_positions

__all__ = ["CLEARLY_REVERSED", "TruthSample", "take_sample"]

CLEARLY_REVERSED = 0.35
"""An AUC below this, and below what chance gives, says that a column points the other way."""


@dataclass(frozen=True, eq=False)
class TruthSample:
    """The truth on the sampled rows.

    Parameters
    ----------
    labels : tuple of two str
    codes : ndarray of intp, shape (s,)
        0 or 1 for the two labels, -1 for neither.
    positions : ndarray of intp, shape (s,)
        The rows.
    """

    labels: tuple[str, str]
    codes: npt.NDArray[np.intp]
    positions: npt.NDArray[np.intp]

    def other(self, label: str) -> str:
        """Return the other of the two labels."""
        return self.labels[1 - self.labels.index(label)]

    def numbers(self, profile: ColumnProfile) -> npt.NDArray[np.float64]:
        """Return a column's numbers on the sampled rows."""
        return as_numbers(profile.column.iloc[self.positions])

    def called(
        self, profile: ColumnProfile, labels: tuple[str, ...]
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Return on the sampled rows whether a column's label is one of `labels`, and whether it has any."""
        codes = profile.codes.codes[self.positions]
        return np.isin(codes, [profile.codes.position(label) for label in labels]), codes >= 0

    def ranks(self, profile: ColumnProfile, label: str) -> float:
        """AUC of the column for `label`."""
        known = self.codes >= 0
        return rank_auc(self.codes[known] == self.labels.index(label), self.numbers(profile)[known])

    def reversed(self, profile: ColumnProfile, label: str) -> bool:
        """Whether the column ranks `label` lower, beyond what chance does."""
        known = self.codes[self.codes >= 0]
        ones = int((known == self.labels.index(label)).sum())
        zeros = known.size - ones
        if min(ones, zeros) < 5:
            return False
        spread = float(np.sqrt((1 / ones + 1 / zeros) / 12))
        return self.ranks(profile, label) < min(CLEARLY_REVERSED, 0.5 - 4 * spread)


def take_sample(truth: ColumnProfile, labels: tuple[str, str]) -> TruthSample:
    """Take the truth on the sampled rows.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> take_sample(profile_table(pd.DataFrame({"y": ["a", "b", "?"]}))["y"], ("a", "b")).codes.tolist()
    [0, 1, -1]
    """
    positions = sample_positions(len(truth.column))
    codes = truth.codes.codes[positions]
    places = [truth.codes.position(label) for label in labels]
    return TruthSample(
        labels, np.where(codes == places[0], 0, np.where(codes == places[1], 1, -1)), positions
    )
