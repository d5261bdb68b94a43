"""Names that people gave to classes and models: "1" becomes "malignant", `clf2` "Random forest".

Roles and the names of columns stay as they were read: whatever is made of the predictions (figures, sentences, tables
of cases, downloads) says the new names, and taking them back gives the old ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.columns.spelling import encode_labels
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.classes import ClassPredictions
from evalcore.predictions.counts import CountPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.labels import LabelPredictions
from evalcore.predictions.outputs import OutputPredictions
from evalcore.predictions.scores import ScorePredictions
from evalcore.wording import quoted

__all__ = [
    "LONGEST_NAME",
    "NO_NAMES",
    "Names",
    "names_from_json",
    "names_of",
    "names_to_json",
    "with_names",
]

#: Signs of a name, and names that are kept of one evaluation.
LONGEST_NAME, MOST_NAMES = 60, 2000
# What is never seen, or turns the direction of what follows.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Names:
    """What people call classes (labels, outputs) and models.

    Parameters
    ----------
    classes, models : tuple of (str, str)
        The name in the file and the name that was given, for those that were given one.
    """

    classes: Pairs = ()
    models: Pairs = ()

    def __bool__(self) -> bool:
        """Whether any name was given."""
        return bool(self.classes or self.models)


NO_NAMES = Names()


def names_of(given: Mapping[str, str], every: Sequence[str]) -> Pairs:
    """Take what was typed for each name: cleaned, without what is empty or stays as it was.

    Parameters
    ----------
    given : mapping of str to str
        The name in the file and what was typed for it.
    every : sequence of str
        All names in the file.

    Returns
    -------
    tuple of (str, str)

    Raises
    ------
    InputError
        If two would be called the same.

    Examples
    --------
    >>> names_of({"0": "  benign ", "1": ""}, ["0", "1"])
    (('0', 'benign'),)
    """
    cleaned = {
        old: " ".join(_UNSEEN.sub(" ", new).split())[:LONGEST_NAME].strip() for old, new in given.items()
    }
    pairs = tuple((old, cleaned[old]) for old in every if cleaned.get(old) and cleaned[old] != old)
    called: dict[str, str] = {}
    for old in every:
        new = dict(pairs).get(old, old)
        if new in called:
            raise InputError(
                f"two names must differ: {quoted(called[new])} and {quoted(old)} would both be called {quoted(new)}"
            )
        called[new] = old
    return pairs[:MOST_NAMES]


def with_names(evaluation: Evaluation, names: Names) -> Evaluation:
    """Return an evaluation in which classes and models are called as people call them.

    Parameters
    ----------
    evaluation : Evaluation
        As it was read.
    names : Names
        What is not in the evaluation is let alone.

    Returns
    -------
    Evaluation
        With the same roles and fingerprint; in its table the truth and what was called say the names, too. Names that
        would make two the same are not given.

    Examples
    --------
    >>> import pandas as pd
    >>> import evalcore as ec
    >>> opened = ec.open_predictions(pd.DataFrame({"label": [0, 1, 1, 0], "prob": [0.2, 0.9, 0.4, 0.1]}))
    >>> named = with_names(opened, Names(classes=(("1", "malignant"),), models=(("prob", "Random forest"),)))
    >>> named.predictions.subject, named.models
    ('4 cases, 2 of them “malignant”', ('Random forest',))
    """
    if not names:
        return evaluation
    renamed = _RENAMED.get(type(evaluation.predictions))
    if renamed is None:
        return evaluation
    predictions = renamed(evaluation.predictions, names)
    if names.classes and isinstance(predictions, BinaryPredictions | ClassPredictions):
        predictions = predictions.with_table(_cells_named(evaluation, names))
    return replace(evaluation, predictions=predictions)


def _cells_named(evaluation: Evaluation, names: Names) -> pd.DataFrame:
    """The table with names in the cells of the truth and of what was called; no other cell is a class for certain."""
    table, roles, given = evaluation.table, evaluation.roles, dict(names.classes)
    changed: dict[str, pd.Series] = {}
    for column in (roles.truth, roles.predicted_label):
        if column is not None and column in table.columns:
            codes = encode_labels(table[column])
            if given.keys() & set(codes.labels):
                called = pd.Series([*(given.get(label, label) for label in codes.labels), None], dtype="str")
                changed[column] = called.take(codes.codes).set_axis(table.index)
    return table.assign(**changed) if changed else table


def _called(pairs: Pairs, every: Sequence[str]) -> tuple[str, ...]:
    """The names in place of those in the file; as in the file where two would be the same."""
    given = dict(pairs)
    new = tuple(given.get(name, name) for name in every)
    return new if len(set(new)) == len(set(every)) else tuple(every)


def _models(predictions: Any, names: Names) -> tuple[Any, ...]:
    called = _called(names.models, [each.name for each in predictions.models])
    return tuple(replace(each, name=name) for each, name in zip(predictions.models, called, strict=True))


def _two_classes(predictions: Any, names: Names) -> Any:
    positive, negative = _called(names.classes, [predictions.positive, predictions.negative])
    return replace(predictions, positive=positive, negative=negative, models=_models(predictions, names))


def _classes(predictions: ClassPredictions, names: Names) -> ClassPredictions:
    classes = _called(names.classes, predictions.classes)
    return replace(predictions, classes=classes, models=_models(predictions, names))


def _labels(predictions: LabelPredictions, names: Names) -> LabelPredictions:
    labels = _called(names.classes, predictions.labels)
    return replace(predictions, labels=labels, models=_models(predictions, names))


def _outputs(predictions: OutputPredictions, names: Names) -> OutputPredictions:
    """The outputs are the parts that are named; the classes of each stay, for two outputs may share a label."""
    called = _called(names.classes, predictions.names)
    outputs = tuple(replace(each, models=_models(each, names)) for each in predictions.outputs)
    return replace(predictions, names=called, outputs=outputs)


_RENAMED: Mapping[type, Callable[[Any, Names], Any]] = {
    BinaryPredictions: _two_classes,
    ClassPredictions: _classes,
    CountPredictions: _two_classes,
    LabelPredictions: _labels,
    OutputPredictions: _outputs,
    ScorePredictions: _two_classes,
}


def names_to_json(names: Names) -> str:
    """Write names as JSON in ASCII.

    Examples
    --------
    >>> names_from_json(names_to_json(Names(models=(("clf2", "Random forest"),)))).models
    (('clf2', 'Random forest'),)
    """
    return json.dumps({field.name: getattr(names, field.name) for field in fields(names)})


def names_from_json(text: str) -> Names:
    """Read names."""
    found = json.loads(text)
    return Names(*(tuple((old, new) for old, new in found.get(each.name, ())) for each in fields(Names)))
