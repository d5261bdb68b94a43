"""What speaks for a table that is a result already, and what against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.recognition import weights
from evalcore.inputs.recognition.evidence import Claim, Evidence, Reading

__all__ = ["ready_reading"]

_MOST_LEFT = 3


def ready_reading(
    task: str,
    profiles: Mapping[str, ColumnProfile],
    columns: Sequence[str],
    *,
    firm: bool = True,
    square: bool = False,
    single: bool = False,
    score: str = "",
    truth: str = "",
    stated: str | None = None,
) -> Reading:
    """Weigh a table of counts or finished figures against readings of single cases.

    Parameters
    ----------
    task : str
    profiles : mapping of str to ColumnProfile
    columns : sequence of str
        What the counts or figures are made of.
    firm : bool
        Whether the names can be nothing else.
    square : bool
        Whether the same labels name rows and columns.
    single : bool
        Whether every row counts one case.
    score, truth : str
        Columns that a reading of cases would claim as well: they count here as much as there.
    stated : str, optional
        The column that the caller named as the truth.

    Returns
    -------
    Reading

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> import pandas as pd
    >>> table = pd.DataFrame({"tp": [3], "fp": [1], "fn": [2], "tn": [4]})
    >>> ready_reading("counts", profile_table(table), list(table)).score
    10.0
    """
    evidence = [Evidence("name", weights.COUNTED * (1.0 if firm else 0.5))]
    if square:
        evidence.append(Evidence("content", weights.NAME))
    if single:
        evidence.append(Evidence("content", weights.SINGLE))
    if score:
        evidence.append(Evidence("name", weights.SCORED * profiles[score].reading.strength))
    if truth:
        given = truth == stated
        firmly = weights.NAME * profiles[truth].reading.strength
        evidence.append(Evidence("stated", weights.STATED) if given else Evidence("name", firmly))
    left = [
        each
        for each in profiles.values()
        if each.name not in columns and _of_one_case(each, flags=task == "counts")
    ]
    against = (Evidence("content", weights.SINGLE * len(left[:_MOST_LEFT])),) if left else ()
    return Reading(task, (Claim("figures", tuple(columns), tuple(evidence)),), against)


def _of_one_case(profile: ColumnProfile, *, flags: bool) -> bool:
    """Whether only a single case can have it: a truth, a prediction, a flag (which settings of a run are as well)."""
    if not profile.labelled or profile.distinct < 2:
        return False
    flag = profile.kind in ("boolean", "number") and set(np.unique(profile.numbers).tolist()) == {0.0, 1.0}
    return (flags and flag) or profile.reading.role in ("truth", "prediction")
