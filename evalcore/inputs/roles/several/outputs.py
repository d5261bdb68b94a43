"""Several outputs a row, each of them a class: pairs of columns such as `colour_true` and `colour_pred`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from evalcore.errors import InputError
from evalcore.inputs.columns.class_names import class_columns
from evalcore.inputs.columns.codings import match_codings
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, sample_positions
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import ClassLayout, ClassPlan, OutputLayout, Rows
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.roles.several.classes import plan_of_columns
from evalcore.wording import say

__all__ = ["OutputPair", "find_outputs", "scores_about", "settle_outputs"]

Profiles = Mapping[str, ColumnProfile]
_MEASURED, _SELDOM, _SPARSE = 8, 0.2, 5


@dataclass(frozen=True)
class OutputPair:
    """One output's columns.

    Parameters
    ----------
    name : str
        What the columns are about: what is left of their names.
    truth, predicted : str
    """

    name: str
    truth: str
    predicted: str


def find_outputs(profiles: Profiles, stated: Stated, taken: Iterable[str]) -> tuple[OutputPair, ...] | None:
    """Find pairs of a truth and a prediction that each tell the class of another output.

    Two-valued pairs alone are labels of a multi-label task, and pairs whose truths are all the same are
    several models: neither is found here.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    stated : Stated
        Truth columns that the caller named are the only ones; one truth, or another task, is no such file.
    taken : iterable of str
        Columns that have another role.

    Returns
    -------
    tuple of OutputPair or None
        In the file's order; None where there are fewer than two, or none has more than two classes.

    Raises
    ------
    InputError
        Where all of them are measured numbers: a regression.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> from evalcore.predictions.evaluation import Roles
    >>> table = pd.DataFrame({"digit_true": [1, 2, 3, 1], "digit_pred": [1, 2, 1, 1],
    ...                       "ink_true": ["red", "red", "blue", "blue"], "ink_pred": ["red"] * 4})
    >>> [each.name for each in find_outputs(profile_table(table), Stated(Roles(), tuple(table)), [])]
    ['digit', 'ink']
    """
    if stated.roles.task not in (None, "multioutput") or len(stated.truths) == 1:
        return None
    skipped = set(taken)
    free = [each for each in profiles.values() if each.name not in skipped and each.labelled]
    said: dict[str, str] = {}
    for each in free:
        if each.reading.role == "prediction" and each.reading.subject:
            said.setdefault(each.reading.subject, each.name)
    pairs: dict[str, OutputPair] = {}
    for each in free:
        subject = _subject_of_truth(each, said)
        wanted = not stated.truths or each.name in stated.truths
        if subject and wanted and subject not in pairs and _told(each, profiles[said[subject]]):
            pairs[subject] = OutputPair(subject, each.name, said[subject])
    found = tuple(pairs.values())
    if len(found) > 1 and all(_measured(profiles[each.truth], profiles[each.predicted]) for each in found):
        raise InputError(say(messages.REGRESSION_TRUTH, column=found[0].truth))
    if len(found) < 2 or not any(_several(profiles[each.truth]) for each in found):
        return None
    first = profiles[found[0].truth]
    if all(_same_cells(first, profiles[each.truth]) for each in found[1:]):
        return None
    return found


def _subject_of_truth(profile: ColumnProfile, said: Mapping[str, str]) -> str:
    """What a truth column is about: named as a truth, or by its subject alone; empty for other columns."""
    reading = profile.reading
    if reading.role == "truth":
        return reading.subject if reading.subject in said else ""
    words = " ".join(reading.words)
    return words if not reading.role and words in said else ""


def _told(truth: ColumnProfile, predicted: ColumnProfile) -> bool:
    return match_codings(truth.codes, truth.codes.labels, predicted.codes) is not None


def _measured(truth: ColumnProfile, predicted: ColumnProfile) -> bool:
    """Whether both are measured numbers: far apart and of other values, or many and seldom the same."""
    if truth.kind != "number" or predicted.kind != "number":
        return False
    values = np.concatenate([truth.numbers, predicted.numbers])
    apart = values.max(initial=0) - values.min(initial=0) > _SPARSE * len(np.unique(values))
    if apart and set(np.unique(predicted.numbers)) - set(np.unique(truth.numbers)):
        return True
    if truth.distinct < _MEASURED:
        return False
    positions = sample_positions(len(truth.column))
    one, other = (as_numbers(each.column.iloc[positions]) for each in (truth, predicted))
    return bool((one == other).mean() < _SELDOM)


def _several(profile: ColumnProfile) -> bool:
    """Whether there are more than two classes; 0, 1/2, 1 and -1, 0, 1 are two with a word for unknown."""
    if profile.kind != "number":
        return profile.distinct > 2
    values = set(np.unique(profile.numbers).tolist())
    return len(values) > 2 and not (values <= {0.0, 0.5, 1.0} or values <= {-1.0, 0.0, 1.0})


def _same_cells(one: ColumnProfile, other: ColumnProfile) -> bool:
    return one.codes.labels == other.codes.labels and np.array_equal(one.codes.codes, other.codes.codes)


def scores_about(profiles: Profiles, pair: OutputPair) -> list[str]:
    """Columns of numbers that are called scores of an output."""
    stem = pair.name.split()
    return [
        each.name
        for each in profiles.values()
        if each.kind == "number"
        and each.reading.role == "score"
        and each.reading.subject.split()[: len(stem)] == stem
    ]


def settle_outputs(
    profiles: Profiles, pairs: tuple[OutputPair, ...], rows: Rows, findings: Findings
) -> OutputLayout:
    """Settle how each output is built: its decisions, and its probabilities where there are columns of them.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"a_true": ["x", "y", "z"], "a_pred": ["x", "y", "y"],
    ...                       "b_true": [0, 1, 1], "b_pred": [0, 1, 0]})
    >>> pairs = (OutputPair("a", "a_true", "a_pred"), OutputPair("b", "b_true", "b_pred"))
    >>> settle_outputs(profile_table(table), pairs, Rows(), Findings()).outputs[0].classes
    ('x', 'y', 'z')
    """
    findings.decide("truth", [each.truth for each in pairs], messages.OUTPUT_TRUTHS, 0.9)
    findings.decide("predicted label", [each.predicted for each in pairs], messages.OUTPUT_DECISIONS, 0.9)
    used = {name for each in pairs for name in (each.truth, each.predicted)}
    outputs = tuple(_output(profiles, each, used, rows, findings) for each in pairs)
    scores = tuple(name for each in outputs for plan in each.models for name in plan.columns)
    if scores:
        findings.decide("score", scores, messages.OUTPUT_SCORES, 0.9)
    return OutputLayout(tuple(each.name for each in pairs), outputs, rows)


def _output(
    profiles: Profiles, pair: OutputPair, used: set[str], rows: Rows, findings: Findings
) -> ClassLayout:
    truth, predicted = profiles[pair.truth], profiles[pair.predicted]
    labels = truth.codes.labels
    coding = match_codings(truth.codes, labels, predicted.codes)
    mapping = dict(coding.mapping) if coding else {}
    strangers = [each for each in (coding.strangers if coding else ()) if each not in labels]
    if strangers:
        said = say(messages.ONLY_PREDICTED, column=pair.predicted, labels=strangers)
        findings.warn(said)
    numeric = [name for name in scores_about(profiles, pair) if name not in used]
    named = class_columns(numeric, list(labels))
    decisions = ClassPlan(messages.PREDICTIONS_NAME, predicted=pair.predicted, mapping=tuple(mapping.items()))
    models: tuple[ClassPlan, ...] = (decisions,)
    if named:
        scored = plan_of_columns(dict(profiles), "", named[0].columns)
        models = (replace(scored, name=messages.PREDICTIONS_NAME), decisions)
    return ClassLayout((pair.truth,), (*labels, *strangers), models, rows)
