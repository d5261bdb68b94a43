"""From a table and settled roles to validated predictions of several outputs, each of them a class."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.building.classes import build_classes
from evalcore.inputs.building.rows import RowChoice
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import OutputLayout
from evalcore.predictions.classes import ClassModel, ClassPredictions
from evalcore.predictions.evaluation import Omission
from evalcore.predictions.outputs import OutputPredictions

__all__ = ["build_outputs"]


def build_outputs(table: pd.DataFrame, layout: OutputLayout, findings: Findings) -> OutputPredictions:
    """Build and validate predictions of several outputs.

    A row that lacks the truth or the prediction of any output is left out of all: whether all outputs of a
    row are right is known of complete rows only.

    Parameters
    ----------
    table : DataFrame
    layout : OutputLayout
    findings : Findings
        Gets a warning where the file's decisions are not the arg max of its probabilities.

    Returns
    -------
    OutputPredictions

    Raises
    ------
    InputError
        Where no row is left.

    Examples
    --------
    >>> from evalcore.inputs.plan.layouts import ClassLayout, ClassPlan
    >>> table = pd.DataFrame({"a": ["x", "y", "z"], "said_a": ["x", "y", "y"],
    ...                       "b": ["u", None, "v"], "said_b": ["u", "u", "v"]})
    >>> one, two = (ClassPlan("m", predicted=name) for name in ("said_a", "said_b"))
    >>> outputs = (ClassLayout(("a",), ("x", "y", "z"), (one,)), ClassLayout(("b",), ("u", "v"), (two,)))
    >>> built = build_outputs(table, OutputLayout(("a", "b"), outputs), Findings())
    >>> built.rows.tolist(), built.outputs[0].truth.tolist(), built.omitted[0].count
    ([0, 2], [0, 2], 1)
    """
    each_alone = [build_classes(table, each, findings) for each in layout.outputs]
    rows = RowChoice(len(table))
    for found in each_alone:
        lacking = np.ones(len(table), dtype=bool)
        lacking[found.rows] = False
        rows.leave_out(lacking, "; ".join(each.reason for each in found.omitted))
    rows.require_some()
    kept, omitted = rows.positions, tuple(rows.omitted)
    return OutputPredictions(layout.names, tuple(_only(found, kept, omitted) for found in each_alone))


def _only(
    found: ClassPredictions, rows: npt.NDArray[np.intp], omitted: tuple[Omission, ...]
) -> ClassPredictions:
    """Keep the rows that every output has, and one model: its probabilities beside its own decisions."""
    places = np.searchsorted(found.rows, rows)
    scored = next((each for each in found.models if each.probabilities is not None), None)
    decided = next((each for each in found.models if each.probabilities is None), None)
    shown = scored or found.models[0]
    model = replace(
        shown,
        labels=(decided or shown).labels[places],
        probabilities=None
        if scored is None or scored.probabilities is None
        else scored.probabilities[places],
        columns=_columns(scored, decided),
    )
    weights = None if found.weights is None else found.weights[places]
    return replace(
        found, truth=found.truth[places], models=(model,), rows=rows, weights=weights, omitted=omitted
    )


def _columns(*models: ClassModel | None) -> tuple[str, ...]:
    return tuple(name for each in models if each is not None for name in each.columns)
