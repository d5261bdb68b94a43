"""The same case more than once: over models, folds or epochs. Pooling such rows is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.columns.words import REPETITION
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import Keep, LongLayout
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.roles.structure import Structure
from evalcore.wording import say

__all__ = ["Arrangement", "find_arrangement"]

Profiles = Mapping[str, ColumnProfile]
_NEARLY_ALL = 0.95
_LOOKED_UP = 256


@dataclass(frozen=True)
class Arrangement:
    """How the rows are to be taken.

    Parameters
    ----------
    keep : tuple of Keep
        The only epoch, fold or split that is evaluated.
    long : LongLayout or None
        Where models (or folds that judged the same cases) stand below each other.
    """

    keep: tuple[Keep, ...] = ()
    long: LongLayout | None = None


def _codes(profiles: Profiles, names: list[str]) -> npt.NDArray[np.int64]:
    """One number for each combination of the columns' values."""
    codes = np.zeros(len(next(iter(profiles.values())).column), dtype=np.int64)
    for name in names:
        found, uniques = pd.factorize(profiles[name].column, use_na_sentinel=False)
        codes = codes * (len(uniques) + 1) + found
        codes = pd.factorize(codes)[0].astype(np.int64)
    return codes


def _told_apart(profiles: Profiles, unit: list[str], by: list[str], rows: npt.NDArray[np.bool_]) -> bool:
    """Whether the unit is repeated, and each repetition has other values of `by`."""
    units, cases = _count(profiles, unit, rows), _count(profiles, [*unit, *by], rows)
    return bool(units < _NEARLY_ALL * rows.sum() and cases >= _NEARLY_ALL * rows.sum())


def _count(profiles: Profiles, names: list[str], rows: npt.NDArray[np.bool_]) -> int:
    """How many different combinations of the columns' values the rows hold."""
    return int(pd.unique(_codes(profiles, names)[rows]).size)


