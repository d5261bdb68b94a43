"""Labels listed in the truth's cells, with a column of scores for each label beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalcore.inputs import messages
from evalcore.inputs.class_columns import names_class
from evalcore.inputs.column_profile import ColumnProfile
from evalcore.inputs.findings import Findings
from evalcore.inputs.label_lists import label_sets, list_separator
from evalcore.inputs.layouts import LabelLayout, LabelScores, Rows
from evalcore.inputs.score_kind import kind_of
from evalcore.inputs.stated import Stated

__all__ = ["LabelColumns", "find_label_columns", "settle_label_columns"]

Profiles = Mapping[str, ColumnProfile]


@dataclass(frozen=True)
class LabelColumns:
    """A column of lists, and the columns that score its labels.

    Parameters
    ----------
    truth : str
    labels : tuple of str
        Those that have a column, in the file's order.
    models : tuple of LabelScores
        At least one; a column for each label in each.
    """

    truth: str
    labels: tuple[str, ...]
    models: tuple[LabelScores, ...]


def find_label_columns(profiles: Profiles, stated: Stated) -> LabelColumns | None:
    """Find a truth of lists such as `Mass|Nodule` whose labels have columns of scores.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    stated : Stated

    Returns
    -------
    LabelColumns or None

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.column_profile import profile_table
    >>> from evalcore.inputs.evaluation import Roles
    >>> table = pd.DataFrame({"labels": ["a|b", "a", "b"], "p_a": [0.9, 0.8, 0.3], "p_b": [0.7, 0.1, 0.6]})
    >>> find_label_columns(profile_table(table), Stated(Roles(), tuple(table))).labels
    ('a', 'b')
    """
    for truth in profiles.values():
        listed = truth.reading.role == "truth" or truth.name in stated.truths
        if not listed or truth.kind not in ("text", "list"):
            continue
        separator = list_separator(truth.sample.iloc[:500])
        if truth.kind == "text" and not separator:
            continue
        labels, sets = label_sets([truth.sample], [separator])
        if (sets[0] == sets[0][:1]).all():
            continue  # all labels in every row: the names that go with a list of scores
        found = _columns_of(profiles, truth.name, labels)
        if found is not None:
            return found
    return None


def _columns_of(profiles: Profiles, truth: str, labels: tuple[str, ...]) -> LabelColumns | None:
    models: dict[str, dict[str, str]] = {}
    for each in profiles.values():
        spoken = names_class(each.name, labels) if each.kind == "number" and each.distinct > 2 else None
        if spoken is not None:
            models.setdefault(spoken[1], {}).setdefault(spoken[0], each.name)
    complete = next(iter(sorted(models.values(), key=len, reverse=True)), {})
    if len(complete) < 2:
        return None
    named = tuple(complete)
    scores = tuple(
        LabelScores(model or messages.SCORES_NAME, tuple(columns[label] for label in named))
        for model, columns in models.items()
        if columns.keys() == complete.keys()
    )
    return LabelColumns(truth, named, scores)


def settle_label_columns(
    profiles: Profiles, found: LabelColumns, rows: Rows, findings: Findings
) -> LabelLayout:
    """Settle labels that stand as lists in the truth and as columns in the scores."""
    findings.decide("truth", [found.truth], messages.LISTS_OF_LABELS, 0.9)
    first, *others = found.models
    every = [name for model in found.models for name in model.columns]
    findings.decide("score", every, messages.say(messages.LABEL_SCORES), 0.9)
    kinds = {kind_of(profiles[name]) for name in every}
    kind = kinds.pop() if len(kinds) == 1 else "decision"
    return LabelLayout(found.labels, (found.truth,), first.columns, (), kind, first.name, rows, tuple(others))
