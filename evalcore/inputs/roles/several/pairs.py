"""Interleaved pairs: several truths in one table, each with a score or prediction about the same subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.names import read_name, words_of
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, sample_positions
from evalcore.inputs.columns.spelling import polarity
from evalcore.inputs.plan.layouts import LabelScores

__all__ = ["Target", "Targets", "find_targets"]

Profiles = Mapping[str, ColumnProfile]
_NEARLY_ALL = 0.98
_FEW_LABELS = 4
_WHOLE = 100


@dataclass(frozen=True)
class Target:
    """One subject with its truth.

    Parameters
    ----------
    name : str
        What the columns are about.
    truth : str
    score, predicted : str or None
        At least one of them.
    """

    name: str
    truth: str
    score: str | None
    predicted: str | None

    @property
    def columns(self) -> tuple[str, ...]:
        """All its columns."""
        return tuple(name for name in (self.truth, self.score, self.predicted) if name)


@dataclass(frozen=True)
class Targets:
    """All pairs of a table, and how they belong together.

    Parameters
    ----------
    targets : tuple of Target
    relation : str
        "same truth" (several models), "two sides" (one event seen from both sides), "one of them" (classes:
        exactly one applies to each row) or "any of them" (labels).
    models : tuple of LabelScores
        Where several models each have a score for every truth: their columns, in the order of the targets.
    """

    targets: tuple[Target, ...]
    relation: Literal["same truth", "two sides", "one of them", "any of them"]
    models: tuple[LabelScores, ...] = ()


def _subject(profile: ColumnProfile) -> str:
    return profile.reading.subject


def _two_valued(profile: ColumnProfile) -> bool:
    """0/1, true/false, yes/no, with at most a third value for what is not known."""
    if profile.kind == "boolean":
        return True
    if profile.kind == "text":
        said = {polarity(str(label)) for label in profile.sample.unique()[:_FEW_LABELS]}
        return profile.distinct == 2 and len(said) == 2 and 0 not in said
    values = set(np.unique(profile.numbers).tolist()) if profile.kind == "number" else set()
    return bool(values) and (values <= {0.0, 1.0, 0.5} or values <= {-1.0, 0.0, 1.0})


def find_targets(profiles: Profiles, taken: Iterable[str]) -> Targets | None:
    """Find interleaved pairs such as `x_prob`/`x_outcome`.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    taken : iterable of str
        Columns that have another role.

    Returns
    -------
    Targets or None
        None where there are fewer than two pairs.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"a_prob": [0.2, 0.9, 0.5], "a_label": [0, 1, 1], "b_prob": [0.3, 0.1, 0.6],
    ...                       "b_label": [0, 0, 1]})
    >>> [target.name for target in find_targets(profile_table(table), []).targets]
    ['a', 'b']
    """
    skipped = set(taken)
    free = [each for each in profiles.values() if each.name not in skipped]
    spoken: dict[str, dict[str, str]] = {}
    for each in free:
        role = each.reading.role
        if (
            not _subject(each)
            or role not in ("score", "prediction")
            or each.kind not in ("number", "boolean")
        ):
            continue
        decided = each.distinct <= 2 and (role == "prediction" or _two_valued(each))
        spoken.setdefault(_subject(each), {}).setdefault("predicted" if decided else "score", each.name)
    _add_bare_scores(free, spoken)
    scored = {
        profiles[name].name: subject for subject, columns in spoken.items() for name in columns.values()
    }
    truths: dict[str, str] = {}
    for each in free:
        named = each.reading.role == "truth" and _subject(each)
        subject = _subject(each) if named else _bare(each.name, scored) or " ".join(each.reading.words)
        bare = not each.reading.role and subject in spoken
        if (named or bare) and _two_valued(each) and each.name not in spoken.get(subject, {}).values():
            truths.setdefault(subject, each.name)
    targets = tuple(
        Target(
            _written(subject, truth), truth, spoken[subject].get("score"), spoken[subject].get("predicted")
        )
        for subject, truth in truths.items()
        if subject in spoken
    )
    if len(targets) < 2:
        return _of_several_models(profiles, spoken, truths)
    return Targets(_ordered(targets, profiles), _relation(targets, profiles))


def _add_bare_scores(free: list[ColumnProfile], spoken: dict[str, dict[str, str]]) -> None:
    """Probabilities called by their subject alone, beside a truth about each: `rain` and `rain_outcome`."""
    truths = {_subject(each) for each in free if each.reading.role == "truth" and _two_valued(each)}
    bare = {
        " ".join(each.reading.words): each
        for each in free
        if each.kind == "number" and each.distinct > 2 and _is_share(each) and not each.reading.role
    }
    both = truths & bare.keys() - spoken.keys()
    if len(both) > 1:
        for subject in both:
            spoken[subject] = {"score": bare[subject].name}


def _is_share(profile: ColumnProfile) -> bool:
    """Whether numbers can be probabilities, or percentages."""
    return profile.in_unit or (profile.low >= 0 and profile.high <= _WHOLE and profile.distinct > _FEW_LABELS)


def _bare(name: str, scored: Mapping[str, str]) -> str:
    """The subject of the score that is called `name` and no more than a word for its role."""
    for column, subject in scored.items() if name else ():
        start, _, rest = column.casefold().partition(name.casefold())
        if start + rest != column.casefold() and not read_name(start + rest).subject and (start or rest):
            return subject
    return ""


def _of_several_models(
    profiles: Profiles, spoken: Mapping[str, Mapping[str, str]], truths: Mapping[str, str]
) -> Targets | None:
    """Scores whose subject is a model and a truth's subject (`resnet nodule`), for every truth."""
    models: dict[str, dict[str, str]] = {}
    for subject, columns in spoken.items():
        about = [each for each in truths if f" {each} " in f" {subject} "]
        name = columns.get("score")
        if about and name:
            truth = max(about, key=len)
            model = " ".join(f" {subject} ".replace(f" {truth} ", " ", 1).split())
            models.setdefault(model, {})[truth] = name
    complete = {model: found for model, found in models.items() if found.keys() == truths.keys()}
    if len(truths) < 2 or not complete:
        return None
    first = next(iter(complete.values()))
    targets = _ordered(
        tuple(
            Target(_written(subject, truth), truth, first[subject], None) for subject, truth in truths.items()
        ),
        profiles,
    )
    subjects = {truth: subject for subject, truth in truths.items()}
    scores = tuple(
        LabelScores(model, tuple(found[subjects[each.truth]] for each in targets))
        for model, found in complete.items()
    )
    relation = _relation(targets, profiles)
    return None if relation in ("same truth", "two sides") else Targets(targets, relation, scores)


