"""Predictions that were counted before they came: confusion matrices and score tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers
from evalcore.inputs.columns.spelling import match_labels
from evalcore.inputs.columns.words import COUNT
from evalcore.inputs.plan import messages as plan_messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.ready_made import messages
from evalcore.inputs.ready_made.checking import read_counts
from evalcore.inputs.ready_made.matrices import (
    CountedMatrix,
    Matrices,
    cell_columns,
    find_matrices,
    long_columns,
)
from evalcore.inputs.ready_made.thresholds import find_threshold_table
from evalcore.inputs.ready_made.weighing import ready_reading
from evalcore.inputs.recognition.evidence import Reading, Rival
from evalcore.inputs.roles.binary.positive import conventional_positive
from evalcore.inputs.roles.binary.sample import CLEARLY_REVERSED
from evalcore.inputs.roles.binary.unit import kind_of
from evalcore.predictions import messages as predictions_messages
from evalcore.predictions.classes import ClassModel, ClassPredictions
from evalcore.predictions.counts import CountPredictions, ModelCounts
from evalcore.predictions.evaluation import FloatArray, Roles
from evalcore.predictions.score_unit import default_threshold
from evalcore.wording import say

__all__ = ["find_counts"]

Counted = tuple[CountPredictions | ClassPredictions, Roles]
Profiles = dict[str, ColumnProfile]
_MOST_ROWS = 100_000
_MOST_CASES = 5_000_000
_NUMBER = r"([+-]?\d*\.?\d+(?:[eE][+-]?\d+)?)"
_RANGE = rf"^\s*[\[(]?\s*{_NUMBER}\s*(?:-|–|,|;|to|\.\.)\s*{_NUMBER}\s*[\])]?\s*$"
_LONGEST_RANGE = 80  # letters
_HITS = frozenset(["positive", "positives", "pos", "bad", "bads", "event", "events", "hits", "ones"])
_FIRM_HITS = _HITS - {"bad", "bads", "ones", "hits", "event"}
"""The others may as well be a number about a case: payments that were bad."""
_MISSES = frozenset(["negative", "negatives", "neg", "good", "goods", "nonevents", "zeros"])


def _lower_ends(column: pd.Series) -> FloatArray | None:
    """Where ranges such as `0.2-0.3`, `[0.2, 0.3)` and `0.2 to 0.3` begin; None where a cell is none."""
    texts = column.astype(str)
    if texts.str.len().max() > _LONGEST_RANGE:
        return None
    found = texts.str.extract(_RANGE).astype(float)
    if found.isna().any(axis=None) or not (found[0] < found[1]).all():
        return None
    return found[0].to_numpy()


@dataclass(frozen=True, eq=False)
class _ScoreColumns:
    """The columns of a score table; ranges have their lower ends as scores."""

    score: str
    ends: FloatArray | None
    hits: str
    misses: str | None
    total: str | None


def _score_columns(profiles: Profiles) -> _ScoreColumns | None:
    """A score or its ranges, and how many positives and negatives (or cases) have it."""
    numbers = {name: profile for name, profile in profiles.items() if profile.kind == "number"}

    def named(wanted: frozenset[str]) -> str | None:
        for name, profile in numbers.items():
            words = set(profile.reading.words)
            if words & wanted and words <= wanted | COUNT | {"of", "class", "non"}:
                return name
        return None

    hits, misses, total = named(_HITS), named(_MISSES), named(COUNT)
    scores = [
        name
        for name, each in numbers.items()
        if each.reading.role == "score" or each.reading.words == ("threshold",)
    ]
    ranges = {
        each.name: ends
        for each in profiles.values()
        if not scores and each.kind == "text" and (ends := _lower_ends(each.column)) is not None
    }
    scores = scores or list(ranges)
    if hits is None or len(scores) != 1 or (misses is None and total in (None, hits)):
        return None
    return _ScoreColumns(scores[0], ranges.get(scores[0]), hits, misses, total)


def _score_table(table: pd.DataFrame, profiles: Profiles, findings: Findings) -> ModelCounts | None:
    """A row for each score: how many positives and negatives have it."""
    told = _score_columns(profiles)
    if told is None:
        return None
    hits, misses, other = told.hits, told.misses, told.misses or told.total or ""
    score = as_numbers(table[told.score]) if told.ends is None else told.ends
    if not np.isfinite(score).all():
        return None
    positives, negatives = read_counts(table, [hits, other], findings).T
    if misses is None:
        negatives = negatives - positives
        if (negatives < 0).any():
            row = int(np.flatnonzero(negatives < 0)[0]) + 1
            raise InputError(say(messages.MORE_THAN_ALL, column=hits, other=other, row=row))
    if not (positives.any() or negatives.any()):
        raise InputError(messages.NO_CASES)
    distinct, place = np.unique(-score, return_inverse=True)
    added = [np.bincount(place, weights=each, minlength=distinct.size) for each in (positives, negatives)]
    unit = score.min() >= 0 and score.max() <= 1
    kind = ("probability" if unit else "ordinal") if told.ends is not None else kind_of(profiles[told.score])
    kind = "ordinal" if kind == "hard_label" else kind
    start = default_threshold(kind, -distinct, None)
    return ModelCounts(told.score, -distinct, added[0], added[1], kind, start.value, start.reason)


def _pointed(scored: ModelCounts, stated: Roles, findings: Findings) -> ModelCounts:
    """Turn a score round where low values have the positives, as a credit score has: a person is asked."""
    said = stated.scores[0] if len(stated.scores) == 1 else ""
    turned = said == f"-{scored.name}"
    if said in ("", scored.name):
        if scored.kind in ("probability", "percent") or not _is_reversed(scored):
            return scored
        turned = True
        text = say(
            plan_messages.ASK_DIRECTION,
            column=scored.name,
            label="positive",
            taken=plan_messages.TAKEN_TURNED,
        )
        findings.ask("scores", text, [f"-{scored.name}", f"+{scored.name}"])
    if not turned:
        return scored
    scores = -scored.scores[::-1]
    start = default_threshold(scored.kind, scores, None)
    return replace(
        scored,
        scores=scores,
        positives=scored.positives[::-1],
        negatives=scored.negatives[::-1],
        default_threshold=start.value,
        default_reason=start.reason,
    )


def _is_reversed(scored: ModelCounts) -> bool:
    """Whether a score puts so few pairs of a positive and a negative in order that chance does not explain it."""
    hits, misses = scored.positives.sum(), scored.negatives.sum()
    if not hits * misses:
        return False
    below = np.cumsum(scored.negatives[::-1])[::-1] - scored.negatives / 2
    spread = np.sqrt((hits + misses + 1) / (12 * hits * misses))
    ranked = float((scored.positives * below).sum() / (hits * misses))
    return ranked < min(CLEARLY_REVERSED, 0.5 - 4 * float(spread))


def _positive(labels: tuple[str, ...], stated: Roles, findings: Findings) -> tuple[int, int]:
    """Places of the positive and the negative class."""
    if stated.positive is not None:
        wanted = match_labels(labels, [stated.positive]).mapping.get(stated.positive)
        if wanted is None:
            text = say(plan_messages.NO_SUCH_CLASS, labels=list(labels), label=stated.positive)
            raise InputError(text)
        place = labels.index(wanted)
        findings.decide("positive", [], plan_messages.STATED, 1.0)
        return place, 1 - place
    conventional = conventional_positive(labels[0], labels[1])
    if conventional:
        place, reason, sure = (
            labels.index(conventional.positive),
            conventional.reason,
            conventional.confidence,
        )
    else:
        place, reason, sure = 1, say(plan_messages.POSITIVE_BY_ORDER, label=labels[1]), 0.5
    findings.decide("positive", [], reason, sure)
    if sure < 0.7:
        text = say(plan_messages.ASK_POSITIVE, label=labels[place], reason=reason)
        findings.ask("positive", text, [labels[place], labels[1 - place]])
    return place, 1 - place


def _two_classes(matrix: CountedMatrix, positive: int, negative: int) -> ModelCounts:
    scores: FloatArray = np.array([1.0, 0.0])
    order = [positive, negative]
    return ModelCounts(
        matrix.name or plan_messages.MATRIX_NAME, scores, matrix.cells[positive, order], matrix.cells[negative,
        order],
        "hard_label", 0.5, predictions_messages.CALLED,
    )  # fmt: skip


def _many_classes(matrices: Matrices, table: pd.DataFrame, findings: Findings) -> ClassPredictions:
    """A matrix of many classes: as many cases as it counts, each in the row of the table that counts it."""
    matrix = matrices.matrices[0]
    column = matrices.roles.get("model")
    if len(matrices.matrices) > 1 and column:
        text = say(messages.ASK_MATRIX, column=column, value=matrix.name)
        findings.ask("model", text, [f"{column}={each.name}" for each in matrices.matrices])
    actual, predicted = np.nonzero(matrix.cells)
    counts = matrix.cells[actual, predicted]
    rows = np.zeros_like(actual) if matrix.lines is None else matrix.lines[actual, predicted]
    weights = None
    if (counts % 1 == 0).all() and counts.sum() <= _MOST_CASES:
        times = counts.astype(np.intp)
        actual, predicted, rows = (np.repeat(each, times) for each in (actual, predicted, rows))
    else:
        weights = counts
        findings.warn(messages.COUNTS_AS_WEIGHTS)
    name = matrix.name or plan_messages.MATRIX_NAME
    model = ClassModel(name, predicted, None, "hard_label")
    return ClassPredictions(actual, matrix.labels, (model,), table, rows, weights)


def _chosen(matrices: Matrices, stated: Roles) -> Matrices:
    """Only the model that the caller named, as `column=model`."""
    column = matrices.roles.get("model")
    if not stated.model or not column or not stated.model.startswith(f"{column}="):
        return matrices
    wanted = stated.model[len(column) + 1 :]
    kept = tuple(each for each in matrices.matrices if each.name == wanted)
    if not kept:
        names = [each.name for each in matrices.matrices]
        raise InputError(say(plan_messages.NO_SUCH_VALUE, column=column, value=wanted, labels=names))
    return replace(matrices, matrices=kept)


def find_counts(
    table: pd.DataFrame, profiles: Profiles, stated: Roles, findings: Findings
) -> Rival[Counted] | None:
    """Read a table as counts.

    Parameters
    ----------
    table : DataFrame
    profiles : dict of str to ColumnProfile
    stated : Roles
    findings : Findings
        Gets what was found where this reading is taken up.

    Returns
    -------
    Rival or None
        None where the table is something else; counts that cannot be are refused where it is taken up.

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"score": [1, 2], "positives": [3, 9], "negatives": [7, 1]})
    >>> counted, roles = find_counts(table, profile_table(table), Roles(), Findings()).settle()
    >>> counted.models[0].positives.tolist()
    [9.0, 3.0]
    """
    if len(table) > _MOST_ROWS or stated.task not in (None, "counts", "multiclass"):
        return None
    own = Findings()
    try:
        counted = _counted(table, profiles, stated, own)
    except InputError as refused:
        return Rival(_reading(profiles, stated), partial(_refuse, refused))
    if counted is None:
        return None

    def settle() -> Counted:
        findings.extend(own)
        return counted

    return Rival(_reading(profiles, stated), settle)


def _refuse(error: InputError) -> Counted:
    raise error


def _reading(profiles: Profiles, stated: Roles) -> Reading:
    """What speaks for counts: the names of the columns; and against: what only single cases have."""
    scored, cells, long = _score_columns(profiles), cell_columns(profiles), long_columns(profiles)
    if scored is not None:
        firm = bool(set(profiles[scored.hits].reading.words) & _FIRM_HITS)
        columns = [name for name in (scored.score, scored.hits, scored.misses, scored.total) if name]
        return ready_reading("counts", profiles, columns, firm=firm, score=scored.score)
    if long is not None:
        truth, count = long["truth"].name, long["count"]
        firm = set(count.reading.words) <= COUNT
        names = [each.name for each in long.values()]
        return ready_reading(
            "counts",
            profiles,
            names,
            firm=firm,
            score=long["prediction"].name,
            truth=truth,
            stated=stated.truth,
        )
    if cells is not None:
        numbers = [profiles[name].numbers for name in cells.values()]
        single = len({each.size for each in numbers}) == 1 and bool((np.sum(numbers, axis=0) == 1).all())
        return ready_reading("counts", profiles, list(cells.values()), single=single)
    return ready_reading("counts", profiles, list(profiles), square=True)


def _counted(table: pd.DataFrame, profiles: Profiles, stated: Roles, findings: Findings) -> Counted | None:
    scored, reason = _score_table(table, profiles, findings), messages.COUNTED_SCORES
    if scored is None:
        scored, reason = find_threshold_table(table, profiles, findings), messages.COUNTED_THRESHOLDS
    if scored is not None:
        findings.decide("score", [scored.name], reason, 0.9)
        scored = _pointed(scored, stated, findings)
        counted = CountPredictions((scored,), "positive", "negative", table)
        return counted, replace(
            stated, scores=stated.scores or (scored.name,), positive="positive", task="counts"
        )
    found = find_matrices(table, profiles, findings)
    if found is None:
        return None
    found = _chosen(found, stated)
    names: dict[str, Any] = {**found.roles}
    if stated.model:
        names["model"] = stated.model
    findings.decide(
        "count",
        [name for name in found.roles.values() if name] or list(profiles),
        messages.COUNTED_CELLS,
        0.9,
    )
    labels = found.matrices[0].labels
    if len(labels) != 2:
        return _many_classes(found, table, findings), replace(stated, **names, task="multiclass")
    places = _positive(labels, stated, findings)
    models = tuple(_two_classes(each, *places) for each in found.matrices)
    roles = replace(stated, **names, positive=labels[places[0]], task="counts")
    return CountPredictions(models, labels[places[0]], labels[places[1]], table), roles
