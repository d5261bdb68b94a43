"""The truth: what names and cells say of it, before anything is known of the predictions."""

from __future__ import annotations

from collections.abc import Sequence

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.plan import messages
from evalcore.inputs.recognition.evidence import Claim, Evidence
from evalcore.inputs.recognition.weights import NAME, NAMELESS
from evalcore.wording import say

__all__ = ["is_named", "truth_claims"]

_LEAST, _FIRM = 0.4, 0.8
_MOST_NAMELESS = 30
"""Distinct values of a column that may be a truth though its name does not say so."""


def is_named(profile: ColumnProfile) -> bool:
    """Whether a column's name says truth; a weak name that is the same in every row notes the positive class."""
    return (
        profile.reading.role == "truth"
        and profile.reading.strength >= _LEAST
        and not (profile.distinct == 1 and profile.reading.strength < _FIRM)
    )


def truth_claims(free: Sequence[ColumnProfile]) -> list[Claim]:
    """Every column that could be the truth, by its name and its cells.

    Parameters
    ----------
    free : sequence of ColumnProfile
        Columns without another role.

    Returns
    -------
    list of Claim
        The likeliest first.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"sex": ["f", "m", "f"], "y_true": [0, 1, 1], "p": [0.1, 0.5, 0.7]})
    >>> [(each.columns[0], each.score) for each in truth_claims(list(profile_table(table).values()))]
    [('y_true', 10.0), ('sex', -0.75)]
    """
    labelled = [each for each in free if each.labelled and each.reading.role != "aside"]
    claims: list[Claim] = []
    for each in labelled:
        if is_named(each):
            reason = say(messages.TRUTH_BY_NAME, column=each.name)
            evidence = (Evidence("name", NAME * each.reading.strength, reason),)
        elif each.reading.role in ("score", "prediction") or not 2 <= each.distinct <= _MOST_NAMELESS:
            continue
        else:
            evidence = (Evidence("name", NAMELESS),)
        claims.append(Claim("truth", (each.name,), evidence))
    return sorted(claims, key=lambda each: -each.score)