def _unit(structure: Structure, profiles: Profiles) -> list[str]:
    """The column that names the case, where cases come more than once: a few are looked up in all rows."""
    named = (profiles[name] for name in (structure.id, structure.image) if name)
    unit = next((each for each in named if each.kind in ("text", "number")), None)
    if unit is None:
        return []
    if _counts_upwards(unit.column):
        return []
    few = unit.sample.iloc[:: max(1, len(unit.sample) // _LOOKED_UP)].drop_duplicates()
    again = int(unit.column.isin(few).sum())
    return [unit.name] if again > 1.02 * len(few) else []


def _counts_upwards(column: pd.Series) -> bool:
    """Whether whole numbers rise from row to row, as most ids do: none comes twice, and none need be looked up."""
    if not (isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu"):
        return False
    values = column.to_numpy()
    return bool((values[1:] > values[:-1]).all())


def _last(profile: ColumnProfile, rows: npt.NDArray[np.bool_]) -> str:
    """The epoch that people mean: the one called best or final, else the last."""
    codes = profile.codes
    places = np.unique(codes.codes[rows & (codes.codes >= 0)]).tolist()
    present: list[str] = [codes.labels[int(place)] for place in places]
    for word in ("best", "final", "last"):
        for label in present:
            if word in label.casefold():
                return label
    return present[-1]


def find_arrangement(
    profiles: Profiles, structure: Structure, truth: str, stated: Stated, findings: Findings
) -> Arrangement:
    """Find out whether cases come more than once, and how to take the rows.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    structure : Structure
    truth : str
    stated : Stated
    findings : Findings
        Gets the question which epoch is meant, and warnings.

    Returns
    -------
    Arrangement
    """
    keep = _stated_keep(stated)
    rows = np.ones(len(profiles[truth].column), dtype=bool)
    for each in keep:
        codes = profiles[each.column].codes
        rows &= codes.codes == codes.position(each.value)
    unit = _unit(structure, profiles)
    arrangement = Arrangement(keep)
    kept_columns = {each.column for each in keep}
    epoch = structure.epoch
    if epoch and epoch not in kept_columns and not _all_rows(stated, "epoch"):
        arrangement, rows = _choose_epoch(profiles, structure, truth, unit, arrangement, rows, findings)
    if structure.model:
        long = _by_model(profiles, structure, truth, unit, rows)
        if long is not None:
            findings.decide("model", [structure.model], messages.LONG_MODELS, 0.9)
            return replace(arrangement, long=long)
        return _choose_model(profiles[structure.model], arrangement, rows, findings)
    fold = structure.fold
    if fold and unit and fold not in kept_columns and _told_apart(profiles, unit, [fold], rows):
        if _same_truth(profiles, unit, truth, rows):
            findings.warn(say(messages.FOLDS_AS_MODELS, column=fold, unit=unit[0]))
            return replace(arrangement, long=LongLayout(fold, tuple(unit), prefix="fold "))
        findings.warn(say(messages.POOLED, column=fold, unit=unit[0]))
    other = _repeated_by_another(profiles, structure, truth, unit, rows)
    if (
        not unit
    ):  # a number of each row beside the case's own name hides that a case comes again with each seed
        for name in _other_ids(profiles, structure):
            seed = _repeated_by_another(profiles, structure, truth, [name], rows)
            if seed is not None and set(profiles[seed].reading.words) & REPETITION:
                unit, other = [name], seed
                break
    if other is not None and not keep:
        findings.warn(say(messages.FOLDS_AS_MODELS, column=other, unit=unit[0]))
        return replace(arrangement, long=LongLayout(other, tuple(unit), prefix=f"{other} "))
    _warn_of_the_rest(profiles, structure, unit, rows, findings)
    return arrangement


def _repeated_by_another(
    profiles: Profiles, structure: Structure, truth: str, unit: list[str], rows: npt.NDArray[np.bool_]
) -> str | None:
    """A column (a tuning parameter, a seed) of which every case comes once with each value."""
    if not unit or truth == unit[0]:
        return None
    units = _count(profiles, unit, rows)
    if units >= _NEARLY_ALL * rows.sum():
        return None
    for profile in profiles.values():
        free = profile.name not in structure.columns and profile.reading.role not in (
            "truth",
            "score",
            "prediction",
        )
        if not free or not profile.labelled or profile.missing or not 2 <= profile.distinct <= 50:
            continue
        full = profile.distinct * units == rows.sum()
        if (
            full
            and _told_apart(profiles, unit, [profile.name], rows)
            and _same_truth(profiles, unit, truth, rows)
        ):
            return profile.name
    return None


def _other_ids(profiles: Profiles, structure: Structure) -> list[str]:
    """Columns that are called an id beside the one that was taken."""
    return [
        each.name
        for each in profiles.values()
        if each.reading.role == "id" and each.name not in structure.columns and each.distinct > 2
    ]


def _all_rows(stated: Stated, role: str) -> bool:
    choice = stated.choice(role)
    return choice is not None and choice.value == messages.ALL_ROWS


def _stated_keep(stated: Stated) -> tuple[Keep, ...]:
    choices = (stated.choice(role) for role in ("epoch", "split", "fold", "model"))
    return tuple(
        Keep(each.column, each.value)
        for each in choices
        if each and each.value and each.value != messages.ALL_ROWS
    )


def _choose_epoch(
    profiles: Profiles, structure: Structure, truth: str, unit: list[str], arrangement: Arrangement,
    rows: npt.NDArray[np.bool_], findings: Findings,
) -> tuple[Arrangement, npt.NDArray[np.bool_]]:  # fmt: skip
    """Of several epochs or snapshots of the same cases, take the one that people mean."""
    epoch = profiles[structure.epoch or ""]
    others = [name for name in (structure.fold, structure.model) if name]
    if unit:
        repeated = _told_apart(profiles, unit, [epoch.name, *others], rows)
        repeated = repeated and not (others and _told_apart(profiles, unit, others, rows))  # by these alone
    else:
        repeated = _same_sequence(profiles[truth], epoch, rows)
    if not repeated:
        return arrangement, rows
    chosen = _last(epoch, rows)
    options = [f"{epoch.name}={label}" for label in (chosen, *(x for x in epoch.codes.labels if x != chosen))]
    text = say(messages.ASK_EPOCH, column=epoch.name, value=chosen, unit=unit[0] if unit else "case")
    findings.ask("epoch", text, [*options[:20], f"{epoch.name}={messages.ALL_ROWS}"])
    findings.warn(say(messages.ONE_EPOCH, column=epoch.name, value=chosen))
    keep = (*arrangement.keep, Keep(epoch.name, chosen))
    return replace(arrangement, keep=keep), rows & (epoch.codes.codes == epoch.codes.position(chosen))


def _same_truth(profiles: Profiles, unit: list[str], truth: str, rows: npt.NDArray[np.bool_]) -> bool:
    """Whether every case has one truth over all its rows."""
    units = _count(profiles, unit, rows)
    return _count(profiles, [*unit, truth], rows) <= units * 1.01


def _by_model(
    profiles: Profiles, structure: Structure, truth: str, unit: list[str], rows: npt.NDArray[np.bool_]
) -> LongLayout | None:
    model = structure.model or ""
    codes = profiles[model].codes
    present = np.unique(codes.codes[rows & (codes.codes >= 0)])
    extra = [name for name in (structure.fold, structure.split) if name]
    for key in ([*unit], [*unit, *extra]):
        if (
            key
            and len(present) > 1
            and _told_apart(profiles, key, [model], rows)
            and _same_truth(profiles, key, truth, rows)
        ):
            return LongLayout(model, tuple(key))
    if len(present) == 1 or _same_sequence(profiles[truth], profiles[model], rows):
        return LongLayout(model)
    return None


def _same_sequence(truth: ColumnProfile, by: ColumnProfile, rows: npt.NDArray[np.bool_]) -> bool:
    """Whether the truth runs the same for every value of `by`: the same cases in the same order."""
    codes = by.codes.codes
    truths = [truth.codes.codes[rows & (codes == each)] for each in np.unique(codes[rows & (codes >= 0)])]
    return len(truths) > 1 and all(np.array_equal(truths[0], each) for each in truths[1:])


def _choose_model(
    model: ColumnProfile, arrangement: Arrangement, rows: npt.NDArray[np.bool_], findings: Findings
) -> Arrangement:
    """Models that judged different cases cannot stand side by side: take the one with the most rows."""
    codes = model.codes
    counts = np.bincount(codes.codes[rows & (codes.codes >= 0)], minlength=len(codes.labels))
    order = [codes.labels[i] for i in np.argsort(-counts, kind="stable") if counts[i]]
    if not order:
        return arrangement
    text = say(messages.ASK_MODEL, column=model.name, value=order[0])
    findings.ask("model", text, [f"{model.name}={label}" for label in order[:20]])
    return replace(arrangement, keep=(*arrangement.keep, Keep(model.name, order[0])))


def _warn_of_the_rest(
    profiles: Profiles, structure: Structure, unit: list[str], rows: npt.NDArray[np.bool_], findings: Findings
) -> None:
    split = structure.split
    if split:
        labels = {label.casefold() for label in profiles[split].codes.labels}
        if labels & {"train", "training"} and len(labels) > 1:
            findings.warn(say(messages.TRAINING_ROWS, column=split))
            chosen = [f"{split}={label}" for label in profiles[split].codes.labels]
            findings.ask("split", say(messages.ASK_SPLIT, column=split), [split, *chosen])
    if unit and rows.sum() > 1:
        units = _count(profiles, unit, rows)
        if units < _NEARLY_ALL * rows.sum():
            findings.warn(say(messages.REPEATED_UNIT, column=unit[0], count=int(rows.sum() - units)))
