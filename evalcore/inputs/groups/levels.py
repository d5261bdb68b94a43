"""Classes in groups: a coarser level to evaluate at, found in the names or in a column, or said by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.names import words_of
from evalcore.inputs.columns.spelling import encode_labels
from evalcore.inputs.reading.values.cells import is_float
from evalcore.predictions.classes import ClassGroups, ClassModel, ClassPredictions
from evalcore.predictions.evaluation import FloatArray

__all__ = [
    "GROUP_WORDS",
    "SEPARATORS",
    "find_levels",
    "grouped",
    "groups_by_column",
    "groups_by_name",
]

Codes = npt.NDArray[np.intp]

#: What may stand between a group and its class in a name, longer signs first.
SEPARATORS = ("::", ">", "/", "|", ".")
#: Words in the name of a column that holds the group of a class.
GROUP_WORDS = frozenset(
    {
        "superclass",
        "super",
        "supercategory",
        "category",
        "group",
        "family",
        "parent",
        "coarse",
        "kind",
        "genus",
    }
)

# So large a share of the names has the sign; the others stand for themselves.
_NEARLY_ALL = 0.9
# More groups than this share of the classes say little.
_MOST_GROUPS = 0.75
# A column that is the same within each class may be so by chance where classes have few rows.
_ROWS_PER_CLASS = 5
_LOOKED_AT = 2000


def groups_by_name(classes: Sequence[str]) -> tuple[ClassGroups, ...]:
    """Find groups in names such as `animal/dog`: one level for each part of the names but the last.

    Parameters
    ----------
    classes : sequence of str
        K names. The sign is one of `SEPARATORS`; at least nine of ten names must have it, and a name without it
        is a group of its own.

    Returns
    -------
    tuple of ClassGroups
        The coarsest first; empty where the names have no such parts, or the parts tell nearly all classes apart.

    Examples
    --------
    >>> names = ("animal/cat", "animal/dog", "vehicle/car", "vehicle/van")
    >>> [(each.name, each.groups) for each in groups_by_name(names)]
    [('2 groups by name', ('animal', 'vehicle'))]
    """
    if all(is_float(name) for name in classes):
        return ()
    for sign in SEPARATORS:
        parts = [[part.strip() for part in name.split(sign)] for name in classes]
        whole = [len(each) > 1 and all(each) for each in parts]
        if sum(whole) < _NEARLY_ALL * len(classes):
            continue
        levels: list[ClassGroups] = []
        deepest = max(len(each) for each in parts)
        for depth in range(1, deepest):
            of_class = tuple(
                sign.join(each[:depth]) if is_whole else name
                for each, is_whole, name in zip(parts, whole, classes, strict=True)
            )
            many = len(set(of_class))
            if _is_coarser(many, len(classes)) and of_class not in [each.of_class for each in levels]:
                reason = (
                    f"the part of the name before “{sign}”" if depth == 1 else f"{depth} parts of the name"
                )
                levels.append(ClassGroups(f"{many} groups by name", of_class, reason))
        if levels:
            return tuple(levels)
    return ()


def _is_coarser(groups: int, classes: int) -> bool:
    return 2 <= groups <= _MOST_GROUPS * classes


def groups_by_column(predictions: ClassPredictions) -> tuple[ClassGroups, ...]:
    """Find columns of the table that hold the group of the actual class, such as `superclass`.

    Such a column is of text (or its name says what it is) and has one value within each class. A class that
    never occurs in the truth stands for itself.

    Parameters
    ----------
    predictions : ClassPredictions

    Returns
    -------
    tuple of ClassGroups

    Examples
    --------
    >>> import evalcore as ec
    >>> names = ["cat", "dog", "car", "van"] * 5
    >>> kinds = {"cat": "animal", "dog": "animal", "car": "vehicle", "van": "vehicle"}
    >>> table = pd.DataFrame({"actual": names, "predicted": names, "kind": [kinds[name] for name in names]})
    >>> [each.of_class for each in groups_by_column(ec.open_predictions(table).predictions)]
    [('vehicle', 'animal', 'animal', 'vehicle')]
    """
    truth, table = predictions.truth, predictions.table
    if len(table) < len(truth) or not len(truth):
        return ()
    used = {column for model in predictions.models for column in model.columns}
    found: list[ClassGroups] = []
    for column in map(str, table.columns):
        of_class = None if column in used else _column_groups(predictions, column)
        if of_class is not None and of_class not in [each.of_class for each in found]:
            name = f"{len(set(of_class))} groups: {column}"
            found.append(ClassGroups(name, of_class, f"the column “{column}”"))
    return tuple(found)


def _column_groups(predictions: ClassPredictions, column: str) -> tuple[str, ...] | None:
    named = bool(set(words_of(column)) & GROUP_WORDS)
    values = predictions.table[column]
    textual = isinstance(values.dtype, (pd.StringDtype, pd.CategoricalDtype)) or values.dtype == object
    if not textual and not (named and pd.api.types.is_integer_dtype(values.dtype)):
        return None
    truth = predictions.truth
    # Most columns are told by their first rows: pictures and texts need not all be read.
    first = slice(0, _LOOKED_AT)
    if _values_within(values.iloc[predictions.rows[first]], truth[first], len(predictions.classes)) is None:
        return None
    within = _values_within(values.iloc[predictions.rows], truth, len(predictions.classes))
    if within is None:
        return None
    occurring = len(np.unique(truth))
    if not _is_coarser(len(set(filter(None, within))), occurring):
        return None
    if not named and len(truth) < _ROWS_PER_CLASS * occurring:
        return None
    return tuple(group or name for group, name in zip(within, predictions.classes, strict=True))


def _values_within(values: pd.Series, truth: Codes, classes: int) -> list[str | None] | None:
    """The one value that a column has within each class (None: no case); None where some class has several."""
    if len(values) and not isinstance(values.iloc[0], (str, int, np.integer)):
        return None
    try:
        found = encode_labels(values)
    except TypeError:  # lists and records have no spelling
        return None
    if len(found.labels) > classes or (found.codes < 0).any():
        return None
    of_class = np.full(classes, -1, dtype=np.intp)
    of_class[truth] = found.codes
    if not np.array_equal(of_class[truth], found.codes):
        return None
    return [None if code < 0 else found.labels[code] for code in of_class.tolist()]


def find_levels(predictions: ClassPredictions) -> tuple[ClassGroups, ...]:
    """Find all groupings of the classes: in their names, then in the columns beside them.

    Examples
    --------
    >>> names = ["animal/cat", "animal/dog", "vehicle/car"]
    >>> import evalcore as ec
    >>> opened = ec.open_predictions(pd.DataFrame({"actual": names * 2, "predicted": names * 2}))
    >>> [each.name for each in find_levels(opened.predictions)]
    ['2 groups by name']
    """
    found: dict[tuple[str, ...], ClassGroups] = {}
    for level in (*groups_by_name(predictions.classes), *groups_by_column(predictions)):
        found.setdefault(level.of_class, level)
    return tuple(found.values())


def grouped(predictions: ClassPredictions, groups: ClassGroups) -> ClassPredictions:
    """Take groups of classes for the classes: the same rows at a coarser level.

    A model's probability of a group is the sum over its classes, and the group with the highest sum is called:
    it need not be the group of the class with the highest probability. Scores that are no probabilities do not
    add up: there the highest score of its classes is the group's, and so the call is the group of the class
    that the model decided for; as it is where only decisions are known.

    Parameters
    ----------
    predictions : ClassPredictions
    groups : ClassGroups
        Of the same classes.

    Returns
    -------
    ClassPredictions

    Examples
    --------
    >>> three = ClassPredictions(np.array([0, 2]), ("cat", "dog", "car"),
    ...     (ClassModel("m", np.array([2, 2]), np.array([[0.3, 0.3, 0.4], [0.1, 0.1, 0.8]]), "probability"),),
    ...     pd.DataFrame(), np.arange(2))
    >>> coarse = grouped(three, ClassGroups("2 groups", ("animal", "animal", "vehicle")))
    >>> coarse.classes, coarse.truth.tolist(), coarse.models[0].labels.tolist()
    (('animal', 'vehicle'), [0, 1], [0, 1])
    """
    places = groups.places
    return replace(
        predictions,
        truth=places[predictions.truth],
        classes=groups.groups,
        models=tuple(_grouped_model(each, places, len(groups.groups)) for each in predictions.models),
    )


def _grouped_model(model: ClassModel, places: Codes, many: int) -> ClassModel:
    if model.probabilities is None:
        return replace(model, labels=places[model.labels])
    adds_up = model.kind == "probability"
    scores: FloatArray = np.empty((len(model.labels), many), dtype=model.probabilities.dtype)
    for group in range(many):
        mine = model.probabilities[:, places == group]
        # In float64, and never above 1: rounded probabilities may add up to a hair more.
        scores[:, group] = (
            np.minimum(mine.sum(axis=1, dtype=np.float64), 1.0) if adds_up else mine.max(axis=1)
        )
    how = "added up within each group" if adds_up else "the highest of each group's classes"
    note = f"{model.note}; {how}" if model.note else how
    return replace(model, labels=scores.argmax(axis=1), probabilities=scores, note=note)
