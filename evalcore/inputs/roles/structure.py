"""Columns that carry no figures: id, image, fold, split, epoch, weight, model, groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.columns.words import SPLIT_VALUES
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.stated import Stated
from evalcore.wording import NONE, say

__all__ = ["Structure", "find_groups", "find_structure"]

Profiles = Mapping[str, ColumnProfile]
_FEW_ROWS = 20


@dataclass(frozen=True)
class Structure:
    """The columns that say which row it is, rather than what was predicted.

    Each field is a column's name or None, as in `Roles`.
    """

    id: str | None = None
    image: str | None = None
    fold: str | None = None
    split: str | None = None
    epoch: str | None = None
    weight: str | None = None
    model: str | None = None

    @property
    def columns(self) -> frozenset[str]:
        """All columns that are taken."""
        fields = (self.id, self.image, self.fold, self.split, self.epoch, self.weight, self.model)
        return frozenset(name for name in fields if name)


def _is_image(profile: ColumnProfile) -> bool:
    if profile.kind == "bytes":
        return True
    if profile.kind == "other" and len(profile.sample):
        first = profile.sample.iloc[0]
        return isinstance(first, dict) and "bytes" in first
    return profile.files


def _is_split(profile: ColumnProfile) -> bool:
    if profile.kind != "text" or profile.distinct > 6 or not profile.labelled:
        return False
    labels = {str(value).strip().casefold() for value in profile.sample.unique()}
    return labels <= SPLIT_VALUES


def _is_fold(profile: ColumnProfile) -> bool:
    named = profile.reading.role == "fold" or (
        profile.reading.role == "split" and profile.kind == "number" and profile.integral
    )
    return named and profile.labelled and 2 <= profile.distinct <= 200


def _is_epoch(profile: ColumnProfile) -> bool:
    return profile.reading.role == "epoch" and profile.labelled and profile.distinct >= 2


def _is_model(profile: ColumnProfile) -> bool:
    return profile.reading.role == "model" and profile.labelled and 1 <= profile.distinct <= 500


def _is_weight(profile: ColumnProfile) -> bool:
    return (
        profile.reading.role == "weight"
        and profile.kind == "number"
        and profile.low >= 0
        and profile.high > 0
    )


def _looks_like_index(profile: ColumnProfile) -> bool:
    """Whether an integer column counts the rows."""
    return (
        profile.kind == "number"
        and profile.integral
        and profile.unique
        and profile.sample.is_monotonic_increasing
    )


def _id_strength(profile: ColumnProfile) -> float:
    reading = profile.reading
    if profile.kind == "number" and not profile.integral:
        return 0.0
    if profile.kind in ("time", "bytes", "list", "other", "empty", "boolean"):
        return 0.0
    if reading.role == "id" and (profile.unique or not profile.labelled or profile.distinct > 50):
        return reading.strength + (0.1 if profile.unique else 0.0) - 0.05 * (profile.position > 0)
    if reading.role == "id" and profile.kind == "text":
        return 0.4 if profile.distinct > 2 or profile.size <= _FEW_ROWS else 0.0  # "key": bonafide, spoof
    if _is_image(profile):
        return 0.45
    if (
        profile.position == 0
        and _looks_like_index(profile)
        and reading.role not in ("truth", "score", "prediction")
    ):
        return 0.6
    return 0.0


def _best(
    profiles: Profiles, strength: Callable[[ColumnProfile], float], taken: set[str]
) -> ColumnProfile | None:
    found = [(strength(each), -each.position, each) for each in profiles.values() if each.name not in taken]
    best = max(found, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] > 0 else None


def find_structure(profiles: Profiles, stated: Stated, findings: Findings) -> Structure:
    """Find the columns that carry no figures.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    stated : Stated
        What the caller said; it is taken as it is.
    findings : Findings
        Gets the decisions and questions.

    Returns
    -------
    Structure
    """
    taken = set(stated.claimed)
    settled: dict[str, str | None] = {}
    tests: tuple[tuple[str, Callable[[ColumnProfile], float], str], ...] = (
        ("split", _is_split, messages.SPLIT_BY_CONTENT),
        ("fold", _is_fold, messages.FOLD_BY_NAME),
        ("epoch", _is_epoch, messages.EPOCH_BY_NAME),
        ("model", _is_model, messages.MODEL_BY_NAME),
        ("weight", _is_weight, messages.WEIGHT_BY_NAME),
        ("image", _is_image, messages.IMAGE_BY_CONTENT),
        ("id", _id_strength, messages.ID_BY_NAME),
    )
    for role, test, reason in tests:
        if stated.says(role):
            settled[role] = stated.column(role)
            if settled[role]:
                findings.decide(role, [settled[role]], messages.STATED, 1.0)
            continue
        best = _best(profiles, test, taken)
        if best is None:
            settled[role] = None
            continue
        if role == "weight" and _doubtful_weight(best, profiles):
            findings.ask(role, say(messages.ASK_WEIGHT, column=best.name), [NONE, best.name])
            settled[role] = None
            continue
        settled[role] = best.name
        findings.decide(role, [best.name], say(reason, column=best.name), 0.9)
        if role == "weight":
            findings.ask(role, say(messages.ASK_WEIGHTED, column=best.name), [best.name, NONE])
        if role != "image":
            taken.add(best.name)
    return Structure(**settled)


def _doubtful_weight(profile: ColumnProfile, profiles: Profiles) -> bool:
    """A bare "weight" among other measurements may be the weight of a person or a parcel."""
    if profile.reading.strength > 0.6:
        return False
    features = [each for each in profiles.values() if each.continuous and not each.reading.role]
    return len(features) >= 2


def find_groups(profiles: Profiles, used: set[str], stated: Stated, findings: Findings) -> tuple[str, ...]:
    """Find columns with few values, by which the rows can be sliced."""
    if stated.roles.groups:
        findings.decide("group", list(stated.roles.groups), messages.STATED, 1.0)
        return stated.roles.groups
    groups = []
    for profile in profiles.values():
        if profile.name in used or not 2 <= profile.distinct <= 100:
            continue
        few = 60 if profile.kind == "text" else 12
        counted = profile.kind == "boolean" or (profile.kind == "number" and profile.integral)
        if (
            profile.distinct <= few
            and (profile.kind == "text" or counted)
            and len(profile.sample) >= 2 * profile.distinct
        ):
            groups.append(profile.name)
    if groups:
        findings.decide("group", groups, messages.GROUPS, 0.7)
    return tuple(groups)
