"""Labels that several models confidently contradict: one of them, any of them, or all.

Each model's suspects are those of confident learning (see `evalcore.metrics.cases.suspects`). That independent models
contradict the same label is stronger evidence than one model's word: the cases of all models are a subset of
those of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.metrics.cases.suspects import SuspectLabels, share_of_errors

__all__ = ["AgreedSuspects", "agreed_suspects"]


@dataclass(frozen=True, eq=False)
class AgreedSuspects:
    """Cases whose label models contradict.

    Parameters
    ----------
    cases : ndarray of intp, shape (s,)
        Positions among the n cases, the most suspect first: by the number of models, then by the margin.
    given, suggested : ndarray of intp, shape (s,)
        The class in the file, and the class that most of the models that contradict it are confident of; of
        equally many the one with the larger sum of margins.
    margin : ndarray of float64, shape (s,)
        Mean, over the models that suggest that class, of its probability less that of the given one.
    models : ndarray of intp, shape (s,)
        How many models contradict the label.
    """

    cases: npt.NDArray[np.intp]
    given: npt.NDArray[np.intp]
    suggested: npt.NDArray[np.intp]
    margin: npt.NDArray[np.float64]
    models: npt.NDArray[np.intp]

    def __len__(self) -> int:
        """Number of suspect labels."""
        return len(self.cases)

    def share_of(self, wrong: npt.ArrayLike) -> float:
        """Return the share of a model's errors that fall on suspect labels; nan where there is no error.

        Parameters
        ----------
        wrong : array of bool, shape (n,)
            Whether each case was called wrongly.
        """
        return share_of_errors(self.cases, wrong)


def agreed_suspects(found: Sequence[SuspectLabels], *, by: Literal["any", "all"]) -> AgreedSuspects:
    """Put several models' suspect labels together.

    Parameters
    ----------
    found : sequence of SuspectLabels
        One for each model, of the same cases; at least one.
    by : {"any", "all"}
        Whether one model is enough, or every one must contradict the label (not necessarily with the same
        suggestion).

    Returns
    -------
    AgreedSuspects

    Raises
    ------
    InputError
        No model is given, or `by` is neither.

    Examples
    --------
    >>> from evalcore.metrics.cases.suspects import suspect_labels
    >>> truth = [0, 0, 1, 1, 1]
    >>> one = suspect_labels(truth, [[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.2, 0.8], [0.98, 0.02]])
    >>> two = suspect_labels(truth, [[0.9, 0.1], [0.1, 0.9], [0.2, 0.8], [0.3, 0.7], [0.95, 0.05]])
    >>> agreed_suspects([one, two], by="all").cases.tolist()
    [4]
    >>> both = agreed_suspects([one, two], by="any")
    >>> both.cases.tolist(), both.suggested.tolist(), both.models.tolist()
    ([4, 1], [0, 1], [2, 1])
    """
    if not found:
        raise InputError("found must hold the suspects of at least one model, got none")
    if by not in ("any", "all"):
        raise InputError(f"by must be any or all, got {by}")
    words = pd.concat(
        pd.DataFrame(
            {"case": each.cases, "given": each.given, "suggested": each.suggested, "margin": each.margin}
        )
        for each in found
    )
    votes = words.groupby(["case", "given", "suggested"], as_index=False).agg(
        votes=("margin", "size"), margin=("margin", "sum")
    )
    models = votes.groupby("case")["votes"].transform("sum")
    votes = votes.assign(models=models, mean=votes["margin"] / votes["votes"])
    best = votes.sort_values(["votes", "margin"], ascending=False, kind="stable").drop_duplicates("case")
    if by == "all":
        best = best[best["models"] == len(found)]
    best = best.sort_values(["models", "mean"], ascending=False, kind="stable")
    case, given, suggested, count = (
        best[name].to_numpy(dtype=np.intp) for name in ("case", "given", "suggested", "models")
    )
    return AgreedSuspects(case, given, suggested, best["mean"].to_numpy(dtype=np.float64), count)
