"""Groups of columns as one reading: labels, outputs or classes that each have a truth and what was predicted for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.recognition import weights
from evalcore.inputs.recognition.claims.truth_claims import is_named
from evalcore.inputs.recognition.evidence import Claim, Evidence, Reading
from evalcore.inputs.recognition.row_agreement import RowAgreement, is_about

__all__ = ["group_reading", "unexplained"]

Profiles = Mapping[str, ColumnProfile]
_MOST_BONDS = 6
"""So many pairs tell how well the truths of a group go with their predictions."""

_MOST_LEFT = 3
"""Of columns that are left over, so many count: a table of a hundred is not a hundred times as doubtful."""


def unexplained(free: Sequence[ColumnProfile], used: Collection[str]) -> tuple[Evidence, ...]:
    """Columns whose names say truth, score or prediction, and which a reading leaves over."""
    over = [
        each.reading.strength
        for each in free
        if each.name not in used
        and each.reading.role in ("truth", "score", "prediction")
        and (each.labelled or each.kind == "number")
    ]
    most = sorted(over, reverse=True)[:_MOST_LEFT]
    return (Evidence("name", weights.UNEXPLAINED * sum(most)),) if most else ()


def group_reading(
    task: str,
    profiles: Profiles,
    pairs: Sequence[tuple[str, Sequence[str]]],
    taken: Collection[str] = (),
    *,
    stated: bool = False,
) -> Reading:
    """Read several truths, each with what was predicted for it, as one table of labels, outputs or classes.

    Names and rows count as they do for one truth, on an average over the group; that names pair the columns up,
    one by one, counts once more, and what is left over counts against it.

    Parameters
    ----------
    task : str
    profiles : mapping of str to ColumnProfile
    pairs : sequence of (str, sequence of str)
        Each truth, and the columns about it; several pairs may share a truth.
    taken : collection of str
        Columns that have another role.
    stated : bool
        Whether the caller named the truths.

    Returns
    -------
    Reading

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"a_true": [0, 1, 1], "a_prob": [0.2, 0.9, 0.5],
    ...                       "b_true": [0, 1, 0], "b_prob": [0, 0.7, 1]})
    >>> found = group_reading("multilabel", profile_table(table), [("a_true", ["a_prob"]), ("b_true", ["b_prob"])])
    >>> found.columns("truth"), found.columns("predictions")
    (('a_true', 'b_true'), ('a_prob', 'b_prob'))
    """
    rows = RowAgreement()
    truths = tuple(dict.fromkeys(name for name, _ in pairs))
    partners = tuple(dict.fromkeys(name for _, names in pairs for name in names))
    firm = [profiles[name].reading.strength * is_named(profiles[name]) for name in truths]
    named = Evidence("stated", weights.STATED) if stated else Evidence("name", weights.NAME * _mean(firm))
    about = [
        not is_named(profiles[name]) and any(is_about(profiles[each], profiles[name]) for each in names)
        for name, names in pairs
    ]
    told = {
        role: max(
            (each.strength for name in partners if (each := profiles[name].reading).role == role), default=0.0
        )
        for role in ("score", "prediction")
    }  # as for one truth: a score and a decision count each
    bonds = [_bond(rows, profiles, name, names) for name, names in pairs[:_MOST_BONDS]]
    claims = (
        Claim("truth", truths, (named, Evidence("name", weights.ABOUT * _mean(about)))),
        Claim("predictions", partners, (Evidence("name", weights.SCORED * sum(told.values())),)),
        Claim("pairs", (), (Evidence("name", weights.TOGETHER),
                            Evidence("agreement", weights.AGREES * _mean(bonds)))),
    )  # fmt: skip
    free = [each for name, each in profiles.items() if name not in taken]
    return Reading(task, claims, unexplained(free, {*truths, *partners}))


def _bond(rows: RowAgreement, profiles: Profiles, truth: str, names: Sequence[str]) -> float:
    """How well a truth goes with what was predicted for it; lists are taken at their word."""
    if not profiles[truth].labelled:
        return weights.PERFECT
    bond = rows.best(profiles[truth], [profiles[name] for name in names])
    return bond * (weights.PERFECT if bond == 1 else 1.0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
