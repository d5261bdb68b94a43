"""Which column of a table is what, and why: from the columns to a layout that can be built."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.columns.profile import ColumnProfile, profile_table
from evalcore.inputs.columns.spelling import match_labels
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import (
    BinaryLayout,
    ClassLayout,
    LabelLayout,
    Layout,
    OutputLayout,
    Rows,
)
from evalcore.inputs.plan.stated import Stated, tidy
from evalcore.inputs.recognition.claims.families import class_family
from evalcore.inputs.recognition.evidence import Rival
from evalcore.inputs.recognition.readings import search_readings
from evalcore.inputs.recognition.refusals import regression
from evalcore.inputs.recognition.row_agreement import against_the_rest, known_labels, without_marks
from evalcore.inputs.roles.binary.binary import settle_binary
from evalcore.inputs.roles.binary.scores_alone import settle_scores_alone
from evalcore.inputs.roles.figures import FigureColumns, take_reading
from evalcore.inputs.roles.repeated import find_arrangement
from evalcore.inputs.roles.several.classes import settle_classes
from evalcore.inputs.roles.several.group_rivals import group_rivals
from evalcore.inputs.roles.several.pairs import Targets, find_targets
from evalcore.inputs.roles.structure import Structure, find_groups, find_structure
from evalcore.predictions.evaluation import Roles
from evalcore.predictions.tasks import Task
from evalcore.wording import say

__all__ = ["Settled", "read_roles", "settle_roles"]

Profiles = dict[str, ColumnProfile]


@dataclass(frozen=True)
class Settled:
    """What the columns were found to be.

    Parameters
    ----------
    layout : Layout
        How the predictions are built.
    roles : Roles
        All roles, enough to settle the same again.
    """

    layout: Layout
    roles: Roles


def settle_roles(
    table: pd.DataFrame, stated: Roles, findings: Findings, *, profiles: Profiles | None = None
) -> Settled:
    """Find what each column is for.

    Parameters
    ----------
    table : DataFrame
        With distinct names of type str.
    stated : Roles
        What the caller said; the rest is found.
    findings : Findings
        Gets decisions with reasons, questions and warnings.
    profiles : dict of str to ColumnProfile, optional
        The table's columns, where they are known already.

    Returns
    -------
    Settled

    Raises
    ------
    InputError
        Where the table holds nothing that can be evaluated.

    Examples
    --------
    >>> settled = settle_roles(pd.DataFrame({"y": [0, 1, 1], "p": [0.2, 0.9, 0.5]}), Roles(), Findings())
    >>> settled.roles.truth, settled.roles.scores, settled.roles.positive
    ('y', ('p',), '1')
    """
    return read_roles(table, stated, findings, profiles=profiles).settle()


def read_roles(
    table: pd.DataFrame, stated: Roles, findings: Findings, *, profiles: Profiles | None = None
) -> Rival[Settled]:
    """Find the best reading of a table of cases; nothing is told and nothing refused before it is taken up.

    Parameters
    ----------
    table : DataFrame
        With distinct names of type str.
    stated : Roles
        What the caller said; the rest is found.
    findings : Findings
        Gets decisions with reasons, questions and warnings where this reading is taken up.
    profiles : dict of str to ColumnProfile, optional
        The table's columns, where they are known already.

    Returns
    -------
    Rival

    Examples
    --------
    >>> read_roles(pd.DataFrame({"y": [0, 1, 1], "p": [0.2, 0.9, 0.5]}), Roles(), Findings()).reading.columns("scores")
    ('p',)
    """
    if not len(table):
        raise InputError(messages.NO_ROWS)
    known = profiles or profile_table(table)
    said = Stated(tidy(stated, tuple(known)), tuple(known))
    own = Findings()
    structure = find_structure(known, said, own)
    best = _best(known, structure, said, own)

    def settle() -> Settled:
        layout, columns = best.settle()
        settled = Settled(layout, _roles(layout, columns, structure, known, said, own))
        findings.extend(own)
        return settled

    return Rival(best.reading, settle)


def _best(
    profiles: Profiles, structure: Structure, said: Stated, findings: Findings
) -> Rival[tuple[Layout, FigureColumns]]:
    """The best of all readings, which settles the layout and the columns that the figures are made of."""
    targets = _targets(profiles, structure, said)
    rivals = group_rivals(profiles, structure, said, targets, findings)
    if not rivals or not (len(said.truths) > 1 or said.roles.task in ("multilabel", "multioutput")):
        floor = max((each.reading.score for each in rivals), default=float("-inf"))
        rivals.append(_of_one_truth(profiles, targets, structure, said, findings, floor))
    return max(rivals, key=lambda each: each.reading.score)


def _of_one_truth(
    profiles: Profiles,
    targets: Targets | None,
    structure: Structure,
    said: Stated,
    findings: Findings,
    floor: float,
) -> Rival[tuple[Layout, FigureColumns]]:
    """The best reading with one truth, or with none."""
    narrowed, hidden, reason = _narrowed(targets, said)
    search = search_readings(profiles, narrowed, structure.columns | set(hidden), floor)

    def settle() -> tuple[Layout, FigureColumns]:
        if reason:
            findings.decide("truth", narrowed.truths, reason, 0.85)
            findings.decide("ignored", hidden, reason, 0.85)
        columns = take_reading(profiles, narrowed, search, findings)
        return _settled(profiles, columns, structure, said, findings)

    return Rival(search.readings[0], settle)


def _narrowed(targets: Targets | None, said: Stated) -> tuple[Stated, tuple[str, ...], str]:
    """What several pairs about one truth leave: that truth, the columns to be left out, and why."""
    if targets is None or targets.relation not in ("two sides", "same truth"):
        return said, (), ""
    first, second = targets.targets[:2]
    narrowed = replace(said, roles=replace(said.roles, truth=first.truth))
    if targets.relation == "same truth":
        return narrowed, tuple(each.truth for each in targets.targets[1:]), ""
    reason = say(messages.TWO_SIDES, column=first.truth, other=second.truth)
    return narrowed, second.columns, reason


def _settled(
    profiles: Profiles, columns: FigureColumns, structure: Structure, said: Stated, findings: Findings
) -> tuple[Layout, FigureColumns]:
    refused = regression(profiles, columns.truth) if not said.scores else None
    if refused:
        raise InputError(refused)
    if columns.truth is None:
        alone = settle_scores_alone(profiles, columns, said, findings)
        names = tuple(name for plan in alone.scores for name in plan.columns)
        return alone, replace(columns, scores=columns.scores or names)
    profiles[columns.truth] = _truth(profiles, columns, said, findings)  # so that what is built sees the same
    arrangement = find_arrangement(profiles, structure, columns.truth, said, findings)
    rows = Rows(structure.weight, keep=arrangement.keep, long=arrangement.long)
    if _several_classes(profiles, columns, said):
        return settle_classes(profiles, columns, rows, said, findings), columns
    return settle_binary(profiles, columns, rows, said, findings), columns


def _truth(profiles: Profiles, columns: FigureColumns, said: Stated, findings: Findings) -> ColumnProfile:
    """The truth as it is meant: one class against the rest where that was stated, else without marks for unknown."""
    truth = profiles[columns.truth or ""]
    stated = said.choice("truth") if len(said.truths) == 1 else None
    if stated is not None and stated.value is not None:
        return against_the_rest(truth, stated.value)
    if said.roles.task == "multiclass":
        return truth
    partners = ([profiles[name] for name in names] for names in (columns.scores, columns.predictions))
    known = without_marks(truth, *partners)
    if known is not truth and not said.truths:
        text = say(messages.ASK_MARKED, column=truth.name)
        findings.ask("truth", text, [truth.name, f"{truth.name}=1"])
    return known


def _targets(profiles: Profiles, structure: Structure, said: Stated) -> Targets | None:
    if said.roles.task in ("binary", "scores") or (len(said.truths) == 1):
        return None
    wanted = set(said.truths)
    targets = find_targets(profiles, structure.columns | set(said.roles.groups))
    if targets is None or not wanted:
        return targets
    kept = tuple(each for each in targets.targets if each.truth in wanted)
    return replace(targets, targets=kept) if len(kept) > 1 else None


def _several_classes(profiles: Profiles, columns: FigureColumns, said: Stated) -> bool:
    """Whether more than two classes are about: in the truth, or in what is predicted for it."""
    if said.roles.task in ("binary", "multiclass"):
        return said.roles.task == "multiclass"
    labels = known_labels(profiles[columns.truth or ""])
    if len(labels) > 2 or _of_more_classes(profiles, columns, labels):
        return True
    for name in columns.predictions:
        match = match_labels(labels, profiles[name].codes.labels)
        if match.how in ("same", "spelling") and match.strangers and len(labels) == 2:
            return True
        if len(labels) == 1 and len(profiles[name].codes.labels) > 2 and match.how in ("same", "spelling"):
            return True
    return False


def _of_more_classes(profiles: Profiles, columns: FigureColumns, labels: tuple[str, ...]) -> bool:
    """Whether the scores are those of three classes or more, of which the truth has two or one."""
    names = columns.scores
    return len(names) > 2 and class_family(profiles, labels, [profiles[name] for name in names]) == names


def _truth_text(layout: Layout, columns: FigureColumns) -> str | None:
    if isinstance(layout, BinaryLayout):
        return layout.truth
    if isinstance(layout, (ClassLayout, LabelLayout, OutputLayout)):
        names = layout.truths
        return (
            ",".join(f'"{name}"' if "," in name else name for name in names) if len(names) > 1 else names[0]
        )
    return columns.truth


def _task(layout: Layout) -> Task:
    if isinstance(layout, BinaryLayout):
        return "binary"
    if isinstance(layout, ClassLayout):
        return "multiclass"
    if isinstance(layout, OutputLayout):
        return "multioutput"
    return "multilabel" if isinstance(layout, LabelLayout) else "scores"


def _only(names: tuple[str, ...]) -> str | None:
    """The name, where there is but one: several columns of decisions are found again, not stated."""
    return names[0] if len(names) == 1 else None


def _roles(
    layout: Layout,
    columns: FigureColumns,
    structure: Structure,
    profiles: Profiles,
    said: Stated,
    findings: Findings,
) -> Roles:
    truths = (
        layout.truths if isinstance(layout, ClassLayout | LabelLayout | OutputLayout) else (columns.truth,)
    )
    used = {name for name in (*truths, *columns.scores, *columns.predictions) if name} | structure.columns
    used |= {name for each in findings.decisions if each.role == "ignored" for name in each.columns}
    groups = find_groups(profiles, used, said, findings)
    ignored = [name for name in profiles if name not in used and name not in groups]
    if ignored:
        findings.decide("ignored", ignored, messages.IGNORED, 0.7)
    stated = said.roles
    single = {
        role: getattr(stated, role) if said.says(role) else getattr(structure, role)
        for role in ("weight", "fold", "split", "id", "image", "model", "epoch")
    }
    if isinstance(layout, BinaryLayout | ClassLayout | LabelLayout | OutputLayout):
        for keep in layout.rows.keep:
            role = next(
                (role for role in ("epoch", "model") if getattr(structure, role) == keep.column), None
            )
            if role is not None:
                single[role] = f"{keep.column}={keep.value}"
    return replace(
        stated,
        **single,
        truth=stated.truth or _truth_text(layout, columns),
        scores=stated.scores or columns.scores,
        positive=layout.positive if isinstance(layout, BinaryLayout) else stated.positive,
        predicted_label=stated.predicted_label
        if said.says("predicted_label")
        else _only(columns.predictions),
        groups=groups,
        task=_task(layout),
    )
