"""Several labels: pairs of columns, or lists in a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evalcore.errors import InputError
from evalcore.inputs.columns.class_names import names_class
from evalcore.inputs.columns.lists import label_sets, list_separator
from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import LabelLayout, LabelScores, LongLabels, Rows
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.roles.binary.unit import kind_of
from evalcore.inputs.roles.figures import FigureColumns
from evalcore.inputs.roles.several.pairs import Target
from evalcore.wording import say

__all__ = [
    "LabelColumns",
    "find_label_columns",
    "find_lists",
    "settle_label_columns",
    "settle_labels_of_lists",
    "settle_labels_of_pairs",
    "settle_long_labels",
]

Profiles = Mapping[str, ColumnProfile]
_FAR_UP = 70


def settle_labels_of_pairs(
    profiles: Profiles,
    targets: tuple[Target, ...],
    rows: Rows,
    findings: Findings,
    models: tuple[LabelScores, ...] = (),
) -> LabelLayout:
    """Settle labels that each have a truth column and a score or a column of decisions.

    With `models`, several models have a score for each.

    Raises
    ------
    InputError
        Where no label has both.
    """
    scored = [each for each in targets if each.score]
    decided = [each for each in targets if each.predicted]
    used = scored if len(scored) >= len(decided) else decided
    if not used:
        raise InputError(messages.NO_PAIR)
    names = tuple(each.name for each in used)
    findings.decide(
        "truth", [each.truth for each in used], say(messages.LABEL_TRUTHS, labels=list(names)), 0.9
    )
    if used is scored:
        columns = tuple(each.score or "" for each in used)
        predicted = tuple(each.predicted for each in used if each.predicted)
        kinds = [kind_of(profiles[name]) for name in columns]
        kind = max(set(kinds), key=kinds.count)
        kind = "decision" if "decision" in kinds else kind
        if {*kinds} == {"decision"} and all(_is_share_of_100(profiles[name]) for name in columns):
            kind = "percent"
        findings.decide("score", columns, say(messages.LABEL_SCORES), 0.9)
        kept = predicted if len(predicted) == len(used) else ()
        name = models[0].name if models else messages.SCORES_NAME
        truths = tuple(each.truth for each in used)
        return LabelLayout(names, truths, columns, kept, kind, name, rows, models[1:])
    columns = tuple(each.predicted or "" for each in used)
    findings.decide("predicted label", columns, say(messages.LABEL_DECISIONS), 0.9)
    return LabelLayout(
        names, tuple(each.truth for each in used), (), columns, "hard_label", messages.DECISIONS_NAME, rows
    )


def _is_share_of_100(profile: ColumnProfile) -> bool:
    """Whether numbers fill the range from 0 to 100: of several columns alike, these are percentages."""
    return profile.low >= 0 and _FAR_UP < profile.high <= 100


def settle_long_labels(
    profiles: Profiles, long: LongLabels, columns: FigureColumns, findings: Findings
) -> LabelLayout:
    """Settle labels that stand below each other: a row for each case and label."""
    kinds = {kind_of(profiles[name]) for name in columns.scores}
    kind = kinds.pop() if len(kinds) == 1 else "decision" if kinds else "hard_label"
    labels = tuple(dict.fromkeys(str(label).strip() for label in profiles[long.label].column))
    name = columns.scores[0] if columns.scores else columns.predictions[0]
    ask = say(messages.ASK_LABELS, column=long.label)
    findings.ask("task", ask, ["multilabel", "binary"])
    return LabelLayout(
        labels, (columns.truth or "",), columns.scores, columns.predictions[:1], kind, name, long=long
    )


def find_lists(profiles: Profiles, stated: Stated) -> tuple[str, str | None, str | None] | None:
    """Find columns of lists: the truth, the decisions, the scores.

    Returns
    -------
    tuple of (truth, decisions, scores), or None
    """

    def is_list(profile: ColumnProfile) -> bool:
        if profile.kind == "list":
            return True
        return (
            profile.kind == "text"
            and profile.reading.role in ("truth", "prediction")
            and bool(list_separator(profile.sample.iloc[:500]))
        )

    lists = [each for each in profiles.values() if is_list(each)]
    truth = next(
        (
            each.name
            for each in lists
            if each.name in stated.truths or (each.reading.role == "truth" and not _same_throughout(each))
        ),
        None,
    )
    decided = next((each.name for each in lists if each.reading.role == "prediction"), None)
    scores = next((each.name for each in lists if each.reading.role == "score"), None)
    if truth is None or (decided is None and scores is None):
        return None
    return truth, decided, scores


def _same_throughout(profile: ColumnProfile) -> bool:
    """Whether every cell lists the same: the names of the classes, not what is true."""
    cells = {str(value) for value in profile.sample.iloc[:500].tolist()}
    return len(cells) == 1 and len(profile.sample) > 1


def settle_labels_of_lists(
    profiles: Profiles, found: tuple[str, str | None, str | None], rows: Rows, findings: Findings
) -> LabelLayout:
    """Settle labels that stand as lists in the cells.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> profiles = profile_table(pd.DataFrame({"label": ["[a, b]", "[a]"], "pred": ["[a]", "[b]"]}))
    >>> settle_labels_of_lists(profiles, ("label", "pred", None), Rows(), Findings()).labels
    ('a', 'b')
    """
    truth, decided, scores = found
    columns = [truth, *([decided] if decided else [])]
    separators = [list_separator(profiles[name].sample.iloc[:500]) for name in columns]
    labels, _ = label_sets([profiles[name].column for name in columns], separators)
    findings.decide("truth", [truth], messages.LISTS_OF_LABELS, 0.9)
    layout = LabelLayout(
        labels, (truth,), (), (decided,) if decided else (), "hard_label", decided or "", rows
    )
    if scores:
        findings.decide("score", [scores], messages.LISTS_OF_NUMBERS, 0.8)
        return replace(layout, scores=(scores,), kind="probability", name=scores)
    findings.decide("predicted label", [decided], messages.LISTS_OF_LABELS, 0.9)
    return layout


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
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> from evalcore.predictions.evaluation import Roles
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
    findings.decide("score", every, say(messages.LABEL_SCORES), 0.9)
    kinds = {kind_of(profiles[name]) for name in every}
    kind = kinds.pop() if len(kinds) == 1 else "decision"
    return LabelLayout(found.labels, (found.truth,), first.columns, (), kind, first.name, rows, tuple(others))
