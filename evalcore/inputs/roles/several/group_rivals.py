"""Readings of a table as several labels, outputs or one-hot classes, each with how it is taken up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import Layout, Rows
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.recognition import weights
from evalcore.inputs.recognition.claims.group_claims import group_reading
from evalcore.inputs.recognition.evidence import Evidence, Reading, Rival
from evalcore.inputs.recognition.readings import search_readings
from evalcore.inputs.recognition.row_agreement import known_labels
from evalcore.inputs.roles.figures import FigureColumns, take_reading
from evalcore.inputs.roles.repeated import find_arrangement
from evalcore.inputs.roles.several.labels import (
    find_label_columns,
    find_lists,
    settle_label_columns,
    settle_labels_of_lists,
    settle_labels_of_pairs,
    settle_long_labels,
)
from evalcore.inputs.roles.several.long_labels import find_long_labels
from evalcore.inputs.roles.several.one_hot import find_one_hot, settle_found_one_hot, settle_one_hot
from evalcore.inputs.roles.several.outputs import find_outputs, scores_about, settle_outputs
from evalcore.inputs.roles.several.pairs import Targets
from evalcore.inputs.roles.structure import Structure
from evalcore.wording import say

__all__ = ["group_rivals"]

Settling = tuple[Layout, FigureColumns]


@dataclass(frozen=True)
class _Table:
    """What all recognisers of groups are given."""

    profiles: Mapping[str, ColumnProfile]
    structure: Structure
    said: Stated
    findings: Findings

    def read(self, task: str, pairs: Sequence[tuple[str, Sequence[str | None]]]) -> Reading:
        """Weigh pairs of a truth and its predictions."""
        told = [(truth, [name for name in names if name]) for truth, names in pairs]
        taken = self.structure.columns | set(self.said.roles.groups)
        return group_reading(task, self.profiles, told, taken, stated=bool(self.said.truths))

    def rows(self, truth: str) -> Rows:
        """The rows that are kept, with their weight."""
        arrangement = find_arrangement(self.profiles, self.structure, truth, self.said, self.findings)
        return Rows(self.structure.weight, keep=arrangement.keep)


def group_rivals(
    profiles: Mapping[str, ColumnProfile],
    structure: Structure,
    said: Stated,
    targets: Targets | None,
    findings: Findings,
) -> list[Rival[Settling]]:
    """Read a table as every kind of group that its columns could be.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    structure : Structure
    said : Stated
        A stated task leaves only its own groups.
    targets : Targets or None
        Pairs of columns.
    findings : Findings
        Gets what the reading that is taken up found.

    Returns
    -------
    list of Rival
    """
    table = _Table(profiles, structure, said, findings)
    found = [*_lists(table), *_label_columns(table), *_long(table), *_outputs(table), *_one_hot(table)]
    found += _pairs(table, targets)
    return [each for each in found if said.roles.task in (None, each.reading.task)]


def _lists(table: _Table) -> Iterator[Rival[Settling]]:
    lists = find_lists(table.profiles, table.said)
    if lists is None:
        return
    truth, decided, scores = lists

    def settle() -> Settling:
        layout = settle_labels_of_lists(table.profiles, lists, Rows(table.structure.weight), table.findings)
        return layout, FigureColumns(truth, layout.scores, layout.predicted)

    yield Rival(table.read("multilabel", [(truth, [decided, scores])]), settle)


def _label_columns(table: _Table) -> Iterator[Rival[Settling]]:
    listed = find_label_columns(table.profiles, table.said)
    if listed is None:
        return
    every = tuple(name for each in listed.models for name in each.columns)

    def settle() -> Settling:
        rows = Rows(table.structure.weight)
        layout = settle_label_columns(table.profiles, listed, rows, table.findings)
        return layout, FigureColumns(listed.truth, every, ())

    yield Rival(table.read("multilabel", [(listed.truth, every)]), settle)


def _long(table: _Table) -> Iterator[Rival[Settling]]:
    """Labels below each other, where they have one truth of two values, and a score or decisions."""
    profiles, said = table.profiles, table.said
    long = find_long_labels(profiles, said)
    if long is None or len(set(map(str, profiles[long.label].codes.labels))) < 2:
        return
    search = search_readings(profiles, said, table.structure.columns | {long.case, long.label})
    best = search.readings[0]
    truth = best.claim("truth")
    if best.refused or truth is None or not (best.columns("scores") or best.columns("decisions")):
        return
    if len(known_labels(profiles[truth.columns[0]])) != 2:
        return

    def settle() -> Settling:
        columns = take_reading(profiles, said, search, table.findings)
        reason = say(messages.LONG_LABELS, column=long.case, other=long.label)
        table.findings.decide("class", [long.label], reason, 0.85)
        return settle_long_labels(profiles, long, columns, table.findings), columns

    once = Evidence("content", weights.TOGETHER)
    yield Rival(replace(best, task="multilabel", against=(*best.against, once)), settle)


def _outputs(table: _Table) -> Iterator[Rival[Settling]]:
    outputs = find_outputs(table.profiles, table.said, table.structure.columns | set(table.said.roles.groups))
    if outputs is None:
        return

    def settle() -> Settling:
        layout = settle_outputs(table.profiles, outputs, table.rows(outputs[0].truth), table.findings)
        scores = tuple(name for each in layout.outputs for plan in each.models for name in plan.columns)
        return layout, FigureColumns(None, scores, tuple(each.predicted for each in outputs))

    pairs = [(each.truth, [each.predicted, *scores_about(table.profiles, each)]) for each in outputs]
    yield Rival(table.read("multioutput", pairs), settle)


def _pairs(table: _Table, found: Targets | None) -> Iterator[Rival[Settling]]:
    if found is None or found.relation not in ("one of them", "any of them"):
        return
    hot = found.relation == "one of them" and table.said.roles.task != "multilabel"
    predicted = {each.truth: [each.score, each.predicted] for each in found.targets}
    for model in found.models:
        for each, name in zip(found.targets, model.columns, strict=True):
            predicted[each.truth].append(name)
    every = tuple(dict.fromkeys(name for names in predicted.values() for name in names if name))

    def settle() -> Settling:
        rows = table.rows(found.targets[0].truth)
        settling = settle_one_hot if hot else settle_labels_of_pairs
        layout = settling(table.profiles, found.targets, rows, table.findings, found.models)
        return layout, FigureColumns(None, every, ())

    yield Rival(table.read("multiclass" if hot else "multilabel", list(predicted.items())), settle)


def _one_hot(table: _Table) -> Iterator[Rival[Settling]]:
    hot = find_one_hot(table.profiles, table.said)
    if hot is None:
        return
    scored = [each.columns for each in hot.models if each.columns]
    decided = [each.predicted for each in hot.models]
    pairs = [
        (truth, [*(names[place] for names in scored), *decided]) for place, truth in enumerate(hot.truths)
    ]

    def settle() -> Settling:
        layout = settle_found_one_hot(hot, Rows(table.structure.weight), table.findings)
        return layout, FigureColumns(None, hot.columns, ())

    yield Rival(table.read("multiclass", pairs), settle)