def _written(subject: str, truth: str) -> str:
    """The subject as the truth column writes it: `Atelectasis` of `Atelectasis_true`, not `atelectasis`."""
    if not read_name(truth).role:
        return truth
    ends = [found.span() for found in re.finditer(r"[^\W_]+", truth)]
    for start, _ in ends:
        for _, stop in reversed(ends):
            if stop > start and " ".join(words_of(truth[start:stop])) == subject:
                return truth[start:stop]
    return subject


def _ordered(targets: tuple[Target, ...], profiles: Profiles) -> tuple[Target, ...]:
    return tuple(sorted(targets, key=lambda each: min(profiles[name].position for name in each.columns)))


def _values(profiles: Profiles, names: Iterable[str]) -> npt.NDArray[np.float64]:
    names = list(names)
    positions = sample_positions(len(profiles[names[0]].column))
    return np.column_stack(
        [_numbers(profiles[name].kind, profiles[name].column.iloc[positions]) for name in names]
    )


def _numbers(kind: str, column: pd.Series) -> npt.NDArray[np.float64]:
    """Numbers as they are; yes and no as 1 and 0."""
    if kind != "text":
        return as_numbers(column)
    said = {label: polarity(str(label)) for label in column.dropna().unique()}
    numbers = column.map({label: np.nan if sign == 0 else float(sign > 0) for label, sign in said.items()})
    return np.asarray(numbers, dtype=np.float64)


def _relation(
    targets: tuple[Target, ...], profiles: Profiles
) -> Literal["same truth", "two sides", "one of them", "any of them"]:
    truths = _values(profiles, (each.truth for each in targets))
    truths = truths[~np.isnan(truths).any(axis=1)]
    if not len(truths):
        return "any of them"
    if (truths == truths[:, :1]).all():
        return "same truth"
    if (np.abs(truths.sum(axis=1) - 1) < 1e-9).mean() < _NEARLY_ALL:
        return "any of them"
    return "two sides" if len(targets) == 2 else "one of them"
