"""How the rows of two columns agree: on a sample, and each pair looked at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.columns.association import label_association, rank_auc
from evalcore.inputs.columns.decided import follows_from
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, sample_positions
from evalcore.inputs.columns.spelling import LabelCodes, encode_labels, is_unknown, match_labels
from evalcore.inputs.plan import messages
from evalcore.wording import say

__all__ = [
    "RowAgreement",
    "against_the_rest",
    "chance_bond",
    "goes_with",
    "is_about",
    "known_labels",
    "same_cells",
    "same_classes",
    "without_marks",
]

_MOST_PARTNERS = 24
_MOST_CLASSES = 10
_MARKED = ("-1", "0", "1")


def known_labels(profile: ColumnProfile) -> tuple[str, ...]:
    """Labels of a truth column without those that say "not known" beside two classes."""
    labels = profile.codes.labels
    known = tuple(label for label in labels if not is_unknown(label))
    return known if len(known) == 2 < len(labels) else labels


def sampled_codes(profile: ColumnProfile) -> LabelCodes:
    """Labels of the sampled rows only: many columns are tried."""
    return encode_labels(profile.column.iloc[sample_positions(len(profile.column))])


def goes_with(truth: ColumnProfile, other: ColumnProfile) -> float:
    """Strength from 0 to 1 with which a column ranks or repeats the truth, on the sampled rows.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> profiles = profile_table(pd.DataFrame({"y": [0, 0, 1, 1], "p": [0.1, 0.2, 0.8, 0.9]}))
    >>> goes_with(profiles["y"], profiles["p"])
    1.0
    """
    positions = sample_positions(len(truth.column))
    found = sampled_codes(truth)
    if other.continuous and not (other.labelled and other.reading.role == "prediction"):
        return _rank_strength(found.codes, as_numbers(other.column.iloc[positions]), len(found.labels))
    if other.labelled:
        return label_association(found.codes, sampled_codes(other).codes)
    return 0.0


def _rank_strength(codes: npt.NDArray[np.intp], numbers: npt.NDArray[np.float64], labels: int) -> float:
    found = [
        abs(2 * rank_auc((codes == label)[codes >= 0], numbers[codes >= 0]) - 1)
        for label in range(min(labels, _MOST_CLASSES))
    ]
    return float(np.nanmax(found)) if found and not np.isnan(found).all() else 0.0


def chance_bond(truth: ColumnProfile, tries: int) -> float:
    """How strongly the best of several numbers that have nothing to do with two classes ranks them, about.

    The standard deviation of a rank statistic, times what the largest of so many normal numbers comes to.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> truth = profile_table(pd.DataFrame({"y": [0, 1] * 50}))["y"]
    >>> chance_bond(truth, 1), round(chance_bond(truth, 12), 2)
    (0.0, 0.26)
    """
    codes = sampled_codes(truth).codes
    counts = np.bincount(codes[codes >= 0], minlength=2)
    if tries < 2 or counts.size != 2 or not counts.all():
        return 0.0
    return float(2 * np.sqrt((counts.sum() + 1) / (12 * counts.prod())) * np.sqrt(2 * np.log(tries)))


def is_about(prediction: ColumnProfile, candidate: ColumnProfile) -> bool:
    """Whether a prediction is called after a column: `churn_probability` after `Churn`."""
    subject = candidate.reading.subject
    return bool(subject) and f" {subject} " in f" {prediction.reading.subject} "


def same_cells(first: ColumnProfile, second: ColumnProfile) -> bool:
    """Whether two columns hold the same class in every row."""
    return first.codes.labels == second.codes.labels and bool((first.codes.codes == second.codes.codes).all())


def same_classes(first: ColumnProfile, second: ColumnProfile) -> bool:
    """Whether most labels of the second column are classes of the first."""
    match = match_labels(first.codes.labels, second.codes.labels)
    return match.how != "none" and len(match.strangers) < len(second.codes.labels) / 2


def without_marks(
    truth: ColumnProfile, scores: list[ColumnProfile], predictions: list[ColumnProfile]
) -> ColumnProfile:
    """Take -1 beside 0 and 1 as the mark of a row without a truth, where nothing predicts it.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> profiles = profile_table(pd.DataFrame({"y": [0, 1, -1, 1], "p": [0.1, 0.9, 0.5, 0.8]}))
    >>> without_marks(profiles["y"], [profiles["p"]], []).codes.labels
    ('0', '1')
    """
    if truth.codes.labels != _MARKED or len(scores) > 2 or not (scores or predictions):
        return truth
    if any("-1" in each.codes.labels for each in predictions):
        return truth
    column = truth.column.where(as_numbers(truth.column) >= 0)
    return replace(truth, column=column, sample=truth.sample[as_numbers(truth.sample) >= 0])


def against_the_rest(truth: ColumnProfile, label: str) -> ColumnProfile:
    """Take one class against all others together.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> profile = profile_table(pd.DataFrame({"y": [0, 1, -1, None]}))["y"]
    >>> against_the_rest(profile, "1").column.tolist()
    ['not 1', '1', 'not 1', None]
    """
    codes = truth.codes
    place = codes.position(label)
    if place < 0:
        raise InputError(
            say(messages.NO_SUCH_VALUE, column=truth.name, value=label, labels=list(codes.labels))
        )
    names = [None, label, f"not {label}"]
    told = [0 if code < 0 else 1 if code == place else 2 for code in codes.codes.tolist()]
    column = pd.Series(
        [names[each] for each in told], truth.column.index, dtype=object, name=truth.column.name
    )
    sample = column.iloc[sample_positions(len(column))].dropna()
    return replace(truth, column=column, sample=sample, kind="text")


@dataclass(eq=False)
class RowAgreement:
    """Remembers how pairs of columns agree while readings of one table are compared.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> profiles = profile_table(pd.DataFrame({"y": [0, 0, 1, 1], "p": [0.1, 0.2, 0.8, 0.9]}))
    >>> RowAgreement().best(profiles["y"], [profiles["p"]])
    1.0
    """

    _bonds: dict[tuple[str, str], float] = field(default_factory=dict)
    _cuts: dict[tuple[str, tuple[str, ...]], bool] = field(default_factory=dict)

    def bond(self, truth: ColumnProfile, other: ColumnProfile) -> float:
        """`goes_with`, looked at once."""
        key = (truth.name, other.name)
        if key not in self._bonds:
            self._bonds[key] = goes_with(truth, other)
        return self._bonds[key]

    def best(self, truth: ColumnProfile, others: Sequence[ColumnProfile]) -> float:
        """The strongest bond with any of the columns; of very many, some are looked at."""
        step = max(1, len(others) // _MOST_PARTNERS)
        found = (self.bond(truth, each) for each in others[::step] if each.name != truth.name)
        return max(found, default=0.0)

    def follows(self, candidate: ColumnProfile, scores: Sequence[ColumnProfile]) -> bool:
        """`follows_from`, looked at once."""
        key = (candidate.name, tuple(each.name for each in scores))
        if key not in self._cuts:
            self._cuts[key] = follows_from(candidate, scores)
        return self._cuts[key]

    def fits(
        self, truth: ColumnProfile, scores: Sequence[ColumnProfile], decisions: Sequence[ColumnProfile]
    ) -> bool:
        """Whether scores or decisions can be about the truth's classes."""
        labels = sampled_codes(truth).labels
        known = 2 if labels == _MARKED else sum(not is_unknown(label) for label in labels)
        if scores and (known <= 2 or len(scores) >= len(labels)):
            return True
        return any(
            same_classes(truth, each) or (each.distinct <= 2 and not scores) or self._coded(truth, each)
            for each in decisions
        )

    def repeats(self, truth: ColumnProfile, other: ColumnProfile) -> float:
        """How often both hold the same class, beyond chance: Cohen's kappa on the sampled rows.

        Unlike `bond`, it does not rise by chance where there are many classes.
        """
        one, two = sampled_codes(truth), sampled_codes(other)
        match = match_labels(one.labels, two.labels)
        index = {label: place for place, label in enumerate(one.labels)}
        places = np.array([index.get(match.mapping.get(each, ""), -1) for each in two.labels] or [-1])
        known = (one.codes >= 0) & (two.codes >= 0)
        if not known.any():
            return 0.0
        first, second = one.codes[known], places[two.codes[known]]
        count = len(one.labels)
        shares = np.bincount(first, minlength=count) / first.size
        said = np.bincount(second[second >= 0], minlength=count) / first.size
        chance = float(shares @ said)
        return float((first == second).mean() - chance) / (1 - chance) if chance < 1 else 0.0

    def _coded(self, truth: ColumnProfile, decisions: ColumnProfile) -> bool:
        """Whether decisions tell the classes in a coding of their own."""
        return decisions.distinct <= truth.distinct and self.bond(truth, decisions) > 0.3
