"""Several evaluations of the same cases: their models laid beside each other, joined by what names the cases."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.joining.row_keys import JoinKey, find_key, key_values
from evalcore.numbers import count, share
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.wording import quoted

__all__ = ["Beside", "laid_beside"]

#: Above this share of other truths two files are not of the same cases.
_MOST_OTHERS = 0.05


@dataclass(frozen=True, eq=False)
class Beside:
    """An evaluation with the models of another.

    Parameters
    ----------
    opened : Evaluation
        Of the cases that both have, with the models of both.
    told : str
        By what they were joined, and what was left out.
    """

    opened: Evaluation
    told: str


def laid_beside(first: Evaluation, other: Evaluation) -> Beside:
    """Lay the models of another evaluation beside those of one, on the cases that both have.

    Cases are the same where they have the same id (`Roles.id`, else columns of both tables that name the rows of
    each); without any where both tables have as many rows with the same truths in the same order.

    Parameters
    ----------
    first : Evaluation
        Of two classes; its table, its weights and its groups hold.
    other : Evaluation
        Of two classes, or with a class or label called as the first one's positive class.

    Returns
    -------
    Beside

    Raises
    ------
    InputError
        Where cases cannot be told to be the same, where none is shared, or where their truths differ.

    Examples
    --------
    >>> import evalcore as ec
    >>> one = pd.DataFrame({"id": range(20), "truth": [0, 1] * 10, "a_prob": [0.2, 0.9, 0.4, 0.6] * 5})
    >>> two = one[["id", "truth"]].assign(b_prob=[0.3, 0.8, 0.5, 0.7] * 5).iloc[::-1]
    >>> found = laid_beside(
    ...     ec.open_predictions(one, truth="truth", score="a_prob", positive="1"),
    ...     ec.open_predictions(two, truth="truth", score="b_prob", positive="1", title="Second"),
    ... )
    >>> found.opened.models, found.told
    (('a_prob', 'b_prob'), '"Second" is joined by "id": all 20 cases are in both.')
    """
    mine = first.predictions
    if not isinstance(mine, BinaryPredictions):
        raise InputError(f"{quoted(first.title)} is not of two classes")
    theirs = _two_classes(other, mine)
    places, words = _places(first, mine, other, theirs)
    found = places >= 0
    differing = found & (theirs.truth[np.maximum(places, 0)] != mine.truth)
    told = _told(other.title, words, found, differing, len(theirs.truth))
    kept = np.flatnonzero(found & ~differing)
    more = [
        replace(
            each,
            name=each.name if each.name not in first.models else f"{each.name} ({other.title})",
            values=each.values[places[kept]],
        )
        for each in theirs.models
    ]
    digest = hashlib.blake2s(f"{other.title}\0{other.fingerprint}".encode(), digest_size=8).hexdigest()
    opened = replace(
        first,
        predictions=mine.taking(kept).with_models(more),
        fingerprint=f"{first.fingerprint}/beside {digest}",
    )
    return Beside(opened, told)


def _two_classes(other: Evaluation, mine: BinaryPredictions) -> BinaryPredictions:
    """Return the other's predictions of the same positive class."""
    found = other.predictions
    if not isinstance(found, BinaryPredictions) and mine.positive in found.parts:
        found = found.part(mine.positive)
    if not isinstance(found, BinaryPredictions):
        raise InputError(
            f"{quoted(other.title)} says nothing of {quoted(mine.positive)}: it was recognised as "
            f"{other.traits.recognised}"
        )
    if found.positive != mine.positive:
        raise InputError(
            f"in {quoted(other.title)} the positive class is {quoted(found.positive)}, here it is "
            f"{quoted(mine.positive)}: choose the same class on the Data page"
        )
    return found


def _places(
    first: Evaluation, mine: BinaryPredictions, other: Evaluation, theirs: BinaryPredictions
) -> tuple[npt.NDArray[np.intp], str]:
    """Return where each case of the first stands among the other's, -1 for nowhere, and by what that is known."""
    here, there = first.table.iloc[mine.rows], other.table.iloc[theirs.rows]
    key = _key(first, mine, other, theirs)
    if key is None:
        alike = len(first.table) == len(other.table)
        among = np.full(len(other.table), -1, dtype=np.intp)
        among[theirs.rows] = np.arange(len(theirs.rows))
        places = among[mine.rows] if alike else np.full(len(mine.rows), -1)
        if not alike or not (theirs.truth[np.maximum(places, 0)] == mine.truth)[places >= 0].all():
            raise InputError(
                f"no column names the cases of both {quoted(first.title)} and {quoted(other.title)}: give both files "
                "a column of ids"
            )
        return places, "row by row, since no column names the cases and all truths agree"
    names = key_values(here, key.left), key_values(there, key.right)
    for values, title, columns in ((names[0], first.title, key.left), (names[1], other.title, key.right)):
        twice = values[values.notna()].duplicated()
        if twice.any():
            raise InputError(
                f"{quoted(', '.join(columns))} of {quoted(title)} names {count(int(twice.sum()))} of its cases more "
                "than once, so that they cannot be joined by it"
            )
    index = pd.Index(names[1])
    found = index.get_indexer(pd.Index(names[0]))
    found[names[0].isna().to_numpy()] = -1
    return found.astype(np.intp), "by " + " and ".join(map(quoted, key.left))


def _key(
    first: Evaluation, mine: BinaryPredictions, other: Evaluation, theirs: BinaryPredictions
) -> JoinKey | None:
    """Return the ids of both, else columns that name the rows of each."""
    ids = first.roles.id, other.roles.id
    if ids[0] in first.table.columns and ids[1] in other.table.columns and ids[0] and ids[1]:
        stated = JoinKey((ids[0],), (ids[1],))
        # What counts the rows of a file was taken for an id where the file has no better: it may name other cases.
        if key_values(first.table, stated.left).isin(key_values(other.table, stated.right)).any():
            return stated
    tables = []
    for opened, predictions in ((first, mine), (other, theirs)):
        said = {name for each in predictions.models for name in (each.name, *each.columns)}
        tables.append(opened.table[[name for name in opened.table.columns if name not in said]])
    left, right = tables
    return find_key(left, right)


def _told(
    title: str, words: str, found: npt.NDArray[np.bool_], differing: npt.NDArray[np.bool_], theirs: int
) -> str:
    """Say what was joined; refuse where too many truths differ."""
    shared, other = int(found.sum()), int(differing.sum())
    if not shared:
        raise InputError(f"{quoted(title)} has none of these cases ({words})")
    if other > _MOST_OTHERS * shared:
        raise InputError(
            f"the truth of {quoted(title)} differs in {count(other)} of {count(shared)} cases "
            f"({share(other / shared)}; joined {words}): these are not the same cases"
        )
    whole = shared == len(found) == theirs
    told = f"all {count(shared)} cases are in both" if whole else (
        f"{count(shared)} of {count(len(found))} cases here and of {count(theirs)} there are in both"
    )  # fmt: skip
    more = f"; {count(other)} of them are left out, since their truths differ" if other else ""
    return f"{quoted(title)} is joined {words}: {told}{more}."
